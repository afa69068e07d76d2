//! Prints the translation of a Python function: `translate NAME SELECTOR < FILE`.

use batos_translate::{Wanted, translate};
use std::io::Read;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (function, selector) = (arguments.next().unwrap_or_default(), arguments.next().unwrap_or_default());
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    for method in translate(&text, &Wanted { function, selector, ..Wanted::default() })? {
        println!("{} = {}", method.signature, method.body);
    }
    Ok(())
}
