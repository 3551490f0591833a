//! The courses every installation starts with, inside the program.

use std::collections::BTreeMap;

use rust_embed::RustEmbed;
use thao_base::{Result, Stamp, Tx};

use super::{File, Package, Published, publish};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../content/courses/"]
struct Starter;

/// The courses of `content/courses`, by slug.
///
/// # Errors
/// Names the file and line of a mistake; a test of this crate reads them all.
pub fn starter() -> Result<Vec<Package>> {
    let mut folders: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for path in Starter::iter() {
        let Some((folder, inside)) = path.split_once('/') else { continue };
        if let Some(file) = Starter::get(&path) {
            let file = File { path: inside.to_owned(), bytes: file.data };
            folders.entry(folder.to_owned()).or_default().push(file);
        }
    }
    folders.into_values().map(|files| Package::read(&files)).collect()
}

/// Puts the starter courses into the database; how many were new or changed.
pub fn publish_starter(tx: &mut Tx<'_>, stamp: &Stamp) -> Result<usize> {
    let mut changed = 0;
    for package in starter()? {
        if publish(tx, stamp, &package)? != Published::Same {
            changed += 1;
        }
    }
    Ok(changed)
}
