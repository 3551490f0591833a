//! The files of the project, as the sweeps read them.

use std::path::{Path, PathBuf};

/// A file, named from the root of the project with `/` between its folders.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All text files under `folder` whose names end in one of `ends`, in order.
pub(crate) fn files(folder: &str, ends: &[&str]) -> Vec<File> {
    let root = root();
    let mut found = Vec::new();
    walk(&root, &root.join(folder), &mut |path| {
        if ends.iter().any(|end| path.ends_with(end)) {
            let text = std::fs::read_to_string(root.join(path))
                .unwrap_or_else(|e| panic!("{path} is no text: {e}"));
            found.push(File { path: path.to_owned(), text });
        }
    });
    assert!(!found.is_empty(), "nothing that ends in {ends:?} under {folder}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// What is made by tools, not by people.
const MADE: [&str; 6] = ["target", "node_modules", "dist", "output", "data", ".git"];

fn walk(root: &Path, folder: &Path, visit: &mut dyn FnMut(&str)) {
    let entries = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{} cannot be read: {e}", folder.display()));
    for entry in entries {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), entry.file_name());
        if MADE.iter().any(|made| name == *made) {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, visit);
        } else if let Some(path) = path.strip_prefix(root).unwrap().to_str() {
            visit(path);
        }
    }
}

/// A source without its tests, which stand last.
pub(crate) fn program(text: &str) -> &str {
    match text.find("#[cfg(test)]\nmod tests {") {
        Some(end) => text.split_at(end).0,
        None => text,
    }
}

/// Whether a source is of tests as a whole.
pub(crate) fn is_test(path: &str) -> bool {
    let tests = ["crates/cast/", "crates/testkit/", "/tests/", "/examples/", "bench/"];
    let ends = ["/tests.rs", "/world.rs", "/brute.rs"];
    tests.iter().any(|part| path.contains(part)) || ends.iter().any(|end| path.ends_with(end))
}

/// The string literals of a source, comments left out.
pub(crate) fn literals(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let (mut out, mut i) = (Vec::new(), 0);
    while i < chars.len() {
        match (at(i), at(i + 1)) {
            ('/', '/') => {
                while i < chars.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            ('/', '*') => {
                while i < chars.len() && (at(i), at(i + 1)) != ('*', '/') {
                    i += 1;
                }
                i += 2;
            }
            ('r', '"' | '#') if !at(i.wrapping_sub(1)).is_alphanumeric() => {
                let hashes = (i + 1..).take_while(|j| at(*j) == '#').count();
                if at(i + 1 + hashes) != '"' {
                    i += 1;
                    continue;
                }
                let start = i + 2 + hashes;
                let ends = |j: usize| at(j) == '"' && (1..=hashes).all(|h| at(j + h) == '#');
                let end = (start..chars.len()).find(|j| ends(*j)).unwrap_or(chars.len());
                out.push(chars[start..end].iter().collect());
                i = end + 1 + hashes;
            }
            ('\'', '\\') => {
                i += 3;
                while i < chars.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            ('"', _) => {
                let mut word = String::new();
                i += 1;
                while i < chars.len() && at(i) != '"' {
                    if at(i) == '\\' {
                        i += 1;
                    }
                    word.push(at(i));
                    i += 1;
                }
                out.push(word);
                i += 1;
            }
            _ => i += 1,
        }
    }
    out
}

#[test]
fn literals_are_found_and_nothing_else() {
    let source = r###"
        // "a comment"
        /* "another" */
        let (a, b) = ('"', '\'');
        fn f<'a>(x: &'a str) { g("one", r"two", r#"th"ree"#, "fo\"ur") }
    "###;
    assert_eq!(literals(source), ["one", "two", "th\"ree", "fo\"ur"]);
}
