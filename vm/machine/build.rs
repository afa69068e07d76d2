//! Chooses how the interpreter goes from one instruction to the next (see `src/interpreter/dispatch.rs`): threaded where calls
//! in tail position become jumps, that is with full optimisation, without debug assertions and sanitizers, and outside Miri.

use std::env;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(threaded)");
    println!("cargo::rerun-if-changed=build.rs");
    let optimised = env::var("OPT_LEVEL").as_deref() == Ok("3");
    let known = matches!(env::var("CARGO_CFG_TARGET_ARCH").as_deref(), Ok("x86_64" | "aarch64"));
    let watched = ["DEBUG_ASSERTIONS", "SANITIZE", "MIRI"].map(|name| format!("CARGO_CFG_{name}"));
    let watched = watched.iter().any(|name| env::var_os(name).is_some());
    if optimised && known && !watched {
        println!("cargo::rustc-cfg=threaded");
    }
}
