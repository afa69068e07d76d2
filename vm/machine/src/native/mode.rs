//! When methods are compiled, and how compiled code is put to the test: chosen by the program's options or the environment, for all
//! machines made afterwards.

use std::sync::RwLock;

/// When methods are compiled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Never.
    Off,
    /// When they are found running often.
    On,
    /// As soon as they are found running, which is looked at often: for tests.
    Sync,
}

impl Mode {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Off => "off",
            Mode::On => "on",
            Mode::Sync => "sync",
        }
    }

    /// The mode of this name.
    pub fn from_name(name: &str) -> Option<Mode> {
        Some(match name {
            "off" => Mode::Off,
            "on" => Mode::On,
            "sync" => Mode::Sync,
            _ => return None,
        })
    }
}

/// How compiled code is put to the test. Nothing of this changes what a program means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trial {
    /// Times that a method is found running before it is compiled.
    pub threshold: u32,
    /// Every so many checks of compiled code fail, whatever they find (0: none).
    pub fail: u32,
    /// Everything compiled is dropped at every so many safepoints that look around (0: never).
    pub drop: u32,
    /// Most safepoints of a slice, in the mode for tests.
    pub slice: u32,
}

impl Default for Trial {
    fn default() -> Trial {
        Trial { threshold: WARM, fail: 0, drop: 0, slice: u32::MAX }
    }
}

/// Times that a method is found running before it is compiled.
const WARM: u32 = 2;

impl Trial {
    /// Reads `threshold=1,fail=7,drop=50,slice=1`, in any order.
    pub fn from_text(text: &str) -> Option<Trial> {
        let mut trial = Trial::default();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (name, number) = part.split_once('=')?;
            let number = number.trim().parse().ok()?;
            match name.trim() {
                "threshold" => trial.threshold = number,
                "fail" => trial.fail = number,
                "drop" => trial.drop = number,
                "slice" => trial.slice = number.max(1),
                _ => return None,
            }
        }
        Some(trial)
    }
}

/// What machines are made with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Choice {
    /// When methods are compiled.
    pub mode: Mode,
    /// How compiled code is tested.
    pub trial: Trial,
    /// Compilations, and what ends them, are told on the error output.
    pub log: bool,
    /// The system's profiler is told where compiled code lies (`/tmp/perf-PID.map`).
    pub perf_map: bool,
}

static CHOSEN: RwLock<Option<Choice>> = RwLock::new(None);

/// Chooses for machines made from now on.
pub fn choose(choice: Choice) {
    if let Ok(mut chosen) = CHOSEN.write() {
        *chosen = Some(choice);
    }
}

/// What was chosen, else what the environment says (`BATOS_JIT`, `BATOS_JIT_TEST`).
pub fn chosen() -> Choice {
    if let Some(choice) = CHOSEN.read().ok().and_then(|chosen| *chosen) {
        return choice;
    }
    let environment = |name| std::env::var(name).ok();
    let mode = environment("BATOS_JIT").and_then(|name| Mode::from_name(&name)).unwrap_or(DEFAULT);
    let trial = environment("BATOS_JIT_TEST").and_then(|text| Trial::from_text(&text)).unwrap_or_default();
    Choice { mode, trial, log: false, perf_map: false }
}

/// Whether this build can run compiled code: elsewhere it interprets, whatever was chosen.
pub const fn is_possible() -> bool {
    batos_jit::IS_POSSIBLE
}

/// The mode where nothing was chosen.
pub const DEFAULT: Mode = Mode::Off;

#[cfg(test)]
mod tests {
    use super::Trial;

    #[test]
    fn trials_are_read() {
        let trial = Trial::from_text("threshold=1, fail=7,slice=0").expect("it is well-formed");
        assert_eq!((trial.threshold, trial.fail, trial.drop, trial.slice), (1, 7, 0, 1));
        assert_eq!(Trial::from_text(""), Some(Trial::default()));
        assert_eq!(Trial::from_text("often"), None);
        assert_eq!(Trial::from_text("fail=x"), None);
    }
}
