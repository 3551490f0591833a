//! What a change is judged by: every unit with its dated rows, and the changes that stand.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use thao_base::{Result, RowId, Tx, UnitId, args, row, sql};

use super::SQL;
use crate::unit::{self, Forest, UnitKind};

row! {
    #[derive(Debug, Clone)]
    struct UnitRow { unit: UnitId, kind: String, form: Option<String>, from: Date, to: Option<Date> }
}
row! {
    #[derive(Debug, Clone)]
    struct NameRow {
        id: RowId,
        unit: UnitId,
        name: String,
        form: Option<String>,
        from: Date,
        to: Option<Date>,
    }
}
row! {
    #[derive(Debug, Clone)]
    struct ParentRow { id: RowId, unit: UnitId, parent: UnitId, from: Date, to: Option<Date> }
}

/// A dated row of a unit.
#[derive(Debug, Clone)]
pub struct Dated<T> {
    pub id: RowId,
    pub value: T,
    pub from: Date,
    pub to: Option<Date>,
}

impl<T> Dated<T> {
    fn holds(&self, on: Date) -> bool {
        self.from <= on && self.to.is_none_or(|to| on < to)
    }
}

/// A unit with its rows.
#[derive(Debug, Clone)]
pub struct Known {
    pub kind: String,
    pub form: Option<String>,
    pub from: Date,
    pub to: Option<Date>,
    pub names: Vec<Dated<String>>,
    pub parents: Vec<Dated<UnitId>>,
}

impl Known {
    pub fn kind(&self) -> Option<UnitKind> {
        UnitKind::from_code(&self.kind)
    }

    pub fn name_row(&self, on: Date) -> Option<&Dated<String>> {
        self.names.iter().rev().find(|row| row.holds(on))
    }

    pub fn parent_row(&self, on: Date) -> Option<&Dated<UnitId>> {
        self.parents.iter().rev().find(|row| row.holds(on))
    }

    /// What it is called on a day, or was last.
    pub fn name(&self, on: Date) -> &str {
        let row = self.name_row(on).or_else(|| self.names.last());
        row.map(|row| row.value.as_str()).unwrap_or_default()
    }
}

/// A change that stands has to do with a unit.
#[derive(Debug, Clone)]
pub struct Touch {
    pub on: Date,
    pub title: String,
}

/// All of it.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    pub forest: Forest,
    pub units: BTreeMap<UnitId, Known>,
    pub touched: HashMap<UnitId, Vec<Touch>>,
    /// Who has or had a code.
    pub codes: HashMap<String, Vec<UnitId>>,
}

impl Picture {
    pub fn load(tx: &mut Tx<'_>) -> Result<Picture> {
        let mut picture = Picture { forest: unit::forest(tx)?, ..Picture::default() };
        for row in tx.list::<UnitRow>(sql!(SQL, "units"), args![])? {
            let UnitRow { unit, kind, form, from, to } = row;
            let (names, parents) = (Vec::new(), Vec::new());
            picture.units.insert(unit, Known { kind, form, from, to, names, parents });
        }
        for NameRow { id, unit, name, form, from, to } in tx.list(sql!(SQL, "names"), args![])? {
            if let Some(known) = picture.units.get_mut(&unit).filter(|_| was(from, to)) {
                known.form = form.or_else(|| known.form.take());
                known.names.push(Dated { id, value: name, from, to });
            }
        }
        for ParentRow { id, unit, parent, from, to } in tx.list(sql!(SQL, "parents"), args![])? {
            if let Some(known) = picture.units.get_mut(&unit).filter(|_| was(from, to)) {
                known.parents.push(Dated { id, value: parent, from, to });
            }
        }
        for (unit, on, title) in tx.list::<(UnitId, Date, String)>(sql!(SQL, "touched"), args![])? {
            picture.touched.entry(unit).or_default().push(Touch { on, title });
        }
        for (code, unit) in tx.list::<(String, UnitId)>(sql!(SQL, "codes"), args![])? {
            picture.codes.entry(code).or_default().push(unit);
        }
        Ok(picture)
    }

    pub fn name(&self, unit: UnitId, on: Date) -> &str {
        self.units.get(&unit).map(|known| known.name(on)).unwrap_or_default()
    }
}

/// What ended on the day it began never was.
fn was(from: Date, to: Option<Date>) -> bool {
    to.is_none_or(|to| from < to)
}
