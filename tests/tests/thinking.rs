//! Thinking in a language that models know, with a model of rote answers: the question, the translation, the choice, the record.

use batos_mind::fake::FakeModel;
use batos_tests::world::{Answer, World};

fn world(model: FakeModel) -> World {
    let mut world = World::standard();
    world.vm.host.model = Some(Box::new(model));
    value(&mut world, "mind policy: 'auto'. mind repairs: 0");
    world
}

fn value(world: &mut World, line: &str) -> String {
    match world.enter(line.as_bytes()) {
        (_, Answer::Value(text)) => text,
        (printed, Answer::Error(text)) => panic!("{line}: {text}\n{printed}"),
    }
}

fn error(world: &mut World, line: &str) -> String {
    match world.enter(line.as_bytes()) {
        (_, Answer::Error(text)) => text,
        (_, Answer::Value(value)) => panic!("{line} is {value}"),
    }
}

/// A task of a list with two examples, grown.
const GROW: &str = "[ | t | t: task copyReceiver: (1 & 2) asList Signature: 'sumOfBig: n' Holder: traits list
    Comment: 'sum of my elements that are greater than n'.
    t example: '(1 & 5 & 7) asList sumOfBig: 4' Gives: '12'. t example: 'list copyRemoveAll sumOfBig: 1' Gives: '0'.
    mind grow: t ] value";

#[test]
fn an_answer_is_translated_tried_and_kept_with_its_text() {
    let answers = [
        "    return sum(numbers)\n```",
        "    total = 0\n    for x in numbers:\n        if x > n:\n            total += x\n    return total\n```",
    ];
    let mut world = world(FakeModel::new().answering("def sum_of_big", &answers));
    assert_eq!(value(&mut world, GROW), "true");
    assert_eq!(value(&mut world, "(3 & 9 & 10) asList sumOfBig: 8"), "19");
    let kept = "[ | g | g: mind grown last. (g way & g source & (g thought includesSubstring: 'for x in numbers')) asVector ] value";
    assert_eq!(
        value(&mut world, kept),
        "a vector('translated', '(| total | total: 0. do: [ |:x| x > n ifTrue: [ total: total + x ] ]. total )', true)"
    );
    assert_eq!(value(&mut world, "mind grown last facet"), "'coder'");
    // A person sees the translation only.
    assert!(!value(&mut world, "mind showGrown").contains("def "));
}

#[test]
fn the_question_shows_kinds_comment_and_examples() {
    let mut world = world(FakeModel::new());
    let asked = value(&mut world, &GROW.replace("mind grow: t", "t asQuestion text"));
    for part in [
        "def sum_of_big(numbers: list[int], n: int) -> int:",
        "sum of my elements that are greater than n (\"I\" and \"me\" mean numbers.)",
        ">>> sum_of_big([1, 5, 7], 4)\\n    12",
        ">>> sum_of_big([], 1)\\n    0",
    ] {
        assert!(asked.contains(part), "{part} is not in {asked}");
    }
}

#[test]
fn an_object_is_asked_about_as_a_class() {
    let answers = ["        self.balance += amount\n        return self.total()\n```"];
    let mut world = world(FakeModel::new().answering("def deposit", &answers));
    value(
        &mut world,
        "lobby _AddSlots: (| purse = (| parent* = traits clonable. balance <- 30. total = ( balance * 1 ) |) |)",
    );
    let task = "[ | t | t: task copyReceiver: purse copy Signature: 'deposit: amount' Holder: purse
        Comment: 'put money in'. t example: 'purse copy deposit: 12' Gives: '42'. ACT ] value";
    let asked = value(&mut world, &task.replace("ACT", "t asQuestion text"));
    for part in [
        "class Purse:\\n    balance: int\\n",
        "def total(self): ...",
        "def deposit(self, amount: int) -> int:",
    ] {
        assert!(asked.contains(part), "{part} is not in {asked}");
    }
    assert_eq!(value(&mut world, &task.replace("ACT", "mind grow: t")), "true");
    assert_eq!(value(&mut world, "purse copy deposit: 3"), "33");
    let source = value(&mut world, "mind grown last source");
    assert_eq!(source, "'( balance: balance + amount. total )'");
}

