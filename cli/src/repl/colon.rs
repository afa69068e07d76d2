//! Commands with a leading colon: short spellings of messages that the world understands. This table is all that the
//! program knows of them; what they do and print is the world's own affair, in `stdlib/`.

use batos_lang::spelling;

/// What a line with a colon asks for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Colon {
    /// Evaluate this expression and print what it answers.
    Evaluate(String),
    /// The same, after asking what to do with changes that are not committed: they would be lost.
    Discard(String),
    /// Show what differs from the latest commit, or from this one.
    Difference(Option<u64>),
    /// Something is wrong with the command; the text says what.
    Wrong(String),
}

/// How the rest of the line goes into the expression.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Rest {
    /// Nothing may follow.
    None,
    /// An expression, in parentheses.
    Expression,
    /// Text, as a string literal.
    Text,
    /// Text, as a string literal, or another expression if there is none.
    TextOr(&'static str),
    /// An expression, in parentheses, or another expression if there is none.
    ExpressionOr(&'static str),
    /// An expression and a selector.
    ExpressionAndSelector,
}

struct Command {
    name: &'static str,
    shown: &'static str,
    about: &'static str,
    rest: Rest,
    /// `$` stands for the rest, `$2` for the selector.
    template: &'static str,
}

const COMMANDS: &[Command] = &[
    Command { name: "help", shown: ":help", about: "this list", rest: Rest::None, template: "shell help" },
    Command {
        name: "commit",
        shown: ":commit MESSAGE",
        about: "make the present state durable",
        rest: Rest::TextOr("image commit"),
        template: "image commit: $",
    },
    Command {
        name: "log",
        shown: ":log",
        about: "the latest commits",
        rest: Rest::None,
        template: "image showLog",
    },
    Command {
        name: "undo",
        shown: ":undo",
        about: "one commit back, as a new commit; again, one more",
        rest: Rest::None,
        template: "image undo",
    },
    Command {
        name: "redo",
        shown: ":redo",
        about: "what was undone, done again",
        rest: Rest::None,
        template: "image redo",
    },
    Command {
        name: "browse",
        shown: ":browse X",
        about: "the slots of an object by category",
        rest: Rest::Expression,
        template: "browser browse: $",
    },
    Command {
        name: "senders",
        shown: ":senders SEL",
        about: "methods that send a selector",
        rest: Rest::Text,
        template: "browser showSenders: $",
    },
    Command {
        name: "implementors",
        shown: ":implementors SEL",
        about: "objects with such a slot",
        rest: Rest::Text,
        template: "browser showImplementors: $",
    },
    Command {
        name: "find",
        shown: ":find TEXT",
        about: "names with a text in them; `:find 3. 4 -> 7`: what answers that",
        rest: Rest::Text,
        template: "browser find: $",
    },
    Command {
        name: "source",
        shown: ":source X SEL",
        about: "the source of a slot",
        rest: Rest::ExpressionAndSelector,
        template: "browser showSource: $ Selector: $2",
    },
    Command {
        name: "doc",
        shown: ":doc X",
        about: "what an object is for",
        rest: Rest::Expression,
        template: "browser showDoc: $",
    },
    Command {
        name: "time",
        shown: ":time EXPR",
        about: "how long an evaluation takes",
        rest: Rest::Expression,
        template: "shell time: [$]",
    },
    Command {
        name: "inspect",
        shown: ":inspect X",
        about: "an object's own slots and contents",
        rest: Rest::Expression,
        template: "browser inspect: $",
    },
    Command {
        name: "ps",
        shown: ":ps",
        about: "the processes",
        rest: Rest::None,
        template: "scheduler showProcesses",
    },
    Command {
        name: "drop",
        shown: ":drop N",
        about: "end the process with this number",
        rest: Rest::Expression,
        template: "scheduler drop: $",
    },
    Command {
        name: "mind",
        shown: ":mind",
        about: "how the model is set up",
        rest: Rest::None,
        template: "mind show",
    },
    Command {
        name: "facets",
        shown: ":facets",
        about: "ways to ask models, and what of them is loaded",
        rest: Rest::None,
        template: "cognitiveWeaver show",
    },
    Command {
        name: "grown",
        shown: ":grown",
        about: "methods that the world wrote itself",
        rest: Rest::None,
        template: "mind showGrown",
    },
    Command {
        name: "say",
        shown: ":say TEXT",
        about: "tell the world something; the persona it is for thinks about it",
        rest: Rest::Text,
        template: "bat tell: $",
    },
    Command {
        name: "thoughts",
        shown: ":thoughts [N]",
        about: "what was thought, and what came of it; all steps of number N",
        rest: Rest::ExpressionOr("thoughts show"),
        template: "thoughts show: $",
    },
    Command {
        name: "dreams",
        shown: ":dreams",
        about: "what the world thought and did while nobody was there",
        rest: Rest::None,
        template: "inquiry showDreams",
    },
    Command {
        name: "cem",
        shown: ":cem",
        about: "the metric of the world's own methods: its parts, what they count, how they are weighed",
        rest: Rest::None,
        template: "cem report",
    },
    Command {
        name: "health",
        shown: ":health",
        about: "how the world is: its metric, commits, memory, processes",
        rest: Rest::None,
        template: "health show",
    },
    Command {
        name: "more",
        shown: ":more",
        about: "the rest of a long result",
        rest: Rest::None,
        template: "shell more",
    },
    Command {
        name: "quit",
        shown: ":quit",
        about: "leave (so does Ctrl-D)",
        rest: Rest::None,
        template: "shell quit",
    },
];

/// The names with their colons, for completion.
pub fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().map(|c| c.shown.split(' ').next().unwrap_or(c.shown))
}

