//! Primitives that the world itself does not need, but real Self's library calls: what they answer, and the words they fail with.

use batos_tests::world::{Answer, World};

/// Enters lines; each must print what stands beside it.
fn check(world: &mut World, lines: &[(&str, &str)]) {
    for (line, expected) in lines {
        let (_, answer) = world.enter(line.as_bytes());
        assert_eq!(answer, Answer::Value((*expected).to_string()), "{line}");
    }
}

#[test]
fn numbers_of_c_in_bytes() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| b <- 0. fail = [|:e. :n| e] |). b: byteVector _CloneBytes: 16 Filler: 0. 1",
                "1",
            ),
            ("(b _CUnsignedIntSize: 32 At: 1 Put: 16r12345678) == b", "true"),
            ("b _ByteAt: 1", "120"),
            ("b _CUnsignedIntSize: 32 At: 1", "305419896"),
            ("b _CUnsignedIntSize: 16 At: 3", "4660"),
            ("b _CUnsignedIntSize: 8 At: 4", "18"),
            ("(b _CSignedIntSize: 16 At: 0 Put: -2) _CSignedIntSize: 16 At: 0", "-2"),
            ("b _CUnsignedIntSize: 16 At: 0", "65534"),
            ("(b _CSignedIntSize: 64 At: 8 Put: -5) _CSignedIntSize: 64 At: 8", "-5"),
            ("b _CUnsignedIntSize: 64 At: 8 IfFail: fail", "'overflowError'"),
            ("b _CUnsignedIntSize: 64 At: 9 IfFail: fail", "'badIndexError'"),
            ("b _CUnsignedIntSize: 8 At: -1 IfFail: fail", "'badIndexError'"),
            ("b _CUnsignedIntSize: 12 At: 0 IfFail: fail", "'badSizeError'"),
            ("b _CUnsignedIntSize: 'x' At: 0 IfFail: fail", "'badTypeError'"),
            ("3 _CUnsignedIntSize: 8 At: 0 IfFail: fail", "'badTypeError'"),
            ("'abc' _CUnsignedIntSize: 8 At: 0", "97"),
            ("'abc' _CUnsignedIntSize: 8 At: 0 Put: 1 IfFail: fail", "'badTypeError'"),
            ("b _CUnsignedIntSize: 8 At: 0 Put: -1 IfFail: fail", "'badSignError'"),
            ("b _CUnsignedIntSize: 8 At: 0 Put: 256 IfFail: fail", "'overflowError'"),
            ("b _CSignedIntSize: 8 At: 0 Put: 128 IfFail: fail", "'overflowError'"),
            ("(b _CSignedIntSize: 8 At: 0 Put: -128) _CSignedIntSize: 8 At: 0", "-128"),
            ("(b _CDoubleAt: 8 Put: 0.1) _CDoubleAt: 8", "0.1"),
            ("(b _CFloatAt: 4 Put: 1.5) _CFloatAt: 4", "1.5"),
            ("b _CDoubleAt: 9 IfFail: fail", "'badIndexError'"),
            ("b _CFloatAt: 0 Put: 3 IfFail: fail", "'badTypeError'"),
        ],
    );
}

#[test]
fn descriptors_behind_proxies() {
    let home = tempfile::tempdir().expect("a directory");
    let path = home.path().join("text").display().to_string();
    let mut world = World::standard();
    // 8r1102: to read and write, made new, cut to nothing (Linux).
    let open = format!(
        "f: proxy _Clone. ('{path}' _open_wrapbasicOpenFileNameFlags: 8r1102 Mode: 8r600 ResultProxy: f) == f"
    );
    let again =
        format!("f: proxy _Clone. '{path}' _open_wrapbasicOpenFileNameFlags: 0 Mode: 0 ResultProxy: f. 1");
    let busy =
        format!("'{path}' _open_wrapbasicOpenFileNameFlags: 0 Mode: 0 ResultProxy: f IfFail: [|:e| e]");
    let missing = format!(
        "'{path}.no' _open_wrapbasicOpenFileNameFlags: 0 Mode: 0 ResultProxy: proxy _Clone IfFail: [|:e| e]"
    );
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| f. b. fail = [|:e. :n| e] |). b: byteVector _CloneBytes: 10 Filler: 0. 1",
                "1",
            ),
            ("(proxy _Clone) _ForeignIsLive", "false"),
        ],
    );
    check(
        &mut world,
        &[
            ("(proxy _Clone) _MYSELFfileDescriptorIfFail: fail", "'deadProxyError'"),
            ("3 _MYSELFfileDescriptorIfFail: fail", "'badTypeError'"),
            (&open, "true"),
            ("f _ForeignIsLive", "true"),
            ("f _MYSELFfileDescriptor > 2", "true"),
            (&busy, "'liveProxyError'"),
            ("f _write_wrapbasicWriteFileInto: 'hello, file' Offset: 7 Count: 4", "4"),
            ("f _write_wrapbasicWriteFileInto: 'hello' Offset: 3 Count: 4 IfFail: fail", "'badIndexError'"),
            (
                "f _fcntlbasicFcntlFileRequest: 3 Arg: 0 IfFail: fail. (f _fcntlbasicFcntlFileRequest: 1 Arg: 0)",
                "1",
            ),
            ("f _fcntlbasicFcntlFileRequest: 99 Arg: 0 IfFail: fail", "'EINVAL'"),
            ("f _close_wrapbasicCloseFile", "0"),
            ("f _ForeignIsLive", "false"),
            ("f _close_wrapbasicCloseFileIfFail: fail", "'deadProxyError'"),
            (&again, "1"),
            ("f _read_wrapbasicReadFileInto: b Offset: 2 Count: 8", "4"),
            ("(b copyFrom: 2 UpTo: 6) asString", "'file'"),
            ("f _read_wrapbasicReadFileInto: b Offset: 2 Count: 8", "0"),
            ("f _read_wrapbasicReadFileInto: 'x' Offset: 0 Count: 1 IfFail: fail", "'badTypeError'"),
            ("f _read_wrapbasicReadFileInto: b Offset: 2 Count: 9 IfFail: fail", "'badIndexError'"),
            ("f _write_wrapbasicWriteFileInto: 'x' Offset: 0 Count: 1 IfFail: fail", "'EBADF'"),
            ("(f _SamePointerAs: f) && [(f _SamePointerAs: proxy _Clone) not]", "true"),
            ("((vector _Clone: 10 Filler: 0) _select_wrapbasicSelectIntoSize: 10) >= 1", "true"),
            (
                "(vector _Clone: 9 Filler: 0) _select_wrapbasicSelectIntoSize: 10 IfFail: fail",
                "'badSizeError'",
            ),
            ("b _select_read_wrapbasicSelectReadIntoSize: 2 IfFail: fail", "'badTypeError'"),
            ("f _ForeignKill. f _ForeignIsLive", "false"),
            (&missing, "'ENOENT'"),
            ("(1 _MYSELFsetFdResultProxy: proxy _Clone) _MYSELFfileDescriptor", "1"),
            ("999 _MYSELFsetFdResultProxy: proxy _Clone IfFail: fail", "'EBADF'"),
            ("1 _MYSELFsetFdResultProxy: 3 IfFail: fail", "'badTypeError'"),
        ],
    );
    let (printed, _) = world.enter(
        b"(1 _MYSELFsetFdResultProxy: proxy _Clone) _write_wrapbasicWriteFileInto: 'out' Offset: 0 Count: 3",
    );
    assert_eq!(printed, "out");
}

