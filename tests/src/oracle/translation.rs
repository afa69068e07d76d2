//! Any text as what a model wrote: it is translated or refused, never worse; what comes out is a legal method of our language in which nothing
//! depends on how often it is asked.

use batos_translate::{Wanted, translate};

/// What the world wants, by the first byte: with and without arguments, of an object, of an immutable vector.
const WANTED: [(&str, &str, &str, bool); 5] = [
    ("f", "f", "", false),
    ("f", "f:", "", false),
    ("f", "f:With:", "", false),
    ("f", "f", "vector", true),
    ("total", "total", "", false),
];

/// Translates the bytes and checks what must hold.
pub fn run(data: &[u8]) {
    let Some((kind, text)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let (function, selector, answer, frozen) = WANTED[usize::from(*kind) % WANTED.len()];
    let wanted = Wanted {
        function: function.into(),
        selector: selector.into(),
        known: vec![("balance".into(), "balance".into()), ("add_item".into(), "addItem:".into())],
        answer: answer.into(),
        frozen,
    };
    let translated = translate(text, &wanted);
    assert_eq!(translated, translate(text, &wanted), "asked twice");
    for method in translated.unwrap_or_default() {
        let source = format!("(| {} = {} |)", method.signature, method.body);
        let parsed = batos_lang::parse_file(source.as_bytes());
        assert!(parsed.is_legal(), "{:?}\n{text}\nbecame\n{source}", parsed.diagnostics);
        let tree = &parsed.tree;
        assert!(batos_lang::format(tree, source.as_bytes()).len() < 200 * text.len() + 1000, "{text}");
    }
}

/// A text of the subset, made of random bytes: for tests without a fuzzer. Pieces that models write, put together by chance.
pub fn made_from(seed: &[u8]) -> Vec<u8> {
    const PIECES: &[&str] = &[
        "def f(x):\n",
        "    return x\n",
        "    return ",
        "    y = x\n",
        "    for i in range(x):\n",
        "        y += i\n",
        "    if x > 3:\n",
        "        return [i for i in x if i]\n",
        "    else:\n",
        "        break\n",
        "    while True:\n",
        "        continue\n",
        "x[1:-1]\n",
        "x[::-1]\n",
        "sorted(x, key=lambda a: -a)[0]\n",
        "len(x) // 2\n",
        "x % 2 == 0\n",
        "'a'.join(x)\n",
        "sum(x) / len(x)\n",
        "f(x - 1) + 1\n",
        "{1: 2}.get(x, 0)\n",
        "not x\n",
        "x if x else y\n",
        "f'{x}'\n",
        "a < b < c\n",
        "(",
        ")",
        "[",
        "]",
        "\n",
        "    ",
        "-",
        "**",
        "1.5",
        "\"",
        "#",
        "\\",
        "def g():\n",
        "class C:\n",
    ];
    let mut out = vec![seed.first().copied().unwrap_or(0)];
    for byte in seed {
        out.extend_from_slice(PIECES[usize::from(*byte) % PIECES.len()].as_bytes());
    }
    out
}
