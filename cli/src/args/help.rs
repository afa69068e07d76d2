//! What `--help` says after the options: examples, exit statuses, what else is to know.

pub(super) const AFTER_HELP: &str = "\
Examples:
  batos                           open your own world and evaluate in it
  batos garden.batos              open another image
  batos eval '3 + 4'              evaluate one expression and print its value
  batos run program.self a b      run a file; its arguments are `os arguments`
  batos image new garden.batos    make an image from the standard world
  echo '6 * 7' | batos            piped: no prompts, no colours

Exit status:
  0  all went well
  1  the program, a test or a source text failed
  2  wrong use of the command line
  3  an image could not be opened, written or verified
  4  the language model could not be used
  130  interrupted
  143  ended from outside (SIGTERM)";

pub(super) const IMAGE_HELP: &str = "\
Examples:
  batos image new garden.batos                make a world
  batos image log -n 5 garden.batos           its latest five commits
  batos image diff garden.batos 3             what changed since commit 3
  batos image revert garden.batos 3           go back there; a commit like any other
  batos image export garden.batos mail.batos  the newest state alone, to give away
  batos image fileOut garden.batos ledger > ledger.self   an application as source
  batos image verify --json garden.batos      for scripts

All but `recover` and `fileOut` take --json, and exit with status 3 if something is wrong with an image.";

pub(super) const EVAL_HELP: &str = "\
Examples:
  batos eval '100 factorial printString size'
  batos eval --image garden.batos 'roses size'
  batos eval --image garden.batos --commit 'one more' 'roses add: 1'
  batos eval --image garden.batos --at 12 'roses size'";

pub(super) const RUN_HELP: &str = "\
Examples:
  batos run program.self a b              `os arguments` are a and b
  batos run --image garden.batos feed.self
  batos run --image garden.batos --commit='new roses' roses.self
  echo \"'hello' printLine\" | batos run -

A file that was run in this image before changes the objects that are there: they keep their data, what the
file says now is added and changed, what it has no more is removed, and you are told what that came to.";

pub(super) const SERVE_HELP: &str = "\
Examples:
  batos serve --zmq ipc:///run/user/1000/batos/garden garden.batos
  batos serve --zmq 'tcp://127.0.0.1:4417?role=change' garden.batos
  batos serve --http 127.0.0.1:4417 garden.batos

It prints a line when it is ready. SIGTERM ends it after a commit.";

pub(super) const COMPLETIONS_HELP: &str = "\
Examples:
  batos completions bash > ~/.local/share/bash-completion/completions/batos
  batos completions zsh > ~/.zfunc/_batos         with ~/.zfunc in fpath, before compinit
  batos completions fish > ~/.config/fish/completions/batos.fish";

pub(super) const MAN_HELP: &str = "\
Examples:
  batos man | man -l -                            read it
  batos man --dir ~/.local/share/man/man1         install the pages of all commands";

pub(super) const DOC_HELP: &str = "\
Examples:
  batos doc --out reference.md                    of the standard world
  batos doc --image garden.batos --out -          of an image, to the standard output";

pub(super) const PARSE_HELP: &str = "\
Examples:
  batos parse program.self                        nothing said: it is legal
  batos parse --tree - < program.self             as a list of tokens";

pub(super) const DISASM_HELP: &str = "\
Examples:
  batos disasm program.self                       bytecode
  batos disasm --jit program.self fib:            what the method `fib:` becomes when the program runs";

pub(super) const EXPLAIN_HELP: &str = "\
Examples:
  batos explain                                   all codes
  batos explain L0022                             one of them";

pub(super) const BRIDGE_HELP: &str = "\
Examples:
  batos bridge messages --image garden.batos      what may be said, and by whom
  batos bridge schema > messages.json             for programs";

pub(super) const MIND_HELP: &str = "\
Examples:
  batos mind eval --candidates 8 tasks.jsonl      how many tasks are solved
  batos mind train --help                         the trainer's options";

pub(super) const LSP_HELP: &str = "\
Editors start it by themselves; the book's chapter on editors has the settings for VS Code, Neovim and Helix.
Files are read, never run.

Exit status: 0 after `shutdown` and `exit`, 1 if the editor went without a word.";

pub(super) const MCP_HELP: &str = "\
Agents start this program themselves. For example:
  claude mcp add garden -- batos mcp garden.batos

What the agent changes is committed under its name; `batos image log` lists it, `batos image revert` takes it back.";

pub(super) const LIVE_HELP: &str = "\
Examples:
  batos eval --image garden.batos --commit 'may think' \"inquiry policy: 'auto'\"
  batos live garden.batos --for 10m
  batos eval --image garden.batos 'inquiry showDreams'";

pub(super) const UPGRADE_HELP: &str = "\
Examples:
  batos upgrade ./batos-next garden.batos

The new program first proves itself on a fork of the image: it must be sound for it, pass the world's tests, run its processes and
answer what was asked lately as the old program does. Then the program that serves the image hands it over, with its lock and doors, and
ends. If anything is unlike, or the new program dies, the old one goes on. At a prompt, type `ship sail: \'./batos-next\'`.";

pub(super) const SHOW_HELP: &str = "\
Examples:
  batos show                  your own world
  batos show garden.batos     another one
  batos show --no-browser     prints the address to open

The address has a token that lets one browser in, once. SIGTERM or Ctrl-C ends it after a commit.";

pub(super) const TEST_HELP: &str = "\
Examples:
  batos test                              all suites of the world
  batos test --load tests/stdlib vector   those of a folder whose name contains `vector`";

pub(super) const MODEL_HELP: &str = "\
Examples:
  batos model fetch                       the default model
  batos model fetch small                 a better one: tiny, small, large
  batos model use small                   it, from now on
  batos model use ~/models/coder.gguf     another one, from now on
  batos --model coder.gguf                another one, this time";

pub(super) const SOURCE_HELP: &str = "\
Examples:
  batos fmt program.self                  in place
  batos fmt --check stdlib/*/*.self       only look
  batos fmt - < program.self              to the standard output";
