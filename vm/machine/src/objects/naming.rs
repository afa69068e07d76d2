//! How the machine names objects in traces and messages when it may not ask the world: by the world's rooms, looked at as data.
//!
//! Invariant: reads slots only; nothing is sent, nothing made.

use batos_image::value::Value;

use crate::lookup::{self, slot_content};
use crate::vm::Vm;

/// Rooms of the world, and what a name from there is preceded by.
const ROOMS: &[(&str, &str)] = &[("traits", "traits "), ("mixins", "mixins "), ("globals", "")];

impl Vm {
    /// The name of an object that stands in a room of the world.
    fn room_name(&self, value: Value) -> Option<String> {
        ROOMS.iter().find_map(|(room, before)| Some(format!("{before}{}", self.name_in(room, value)?)))
    }

    /// The name of the slot of a room that holds a value.
    fn name_in(&self, room: &str, value: Value) -> Option<String> {
        let room = self.own_content(self.heap.known.lobby, room)?;
        let slot = self
            .heap
            .map_slots(self.heap.map_of(room))
            .find(|slot| slot_content(&self.heap, room, slot) == value)?;
        Some(String::from_utf8_lossy(self.heap.bytes(slot.name)).into_owned())
    }

    fn own_content(&self, object: Value, name: &str) -> Option<Value> {
        let name = self.heap.symbol_lookup(name.as_bytes())?;
        let slot = self.heap.find_slot(self.heap.map_of(object), name)?;
        Some(slot_content(&self.heap, object, &slot)).filter(|v| !lookup::is_method(&self.heap, *v))
    }

    /// The name of an object with slots: its own if it stands alone in a room, else what it is one of.
    pub(crate) fn family_name(&self, value: Value) -> Option<String> {
        let family = self.own_content(value, "parent").and_then(|parent| self.name_in("traits", parent));
        match family {
            // Of those that are copied the family tells more than the prototype's name.
            Some(family) if !matches!(family.as_str(), "clonable" | "oddball") => {
                let vowel = family.starts_with(['a', 'e', 'i', 'o', 'u']);
                let in_traits = self.name_in("traits", value);
                let own = in_traits.map(|name| format!("traits {name}"));
                own.or_else(|| Some(format!("{} {family}", if vowel { "an" } else { "a" })))
            }
            _ => self.room_name(value),
        }
    }
}
