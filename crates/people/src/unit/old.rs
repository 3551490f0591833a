//! The library of communes of before 1 July 2025: content/units/old.txt in a table, so that old
//! addresses are found. Not part of the register: the same file gives the same rows.

use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Result, Tx, args, sql};

const SQL: &str = include_str!("old.sql");

/// Makes the table what the file says; whether it was another.
///
/// A line that starts with `=` names province and district, `=Tỉnh …|Huyện …`; the lines below
/// are their communes: old code, old name, code of today.
///
/// # Errors
/// A line that is none of the two.
pub fn load(tx: &mut Tx<'_>, text: &str) -> Result<bool> {
    let digest = blake3::hash(text.as_bytes()).to_hex().to_string();
    let kept = tx.find::<(String,)>(sql!(SQL, "digest"), args![])?;
    if kept.is_some_and(|(kept,)| kept == digest) {
        return Ok(false);
    }
    let mut rows: Vec<[&str; 5]> = Vec::new();
    let mut above = ("", "");
    for line in text.lines() {
        let strange = || Error::internal(format!("content/units/old.txt: not a line: {line}"));
        if let Some(heading) = line.strip_prefix('=') {
            above = heading.split_once('|').ok_or_else(strange)?;
            continue;
        }
        let mut cells = line.split('|');
        let (Some(code), Some(name), Some(now)) = (cells.next(), cells.next(), cells.next()) else {
            return Err(strange());
        };
        rows.push([code, name, above.1, above.0, now]);
    }
    tx.exec(sql!(SQL, "clear"), args![])?;
    let none = ["", digest.as_str(), "", "", ""];
    let numbered = (0..).zip(std::iter::once(&none).chain(&rows));
    tx.exec_many(
        sql!(SQL, "add"),
        numbered.map(|(no, [code, name, district, province, now])| {
            let code = if code.is_empty() { Arg::Null } else { Arg::Text(code) };
            let texts = [name, district, province, now].map(|text| text.arg());
            [Arg::Int(no), code].into_iter().chain(texts).collect::<Vec<_>>()
        }),
    )?;
    Ok(true)
}
