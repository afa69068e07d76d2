//! `batos image …`: image files from outside, without running anything in them (but for `new`).

use std::path::Path;

use batos_image::heap::Verified;
use batos_image::image::{FINGERPRINT, Image, OpenImage};
use batos_image::store::format::BRANCH_NAME_BYTES;
use batos_image::store::{
    CommitEntry, CommitId, CommitInfo, CreateError, OpenOptions, Store, VerifyReport, copy_image,
};
use batos_machine::image_file::author;
use batos_machine::legible::{brief, legible};
use serde_json::json;

use super::{diff, file_out};
use crate::args::ImageCommand;
use crate::calendar;
use crate::failure::{Failure, Outcome, Status};
use crate::say;
use crate::terminal::{self, print_json, size_text};
use crate::{paths, world};

/// Does what `batos image` was asked to do.
pub fn image(command: ImageCommand) -> Outcome {
    match command {
        ImageCommand::New { json, force, stdlib, bare, keep, file } => {
            may_make(&file, force)?;
            let message = if bare { "the bare world" } else { "the standard world" };
            let work = terminal::spinner("making the world");
            world::make(&file, bare, stdlib.as_deref(), message)?;
            if let Some(keep) = keep {
                writer(&file)?.set_keep(keep).map_err(|e| failed(&file, e))?;
            }
            work.finish_and_clear();
            told(json, json!({ "file": name_of(&file) }), format_args!("made {}", file.display()))
        }
        ImageCommand::Info { json, file } => info(&file, json),
        ImageCommand::Log { json, limit, file } => log(&file, limit, json),
        ImageCommand::Show { json, file, commit } => show(&file, commit, json),
        ImageCommand::Diff { json, file, from, to } => diff::diff(&file, from, to, json),
        ImageCommand::Verify { json, file } => verify(&file, json),
        ImageCommand::Revert { json, file, commit } => revert(&file, commit, json),
        ImageCommand::Branch { json, remove: true, file, name: Some(name), .. } => {
            remove_branch(&file, &name, json)
        }
        ImageCommand::Branch { json, switch, file, name: Some(name), .. } => {
            branch(&file, &name, switch, json)
        }
        ImageCommand::Branch { json, file, name: None, .. } => branches(&file, json),
        ImageCommand::Keep { json, file, commits } => keep(&file, commits, json),
        ImageCommand::Compact { json, keep, file } => compact(&file, keep, json),
        ImageCommand::Export { json, force, file, to } => {
            copy(&file, &to, force)?;
            told(
                json,
                json!({ "from": name_of(&file), "to": name_of(&to) }),
                format_args!("{} exported to {}", file.display(), to.display()),
            )
        }
        ImageCommand::Import { json, from, to, force } => import(&from, to.as_deref(), force, json),
        ImageCommand::FileOut { file, module } => file_out::file_out(file, module.as_deref()),
        ImageCommand::Recover { file } => recover(&file),
    }
}

fn name_of(file: &Path) -> String {
    file.display().to_string()
}

/// Says what was done, to a person or a program.
fn told(as_json: bool, json: serde_json::Value, text: std::fmt::Arguments<'_>) -> Outcome {
    if as_json {
        print_json(&json)
    } else {
        say!("{text}")
    }
    Ok(())
}

fn failed(file: &Path, error: impl std::fmt::Display) -> Failure {
    let (name, text) = (file.display().to_string(), world::without_number(error.to_string()));
    let help = world::no_room(&text);
    let text = if text.contains(&name) { text } else { format!("{name}: {text}") };
    Failure { help, ..Failure::new(Status::Image, text) }
}

/// Whether a file may be made under this name. An existing one stays until the new one is complete.
fn may_make(file: &Path, force: bool) -> Outcome {
    if !file.exists() {
        return Ok(());
    }
    if !force {
        return Err(Failure::new(Status::Image, format!("{} is there already", file.display()))
            .help("choose another name, or replace it with --force"));
    }
    // A running world must not lose its file: this fails if somebody has it open for writing.
    match Store::open(file, &OpenOptions::write(FINGERPRINT)) {
        Err(error @ batos_image::store::OpenError::Locked(_)) => Err(world::failure(file, error.into())),
        _ => Ok(()),
    }
}

fn open_store(file: &Path, options: OpenOptions) -> Outcome<Store> {
    Store::open(file, &options).map_err(|e| world::failure(file, e.into()))
}

