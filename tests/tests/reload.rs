//! A program in a file is run again and again while its objects live: whatever is edited, they stay the objects that they are,
//! keep their data and answer as the file says now.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::rc::Rc;

use batos_tests::program::Home;
use batos_tests::world::{Answer, World};

/// Numbers that look random.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    /// Some of six names, each with a number.
    fn slots(&mut self, letter: char) -> BTreeMap<String, u64> {
        let mut slots = BTreeMap::new();
        for i in 0..6 {
            if self.below(3) > 0 {
                slots.insert(format!("{letter}{i}"), self.below(4));
            }
        }
        slots
    }
}

/// What a file says: data slots and methods of a prototype, methods of its traits.
struct Version {
    data: BTreeMap<String, u64>,
    methods: BTreeMap<String, u64>,
    shared: BTreeMap<String, u64>,
}

impl Version {
    fn random(dice: &mut Dice) -> Version {
        Version { data: dice.slots('d'), methods: dice.slots('m'), shared: dice.slots('t') }
    }

    fn text(&self) -> String {
        let mut text = String::from("traits _AddSlots: (| thing = (| parent* = traits clonable.\n");
        for (name, n) in &self.shared {
            let _ = writeln!(text, "    {name} = ( {n} + 100 ).");
        }
        text.push_str(
            "|) |)\nglobals _AddSlots: (| {'Category: things' thing = (| parent* = traits thing.\n",
        );
        for (name, n) in &self.data {
            let _ = writeln!(text, "    {name} <- {n}.");
        }
        for (name, n) in &self.methods {
            let _ = writeln!(text, "    {name} = ( {n} + 10 ).");
        }
        text.push_str("|) } |)\n");
        text
    }
}

fn value(world: &mut World, line: &str) -> String {
    match world.enter(line.as_bytes()).1 {
        Answer::Value(text) => text,
        Answer::Error(text) => panic!("{line}: {text}"),
    }
}

/// What all objects hold and answer, as the world says it.
fn observed(world: &mut World, objects: usize) -> Vec<String> {
    let look = "( | m. out | m: reflect: x. out: list copyRemoveAll. (m names asVector copySorted) do: [ |:n| n = 'parent' ifFalse: [ \
                out add: n, ' ', (x _Perform: n canonicalize) printString ] ]. m parents do: [ |:p| p names asVector copySorted do: \
                [ |:n| n = 'parent' ifFalse: [ out add: n, ' ', (x _Perform: n canonicalize) printString ] ] ]. out joinedWith: ', ' )";
    value(world, &format!("lobby _AddSlots: (| look: x = {look} |)"));
    (0..objects).map(|i| value(world, &format!("look: (live at: {i})"))).collect()
}

