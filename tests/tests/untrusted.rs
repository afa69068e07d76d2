//! An image from elsewhere: its code is proven before it runs, and what cannot be proven is refused.

use batos_image::heap::NoRoots;
use batos_image::image::OpenImage;
use batos_image::layout::{Kind, root};
use batos_image::value::{ObjectRef, Value};
use batos_machine::code::method_element;
use batos_machine::host::{BufferConsole, Host};
use batos_machine::{Exit, Vm};
use batos_tests::program::Home;
use batos_tests::world::project;
use std::path::Path;

fn host() -> Host {
    Host::new(Box::new(BufferConsole::default()))
}

/// What `text` prints in a world.
fn evaluate(vm: &mut Vm, text: &str) -> String {
    let shell = vm.shell();
    match vm.evaluate(text.as_bytes(), "test", shell).expect("legal").exit {
        Exit::Finished(value) => vm.print_string(value),
        other => format!("{other:?}"),
    }
}

/// An image with a small program, changed by `change` behind the machine's back; opened as untrusted.
fn reopened(change: impl FnOnce(&mut Vm)) -> Result<Vm, String> {
    let home = tempfile::tempdir().expect("a directory");
    let file = home.path().join("world.image");
    make(&file, change);
    let options = OpenImage { untrusted: true, ..OpenImage::write() };
    Vm::open(&file, &options, host()).map_err(|e| e.to_string())
}

fn make(file: &Path, change: impl FnOnce(&mut Vm)) {
    let mut vm = Vm::create(file, host()).expect("an image");
    vm.run_file(&project().join("stdlib/world.self").to_string_lossy()).expect("the library");
    evaluate(
        &mut vm,
        "lobby _AddSlots: (| subject = (| sum: n = (| s <- 0. twice | twice: [|:x| s: s + (x * 2)].
            1 to: n Do: [|:i| twice value: i]. s). keep = [|:x. | x] |) |)",
    );
    assert_eq!(evaluate(&mut vm, "subject sum: 10"), "110");
    change(&mut vm);
    vm.commit("changed").expect("a commit");
}

/// All method objects with this selector.
fn methods(vm: &mut Vm, selector: &str) -> Vec<ObjectRef> {
    vm.scavenge();
    let mut all = Vec::new();
    vm.heap.each_object(&mut NoRoots, |heap, r| {
        if heap.kind_of_ref(r) == Kind::Method {
            all.push(r);
        }
    });
    all.retain(|m| {
        let name = vm.heap.item(*m, method_element::SELECTOR).as_ref();
        name.is_some_and(|n| vm.heap.bytes(n) == selector.as_bytes())
    });
    all
}

fn subject(vm: &mut Vm) -> ObjectRef {
    *methods(vm, "sum:").last().expect("the method is there")
}

#[test]
fn a_sound_image_is_opened_and_runs() {
    let mut vm = reopened(|_| {}).expect("nothing is wrong with it");
    assert_eq!(evaluate(&mut vm, "subject sum: 10"), "110");
    assert_eq!(evaluate(&mut vm, "((1 to: 5) mapBy: [|:x| x * x]) asVector"), "a vector(1, 4, 9, 16, 25)");
    assert!(vm.revert(1, "back").is_err(), "what was not examined is not run");
}

#[test]
fn wrong_instructions_are_refused() {
    for (at, byte, what) in [(0, 47, "operation"), (1, 249, "range"), (4, 255, "range")] {
        let opened = reopened(|vm| {
            let method = subject(vm);
            let code = vm.heap.item(method, method_element::BYTECODE).as_ref().expect("code");
            for i in (at..vm.heap.length(code)).step_by(8) {
                vm.heap.set_byte(code, i, byte);
            }
        });
        let error = opened.err().unwrap_or_else(|| panic!("{what}: byte {at} = {byte} was taken"));
        assert!(error.contains("damaged"), "{error}");
    }
}

#[test]
fn importing_proves_the_code() {
    let home = Home::new();
    make(&home.path("good.batos"), |_| {});
    make(&home.path("bad.batos"), |vm| {
        let method = subject(vm);
        let code = vm.heap.item(method, method_element::BYTECODE).as_ref().expect("code");
        vm.heap.set_byte(code, 1, 249);
    });
    let run = home.run(&["image", "import", "good.batos", "own.batos"], b"");
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(home.run(&["eval", "--image", "own.batos", "subject sum: 10"], b"").out, "110\n");
    assert_eq!(home.run(&["image", "verify", "bad.batos"], b"").status, 0, "as a heap it is sound");
    let run = home.run(&["image", "import", "bad.batos", "other.batos"], b"");
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.err.contains("bad.batos") && run.err.contains("damaged"), "{run:?}");
    assert!(!home.path("other.batos").exists());
}

#[test]
fn a_wrong_shape_is_refused() {
    // Kind, arguments, registers and home in one number: other arguments than the slot's name asks for.
    let more_arguments = |n: i64| n + (1 << 8);
    let fewer_registers = |n: i64| (n & !(0xffff << 16)) | (3 << 16);
    let a_block = |n: i64| n | 1;
    for change in [more_arguments, fewer_registers, a_block] {
        let opened = reopened(|vm| {
            let method = subject(vm);
            let shape = vm.heap.item(method, method_element::SHAPE).as_int().expect("a number");
            let shape = Value::from_i64(change(shape)).expect("a small number");
            vm.heap.set_item(method, method_element::SHAPE, shape);
        });
        assert!(opened.is_err());
    }
}

#[test]
fn literals_and_parts_of_other_kinds_are_refused() {
    for (element, what) in [
        (method_element::LITERALS, "literals"),
        (method_element::BYTECODE, "code"),
        (method_element::BLOCKS, "blocks"),
    ] {
        let opened = reopened(|vm| {
            let method = subject(vm);
            let lobby = vm.heap.root(root::LOBBY);
            vm.heap.set_item(method, element, lobby);
        });
        assert!(opened.is_err(), "{what}");
    }
    let opened = reopened(|vm| {
        let method = subject(vm);
        let literals = vm.heap.item(method, method_element::LITERALS).as_ref().expect("literals");
        for i in 0..vm.heap.length(literals) {
            vm.heap.set_item(literals, i, Value::from_i32(3));
        }
    });
    assert!(opened.is_err(), "selectors that are numbers");
}

#[test]
fn a_block_with_other_captures_is_refused() {
    let opened = reopened(|vm| {
        vm.scavenge();
        let mut blocks = Vec::new();
        vm.heap.each_object(&mut NoRoots, |heap, r| {
            if heap.kind_of_ref(r) == Kind::Block {
                blocks.push(r);
            }
        });
        let code = methods(vm, "sum:");
        let own = *code.last().expect("the method");
        let block = *blocks.last().expect("a block");
        // The code of a block that wants what this one has not.
        let literals = vm.heap.item(own, method_element::LITERALS).as_ref().expect("literals");
        let wants = (0..vm.heap.length(literals))
            .map(|i| vm.heap.item(literals, i))
            .find(|v| vm.heap.kind_of(*v) == Kind::Method)
            .expect("the code of a block");
        vm.heap.set_item(block, 0, wants);
    });
    assert!(opened.is_err());
}

#[test]
fn two_methods_of_one_number_are_refused() {
    let opened = reopened(|vm| {
        let (one, other) = (subject(vm), methods(vm, "printString")[0]);
        let number = vm.heap.item(other, method_element::NUMBER);
        vm.heap.set_item(one, method_element::NUMBER, number);
    });
    assert!(opened.is_err());
}
