//! What a change of units would mean for targets: their figures in the units as they are and in
//! those that follow, before anything is done.

use std::collections::{BTreeMap, BTreeSet};

use thao_base::{Lang, Result, TargetId, Tx, UnitId, args, sql};
use thao_people::Foreseen;
use thao_people::unit;
use thao_people::unit::change::{Deeds, NewChange, touched};
use thao_record::evidence::day;

use crate::board::permille;
use crate::fold::Delta;
use crate::measure::{self, Denominator};
use crate::pages::percent;
use crate::readings;
use crate::target;

const SQL: &str = include_str!("foresee.sql");
/// Units of a target shown by name at most.
const SHOWN: usize = 6;
/// Targets whose figures are worked out at most.
const LOOKED_AT: usize = 40;

/// How many targets and figures belong to the units, and the targets' figures before and after.
pub fn foresee(
    tx: &mut Tx<'_>,
    change: &NewChange,
    deeds: &Deeds,
    lang: Lang,
) -> Result<Vec<Foreseen>> {
    let units = touched(deeds);
    let targets: i64 = tx.value(sql!(SQL, "targets"), args![units])?;
    let figures: i64 = tx.value(sql!(SQL, "figures"), args![units])?;
    let mut out = vec![
        Foreseen::Count(lang.t("plan.foresee.targets").to_owned(), targets),
        Foreseen::Count(lang.t("plan.foresee.figures").to_owned(), figures),
    ];
    let heirs: BTreeSet<UnitId> = deeds.follows.iter().map(|follow| follow.to).collect();
    if heirs.is_empty() {
        return Ok(out);
    }
    let mut rows = Vec::new();
    let all: Vec<TargetId> = tx.values(sql!(SQL, "all_targets"), args![])?;
    for target in all.into_iter().take(LOOKED_AT) {
        let target = target::get(tx, target)?;
        let measure = measure::get(tx, target.measure)?;
        let computed = measure.denominator == Denominator::Computed;
        let Some(no) = readings::open(tx, measure.id)? else { continue };
        let wanted: BTreeSet<UnitId> = deeds.ends.iter().copied().chain(heirs.clone()).collect();
        let found = readings::ahead(tx, no, computed, &turn(deeds), &wanted, day(change.on))?;
        rows.extend(lines(tx, lang, target.title(lang), deeds, &heirs, &found, computed)?);
    }
    let columns = ["target", "unit", "part", "whole", "share"];
    let columns = columns.map(|column| lang.t(key(column)).to_owned());
    out.push(Foreseen::Table(lang.t("plan.foresee.title").to_owned(), columns.to_vec(), rows));
    Ok(out)
}

fn key(column: &str) -> &'static str {
    match column {
        "target" => "plan.foresee.target",
        "unit" => "plan.foresee.unit",
        "part" => "plan.foresee.part",
        "whole" => "plan.foresee.whole",
        _ => "plan.foresee.share",
    }
}

/// What each unit lies below or counts in after a change, where it is another than before.
fn turn(deeds: &Deeds) -> Vec<(UnitId, Option<UnitId>)> {
    let begins = deeds.begins.iter().map(|fresh| (fresh.id, fresh.parent));
    let ends = deeds.ends.iter().map(|unit| (*unit, deeds.heir(*unit)));
    let moves = deeds.moves.iter().map(|(unit, above)| (*unit, Some(*above)));
    begins.chain(ends).chain(moves).collect()
}

fn lines(
    tx: &mut Tx<'_>,
    lang: Lang,
    title: &str,
    deeds: &Deeds,
    heirs: &BTreeSet<UnitId>,
    found: &BTreeMap<UnitId, [Delta; 2]>,
    computed: bool,
) -> Result<Vec<Vec<String>>> {
    let mut rows = Vec::new();
    let figure = |delta: Delta| {
        let whole = computed.then_some(delta.base);
        let share = permille(delta.met, whole).map(|share| percent(lang, share));
        [
            lang.number(delta.met).to_string(),
            whole.map_or_else(|| "–".to_owned(), |whole| lang.number(whole).to_string()),
            share.unwrap_or_else(|| "–".to_owned()),
        ]
    };
    let mut add = |name: String, delta: Delta| {
        rows.push([title.to_owned(), name].into_iter().chain(figure(delta)).collect::<Vec<_>>());
    };
    let some = |delta: &Delta| !delta.is_zero();
    for unit in deeds.ends.iter().take(SHOWN) {
        if let Some([before, _]) = found.get(unit).filter(|[before, _]| some(before)) {
            let name = unit::any_place(tx, *unit)?.name;
            add(name, *before);
        }
    }
    for heir in heirs {
        let Some([before, after]) = found.get(heir).filter(|both| both.iter().any(some)) else {
            continue;
        };
        let fresh = deeds.begins.iter().find(|fresh| fresh.id == *heir);
        let name = match fresh {
            Some(fresh) => fresh.name.clone(),
            None => unit::any_place(tx, *heir)?.name,
        };
        if fresh.is_none() && some(before) {
            add(name.clone(), *before);
        }
        add(lang.f("plan.foresee.after", &[("name", &name)]), *after);
    }
    Ok(rows)
}