fn reader(file: &Path) -> Outcome<Store> {
    open_store(file, OpenOptions::read_only(FINGERPRINT))
}

fn writer(file: &Path) -> Outcome<Store> {
    open_store(file, OpenOptions::write(FINGERPRINT))
}

fn info(file: &Path, as_json: bool) -> Outcome {
    let (image, heap) = Image::open(file, &OpenImage::read_only()).map_err(|e| world::failure(file, e))?;
    let store = image.store();
    let (health, statistics) = (store.health(), heap.statistics());
    let (branches, current) = store.branches();
    let branch = branches.get(current).map_or("", |b| b.name.as_str());
    if as_json {
        print_json(&json!({
            "file": file.display().to_string(),
            "layout": format!("{FINGERPRINT:016x}"),
            "head": image.head().0,
            "oldest": store.oldest().0,
            "branch": branch,
            "file_bytes": health.file_bytes,
            "free_bytes": health.free_bytes,
            "held_bytes": health.held_bytes,
            "image_bytes": statistics.image_bytes,
            "symbols": statistics.symbols,
            "log_tail_bytes": health.tail_bytes,
            "keep": store.keep(),
        }));
        return Ok(());
    }
    say!("image      {}", file.display());
    say!("layout     {FINGERPRINT:016x}");
    say!("head       commit {} on {branch}; history from commit {}", image.head().0, store.oldest().0);
    say!("file       {}, of which {} free", size_text(health.file_bytes), size_text(health.free_bytes));
    say!("world      {}, {} canonical strings", size_text(statistics.image_bytes), statistics.symbols);
    say!("log        {} since the latest checkpoint", size_text(health.tail_bytes));
    say!("retention  at least {} commits", store.keep());
    Ok(())
}

fn entry_json(entry: &CommitEntry) -> serde_json::Value {
    json!({
        "commit": entry.id.0,
        "parent": entry.parent.0,
        "branch": entry.branch,
        "time": calendar::utc(entry.info.time),
        "author": entry.info.author,
        "message": entry.info.message,
        "changed_bytes": entry.changed_bytes,
    })
}

fn entries(store: &Store, file: &Path) -> Outcome<Vec<CommitEntry>> {
    store.log().map_err(|e| failed(file, e))
}

fn log(file: &Path, limit: Option<usize>, as_json: bool) -> Outcome {
    let store = reader(file)?;
    let mut entries = entries(&store, file)?;
    entries.reverse();
    entries.truncate(limit.unwrap_or(usize::MAX));
    if as_json {
        print_json(&entries.iter().map(entry_json).collect::<Vec<_>>());
        return Ok(());
    }
    if entries.is_empty() && limit != Some(0) {
        say!("{} is the oldest that is kept, and what was noted of it is not", store.head());
    }
    for entry in &entries {
        let message = brief(entry.info.message.lines().next().unwrap_or_default());
        say!(
            "{:>6}  {}  {}  {:>10}  {}",
            entry.id.0,
            entry.branch,
            calendar::utc(entry.info.time),
            size_text(entry.changed_bytes),
            message
        );
    }
    Ok(())
}

fn show(file: &Path, commit: Option<u64>, as_json: bool) -> Outcome {
    let store = reader(file)?;
    let wanted = commit.unwrap_or(store.head().0);
    let entries = entries(&store, file)?;
    let Some(entry) = entries.iter().find(|e| e.id.0 == wanted) else {
        return Err(failed(file, format!("there is no commit {wanted} in the history"))
            .help(format!("`batos image log {}` lists the commits", file.display())));
    };
    if as_json {
        print_json(&entry_json(entry));
        return Ok(());
    }
    say!("commit   {} on {}", entry.id.0, entry.branch);
    say!("parent   {}", entry.parent.0);
    say!("time     {}", calendar::utc(entry.info.time));
    say!("author   {}", brief(&entry.info.author));
    say!("changed  {}", size_text(entry.changed_bytes));
    say!("\n{}\n", legible(&entry.info.message));
    if entry.parent.0 > 0 && entries.iter().any(|e| e.id == entry.parent) {
        let (parent, number) = (entry.parent.0, entry.id.0);
        drop(store);
        return diff::diff(file, parent, Some(number), false);
    }
    Ok(())
}

/// What was found out about an image.
struct Checked {
    report: VerifyReport,
    /// Of the newest state, unless the file is damaged.
    heap: Option<Verified>,
    damages: Vec<String>,
}

