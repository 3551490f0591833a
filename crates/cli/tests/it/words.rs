//! Every word that is asked for is there, in both languages, and every word is asked for.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::Lang;

use crate::tree;

/// Keys made while the program runs: what stands in the source, the keys it makes, why.
const MADE: &[(&str, &[&str], &str)] = &[
    ("base.config.about", &["base.config.about."], "one for each setting, by its name"),
    ("base.config.wrong", &["base.config.wrong."], "one for each setting, by its name"),
    ("people.category", &["people.category."], "codes of staff, from content/lists"),
    ("people.column", &["people.column."], "columns in the journal; others show their name"),
    ("people.consent.manner", &["people.consent.manner."], "codes of consent::Manner"),
    ("people.consent.purpose", &["people.consent.purpose."], "what a consent is given for"),
    ("people.kind", &["people.kind."], "codes of AffiliationKind"),
    (
        "{context}.noun",
        &["people.noun.", "classes.noun.", "plan.noun.", "catalog.noun.", "report.noun."],
        "tables in the journal, each in its context's words",
    ),
    ("people.reason", &["people.reason."], "codes of duplicate::Reason"),
    ("people.role", &["people.role."], "codes of Role"),
    ("people.role_hint", &["people.role_hint."], "codes of Role"),
    ("people.roll", &["people.roll."], "codes of findings in a list (roll/finding.rs)"),
    ("people.sex", &["people.sex."], "codes of sex as persons have it"),
    ("people.unit_kind", &["people.unit_kind."], "codes of UnitKind"),
];

/// Literals that look like a key and are none.
const NO_KEY: &[(&str, &str)] = &[
    ("catalog.import", "a kind of job"),
    ("people.import", "a kind of job"),
    ("people.tree", "the walk of units, by which readings follow it"),
    ("plan.figures", "a kind of job"),
    ("plan.register", "a count of edits boards show"),
    ("plan.tree", "a cursor of the readings"),
];

/// Keys nobody in the program asks for.
const UNASKED: &[(&str, &str)] =
    &[("people.act.set_up", "the act of the cast of tests; what tests make is in the journal too")];

const CONTEXTS: [&str; 14] = [
    "base", "sheet", "paper", "web", "api", "jobs", "record", "people", "catalog", "assess",
    "classes", "plan", "report", "cli",
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
    if let Some(rest) = literal.strip_prefix("{context}.") {
        let fixed = rest.split_once(".{").map_or(rest, |(fixed, _)| fixed);
        return Some(Found::Start(format!("{{context}}.{fixed}")));
    }
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
    let is_file = is_file && !Lang::Vi.has(literal);
    if is_file || words.is_empty() {
        return None;
    }
    // A table of words, whose rows are named by codes.
    let below = format!("{literal}.");
    match !Lang::Vi.has(literal) && Lang::Vi.keys().any(|key| key.starts_with(&below)) {
        true => Some(Found::Start(literal.to_owned())),
        false => Some(Found::Key(literal.to_owned())),
    }
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
    let made = |key: &str| MADE.iter().any(|(_, all, _)| all.iter().any(|s| key.starts_with(s)));
    let known = |key: &str| keys.contains_key(key) || UNASKED.iter().any(|(k, _)| *k == key);
    let unused: BTreeSet<&str> = Lang::Vi.keys().filter(|key| !known(key) && !made(key)).collect();
    assert!(unused.is_empty(), "nobody asks for:\n{}", Vec::from_iter(unused).join("\n"));
}

#[test]
fn keys_made_while_running_are_listed() {
    let (_, starts) = used();
    let unlisted: Vec<String> = starts
        .iter()
        .filter(|(start, _)| !MADE.iter().any(|(listed, ..)| listed == start))
        .filter(|(start, _)| !NO_KEY.iter().any(|(known, _)| known == start))
        .map(|(start, path)| format!("{start} ({path})"))
        .collect();
    assert!(unlisted.is_empty(), "keys are made of:\n{}", unlisted.join("\n"));
    for (listed, all, reason) in MADE {
        assert!(starts.contains_key(*listed), "no source makes keys of {listed} any more");
        for start in *all {
            assert!(
                Lang::Vi.keys().any(|key| key.starts_with(start)),
                "no words begin with {start}"
            );
        }
        assert!(reason.len() > 10, "{listed}: why?");
    }
    for (listed, reason) in NO_KEY.iter().chain(UNASKED).chain(JOINTS) {
        assert!(reason.len() > 10, "{listed}: why?");
    }
}

