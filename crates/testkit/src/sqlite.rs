//! A folder for one SQLite file, gone with the test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

static MADE: AtomicU32 = AtomicU32::new(0);

/// A fresh folder, deleted when it is dropped.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        let no = MADE.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("thao-test-{}-{no}", std::process::id()));
        if let Err(e) = std::fs::create_dir_all(&path) {
            panic!("cannot make the folder {} for a test: {e}", path.display());
        }
        Folder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Left behind at worst; the system clears its folder of temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
