//! Every word that is asked for is there, in both languages, and every word is asked for.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::Lang;

use crate::tree;

/// Keys made while the program runs: the part that is fixed, and what the rest is.
const MADE: &[(&str, &str)] = &[
    (
        "base.config.about.",
        "one for each setting, by its name (crates/base/src/config/settings.rs)",
    ),
    (
        "base.config.wrong.",
        "one for each setting, by its name (crates/base/src/config/settings.rs)",
    ),
];

/// Literals that look like a key and are none.
const NO_KEY: &[(&str, &str)] = &[];

const CONTEXTS: [&str; 12] = [
    "base", "sheet", "web", "api", "jobs", "record", "people", "catalog", "assess", "classes",
    "plan", "cli",
];
/// Names of files look like keys.
const FILES: [&str; 12] =
    ["toml", "sql", "rs", "css", "js", "ts", "md", "xlsx", "xls", "csv", "db", "svg"];

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// A whole key, or the fixed part of one that is made.
enum Found {
    Key(String),
    Start(String),
}

fn key(literal: &str) -> Option<Found> {
    let (context, rest) = literal.split_once('.')?;
    if !CONTEXTS.contains(&context) || literal.contains([' ', '/']) {
        return None;
    }
    let (fixed, made) = match rest.split_once('{') {
        Some((fixed, _)) => (fixed, true),
        None => (rest, rest.ends_with('.')),
    };
    let fixed = fixed.strip_suffix('.').unwrap_or(fixed);
    let words: Vec<&str> = fixed.split('.').filter(|_| !fixed.is_empty()).collect();
    if !words.iter().all(|word| is_word(word)) {
        return None;
    }
    if made {
        let start =
            if fixed.is_empty() { format!("{context}.") } else { format!("{context}.{fixed}") };
        return Some(Found::Start(start));
    }
    let is_file = words.last().is_some_and(|last| FILES.contains(last));
    (!is_file && !words.is_empty()).then(|| Found::Key(literal.to_owned()))
}

/// Every key in the sources, with the first file that names it; and the starts of made ones.
fn used() -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let (mut keys, mut starts) = (BTreeMap::new(), BTreeMap::new());
    for file in tree::files("crates", &[".rs"]) {
        if tree::is_test(&file.path) {
            continue;
        }
        for literal in tree::literals(tree::program(&file.text)) {
            match key(&literal) {
                Some(Found::Key(key)) => keys.entry(key).or_insert(file.path.clone()),
                Some(Found::Start(start)) => starts.entry(start).or_insert(file.path.clone()),
                None => continue,
            };
        }
    }
    (keys, starts)
}

fn is_listed(list: &[(&str, &str)], start: &str) -> bool {
    list.iter().any(|(listed, _)| listed.strip_suffix('.').unwrap_or(listed) == start)
}

#[test]
fn every_word_asked_for_is_there() {
    let (keys, _) = used();
    assert!(keys.len() > 200, "only {} keys were found", keys.len());
    let missing: Vec<String> = keys
        .iter()
        .filter(|(key, _)| !NO_KEY.iter().any(|(known, _)| known == key))
        .filter(|(key, _)| !Lang::ALL.into_iter().all(|lang| lang.has(key)))
        .map(|(key, path)| format!("{key} ({path})"))
        .collect();
    assert!(missing.is_empty(), "no words for:\n{}", missing.join("\n"));
}

#[test]
fn every_word_is_asked_for() {
    let (keys, _) = used();
    let made = |key: &str| MADE.iter().any(|(start, _)| key.starts_with(start));
    let unused: BTreeSet<&str> =
        Lang::Vi.keys().filter(|key| !keys.contains_key(*key) && !made(key)).collect();
    assert!(unused.is_empty(), "nobody asks for:\n{}", Vec::from_iter(unused).join("\n"));
}

#[test]
fn keys_made_while_running_are_listed() {
    let (_, starts) = used();
    let unlisted: Vec<String> = starts
        .iter()
        .filter(|(start, _)| !is_listed(MADE, start))
        .map(|(start, path)| format!("{start} ({path})"))
        .collect();
    assert!(unlisted.is_empty(), "keys are made of:\n{}", unlisted.join("\n"));
    for (listed, reason) in MADE {
        let start = listed.strip_suffix('.').unwrap_or(listed);
        assert!(starts.contains_key(start), "no source makes keys of {listed} any more");
        assert!(Lang::Vi.keys().any(|key| key.starts_with(listed)), "no words begin with {listed}");
        assert!(reason.len() > 20, "{listed}: why?");
    }
}

/// The `{places}` of a text.
fn places(words: &str) -> BTreeSet<&str> {
    words.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

#[test]
fn both_languages_have_words_and_the_same_places_in_them() {
    let mut wrong = Vec::new();
    for key in Lang::Vi.keys() {
        let (vi, en) = (Lang::Vi.t(key), Lang::En.t(key));
        if places(vi) != places(en) {
            wrong.push(format!("{key}: “{vi}” and “{en}” have different places"));
        }
        if vi.trim().is_empty() || en.trim().is_empty() || vi.trim() != vi || en.trim() != en {
            wrong.push(format!("{key}: empty, or white space at an end"));
        }
        let marks = |c: char| "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ".contains(c);
        if en.to_lowercase().contains(marks)
            && !NAMES.iter().any(|(known, _)| key.starts_with(known))
        {
            wrong.push(format!("{key}: “{en}” is not English"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// English words that hold Vietnamese ones on purpose.
const NAMES: &[(&str, &str)] = &[];
