//! Primitives that the world itself does not need, but real Self's library calls: what they answer, and the words they fail with.

use batos_tests::world::{Answer, World, check};

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
            ("(b _CFloatDouble: true At: 8 Put: 0.3) _CDoubleAt: 8", "0.3"),
            ("(b _CFloatDouble: false At: 4 Put: 2.5) _CFloatDouble: false At: 4", "2.5"),
            ("b _CFloatDouble: true At: 9 IfFail: fail", "'badIndexError'"),
            ("b _CFloatDouble: 3 At: 0 IfFail: fail", "'badTypeError'"),
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
            // Programming counts, whatever came of it; what failed does not.
            (
                "[| t | t: _ProgrammingTimestamp. o _AddSlots: 3. t _Eq: _ProgrammingTimestamp ] value",
                "false",
            ),
            ("[| t | t: _ProgrammingTimestamp. o _Define: o. t _Eq: _ProgrammingTimestamp ] value", "false"),
            (
                "[| t | t: _ProgrammingTimestamp. 3 _AddSlots: o IfFail: 0. t _Eq: _ProgrammingTimestamp ] value",
                "true",
            ),
        ],
    );
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
fn who_refers_to_many() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. target = (| parent* = traits oddball |). one = (| parent* = traits oddball. r |). two = (| parent* = traits oddball. r |). all |). one r: target. two r: target. 1",
                "1",
            ),
            // The slots of the shell, of one and of two; of the vector nothing is told.
            // Together, each once: the shell and `one` are told for several reasons.
            ("one _AddSlots: (| also |). one also: two. one r: target. two r: target. 1", "1"),
            (
                "all: ((target & two) asVector _EnumerateVectorReferencesLimit: 100). all asSet size = all size",
                "true",
            ),
            ("(all copyMappedBy: [|:m| m reflectee]) includes: one", "true"),
            ("(all copyMappedBy: [|:m| m reflectee]) includes: two", "true"),
            ("(all copyMappedBy: [|:m| m reflectee]) includes: shell", "true"),
            ("((target & two) asVector _EnumerateVectorReferencesLimit: 1) size", "1"),
            ("((target & two) asVector _EnumerateVectorReferencesLimit: 0) size", "0"),
            // What only an activation holds counts, and so do mirrors.
            (
                "[ | o. h. m. all | o: (| |). h: (| x = 1. y |) _Clone. h y: o. m: o _Mirror. all: ((vector copyAddLast: m) _EnumerateVectorReferencesLimit: 100). (all size = 2) && [ (all includes: h _Mirror) && [ all includes: m _Mirror ] ] ] value",
                "true",
            ),
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

/// Images hold tables that were filled by these numbers: they stay as they are for ever.
#[test]
fn hashes_and_places_that_images_rely_on() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("'abc' hash", "1040888010961589620"),
            ("'' hash", "918498814959166002"),
            ("'äöü' hash", "851958645882362889"),
            ("('x' * 1000) hash", "1016367785016773932"),
            ("'abc' identityHash", "249169414"),
            ("12345678901234567890 hash", "997740029028887723"),
            ("1.5 hash", "614139677718829935"),
            ("-7 hash", "-7"),
            ("(3 @ 4) hash", "59321389562274997"),
            ("shell _AddSlots: (| t = vector copySize: 16 FillingWith: nil |). 1", "1"),
            ("t _TablePlaceOf: 'abc' Free: nil", "3"),
            ("t _TablePlaceOf: 1000003 Free: nil", "12"),
            ("t _TablePlaceOf: -1 Free: nil", "1"),
            ("t _TableHomeOf: 77", "2"),
            // As worlds did before,
            ("t _HashedPlaceOf: 'abc' Free: nil", "15"),
            ("t _HashedPlaceOf: 1000003 Free: nil", "1"),
            // and as the first ones did.
            ("t _PlaceOf: 'abc' Free: nil", "13"),
            ("t _PlaceOf: 1000003 Free: nil", "11"),
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
fn hashes_of_strings_outlive_them() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| text = (| parent* = lobby. m = ( ('quite an un', 'usual word') canonicalize _IdentityHash ) |). before |). 1",
                "1",
            ),
            ("before: text m. before = text m", "true"),
            // Others take hashes between, and nobody holds the string.
            ("100 do: [ () _Clone _IdentityHash ]. lobby _GarbageCollect. before = text m", "true"),
            ("('quite an unusual wor' _IdentityHash) = before", "false"),
        ],
    );
}

