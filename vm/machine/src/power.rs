//! What the computer runs on: its batteries as the system tells of them. Knows nothing of worlds.

use std::fs;
use std::path::Path;

/// Where Linux lists supplies of power, a folder each.
pub const SUPPLIES: &str = "/sys/class/power_supply";

/// The state of the batteries of this computer, taken together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Battery {
    /// One of them is being emptied: there is no other supply.
    pub drains: bool,
    /// How full the emptiest is, 0 to 100.
    pub percent: u8,
}

/// The batteries listed in a folder; nothing where there are none. Those of mice and the like do not count.
pub fn battery(supplies: &Path) -> Option<Battery> {
    let mut found: Option<Battery> = None;
    for supply in fs::read_dir(supplies).ok()?.flatten() {
        let text =
            |name: &str| fs::read_to_string(supply.path().join(name)).unwrap_or_default().trim().to_owned();
        if text("type") != "Battery" || text("scope") == "Device" {
            continue;
        }
        let one = Battery {
            drains: text("status") == "Discharging",
            percent: text("capacity").parse().unwrap_or(0).min(100),
        };
        found = Some(found.map_or(one, |other| Battery {
            drains: one.drains || other.drains,
            percent: one.percent.min(other.percent),
        }));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(folder: &Path, supply: &str, files: &[(&str, &str)]) {
        let folder = folder.join(supply);
        fs::create_dir(&folder).expect("a folder");
        for (name, text) in files {
            fs::write(folder.join(name), format!("{text}\n")).expect("a file");
        }
    }

    #[test]
    fn a_computer_has_batteries_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(battery(&folder.path().join("nothing")), None);
        put(folder.path(), "AC", &[("type", "Mains"), ("online", "1")]);
        put(
            folder.path(),
            "mouse",
            &[("type", "Battery"), ("scope", "Device"), ("status", "Discharging"), ("capacity", "3")],
        );
        assert_eq!(battery(folder.path()), None);
        put(folder.path(), "BAT0", &[("type", "Battery"), ("status", "Full"), ("capacity", "100")]);
        assert_eq!(battery(folder.path()), Some(Battery { drains: false, percent: 100 }));
        put(folder.path(), "BAT1", &[("type", "Battery"), ("status", "Discharging"), ("capacity", "41")]);
        assert_eq!(battery(folder.path()), Some(Battery { drains: true, percent: 41 }));
    }
}