#[test]
fn what_the_machine_tells_of_itself() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("shell _AddSlots: (| state = (| old. eden <- 1. other <- 5. to = 3 |) |). 1", "1"),
            ("(4 _MemoryCurrentState: state)", "4"),
            ("((state old _At: 0) _At: 2) > 0", "true"),
            ("((state old _At: 0) _At: 0) <= ((state old _At: 0) _At: 2)", "true"),
            ("(state eden _At: 0) <= (state eden _At: 2)", "true"),
            ("state other + state to", "8"),
            ("4 _MemoryCurrentState: 5", "4"),
            ("_VMversion _Size", "3"),
            // What stands before the first space tells which system it is.
            ("((_OperatingSystem splitOn: ' ') size > 1) && [ _OperatingSystem first isUppercase ]", "true"),
        ],
    );
    assert_eq!(world.vm.verify_heap(), Ok(()));
}

#[test]
fn dates_there_and_back() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "((19782 _DateTime: 45296000) copyFrom: 9) printString",
                "'a vector(2024, 2, 29, 4, 12, 34, 56, 59, 0)'",
            ),
            ("((-1 _DateTime: 0) copyFrom: 9) printString", "'a vector(1969, 12, 31, 3, 0, 0, 0, 364, 0)'"),
            ("(19782 _DateTime: 45296000) size", "18"),
            (
                "((19782 _DateTime: 45296000) copyFrom: 0 UpTo: 8) _ConvertToDayMs",
                "a vector(19782, 45296000)",
            ),
            ("(0 _DateTime: 3.5 IfFail: [|:e| e])", "'badTypeError'"),
            ("(1000000000000000 _DateTime: 0 IfFail: [|:e| e])", "'overflowError'"),
            ("(vector _Clone: 2 Filler: 1) _ConvertToDayMsIfFail: [|:e| e]", "'badSizeError'"),
            ("(vector _Clone: 8 Filler: nil) _ConvertToDayMsIfFail: [|:e| e]", "'badTypeError'"),
            (
                "(vector _Clone: 8 Filler: 1000000000000000) _ConvertToDayMsIfFail: [|:e| e]",
                "'primitiveFailedError'",
            ),
            ("3 _ConvertToDayMsIfFail: [|:e| e]", "'badTypeError'"),
        ],
    );
}

#[test]
fn code_through_mirrors() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. o = (| m = ( outer: [|:x| x + 1] ). n: a = ( 'unique literal' , a ) |) |). 1",
                "1",
            ),
            (
                "(([|:x. :y| x + y] _Mirror) _MirrorContentsAt: 'value:With:') _MirrorSource",
                "'[|:x. :y| x + y]'",
            ),
            (
                "((([|:x| x + 1] _Mirror) _MirrorContentsAt: 'value:') _MirrorCreateBlock _MirrorReflectee) value: 4",
                "5",
            ),
            ("3 _Mirror _MirrorCreateBlockIfFail: fail", "'reflectTypeError'"),
            ("((o _Mirror) _MirrorContentsAt: 'm') _MirrorCreateBlockIfFail: fail", "'reflectTypeError'"),
            // A method runs by name with as many arguments as the name has, and by mirror with none.
            (
                "3 _Mirror _MirrorEvaluate: ((o _Mirror) _MirrorContentsAt: 'n:') IfFail: fail",
                "'argumentCountError'",
            ),
            (
                "3 _Mirror _MirrorEvaluate: (([|:x| x] _Mirror) _MirrorContentsAt: 'value:') IfFail: fail",
                "'reflectTypeError'",
            ),
            (
                "(o _Mirror) _MirrorCopyAt: 'k' Put: ((o _Mirror) _MirrorContentsAt: 'n:') IsParent: false IsArgument: false Annotation: '' IfFail: fail",
                "'argumentCountError'",
            ),
            (
                "(((o _Mirror) _MirrorContentsAt: 'n:') _MirrorLiterals _MethodPointer _MirrorSource) asString includesSubstring: 'unique literal'",
                "true",
            ),
            ("(vector _Clone: 1 Filler: (| |)) _MethodPointerIfFail: fail", "'primitiveFailedError'"),
            ("3 _MethodPointerIfFail: fail", "'badTypeError'"),
        ],
    );
}

