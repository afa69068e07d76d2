//! `batos image diff`: what differs between two commits.

use std::path::Path;

use batos_image::heap::HeapOptions;
use batos_image::image::{Image, OpenImage};
use batos_image::store::CommitId;
use batos_machine::difference::{Difference, compare};
use serde_json::json;

use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::terminal::{self, Colours, Ink};
use crate::world;

/// Prints what differs.
pub fn diff(file: &Path, from: u64, to: Option<u64>, as_json: bool) -> Outcome {
    let (image, head) = Image::open(file, &OpenImage::read_only()).map_err(|e| world::failure(file, e))?;
    let at = |commit: u64| {
        image.heap_at(CommitId(commit), HeapOptions::default()).map_err(|e| {
            Failure::new(Status::Image, e)
                .help(format!("`batos image log {}` lists the commits", file.display()))
        })
    };
    let before = at(from)?;
    let after = match to {
        Some(to) => at(to)?,
        None => head,
    };
    let found = compare(&before, &after);
    if as_json {
        let list: Vec<_> =
            found.iter().map(|d| json!({ "path": d.path, "before": d.before, "after": d.after })).collect();
        terminal::print_json(&list);
        return Ok(());
    }
    print(&found, Colours::stdout());
    Ok(())
}

/// Prints differences for people: what was there with a minus, what is there now with a plus. Methods line by line, where
/// both sides have one.
pub fn print(found: &[Difference], colours: Colours) {
    for d in found {
        if let Some((before, after)) = &d.sources {
            say!("{}", colours.paint(Ink::Strong, &d.path));
            for (mark, line) in lines(before, after) {
                let ink = match mark {
                    '-' => Ink::Error,
                    '+' => Ink::Good,
                    _ => Ink::Quiet,
                };
                say!("{}", colours.paint(ink, &format!("  {mark} {line}")));
            }
            continue;
        }
        if let Some(before) = &d.before {
            say!("{}", colours.paint(Ink::Error, &format!("- {} = {before}", d.path)));
        }
        if let Some(after) = &d.after {
            say!("{}", colours.paint(Ink::Good, &format!("+ {} = {after}", d.path)));
        }
    }
}

/// Most lines of a method that are compared one by one.
const COMPARED: usize = 400;

/// Lines of two texts, marked: those on the left only, on the right only, on both sides. The longest common part stays.
fn lines<'a>(before: &'a str, after: &'a str) -> Vec<(char, &'a str)> {
    let (a, b): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    if a.len() > COMPARED || b.len() > COMPARED {
        return a.into_iter().map(|l| ('-', l)).chain(b.into_iter().map(|l| ('+', l))).collect();
    }
    let mut common = vec![vec![0u32; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i][j] = if a[i].trim() == b[j].trim() {
                common[i + 1][j + 1] + 1
            } else {
                common[i + 1][j].max(common[i][j + 1])
            };
        }
    }
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i].trim() == b[j].trim() {
            found.push((' ', b[j]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || i < a.len() && common[i + 1][j] >= common[i][j + 1] {
            found.push(('-', a[i]));
            i += 1;
        } else {
            found.push(('+', b[j]));
            j += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_lines_stay() {
        let marks = |a, b| lines(a, b).into_iter().map(|(m, l)| format!("{m}{l}")).collect::<Vec<_>>();
        assert_eq!(marks("a\nb\nc", "a\nx\nc"), [" a", "-b", "+x", " c"]);
        assert_eq!(marks("", "a"), ["+a"]);
    }
}