#[test]
fn adding_what_is_absent_replaces_the_annotation() {
    check(
        &mut World::standard(),
        &[
            (
                "shell _AddSlots: (| o = (| {} = 'old'. x = 1 |) |). o _AddSlotsIfAbsent: (| {} = 'new'. x = 2. y = 3 |). o x + o y",
                "4",
            ),
            ("o _Mirror _MirrorAnnotation", "'new'"),
            ("o _AddSlotsIfAbsent: (| z = 4 |). o _Mirror _MirrorAnnotation", "'new'"),
        ],
    );
}

#[test]
fn files_by_name_as_the_system_has_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| format!("'{}'", folder.path().join(name).display());
    let (dir, moved, file) = (at("d"), at("e"), at("f"));
    std::fs::write(folder.path().join("f"), "0123456789").expect("a file");
    check(
        &mut World::standard(),
        &[
            ("shell _AddSlots: (| fail = [|:e. :n| e] |). 1", "1"),
            (&format!("{dir} _Access: 0 IfFail: fail"), "'ENOENT'"),
            (&format!("{dir} _Mkdir: 8r755 IfFail: fail"), "0"),
            (&format!("{dir} _Mkdir: 8r755 IfFail: fail"), "'EEXIST'"),
            (&format!("{dir} _Access: 7 IfFail: fail"), "0"),
            (&format!("{dir} _Access: 99 IfFail: fail"), "'EINVAL'"),
            (&format!("{dir} _Access: 'r' IfFail: fail"), "'badTypeError'"),
            ("3 _Access: 0 IfFail: fail", "'badTypeError'"),
            (&format!("{dir} _Rename: {moved} IfFail: fail"), "0"),
            (&format!("{dir} _Rename: {moved} IfFail: fail"), "'ENOENT'"),
            (&format!("{dir} _RmdirIfFail: fail"), "'ENOENT'"),
            (&format!("{moved} _RmdirIfFail: fail"), "0"),
            (&format!("{file} _RmdirIfFail: fail"), "'ENOTDIR'"),
            (&format!("{file} _unlinkbasicUnlinkIfFail: fail"), "0"),
            (&format!("{file} _unlinkbasicUnlinkIfFail: fail"), "'ENOENT'"),
            ("(lobby _getcwd_wrapgetcwd) isEmpty", "false"),
        ],
    );
}

#[test]
fn what_there_is_in_the_world() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. all. names = (| parent* = lobby. find: n = ( ((vector copyAddLast: n) _EnumerateVectorImplementorsLimit: 100) ) |). o = (| aRarity <- 1. m = (| aRarity2. aRarity3 = 4 | aRarity2 ) |) |). 1",
                "1",
            ),
            // An object with such a slot, by its name and by that of its assignment.
            ("(names find: 'aRarity') size", "1"),
            ("(names find: 'aRarity') first = o _Mirror", "true"),
            ("(names find: 'aRarity:') first = o _Mirror", "true"),
            // A method with such a local; what is constant has no assignment.
            ("(names find: 'aRarity2:') first = ((o _Mirror) _MirrorContentsAt: 'm')", "true"),
            ("(names find: 'aRarity3') size", "1"),
            ("(names find: 'aRarity3:') size", "0"),
            ("(names find: 'nobody has this one') size", "0"),
            ("((vector copyAddLast: 'size') _EnumerateVectorImplementorsLimit: 3) size", "3"),
            ("((vector copyAddLast: 'size') _EnumerateVectorImplementorsLimit: 1.0e30) size > 3", "true"),
            ("vector _EnumerateVectorImplementorsLimit: 3 IfFail: fail", "'enumerationTargetError'"),
            (
                "(vector copyAddLast: 3) _EnumerateVectorImplementorsLimit: 3 IfFail: fail",
                "'enumerationTargetError'",
            ),
            ("3 _EnumerateVectorImplementorsLimit: 3 IfFail: fail", "'badTypeError'"),
            ("vector _EnumerateVectorImplementorsLimit: -1 IfFail: fail", "'badSignError'"),
            ("(_EnumerateAllLimit: 1000) size", "1000"),
            ("(_EnumerateAllLimit: 0) size", "0"),
            ("all: (_EnumerateAllLimit: 1.0e30). (all includes: o _Mirror) && [ all size > 10000 ]", "true"),
            (
                "(all includes: ((o _Mirror) _MirrorContentsAt: 'm')) && [ all includes: 'aRarity' _Mirror ]",
                "true",
            ),
            ("_EnumerateAllLimit: 'x' IfFail: fail", "'badTypeError'"),
        ],
    );
    assert_eq!(world.vm.verify_heap(), Ok(()));
}

