//! Looking around in the tree: what an actor may choose from, what a unit was called, how many
//! people belong below it.

use jiff::civil::Date;
use thao_base::{Result, Tx, UnitId, args, row, sql, text};
use thao_web::Scope;

use super::{Place, UnitKind};

const SQL: &str = include_str!("browse.sql");

/// All units of a scope, in the order of the walk.
pub fn list_in_scope(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "in_scope"), args![scope.json()])
}

/// The units of a scope but its villages: communes, agencies, schools …
pub fn list_above_villages(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "above_villages"), args![scope.json(), UnitKind::Village.code()])
}

/// The unit at a position of the walk, when there is one.
pub fn find_at(tx: &mut Tx<'_>, pos: i64) -> Result<Option<Place>> {
    tx.find(sql!(SQL, "at"), args![pos])
}

/// How many units a scope holds.
pub fn count_in_scope(tx: &mut Tx<'_>, scope: &Scope) -> Result<i64> {
    tx.value(sql!(SQL, "count_in_scope"), args![scope.json()])
}

/// Units of a scope with a word of their name that starts so, in any spelling or without
/// accents, or with this code; at most `limit`.
pub fn search(tx: &mut Tx<'_>, scope: &Scope, words: &str, limit: usize) -> Result<Vec<Place>> {
    let wanted = text::fold(words);
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let all = list_in_scope(tx, scope)?;
    let fits = |place: &Place| {
        place.code.as_deref() == Some(words.trim())
            || format!(" {}", text::fold(&place.name)).contains(&format!(" {wanted}"))
    };
    Ok(all.into_iter().filter(fits).take(limit).collect())
}

row! {
    /// What a unit was called and from when; `valid_to` is the first day it was not.
    #[derive(Debug, Clone)]
    pub struct NamedFrom {
        pub id: thao_base::RowId,
        pub name: String,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

/// The names of a unit, the newest first.
pub fn list_names(tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<NamedFrom>> {
    tx.list(sql!(SQL, "names"), args![unit])
}

/// How many people belong, on a day, to each unit directly below one or to anything below that:
/// each person once per unit. Units with nobody are left out.
pub fn count_people(tx: &mut Tx<'_>, parent: UnitId, on: Date) -> Result<Vec<(UnitId, i64)>> {
    tx.list(sql!(SQL, "people_below"), args![parent, on])
}

/// How many people belong to a unit itself on a day.
pub fn count_own_people(tx: &mut Tx<'_>, unit: UnitId, on: Date) -> Result<i64> {
    tx.value(sql!(SQL, "people_in"), args![unit, on])
}
