//! The classes of tokens as a TextMate grammar, for editors that colour by patterns: `batos grammar` prints it, and
//! `clients/vscode/` has a copy that a test compares. The patterns say what `highlight` says, as far as one line shows it.
//!
//! Invariant: at each place the first rule of the list that matches there is right; a test compares the classes with those of
//! `highlight` on all sources of the standard world.

use crate::TokenClass;

/// How a rule finds its tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Finds {
    /// By one pattern.
    Match(&'static str),
    /// From a quote to the next one that is not escaped, over lines.
    Quoted(char),
}

/// A rule: a class, the scope that themes know, what to find.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rule {
    /// What it finds.
    pub class: TokenClass,
    /// The scope without the language's name behind it.
    pub scope: &'static str,
    /// How it finds that.
    pub finds: Finds,
}

const fn rule(class: TokenClass, scope: &'static str, pattern: &'static str) -> Rule {
    Rule { class, scope, finds: Finds::Match(pattern) }
}

/// All rules, the first that matches wins. The patterns know no lookbehind: they are tried where a token begins.
pub const RULES: &[Rule] = &[
    Rule { class: TokenClass::Comment, scope: "comment.block", finds: Finds::Quoted('"') },
    Rule { class: TokenClass::String, scope: "string.quoted.single", finds: Finds::Quoted('\'') },
    rule(
        TokenClass::Number,
        "constant.numeric",
        r"-?[0-9]+(?:[rR][0-9A-Za-z]+|(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)",
    ),
    rule(
        TokenClass::Delegate,
        "keyword.other.delegate",
        r"(?:[a-z][A-Za-z0-9_]*)\.(?=[A-Za-z_!#$%&*+,\-/;<=>?@\\^`|~])",
    ),
    rule(TokenClass::Primitive, "support.function.primitive", r"_[A-Za-z0-9_]+:?"),
    rule(TokenClass::Argument, "variable.parameter", r":[A-Za-z_][A-Za-z0-9_]*"),
    rule(TokenClass::Keyword, "entity.name.function.keyword", r"[A-Za-z][A-Za-z0-9_]*:"),
    rule(TokenClass::SelfName, "variable.language.self", r"self(?![A-Za-z0-9_])"),
    rule(TokenClass::Error, "invalid.illegal", r"[A-Z][A-Za-z0-9_]*"),
    rule(TokenClass::Name, "variable.other", r"[a-z][A-Za-z0-9_]*"),
    rule(TokenClass::Return, "keyword.control.return", r"\^(?![!#$%&*+,\-/;<=>?@\\^`|~])"),
    rule(
        TokenClass::Definition,
        "keyword.operator.definition",
        r"(?:\*?=|\*?<-)(?![!#$%&*+,\-/;<=>?@\\^`|~])",
    ),
    rule(TokenClass::Punctuation, "punctuation.separator", r"\.|\*?\|(?![!#$%&*+,\-/;<=>?@\\^`|~])"),
    rule(TokenClass::Operator, "keyword.operator", r"[!#$%&*+,\-/;<=>?@\\^`|~]+"),
    rule(TokenClass::Bracket, "punctuation.section.brackets", r"[()\[\]{}]"),
];

/// The grammar as JSON.
pub fn textmate() -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let mut rules = Vec::new();
    for rule in RULES {
        let name = quoted(&format!("{}.batos", rule.scope));
        rules.push(match rule.finds {
            Finds::Match(pattern) => {
                format!("    {{ \"name\": {name}, \"match\": {} }}", quoted(pattern))
            }
            Finds::Quoted(quote) => {
                let quote = quoted(&quote.to_string());
                let escape = format!(
                    "{{ \"name\": \"constant.character.escape.batos\", \"match\": {} }}",
                    quoted(r"\\.")
                );
                format!(
                    "    {{ \"name\": {name}, \"begin\": {quote}, \"end\": {quote}, \"patterns\": [{escape}] }}"
                )
            }
        });
    }
    format!(
        "{{\n  \"comment\": \"Made by `batos grammar`; don't edit.\",\n  \"name\": \"BAT OS\",\n  \"scopeName\": \"source.batos\",\n  \"fileTypes\": [\"self\"],\n  \
         \"firstLineMatch\": \"^#!.*\\\\bbatos\\\\b\",\n  \"patterns\": [\n{}\n  ]\n}}\n",
        rules.join(",\n")
    )
}