#[test]
fn labels_within_expressions() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("(| m = ( (3 __DefineLabel: 1) + 4 ) |) m", "7"),
            ("(| m = ( 3 __DefineLabel: 1 ) |) m", "3"),
            ("(| m = (| x | x: (3 __DefineLabel: 1). x ) |) m", "3"),
            ("(| parent* = lobby. m = ( (5 max: (9 __DefineLabel: 'unused')) printString ) |) m", "'9'"),
            // The value of a branch goes along with it; self stands for a missing receiver.
            ("(| m = ( 10 __BranchTo: 1. (3 __DefineLabel: 1) + 4 ) |) m", "14"),
            ("(| + x = ( x ). m = ( __BranchTo: 1. (3 __DefineLabel: 1) + 4 ) |) m", "4"),
            (
                "(| m = (| i <- 0 | (1 __DefineLabel: 1) + 4. i: i + 1. 5 __BranchIfTrue: (i < 4) To: 1. i ) |) m",
                "4",
            ),
            (
                "(| m: x = ( ((7 __BranchIfTrue: x To: 1) + 1) __BranchTo: 2. (100 __DefineLabel: 1) + 2. 50 __DefineLabel: 2 ) |) m: 3",
                "8",
            ),
            (
                "(| m: x = ( ((7 __BranchIfTrue: x To: 1) + 1) __BranchTo: 2. 50 __DefineLabel: 2. ^ (100 __DefineLabel: 1) + 2 ) |) m: true",
                "9",
            ),
            (
                "(| m: x = ( 6 __BranchIndexedBy: x To: 'a' To: 'b'. (1 __DefineLabel: 'a') * 10. ^ (2 __DefineLabel: 'b') * 100 ) |) m: 1",
                "600",
            ),
            // Operands that are pending stay so, if they are as many at the label.
            (
                "(| i <- 0. step = ( i: i + 1. self ). m = ( 100 + (((self __DefineLabel: 1) step __BranchIfTrue: (i < 5) To: 1) i) ) |) m",
                "105",
            ),
            (
                "(| m: x = (| v <- 7 | 3 + (10 __BranchIfTrue: x To: 1). v * (20 __DefineLabel: 1) ) |) m: true",
                "30",
            ),
            (
                "(| m: x = (| v <- 7 | 3 + (10 __BranchIfTrue: x To: 1). v * (20 __DefineLabel: 1) ) |) m: false",
                "140",
            ),
            (
                "(| foo: a = ( a + 1 ). m: x = ( 10 __BranchIfTrue: x To: 1. foo: (5 __DefineLabel: 1) ) |) m: true",
                "11",
            ),
            (
                "(| foo: a Bar: b = ( (a * 10) + b ). m: x = ( 3 + (foo: 7 Bar: (10 __BranchIfTrue: x To: 1)). 1000 * (foo: 2 Bar: (5 __DefineLabel: 1)) ) |) m: true",
                "240",
            ),
            (
                "(| m: x = ( (x ifTrue: [ 3 + (10 __BranchIfTrue: x To: 1). 4 * (20 __DefineLabel: 1) ] False: 9) + 1 ) |) m: true",
                "31",
            ),
        ],
    );
}

#[test]
fn methods_from_byte_codes() {
    let mut world = World::standard();
    let make = |codes: &str, literals: &str, source: &str| {
        format!(
            "nil _CreateOuterMethodBytecodes: '{codes}' Literals: {literals} File: 'f.self' Line: 7 Source: '{source}'"
        )
    };
    let evaluate = |method: String| format!("(lobby _Mirror) _MirrorEvaluate: ({method})");
    // 3 + (condition ifTrue: [4] False: [3])
    let choice = |word: &str| {
        evaluate(make(
            "\\x10\\x33\\xa4\\x11\\x85\\x10\\x22",
            &format!("(3 & 4 & '+' & '{word}' & 5 & 6) asVector"),
            "",
        ))
    };
    let sum = make("\\x10\\x11\\x22", "(3 & 4 & '+') asVector", "3 + 4 \"as given\"");
    let object = make("\\x10\\x41\\x11", "((list copyRemoveAll) & (1 & 2) asVector) asVector", "");
    check(
        &mut world,
        &[
            ("shell _AddSlots: (| fail = [|:e. :n| e] |). 1", "1"),
            (&evaluate(sum.clone()), "7"),
            (&format!("({sum}) _MirrorSource"), "'3 + 4 \"as given\"'"),
            (&format!("({sum}) _MirrorLine"), "7"),
            (&evaluate(object), "a vector(1, 2)"),
            (&choice("true"), "7"),
            (&choice("false"), "6"),
            (
                &format!("{} IfFail: fail", make("\\x50", "vector", "")),
                "'primitiveFailedError: a new method has no locals: names are sent'",
            ),
            (&format!("{} IfFail: fail", make("\\x10", "3", "")), "'badTypeError'"),
            (
                &format!("{} IfFail: fail", make("\\x10\\x10", "(1 & 2) asVector", "")),
                "'primitiveFailedError: 2 values are left in the end, not one'",
            ),
        ],
    );
}

