//! Module files in the form of real Self's library, read on the bare world: `fixtures/modules`.

use batos_tests::world::{Answer, World, project};

/// What the system of modules prints when it is read.
const PRINTED: &str = "sum is right
the prototype is empty
nobody
copied down
Category: adding\x7fModuleInfo: Module: bag InitialContents: FollowSlot\x7fVisibility: public
Comment: what is copied\x7fModuleInfo: Creator: traits clonable.\n\x7fIsComplete: 
 | | elems _Size
ModuleInfo: Module: bag InitialContents: InitializeToExpression: (vector)\x7fVisibility: private
upon
returned
no such slot
ENOENT
smallInt
canonicalString
block
blockMethod
methodActivation
ModuleInfo: Creator: globals mirrors slots.
upon
ModuleInfo: Creator: globals one two three.
ModuleInfo: InitialContents: FollowSlot
before
after
slotNameError
ModuleInfo: Creator: globals process.
";

/// A bare world whose working directory is that of the modules.
fn bare() -> World {
    let mut world = World::bare();
    let folder = project().join("tests/fixtures/modules");
    world.vm.sources = Some(Box::new(move |path| std::fs::read(folder.join(path)).ok()));
    world
}

#[test]
fn a_system_of_modules_is_read_on_the_bare_world() {
    let mut world = bare();
    let (printed, answer) = world.enter(b"'all.self' _RunScript");
    assert!(matches!(answer, Answer::Value(_)), "{answer:?}\n{printed}");
    assert_eq!(printed, PRINTED);
}

#[test]
fn a_builder_reads_its_arguments_and_leaves_nothing_behind() {
    let mut world = bare();
    world.vm.host.arguments = ["-quiet", "-from", "all.self"].map(String::from).to_vec();
    let (printed, answer) = world.enter(b"'build.self' _RunScript");
    assert!(matches!(answer, Answer::Value(_)), "{answer:?}\n{printed}");
    assert_eq!(printed, PRINTED);
    let (_, answer) = world.enter(b"3 next");
    assert!(matches!(&answer, Answer::Error(text) if text.contains("next")), "{answer:?}");
}

#[test]
fn reading_modules_again_changes_nothing() {
    let mut world = bare();
    world.enter(b"'all.self' _RunScript");
    // Files may be read a second time while the world runs: the same slots are defined anew.
    let (_, answer) =
        world.enter(b"bootstrap read: 'bag' From: 'applications'. globals modules bagTests sum");
    assert_eq!(answer, Answer::Value("12".into()));
    world.vm.collect_full();
    assert_eq!(world.vm.verify_heap(), Ok(()));
}

#[test]
fn an_error_stops_all_files_that_were_being_read() {
    let mut world = World::bare();
    world.vm.sources = Some(Box::new(|path| match path {
        "outer.self" => Some(b"'inner.self' _RunScript\n'not reached' _StringPrint\n".to_vec()),
        "inner.self" => Some(b"'before ' _StringPrint\n3 unknownMessage\n'after' _StringPrint\n".to_vec()),
        _ => None,
    }));
    let (printed, answer) = world.enter(b"'outer.self' _RunScript");
    assert_eq!(printed, "before ");
    assert!(matches!(&answer, Answer::Error(text) if text.contains("unknownMessage")), "{answer:?}");
}

#[test]
fn the_working_directory_comes_before_that_of_the_script() {
    let mut world = World::bare();
    world.vm.sources = Some(Box::new(|path| match path {
        "deep/outer.self" => Some(b"'inner.self' _RunScript\n'beside.self' _RunScript\n".to_vec()),
        "inner.self" => Some(b"'here ' _StringPrint\n".to_vec()),
        "deep/inner.self" => Some(b"'there ' _StringPrint\n".to_vec()),
        "deep/beside.self" => Some(b"'beside' _StringPrint\n".to_vec()),
        _ => None,
    }));
    let (printed, _) = world.enter(b"'deep/outer.self' _RunScript");
    assert_eq!(printed, "here beside");
}

/// The slots of an object, as the bare world prints them.
fn names(world: &mut World, object: &str) -> Vec<String> {
    let program = format!(
        "(| parent* = self. i <- 0. go: v = (
            __BranchIfTrue: (i _IntGE: v _Size) To: 'done'.
            (v _At: i) _StringPrint. ' ' _StringPrint.
            i: i _IntAdd: 1. _Restart.
            __DefineLabel: 'done'. self ) |) go: {object} _Mirror _MirrorNames"
    );
    let (printed, answer) = world.enter(program.as_bytes());
    assert!(matches!(answer, Answer::Value(_)), "{object}: {answer:?}");
    printed.split_whitespace().map(str::to_string).collect()
}

#[test]
fn the_bare_world_has_its_slots_and_no_more() {
    let mut world = World::bare();
    assert_eq!(names(&mut world, "lobby"), ["help", "shell", "snapshotAction", "systemObjects"]);
    let system = names(&mut world, "systemObjects");
    for name in ["nil", "true", "false", "vector", "byteVector", "proxy", "fctProxy", "profiler", "process"] {
        assert!(system.iter().any(|n| n == name), "{name} in {system:?}");
    }
    for family in ["slots", "smi", "float", "string", "vector", "byteVector", "block", "method", "process"] {
        let name = format!("{family}Mirror");
        assert!(system.contains(&name), "{name} in {system:?}");
        assert_eq!(names(&mut world, &name), ["parent"]);
        assert_eq!(names(&mut world, &format!("{name} parent")), ["parent"]);
    }
    for born in ["nil", "true", "false", "shell", "3", "0.5", "'a'", "[]", "vector", "byteVector", "proxy"] {
        assert!(names(&mut world, born).contains(&"parent".to_string()), "{born}");
    }
    for without in ["'a' parent", "_ThisProcess parent", "slotAnnotation", "objectAnnotation", "help"] {
        assert_eq!(names(&mut world, without), [""; 0], "{without}");
    }
    let parents = ["nil parent", "true parent", "false parent", "shell parent"];
    let traits = ["3 parent parent", "0.5 parent parent", "[] parent parent", "vector parent parent"];
    for path in parents.iter().chain(&traits).chain(&["byteVector parent parent", "proxy parent parent"]) {
        let (printed, _) = world.enter(
            format!("(| parent* = self. t = ( __BranchIfFalse: ({path} _Eq: lobby) To: 'no'. 'lobby' _StringPrint. __DefineLabel: 'no'. 1 ) |) t").as_bytes(),
        );
        assert_eq!(printed, "lobby", "{path}");
    }
}
