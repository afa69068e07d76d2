//! The command line: what may be typed after `batos`, in clap's terms. Knows no behaviour.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use batos_lang::spelling;
use batos_machine::native::Trial;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::failure::{Failure, Outcome, Status};

mod help;
use help::*;

/// A time such as 90s, 10m or 2h.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "a time is a number and s, m or h: 90s, 10m, 2h".to_string();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let seconds = match unit {
        "s" | "" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(seconds).map(Duration::from_secs).ok_or_else(wrong)
}

/// BAT OS: a world of live objects.
#[derive(Parser, Debug)]
#[command(name = "batos", version, after_help = AFTER_HELP, args_conflicts_with_subcommands = true)]
#[command(max_term_width = 100)]
pub struct Cli {
    /// What to do; without a command: the REPL.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// How to open the world for the REPL.
    #[command(flatten)]
    pub repl: ReplArgs,
}

/// Reads the command line. Ends the program where clap does: at `--help` and for what it says well itself.
pub fn read() -> Outcome<Cli> {
    let words = std::env::args_os().collect::<Vec<_>>();
    Cli::try_parse_from(command_first(words.clone())).map_err(|error| {
        let words = words.iter().skip(1).map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>();
        misplaced(&error, &words).unwrap_or_else(|| error.exit())
    })
}

/// Options that stand before a command belong to it: they are put behind its name, and behind that of its part.
fn command_first(words: Vec<OsString>) -> Vec<OsString> {
    let program = Cli::command();
    let mut at = 1;
    while let Some(word) = words.get(at).and_then(|w| w.to_str()).filter(|w| w.starts_with("--")) {
        let option = program.get_arguments().find(|a| a.get_long() == word.strip_prefix("--"));
        let takes_value = option.is_some_and(|a| a.get_action().takes_values() && !a.is_require_equals_set());
        at += 1 + usize::from(takes_value);
    }
    let named = words.get(at).and_then(|w| w.to_str()).and_then(|w| program.find_subcommand(w));
    let (Some(command), true) = (named, at > 1) else { return words };
    let part =
        words.get(at + 1).and_then(|w| w.to_str()).is_some_and(|w| command.find_subcommand(w).is_some());
    let end = at + 1 + usize::from(part);
    let (options, rest) = (&words[1..at], &words[end..]);
    [&words[..1], &words[at..end], options, rest].concat()
}

/// After an image clap takes a command's name for another image: it blames the wrong word.
fn misplaced(error: &clap::Error, words: &[String]) -> Option<Failure> {
    let Some(ContextValue::String(second)) = error.get(ContextKind::InvalidSubcommand) else { return None };
    if error.kind() != ErrorKind::ArgumentConflict {
        return None;
    }
    let program = Cli::command();
    let named = words.iter().find(|word| program.find_subcommand(word).is_some());
    Some(match named {
        Some(name) => Failure::new(Status::Usage, format!("the command `{name}` must come first"))
            .help(format!("an image follows it: batos {name} …; `batos help {name}` lists its options")),
        None => match words.iter().filter(|word| !word.starts_with('-')).find_map(|word| meant(word)) {
            Some(name) => Failure::new(Status::Usage, "there is no such command")
                .help(format!("did you mean `batos {name}`? `batos --help` lists the commands")),
            None => Failure::new(
                Status::Usage,
                format!("{second:?} is one word too many: the prompt opens one image"),
            )
            .help("`batos --help` lists the commands"),
        },
    })
}

/// The command whose name is spelled most like a word that is none.
pub fn meant(word: &str) -> Option<String> {
    let program = Cli::command();
    let names = program.get_subcommands().map(clap::Command::get_name);
    let far = |name: &&str| spelling::distance(word.as_bytes(), name.as_bytes());
    names.min_by_key(far).filter(|name| far(name) <= spelling::allowed(word.len())).map(str::to_string)
}