#[test]
fn slots_of_methods() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. m <- 0. o = (| parent* = lobby. k: a With: b = (| x <- 3. y = 'text'. z. v <- vector. p* = lobby. q = (| r = 1 |) | z: a. 1 to: 3 Do: [|:i. t <- 4| z: z + i + t]. z ) |) |). m: (o _Mirror _MirrorContentsAt: 'k:With:'). 1",
                "1",
            ),
            // Arguments first, the others by name; those of blocks are not the method's.
            ("m _MirrorNames", "a vector('a', 'b', 'p', 'q', 'v', 'v:', 'x', 'x:', 'y', 'z', 'z:')"),
            ("(m _MirrorContentsAt: 'x') _MirrorReflectee", "3"),
            ("(m _MirrorContentsAt: 'y') _MirrorReflectee", "'text'"),
            ("(m _MirrorContentsAt: 'z') _MirrorReflectee", "nil"),
            ("(m _MirrorContentsAt: 'v') _MirrorReflectee", "a vector()"),
            ("(m _MirrorContentsAt: 'q') _MirrorReflectee r", "1"),
            ("(m _MirrorContentsAt: 'p') _MirrorReflectee", "lobby"),
            ("m _MirrorIsArgumentAt: 'a'", "true"),
            ("m _MirrorIsAssignableAt: 'x'", "true"),
            ("m _MirrorIsAssignableAt: 'y'", "false"),
            ("m _MirrorIsParentAt: 'p'", "true"),
            ("m _MirrorContentsAt: 'y:' IfFail: fail", "'slotNameError'"),
            ("m _MirrorContentsAt: 'a:' IfFail: fail", "'slotNameError'"),
            ("m _MirrorContentsAt: 'i' IfFail: fail", "'slotNameError'"),
            ("(m _MirrorContentsAt: 'x:') _MirrorReflecteeIfFail: fail", "'reflectTypeError'"),
            ("o k: 1 With: 2", "19"),
        ],
    );
}

#[test]
fn names_and_contents_of_new_slots() {
    let mut world = World::standard();
    let mut lines = vec![(
        "shell _AddSlots: (| fail = [|:e. :n| e]. o = (| parent* = lobby. x <- 1 |). put: n = ( (o _Mirror _MirrorCopyAt: n Put: 5 _Mirror IsParent: false IsArgument: false Annotation: '' IfFail: [|:e| ^ e ]) _MirrorReflectee. 'put' ) |). 1".to_string(),
        "1",
    )];
    for (name, answer) in [
        ("y", "'put'"),
        ("x", "'put'"),
        ("aB_3", "'put'"),
        ("", "'slotNameError'"),
        ("Up", "'slotNameError'"),
        ("3x", "'slotNameError'"),
        ("_x", "'slotNameError'"),
        ("a b", "'slotNameError'"),
        ("self", "'slotNameError'"),
        ("resend", "'slotNameError'"),
        ("^", "'slotNameError'"),
        ("at:put:", "'slotNameError'"),
        ("at:Put", "'slotNameError'"),
        // Slots that take arguments hold methods.
        ("x:", "'argumentCountError'"),
        ("at:Put:", "'argumentCountError'"),
        ("+", "'argumentCountError'"),
        ("=", "'argumentCountError'"),
    ] {
        lines.push((format!("put: '{name}'"), answer));
    }
    let lines: Vec<(&str, &str)> = lines.iter().map(|(line, answer)| (line.as_str(), *answer)).collect();
    check(&mut world, &lines);
}

#[test]
fn what_has_no_slots_adds_none() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| o = (| x = 1 |) |). (o _AddSlots: [ 3 ]) _Mirror _MirrorNames",
                "a vector('x')",
            ),
            ("(o _AddSlots: 3) _Mirror _MirrorNames", "a vector('x')"),
            ("(o _AddSlotsIfAbsent: 'abc') _Mirror _MirrorNames", "a vector('x')"),
            ("(o _AddSlots: (| |)) _Mirror _MirrorNames", "a vector('x')"),
            ("(o _AddSlots: 0.5) _Eq: o", "true"),
        ],
    );
}

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

#[test]
fn descriptors_behind_proxies_with_slots() {
    // Real Self's files are copies of a proxy to which slots were added.
    let mut world = World::bare();
    let opened =
        "f name: 'x'. '/dev/null' _open_wrapbasicOpenFileNameFlags: 0 Mode: 0 ResultProxy: f. f name";
    check(
        &mut world,
        &[
            ("_AddSlots: (| file = proxy. f. g |). file _AddSlots: (| name <- 'none'. at = 3 |). 1", "1"),
            ("f: file _Clone. f name", "'none'"),
            (opened, "'x'"),
            ("f _ForeignIsLive", "true"),
            ("g: f _Clone. g name: 'y'. f name", "'x'"),
            // A file has one proxy: copies are dead, also those that changes through mirrors make.
            ("g _ForeignIsLive", "false"),
            ("(f _SamePointerAs: g) _Eq: (g _SamePointerAs: f)", "true"),
            ("f _Define: f _Clone. f _ForeignIsLive", "true"),
            ("f _AddSlots: (| other <- 1 |). f _ForeignIsLive", "true"),
            ("f _ForeignHash _Eq: g _ForeignHash", "false"),
            ("g: (| a <- 1 |). g _Define: file _Clone. g name", "'none'"),
            (
                "'/dev/null' _open_wrapbasicOpenFileNameFlags: 0 Mode: 0 ResultProxy: g. g _ForeignIsLive",
                "true",
            ),
            ("file name", "'none'"),
        ],
    );
    assert_eq!(world.vm.verify_heap(), Ok(()));
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
fn annotations_may_be_objects() {
    // Real Self's tools put objects of their own in the place of the texts, once they have read them.
    let mut world = World::bare();
    check(
        &mut world,
        &[
            (
                "_AddSlots: (| o = (| {} = 'all' { 'one' x <- 3 } |). m. fail = [|:e. :n| e] |). m: o _Mirror _MirrorCopyAnnotation: objectAnnotation. m _MirrorAnnotation _Eq: objectAnnotation",
                "true",
            ),
            (
                "m: m _MirrorCopyAt: 'x' Put: 4 _Mirror IsParent: false IsArgument: false Annotation: slotAnnotation. (m _MirrorAnnotationAt: 'x') _Eq: slotAnnotation",
                "true",
            ),
            ("o _Mirror _MirrorDefine: m. o x", "4"),
            ("o x: 5. o x", "5"),
            ("(o _Mirror _MirrorAnnotationAt: 'x') _Eq: slotAnnotation", "true"),
            ("o _Mirror _MirrorAnnotation _Eq: objectAnnotation", "true"),
            ("(| x |) _Mirror _MirrorAnnotation", "''"),
        ],
    );
    world.vm.collect_full();
    assert_eq!(world.vm.verify_heap(), Ok(()));
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| o = (| x = 3 |) |). o _Mirror _MirrorDefine: (o _Mirror _MirrorCopyAnnotation: 7). (reflect: o) annotation",
                "''",
            ),
            ("(reflect: o) comment", "''"),
        ],
    );
}

