//! Translation held against the table of constructs: `translate/constructs.py` is a program that Python itself accepts, and every
//! assertion of it must hold for the translated methods. The chapter of the book is made of the same table: `BLESS=1` writes it.

use std::collections::HashSet;
use std::fmt::Write;
use std::process::{Command, Stdio};

use batos_tests::world::{Answer, World, project};
use batos_translate::{Method, Wanted, translate};

/// A construct: its title, the text, the assertions.
struct Construct {
    title: String,
    text: String,
    checks: Vec<String>,
}

fn constructs() -> Vec<Construct> {
    let text = std::fs::read_to_string(project().join("translate/constructs.py")).expect("the table");
    let mut all: Vec<Construct> = Vec::new();
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("# ") {
            all.push(Construct { title: title.into(), text: String::new(), checks: Vec::new() });
        } else if let Some(construct) = all.last_mut() {
            match line.strip_prefix("assert ") {
                Some(check) => construct.checks.push(check.into()),
                None => construct.text += &format!("{line}\n"),
            }
        }
    }
    all
}

/// The name of the first function, and our selector for it.
fn name_of(text: &str) -> (String, String) {
    let head = text.lines().find_map(|line| line.strip_prefix("def ")).expect("a function");
    let (name, rest) = head.split_once('(').expect("parameters");
    let inside = rest.split_once("):").or(rest.split_once(") ->")).expect("a heading").0;
    let mut depth = 0;
    let commas = inside.chars().filter(|c| match c {
        '[' => {
            depth += 1;
            false
        }
        ']' => {
            depth -= 1;
            false
        }
        ',' => depth == 0,
        _ => false,
    });
    let own = batos_translate::camel(name);
    let selector = match commas.count() {
        0 => own,
        n => format!("{own}:{}", "With:".repeat(n - 1)),
    };
    (name.into(), selector)
}

fn translated(text: &str) -> Result<Method, String> {
    let (function, selector) = name_of(text);
    let wanted = Wanted { function, selector, ..Wanted::default() };
    translate(text, &wanted).map(|mut all| all.remove(0)).map_err(|refusal| refusal.to_string())
}

/// Whether a condition of the text's language holds, with functions of these names and selectors in the world.
fn holds(world: &mut World, condition: &str, known: &[(String, String)]) -> Result<(), String> {
    let text = format!("def probe(n: int) -> bool:\n    return {condition}\n");
    let wanted = Wanted {
        function: "probe".into(),
        selector: "probe".into(),
        known: known.to_vec(),
        ..Wanted::default()
    };
    let probe = translate(&text, &wanted).map_err(|refusal| refusal.to_string())?.remove(0);
    match world.enter(format!("traits integer _AddSlots: (| probe = {} |). 0 probe", probe.body).as_bytes()).1
    {
        Answer::Value(value) if value == "true" => Ok(()),
        other => Err(format!("{other:?} for {}", probe.body)),
    }
}

fn define(world: &mut World, method: &Method) {
    let line = format!("defaultBehavior _AddSlots: (| {} = {} |). 0", method.signature, method.body);
    assert_eq!(world.enter(line.as_bytes()).1, Answer::Value("0".into()), "{line}");
}