#[test]
fn without_examples_methods_that_behave_alike_are_counted() {
    let answers =
        ["    return n * 2\n```", "    return n + n\n```", "    return n ** 2\n```", "    return 2 * n\n```"];
    let mut world = world(FakeModel::new().answering("def twofold", &answers));
    assert_eq!(value(&mut world, "mind thoughts: 4. mind firstThoughts: 4. 21 twofold"), "42");
    let agreement = value(&mut world, "mind grown last agreement");
    assert!(agreement.starts_with("'3 of 4 agree: "), "{agreement}");
}

#[test]
fn auto_installs_nothing_unseen_where_answers_differ() {
    let answers =
        ["    return n * 2\n```", "    return n * 3\n```", "    return n * 4\n```", "    return 7 - n\n```"];
    let mut world = world(FakeModel::new().answering("def manifold", &answers));
    value(&mut world, "mind thoughts: 4. mind firstThoughts: 4. mind margin: 0.9");
    assert!(error(&mut world, "21 manifold").starts_with("No 'manifold'"));
    assert_eq!(value(&mut world, "mind grown size"), "0");
}

#[test]
fn what_is_not_of_the_subset_is_told_and_does_no_harm() {
    let answers = ["    return open('x').read()\n```", "    while True:\n        pass\n```"];
    let mut world = world(FakeModel::new().answering("def probe", &answers));
    assert!(error(&mut world, "5 probe").starts_with("No 'probe'"));
    let told = value(&mut world, "mind lastTask untranslated first");
    assert!(told.contains("`open` is not translated"), "{told}");
    let reason = value(&mut world, "mind lastTask tried first reason");
    assert!(reason.contains("endless"), "{reason}");
    world.vm.verify_heap().expect("a sound heap");
}

#[test]
fn a_first_try_that_failed_is_told_to_the_model() {
    let fake = FakeModel::new()
        .answering("A first try was wrong", &["    return n * 3\n```"])
        .answering("def thrice", &["    return n * 2\n```"]);
    let mut world = world(fake);
    let grow = "[ | t | t: task copyReceiver: 5 Signature: 'thrice' Holder: traits integer Comment: ''.
        t example: '5 thrice' Gives: '15'. t example: '2 thrice' Gives: '6'. mind repairs: 1. mind grow: t ] value";
    assert_eq!(value(&mut world, grow), "true");
    assert_eq!(value(&mut world, "7 thrice"), "21");
}

/// Whatever a model writes, it stays in its fork, and the fork ends: the same bounds hold for translations as for methods in our own language.
#[test]
fn translations_touch_nothing_outside_and_end() {
    let mut world = world(FakeModel::new());
    value(&mut world, "globals _AddSlots: (| witness = (| parent* = traits clonable. seen <- 0 |) |)");
    value(&mut world, "mind fuel: 200000. mind memory: 2000000. mind milliseconds: 500");
    let judged = |world: &mut World, text: &str| {
        let text = text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n");
        let line = format!(
            "[ | t. q. p | t: task copyReceiver: 5 Selector: 'probe' Arguments: vector Comment: ''. q: t asQuestion.
            p: (q methodsIn: '{text}' IfFail: [|:e| ^ 'refused: ', e]) asVector.
            ((proposal copyMethod: p first Thought: '' Row: (0 & 1 & -1.0) asVector Task: t) judge) reason ] value"
        );
        value(world, &line)
    };
    for (text, reason) in [
        ("    while True:\n        pass\n", "BRICK: endless"),
        ("    return n.probe()\n", "refused: "),
        ("    return probe(n)\n", "BRICK: "),
        ("    r = []\n    while True:\n        r.append([0] * 1000)\n    return r\n", "BRICK: "),
        ("    k = 3\n    while True:\n        k = k * k\n    return k\n", "BRICK: "),
        ("    s = 'x'\n    while True:\n        s = s + s\n    return s\n", "BRICK: "),
        ("    return 10 ** 10 ** 10\n", "BRICK: "),
        ("    return [x for x in range(10 ** 12)]\n", "BRICK: "),
        ("    return 'a' * 10 ** 11\n", "BRICK: "),
        ("    return open('/etc/passwd').read()\n", "refused: "),
        ("    return eval('1')\n", "refused: "),
        ("    return exec('x')\n", "refused: "),
        ("    import os\n    return os.system('true')\n", "refused: "),
        ("    return __import__('os')\n", "refused: "),
        ("    global witness\n    witness = 3\n    return 1\n", "refused: "),
    ] {
        let said = judged(&mut world, text);
        assert!(said.trim_matches('\'').starts_with(reason), "{text}: {said}");
    }
    assert_eq!(value(&mut world, "witness seen"), "0");
    assert_eq!(value(&mut world, "mind grown size"), "0");
    assert!(error(&mut world, "5 probe").starts_with("No 'probe'"));
    world.vm.verify_heap().expect("a sound heap");
}