#[test]
fn whatever_is_edited_objects_stay_and_keep_their_data() {
    let mut world = World::standard();
    let text = Rc::new(RefCell::new(String::new()));
    let source = text.clone();
    world.vm.sources = Some(Box::new(move |path: &str| {
        (path.starts_with("things")).then(|| source.borrow().clone().into_bytes())
    }));
    for seed in 0..25 {
        let mut dice = Dice(seed);
        let run = format!("'things{seed}.self' _RunScript");
        let mut version = Version::random(&mut dice);
        *text.borrow_mut() = version.text();
        value(&mut world, &run);
        // The prototype itself, and copies that are held twice.
        value(&mut world, "lobby _AddSlots: (| live <- list copyRemoveAll. again <- list copyRemoveAll |)");
        value(&mut world, "live add: thing. again add: thing");
        let mut data = vec![version.data.clone()];
        for _ in 0..6 {
            for _ in 0..2 {
                value(&mut world, "live add: thing copy. again add: live last");
                data.push(data[0].clone());
            }
            for (i, held) in data.iter_mut().enumerate() {
                let names: Vec<String> = held.keys().cloned().collect();
                for name in names {
                    if dice.below(3) == 0 {
                        let n = 50 + dice.below(9);
                        value(&mut world, &format!("(live at: {i}) {name}: {n}"));
                        held.insert(name, n);
                    }
                }
            }
            let hashes = value(&mut world, "(live mapBy: [ |:x| x _IdentityHash ]) printString");
            let next = Version::random(&mut dice);
            *text.borrow_mut() = next.text();
            value(&mut world, &run);
            let mut prototype = BTreeMap::new();
            for (name, begins) in &next.data {
                let kept = data[0].get(name).filter(|now| {
                    let before = &version.data[name];
                    before == begins || *now != before
                });
                prototype.insert(name.clone(), *kept.unwrap_or(begins));
            }
            data[0] = prototype;
            for i in 1..data.len() {
                let names = data[0].iter();
                data[i] = names.map(|(k, v)| (k.clone(), *data[i].get(k).unwrap_or(v))).collect();
            }
            version = next;
            let seen = observed(&mut world, data.len());
            for (i, held) in data.iter().enumerate() {
                let methods = version.methods.iter().map(|(name, n)| (name, n + 10));
                let mut own: Vec<(&String, u64)> = held.iter().map(|(k, v)| (k, *v)).chain(methods).collect();
                own.sort();
                own.extend(version.shared.iter().map(|(name, n)| (name, n + 100)));
                let expected: Vec<String> = own.iter().map(|(name, n)| format!("{name} {n}")).collect();
                let expected = format!("'{}'", expected.join(", "));
                assert_eq!(seen[i], expected, "object {i} of seed {seed} after\n{}", version.text());
            }
            assert_eq!(value(&mut world, "(live mapBy: [ |:x| x _IdentityHash ]) printString"), hashes);
            let same = value(
                &mut world,
                "live with: again Do: [ |:a. :b| (a _Eq: b) ifFalse: [ error: 'split' ] ]. 1",
            );
            assert_eq!(same, "1");
        }
        world.vm.verify_heap().expect("the heap is sound");
    }
}

const LEDGER: &str = "\
globals _AddSlots: (|
    {'Category: ledger'
        account = (| parent* = traits clonable.
            owner <- ''. amount <- 0.
            deposit: n = ( amount: amount + n ).
            show = ( owner, ' ', amount printString ).
        |).
        ledger = (| parent* = traits oddball.
            accounts = dictionary copyRemoveAll. rate <- 3. currency = 'EUR'.
            open: n = ( accounts at: n Put: (account copy owner: n) ).
        |).
    }
|)
traits integer _AddSlots: (| euro = ( self * 100 ) |)
";

/// What is replaced, and by what.
type Edit<'a> = (&'a str, &'a str);

#[test]
fn a_ledger_that_is_edited_four_times_loses_nothing() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let mut text = LEDGER.to_string();
    let mut run = |edits: &[Edit<'_>]| {
        for (old, new) in edits {
            assert!(text.contains(old), "{old}");
            text = text.replace(old, new);
        }
        fs::write(home.path("ledger.self"), &text).expect("it can be written");
        let run = home.run(&["run", "--image", "w.batos", "--commit", "ledger.self"], b"");
        assert_eq!(run.status, 0, "{run:?}");
        run.err
    };
    let eval = |expression: &str| {
        let run = home.run(&["eval", "--image", "w.batos", "--commit", "used", expression], b"");
        assert_eq!(run.status, 0, "{run:?}");
        run.out
    };
    assert_eq!(run(&[]), "");
    eval("ledger open: 'ann'. ledger open: 'bob'. (ledger accounts at: 'ann') deposit: 5 euro. 1");
    let told = run(&[
        ("show = ( owner", "show = ( 'Account ', owner"),
        ("amount <- 0.", "amount <- 0. limit <- 1000."),
        ("euro = ( self * 100 )", "cent = ( self )"),
    ]);
    assert_eq!(
        told,
        "ledger: 2 slots added, 1 changed, 1 removed\n  + account limit\n  + traits integer cent\n  ~ account show\n  \
         - traits integer euro\n"
    );
    assert_eq!(eval("(ledger accounts at: 'ann') show"), "'Account ann 500'\n");
    assert_eq!(eval("(ledger accounts at: 'ann') limit: 7. (ledger accounts at: 'bob') limit"), "1000\n");
    // Nothing was edited: nothing is told, and nothing is different.
    assert_eq!(run(&[]), "");
    eval("ledger rate: 5. 1");
    let told = run(&[("rate <- 3", "rate <- 4"), ("'EUR'", "'USD'"), (" limit <- 1000.", "")]);
    assert_eq!(
        told,
        "ledger: 1 slot changed, 1 removed, 1 kept\n  ~ ledger currency\n  - account limit\n  = ledger rate keeps 5, the file \
         begins with 4\n"
    );
    assert_eq!(eval("ledger rate printString, ledger currency"), "'5USD'\n");
    let told = run(&[
        ("rate <- 4", "rate = 4"),
        (
            "open: n = (",
            "{'ModuleInfo: InitialContents: InitializeToExpression: (0)' runs <- 0 }. open: n = (",
        ),
    ]);
    assert_eq!(told, "ledger: 1 slot added\n  + ledger runs\n");
    // It can't be assigned any more, and has kept what it held.
    assert_eq!(
        eval("ledger rate printString, ((reflect: ledger) isAssignableAt: 'rate') printString"),
        "'5false'\n"
    );
    eval("ledger runs: 12. 1");
    run(&[]);
    assert_eq!(eval("ledger runs printString, ' ', ledger accounts size printString"), "'0 2'\n");
    let out = home.run(&["image", "fileOut", "w.batos", "ledger"], b"");
    assert!(out.out.contains("owner = 'ann'") && out.out.contains("traits integer _AddSlots:"), "{out:?}");
}