/// The REPL's options.
#[derive(Args, Debug, Clone)]
pub struct ReplArgs {
    /// The image to open [default: your own, made at the first start].
    #[arg(value_name = "IMAGE")]
    pub file: Option<PathBuf>,
    /// Where the image is, and how it is opened.
    #[command(flatten)]
    pub world: WorldArgs,
    /// Commit by itself: every SECONDS in which something changed, and on leaving [default: as the world's setting
    /// `shell autocommit` says].
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "30", require_equals = true)]
    pub autocommit: Option<u64>,
    /// Print prompts and inputs even when piped, and go on after errors: a transcript.
    #[arg(long)]
    pub echo: bool,
}

/// Which image, and how.
#[derive(Args, Debug, Clone, Default)]
pub struct WorldArgs {
    /// The image to work in.
    #[arg(long, value_name = "FILE", env = "BATOS_IMAGE")]
    pub image: Option<PathBuf>,
    /// Open an earlier state of the image (a commit's number, see `batos image log`); it can't be changed.
    #[arg(long, value_name = "COMMIT")]
    pub at: Option<u64>,
    /// Open without the right to change the file; any number may read beside one who writes.
    #[arg(long)]
    pub read_only: bool,
    /// Check the whole image before it is used: for files from strangers.
    #[arg(long)]
    pub untrusted: bool,
    /// The model to use: a GGUF file.
    #[arg(long, value_name = "GGUF", env = "BATOS_MODEL")]
    pub model: Option<PathBuf>,
    /// Work without a language model.
    #[arg(long)]
    pub no_model: bool,
    /// Compile what runs often to machine code.
    #[arg(long, value_name = "MODE", env = "BATOS_JIT", value_enum)]
    pub jit: Option<Jit>,
    /// Tell on the error output what is compiled to machine code, what is not and why, and what is compiled anew.
    #[arg(long)]
    pub jit_log: bool,
    /// Tell the profiler `perf` where machine code lies, in /tmp/perf-PID.map.
    #[arg(long, env = "BATOS_JIT_PERF_MAP", hide = true)]
    pub jit_perf_map: bool,
    /// Put machine code to the test, as `threshold=1,fail=7,drop=50,slice=1`: compile what was seen so often, have every so many
    /// checks fail, drop everything at every so many safepoints, look around so often.
    #[arg(long, value_name = "TEST", env = "BATOS_JIT_TEST", hide = true, value_parser = trial)]
    pub jit_test: Option<Trial>,
}

/// Reads how machine code is tested.
fn trial(text: &str) -> Result<Trial, String> {
    Trial::from_text(text).ok_or_else(|| "it is written as threshold=1,fail=7,drop=50,slice=1".to_string())
}

/// When methods are compiled to machine code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Jit {
    /// Never.
    Off,
    /// When they run often.
    On,
    /// As soon as they are seen, with many safepoints: for tests.
    Sync,
}

