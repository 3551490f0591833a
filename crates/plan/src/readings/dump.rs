//! All readings as text in the order of their keys, for comparing: no book numbers, no clock, no
//! generated ids, so that two databases with the same register and record give the same bytes.

use thao_base::{MeasureId, PersonId, Result, RowId, Tx, UnitId, args, row, sql};

use super::SQL;

row! {
    struct IntervalLine { subject: RowId, unit: UnitId, from: i32, to: i32, met: bool, n: i32 }
}
row! {
    struct SumLine { unit: UnitId, level: i32, bucket: i32, met: i64, base: i64 }
}
row! {
    struct PlaceLine {
        unit: UnitId,
        parent: Option<UnitId>,
        commune: Option<UnitId>,
        kind: String,
        code: Option<String>,
        name: String,
        path: String,
        sort: String,
        pos: i64,
        last: i64,
        depth: i32,
    }
}

/// Gives `line` every reading: clusters, the tree, intervals and sums of the open books.
pub fn dump(tx: &mut Tx<'_>, mut line: impl FnMut(&str)) -> Result<()> {
    tx.each(sql!(SQL, "all_places"), args![], |row| {
        let place: PlaceLine = thao_base::db::FromRow::from_row(row)?;
        let id = |unit: Option<UnitId>| unit.map_or_else(|| "-".to_owned(), |unit| unit.to_string());
        let PlaceLine { unit, kind, name, path, sort, pos, last, depth, .. } = &place;
        let (parent, commune) = (id(place.parent), id(place.commune));
        let code = place.code.as_deref().unwrap_or("-");
        line(&format!(
            "place {unit} {parent} {commune} {kind} {code} {pos} {last} {depth} {name:?} {path:?} {sort:?}"
        ));
        Ok(())
    })?;
    tx.each(sql!(SQL, "all_clusters"), args![], |row| {
        let (person, canonical): (PersonId, PersonId) = thao_base::db::FromRow::from_row(row)?;
        line(&format!("cluster {person} {canonical}"));
        Ok(())
    })?;
    let books: Vec<(i32, MeasureId)> = tx.list(sql!(SQL, "open_books"), args![])?;
    for (no, measure) in books {
        tx.each(sql!(SQL, "all_intervals"), args![no], |row| {
            let i: IntervalLine = thao_base::db::FromRow::from_row(row)?;
            let met = if i.met { "met" } else { "not" };
            let IntervalLine { subject, unit, from, to, n, .. } = i;
            line(&format!("days {measure} {subject} {unit} {from} {to} {met} {n}"));
            Ok(())
        })?;
        tx.each(sql!(SQL, "all_sums"), args![no], |row| {
            let s: SumLine = thao_base::db::FromRow::from_row(row)?;
            let SumLine { unit, level, bucket, met, base } = s;
            line(&format!("sum {measure} {unit} {level} {bucket} {met} {base}"));
            Ok(())
        })?;
    }
    Ok(())
}

/// The digest of [`dump`], in hexadecimal.
pub fn digest(tx: &mut Tx<'_>) -> Result<String> {
    let mut hasher = blake3::Hasher::new();
    dump(tx, |line| {
        hasher.update(line.as_bytes());
        hasher.update(b"\n");
    })?;
    Ok(hasher.finalize().to_hex().to_string())
}