#[test]
fn what_becomes_something_else_is_told_with_what_it_was() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let run = |text: &str| {
        fs::write(home.path("zoo.self"), text).expect("it can be written");
        let run = home.run(&["run", "--image", "w.batos", "--commit", "zoo.self"], b"");
        (run.status, run.err)
    };
    let told = |text: &str| (0, text.to_string());
    let with =
        |slots: &str| format!("globals _AddSlots: (| zoo = (| parent* = traits oddball. {slots} |) |)\n");
    assert_eq!(run(&with("n <- 3. m = ( 1 ). o = (| a <- 1 |)")), told(""));
    let eval = home.run(&["eval", "--image", "w.batos", "--commit", "used", "zoo n: 8. zoo o a: 5"], b"");
    assert_eq!(eval.status, 0, "{eval:?}");
    // Data becomes a method, a method data, an object gets another part.
    let (_, err) = run(&with("n = ( 4 ). m <- 1. o = (| a <- 1. b <- 2 |)"));
    assert_eq!(err, "zoo: 1 slot added, 2 changed\n  + zoo o b\n  ~ zoo m\n  ~ zoo n (was 8)\n");
    // An error in the middle leaves what came before it, and the next run goes on from there.
    assert_eq!(run(&format!("{}nope\n", with("n = ( 4 ). m <- 1. o = (| a <- 1. b <- 2 |). p = 1"))).0, 1);
    // Another sort of thing altogether.
    assert_eq!(run("globals _AddSlots: (| zoo = 3 |)\n"), told("zoo: 1 slot changed\n  ~ zoo (was zoo)\n"));
    assert_eq!(run(&with("q = 1")), told("zoo: 1 slot changed\n  ~ zoo\n"));
    // What does not parse changes nothing.
    let (status, err) = run("globals _AddSlots: (| zoo = (| a = ( 1 |) |)\n");
    assert!(status == 1 && err.contains("syntax error in zoo.self, line 1"), "{err}");
    assert_eq!(home.run(&["eval", "--image", "w.batos", "zoo q"], b"").out, "1\n");
}

#[test]
fn what_a_file_says_twice_is_as_it_says_last() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    fs::write(
        home.path("twice.self"),
        "lobby _AddSlots: (| p |)\nlobby _AddSlots: (| p <- 3. q = 1 |)\nlobby _AddSlots: (| q = 2 |)\n",
    )
    .expect("it can be written");
    let run = || home.run(&["run", "--image", "w.batos", "--commit", "twice.self"], b"");
    let eval = |text: &str| home.run(&["eval", "--image", "w.batos", "--commit", "used", text], b"").out;
    assert_eq!(run().status, 0);
    assert_eq!(eval("lobby p: 8. (p & q) asVector"), "a vector(8, 2)\n");
    // What was used meanwhile is not lost, and nothing is told where nothing is different.
    let again = run();
    assert_eq!((again.status, again.err.as_str()), (0, ""));
    assert_eq!(eval("(p & q) asVector"), "a vector(8, 2)\n");
    fs::write(
        home.path("twice.self"),
        "lobby _AddSlots: (| p |)\nlobby _AddSlots: (| p <- 3. q = 1 |)\nlobby _AddSlots: (| q = 4 |)\n",
    )
    .expect("it can be written");
    assert_eq!(run().err, "twice: 1 slot changed\n  ~ q\n");
}