impl Checked {
    fn failure(&self, file: &Path) -> Failure {
        let help =
            format!("`batos image recover {}` keeps what is intact; copy the file first", file.display());
        failed(file, self.damages.join("; ")).help(help)
    }
}

/// First every checksum of the file, then every object of the newest state.
fn check(file: &Path) -> Outcome<Checked> {
    let work = terminal::spinner("verifying");
    let (report, heap) = Image::examine(file).map_err(|e| world::failure(file, e))?;
    work.finish_and_clear();
    let mut damages: Vec<String> = report.damages.iter().map(ToString::to_string).collect();
    // A wrong checksum says which megabyte; a wrong word says more.
    damages.extend(heap.as_ref().err().map(ToString::to_string));
    Ok(Checked { report, heap: heap.ok(), damages })
}

fn verify(file: &Path, as_json: bool) -> Outcome {
    let checked = check(file)?;
    let Checked { report, heap, damages } = &checked;
    let incomplete = report.incomplete.as_ref().map(world::incomplete);
    if as_json {
        print_json(&json!({
            "sound": damages.is_empty(),
            "segments": report.segments,
            "packets": report.packets,
            "objects": heap.as_ref().map(|h| h.objects),
            "bytes": heap.as_ref().map(|h| h.bytes),
            "damages": damages,
            "incomplete": incomplete,
        }));
    } else if let Some(heap) = heap.as_ref().filter(|_| damages.is_empty()) {
        if let Some(incomplete) = &incomplete {
            crate::complain!("note: behind the last commit, {incomplete}");
        }
        say!(
            "sound: {} segments, {} log packets, {} objects ({}), {} canonical strings",
            report.segments,
            report.packets,
            heap.objects,
            size_text(heap.bytes),
            heap.symbols
        );
    }
    if damages.is_empty() { Ok(()) } else { Err(checked.failure(file)) }
}

fn revert(file: &Path, commit: u64, as_json: bool) -> Outcome {
    let store = writer(file)?;
    let info = CommitInfo::now(&author(), &format!("back to commit {commit}"));
    let made = store.revert(CommitId(commit), &info).map_err(|e| {
        let failure = failed(file, e);
        match failure.help {
            Some(_) => failure,
            None => failure.help(format!("`batos image log {}` lists the commits", file.display())),
        }
    })?;
    told(
        as_json,
        json!({ "commit": made.0, "state_of": commit }),
        format_args!("{made} has the state of commit {commit}"),
    )
}

fn branches(file: &Path, as_json: bool) -> Outcome {
    let store = reader(file)?;
    let (branches, current) = store.branches();
    if as_json {
        let list: Vec<_> = branches
            .iter()
            .enumerate()
            .map(|(i, b)| json!({ "branch": b.name, "commit": b.commit, "current": i == current }))
            .collect();
        print_json(&list);
        return Ok(());
    }
    for (i, branch) in branches.iter().enumerate() {
        say!("{} {}  commit {}", if i == current { "*" } else { " " }, branch.name, branch.commit);
    }
    Ok(())
}

fn branch(file: &Path, name: &str, switch: bool, as_json: bool) -> Outcome {
    if name.trim().is_empty() || name.len() > BRANCH_NAME_BYTES {
        let text = format!("{name:?} is no name for a branch: it has 1 to {BRANCH_NAME_BYTES} bytes");
        return Err(Failure::new(Status::Usage, text));
    }
    let store = writer(file)?;
    if switch {
        let info = CommitInfo::now(&author(), &format!("switch to {name}"));
        let made = store.switch(None, name, &info).map_err(|e| {
            failed(file, e).help(format!("`batos image branch {}` lists the names", file.display()))
        })?;
        return told(as_json, json!({ "branch": name, "commit": made.0 }), format_args!("{made} on {name}"));
    }
    let head = store.head();
    store.branch(name, head).map_err(|e| failed(file, e))?;
    told(as_json, json!({ "branch": name, "commit": head.0 }), format_args!("{name} is {head}"))
}

fn remove_branch(file: &Path, name: &str, as_json: bool) -> Outcome {
    writer(file)?.remove_branch(name).map_err(|e| failed(file, e))?;
    told(as_json, json!({ "branch": name, "removed": true }), format_args!("{name} is no branch any more"))
}

