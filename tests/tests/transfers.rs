//! Transfers of control between processes, as the primitives offer them: signals, timers, single steps, ended activations.

use batos_machine::native::{Mode, Trial};
use batos_tests::world::{Answer, World, check};

#[test]
fn processes_have_the_slots_of_their_prototype() {
    let mut world = World::bare();
    check(
        &mut world,
        &[
            (
                "_AddSlots: (| p = _ThisProcess. q. fail = [|:e. :n| e] |). p _AddSlots: (| mark <- 3. other = 4 |). p _NewProcessSize: 1000 Receiver: 3 Selector: '_Clone' Arguments: vector IfFail: fail",
                "'primitiveFailedError'",
            ),
            (
                "q: (p _NewProcessSize: 1000 Receiver: (| go = 7 |) Selector: 'go' Arguments: vector). q mark",
                "3",
            ),
            ("q mark: 5. (q mark _IntMul: 10) _IntAdd: p mark", "53"),
            ("q other", "4"),
        ],
    );
    world.vm.collect_full();
    assert_eq!(world.vm.verify_heap(), Ok(()));
    check(&mut world, &[("(q mark _IntMul: 10) _IntAdd: p mark", "53")]);
}

/// A bare world with a vector for what transfers of control tell, and a process `p` to make.
fn transferring() -> World {
    let mut world = World::bare();
    world.enter(
        b"true parent _AddSlots: (| fail = [|:e. :n| e]. p. t = _ThisProcess. told <- vector _Clone: _TWAINSResultSize Filler: nil. \
          make: r Do: s = ( p: t _NewProcessSize: 1000 Receiver: r Selector: s Arguments: vector ). \
          go = ( p _TWAINSResultVector: told SingleStep: false StopAt: nil IfFail: fail ). \
          step = ( p _TWAINSResultVector: told SingleStep: true StopAt: nil IfFail: fail ) |)",
    );
    world
}

#[test]
fn new_processes() {
    let mut world = transferring();
    check(
        &mut world,
        &[
            (
                "3 _NewProcessSize: 9 Receiver: 3 Selector: 'go' Arguments: vector IfFail: fail",
                "'badTypeError'",
            ),
            (
                "t _NewProcessSize: 'x' Receiver: 3 Selector: 'go' Arguments: vector IfFail: fail",
                "'badTypeError'",
            ),
            ("t _NewProcessSize: 9 Receiver: 3 Selector: 3 Arguments: vector IfFail: fail", "'badTypeError'"),
            ("t _NewProcessSize: 9 Receiver: 3 Selector: 'go' Arguments: 3 IfFail: fail", "'badTypeError'"),
            (
                "t _NewProcessSize: 0 Receiver: 3 Selector: 'go' Arguments: vector IfFail: fail",
                "'primitiveFailedError'",
            ),
            (
                "t _NewProcessSize: 9 Receiver: 3 Selector: 'go:' Arguments: vector IfFail: fail",
                "'primitiveFailedError'",
            ),
        ],
    );
}

#[test]
fn transfers_of_control() {
    let mut world = transferring();
    check(
        &mut world,
        &[
            ("_TWAINSResultSize", "27"),
            (
                "make: (| go = (3 _IntAdd: 4) |) Do: 'go'. p _ProcessReturnValueIfFail: fail",
                "'noProcessError'",
            ),
            ("p _StackDepth", "0"),
            ("go", "'terminated'"),
            ("p _ProcessReturnValue", "7"),
            ("go", "'noProcessError'"),
            ("p _StackDepthIfFail: fail", "'noProcessError'"),
            ("p _PrintProcessStackIfFail: fail", "'noProcessError'"),
            ("p: 3. go", "'badTypeError'"),
            (
                "_ThisProcess _TWAINSResultVector: vector SingleStep: false StopAt: nil IfFail: fail",
                "'primitiveFailedError: the result vector is too short'",
            ),
            (
                "_ThisProcess _TWAINSResultVector: told SingleStep: 3 StopAt: nil IfFail: fail",
                "'badTypeError'",
            ),
            (
                "_ThisProcess _TWAINSResultVector: told SingleStep: true StopAt: 3 IfFail: fail",
                "'badTypeError'",
            ),
            // Receiver and argument of the message are told; it answers its receiver.
            ("make: (| go = ('me' _Yield: 'why') |) Do: 'go'. go", "'yielded'"),
            ("told _At: 0", "'me'"),
            ("told _At: 1", "'why'"),
            ("go", "'terminated'"),
            ("p _ProcessReturnValue", "'me'"),
            // Where nobody transferred control there is nobody to yield to.
            ("'here' _Yield: 3", "'here'"),
            (
                "make: (| parent* = true parent. go = ( p _TWAINSResultVector: told SingleStep: false StopAt: nil IfFail: fail ) |) Do: 'go'. go. p _ProcessReturnValue",
                "'parallelTWAINSError'",
            ),
            ("make: (| go = (_ThisProcess _AbortProcess) |) Do: 'go'. go", "'aborted'"),
            (
                "make: (| down = ((down) _Eq: 3) |) Do: 'down'. [ true _BlockSignals. go ] value",
                "'stackOverflow'",
            ),
            ("make: (| go = ([_Restart] value. 3). again = (_Restart) |) Do: 'again'. go", "'signal'"),
            ("told _At: 0", "1"),
            ("told _At: 1", "'sigcputimer'"),
            ("(told _At: 2) _IntGT: 0", "true"),
            ("go", "'signal'"),
            ("p _AbortProcess. go", "'noProcessError'"),
        ],
    );
}