#[test]
fn a_file_that_adds_nothing_any_more_takes_its_slots_along() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let run = |text: &str| {
        fs::write(home.path("gone.self"), text).expect("it can be written");
        home.run(&["run", "--image", "w.batos", "--commit", "gone.self"], b"").err
    };
    assert_eq!(
        run("lobby _AddSlots: (| one = 1 |)\ntraits integer _AddSlots: (| twice = ( self * 2 ) |)\n"),
        ""
    );
    assert_eq!(run("'nothing'\n"), "gone: 2 slots removed\n  - one\n  - traits integer twice\n");
    assert_eq!(run("'nothing'\n"), "");
    // A file that never added anything has nothing to remove.
    fs::write(home.path("other.self"), "3\n").expect("it can be written");
    assert_eq!(home.run(&["run", "--image", "w.batos", "other.self"], b"").err, "");
}

#[test]
fn files_of_one_name_in_two_folders_are_two_modules() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    fs::create_dir_all(home.path("tests")).expect("it can be made");
    fs::create_dir_all(home.path("moved")).expect("it can be made");
    fs::write(home.path("shop.self"), "lobby _AddSlots: (| shop = 1. rest = 2 |)\n")
        .expect("it can be written");
    fs::write(home.path("tests/shop.self"), "lobby _AddSlots: (| shopTests = 1 |)\n")
        .expect("it can be written");
    let run = |file: &str| home.run(&["run", "--image", "w.batos", "--commit", file], b"").err;
    for file in ["shop.self", "tests/shop.self", "./shop.self", "tests/../shop.self", "tests/shop.self"] {
        assert_eq!(run(file), "", "{file}");
    }
    let eval = |text: &str| home.run(&["eval", "--image", "w.batos", text], b"").out;
    assert_eq!(eval("fileOut moduleNames"), "a vector('shop', 'tests/shop')\n");
    assert_eq!(eval("(shop & rest & shopTests) asVector"), "a vector(1, 2, 1)\n");
    fs::write(home.path("tests/shop.self"), "3\n").expect("it can be written");
    assert_eq!(run("tests/shop.self"), "tests/shop: 1 slot removed\n  - shopTests\n");
    // A file that was moved is the module that it was.
    fs::write(home.path("moved/shop.self"), "lobby _AddSlots: (| shop = 1 |)\n").expect("it can be written");
    fs::remove_file(home.path("shop.self")).expect("it can be removed");
    assert_eq!(run("moved/shop.self"), "shop: 1 slot removed\n  - rest\n");
}

#[test]
fn suites_of_a_file_are_written_with_its_module() {
    let home = Home::new();
    assert_eq!(home.run(&["image", "new", "w.batos"], b"").status, 0);
    let text = "globals _AddSlots: (| pond = (| parent* = traits oddball. ducks <- 3 |) |)\n\
                testing suite: 'pond' Tests: (| parent* = traits testSuite. testDucks = ( expect: pond ducks ToBe: 3 ) |)\n";
    fs::write(home.path("pond.self"), text).expect("it can be written");
    assert_eq!(home.run(&["run", "--image", "w.batos", "--commit", "pond.self"], b"").status, 0);
    let out = home.run(&["image", "fileOut", "w.batos", "pond"], b"").out;
    fs::write(home.path("again.self"), &out).expect("it can be written");
    assert_eq!(home.run(&["image", "new", "v.batos"], b"").status, 0);
    assert_eq!(home.run(&["run", "--image", "v.batos", "--commit", "again.self"], b"").status, 0);
    let tests = home.run(&["test", "--image", "v.batos", "pond"], b"");
    assert_eq!((tests.status, tests.out.as_str()), (0, "1 passed, 0 failed\n"), "{out}");
}