#[test]
fn copies_through_mirrors_are_no_changes_of_the_world() {
    let mut world = World::bare();
    let copies = "o _Mirror _MirrorCopyAt: 'y' Put: 3 _Mirror IsParent: false IsArgument: false Annotation: ''. \
                  o _Mirror _MirrorCopyAnnotation: 'z'. o _Mirror _MirrorCopyRemoveSlot: 'x'. \
                  0 _ProgrammingTimestamp _IntSub: then";
    check(
        &mut world,
        &[
            ("_AddSlots: (| o = (| x <- 3 |). then <- 0 |). then: 0 _ProgrammingTimestamp. 1", "1"),
            (copies, "0"),
            (
                "o _Mirror _MirrorDefine: (o _Mirror _MirrorCopyRemoveSlot: 'x'). 0 _ProgrammingTimestamp _IntSub: then",
                "1",
            ),
        ],
    );
}

#[test]
fn mirrors_have_the_slots_of_their_prototypes() {
    let mut world = World::bare();
    check(
        &mut world,
        &[
            (
                "methodActivationMirror _AddSlots: (| number <- 0. alive = (| says = 'alive' |). parent* <- (| says = 'dead' |) |). _AddSlots: (| a. b. at: i = ( _ThisProcess _ActivationAt: i ). fail = [|:e. :n| e] |). a: (at: 0). b: (at: 0). a number: 5. (a number _IntMul: 10) _IntAdd: b number",
                "50",
            ),
            ("b parent: b alive. b says", "'alive'"),
            ("a says", "'dead'"),
            ("methodActivationMirror number", "0"),
            ("a _MirrorNamesIfFail: fail", "'noActivationError'"),
            ("a _MirrorSenderIfFail: fail", "'noActivationError'"),
            ("3 _Mirror _MirrorSenderIfFail: fail", "'reflectTypeError'"),
            ("(_ThisProcess _ActivationAt: 0) _MirrorSenderIfFail: fail", "'noSenderError'"),
            ("(at: 0) _MirrorSenderIfFail: fail", "'noActivationError'"),
            (
                "_AddSlots: (| senderOf = ( (at: 1) _MirrorSender _MirrorSelector ) |). [ senderOf ] value",
                "'value'",
            ),
        ],
    );
    world.vm.collect_full();
    assert_eq!(world.vm.verify_heap(), Ok(()));
}

#[test]
fn what_the_machine_holds_keeps_its_kind() {
    let mut world = World::standard();
    let line = |object: &str, model: &str| format!("{object} _Define: {model} IfFail: [|:e| e]");
    for object in ["nil", "true", "lobby", "shell", "vector", "byteVector", "process this", "0 _Mirror"] {
        let model = if object == "vector" { "(| x = 1 |)" } else { "vector" };
        let (_, answer) = world.enter(line(object, model).as_bytes());
        assert_eq!(answer, Answer::Value("'badTypeError'".into()), "{object}");
    }
    check(
        &mut world,
        &[
            // A process keeps what it does, whatever it looks like; copies of it have nothing to do.
            (
                "[ | p. c | p: process this. c: p _Mirror _MirrorCopyAnnotation: 'mine'. p _Mirror _MirrorDefine: c. process sleep: 1. (c _MirrorReflectee _StackDepthIfFail: 0) & p _Mirror _MirrorAnnotation ] value asVector",
                "a vector(0, 'mine')",
            ),
        ],
    );
    assert_eq!(world.vm.verify_heap(), Ok(()));
}

#[test]
fn numbers_that_stand_for_objects() {
    let mut world = World::bare();
    check(
        &mut world,
        &[
            ("_AddSlots: (| o = (| x = 7 |). fail = [|:e. :n| e] |). o _ObjectID _AsObject x", "7"),
            ("o _ObjectID _Eq: o _ObjectID", "true"),
            ("o _ObjectID _Eq: (o _Clone) _ObjectID", "false"),
            ("9999 _AsObjectIfFail: fail", "'badIndexError'"),
            ("'x' _AsObjectIfFail: fail", "'badTypeError'"),
        ],
    );
    world.vm.collect_full();
    check(&mut world, &[("o _ObjectID _AsObject x", "7")]);
}

#[test]
fn what_the_environment_lacks_is_a_failure() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("'NO SUCH VARIABLE' _getenvenvironmentAtIfFail: [|:e| e]", "'ENOENT'"),
            ("os environmentAt: 'NO SUCH VARIABLE'", "nil"),
            ("'HOME' _getenvenvironmentAt = (os environmentAt: 'HOME')", "true"),
            ("'~/x' _ExpandDir_primexpand = (('HOME' _getenvenvironmentAt), '/x')", "true"),
            ("'/x/~' _ExpandDir_primexpand", "'/x/~'"),
            ("'~root/x' _ExpandDir_primexpand", "'/root/x'"),
            ("'~no such user/x' _ExpandDir_primexpandIfFail: [|:e| e]", "'ENOENT'"),
        ],
    );
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

#[test]
fn lexical_parents_of_activations() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. run = ( [ ((_ThisProcess _ActivationStack) _At: 0) _MirrorLexicalParent _MirrorSelector ] value ) |). run",
                "'run'",
            ),
            (
                "shell _AddSlots: (| top = ( ((_ThisProcess _ActivationStack) at: 0) _MirrorLexicalParentIfFail: fail ) |). top",
                "'noParentError'",
            ),
            ("3 _Mirror _MirrorLexicalParentIfFail: fail", "'reflectTypeError'"),
        ],
    );
}

