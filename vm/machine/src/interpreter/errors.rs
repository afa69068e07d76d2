//! What happens when a lookup or a primitive fails (language §§8.2, 9): messages, not Rust errors.

use batos_image::value::{ObjectRef, Value};

use crate::lookup::Outcome;
use crate::process::ProcessState;
use crate::vm::{Exit, Step, Vm};

/// How a message was sent, as the error messages tell it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SendType {
    /// With a receiver.
    Normal,
    /// To the implicit self.
    ImplicitSelf,
    /// `resend.x`
    UndirectedResend,
    /// `name.x`
    DirectedResend,
    /// By `_Perform:DelegatingTo:`.
    Delegated,
}

/// Which of the five lookup errors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// No slot was found.
    Undefined,
    /// More than one was.
    Ambiguous,
    /// A directed resend names no slot.
    MissingParent,
    /// A send by name with the wrong number of arguments.
    MismatchedArguments,
    /// A send by name with something that is no selector.
    PerformType,
}

impl Problem {
    /// The error that a failed search is.
    pub fn from_outcome(outcome: &Outcome) -> Problem {
        match outcome {
            Outcome::Ambiguous(_) => Problem::Ambiguous,
            _ => Problem::Undefined,
        }
    }
}

impl Vm {
    /// Sends the message for a lookup error to the running process; its result becomes the value of the failed send.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn lookup_error(
        &mut self,
        problem: Problem,
        name: Value,
        window: usize,
        argc: usize,
        dst: u8,
        send_type: SendType,
        delegatee: Option<Value>,
        holder: Option<Value>,
    ) -> Step {
        let receiver = self.stack_at(window);
        let arguments: Vec<Value> = (0..argc).map(|i| self.stack_at(window + 1 + i)).collect();
        let vector = self.new_vector(&arguments);
        let nil = self.nil();
        let s = &self.symbols;
        let selector = match problem {
            Problem::Undefined => s.undefined_selector,
            Problem::Ambiguous => s.ambiguous_selector,
            Problem::MissingParent => s.missing_parent_selector,
            Problem::MismatchedArguments => s.mismatched_argument_count,
            Problem::PerformType => s.perform_type_error,
        };
        let type_name = match send_type {
            SendType::Normal => s.normal,
            SendType::ImplicitSelf => s.implicit_self,
            SendType::UndirectedResend => s.undirected_resend,
            SendType::DirectedResend => s.directed_resend,
            SendType::Delegated => s.delegated,
        };
        let process = self.process().object.value();
        let handled = self.resolve(process, selector);
        let Ok(hit) = handled else {
            let text = self.describe_lookup_error(problem, name, receiver, delegatee);
            return self.suspend_or_abort(&text);
        };
        let parts = [
            name,
            receiver,
            type_name.value(),
            delegatee.unwrap_or(nil),
            holder.unwrap_or(nil),
            vector.value(),
        ];
        let frame = self.frame();
        let above = (frame.base as usize + frame.registers()).max(window + argc + 1);
        if !self.process().reserve(above, parts.len() + 1) {
            return self.stack_overflow();
        }
        self.set_stack(above, process);
        for (i, part) in parts.iter().enumerate() {
            self.set_stack(above + 1 + i, *part);
        }
        self.perform(hit, above, parts.len(), dst)
    }

    /// The text of a lookup error, for worlds that have no words of their own.
    fn describe_lookup_error(
        &self,
        problem: Problem,
        name: Value,
        receiver: Value,
        delegatee: Option<Value>,
    ) -> String {
        let selector = self.text(name).unwrap_or_else(|_| self.short_name(name));
        let receiver = self.short_name(receiver);
        match problem {
            Problem::Undefined => format!("No '{selector}' slot found in {receiver}."),
            Problem::Ambiguous => format!("More than one '{selector}' slot was found in {receiver}."),
            Problem::MissingParent => {
                let name = delegatee.map_or(String::new(), |d| self.short_name(d));
                format!("No {name} delegatee slot was found in {receiver}.")
            }
            Problem::MismatchedArguments => format!(
                "The selector '{selector}' could not be sent to {receiver} because it does not take that many arguments."
            ),
            Problem::PerformType => {
                format!(
                    "The selector '{selector}' could not be sent to {receiver} because it is no selector."
                )
            }
        }
    }

    /// A failed primitive: the fail block, or else the receiver, is told. The receiver stands at `window`.
    pub(crate) fn primitive_failed(
        &mut self,
        text: &str,
        name: ObjectRef,
        window: usize,
        fail_block: Option<Value>,
        dst: u8,
    ) -> Step {
        let error = self.intern(text.as_bytes()).value();
        match fail_block {
            Some(block) => self.send_now(self.symbols.value_with, block, &[error, name.value()], dst),
            None => {
                let receiver = self.stack_at(window);
                let selector = self.symbols.primitive_failed;
                match self.resolve(receiver, selector) {
                    Ok(_) => self.send_now(selector, receiver, &[error, name.value()], dst),
                    // The failed send is an error like any other, where somebody is there to hear of it.
                    Err(_) if self.hears_of_errors() => {
                        self.send_now(selector, receiver, &[error, name.value()], dst)
                    }
                    Err(_) => {
                        let name = String::from_utf8_lossy(self.heap.bytes(name)).into_owned();
                        let receiver = self.short_name(receiver);
                        self.suspend_or_abort(&format!(
                            "{text}: the '{name}' primitive failed. Its receiver was {receiver}."
                        ))
                    }
                }
            }
        }
    }

    /// Does the running process have words of its own for lookup errors?
    fn hears_of_errors(&mut self) -> bool {
        let process = self.process().object.value();
        self.resolve(process, self.symbols.undefined_selector).is_ok()
    }

    /// Stops the running process with a message; the host or the process that transferred control to it is told.
    pub(crate) fn suspend_or_abort(&mut self, message: &str) -> Step {
        self.suspend(message, None)
    }

    /// Ends the running process without a result.
    pub(crate) fn abort(&mut self, message: String) -> Step {
        self.process().state = ProcessState::Aborted;
        self.leave_process(crate::scheduling::Signal::Aborted, message.as_bytes(), None)
    }

    /// Suspends the running process. When resumed with a value, that goes to register `dst` of its top frame.
    pub(crate) fn suspend(&mut self, message: &str, dst: Option<u8>) -> Step {
        self.stop(crate::scheduling::Signal::Suspended, message, dst)
    }

    pub(crate) fn stop(&mut self, signal: crate::scheduling::Signal, message: &str, dst: Option<u8>) -> Step {
        if self.process().unwinding {
            // The world has told of it if it is an error of its own.
            return self.cut_short(if dst.is_some() { "" } else { message });
        }
        let process = self.process();
        process.state = ProcessState::Suspended;
        process.resume_dst = dst;
        self.leave_process(signal, message.as_bytes(), None)
    }

    /// How the machine itself names a value in its messages.
    pub fn short_name(&self, value: Value) -> String {
        use batos_image::layout::Kind;
        if let Some(n) = value.as_int() {
            return n.to_string();
        }
        if let Some(x) = self.heap.float_value(value) {
            return format!("{x:?}");
        }
        let known = &self.heap.known;
        if value == known.nil {
            return "nil".into();
        }
        if value == known.true_ {
            return "true".into();
        }
        if value == known.false_ {
            return "false".into();
        }
        if value == known.lobby {
            return "lobby".into();
        }
        if value == self.heap.root(batos_image::layout::root::SHELL) {
            return "shell".into();
        }
        match (self.heap.kind_of(value), value.as_ref()) {
            (Kind::Symbol | Kind::ByteVector, Some(r)) => {
                format!("'{}'", String::from_utf8_lossy(self.heap.bytes(r)))
            }
            (Kind::Vector, _) => "a vector".into(),
            (Kind::Block, _) => "a block".into(),
            (Kind::Mirror, _) => "a mirror".into(),
            (Kind::Process, _) => "a process".into(),
            (Kind::BigInt, _) => "a bigInt".into(),
            _ => self.family_name(value).unwrap_or_else(|| "a slots object".into()),
        }
    }
}

impl Exit {
    /// An exit for a machine that cannot go on.
    pub fn internal(text: &str) -> Exit {
        Exit::Aborted(format!("internal error: {text}"))
    }
}