/// How source is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// A file of expressions: a newline outside of brackets ends one.
    File,
    /// One body: slots and code, newlines are blanks.
    String,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Check the syntax of files; exit status 1 if one has errors.
    #[command(after_help = PARSE_HELP)]
    Parse {
        /// How the files are read.
        #[arg(long, value_enum, default_value = "file")]
        mode: Mode,
        /// Print each tree as a list of tokens on one line.
        #[arg(long)]
        tree: bool,
        /// The files; `-` is the standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Format sources in the style of the standard world.
    #[command(after_help = SOURCE_HELP)]
    Fmt {
        /// Change nothing; exit status 1 if a file is not formatted.
        #[arg(long)]
        check: bool,
        /// The files; `-` formats the standard input to the standard output.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Show the bytecode that a file compiles to; with --jit, the machine code that its methods become when it runs.
    #[command(after_help = DISASM_HELP)]
    Disasm {
        /// Run the file, and show what is compiled meanwhile: for each method the graph, then the machine code.
        #[arg(long, conflicts_with = "mode")]
        jit: bool,
        /// How the file is read.
        #[arg(long, value_enum, default_value = "file")]
        mode: Mode,
        /// The file; `-` is the standard input, without --jit.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// With --jit: only methods of this name.
        #[arg(value_name = "SELECTOR", requires = "jit")]
        selector: Option<String>,
    },
    /// Explain a diagnostic by its code, or list all codes.
    #[command(after_help = EXPLAIN_HELP)]
    Explain {
        /// The code, such as the one in brackets of an error.
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Run a file in a world; the image on disk stays as it is unless the program commits, or --commit is given.
    #[command(after_help = RUN_HELP)]
    Run {
        /// Keep what the file changed: commit when it has run.
        #[arg(long, value_name = "MESSAGE", num_args = 0..=1, default_missing_value = "", require_equals = true)]
        commit: Option<String>,
        /// Start from the bare world, without the standard library.
        #[arg(long)]
        bare: bool,
        /// Where to run.
        #[command(flatten)]
        world: WorldArgs,
        /// The file (`-` is the standard input), and its arguments.
        #[arg(value_names = ["FILE", "ARGS"], required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        program: Vec<String>,
    },
    /// Evaluate an expression and print its value.
    #[command(after_help = EVAL_HELP)]
    Eval {
        /// Where to evaluate.
        #[command(flatten)]
        world: WorldArgs,
        /// Print nothing but what the expression prints.
        #[arg(long)]
        quiet: bool,
        /// Keep what the expression changed: commit with this message.
        #[arg(long, value_name = "MESSAGE")]
        commit: Option<String>,
        /// The expression.
        #[arg(value_name = "EXPR", allow_hyphen_values = true)]
        expr: String,
    },
    /// Let the processes of an image go on where they were at its latest commit, until none is ready; then commit.
    Resume {
        /// The image.
        file: PathBuf,
    },
    /// Run a world without a prompt, for programs that come in by its doors.
    #[command(after_help = SERVE_HELP)]
    Serve {
        /// A door for programs, by ZeroMQ: ipc://PATH or tcp://127.0.0.1:PORT, with ?role=look, touch (the default) or change.
        #[arg(long, value_name = "ADDRESS")]
        zmq: Vec<String>,
        /// A door for browsers and agents, by HTTP: http://127.0.0.1:PORT, or only 127.0.0.1:PORT.
        #[arg(long, value_name = "ADDRESS")]
        http: Vec<String>,
        /// Speak with an agent by the standard streams (Model Context Protocol), beside the doors; its role, change without one.
        #[arg(long, value_name = "ROLE", num_args = 0..=1, default_missing_value = "change", require_equals = true)]
        mcp: Option<String>,
        /// Write the line that tells that all is ready to this descriptor instead of the standard output.
        #[arg(long, value_name = "FD")]
        ready_fd: Option<i32>,
        /// Also commit what the world's own processes changed, every SECONDS; what clients change is committed before it is
        /// acknowledged.
        #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "30", require_equals = true)]
        autocommit: Option<u64>,
        /// How to open it.
        #[command(flatten)]
        world: WorldArgs,
        /// The image [default: your own].
        file: Option<PathBuf>,
    },
    /// Let a language-model agent work in a world, by the Model Context Protocol on the standard streams.
    #[command(after_help = MCP_HELP)]
    Mcp {
        /// What the agent may do: look, touch (send messages to what is shown), or change.
        #[arg(long, value_name = "ROLE", default_value = "change")]
        role: String,
        /// How to open it.
        #[command(flatten)]
        world: WorldArgs,
        /// The image [default: your own].
        file: Option<PathBuf>,
    },
    /// Have another version of this program go on with an image, while it runs and without losing anything.
    #[command(after_help = UPGRADE_HELP)]
    Upgrade {
        /// The new program.
        #[arg(value_name = "NEWPROGRAM")]
        program: PathBuf,
        /// The image that it is to go on with.
        #[arg(value_name = "IMAGE")]
        image: PathBuf,
    },
    /// Started by another program that hands its world over.
    #[command(hide = true)]
    Heir {
        /// How that one works.
        #[command(flatten)]
        world: WorldArgs,
    },
    /// Started by this program, to load a model file before it does itself.
    #[command(hide = true)]
    Attempt {
        /// The model.
        model: PathBuf,
        /// An adapter for it.
        adapter: Option<PathBuf>,
    },
    /// Leave a world alone for a while: its processes go on, and it thinks by itself if its policy says so.
    #[command(after_help = LIVE_HELP)]
    Live {
        /// For how long: 90s, 10m, 2h [default: until Ctrl-C].
        #[arg(long = "for", value_name = "TIME", value_parser = duration)]
        time: Option<Duration>,
        /// Commit what its processes changed, every SECONDS.
        #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "30", require_equals = true)]
        autocommit: Option<u64>,
        /// How to open it.
        #[command(flatten)]
        world: WorldArgs,
        /// The image [default: your own].
        file: Option<PathBuf>,
    },
    /// Show a world in a browser: everything on the screen is an object of the image that can be touched and changed.
    #[command(after_help = SHOW_HELP)]
    Show {
        /// Where to listen.
        #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
        http: String,
        /// Who comes in may look, touch, or change everything.
        #[arg(long, value_name = "ROLE", default_value = "change", value_parser = ["look", "touch", "change"])]
        role: String,
        /// Print the address only; open no browser.
        #[arg(long)]
        no_browser: bool,
        /// How to open it.
        #[command(flatten)]
        world: WorldArgs,
        /// The image [default: your own].
        file: Option<PathBuf>,
    },
    /// What may be said to a world from outside.
    #[command(after_help = BRIDGE_HELP)]
    Bridge {
        /// What to tell.
        #[command(subcommand)]
        command: BridgeCommand,
    },
    /// Serve an editor by the Language Server Protocol, on the standard input and output.
    #[command(after_help = LSP_HELP)]
    Lsp {
        /// The only way there is; editors like to say it.
        #[arg(long, hide = true)]
        stdio: bool,
        /// The image that the sources are for [default: the standard world]; it is only looked at.
        #[arg(long, value_name = "FILE", env = "BATOS_IMAGE")]
        image: Option<PathBuf>,
        /// An earlier state of the image (a commit's number, see `batos image log`).
        #[arg(long, value_name = "COMMIT")]
        at: Option<u64>,
        /// Check the whole image before it is used: for files from strangers.
        #[arg(long)]
        untrusted: bool,
    },
    /// Run the tests that live in the world.
    #[command(after_help = TEST_HELP)]
    Test {
        /// Where to run.
        #[command(flatten)]
        world: WorldArgs,
        /// First load the suites of these files and folders.
        #[arg(long, value_name = "PATH")]
        load: Vec<PathBuf>,
        /// Only tests whose name contains this.
        #[arg(value_name = "PATTERN")]
        pattern: Option<String>,
    },
    /// Make, inspect and mend image files.
    #[command(after_help = IMAGE_HELP)]
    Image {
        /// What to do.
        #[command(subcommand)]
        command: ImageCommand,
    },
    /// Fetch and choose the language model.
    #[command(after_help = MODEL_HELP)]
    Model {
        /// What to do.
        #[command(subcommand)]
        command: ModelCommand,
    },
    /// Train and measure the language model.
    #[command(after_help = MIND_HELP)]
    Mind {
        /// What to do.
        #[command(subcommand)]
        command: MindCommand,
    },
    /// Print the TextMate grammar of the language, for editors that colour by patterns.
    Grammar,
    /// Print the completions of this command line for a shell.
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the page of the manual, or write those of all commands into a folder.
    #[command(after_help = MAN_HELP)]
    Man {
        /// The folder.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
    /// Write the reference of the world as Markdown, from the comments in the image.
    #[command(after_help = DOC_HELP)]
    Doc {
        /// The file to write; `-` is the standard output.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        /// Of which world.
        #[command(flatten)]
        world: WorldArgs,
    },
}

/// `batos image …`
#[derive(Subcommand, Debug)]
pub enum ImageCommand {
    /// Make an image from the standard world.
    New {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Replace an existing file.
        #[arg(long)]
        force: bool,
        /// Make the world from this folder's world.self instead of the built-in one.
        #[arg(long, value_name = "DIR")]
        stdlib: Option<PathBuf>,
        /// The bare world, without the standard library.
        #[arg(long, conflicts_with = "stdlib")]
        bare: bool,
        /// How many commits its history keeps at least [default: 1000].
        #[arg(long, value_name = "N")]
        keep: Option<u64>,
        /// The file to make.
        file: PathBuf,
    },
    /// Size, format, head and contents of an image.
    Info {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The image.
        file: PathBuf,
    },
    /// The history of commits, newest first.
    Log {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// At most this many.
        #[arg(short = 'n', long, value_name = "N")]
        limit: Option<usize>,
        /// The image.
        file: PathBuf,
    },
    /// One commit: when it was made and by whom, its message, and what it changed.
    Show {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The image.
        file: PathBuf,
        /// Its number [default: the newest].
        commit: Option<u64>,
    },
    /// Objects and slots that differ between two commits, by path from the lobby.
    Diff {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The image.
        file: PathBuf,
        /// The older commit.
        from: u64,
        /// The newer one [default: the newest].
        to: Option<u64>,
    },
    /// Check every object, map and reference; exit status 3 and the first wrong word if something is not right.
    Verify {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The image.
        file: PathBuf,
    },
    /// Go back to an earlier commit, as a new commit: nothing is lost.
    Revert {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The image.
        file: PathBuf,
        /// The commit whose state becomes the newest.
        commit: u64,
    },
    /// Give the newest commit a name that keeps its history, or list the names.
    Branch {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Go on from the named commit, as a new commit.
        #[arg(long, requires = "name")]
        switch: bool,
        /// Forget the name: its commit is kept no longer than others.
        #[arg(long, requires = "name", conflicts_with = "switch")]
        remove: bool,
        /// The image.
        file: PathBuf,
        /// The name.
        name: Option<String>,
    },
    /// How many commits the history keeps at least, or a new number: older ones go as new ones come.
    Keep {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The image.
        file: PathBuf,
        /// The number.
        commits: Option<u64>,
    },
    /// Rewrite the file without what nobody can reach.
    Compact {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Keep this many commits of history; without it only the newest state is kept, and objects are packed.
        #[arg(long, value_name = "N")]
        keep: Option<u64>,
        /// The image.
        file: PathBuf,
    },
    /// Copy the newest state of an image into a new file of its own.
    Export {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// Replace an existing file.
        #[arg(long)]
        force: bool,
        /// The image.
        file: PathBuf,
        /// The new file.
        to: PathBuf,
    },
    /// Make your own world from an image somebody gave you, after checking it.
    Import {
        /// As JSON.
        #[arg(long)]
        json: bool,
        /// The image to take.
        from: PathBuf,
        /// The file to make [default: your own image].
        to: Option<PathBuf>,
        /// Replace an existing file.
        #[arg(long)]
        force: bool,
    },
    /// Write an application as one source file to the standard output: the slots that carry the name of the module,
    /// with all that hangs from them.
    #[command(name = "fileOut", visible_alias = "file-out")]
    FileOut {
        /// The image.
        file: PathBuf,
        /// The module; where no slot carries the name, the slots of this name in the rooms.
        module: Option<String>,
    },
    /// Save what is intact of a damaged image (copy the file first).
    Recover {
        /// The image.
        file: PathBuf,
    },
}

/// `batos bridge …`
#[derive(Subcommand, Debug)]
pub enum BridgeCommand {
    /// A JSON Schema that each message fits.
    Schema {
        /// Of which world.
        #[command(flatten)]
        world: WorldArgs,
    },
    /// The doors that programs on this machine have open, with the keys for programs.
    Doors {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Another address with a token, for one more browser, at an open HTTP door.
    Tokens {
        /// The door [default: the first one].
        address: Option<String>,
    },
    /// The messages, who may say them, and what they need.
    Messages {
        /// Of which world.
        #[command(flatten)]
        world: WorldArgs,
    },
}

/// `batos model …`
#[derive(Subcommand, Debug)]
pub enum ModelCommand {
    /// Fetch a model and check it; go on where an earlier try was stopped.
    Fetch {
        /// tiny, small or large [default: the default model].
        name: Option<String>,
    },
    /// Remove a model that is kept here.
    Remove {
        /// Its name.
        name: String,
    },
    /// The models that are here.
    List {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Use this GGUF file from now on.
    Use {
        /// The file, or the name of a model that is here.
        file: String,
    },
    /// What a model is; of the one in use without a name.
    Info {
        /// A model that is here, or a file.
        name: Option<String>,
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `batos mind …`
#[derive(Subcommand, Debug)]
pub enum MindCommand {
    /// Train an adapter on a corpus of methods.
    #[command(disable_help_flag = true)]
    Train {
        /// Passed on to the trainer; `--help` lists them.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "OPTIONS")]
        args: Vec<String>,
    },
    /// Measure how many tasks of a file are solved.
    Eval {
        /// Candidates for each task.
        #[arg(long, default_value_t = 16)]
        candidates: usize,
        /// Keep the examples from the crucible.
        #[arg(long)]
        no_examples: bool,
        /// At most this many tasks.
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// Threads of the model.
        #[arg(long, value_name = "N", default_value_t = 1)]
        threads: u32,
        /// An adapter (GGUF) to be used instead of the model's own.
        #[arg(long, value_name = "FILE")]
        adapter: Option<PathBuf>,
        /// Keep results in this file, and go on after those that are there.
        #[arg(long, value_name = "FILE")]
        resume: Option<PathBuf>,
        /// One JSON object a task, and the totals.
        #[arg(long)]
        json: bool,
        /// Where to try.
        #[command(flatten)]
        world: WorldArgs,
        /// Tasks, one JSON object a line.
        file: PathBuf,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definitions_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_lone_word_is_an_image_and_not_a_command() {
        let cli = Cli::try_parse_from(["batos", "garden.batos"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.repl.file, Some(PathBuf::from("garden.batos")));
    }

    #[test]
    fn arguments_of_a_program_are_left_alone() {
        let cli = Cli::try_parse_from(["batos", "run", "p.self", "--read-only", "-x"]).unwrap();
        let Some(Command::Run { program, world, .. }) = cli.command else { panic!("{cli:?}") };
        assert_eq!(program, ["p.self", "--read-only", "-x"]);
        assert!(!world.read_only);
    }

    #[test]
    fn options_may_come_before_the_command() {
        let order = |words: &[&str]| {
            let words = std::iter::once("batos").chain(words.iter().copied()).map(OsString::from).collect();
            command_first(words).into_iter().skip(1).map(|w| w.into_string().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(order(&["--no-model", "eval", "3"]), ["eval", "--no-model", "3"]);
        assert_eq!(
            order(&["--image", "w.batos", "run", "a", "--x"]),
            ["run", "--image", "w.batos", "a", "--x"]
        );
        assert_eq!(order(&["--json", "image", "info", "f"]), ["image", "info", "--json", "f"]);
        assert_eq!(order(&["--echo", "w.batos"]), ["--echo", "w.batos"]);
        assert_eq!(order(&["--image", "eval"]), ["--image", "eval"]);
        assert_eq!(order(&["--autocommit=3", "w.batos"]), ["--autocommit=3", "w.batos"]);
    }

    #[test]
    fn a_negative_expression_is_no_option() {
        let cli = Cli::try_parse_from(["batos", "eval", "-3 abs"]).unwrap();
        assert!(matches!(cli.command, Some(Command::Eval { expr, .. }) if expr == "-3 abs"));
    }
}
