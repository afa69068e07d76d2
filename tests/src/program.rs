//! The program under test: where it is, and a home of its own to run in, so that no test sees a person's images.

use std::env;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The built program. `BATOS_BIN` names it (`make test` does); else it is built beside the running test.
///
/// # Panics
/// If it can't be built.
pub fn batos() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        if let Some(path) = env::var_os("BATOS_BIN") {
            return PathBuf::from(path);
        }
        // …/target/PROFILE/deps/test-0123 -> …/target/PROFILE
        let test = env::current_exe().expect("a test knows where it is");
        let dir = test.parent().and_then(Path::parent).expect("tests are built two levels down");
        let profile = match dir.file_name().and_then(OsStr::to_str) {
            Some("debug") | None => "dev",
            Some(name) => name,
        };
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let built = Command::new(cargo)
            .args(["build", "--quiet", "-p", "batos", "--profile", profile])
            .env("CARGO_TARGET_DIR", dir.parent().unwrap_or(dir))
            .current_dir(root)
            .status();
        assert!(built.is_ok_and(|s| s.success()), "the program can't be built: cargo build -p batos");
        dir.join("batos")
    })
}

/// A directory with its own data, state and cache directories; removed in the end.
pub struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    /// A fresh one.
    ///
    /// # Panics
    /// If the system has no room for temporary files.
    pub fn new() -> Home {
        Home { dir: tempfile::tempdir().expect("a temporary directory") }
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The program, ready to run here: no colours, no model, no settings of the person who runs the tests.
    pub fn command(&self) -> Command {
        let mut command = Command::new(batos());
        command
            .current_dir(self.dir.path())
            .env("HOME", self.dir.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .env("XDG_CACHE_HOME", shared_cache())
            .env("NO_COLOR", "1")
            .env_remove("BATOS_IMAGE")
            .env_remove("BATOS_MODEL");
        command
    }

    /// Runs the program to its end.
    ///
    /// # Panics
    /// If it can't be started.
    pub fn run(&self, args: &[&str], input: &[u8]) -> Run {
        let mut child = self
            .command()
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdin = child.stdin.take().expect("it has an input");
        let input = input.to_vec();
        // The program may end before it has read everything: that is its right.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("its output is read");
        let _ = writer.join();
        Run::from(output)
    }
}

impl Default for Home {
    fn default() -> Home {
        Home::new()
    }
}

/// What can be made again is made once for all tests of a run.
fn shared_cache() -> &'static Path {
    static CACHE: OnceLock<PathBuf> = OnceLock::new();
    CACHE.get_or_init(|| {
        let dir = batos().parent().unwrap_or(Path::new(".")).join("test-cache");
        let _ = std::fs::create_dir_all(&dir);
        dir
    })
}

/// How a run ended.
#[derive(Debug)]
pub struct Run {
    /// Exit status; -1 if a signal ended it.
    pub status: i32,
    /// What it printed.
    pub out: String,
    /// What it printed on the standard error.
    pub err: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Run {
        Run {
            status: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The run failed with this status, and said these things on the standard error.
///
/// # Panics
/// If it did not.
pub fn expect_failure(run: &Run, status: i32, words: &[&str]) {
    assert_eq!(run.status, status, "{run:?}");
    for word in words {
        assert!(run.err.contains(word), "{word:?} is missing in {run:?}");
    }
    assert!(!run.err.contains("panicked"), "{run:?}");
}