/// What a method of an object sends to itself and nobody has is asked for as well; they come and go together.
#[test]
fn helpers_belong_to_the_proposal_that_needs_them() {
    let fake = FakeModel::new()
        .answering("def fee_for", &["        return self.rounded(other // 10)\n```"])
        .answering("def rounded", &["        return other + 1\n```"])
        .answering(
            "def deposit",
            &["        self.balance += amount - self.fee_for(amount)\n        return self.balance\n```"],
        );
    let mut world = world(fake);
    value(
        &mut world,
        "lobby _AddSlots: (| purse = (| parent* = traits clonable. balance <- 30. owner <- 'Ada' |) |)",
    );
    let grow = "[ | t | t: task copyReceiver: purse copy Signature: 'deposit: amount' Holder: purse
        Comment: 'put money in, less the fee'. t example: 'purse copy deposit: 20' Gives: '47'. mind grow: t ] value";
    assert_eq!(value(&mut world, grow), "true");
    assert_eq!(value(&mut world, "purse copy deposit: 100"), "119");
    assert_eq!(value(&mut world, "purse feeFor: 50"), "6");
    assert_eq!(value(&mut world, "mind grown size"), "1");
    let out = value(&mut world, "mind grown last fileOut");
    assert!(out.contains("feeFor: ") && out.contains("rounded: "), "{out}");
    value(&mut world, "mind undo");
    assert_eq!(value(&mut world, "(reflect: purse) includesName: 'feeFor:'"), "false");
    assert_eq!(value(&mut world, "(reflect: purse) includesName: 'rounded:'"), "false");
}

/// Arguments may be blocks, and answers copies of the prototype.
#[test]
fn blocks_are_called_and_prototypes_copied() {
    let fake = FakeModel::new()
        .answering("def count_where", &["    return sum(1 for x in numbers if blk(x))\n```"])
        .answering("def halved", &["        return Purse(self.balance // 2, self.owner)\n```"]);
    let mut world = world(fake);
    let grow = "[ | t | t: task copyReceiver: (1 & 2) asList Signature: 'countWhere: blk' Holder: traits list
        Comment: 'how many of my elements the block is true for'.
        t example: '(1 & 5 & 7) asList countWhere: [|:x| x > 4]' Gives: '2'. mind grow: t ] value";
    assert_eq!(value(&mut world, grow), "true");
    assert_eq!(value(&mut world, "(2 & 4 & 5) asList countWhere: [|:x| x isEven]"), "2");
    value(
        &mut world,
        "lobby _AddSlots: (| purse = (| parent* = traits clonable. balance <- 30. owner <- 'Ada' |) |)",
    );
    let grow = "[ | t | t: task copyReceiver: purse copy Signature: 'halved' Holder: purse
        Comment: 'a new purse with half of my money'. t example: 'purse copy halved balance' Gives: '15'. mind grow: t ] value";
    assert_eq!(value(&mut world, grow), "true");
    assert_eq!(value(&mut world, "[ | p | p: purse copy. p halved balance + p balance ] value"), "45");
}
