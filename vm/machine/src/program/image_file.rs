//! The image file behind a machine: making, opening, committing, history, forks.

use std::path::Path;

use batos_image::heap::{Heap, HeapOptions, NoRoots, VerifyError};
use batos_image::image::{Image, ImageError, OpenImage};
use batos_image::layout::{Format, Kind, root};
use batos_image::space::Space;
use batos_image::store::format::BRANCH_NAME_BYTES;
use batos_image::store::{CommitId, CommitInfo};
use batos_image::value::{ObjectRef, Value};
use batos_lang::code::op::Native;

use crate::code::CodeTable;
use crate::host::Host;
use crate::lookup::LookupCache;
use crate::primitives::PrimitiveTable;
use crate::symbols::Symbols;
use crate::vm::{Counters, Settings, Vm};

/// Largest image, in bytes, that is compared with its latest commit before something may be lost.
const COMPARED: u64 = 256 << 20;

/// Segments of 1 MiB that a world without a file may have.
const MEMORY_SEGMENTS: u64 = 8192;

/// The file behind the heap.
pub struct Durable {
    /// The file.
    pub image: Image,
    /// Who commits.
    pub author: String,
}

/// One commit, as history tells it.
#[derive(Clone, Debug)]
pub struct CommitRecord {
    /// Its number.
    pub number: u64,
    /// Milliseconds since 1970.
    pub time: i64,
    /// Who made it.
    pub author: String,
    /// Why.
    pub message: String,
    /// The commit it was made from, 0 for the first.
    pub parent: u64,
    /// On which branch.
    pub branch: String,
}

impl Vm {
    /// A machine on a heap with a world.
    pub(crate) fn over(mut heap: Heap, durable: Option<Durable>, host: Host) -> Vm {
        let symbols = Symbols::new(&mut heap);
        let session = heap.known.nil;
        Vm {
            heap,
            durable,
            host,
            settings: Settings::default(),
            counters: Counters::default(),
            codes: CodeTable::default(),
            untrusted_codes: None,
            revert_message: None,
            revert_branch: None,
            lookups: LookupCache::default(),
            processes: Default::default(),
            current: std::ptr::null_mut(),
            natives: [false; Native::COUNT],
            native_holders: Vec::new(),
            surplus_intact: false,
            keys_intact: false,
            symbols,
            primitives: PrimitiveTable::new(),
            signals: crate::signals::Signals::default(),
            descriptors: Default::default(),
            quiet: None,
            quiet_tokens: None,
            model_tokens: 0,
            file_statuses: Default::default(),
            pins: Vec::new(),
            session,
            object_ids: Vec::new(),
            scripts: Default::default(),
            polls: 0,
            polls_done: 0,
            exit: None,
            polls_done_total: 0,
            jobs: Default::default(),
            works: Default::default(),
            regexes: Default::default(),
            trial_limits: None,
            main: None,
            interrupt_pending: false,
            changed: false,
            sources: None,
            carried: None,
            syntax_errors: Vec::new(),
            gear: crate::native::Gear::new(),
        }
    }

    /// A machine with a bare world in memory only.
    pub fn bare(host: Host) -> Result<Vm, String> {
        let space = Space::in_memory(MEMORY_SEGMENTS).map_err(|e| e.to_string())?;
        let heap = Heap::bootstrap(space, HeapOptions::default()).map_err(|_| "there is no memory left")?;
        Ok(Vm::with_bare_world(heap, None, host))
    }

    /// A machine with a bare world and a new image file for it. Nothing is committed yet.
    pub fn create(path: &Path, host: Host) -> Result<Vm, ImageError> {
        let (image, heap) = Image::create(path, HeapOptions::default())?;
        Ok(Vm::with_bare_world(heap, Some(Durable { image, author: author() }), host))
    }

    fn with_bare_world(heap: Heap, durable: Option<Durable>, host: Host) -> Vm {
        let mut vm = Vm::over(heap, durable, host);
        vm.build_bare_world();
        vm.check_natives();
        vm.changed = false;
        vm
    }

    /// Opens an image file.
    pub fn open(path: &Path, options: &OpenImage, host: Host) -> Result<Vm, ImageError> {
        let (image, heap) = Image::open(path, options)?;
        Vm::on_image(image, heap, options, host)
    }

    /// Opens an image file that another process hands over, open and locked. Nothing is written before `begin`.
    pub fn adopt(
        file: std::fs::File,
        path: &Path,
        options: &OpenImage,
        host: Host,
    ) -> Result<Vm, ImageError> {
        let (image, heap) = Image::adopt(file, path, options)?;
        Vm::on_image(image, heap, options, host)
    }

    /// Another process goes on with the image: nothing is written in the background any more.
    pub fn stop_writing(&mut self) {
        if let Some(durable) = &mut self.durable {
            durable.image.store_mut().rest();
        }
    }