#[test]
fn who_refers_to_many() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. target = (| parent* = traits oddball |). one = (| parent* = traits oddball. r |). two = (| parent* = traits oddball. r |) |). one r: target. two r: target. 1",
                "1",
            ),
            // The slots of the shell, of one and of two; of the vector nothing is told.
            ("(((target & two) asVector _EnumerateVectorReferencesLimit: 10) at: 0) size >= 3", "true"),
            ("((target & two) asVector _EnumerateVectorReferencesLimit: 10) size", "2"),
            ("(((target & two) asVector _EnumerateVectorReferencesLimit: 1) at: 0) size", "1"),
            ("(3 & 4) asVector _EnumerateVectorReferencesLimit: 10 IfFail: fail", "'enumerationTargetError'"),
            ("target _EnumerateVectorReferencesLimit: 10 IfFail: fail", "'badTypeError'"),
        ],
    );
}

#[test]
fn what_inherits_from_a_block_is_none() {
    let mut world = World::standard();
    let (_, answer) = world.enter(b"(| parent* = [ 3 ] |) value");
    assert!(matches!(answer, Answer::Error(_) | Answer::Value(_)));
    check(&mut world, &[("3 + 4", "7")]);
}

#[test]
fn methods_with_other_slots() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. t. v = (1 & 2) asVector.
                    o = (| parent* = lobby. m: x With: y = (| a <- 3. s = 'it\\'s' | a: a + x. [|:z| a + z + y] value: 2 ) |).
                    with: n Content: c Argument: b = ( t: (t _MirrorCopyAt: n Put: c _Mirror IsParent: false IsArgument: b Annotation: '') ).
                    run = ( o _AddSlots: (o _Mirror _MirrorCopyAt: 'm:With:' Put: t IsParent: false IsArgument: false Annotation: '') _MirrorReflectee ) |). 1",
                "1",
            ),
            ("t: (o _Mirror _MirrorContentsAt: 'm:With:'). with: 'k' Content: v Argument: false. t _MirrorNames", "a vector('x', 'y', 'a', 'a:', 'k', 's')"),
            ("(t _MirrorContentsAt: 'k') _MirrorReflectee == v", "true"),
            ("(t _MirrorContentsAt: 's') _MirrorReflectee", "'it\\'s'"),
            ("run. o m: 1 With: 10", "16"),
            ("with: 'a' Content: 30 Argument: false. t _MirrorNames", "a vector('x', 'y', 'a', 'a:', 'k', 's')"),
            ("t: (t _MirrorCopyAt: 'a:' Put: ((| b <- 1 |) _Mirror _MirrorContentsAt: 'b:') IsParent: false IsArgument: false Annotation: ''). run. o m: 1 With: 10", "43"),
            ("with: 'q' Content: nil Argument: true. t _MirrorNames", "a vector('x', 'y', 'q', 'a', 'a:', 'k', 's')"),
            ("o _Mirror _MirrorCopyAt: 'm:With:' Put: t IsParent: false IsArgument: false Annotation: '' IfFail: fail", "'argumentCountError'"),
            ("t: (t _MirrorCopyRemoveSlot: 'q'). run. o m: 1 With: 10", "43"),
            ("t: (t _MirrorCopyRemoveSlot: 'a:'). t _MirrorNames", "a vector('x', 'y', 'a', 'k', 's')"),
            ("t _MirrorCopyRemoveSlot: 'a:' IfFail: fail", "'slotNameError'"),
            ("t _MirrorCopyRemoveSlot: 'none' IfFail: fail", "'slotNameError'"),
            ("t _MirrorCopyAt: '3' Put: 1 _Mirror IsParent: false IsArgument: false Annotation: '' IfFail: fail", "'slotNameError'"),
            ("t _MirrorCopyAt: 'n:' Put: 1 _Mirror IsParent: false IsArgument: false Annotation: '' IfFail: fail", "'slotNameError'"),
            ("lobby _Mirror _MirrorEvaluate: ('(3) + (x)' _ParseObject _MirrorCopyAt: 'x' Put: 5 _Mirror IsParent: false IsArgument: false Annotation: '')", "8"),
            ("([ 3 ] _Mirror _MirrorCopyAt: 'x' Put: 5 _Mirror IsParent: false IsArgument: false Annotation: '' IfFail: fail)", "'badTypeError'"),
        ],
    );
}

#[test]
fn places_of_keys() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("shell _AddSlots: (| fail = [|:e. :n| e]. t = vector copySize: 8 FillingWith: nil |). 1", "1"),
            ("t _HashedPlaceOf: 7 Free: nil", "2"),
            // Tables of the first images were filled like this.
            ("t _PlaceOf: 7 Free: nil", "3"),
            ("(t _At: 2 Put: 7) _HashedPlaceOf: 7 Free: nil", "2"),
            ("(t _At: 2 Put: 8) _HashedPlaceOf: 7 Free: nil", "3"),
            ("(t _At: 2 Put: 8.5) _HashedPlaceOf: 7 Free: nil IfFail: fail", "'badTypeError'"),
            ("t _HashedPlaceOf: 7.5 Free: nil IfFail: fail", "'badTypeError'"),
            ("(vector copySize: 6) _HashedPlaceOf: 7 Free: nil IfFail: fail", "'badTypeError'"),
            (
                "(vector copySize: 8 FillingWith: 1) _HashedPlaceOf: 7 Free: nil IfFail: fail",
                "'badIndexError'",
            ),
        ],
    );
}