#[test]
fn knobs_of_another_machine() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("shell _AddSlots: (| fail = [|:e. :n| e]. was |). 1", "1"),
            // Told another value they answer the one before, and can be put back.
            ("was: (_MaxFnInlineSize: 16). _MaxFnInlineSize: was. was = _MaxFnInlineSize", "true"),
            ("was: (_PrintScavenge: true). _PrintScavenge: was. was", "false"),
            ("_NumObjectIDs", "1000"),
            ("_NumObjectIDs: 1 IfFail: fail", "'badSignError'"),
            ("_NumObjectIDs: true IfFail: fail", "'badTypeError'"),
            ("_CanonicalizeMaps: 3 IfFail: fail", "'badTypeError'"),
            ("_GenArgCountBytecode", "true"),
            ("_UseLocalAccessBytecodes", "false"),
        ],
    );
}

#[test]
fn what_the_system_tells_of_a_file() {
    let home = tempfile::tempdir().expect("a directory");
    let path = home.path().join("text");
    std::fs::write(&path, "twelve bytes").expect("a file");
    let link = home.path().join("link");
    std::os::unix::fs::symlink(&path, &link).expect("a link");
    let (folder, path, link) = (home.path().display(), path.display(), link.display());
    let tell = |verb: &str, of: &dyn std::fmt::Display, what: &str| {
        format!("('{of}' _{verb}_wrapper{verb}ResultProxy: proxy _Clone) _{what}")
    };
    let opened = format!(
        "f: proxy _Clone. '{path}' _open_wrapbasicOpenFileNameFlags: 0 Mode: 0 ResultProxy: f. s: (f _fstat_wrapperfstatResultProxy: proxy _Clone). s _stat_type_st_sizest_size"
    );
    let same = format!("(s _stat_type_st_inost_ino) = ({})", tell("stat", &path, "stat_type_st_inost_ino"));
    let none = format!("'{path}.no' _stat_wrapperstatResultProxy: proxy _Clone IfFail: fail");
    let modified = tell("stat", &path, "stat_st_mtime_wrapperst_mtime");
    let recent = format!("(({modified}) _At: 0) - (_TimeReal _At: 0)");
    let mut world = World::standard();
    check(
        &mut world,
        &[
            ("shell _AddSlots: (| fail = [|:e. :n| e]. f. s |). 1", "1"),
            (&tell("stat", &path, "stat_type_st_sizest_size"), "12"),
            (&tell("stat", &link, "stat_type_st_sizest_size"), "12"),
            (&tell("stat", &link, "s_islnk_wrappers_islnk"), "false"),
            (&tell("lstat", &link, "s_islnk_wrappers_islnk"), "true"),
            (&tell("stat", &path, "s_isreg_wrappers_isreg"), "true"),
            (&tell("stat", &folder, "s_isdir_wrappers_isdir"), "true"),
            (&tell("stat", &"/dev/null", "s_ischr_wrappers_ischr"), "true"),
            (&opened, "12"),
            (&same, "true"),
            (&recent, "0"),
            (&none, "'ENOENT'"),
            // A status is no open file, and a file no status.
            ("s _MYSELFfileDescriptorIfFail: fail", "'deadProxyError'"),
            ("f _stat_type_st_sizest_sizeIfFail: fail", "'deadProxyError'"),
            ("s _ForeignIsLive", "true"),
            ("s _SamePointerAs: f", "false"),
            ("f _fstat_wrapperfstatResultProxy: s IfFail: fail", "'liveProxyError'"),
            ("s _stat_type_deletedelete. s _ForeignIsLive", "false"),
            ("s _stat_type_deletedeleteIfFail: fail", "'deadProxyError'"),
            ("3 _stat_type_st_sizest_sizeIfFail: fail", "'badTypeError'"),
        ],
    );
}

#[test]
fn a_world_in_memory_is_written_to_a_file() {
    let home = tempfile::tempdir().expect("a directory");
    let path = home.path().join("world.batos");
    let mut world = World::bare();
    let write = format!("_AddSlots: (| kept = (| x <- 7 |) |). '{}' _WriteSnapshot", path.display());
    let (_, answer) = world.enter(write.as_bytes());
    assert_eq!(answer, Answer::Value(format!("'{}'", path.display())));
    // One that is there already stays.
    let again = format!("'{}' _WriteSnapshotIfFail: [|:e. :n| e _ByteAt: 0]", path.display());
    check(&mut world, &[(&again, "112")]);
    let host = batos_machine::host::Host::new(Box::new(batos_tests::world::Kept::default()));
    let mut vm =
        batos_machine::vm::Vm::open(&path, &batos_image::image::OpenImage::write(), host).expect("it opens");
    assert_eq!(vm.verify_heap(), Ok(()));
}