/// The `{places}` of a text.
fn places(words: &str) -> BTreeSet<&str> {
    words.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

/// The tables of the register and their columns, as they are declared: `(file, table, columns)`.
fn tables() -> Vec<(String, String, Vec<String>)> {
    let mut out = Vec::new();
    for file in tree::files("crates", &[".rs"]) {
        if tree::is_test(&file.path) || file.path.starts_with("crates/record/") {
            continue;
        }
        for part in tree::program(&file.text).split("= Noun {").skip(1) {
            let part = part.split_once("};").map_or(part, |(inside, _)| inside);
            let quoted = |from: &str| -> Vec<String> {
                let found = part.split(from).skip(1);
                found.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
            };
            let Some(table) = quoted("table: \"").pop() else { continue };
            let mut columns = quoted("Col::open(\"");
            columns.extend(quoted("Col::personal(\""));
            out.push((file.path.clone(), table, columns));
        }
    }
    assert!(out.len() > 10, "only {} tables were found", out.len());
    out
}

/// Columns the journal's page leaves out: keys made of others (crates/people/src/pages/audit.rs).
const MADE_COLUMNS: [&str; 2] = ["name_fold", "name_sort"];

#[test]
fn the_journal_has_words_for_every_table_and_column() {
    let mut missing = BTreeSet::new();
    for (path, table, columns) in tables() {
        if !CONTEXTS.iter().any(|c| Lang::Vi.has(&format!("{c}.noun.{table}"))) {
            missing.insert(format!("noun.{table} ({path})"));
        }
        for column in columns.iter().filter(|column| !MADE_COLUMNS.contains(&column.as_str())) {
            if !Lang::Vi.has(&format!("people.column.{column}")) {
                missing.insert(format!("people.column.{column} ({path})"));
            }
        }
    }
    assert!(missing.is_empty(), "no words for:\n{}", Vec::from_iter(missing).join("\n"));
}

#[test]
fn both_languages_have_words_and_the_same_places_in_them() {
    let mut wrong = Vec::new();
    for key in Lang::Vi.keys() {
        let (vi, en) = (Lang::Vi.t(key), Lang::En.t(key));
        if places(vi) != places(en) {
            wrong.push(format!("{key}: “{vi}” and “{en}” have different places"));
        }
        let joint = JOINTS.iter().any(|(known, _)| *known == key);
        if vi.trim().is_empty() || en.trim().is_empty() {
            wrong.push(format!("{key}: is empty"));
        }
        if !joint && (vi.trim() != vi || en.trim() != en) {
            wrong.push(format!("{key}: has white space at an end"));
        }
        let names = PHRASES.iter().fold(en.to_owned(), |rest, name| rest.replace(name, ""));
        if names.to_lowercase().contains(is_vietnamese) && !key.starts_with("web.gallery.") {
            wrong.push(format!("{key}: “{en}” is not English"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn is_vietnamese(c: char) -> bool {
    "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ".contains(c)
}

/// Words that stand between two others.
const JOINTS: &[(&str, &str)] = &[("people.imports.confirm_and", "joins “3 new” and “2 changed”")];

/// Names that stay Vietnamese in English words; the sample page of the kit is full of them.
const PHRASES: [&str; 11] = [
    "Thạo",
    "Tiếng Việt",
    "Nguyễn Thị Mẫu",
    "Trần Thị Mẫu",
    "Thôn Đông",
    "Phú Thọ",
    // Words as they stand in the offices' files.
    "Tên khóa học",
    "Không đạt",
    "Đạt",
    "Hoàn thành",
    "Tham dự",
];