#[test]
fn an_assignable_slot_has_both_its_names() {
    let mut world = World::standard();
    let names = "_Mirror _MirrorNames";
    let mirror = "IsParent: false IsArgument: false Annotation: ''";
    let assignment = "((| y |) _Mirror _MirrorContentsAt: 'y:')";
    let method = "((| m = (3 + 4) |) _Mirror _MirrorContentsAt: 'm')";
    let lines = [
        ("((| x <- 1 |) _AddSlotsIfAbsent: (| x: v = ( v ) |)) x: 5. 1", "1"),
        (&format!("((| x <- 1 |) _AddSlotsIfAbsent: (| x: v = ( v ) |)) {names}"), "a vector('x', 'x:')"),
        ("((| x: v = ( v ) |) _AddSlotsIfAbsent: (| x <- 1 |)) x: 7", "7"),
        ("(((| x: v = ( v ) |) _AddSlots: (| x <- 1 |)) x: 7) x", "7"),
        (&format!("((| x: v = ( v ) |) _AddSlots: (| x <- 1 |)) {names}"), "a vector('x', 'x:')"),
        ("((| x <- 1 |) _AddSlots: (| x: v = ( v ) |)) _Mirror _MirrorIsAssignableAt: 'x'", "false"),
        (
            &format!(
                "(((| x: v = ( v ). x = 2 |) _Mirror _MirrorCopyAt: 'x:' Put: {assignment} {mirror}) _MirrorReflectee x: 8) x"
            ),
            "8",
        ),
        (
            &format!("((| x <- 1 |) _Mirror _MirrorCopyAt: 'x' Put: {method} {mirror}) _MirrorReflectee x"),
            "7",
        ),
        (
            &format!(
                "((| m = (3 + 4) |) _Mirror _MirrorCopyAt: 'm:' Put: {assignment} {mirror} IfFail: [|:e| e])"
            ),
            "'unassignableSlotError'",
        ),
        (&format!("(| x <- 1 |) _Mirror _MirrorDefine: {assignment} IfFail: [|:e| e]"), "'badTypeError'"),
        (
            "(| x <- 1 |) _Mirror _MirrorDefine: (_ThisProcess _ActivationAt: 0) IfFail: [|:e| e]",
            "'badTypeError'",
        ),
    ];
    check(&mut world, &lines);
}

#[test]
fn slots_of_methods_keep_their_annotations() {
    let mut world = World::standard();
    let lines = [
        (
            "((| m = (| {'la' t <- 3}. {'lb' {'c' u = 4}}| t) |) _Mirror _MirrorContentsAt: 'm') _MirrorAnnotationAt: 'u'",
            "'lb\\x7fc'",
        ),
        (
            "('| {\\'g\\' a = 3. b} | 3' _ParseObjectFileName: 'f' ErrorObj: nil) _MirrorAnnotationAt: 'b'",
            "'g'",
        ),
        ("((| m: a = (| {'l' t} | a) |) _Mirror _MirrorContentsAt: 'm:') _MirrorAnnotationAt: 'a'", "''"),
        ("([| {'la' t <- 3} | t] _Mirror _MirrorContentsAt: 'value') _MirrorAnnotationAt: 't'", "'la'"),
        (
            "(('| {\\'g\\' a <- 3 } | a' _ParseObject _MirrorCopyAt: 'b' Put: 4 _Mirror IsParent: false IsArgument: false Annotation: 'z') _MirrorSource)",
            "'| {\\'g\\' a <- 3. } {\\'z\\' b = 4. } |  a'",
        ),
    ];
    check(&mut world, &lines);
}

#[test]
fn resends_and_local_parents() {
    let mut world = World::standard();
    let ambiguous = "More than one 'bar' slot was found in a slots object.";
    let lines = [
        (
            "(| parent* = lobby. + n = ( 5 ). m = (resend._IntAdd: 3 IfFail: [|:e| e]) |) m",
            Ok("'badTypeError'"),
        ),
        ("3 _AddSlots: (| x |) IfFail: [|:e| e]", Ok("'badTypeError'")),
        ("(| parent* = lobby. m = (| p* = (| bar = 1 |). q* = (| bar = 2 |) | bar) |) m", Err(ambiguous)),
        (
            "(| parent* = lobby. m = (| p* = (| p* = (| bar = 1 |). q* = (| bar = 2 |) |) | bar) |) m",
            Err(ambiguous),
        ),
        ("(| i* = (| bar = 1 |). j* = (| bar = 2 |). m = (| p* = (| bar = 3 |) | bar) |) m", Err(ambiguous)),
        ("(| parent* = lobby. bar = 7. m = (| p* = (| bar = 3 |) | bar) |) m", Ok("7")),
        ("(| parent* = lobby. m = (| p* = (| bar = 3 |) | [ bar ] value) |) m", Ok("3")),
        (
            "lobby _AddSlots: (| ring = (| p* <- nil. foo = (resend.foo) |) |). ring p: ring. ring foo",
            Err("No 'foo' slot found in ring."),
        ),
        ("3 _Perform: 'foo:' Bar: 3 IfFail: [|:e| e]", Ok("'primitiveNotDefinedError'")),
        ("3 _Perform: '+' DelegatingTo: traits smallInt With: 4", Ok("7")),
        ("3 _Perform: 'Foo'", Err("The selector 'Foo' could not be sent to 3")),
        ("3 _Perform: 'a b'", Err("The selector 'a b' could not be sent to 3")),
        (
            "(| undefinedSelector: s Type: t Delegatee: d MethodHolder: m Arguments: a = (s) |) _IntAdd: 4",
            Ok("'primitiveFailedError:Name:'"),
        ),
        (
            "(| parent* = (| undefinedSelector: s Type: t Delegatee: d MethodHolder: m Arguments: a = (m) |). \
              x = 3. u = (_PerformResend: 'zork') |) u x",
            Ok("3"),
        ),
    ];
    for (line, expected) in lines {
        match (world.enter(line.as_bytes()).1, expected) {
            (Answer::Value(text), Ok(wanted)) => assert_eq!(text, wanted, "{line}"),
            (Answer::Error(text), Err(part)) => assert!(text.contains(part), "{line}: {text}"),
            (answer, _) => panic!("{line}: {answer:?}"),
        }
    }
}

