//! Mirrors and the code behind them, through their primitives.

use batos_tests::world::{World, check};

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
                "'|:x. :y| x + y'",
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
        // Any bytes.
        (
            "(((| m = (| {'\\xe9' t} | t) |) _Mirror _MirrorContentsAt: 'm') _MirrorAnnotationAt: 't') byteAt: 0",
            "233",
        ),
        ("([| {'la' t <- 3} | t] _Mirror _MirrorContentsAt: 'value') _MirrorAnnotationAt: 't'", "'la'"),
        (
            "(('| {\\'g\\' a <- 3 } | a' _ParseObject _MirrorCopyAt: 'b' Put: 4 _Mirror IsParent: false IsArgument: false Annotation: 'z') _MirrorSource)",
            "'| {\\'g\\' a <- 3. } {\\'z\\' b = 4. } |  a'",
        ),
    ];
    check(&mut world, &lines);
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

#[test]
fn old_worlds_see_the_brackets_of_methods() {
    let source = "((((| m = (3 + 4) |) _Mirror) _MirrorContentsAt: 'm') _MirrorSource) _StringPrint";
    let mut world = World::bare();
    assert_eq!(world.enter(source.as_bytes()).0, "3 + 4");
    // What only worlds of ours ask for; they came to know `_MirrorText` later.
    world.enter(b"lobby _AddSlots: (| big = ( 3 _SmiAsBigInt ) |)");
    assert_eq!(world.enter(source.as_bytes()).0, "(3 + 4)");
    world.enter(b"lobby _AddSlots: (| text = ( _MirrorTextIfFail: '' ) |)");
    assert_eq!(world.enter(source.as_bytes()).0, "3 + 4");
}

#[test]
fn code_as_the_byte_codes_of_another_machine() {
    let mut world = World::standard();
    check(
        &mut world,
        &[
            (
                "shell _AddSlots: (| fail = [|:e. :n| e]. o = (| m = (| x | x: 3. x + 4 ). b = ( foo: [|:a| [ a ] value: (| y = 5 |)] ). big = ( 123456789012345678901234567890 ) |). codes. lits. at: n = ( (o _Mirror) _MirrorContentsAt: n ) |). 1",
                "1",
            ),
            // New set; 3; one argument; x:; pop; x; 4; one argument; +
            ("((at: 'm') _MirrorCodes) = '\\xd0\\x10\\xd1\\x31\\x41\\x32\\x13\\xd1\\x24'", "true"),
            ("(at: 'm') _MirrorLiterals", "a vector(3, 'x:', 'x', 4, '+')"),
            ("((at: 'big') _MirrorLiterals) first = 123456789012345678901234567890", "true"),
            // Literals that are blocks can be looked into.
            ("lits: ((at: 'b') _MirrorLiterals). lits size", "2"),
            ("(lits first) _Mirror _MirrorNames", "a vector('parent', 'value:')"),
            ("lits: ((lits first _Mirror _MirrorContentsAt: 'value:') _MirrorLiterals). lits size", "3"),
            ("((lits at: 0) _Mirror _MirrorContentsAt: 'value') _MirrorLiterals", "a vector('a')"),
            ("(lits at: 1) y", "5"),
            ("((at: 'm') _MirrorLiterals _MethodPointer) = (at: 'm')", "true"),
            ("((lits at: 0) _Mirror _MirrorContentsAt: 'value') _MirrorSourceLength", "3"),
            ("((lits at: 0) _Mirror _MirrorContentsAt: 'value') _MirrorSourceOffset", "0"),
            ("3 _Mirror _MirrorSourceLengthIfFail: fail", "'reflectTypeError'"),
            ("3 _Mirror _MirrorCodesIfFail: fail", "'reflectTypeError'"),
            // A method made from the codes of another does the same.
            (
                "(lobby _Mirror) _MirrorEvaluate: (nil _CreateOuterMethodBytecodes: ((((| m = (3 + 4) |) _Mirror) _MirrorContentsAt: 'm') _MirrorCodes) Literals: (((| m = ( 3 + 4 ) |) _Mirror) _MirrorContentsAt: 'm') _MirrorLiterals File: 'f' Line: 1 Source: '')",
                "7",
            ),
            // Names with and without those of assignments, and one name.
            ("(| x <- 1. k = 2. m = ( 3 ) |) _Mirror _MirrorNames", "a vector('k', 'm', 'x', 'x:')"),
            ("(| x <- 1. k = 2. m = ( 3 ) |) _Mirror _MirrorSlotNames", "a vector('k', 'm', 'x')"),
            ("(at: 'm') _MirrorSlotNames", "a vector('x')"),
            ("(| x <- 1 |) _Mirror _MirrorHasSlot: 'x:'", "true"),
            ("(| x <- 1 |) _Mirror _MirrorHasSlot: 'y'", "false"),
            ("(| x <- 1 |) _Mirror _MirrorHasSlot: 3 IfFail: fail", "'badTypeError'"),
            ("'a. b: 3' _ParseObjectIntoPositionTable", "a vector(0, 0, 0, 1, 1, 1, 6, 1, 3, 4, 3, 4)"),
            ("'a. (' _ParseObjectIntoPositionTableIfFail: fail", "'primitiveFailedError'"),
            ("3 _ParseObjectIntoPositionTableIfFail: fail", "'badTypeError'"),
        ],
    );
    assert_eq!(world.vm.verify_heap(), Ok(()));
}
