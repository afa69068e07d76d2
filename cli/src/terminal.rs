//! The terminal: is there one, may it have colours, how wide is it; progress bars. All escape sequences of the
//! program come from here or from rustyline and miette, and none goes into a pipe.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Whether there is more to do than to be read: what is to be committed must not depend on who looks.
static WORKS_ON: AtomicBool = AtomicBool::new(false);

/// From now on a reader of the output that has seen enough does not end the program.
pub fn work_on_unread() {
    WORKS_ON.store(true, Ordering::Relaxed);
}

/// Prints a line for the user. A reader that has seen enough (a closed pipe) ends the program quietly, and a full disk
/// ends it with a message: results must not get lost in silence.
pub fn print_line(text: std::fmt::Arguments<'_>) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    match out.write_fmt(text).and_then(|()| out.write_all(b"\n")) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            if !WORKS_ON.load(Ordering::Relaxed) {
                std::process::exit(0);
            }
        }
        Err(error) => {
            crate::complain!("batos: the output can't be written: {}", crate::failure::reason(&error));
            std::process::exit(1);
        }
    }
}

/// Writes to the standard error. Where nobody reads it there is nobody to tell, and the program goes on: its exit status says the rest.
pub fn write_error(text: std::fmt::Arguments<'_>) {
    use std::io::Write;
    let _ = std::io::stderr().lock().write_fmt(text);
}

/// `eprintln!` by way of `terminal::write_error`.
#[macro_export]
macro_rules! complain {
    ($($arg:tt)*) => { $crate::terminal::write_error(format_args!("{}\n", format_args!($($arg)*))) };
}

/// `println!` by way of `terminal::print_line`.
#[macro_export]
macro_rules! say {
    () => { $crate::terminal::print_line(format_args!("")) };
    ($($arg:tt)*) => { $crate::terminal::print_line(format_args!($($arg)*)) };
}

/// A kind of text, by what it means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// Not marked.
    Plain,
    /// Comments and other quiet text.
    Quiet,
    /// String literals.
    Text,
    /// Numbers.
    Number,
    /// Selectors and keyword parts.
    Message,
    /// `self`, `resend` and primitives.
    Special,
    /// Brackets that match, headings.
    Strong,
    /// Errors.
    Error,
    /// Good news.
    Good,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Ink::Plain => "",
            Ink::Quiet => "\x1b[2m",
            Ink::Text => "\x1b[32m",
            Ink::Number => "\x1b[36m",
            Ink::Message => "\x1b[34m",
            Ink::Special => "\x1b[35m",
            Ink::Strong => "\x1b[1m",
            Ink::Error => "\x1b[31m",
            Ink::Good => "\x1b[32m",
        }
    }
}

/// Whether output may carry colours, for one stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colours(pub bool);

impl Colours {
    /// For the standard output.
    pub fn stdout() -> Colours {
        Colours(allowed() && std::io::stdout().is_terminal())
    }

    /// For the standard error.
    pub fn stderr() -> Colours {
        Colours(allowed() && std::io::stderr().is_terminal())
    }

    /// The text in this ink, or plain.
    pub fn paint(self, ink: Ink, text: &str) -> String {
        if self.0 && ink != Ink::Plain && !text.is_empty() {
            format!("{}{text}\x1b[0m", ink.code())
        } else {
            text.to_string()
        }
    }
}

/// https://no-color.org, and terminals that can't.
fn allowed() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        && std::env::var_os("TERM").is_none_or(|t| t != "dumb")
}

/// A person sits at both ends.
pub fn interactive() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Columns and rows; 80 by 24 where nobody knows.
pub fn size() -> (usize, usize) {
    terminal_size::terminal_size()
        .map_or((80, 24), |(w, h)| (usize::from(w.0).max(20), usize::from(h.0).max(5)))
}

/// A bar on the standard error for `total` steps (bytes when `bytes`); invisible when nobody looks.
pub fn bar(total: u64, what: &'static str, bytes: bool) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(total), target());
    let template = if bytes {
        "{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta}"
    } else {
        "{msg} {bar:30} {pos}/{len} {eta}"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.set_message(what);
    bar
}

/// A sign of life for work of unknown length.
pub fn spinner(what: impl Into<std::borrow::Cow<'static, str>>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, target());
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

fn target() -> ProgressDrawTarget {
    if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() }
}

/// 1536 as `1.5 KiB`.
pub fn size_text(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} B") } else { format!("{value:.1} {}", UNITS[unit]) }
}

/// Pretty-printed JSON on the standard output.
pub fn print_json(value: &(impl serde::Serialize + ?Sized)) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => say!("{text}"),
        Err(error) => crate::complain!("batos: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_get_no_escapes() {
        assert_eq!(Colours(false).paint(Ink::Error, "no"), "no");
        assert_eq!(Colours(true).paint(Ink::Plain, "no"), "no");
        assert_eq!(Colours(true).paint(Ink::Error, "no"), "\x1b[31mno\x1b[0m");
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(size_text(0), "0 B");
        assert_eq!(size_text(1023), "1023 B");
        assert_eq!(size_text(1536), "1.5 KiB");
        assert_eq!(size_text(3 << 30), "3.0 GiB");
    }
}