#[test]
fn knobs_answer_what_the_real_world_needs() {
    let mut world = World::bare();
    check(
        &mut world,
        &[
            ("3 _Interpret", "3"),
            ("(_WizardMode _Eq: lobby) _Eq: (_Interpret _Eq: lobby)", "true"),
            ("(| m = (_Interpret) |) m", "false"),
            ("(| m = (_Compilers _Size) |) m", "0"),
            ("(| m = (_MemoryVMReservedAmount _IntAdd: 1) |) m", "1"),
            ("_MemoryExpandHeap: 4096", "4096"),
            ("'self_int' _BitSize", "62"),
            ("0.0 _sinh", "0.0"),
            ("8.0 _log2base2Log", "3.0"),
        ],
    );
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("[| p | p: [ 3 ] fork. p join. p _StackDepthIfFail: [|:e| e]] value", "'noProcessError'"),
            ("[| p | p: [ 3 ] fork. p join. p _ActivationStackIfFail: [|:e| e]] value", "'noProcessError'"),
            ("_ThisProcess _Clone _Eq: _ThisProcess", "false"),
            (
                "_ThisProcess _NewProcessSize: 9 Receiver: 3 Selector: '' Arguments: nil IfFail: [|:e| e]",
                "'primitiveFailedError'",
            ),
            (
                "shell _AddSlots: (| v = byteVector copySize: 8 |). v _BigEndianSignedIntSize: 32 At: 2 Put: -2. 1",
                "1",
            ),
            ("v _BigEndianSignedIntSize: 32 At: 2", "-2"),
            ("v _BigEndianUnsignedIntSize: 16 At: 4", "65534"),
            ("v _LittleEndianUnsignedIntSize: 16 At: 4", "65279"),
            (
                "(| m: a = (| l <- 3 | (_ThisProcess _ActivationAt: 0) _MirrorIsArgumentAt: 'a') |) m: 4",
                "true",
            ),
            (
                "(| m: a = (| l <- 3 | (_ThisProcess _ActivationAt: 0) _MirrorIsAssignableAt: 'l') |) m: 4",
                "true",
            ),
            (
                "[| e | e: parser syntaxError copy. '3 + ' _ParseObjectFileName: 'x' ErrorObj: e IfFail: [ ^ e message ]] value",
                "'premature end of input'",
            ),
            (
                "[| e | e: parser syntaxError copy. '3 )' _ParseObjectFileName: 'x' ErrorObj: e IfFail: [ ^ e errorColumn ]] value",
                "3",
            ),
        ],
    );
}

#[test]
fn methods_change_in_their_place() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. o = (| parent* = traits oddball. m = (| {'a' l <- 3} | l + 1). n: x = ( x ) |).
                    p = (| parent* = traits oddball. q = ( self again ). again = ( 1 ) |).
                    mirror = ( o _Mirror _MirrorContentsAt: 'm' ) |). o m",
                "4",
            ),
            ("mirror _MirrorDefine: (mirror _MirrorCopyAnnotation: 'told'). mirror _MirrorAnnotation", "'told'"),
            ("o m", "4"),
            ("mirror _MirrorDefine: (mirror _MirrorCopyAt: 'l' Put: 7 _Mirror IsParent: false IsArgument: false Annotation: 'b'). o m", "8"),
            ("mirror _MirrorAnnotationAt: 'l'", "'b'"),
            ("mirror _MirrorDefine: (mirror _MirrorCopyAnnotation: p). mirror _MirrorAnnotation == p", "true"),
            (
                "(mirror _MirrorCopyAt: 'k' Put: 7 _Mirror IsParent: false IsArgument: false Annotation: '') _MirrorAnnotation == p",
                "true",
            ),
            (
                "o _Mirror _MirrorCopyAt: 'k' Put: mirror IsParent: true IsArgument: false Annotation: '' IfFail: fail",
                "'parentError'",
            ),
            (
                "o _Mirror _MirrorCopyAt: 'k' Put: ((| e |) _Mirror _MirrorContentsAt: 'e:') IsParent: false IsArgument: false Annotation: '' IfFail: fail",
                "'argumentCountError'",
            ),
            ("mirror _MirrorDefine: (o _Mirror _MirrorContentsAt: 'n:') IfFail: fail", "'badTypeError'"),
            ("mirror _MirrorDefine: o _Mirror IfFail: fail", "'badTypeError'"),
            ("o _Mirror _MirrorDefine: mirror IfFail: fail", "'badTypeError'"),
            // What runs goes on, what is called next is the new one.
            (
                "(| parent* = lobby. c <- 0. new = ( c: c + 10. 0 ).
                    m = ( c: c + 1. (_Mirror _MirrorContentsAt: 'm') _MirrorDefine: (_Mirror _MirrorContentsAt: 'new'). m. c ) |) m",
                "11",
            ),
        ],
    );
    world.vm.collect_full();
    assert_eq!(world.vm.verify_heap(), Ok(()));
    check(&mut world, &[("o m", "8")]);
}

#[test]
fn prototypes_of_mirrors_show_samples() {
    let mut world = World::bare();
    check(
        &mut world,
        &[
            ("smiMirror _MirrorReflectee", "0"),
            ("vectorMirror _MirrorReflectee _Eq: vector", "true"),
            ("processMirror _MirrorReflectee _Eq: process", "true"),
            ("mirrorMirror _MirrorReflectee _Eq: slotsMirror", "true"),
            ("assignmentMirror _MirrorReflecteeEq: ((| e |) _Mirror _MirrorContentsAt: 'e:')", "true"),
            (
                "((| x = 3 |) _Mirror _MirrorCopyAt: 'x:' Put: assignmentMirror IsParent: false IsArgument: false Annotation: '') \
                  _MirrorIsAssignableAt: 'x'",
                "true",
            ),
            (
                "(vector _Clone: 1 Filler: 3 _Mirror) _EnumerateVectorReferencesLimit: 1.0e30 IfFail: [|:e. :n| e]",
                "'enumerationTargetError'",
            ),
        ],
    );
}
