//! The screen in a real browser: tests/screen drives Chromium by playwright-core. Where node, the packages or Chromium are missing the
//! tests say so and are skipped: `scripts/setup.sh --screen` installs them.

use std::path::{Path, PathBuf};
use std::process::Command;

use batos_tests::program;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn has_node() -> bool {
    Command::new("node").arg("--version").output().is_ok_and(|out| out.status.success())
}

fn has_chromium() -> bool {
    std::env::var_os("CHROMIUM").is_some()
        || ["chromium", "chromium-browser", "google-chrome"]
            .iter()
            .any(|name| Path::new("/usr/bin").join(name).exists())
}

/// Runs a script of a folder with node; what it printed, if it failed.
fn node(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let out = Command::new("node")
        .args(arguments)
        .current_dir(folder)
        .env("BATOS_BIN", program::batos())
        .output()
        .map_err(|e| e.to_string())?;
    let text = format!("{}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    if out.status.success() { Ok(text) } else { Err(text) }
}

fn skipped(why: &str) {
    eprintln!("SKIPPED: {why}: scripts/setup.sh --screen installs what is missing");
}

#[test]
fn the_bundle_is_what_its_sources_give() {
    let folder = root().join("bridge/screen");
    if !has_node() || !folder.join("node_modules/esbuild").exists() {
        return skipped("the bundle of the screen can't be built here");
    }
    node(&folder, &["build.mjs", "--check"]).unwrap_or_else(|text| panic!("{text}"));
}

#[test]
fn the_screen_in_a_browser() {
    let folder = root().join("tests/screen");
    if !has_node() || !has_chromium() || !folder.join("node_modules/playwright-core").exists() {
        return skipped("no browser can be driven here");
    }
    let text = node(&folder, &["run.mjs"]).unwrap_or_else(|text| panic!("{text}"));
    eprintln!("{text}");
}
