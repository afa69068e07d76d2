//! `batos image diff`: what differs between two commits.

use std::path::Path;

use batos_image::heap::HeapOptions;
use batos_image::image::{Image, OpenImage};
use batos_image::store::CommitId;
use serde_json::json;

use crate::difference::compare;
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
    let colours = Colours::stdout();
    for d in &found {
        if let Some(before) = &d.before {
            say!("{}", colours.paint(Ink::Error, &format!("- {} = {before}", d.path)));
        }
        if let Some(after) = &d.after {
            say!("{}", colours.paint(Ink::Good, &format!("+ {} = {after}", d.path)));
        }
    }
    Ok(())
}
