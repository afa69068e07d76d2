//! What the machine does itself, it does only while the world means the same: every change reaches it, and so does the change back.

use batos_tests::world::{Answer, World};

fn value(world: &mut World, line: &str) -> String {
    match world.enter(line.as_bytes()).1 {
        Answer::Value(text) => text,
        Answer::Error(text) => panic!("{line}: {text}"),
    }
}

#[test]
fn counting_with_a_changed_do() {
    let mut world = World::standard();
    value(
        &mut world,
        "globals _AddSlots: (| counter = (| parent* = lobby. count = (| s <- 0 | 5 do: [ |:i| s: s + i ]. s ) |) |)",
    );
    assert_eq!(value(&mut world, "counter count"), "10");
    value(&mut world, "traits smallInt _AddSlots: (| do: b = ( b value: 7 With: 8. self ) |)");
    assert_eq!(value(&mut world, "counter count"), "7");
    value(&mut world, "traits smallInt _RemoveSlot: 'do:'");
    assert_eq!(value(&mut world, "counter count"), "10");
}

#[test]
fn tables_with_changed_methods() {
    let mut world = World::standard();
    value(
        &mut world,
        "globals _AddSlots: (| probes <- 0. tables = (| parent* = lobby.
            use: d = ( d at: 1 Put: 2. (d at: 1 IfAbsent: 3) + (d at: 'x' IfAbsent: [ 5 ]) ) |) |)",
    );
    let used = "(tables use: dictionary copyRemoveAll) printString, ' ', probes printString";
    assert_eq!(value(&mut world, used), "'7 0'");
    value(
        &mut world,
        "traits dictionary _AddSlots: (| placeOf: k = ( (k == 1) || [ k = 'x' ] ifTrue: [ probes: probes + 1 ]. resend.placeOf: k ) |)",
    );
    assert_eq!(value(&mut world, used), "'7 3'");
    value(&mut world, "traits dictionary _RemoveSlot: 'placeOf:'");
    assert_eq!(value(&mut world, used), "'7 3'");
    // Strings that hash in another way are no longer hashed by the machine.
    value(
        &mut world,
        "traits string _AddSlots: (| hash = ( (self == 'x') ifTrue: [ probes: probes + 1 ]. 3 ) |)",
    );
    assert_eq!(value(&mut world, used), "'7 4'");
    value(&mut world, "traits string _AddSlots: (| hash = ( _ByteVectorHash ) |)");
    // Another mark of free places.
    value(
        &mut world,
        "globals _AddSlots: (| other = (| parent* = traits dictionary. free = 17.
        keyTable <- vector copySize: 8 FillingWith: 17. valueTable <- vector copySize: 8. count <- 0 |) |)",
    );
    assert_eq!(value(&mut world, "(tables use: other clone) printString"), "'7'");
    assert_eq!(value(&mut world, "(other clone at: 17 IfAbsent: [ 'free' ])"), "'free'");
}

#[test]
fn what_value_answers_may_change() {
    let mut world = World::standard();
    value(
        &mut world,
        "globals _AddSlots: (| asking = (| parent* = lobby. ask = ( dictionary copyRemoveAll at: 1 IfAbsent: 5 ) |) |)",
    );
    // The same map, but parents of their own.
    value(
        &mut world,
        "globals _AddSlots: (| one = (| parent* <- (| value = ( self ) |). n = 1 |) |). globals _AddSlots: (| other <- nil |).
         globals _AddSlots: (| absent = (| parent* = lobby. of: x = ( dictionary copyRemoveAll at: 1 IfAbsent: x ) |) |).
         other: one _Clone. other parent: (| value = 7 |)",
    );
    for _ in 0..3 {
        assert_eq!(
            value(&mut world, "((absent of: one) _Eq: one) printString, ' ', (absent of: other) printString"),
            "'true 7'"
        );
    }
    for _ in 0..3 {
        assert_eq!(value(&mut world, "asking ask"), "5");
    }
    value(&mut world, "traits smallInt _AddSlots: (| value = ( self + 1 ) |)");
    assert_eq!(value(&mut world, "asking ask"), "6");
    value(&mut world, "traits smallInt _RemoveSlot: 'value'");
    assert_eq!(value(&mut world, "asking ask"), "5");
}
