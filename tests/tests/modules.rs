//! Module files in the form of real Self's library, read on the bare world: `fixtures/modules`.

use batos_tests::world::{Answer, World, project};

/// What the system of modules prints when it is read.
const PRINTED: &str = "sum is right
the prototype is empty
nobody
copied down
Category: adding\x7fModuleInfo: Module: bag InitialContents: FollowSlot\x7fVisibility: public
Comment: what is copied\x7fModuleInfo: Creator: traits clonable.\n\x7fIsComplete: 
( | | elems _Size)
ModuleInfo: Module: bag InitialContents: InitializeToExpression: (vector)\x7fVisibility: private
upon
returned
no such slot
ENOENT
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
