//! The tree of any day by hand: one question at a time out of the rows as they stand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use thao_base::{Tx, UnitId, args};

type Span = (Date, Option<Date>);

/// All dated rows.
pub(super) struct Rows {
    units: BTreeMap<UnitId, Span>,
    parents: Vec<(UnitId, UnitId, Span)>,
    /// From, to, day, share, main, rank.
    followed: Vec<(UnitId, UnitId, Date, i32, bool, i32)>,
}

fn holds((from, to): Span, on: Date) -> bool {
    from <= on && to.is_none_or(|to| on < to)
}

impl Rows {
    pub(super) fn load(tx: &mut Tx<'_>) -> Rows {
        let was = "valid_to IS NULL OR valid_from < valid_to";
        let sql = format!("SELECT id, valid_from, valid_to FROM unit WHERE {was}");
        let units: Vec<(UnitId, Date, Option<Date>)> = tx.list(&sql, args![]).unwrap();
        let sql = format!(
            "SELECT unit_id, parent_id, valid_from, valid_to FROM unit_parent WHERE {was} \
             ORDER BY valid_from, id"
        );
        let parents: Vec<(UnitId, UnitId, Date, Option<Date>)> = tx.list(&sql, args![]).unwrap();
        let sql = "SELECT s.from_id, s.to_id, c.on_day, s.share, s.main, s.rank \
             FROM unit_succession s, unit_change c \
             WHERE c.id = s.change_id AND c.withdrawn_at IS NULL AND s.from_id <> s.to_id";
        Rows {
            units: units.into_iter().map(|(unit, from, to)| (unit, (from, to))).collect(),
            parents: parents.into_iter().map(|(u, p, from, to)| (u, p, (from, to))).collect(),
            followed: tx.list(sql, args![]).unwrap(),
        }
    }

    /// The unit one counts in on a day.
    fn home(&self, unit: UnitId, on: Date) -> Option<UnitId> {
        let mut at = unit;
        // A ring has no end.
        for _ in 0..100 {
            let span = *self.units.get(&at)?;
            if holds(span, on) {
                return Some(at);
            }
            if on < span.0 {
                let before = self.followed.iter().filter(|f| f.1 == at && f.2 == span.0);
                match before.max_by_key(|f| (f.3, -f.5)) {
                    Some(f) => at = f.0,
                    None => return Some(at),
                }
            } else {
                let after = self.followed.iter().filter(|f| f.0 == at && f.4 && f.2 <= on);
                at = after.max_by_key(|f| f.2)?.1;
            }
        }
        None
    }

    /// What a unit lies below or counts in on a day.
    fn up(&self, unit: UnitId, on: Date) -> Option<UnitId> {
        match self.home(unit, on) {
            None => None,
            Some(home) if home != unit => Some(home),
            Some(_) => {
                let own: Vec<_> = self.parents.iter().filter(|row| row.0 == unit).collect();
                let held = own.iter().rev().find(|row| holds(row.2, on));
                let row = held.or_else(|| own.first().filter(|row| on < row.2.0))?;
                Some(self.home(row.1, on).unwrap_or(row.1))
            }
        }
    }

    /// Each unit with all that counts in it on a day, itself included.
    pub(super) fn below(&self, on: Date) -> BTreeMap<UnitId, BTreeSet<UnitId>> {
        let mut out: BTreeMap<UnitId, BTreeSet<UnitId>> = BTreeMap::new();
        for unit in self.units.keys() {
            let mut path = vec![*unit];
            while let Some(up) = self.up(path[path.len() - 1], on).filter(|up| !path.contains(up)) {
                path.push(up);
            }
            for up in path {
                out.entry(up).or_default().insert(*unit);
            }
        }
        out
    }
}
