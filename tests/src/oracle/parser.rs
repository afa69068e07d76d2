//! Any bytes, every way of parsing: there is a tree, children come before their parents, spans lie within the source, error
//! nodes only beside errors, and a legal source is formatted to one with the same tree.

use batos_lang::tree::{NodeKind, Tree};
use batos_lang::{
    Completeness, Parsed, diagnostics, format, incomplete, parse_body, parse_file, parse_string, tree_tokens,
};

/// Parses the bytes in every mode and checks what must hold.
pub fn run(data: &[u8]) {
    for parse in [parse_file as fn(&[u8]) -> Parsed, parse_string, parse_body] {
        let parsed = parse(data);
        check_tree(&parsed.tree, data);
        for diagnostic in &parsed.diagnostics {
            let spans = diagnostic.labels.iter().map(|label| label.span).chain([diagnostic.span]);
            for span in spans {
                assert!(span.start <= span.end && span.end as usize <= data.len(), "{diagnostic:?}");
            }
            assert!(
                diagnostics::explain(&diagnostic.code.to_string()).is_some(),
                "{} is not explained",
                diagnostic.code
            );
        }
        let tokens = tree_tokens(&parsed.tree, data);
        let errors = parsed.tree.nodes.iter().any(|node| node.kind == NodeKind::Error);
        assert!(!errors || !parsed.is_legal(), "an error node without an error");
        let text = format(&parsed.tree, data);
        if parsed.is_legal() {
            let again = parse(&text);
            assert!(
                again.is_legal(),
                "formatted: {:?}\n{}",
                again.diagnostics,
                String::from_utf8_lossy(&text)
            );
            assert_eq!(tree_tokens(&again.tree, &text), tokens, "{}", String::from_utf8_lossy(&text));
            assert_eq!(format(&again.tree, &text), text, "{}", String::from_utf8_lossy(&text));
        }
    }
    let legal = parse_string(data).is_legal();
    assert_eq!(incomplete(data) == Completeness::Complete, legal);
}

fn check_tree(tree: &Tree, data: &[u8]) {
    for (id, node) in tree.nodes.iter().enumerate() {
        assert!(node.span.start <= node.span.end && node.span.end as usize <= data.len(), "{node:?}");
        let before =
            |child: batos_lang::tree::NodeId| assert!((child.0 as usize) < id, "a child after its parent");
        match node.kind {
            NodeKind::Send(send) => {
                send.receiver.into_iter().for_each(before);
                tree.list(send.args).iter().copied().for_each(before);
                assert!(send.receiver.is_none() || send.delegate.is_none());
            }
            NodeKind::Paren { inner, .. } | NodeKind::Annotated { inner, .. } => before(inner),
            NodeKind::Object(body) | NodeKind::Block(body) | NodeKind::Code(body) => {
                for statement in &tree.body(body).statements {
                    before(statement.expr);
                }
            }
            _ => {}
        }
    }
}
