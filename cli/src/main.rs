//! The program `batos`: reads the command line, does what it says, and ends with a status that scripts can use.
#![forbid(unsafe_code)]

mod args;
mod calendar;
mod commands;
mod console;
mod failure;
mod input;
mod interrupt;
mod mind;
mod paths;
mod repl;
mod report;
mod session;
mod ship;
mod sources;
mod stdlib;
mod terminal;
mod web;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use args::{BridgeCommand, Cli, Command, MindCommand, ReplArgs, WorldArgs};
use batos_machine::doors::Role;
use failure::{Failure, Outcome, Status};
use repl::Manner;
use world::Purpose;

fn main() -> ExitCode {
    match args::read().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            ExitCode::from(failure.status as u8)
        }
    }
}

fn role_named(name: &str) -> Result<Role, Failure> {
    Role::named(name).ok_or_else(|| {
        Failure::new(Status::Usage, format!("there is no role {name}")).help("look, touch or change")
    })
}

fn run(cli: Cli) -> Outcome {
    interrupt::install();
    match cli.command {
        Some(Command::Parse { mode, tree, files }) => commands::lang::parse(mode, tree, &files),
        Some(Command::Disasm { jit: true, file, selector, .. }) => {
            commands::run::machine_code(&file, selector.as_deref())
        }
        Some(Command::Disasm { mode, file, .. }) => commands::lang::disasm(mode, &file),
        Some(Command::Explain { code }) => commands::lang::explain(code.as_deref()),
        Some(Command::Run { bare, commit, world, mut program }) => {
            let file = std::path::PathBuf::from(program.remove(0));
            commands::run::run(bare, &world, commit.as_deref(), &file, program)
        }
        Some(Command::Eval { world, quiet, commit, expr }) => {
            commands::run::eval(&world, quiet, commit.as_deref(), &expr)
        }
        Some(Command::Mcp { role, mut world, file }) => {
            one_image(&file, &world)?;
            world.image = file.or(world.image);
            let agent = Some(role_named(&role)?);
            let options =
                commands::serve::Options { doors: &[], agent, ready: None, autocommit: None, begin: None };
            commands::serve::serve(&world, &options)
        }
        Some(Command::Serve { zmq, http, mcp, ready_fd, autocommit, mut world, file }) => {
            one_image(&file, &world)?;
            world.image = file.or(world.image);
            let autocommit = autocommit.map(Duration::from_secs);
            let web = |door: String| if door.contains("://") { door } else { format!("http://{door}") };
            let doors: Vec<String> = zmq.into_iter().chain(http.into_iter().map(web)).collect();
            commands::serve::serve(
                &world,
                &commands::serve::Options {
                    doors: &doors,
                    agent: mcp.map(|role| role_named(&role)).transpose()?,
                    ready: ready_fd,
                    autocommit,
                    begin: None,
                },
            )
        }
        Some(Command::Show { http, role, no_browser, mut world, file }) => {
            world.image = file.or(world.image);
            commands::show::show(&world, &http, &role, !no_browser)
        }
        Some(Command::Bridge { command: BridgeCommand::Schema { world } }) => {
            commands::serve::tell(&world, commands::serve::Question::Schema)
        }
        Some(Command::Bridge { command: BridgeCommand::Doors { json } }) => commands::serve::doors(json),
        Some(Command::Bridge { command: BridgeCommand::Tokens { address } }) => {
            commands::serve::token(address.as_deref())
        }
        Some(Command::Bridge { command: BridgeCommand::Messages { world } }) => {
            commands::serve::tell(&world, commands::serve::Question::Messages)
        }
        Some(Command::Lsp { stdio: _, image, at, untrusted }) => commands::lsp::lsp(image, at, untrusted),
        Some(Command::Grammar) => commands::shell::grammar(),
        Some(Command::Completions { shell }) => commands::shell::completions(shell),
        Some(Command::Man { dir }) => commands::shell::man(dir.as_deref()),
        Some(Command::Live { time, autocommit, mut world, file }) => {
            world.image = file.or(world.image);
            commands::live::live(&world, time, autocommit.map(Duration::from_secs))
        }
        Some(Command::Upgrade { program, image }) => commands::upgrade::upgrade(&program, &image),
        Some(Command::Heir { world }) => ship::heir::heir(&world),
        Some(Command::Attempt { model, adapter }) => commands::model::attempt(&model, adapter.as_deref()),
        Some(Command::Test { world, load, pattern }) => {
            commands::run::test(&world, &load, pattern.as_deref())
        }
        None => {
            let ReplArgs { file, mut world, autocommit, echo } = cli.repl;
            one_image(&file, &world)?;
            world.image = file.or(world.image);
            let session = world::open(&world, Purpose::Live, Vec::new())?;
            repl::run(session, Manner { autocommit: autocommit.map(Duration::from_secs), echo })
        }
        Some(Command::Fmt { check, files }) => commands::format::format(check, &files),
        Some(Command::Resume { file }) => commands::run::resume(file),
        Some(Command::Image { command }) => commands::image::image(command),
        Some(Command::Model { command }) => commands::model::model(command),
        Some(Command::Doc { out, world }) => commands::doc::doc(&world, &out),
        Some(Command::Mind {
            command:
                MindCommand::Eval { candidates, no_examples, limit, threads, adapter, resume, json, world, file },
        }) => {
            let resume = resume.as_deref();
            let options = commands::mind::Options {
                candidates,
                no_examples,
                limit,
                threads,
                adapter: adapter.as_deref(),
                resume,
                json,
                file: &file,
            };
            commands::mind::eval(&world, &options)
        }
        Some(Command::Mind { command: MindCommand::Train { args } }) => commands::mind::train(&args),
    }
}

/// An image may be named in one way only. What the environment says is no more than a default.
fn one_image(file: &Option<PathBuf>, world: &WorldArgs) -> Outcome {
    let named = world
        .image
        .as_ref()
        .filter(|image| std::env::var_os("BATOS_IMAGE").is_none_or(|default| image.as_os_str() != default));
    match (file, named) {
        (Some(file), Some(image)) => {
            let text = format!("two images to open: {} and {}", file.display(), image.display());
            Err(Failure::new(Status::Usage, text))
        }
        _ => Ok(()),
    }
}