/// The text of `:help`.
pub fn help() -> String {
    let mut text = String::from("Type an expression and press Enter. Also:\n");
    for command in COMMANDS {
        text.push_str(&format!("  {:<20}{}\n", command.shown, command.about));
    }
    text.push_str(&format!(
        "  {:<20}{}\n",
        ":diff [COMMIT]", "what differs from the latest commit, or an older one"
    ));
    text.push_str(
        "Tab completes, Ctrl-C stops an evaluation, Ctrl-D leaves. Each command is also a message:\n",
    );
    text.push_str("  :commit first steps     is     image commit: 'first steps'");
    text
}

/// Reads a line that begins with a colon.
pub fn read(line: &str) -> Colon {
    let line = line.trim().trim_start_matches(':');
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if name == "diff" {
        return match rest.parse() {
            Ok(commit) => Colon::Difference(Some(commit)),
            Err(_) if rest.is_empty() => Colon::Difference(None),
            Err(_) => Colon::Wrong("usage: :diff [COMMIT]".to_string()),
        };
    }
    let command = match find(name) {
        Ok(command) => command,
        Err(text) => return Colon::Wrong(text),
    };
    let usage = || Colon::Wrong(format!("usage: {}", command.shown));
    match command.rest {
        Rest::None if rest.is_empty() && matches!(command.name, "undo" | "redo") => {
            Colon::Discard(command.template.to_string())
        }
        Rest::None if rest.is_empty() => Colon::Evaluate(command.template.to_string()),
        Rest::None => usage(),
        Rest::TextOr(other) | Rest::ExpressionOr(other) if rest.is_empty() => {
            Colon::Evaluate(other.to_string())
        }
        _ if rest.is_empty() => usage(),
        Rest::Text | Rest::TextOr(_) => Colon::Evaluate(fill(command.template, &quote(unquote(rest)), "")),
        // A mistake is shown in what was typed, not in what it would have become.
        Rest::Expression | Rest::ExpressionOr(_) if !batos_lang::parse_body(rest.as_bytes()).is_legal() => {
            Colon::Evaluate(rest.to_string())
        }
        Rest::Expression | Rest::ExpressionOr(_) => {
            Colon::Evaluate(fill(command.template, &parenthesise(rest), ""))
        }
        Rest::ExpressionAndSelector => match rest.rsplit_once(char::is_whitespace) {
            Some((object, selector)) => Colon::Evaluate(fill(
                command.template,
                &parenthesise(object.trim()),
                &quote(unquote(selector)),
            )),
            None => usage(),
        },
    }
}