#[test]
fn every_construct_means_the_same() {
    let mut world = World::standard();
    let mut wrong = Vec::new();
    let mut titles = HashSet::new();
    for construct in constructs() {
        assert!(titles.insert(construct.title.clone()), "{} stands twice", construct.title);
        assert!(!construct.checks.is_empty(), "{} asserts nothing", construct.title);
        let method = match translated(&construct.text) {
            Ok(method) => method,
            Err(refusal) => {
                wrong.push(format!("{}: {refusal}", construct.title));
                continue;
            }
        };
        define(&mut world, &method);
        let known = [name_of(&construct.text)];
        for check in &construct.checks {
            if let Err(reason) = holds(&mut world, check, &known) {
                wrong.push(format!(
                    "{}: {check}: {reason}\n  {} = {}",
                    construct.title, method.signature, method.body
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Our source in the style of the house: one slot, over as many lines as it takes.
fn styled(method: &Method) -> String {
    let text = format!("traits x _AddSlots: (|\n    {} = {}.\n|)\n", method.signature, method.body);
    let parsed = batos_lang::parse_file(text.as_bytes());
    assert!(parsed.diagnostics.is_empty(), "{text}: {:?}", parsed.diagnostics);
    let styled = batos_lang::format(&parsed.tree, text.as_bytes());
    let styled = String::from_utf8(styled).expect("UTF-8");
    let lines = styled.lines().filter(|line| line.starts_with("    "));
    lines.map(|line| format!("{}\n", line.strip_prefix("    ").unwrap_or(line))).collect()
}

#[test]
fn the_book_has_the_table() {
    let mut chapter = String::from(
        "# The language to think in\n\nSmall language models know Python and have never seen the language of this world. So a question to them is put in \
         Python, and what comes back is translated; the translation is what is shown, tried, judged and kept. No Python runs. The text that was \
         translated is shown under `[w]hy` only, and kept with the method's record.\n\nThis chapter is made of the tests: each construct with its \
         translation. What is not here is refused, and the proposal with it.\n",
    );
    for construct in constructs() {
        let method = translated(&construct.text).expect("it is translated");
        let _ = write!(
            chapter,
            "\n## {}\n\n```python\n{}\n```\n\n```self\n{}```\n",
            construct.title,
            construct.text.trim_end(),
            styled(&method)
        );
    }
    let place = project().join("book/src/translation.md");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&place, &chapter).expect("written");
    }
    let kept = std::fs::read_to_string(&place).unwrap_or_default();
    assert!(
        kept == chapter,
        "the chapter is out of date: BLESS=1 cargo test -p batos-tests --test translation"
    );
}

/// Python's own opinion, where it is installed.
fn python(program: &str) -> Option<String> {
    let mut child = Command::new("python3")
        .args(["-I", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    std::io::Write::write_all(child.stdin.as_mut()?, program.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    assert!(output.status.success(), "{}\n{}", program, String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).ok()
}

const HEAD: &str = "import math\nfrom collections import Counter, defaultdict\n";

#[test]
fn python_accepts_the_table() {
    let text = std::fs::read_to_string(project().join("translate/constructs.py")).expect("the table");
    if python(&format!("{HEAD}{text}\nprint('yes')")).is_none() {
        println!("not run: there is no python3 here");
    }
}

/// SplitMix64, for programs that are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(all.len())]
    }
}

/// A random function of a list of numbers, a number and a text.
struct Program {
    dice: Dice,
    depth: usize,
}

impl Program {
    fn number(&mut self) -> String {
        self.depth += 1;
        let deep = self.depth > 4;
        let made = match self.dice.below(if deep { 4 } else { 15 }) {
            0 => self.dice.pick(&["0", "1", "2", "3", "7", "-1", "-4"]).to_owned(),
            1 | 2 => self.dice.pick(&["n", "total", "k"]).to_owned(),
            3 => "len(items)".into(),
            4 | 5 => format!("({} {} {})", self.number(), self.dice.pick(&["+", "-", "*"]), self.number()),
            6 => format!(
                "({} {} {})",
                self.number(),
                self.dice.pick(&["//", "%"]),
                self.dice.pick(&["2", "3", "-3", "5"])
            ),
            7 => format!("sum({})", self.list()),
            8 => format!("{}({}, {})", self.dice.pick(&["max", "min"]), self.number(), self.number()),
            9 => format!("abs({})", self.number()),
            10 => format!("({} if {} else {})", self.number(), self.truth(), self.number()),
            11 => format!("{}.count({})", self.text(), self.dice.pick(&["'a'", "'b'", "' '"])),
            12 => format!("len({})", self.text()),
            13 => format!("{}.find({})", self.text(), self.dice.pick(&["'a'", "'bc'", "''"])),
            _ => format!(
                "sum(x * {} for x in {} if x {} {})",
                self.dice.pick(&["1", "2", "x"]),
                self.list(),
                self.dice.pick(&["<", ">=", "!="]),
                self.number()
            ),
        };
        self.depth -= 1;
        made
    }

    fn truth(&mut self) -> String {
        self.depth += 1;
        let deep = self.depth > 4;
        let made = match self.dice.below(if deep { 2 } else { 9 }) {
            0 => format!("n {} {}", self.dice.pick(&["<", ">", "==", "!=", "<=", ">="]), self.dice.below(5)),
            1 => self.dice.pick(&["items", "text", "n", "not items", "total > 3"]).to_owned(),
            2 => format!("{} {} {}", self.number(), self.dice.pick(&["<", ">", "=="]), self.number()),
            3 => format!("({} and {})", self.truth(), self.truth()),
            4 => format!("({} or {})", self.truth(), self.truth()),
            5 => format!("not {}", self.truth()),
            6 => format!("{} in {}", self.number(), self.list()),
            7 => format!("{} in {}", self.dice.pick(&["'a'", "'ab'", "' '"]), self.text()),
            _ => format!(
                "{}(x > {} for x in {})",
                self.dice.pick(&["all", "any"]),
                self.dice.below(4),
                self.list()
            ),
        };
        self.depth -= 1;
        made
    }

    fn list(&mut self) -> String {
        self.depth += 1;
        let deep = self.depth > 4;
        let bound = |p: &mut Program| p.dice.pick(&["", "0", "1", "2", "-1", "-2", "n", "9"]).to_owned();
        let made = match self.dice.below(if deep { 2 } else { 9 }) {
            0 => "items".into(),
            1 => "out".into(),
            2 => format!("{}[{}:{}]", self.list(), bound(self), bound(self)),
            3 => format!(
                "{}[{}:{}:{}]",
                self.list(),
                bound(self),
                bound(self),
                self.dice.pick(&["2", "-1", "-2", "1"])
            ),
            4 => format!("sorted({})", self.list()),
            5 => {
                format!("[x {} {} for x in {}]", self.dice.pick(&["+", "-", "*"]), self.number(), self.list())
            }
            6 => format!("[x for x in {} if x % 2 == {}]", self.list(), self.dice.below(2)),
            7 => format!("({} + {})", self.list(), self.list()),
            _ => format!("list(range({}, {}))", self.dice.below(3), self.dice.pick(&["n", "4", "len(text)"])),
        };
        self.depth -= 1;
        made
    }

    fn text(&mut self) -> String {
        self.depth += 1;
        let deep = self.depth > 4;
        let bound = |p: &mut Program| p.dice.pick(&["", "0", "1", "-1", "-3", "n", "9"]).to_owned();
        let made = match self.dice.below(if deep { 2 } else { 9 }) {
            0 | 1 => self.dice.pick(&["text", "text", "'ab'", "word"]).to_owned(),
            2 => format!("{}[{}:{}]", self.text(), bound(self), bound(self)),
            3 => format!("({} + {})", self.text(), self.text()),
            4 => format!(
                "{}.{}()",
                self.text(),
                self.dice.pick(&["upper", "lower", "strip", "swapcase", "capitalize", "title"])
            ),
            5 => format!("str({})", self.number()),
            6 => format!(
                "{}.replace({}, {})",
                self.text(),
                self.dice.pick(&["'a'", "'b'"]),
                self.dice.pick(&["''", "'xy'"])
            ),
            7 => format!("{}[::-1]", self.text()),
            _ => format!("'-'.join({}.split())", self.text()),
        };
        self.depth -= 1;
        made
    }

    fn statements(&mut self, out: &mut String, indent: usize, loops: bool) {
        for _ in 0..1 + self.dice.below(3) {
            let pad = "    ".repeat(indent);
            let deep = indent > 3;
            let _ = match self.dice.below(if deep { 6 } else { 12 }) {
                0 => writeln!(out, "{pad}total {} {}", self.dice.pick(&["=", "+=", "-="]), self.number()),
                1 => writeln!(out, "{pad}out.append({})", self.number()),
                2 => writeln!(out, "{pad}word = {}", self.text()),
                3 => writeln!(out, "{pad}word += {}", self.text()),
                4 => writeln!(out, "{pad}total, k = k, {}", self.number()),
                5 if loops => writeln!(
                    out,
                    "{pad}if {}:\n{pad}    {}",
                    self.truth(),
                    self.dice.pick(&["break", "continue"])
                ),
                5 => writeln!(out, "{pad}out = {}", self.list()),
                6 | 7 => {
                    let _ = writeln!(out, "{pad}if {}:", self.truth());
                    self.statements(out, indent + 1, loops);
                    if self.dice.below(2) == 0 {
                        let _ = writeln!(out, "{pad}else:");
                        self.statements(out, indent + 1, loops);
                    }
                    Ok(())
                }
                8 => {
                    let _ = writeln!(
                        out,
                        "{pad}for k in range({}):",
                        self.dice.pick(&["3", "len(items)", "1, 4", "4, 0, -1"])
                    );
                    self.statements(out, indent + 1, true);
                    Ok(())
                }
                9 => {
                    let _ = writeln!(out, "{pad}for i, x in enumerate(items):\n{pad}    total += i * x");
                    self.statements(out, indent + 1, true);
                    Ok(())
                }
                10 => {
                    let _ = writeln!(out, "{pad}for c in {}:\n{pad}    word = c + word[:4]", self.text());
                    self.statements(out, indent + 1, true);
                    Ok(())
                }
                _ => writeln!(out, "{pad}if {}:\n{pad}    return [total, word]", self.truth()),
            };
        }
    }
}

fn program(seed: u64) -> String {
    let mut program = Program { dice: Dice(seed), depth: 0 };
    let mut out = format!(
        "def random_{seed}(items: list[int], n: int, text: str) -> list:\n    total = 0\n    k = 1\n    out = []\n    word = ''\n"
    );
    program.statements(&mut out, 1, false);
    program.statements(&mut out, 1, false);
    let _ = writeln!(out, "    return [total, k, out, word, {}, {}]", program.number(), program.truth());
    out
}

/// Programs and what they are called with. `PROGRAMS` makes more of them.
#[test]
fn random_programs_mean_what_they_mean_in_python() {
    let count = std::env::var("PROGRAMS").ok().and_then(|n| n.parse().ok()).unwrap_or(150u64);
    let calls = ["[], 0, ''", "[3, -1, 4, 4], 2, 'ab a'", "[5], -3, 'Bob'"];
    let mut all = format!(
        "{HEAD}import sys\ndef run(f, *a):\n    try:\n        r = repr(f(*a))\n        print(r if len(r) < 3000 else 'raises')\n    except Exception:\n        print('raises')\n"
    );
    for seed in 0..count {
        all += &program(seed);
        for call in calls {
            let _ = writeln!(all, "run(random_{seed}, {call})");
        }
    }
    let Some(output) = python(&all) else {
        println!("not run: there is no python3 here");
        return;
    };
    let mut answers = output.lines();
    let mut world = World::standard();
    let (mut wrong, mut refused, mut compared) = (Vec::new(), 0, 0);
    for seed in 0..count {
        let text = program(seed);
        let known = [name_of(&text)];
        let method = translated(&text);
        if let Ok(method) = &method {
            define(&mut world, method);
        } else {
            refused += 1;
        }
        for call in calls {
            let expected = answers.next().unwrap_or_default();
            let Ok(method) = &method else { continue };
            if expected == "raises" {
                continue;
            }
            compared += 1;
            if let Err(reason) = holds(&mut world, &format!("random_{seed}({call}) == {expected}"), &known) {
                wrong.push(format!(
                    "{text}\nwith {call} is {expected}\n{reason}\n{} = {}\n",
                    method.signature, method.body
                ));
            }
        }
    }
    println!("{compared} calls compared, {refused} of {count} programs not translated");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.iter().take(3).cloned().collect::<String>());
    assert!(refused * 20 <= count, "{refused} of {count} programs were not translated");
}

/// Any text is translated or refused. The fuzz target `translation` goes on from here.
#[test]
fn any_text_is_translated_or_refused() {
    use batos_tests::oracle::translation::{made_from, run};
    let table = std::fs::read(project().join("translate/constructs.py")).expect("the table");
    for kind in 0..5u8 {
        run(&[&[kind][..], &table].concat());
        for (at, _) in table.iter().enumerate().step_by(97) {
            // Cut off, and with a byte that does not belong there.
            run(&[&[kind][..], &table[at..(at + 300).min(table.len())]].concat());
            let mut spoilt = table[at..(at + 200).min(table.len())].to_vec();
            if let Some(byte) = spoilt.get_mut(100) {
                *byte = b"()[]:'\n \\-*\t0"[at % 13];
            }
            run(&[&[kind][..], &spoilt].concat());
        }
    }
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    for _ in 0..3000 {
        let seed: Vec<u8> = (0..24)
            .map(|_| {
                state = state.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(1);
                (state >> 56) as u8
            })
            .collect();
        run(&made_from(&seed));
    }
    for deep in ["(".repeat(3000), "[".repeat(3000), "-".repeat(3000), "f(".repeat(3000), "not ".repeat(3000)]
    {
        run(format!("\x01def f(x):\n    return {deep}x\n").as_bytes());
    }
    let nested: String = (0..400).map(|i| format!("{}if x:\n", "    ".repeat(i + 1))).collect();
    run(format!("\x01def f(x):\n{nested}").as_bytes());
    let chain = "x + ".repeat(5000);
    run(format!("\x01def f(x):\n    return {chain}1\n").as_bytes());
}
