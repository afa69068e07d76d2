//! Names of the one language in the other.

/// Names that mean something everywhere in the world, so that nothing local may be called so.
const TAKEN: [&str; 24] = [
    "self",
    "resend",
    "true",
    "false",
    "nil",
    "list",
    "dictionary",
    "set",
    "vector",
    "lobby",
    "globals",
    "traits",
    "math",
    "infinity",
    "characters",
    "error",
    "errors",
    "float",
    "string",
    "message",
    "process",
    "orderedDictionary",
    "mixins",
    "value",
];

/// `max_value` as `maxValue`; a name that is taken here gets another end.
pub fn camel(name: &str) -> String {
    let mut out = String::new();
    for part in name.split('_').filter(|part| !part.is_empty()) {
        let mut letters = part.chars();
        let Some(first) = letters.next() else { continue };
        if out.is_empty() {
            out.push(first.to_ascii_lowercase());
            // An abbreviation in capitals is a word.
            let rest = letters.as_str();
            if rest.chars().any(|c| c.is_ascii_lowercase()) {
                out.push_str(rest);
            } else {
                out.push_str(&rest.to_ascii_lowercase());
            }
        } else {
            out.push(first.to_ascii_uppercase());
            out.push_str(letters.as_str());
        }
    }
    if out.is_empty() {
        return "it".into();
    }
    if !out.starts_with(|c: char| c.is_ascii_lowercase()) {
        out.insert(0, 'v');
    }
    if TAKEN.contains(&out.as_str()) {
        out.push_str("Here");
    }
    out
}

/// `sumOfSquares` and `at:Put:` as `sum_of_squares` and `at_put`; operators get words.
pub fn snake(selector: &str) -> String {
    let words = [
        ("+", "plus"),
        ("-", "minus"),
        ("*", "times"),
        ("/", "divided_by"),
        ("%", "modulo"),
        ("<", "less_than"),
        (">", "greater_than"),
        ("=", "equals"),
        ("&", "and"),
        ("|", "or"),
        ("@", "at"),
        (",", "with"),
    ];
    let mut out = String::new();
    for (at, c) in selector.char_indices() {
        if let Some((_, word)) = words.iter().find(|(sign, _)| sign.starts_with(c)) {
            if !out.is_empty() {
                out.push('_');
            }
            out.push_str(word);
        } else if c == ':' {
            if at + 1 < selector.len() && !out.ends_with('_') {
                out.push('_');
            }
        } else if c.is_ascii_uppercase() {
            if !out.is_empty() && !out.ends_with('_') {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
        } else if c.is_ascii_alphanumeric() || c == '_' {
            out.push(c);
        }
    }
    const KEYWORDS: [&str; 35] = [
        "and", "as", "assert", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or",
        "pass", "raise", "return", "try", "while", "with", "yield", "match", "print", "len", "sum", "str",
    ];
    if out.is_empty() || out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert_str(0, "do_");
    }
    if KEYWORDS.contains(&out.as_str()) {
        out.push_str("_of");
    }
    out
}

/// A name for an argument that tells its kind, not one of those in use.
pub fn argument_name(kind: &str, used: &[String]) -> String {
    let choices: &[&str] = match kind {
        "int" => &["n", "m", "k", "i", "j"],
        "float" => &["x", "y", "z"],
        "str" => &["text", "other", "third"],
        "bool" => &["flag", "other_flag"],
        "list[int]" | "list[float]" => &["numbers", "other_numbers", "more_numbers"],
        "list[str]" => &["words", "other_words", "more_words"],
        kind if kind.starts_with("list") => &["items", "other_items", "more_items"],
        kind if kind.starts_with("dict") => &["table", "other_table"],
        kind if kind.starts_with("set") => &["members", "other_members"],
        kind if kind.starts_with("Callable") => &["function", "other_function"],
        _ => &["item", "other", "third"],
    };
    let free = choices.iter().find(|name| !used.iter().any(|taken| taken == *name));
    free.map_or_else(|| format!("argument{}", used.len()), |name| (*name).to_owned())
}

/// The parts of a selector that an argument follows; for a unary one none.
pub(crate) fn keywords(selector: &str) -> Vec<String> {
    if selector.contains(':') {
        selector.split_inclusive(':').map(str::to_owned).collect()
    } else if selector.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        Vec::new()
    } else {
        vec![selector.to_owned()]
    }
}
