//! What every file must be: short, headed, and of no particular machine.

use crate::tree;

/// Longer files are a question. Each that stays says why.
const LONG: &[(&str, &str)] = &[
    ("crates/cli/src/archive.rs", "half of it are its tests: they bend the very bytes it writes"),
    (
        "crates/people/tests/it/stores.rs",
        "one story after the other; splitting comes with the next",
    ),
    ("crates/plan/src/readings/tests/story.rs", "one random story and its two countings"),
    ("crates/sheet/src/headings.rs", "a table of the names offices give to columns"),
];
const LONGEST: usize = 400;

#[test]
fn every_source_is_short_and_says_what_it_is_for() {
    let mut wrong = Vec::new();
    for file in tree::files("crates", &[".rs"]) {
        if !file.text.starts_with("//! ") {
            wrong.push(format!("{}: begins with no //! line", file.path));
        }
        let lines = file.text.lines().count();
        let may = LONG.iter().any(|(path, _)| *path == file.path);
        if LONGEST < lines && !may {
            wrong.push(format!("{}: {lines} lines", file.path));
        }
        if lines <= LONGEST && may {
            wrong.push(format!("{}: is short now; take it off the list", file.path));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Folders of somebody's computer, and accounts on it.
const MACHINE: [&str; 6] =
    ["/ro\u{6f}t/", "/wor\u{6b}/", "/home/\u{75}", "/Use\u{72}s/", "C:\\Use\u{72}s", "/tm\u{70}/"];

#[test]
fn no_file_knows_the_machine_it_was_made_on() {
    let ends = [
        ".rs", ".sql", ".toml", ".md", ".ts", ".mjs", ".css", ".json", ".html", ".svg", ".vtt",
        ".yml", ".sh",
    ];
    let mut wrong = Vec::new();
    for file in tree::files("", &ends) {
        for (no, line) in file.text.lines().enumerate() {
            if MACHINE.iter().any(|path| line.contains(path)) {
                wrong.push(format!("{}:{}: {line}", file.path, no + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_lint_is_silenced_without_a_reason() {
    let mut wrong = Vec::new();
    for file in tree::files("crates", &[".rs"]) {
        for (no, line) in file.text.lines().enumerate() {
            let line = line.trim_start();
            let silenced = line.starts_with("#[allow(") || line.starts_with("#![allow(");
            let ignored = line.starts_with("#[ignore");
            if silenced || ignored {
                wrong.push(format!("{}:{}: {line}", file.path, no + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lists_of_exceptions_give_reasons() {
    for (path, reason) in LONG {
        assert!(reason.len() > 20, "{path}: why?");
    }
}
