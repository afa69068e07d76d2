//! Prints the tree and the findings of a source: `parse [file|string|body] TEXT`.
use batos_lang::{parse_body, parse_file, parse_string, tree_text};

fn main() {
    let mut args = std::env::args().skip(1);
    let mode = args.next().unwrap_or_default();
    let text = args.next().unwrap_or_default().replace("\\n", "\n");
    let parsed = match mode.as_str() {
        "file" => parse_file(text.as_bytes()),
        "body" => parse_body(text.as_bytes()),
        _ => parse_string(text.as_bytes()),
    };
    println!("{}", String::from_utf8_lossy(&tree_text(&parsed.tree, text.as_bytes())));
    for d in &parsed.diagnostics {
        let at = String::from_utf8_lossy(&text.as_bytes()[d.span.range()]).into_owned();
        println!(
            "{} {:?} `{at}`: {} | help: {}",
            d.code,
            d.span,
            d.message,
            d.help.as_deref().unwrap_or("-")
        );
    }
}
