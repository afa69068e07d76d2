//! A standard world in memory, for tests that talk to the machine directly.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use batos_machine::host::{Console, Host};
use batos_machine::{EvalError, Exit, Vm};

/// The folder of the project.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// A console that keeps what is written.
#[derive(Clone, Default)]
pub struct Kept(pub Rc<RefCell<Vec<u8>>>);

impl Console for Kept {
    fn write(&mut self, bytes: &[u8]) {
        self.0.borrow_mut().extend_from_slice(bytes);
    }

    fn read_line(&mut self, _prompt: &str) -> Option<String> {
        None
    }
}

/// What one prompt line came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The printed value.
    Value(String),
    /// The message of an error.
    Error(String),
}

/// A world and what it has printed.
pub struct World {
    /// The machine.
    pub vm: Vm,
    kept: Kept,
}

impl World {
    /// The standard world, built from `stdlib/`.
    pub fn standard() -> World {
        let mut world = World::bare();
        let path = project().join("stdlib/world.self");
        let evaluated = world.vm.run_file(&path.to_string_lossy()).expect("stdlib can be read");
        assert!(matches!(evaluated.exit, Exit::Finished(_)), "stdlib loads: {evaluated:?}");
        world
    }

    /// The bare world.
    pub fn bare() -> World {
        let kept = Kept::default();
        let vm = Vm::bare(Host::new(Box::new(kept.clone()))).expect("memory for a world");
        World { vm, kept }
    }

    /// Evaluates a prompt line; gives what was printed meanwhile, and the answer.
    pub fn enter(&mut self, line: &[u8]) -> (String, Answer) {
        self.kept.0.borrow_mut().clear();
        let shell = self.vm.shell();
        let answer = match self.vm.evaluate(line, "the prompt", shell) {
            Err(EvalError::Syntax(diagnostics)) => {
                Answer::Error(diagnostics.first().map(|d| d.message.clone()).unwrap_or_default())
            }
            Err(EvalError::Script(text)) => Answer::Error(text),
            Ok(evaluated) => match evaluated.exit {
                Exit::Finished(value) => Answer::Value(self.vm.print_string(value)),
                Exit::Suspended(process) => {
                    let message = self.vm.process_message(process);
                    self.vm.abort_process(process);
                    Answer::Error(message)
                }
                other => Answer::Error(format!("{other:?}")),
            },
        };
        let printed = String::from_utf8_lossy(&self.kept.0.borrow()).into_owned();
        (printed, answer)
    }
}

/// Enters lines; each must print what stands beside it.
///
/// # Panics
/// If one prints something else.
pub fn check(world: &mut World, lines: &[(&str, &str)]) {
    for (line, expected) in lines {
        let (_, answer) = world.enter(line.as_bytes());
        assert_eq!(answer, Answer::Value((*expected).to_string()), "{line}");
    }
}
