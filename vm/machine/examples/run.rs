//! Runs a file in a bare world, in memory: a small tool for working on the machine itself.

use std::io::Write;

use batos_machine::host::{Console, Host};
use batos_machine::{Exit, Vm};

struct Stdout;

impl Console for Stdout {
    fn write(&mut self, bytes: &[u8]) {
        let _ = std::io::stdout().write_all(bytes);
    }

    fn read_line(&mut self, _prompt: &str) -> Option<String> {
        None
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut vm = Vm::bare(Host::new(Box::new(Stdout)))?;
    for argument in std::env::args().skip(1) {
        let result = match argument.strip_prefix("-e") {
            Some(text) => vm.evaluate(text.as_bytes(), "<argument>", vm.shell()),
            None => vm.run_file(&argument),
        };
        match result {
            Ok(evaluated) => match evaluated.exit {
                Exit::Finished(value) => println!("{}", vm.print_string(value)),
                Exit::Suspended(process) => {
                    println!("suspended: {}\n{}", vm.process_message(process), vm.trace_text(process));
                }
                other => println!("{other:?}"),
            },
            Err(error) => println!("{error:?}"),
        }
    }
    Ok(())
}
