//! Fetches the default model into the user's store: the same as `batos model fetch`.

use batos_mind::store::{Store, StoreError, TINY};
use std::io::Write;

fn main() -> Result<(), StoreError> {
    let store = Store::of_user()?;
    let mut shown = None;
    let fetched = store.fetch(&TINY, &mut |done, all| {
        let percent = all.map(|all| done * 100 / all.max(1));
        if percent != shown {
            shown = percent;
            eprint!(
                "\r{:>5.1} MB {}",
                done as f64 / 1e6,
                percent.map_or(String::new(), |p| format!("({p} %)"))
            );
            // Progress that can't be shown is no reason to stop.
            let _ = std::io::stderr().flush();
        }
        true
    })?;
    if shown.is_some() {
        eprintln!();
    }
    println!("{}", fetched.file.display());
    Ok(())
}