    /// This process goes on with the image.
    pub fn begin(&mut self) {
        if let Some(durable) = &mut self.durable {
            durable.image.store_mut().wake();
            durable.image.store().renew();
        }
    }

    /// Opens an older commit of an image file, to be read.
    pub fn open_at(path: &Path, commit: u64, options: &OpenImage, host: Host) -> Result<Vm, ImageError> {
        let (image, heap) = Image::open_at(path, CommitId(commit), options)?;
        Vm::on_image(image, heap, options, host)
    }

    fn on_image(image: Image, heap: Heap, options: &OpenImage, host: Host) -> Result<Vm, ImageError> {
        let mut vm = Vm::over(heap, Some(Durable { image, author: author() }), host);
        if options.untrusted {
            vm.audit().map_err(|unsound| VerifyError {
                offset: unsound.object.offset(),
                path: String::new(),
                problem: unsound.problem,
            })?;
        }
        vm.check_natives();
        vm.changed = false;
        Ok(vm)
    }

    /// Makes the present state durable, running processes included. Gives the commit's number.
    pub fn commit(&mut self, message: &str) -> Result<u64, String> {
        self.save_processes();
        let Some(mut durable) = self.durable.take() else {
            return Err("this world has no image file".into());
        };
        let info = CommitInfo::now(&durable.author, message);
        let mut roots = crate::vm::machine_roots!(self);
        let result = durable.image.commit(&mut self.heap, &mut roots, &info);
        self.durable = Some(durable);
        match result {
            Ok(commit) => {
                self.changed = false;
                Ok(commit.0)
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// Writes the present state to a new image file, committed or not.
    pub fn save_as(&mut self, path: &Path) -> Result<(), String> {
        self.save_processes();
        let mut roots = crate::vm::machine_roots!(self);
        let Some(durable) = self.durable.take() else {
            return Image::save_memory(&mut self.heap, &mut roots, path).map_err(|e| e.to_string());
        };
        let result = durable.image.save_as(&mut self.heap, &mut roots, path);
        self.durable = Some(durable);
        result.map_err(|e| e.to_string())
    }

    /// The commits, newest first.
    pub fn history(&self) -> Result<Vec<CommitRecord>, String> {
        let Some(durable) = &self.durable else { return Ok(Vec::new()) };
        let mut entries = durable.image.log().map_err(|e| e.to_string())?;
        entries.reverse();
        let record = |e: batos_image::store::CommitEntry| CommitRecord {
            number: e.id.0,
            time: e.info.time,
            author: e.info.author,
            message: e.info.message,
            parent: e.parent.0,
            branch: e.branch,
        };
        Ok(entries.into_iter().map(record).collect())
    }

    /// Goes back to the state of an older commit, as a new commit. Running processes and unsaved changes are lost.
    pub fn revert(&mut self, to: u64, message: &str) -> Result<u64, String> {
        if self.untrusted_codes.is_some() {
            return Err("an image opened as untrusted stays at the commit that was examined".into());
        }
        let Some(durable) = &mut self.durable else {
            return Err("this world has no image file".into());
        };
        let info = CommitInfo::now(&durable.author, message);
        let result = durable.image.revert(&mut self.heap, CommitId(to), &info);
        self.forget_all();
        result.map(|c| c.0).map_err(|e| e.to_string())
    }

    /// Makes a branch current and goes to its newest state. Running processes and unsaved changes are lost.
    pub fn switch_branch(&mut self, name: &str) -> Result<u64, String> {
        if self.untrusted_codes.is_some() {
            return Err("an image opened as untrusted stays at the commit that was examined".into());
        }
        let Some(durable) = &mut self.durable else {
            return Err("this world has no image file".into());
        };
        let info = CommitInfo::now(&durable.author, &format!("switch to {name}"));
        let result = durable.image.switch(&mut self.heap, name, &info);
        self.forget_all();
        result.map(|c| c.0).map_err(|e| e.to_string())
    }

    /// Makes a branch at the newest commit.
    pub fn branch(&mut self, name: &str) -> Result<(), String> {
        let Some(durable) = &mut self.durable else {
            return Err("this world has no image file".into());
        };
        if name.trim().is_empty() || name.len() > BRANCH_NAME_BYTES {
            return Err(format!("{name:?} is no name for a branch: it has 1 to {BRANCH_NAME_BYTES} bytes"));
        }
        let store = durable.image.store();
        store.branch(name, store.head()).map(drop).map_err(|e| e.to_string())
    }

    /// Names of the branches, their newest commits, and which is current.
    pub fn branches(&self) -> Vec<(String, u64, bool)> {
        let Some(durable) = &self.durable else { return Vec::new() };
        let (branches, current) = durable.image.store().branches();
        branches.into_iter().enumerate().map(|(i, b)| (b.name.clone(), b.commit, i == current)).collect()
    }

    /// What differs between a commit and now, by path from the lobby.
    pub fn difference(&mut self, commit: u64) -> Result<Vec<crate::difference::Difference>, String> {
        let Some(durable) = &self.durable else {
            return Err("this world has no image file".into());
        };
        let before =
            durable.image.heap_at(CommitId(commit), HeapOptions::default()).map_err(|e| e.to_string())?;
        Ok(crate::difference::compare(&before, &self.heap))
    }

    /// The objects as they were at a commit, in memory of their own that may grow by so many bytes.
    pub(crate) fn heap_at(&mut self, commit: u64, memory: u64) -> Result<Heap, String> {
        let Some(durable) = &self.durable else {
            return Err("this world has no image file".into());
        };
        let memory_limit = self.heap.statistics().image_bytes.saturating_add(memory);
        let options = HeapOptions { memory_limit, ..HeapOptions::default() };
        durable.image.heap_at(CommitId(commit), options).map_err(|e| e.to_string())
    }

    /// What going elsewhere without a commit would lose: paths of slots that differ from the state that is shown, `at` or the newest
    /// commit. `None` if nothing would be lost, an empty list if there is too much to compare.
    pub fn uncommitted(&self, at: Option<CommitId>) -> Option<Vec<String>> {
        let image = &self.durable.as_ref()?.image;
        if !self.has_unsaved_changes() {
            return None;
        }
        if self.heap.statistics().image_bytes > COMPARED {
            return Some(Vec::new());
        }
        let Ok(committed) = image.heap_at(at.unwrap_or(image.head()), HeapOptions::default()) else {
            return Some(Vec::new());
        };
        let found = crate::difference::compare(&committed, &self.heap);
        let paths: Vec<String> =
            found.into_iter().map(|d| d.path).filter(|p| !crate::difference::is_own(p)).collect();
        if paths.is_empty() { None } else { Some(paths) }
    }

    /// The heap was replaced: nothing that was known of it holds.
    fn forget_all(&mut self) {
        self.current = std::ptr::null_mut();
        self.processes.clear();
        self.works.forget_all();
        self.scripts.clear();
        self.pins.clear();
        self.session = self.nil();
        self.object_ids.clear();
        self.lookups.clear();
        self.forget_codes();
        self.codes = CodeTable::default();
        self.symbols = Symbols::new(&mut self.heap);
        self.natives = [false; Native::COUNT];
        self.native_holders.clear();
        self.check_natives();
        self.changed = false;
    }

    /// A second heap that shares this one's pages, for a fork. Young space is empty.
    pub(crate) fn fork_heap(&mut self, memory: u64) -> Result<Heap, String> {
        let limit = self.heap.statistics().image_bytes.saturating_add(memory);
        let mut roots = crate::vm::machine_roots!(self);
        self.heap.fork(&mut roots, Some(limit)).map_err(|e| e.to_string())
    }

    /// Bytes in use, and bytes reserved.
    pub fn memory_sizes(&self) -> (u64, u64) {
        let s = self.heap.statistics();
        (s.old_bytes + s.young_bytes, s.image_bytes)
    }

    /// Objects that refer to `target` from a slot or element, at most `limit`. With `everywhere`, what only running processes hold is
    /// looked at, too, and mirrors on the target count.
    pub(crate) fn referrers(&mut self, target: Value, limit: usize, everywhere: bool) -> Vec<ObjectRef> {
        // Everything is moved into the image first, so that one walk sees it all.
        self.scavenge();
        let mut found = Vec::new();
        let visit = |heap: &Heap, r: ObjectRef| {
            if found.len() >= limit {
                return;
            }
            let map = heap.map_of_ref(r);
            let holds = match heap.format(map) {
                Format::Slots => (0..heap.field_count(map)).any(|i| heap.word(r, i) == target),
                Format::Indexed => {
                    (0..heap.field_count(map) + heap.length(r)).any(|i| heap.word(r, i + 1) == target)
                }
                Format::Bytes | Format::Raw => false,
            };
            let constant = (0..heap.slot_count(map)).any(|i| heap.slot(map, i).content == target);
            let visible = match heap.kind_of_ref(r) {
                Kind::Slots | Kind::Vector | Kind::ByteVector | Kind::Oddball | Kind::Process => true,
                Kind::Mirror => everywhere,
                _ => false,
            };
            if visible && (holds || constant) {
                found.push(r);
            }
        };
        if everywhere {
            let mut roots = crate::vm::machine_roots!(self);
            self.heap.each_object(&mut roots, visit);
        } else {
            self.heap.each_object(&mut NoRoots, visit);
        }
        found
    }

    /// The object in a root, for the program around the machine.
    pub fn world_root(&self) -> Value {
        self.heap.root(root::WORLD)
    }
}

/// Who commits: the user's name as the environment has it, else the user's number.
pub fn author() -> String {
    ["USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.is_empty()))
        .unwrap_or_else(|| format!("uid {}", rustix::process::geteuid().as_raw()))
}
