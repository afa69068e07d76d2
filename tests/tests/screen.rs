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

/// A world that was made without morphs fetches them when it is told to display itself: with no model, in one commit that says so.
#[test]
fn a_world_without_morphs_makes_them_when_asked() {
    let home = program::Home::new();
    let without = home.path("stdlib");
    let copied = Command::new("cp").arg("-r").arg(root().join("stdlib")).arg(&without).status();
    assert!(copied.is_ok_and(|s| s.success()));
    let order = without.join("world.self");
    let text = std::fs::read_to_string(&order).expect("it is there");
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains("morphic/")).collect();
    std::fs::write(&order, kept.join("\n")).expect("it can be written");
    std::fs::remove_dir_all(without.join("morphic")).expect("it was there");
    let made = home.run(&["image", "new", "--stdlib", "stdlib", "w.batos"], b"");
    assert_eq!(made.status, 0, "{made:?}");
    let asks = ["eval", "--no-model", "--commit", "seen", "--image", "w.batos"];
    let before = home.run(&[&asks[..], &["(reflect: globals) includesName: 'worldMorph'"]].concat(), b"");
    assert!(before.out.contains("false"), "{before:?}");
    let shown = home.run(&[&asks[..], &["display_yourself. ui_manager world parts isEmpty"]].concat(), b"");
    assert!(shown.out.contains("false"), "{shown:?}");
    let log = home.run(&[&asks[..], &["image showLog"]].concat(), b"");
    assert!(log.out.contains("display_yourself: fetched by BABS"), "{log:?}");
}

/// What the program carries stands back behind files: a folder's own sources make the world.
#[test]
fn a_folder_of_sources_wins_over_those_of_the_program() {
    let home = program::Home::new();
    let own = home.path("stdlib");
    let copied = Command::new("cp").arg("-r").arg(root().join("stdlib")).arg(&own).status();
    assert!(copied.is_ok_and(|s| s.success()));
    let changed = own.join("morphic/worldMorph.self");
    let text = std::fs::read_to_string(&changed).expect("it is there");
    std::fs::write(&changed, format!("{text}\nglobals _AddSlots: (| ofTheFolder = 'yes' |)\n"))
        .expect("it can be written");
    let made = home.run(&["image", "new", "--stdlib", "stdlib", "w.batos"], b"");
    assert_eq!(made.status, 0, "{made:?}");
    let told = home.run(&["eval", "--no-model", "--image", "w.batos", "ofTheFolder"], b"");
    assert!(told.out.contains("yes"), "{told:?}");
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