#[test]
fn transfers_that_stop_early() {
    let mut world = transferring();
    check(
        &mut world,
        &[
            (
                "make: (| go = (one. two. 3). one = (1 _Clone). two = ((deep) _Clone). deep = (2 _Clone). |) Do: 'go'. step",
                "'singleStepped'",
            ),
            ("p _StackDepth", "1"),
            ("step. p _StackDepth", "2"),
            ("((p _ActivationAt: 0) _MirrorSelector)", "'one'"),
            ("step. (p _ActivationAt: 0) _MirrorSelector", "'two'"),
            ("p _ActivationAt: 2 IfFail: fail", "'badIndexError'"),
            // To the end of `two`, with what it calls.
            (
                "p _TWAINSResultVector: told SingleStep: false StopAt: (p _ActivationAt: 0)",
                "'finishedActivation'",
            ),
            ("(p _ActivationAt: 0) _MirrorSelector", "'go'"),
            (
                "p _TWAINSResultVector: told SingleStep: false StopAt: (_ThisProcess _ActivationAt: 0) IfFail: fail",
                "'noActivationError'",
            ),
            ("go", "'terminated'"),
            ("p _ProcessReturnValue", "3"),
            // A non-local return past it is its end, too.
            (
                "make: (| go = (in: [^ 5]. 6). in: b = (over: b). over: b = (b value) |) Do: 'go'. step. step. step. (p _ActivationAt: 0) _MirrorSelector",
                "'over:'",
            ),
            ("go. p _ProcessReturnValue", "5"),
        ],
    );
}

/// Where a process stands after each of its first steps.
fn steps_of(mode: Mode) -> Vec<Answer> {
    let mut world = transferring();
    world.vm.gear.set(mode, Trial { threshold: 1, fail: 0, drop: 0, slice: 1_000_000 });
    world.enter(
        b"true parent _AddSlots: (| o = (| go = (one. two. one. 3). one = (1 _Clone). two = (one. (one) _Clone) |) |)",
    );
    // It has run before, so it is compiled, and what it calls is inlined.
    for _ in 0..20 {
        let (_, answer) = world.enter(b"make: o Do: 'go'. go. p _ProcessReturnValue");
        assert_eq!(answer, Answer::Value("3".into()));
    }
    world.enter(b"make: o Do: 'go'");
    (0..7).map(|_| world.enter(b"step. (p _ActivationAt: 0) _MirrorSelector").1).collect()
}

#[test]
fn steps_of_compiled_code_are_those_of_the_interpreter() {
    let interpreted = steps_of(Mode::Off);
    assert!(interpreted.contains(&Answer::Value("'two'".into())), "{interpreted:?}");
    assert_eq!(steps_of(Mode::Sync), interpreted);
}

#[test]
fn timers_and_blocked_signals() {
    let mut world = transferring();
    world.vm.host.outside = true;
    check(
        &mut world,
        &[
            ("'x' _SetRealTimerIfFail: fail", "'badTypeError'"),
            ("'x' _SetCPUTimerIfFail: fail", "'badTypeError'"),
            ("3 _BlockSignalsIfFail: fail", "'badTypeError'"),
            // To oneself: until something is signalled.
            ("[ p: _ThisProcess. 5 _SetRealTimer. go ] value", "'signal'"),
            ("told _At: 1", "'sigrealtimer'"),
            ("0 _SetRealTimer. 1 _SetCPUTimer. make: (| again = (_Restart) |) Do: 'again'. go", "'signal'"),
            ("told _At: 1", "'sigcputimer'"),
            // Blocked ones wait, and the end of a process lets them come.
            ("0 _SetCPUTimer. [ true _BlockSignals. true _BlockSignals ] value", "true"),
            ("true _BlockSignals", "false"),
            (
                "true parent _AddSlots: (| counter = (| n <- 0. go = ( __DefineLabel: 1. n: (n _IntAdd: 1). __BranchIfTrue: (n _IntLT: 200000) To: 1. n ) |) |). 1",
                "1",
            ),
            ("make: counter _Clone Do: 'go'. [ true _BlockSignals. go ] value", "'terminated'"),
            ("make: counter _Clone Do: 'go'. go", "'signal'"),
            ("0 _SetCPUTimer", "0"),
        ],
    );
}

#[test]
fn activations_are_killed() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. p. q. o = (| parent* = lobby. go = ( (in: 5) isNil ifTrue: 'killed' False: 'came back' ). in: n = ( [ n unheardOf ] value. n ). kept = ( [ in: 5 ] ensure: [ 'done' ] ) |) |). p: (process copyReceiver: o Selector: 'go' Arguments: vector). q: (process copyReceiver: o Selector: 'kept' Arguments: vector). p start. q start. process this sleep: 5. p status",
                "'suspended'",
            ),
            (
                "_ThisProcess _KillActivationsUpTo: 0 IfFail: fail",
                "'primitiveFailedError: the process is running'",
            ),
            ("p _KillActivationsUpTo: 'x' IfFail: fail", "'badTypeError'"),
            ("3 _KillActivationsUpTo: 1 IfFail: fail", "'badTypeError'"),
            ("p _KillActivationsUpTo: -1 IfFail: fail", "'badIndexError'"),
            ("p _KillActivationsUpTo: p _StackDepth IfFail: fail", "'badIndexError'"),
            (
                "(q _KillActivationsUpTo: q _StackDepth pred IfFail: fail) copyFrom: 0 UpTo: 20",
                "'primitiveFailedError'",
            ),
            ("(p _KillActivationsUpTo: p _StackDepth pred) == p", "true"),
            ("(p _ActivationStack at: 0) selector", "'go'"),
            ("p resume: nil. p join", "'killed'"),
            ("q abort. q status", "'aborted'"),
        ],
    );
}
