//! The built program starts. (What it does is tested from outside, in `tests/`.)

use std::process::Command;

#[test]
fn it_tells_its_version() {
    let output = Command::new(env!("CARGO_BIN_EXE_batos")).arg("--version").output().expect("it starts");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), concat!("batos ", env!("CARGO_PKG_VERSION")));
}
