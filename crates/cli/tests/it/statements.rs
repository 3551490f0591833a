//! Every SQL block of every context is a statement on both databases, and is used.

use std::collections::BTreeSet;

use thao_testkit::databases;

use crate::tree::{self, File};

/// `(block, its statement)` in the order of the file.
fn blocks(file: &File) -> Vec<(String, String)> {
    let parts = file.text.split("-- name: ").skip(1);
    parts
        .map(|part| {
            let (name, sql) = part.split_once('\n').unwrap_or((part, ""));
            (name.trim().to_owned(), sql.trim().to_owned())
        })
        .collect()
}

fn sources() -> Vec<File> {
    tree::files("crates", &[".sql"])
}

#[tokio::test(flavor = "multi_thread")]
async fn every_block_is_a_statement_on_both_databases() {
    let all: Vec<(String, String)> = sources()
        .iter()
        .flat_map(|file| {
            blocks(file)
                .into_iter()
                .map(|(name, sql)| (format!("{} `{name}`", file.path), sql))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(all.len() > 100, "only {} blocks were found", all.len());
    let mut wrong = Vec::new();
    for db in databases().await {
        for (place, sql) in all.clone() {
            // A transaction of its own: after a failure nothing else can be asked in it.
            if let Err(e) = db.read(move |tx| tx.check(&sql)).await {
                let why = std::error::Error::source(&e).map(ToString::to_string);
                wrong.push(format!("{place} on {}: {}", db.name(), why.unwrap_or_default()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_block_is_used_and_named_once() {
    let programs: Vec<File> = tree::files("crates", &[".rs"]);
    let mut wrong = Vec::new();
    for file in sources() {
        let mut names = BTreeSet::new();
        let noun = file.path.rsplit('/').next().unwrap_or_default();
        let stem = file.path.trim_end_matches(".sql");
        let own = [format!("{stem}.rs"), format!("{stem}/")];
        let folder = file.path.split('/').take(2).collect::<Vec<_>>().join("/");
        for (name, sql) in blocks(&file) {
            if !names.insert(name.clone()) {
                wrong.push(format!("{} `{name}`: there twice", file.path));
            }
            if sql.is_empty() {
                wrong.push(format!("{} `{name}`: is empty", file.path));
            }
            let quoted = format!("\"{name}\"");
            let used = programs.iter().any(|source| {
                let near = own.iter().any(|own| source.path.starts_with(own.as_str()));
                let names = source.path.starts_with(&folder) && source.text.contains(noun);
                (near || names) && source.text.contains(&quoted)
            });
            if !used {
                wrong.push(format!("{} `{name}`: nothing uses it", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
