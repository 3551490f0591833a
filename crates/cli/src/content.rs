//! The starter content that the program carries with it: units, lists, plans.

use rust_embed::Embed;
use thao_base::{Error, Result};

#[derive(Embed)]
#[folder = "$CARGO_MANIFEST_DIR/../../content"]
#[include = "units/*"]
#[include = "lists/*"]
#[include = "plans/*"]
struct Content;

/// A file of `content/`, as text.
pub(crate) fn text(path: &str) -> Result<String> {
    let file = Content::get(path)
        .ok_or_else(|| Error::internal(format!("content/{path} is not in the program")))?;
    String::from_utf8(file.data.into_owned()).map_err(Error::internal)
}