/// The command of this name, or the only one that begins so; else what is wrong.
fn find(name: &str) -> Result<&'static Command, String> {
    if let Some(command) = COMMANDS.iter().find(|c| c.name == name) {
        return Ok(command);
    }
    match COMMANDS.iter().filter(|c| c.name.starts_with(name)).collect::<Vec<_>>()[..] {
        [command] => Ok(command),
        _ if name.is_empty() => Err("a command has a name (:help lists them)".to_string()),
        [] => Err(match meant(name) {
            Some(meant) => format!("there is no command :{name}; did you mean :{meant}? (:help lists them)"),
            None => format!("there is no command :{name} (:help lists them)"),
        }),
        ref several => Err(ambiguous(name, several.iter().map(|c| c.name))),
    }
}

/// The command whose name is spelled most like this.
fn meant(name: &str) -> Option<&'static str> {
    let names = COMMANDS.iter().map(|c| c.name).chain(["diff"]);
    let far = |other: &&str| spelling::distance(name.as_bytes(), other.as_bytes());
    names.min_by_key(far).filter(|other| far(other) <= spelling::allowed(name.len()))
}

/// Which commands a beginning may mean.
pub fn ambiguous<'a>(beginning: &str, names: impl Iterator<Item = &'a str>) -> String {
    let names = names.map(|name| format!(":{name}")).collect::<Vec<_>>();
    let told = match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => names.join(""),
    };
    format!(":{beginning} may be {told}")
}

fn fill(template: &str, rest: &str, selector: &str) -> String {
    // The longer mark first, and what is filled in is never looked at again.
    let mut out = String::new();
    let mut parts = template.split("$2").peekable();
    while let Some(part) = parts.next() {
        let mut pieces = part.split('$').peekable();
        while let Some(piece) = pieces.next() {
            out.push_str(piece);
            if pieces.peek().is_some() {
                out.push_str(rest);
            }
        }
        if parts.peek().is_some() {
            out.push_str(selector);
        }
    }
    out
}

fn parenthesise(expression: &str) -> String {
    format!("({expression})")
}

/// People type selectors with and without quotes.
fn unquote(text: &str) -> &str {
    text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')).unwrap_or(text)
}

/// A string literal that denotes this text.
pub fn quote(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        match c {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            c if c.is_ascii_control() => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(line: &str) -> String {
        match read(line) {
            Colon::Evaluate(text) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn arguments_go_where_they_belong() {
        assert_eq!(expression(":commit it's done"), r"image commit: 'it\'s done'");
        assert_eq!(expression(":commit"), "image commit");
        assert_eq!(expression(":senders 'at:Put:'"), "browser showSenders: 'at:Put:'");
        assert_eq!(
            expression(":source traits list  add:"),
            "browser showSource: (traits list) Selector: 'add:'"
        );
        assert_eq!(expression(":time 3 + 4"), "shell time: [(3 + 4)]");
        assert_eq!(expression(":say it's slow"), r"bat tell: 'it\'s slow'");
        assert_eq!(expression(":thoughts"), "thoughts show");
        assert_eq!(expression(":thoughts 3"), "thoughts show: (3)");
    }

    #[test]
    fn a_beginning_is_enough_if_it_is_the_only_one() {
        assert_eq!(expression(":impl +"), "browser showImplementors: '+'");
        assert_eq!(read(":s +"), Colon::Wrong(":s may be :senders, :source or :say".into()));
        assert!(matches!(read(":"), Colon::Wrong(_)));
        assert!(matches!(read(":nonsense"), Colon::Wrong(text) if text.contains(":help")));
        assert!(matches!(read(":hlep"), Colon::Wrong(text) if text.contains("did you mean :help?")));
    }

    #[test]
    fn what_is_filled_in_is_not_a_template() {
        assert_eq!(expression(":commit pay $2 or $"), "image commit: 'pay $2 or $'");
    }

    #[test]
    fn a_mistake_is_shown_where_it_was_typed() {
        assert_eq!(expression(":time 3 +"), "3 +");
        assert_eq!(expression(":doc 3) + (4"), "3) + (4");
    }

    #[test]
    fn a_missing_argument_is_told() {
        assert_eq!(read(":doc"), Colon::Wrong("usage: :doc X".into()));
        assert_eq!(read(":ps now"), Colon::Wrong("usage: :ps".into()));
    }
}
