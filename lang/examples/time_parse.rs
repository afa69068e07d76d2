fn main() {
    let file = std::env::args().nth(1).unwrap();
    let one = std::fs::read(file).unwrap();
    let mut source = Vec::new();
    while source.len() < 20 << 20 { source.extend_from_slice(&one); source.push(b'\n'); }
    let mb = source.len() as f64 / 1e6;
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let mut lexer = batos_lang::lexer::Lexer::new(&source, batos_lang::lexer::Mode::File);
        let mut n = 0u64;
        while let Some(tok) = lexer.next_token() { n += tok.span.end as u64 & 1; }
        let l = t.elapsed().as_secs_f64();
        let t = std::time::Instant::now();
        let p = batos_lang::parse_file(&source);
        let s = t.elapsed().as_secs_f64();
        println!("{mb:.1} MB lex {:.1} MB/s parse {:.1} MB/s nodes {} diags {} {n}", mb / l, mb / s, p.tree.nodes.len(), p.diagnostics.len());
    }
}
