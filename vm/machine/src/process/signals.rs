//! Signals: what a scheduler is told from outside its processes, by the names that real Self's scheduler knows (`_TWAINSResultVector:…`).
//!
//! A world that sets timers takes signals itself: Ctrl-C, the ticks of both timers, and input that has come for a descriptor it asked to be
//! told of. For any other world a tick is the end of a process's slice, so that runs can be repeated, and Ctrl-C stops the running process.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use batos_image::layout::Kind;
use batos_image::value::{ObjectRef, Value};

use crate::vm::Vm;

/// The signals, in the order in which a result vector lists them.
const NAMES: [&str; 13] = [
    "sigint",
    "sigquit",
    "sigio",
    "siguser1",
    "siguser2",
    "sigpipe",
    "sigterm",
    "sigurg",
    "sigchild",
    "sighup",
    "sigwinch",
    "sigrealtimer",
    "sigcputimer",
];
const INTERRUPT: usize = 0;
const INPUT: usize = 2;
const REAL_TIMER: usize = 11;
const CPU_TIMER: usize = 12;

/// Elements of the vector that a transfer of control fills: how many signals, then the name and the count of each.
pub(crate) const RESULT_SIZE: usize = 1 + 2 * NAMES.len();

/// A timer that ticks again and again.
struct Timer {
    period: Duration,
    /// Time of the timer's clock at the latest tick.
    ticked: Duration,
}

impl Timer {
    /// Ticks, if it is time.
    fn ticks(&mut self, now: Duration) -> bool {
        let due = now.saturating_sub(self.ticked) >= self.period;
        if due {
            self.ticked = now;
        }
        due
    }
}

/// What has been signalled and not been told yet, and what will be.
pub(crate) struct Signals {
    counts: [u32; NAMES.len()],
    /// `_BlockSignals`: nothing is told and no turn ends.
    pub(crate) blocked: bool,
    real: Option<Timer>,
    cpu: Option<Timer>,
    start: Instant,
}

impl Default for Signals {
    fn default() -> Signals {
        Signals { counts: [0; NAMES.len()], blocked: false, real: None, cpu: None, start: Instant::now() }
    }
}

impl Signals {
    /// Does the world take signals itself?
    pub(crate) fn taken(&self) -> bool {
        self.real.is_some() || self.cpu.is_some()
    }

    /// `_SetRealTimer`: ticks every so many milliseconds of real time; never for none.
    pub(crate) fn set_real(&mut self, period: Duration) {
        self.real = (!period.is_zero()).then(|| Timer { period, ticked: self.start.elapsed() });
    }

    /// `_SetCPUTimer`: the same in processor time.
    pub(crate) fn set_cpu(&mut self, period: Duration) {
        self.cpu = (!period.is_zero()).then(|| Timer { period, ticked: cpu_time() });
    }

    fn any(&self) -> bool {
        self.counts.iter().any(|count| *count > 0)
    }
}

/// Processor time of this process.
fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

impl Vm {
    /// Notes what has happened; is there anything to tell?
    pub(crate) fn signals_pending(&mut self) -> bool {
        if self.signals.taken() && self.host.interrupt.swap(false, Ordering::Relaxed) {
            self.signals.counts[INTERRUPT] += 1;
        }
        let real = self.signals.start.elapsed();
        if self.signals.real.as_mut().is_some_and(|timer| timer.ticks(real)) {
            self.signals.counts[REAL_TIMER] += 1;
        }
        if self.signals.cpu.as_mut().is_some_and(|timer| timer.ticks(cpu_time())) {
            self.signals.counts[CPU_TIMER] += 1;
        }
        if self.descriptors.input_came() {
            self.signals.counts[INPUT] += 1;
        }
        !self.signals.blocked && self.signals.any()
    }

    /// The slice of a process is used up; does its turn end?
    pub(crate) fn slice_ends(&mut self) -> bool {
        if self.signals.taken() {
            return self.signals_pending();
        }
        if !self.signals.blocked {
            self.signals.counts[CPU_TIMER] += 1;
        }
        !self.signals.blocked
    }

    /// Waits until there is something to tell. False: Ctrl-C was pressed, and the world does not take it.
    pub(crate) fn await_signals(&mut self) -> bool {
        loop {
            self.host.bell.silence();
            if self.signals_pending() {
                return true;
            }
            if self.host.interrupt.load(Ordering::Relaxed) {
                return false;
            }
            // The other timer stands still meanwhile.
            let next = self
                .signals
                .real
                .as_ref()
                .map(|timer| (timer.ticked + timer.period).saturating_sub(self.signals.start.elapsed()));
            self.descriptors.await_input(&self.host.bell, next);
        }
    }

    /// Fills a result vector with what has been signalled.
    pub(crate) fn tell_signals(&mut self, vector: ObjectRef) {
        debug_assert_eq!(self.heap.kind_of_ref(vector), Kind::Vector);
        let mut told = 0;
        for (signal, name) in NAMES.iter().enumerate() {
            let count = std::mem::take(&mut self.signals.counts[signal]);
            if count > 0 {
                let name = self.intern(name.as_bytes()).value();
                self.heap.set_element(vector, 1 + 2 * told, name);
                self.heap.set_element(vector, 2 + 2 * told, Value::from_i32(count.min(1 << 20) as i32));
                told += 1;
            }
        }
        self.heap.set_element(vector, 0, Value::from_usize(told));
    }
}
