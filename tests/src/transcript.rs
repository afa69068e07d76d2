//! Transcripts in the book and the README: blocks fenced as `batos`, in which lines that begin with `> ` are typed
//! (`. ` goes on with the same input) and what follows is the answer. All blocks of a file are one session.

/// The fence that opens a transcript.
const OPEN: &str = "```batos";

/// One input of a transcript and what it printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// What is typed, lines joined by newlines.
    pub input: String,
    /// What is printed, with its newlines.
    pub output: String,
}

/// The blocks of a Markdown file, each a list of exchanges.
pub fn blocks(markdown: &str) -> Vec<Vec<Exchange>> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        if line.trim_end() == OPEN {
            let inside: Vec<&str> = lines.by_ref().take_while(|l| l.trim_end() != "```").collect();
            blocks.push(exchanges(&inside));
        }
    }
    blocks
}

/// The exchanges of a printed session.
pub fn exchanges(lines: &[&str]) -> Vec<Exchange> {
    let mut found: Vec<Exchange> = Vec::new();
    for line in lines {
        if let Some(input) = line.strip_prefix("> ") {
            found.push(Exchange { input: input.to_string(), output: String::new() });
        } else if let Some(last) = found.last_mut() {
            match line.strip_prefix(". ").or(if *line == "." { Some("") } else { None }) {
                Some(more) if last.output.is_empty() => {
                    last.input.push('\n');
                    last.input.push_str(more);
                }
                _ => {
                    last.output.push_str(line);
                    last.output.push('\n');
                }
            }
        }
    }
    found
}

/// What is fed to `batos --echo` to play the exchanges.
pub fn script(blocks: &[Vec<Exchange>]) -> String {
    blocks.iter().flatten().map(|e| format!("{}\n", e.input)).collect()
}

/// The file with the outputs of its blocks replaced by what was really printed.
pub fn with_outputs(markdown: &str, played: &[Exchange]) -> String {
    let mut out = String::new();
    let mut played = played.iter();
    let mut lines = markdown.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if line.trim_end() != OPEN {
            continue;
        }
        let inside: Vec<&str> = lines.by_ref().take_while(|l| l.trim_end() != "```").collect();
        for (exchange, real) in exchanges(&inside).iter().zip(played.by_ref()) {
            out.push_str("> ");
            out.push_str(&exchange.input.replace('\n', "\n. "));
            out.push('\n');
            out.push_str(&real.output);
        }
        out.push_str("```\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\n```batos\n> 3 + 4\n7\n> [\n.   3 ] value\n3\n```\nb\n```batos\n> nil\nnil\n```\n";

    #[test]
    fn inputs_and_outputs_are_told_apart() {
        let blocks = blocks(TEXT);
        assert_eq!(blocks.len(), 2);
        assert_eq!(blocks[0][1], Exchange { input: "[\n  3 ] value".into(), output: "3\n".into() });
        assert_eq!(script(&blocks), "3 + 4\n[\n  3 ] value\nnil\n");
    }

    #[test]
    fn real_outputs_replace_written_ones() {
        let played: Vec<Exchange> = blocks(TEXT).concat();
        assert_eq!(with_outputs(TEXT, &played), TEXT);
        let wrong = TEXT.replace("> 3 + 4\n7", "> 3 + 4\n8");
        assert_eq!(with_outputs(&wrong, &played), TEXT);
    }
}