fn keep(file: &Path, commits: Option<u64>, as_json: bool) -> Outcome {
    let kept = match commits {
        Some(commits) => {
            writer(file)?.set_keep(commits).map_err(|e| failed(file, e))?;
            commits
        }
        None => reader(file)?.keep(),
    };
    let text = format_args!("{} keeps at least {kept} commits", file.display());
    told(as_json, json!({ "file": name_of(file), "keep": kept }), text)
}

fn compact(file: &Path, keep: Option<u64>, as_json: bool) -> Outcome {
    let work = terminal::spinner("compacting");
    let report = match keep {
        Some(keep) if keep > 1 => writer(file)?.compact(keep).map_err(|e| failed(file, e))?,
        _ => {
            let info = CommitInfo::now(&author(), "compacted");
            Image::compact(file, &info).map_err(|e| world::failure(file, e))?
        }
    };
    work.finish_and_clear();
    let (before, after) = (size_text(report.before), size_text(report.after));
    let held = format!(
        " ({} are kept for programs that read an older state; they are given back after these have ended)",
        size_text(report.held)
    );
    let why = if report.held > 0 {
        &held
    } else if report.after < report.before {
        ""
    } else if reader(file)?.branches().0.len() > 1 {
        " (branches keep older states: batos image branch --remove FILE NAME)"
    } else {
        " (there was nothing to gain)"
    };
    told(
        as_json,
        json!({
            "file": name_of(file),
            "before_bytes": report.before,
            "after_bytes": report.after,
            "held_bytes": report.held,
        }),
        format_args!("{}: {before} -> {after}{why}", file.display()),
    )
}

fn copy(from: &Path, to: &Path, force: bool) -> Outcome {
    // The source first: a wrong name must not cost the target.
    drop(reader(from)?);
    if same_file(from, to) {
        return Err(failed(to, "this is the image itself").help("choose another name"));
    }
    may_make(to, force)?;
    let work = terminal::spinner("copying");
    world::complete_or_not_at_all(to, |beside| {
        copy_image(from, beside, FINGERPRINT).map_err(|e| match e {
            CreateError::Source(_) => {
                failed(from, e).help(format!("`batos image verify {}` tells more", name_of(from)))
            }
            _ => failed(to, e),
        })
    })?;
    work.finish_and_clear();
    Ok(())
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// What comes from elsewhere is verified before it becomes a world.
fn import(from: &Path, to: Option<&Path>, force: bool, as_json: bool) -> Outcome {
    let own = || paths::data().map(|dir| dir.join("world.batos"));
    let Some(to) = to.map(Path::to_path_buf).or_else(own) else {
        return Err(
            Failure::new(Status::Image, "no HOME, so no place for your image").help("name the file to make")
        );
    };
    let checked = check(from)?;
    if !checked.damages.is_empty() {
        return Err(checked.failure(from));
    }
    if same_file(from, &to) {
        return Err(failed(&to, "this is the image itself").help("choose another name"));
    }
    may_make(&to, force)?;
    if let Some(dir) = to.parent() {
        std::fs::create_dir_all(dir).map_err(|e| Failure::file(Status::Image, "make", dir, &e))?;
    }
    let work = terminal::spinner("proving its code, and copying");
    let mut ended = 0;
    world::complete_or_not_at_all(&to, |beside| {
        ended = world::adopt(from, beside)?;
        Ok(())
    })?;
    work.finish_and_clear();
    let note = match ended {
        0 => String::new(),
        1 => " (a process was ended: what its stack says can't be proven)".to_string(),
        n => format!(" ({n} processes were ended: what their stacks say can't be proven)"),
    };
    told(
        as_json,
        json!({ "from": name_of(from), "to": name_of(&to), "ended_processes": ended }),
        format_args!("{} verified and imported as {}{note}", from.display(), to.display()),
    )
}

fn recover(file: &Path) -> Outcome {
    // What is well stays as it is, and nobody is told of damage that there is not.
    if check(file).is_ok_and(|checked| checked.damages.is_empty()) {
        say!("{}: nothing to recover", file.display());
        return verify(file, false);
    }
    let report = Store::recover(file, &OpenOptions::write(FINGERPRINT)).map_err(|e| failed(file, e))?;
    say!("{}: kept up to {}; there the log is damaged: {}", file.display(), report.head, report.damage);
    if let Some((packet, offset)) = report.later {
        say!("commits behind the damage are lost (packet {packet} at offset {offset} was intact)");
    }
    verify(file, false)
}
