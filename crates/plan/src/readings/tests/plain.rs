//! Units, things and classes counted by hand out of the tables, every unit and day.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use thao_base::{
    ActivityId, ClassId, Db, Result, RowId, StatementId, ThingId, Tx, UnitId, args, cast,
};
use thao_record::evidence::{date_of, day, day_of};
use thao_testkit::world;

use super::hand::{below, figure, rows};
use super::story::PAST;
use crate::fold::{Delta, Rule};
use crate::kind::Kind;
use crate::measure::{self, Denominator};

/// All there is, read plainly.
struct Plain {
    /// Unit, kind, from, to.
    units: Vec<(UnitId, String, Date, Option<Date>)>,
    things: Vec<(ThingId, UnitId, String, Date, Option<Date>)>,
    /// Subject, criterion, outcome, instant, id; what stands.
    findings: Vec<(RowId, ActivityId, bool, Timestamp, StatementId)>,
    /// Class, unit, course, first closed meeting.
    classes: Vec<(ClassId, UnitId, ActivityId, Option<Timestamp>)>,
}

fn plain(tx: &mut Tx<'_>) -> Result<Plain> {
    let findings = "SELECT COALESCE(s.context_id, s.unit_id), s.activity_id, s.success, s.at, s.id
        FROM statement s WHERE s.kind = 'assessed'
        AND s.id NOT IN (SELECT v.voids_id FROM statement v WHERE v.voids_id IS NOT NULL)";
    let classes = "SELECT c.id, c.unit_id, c.course_id, MIN(m.starts_at) FROM class c
        LEFT JOIN meeting m ON m.class_id = c.id AND m.closed_at IS NOT NULL
          AND m.cancelled_at IS NULL
        GROUP BY c.id, c.unit_id, c.course_id";
    let things = "SELECT id, unit_id, kind, valid_from, valid_to FROM thing
        WHERE withdrawn_at IS NULL";
    Ok(Plain {
        units: tx.list("SELECT id, kind, valid_from, valid_to FROM unit", args![])?,
        things: tx.list(things, args![])?,
        findings: tx.list(findings, args![])?,
        classes: tx.list(classes, args![])?,
    })
}

impl Plain {
    /// Whether something satisfies the rule on a day.
    fn satisfies(&self, rule: &Rule, subject: RowId, from: Date, on: i32) -> bool {
        let since = rule.since.map_or(i32::MIN, day);
        let Some(criterion) = rule.criterion else { return since <= day(from) };
        let own = self.findings.iter().filter(|(s, activity, _, at, _)| {
            let at = day_of(*at);
            *s == subject && *activity == cast(criterion) && since <= at && at <= on
        });
        own.max_by_key(|(.., at, id)| (*at, *id)).is_some_and(|(_, _, success, at, _)| {
            let gone = rule.valid_months.map(|months| {
                let at = date_of(day_of(*at));
                day(at.checked_add(Span::new().months(months)).unwrap())
            });
            *success && gone.is_none_or(|gone| on < gone)
        })
    }

    /// The units that count and those that do so and are met, `(unit it counts in, met)`.
    fn counted(
        &self,
        rule: &Rule,
        below: &BTreeMap<UnitId, BTreeSet<UnitId>>,
        on: i32,
    ) -> BTreeMap<RowId, (UnitId, bool)> {
        let there =
            |from: Date, to: Option<Date>| day(from) <= on && to.is_none_or(|to| on < day(to));
        let mut out = BTreeMap::new();
        match rule.kind {
            Kind::ShareOf => {
                for base in &rule.bases {
                    for (id, (unit, met)) in self.counted(base, below, on) {
                        if met {
                            let holds = self.satisfies(rule, id, Date::MIN, on);
                            out.insert(id, (unit, holds));
                        }
                    }
                }
            }
            Kind::ShareUnits | Kind::CountUnits | Kind::PerUnit | Kind::Milestone => {
                for (id, kind, from, to) in &self.units {
                    if Some(kind) != rule.unit_kind.as_ref() || !there(*from, *to) {
                        continue;
                    }
                    let own = |unit: &UnitId| below.get(id).is_some_and(|own| own.contains(unit));
                    let met = match rule.kind {
                        Kind::PerUnit => {
                            let things =
                                self.things.iter().filter(|(thing, unit, kind, from, to)| {
                                    Some(kind) == rule.thing_kind.as_ref()
                                        && own(unit)
                                        && there(*from, *to)
                                        && self.satisfies(rule, cast(*thing), *from, on)
                                });
                            rule.at_least <= things.count() as i32
                        }
                        _ => self.satisfies(rule, cast(*id), *from, on),
                    };
                    out.insert(cast(*id), (*id, met));
                }
            }
            Kind::ShareThings | Kind::CountThings => {
                for (id, unit, kind, from, to) in &self.things {
                    if Some(kind) == rule.thing_kind.as_ref() && there(*from, *to) {
                        let met = self.satisfies(rule, cast(*id), *from, on);
                        out.insert(cast(*id), (*unit, met));
                    }
                }
            }
            _ => {
                for (id, unit, course, held) in &self.classes {
                    let Some(held) = held.map(day_of) else { continue };
                    let yearly = rule.kind == Kind::ClassesPerYear;
                    let counts = rule.activities.contains(course)
                        && held <= on
                        && rule.since.is_none_or(|since| day(since) <= held)
                        && (!yearly || date_of(held).year() == date_of(on).year());
                    if counts {
                        out.insert(cast(*id), (*unit, true));
                    }
                }
            }
        }
        out
    }
}

pub(super) async fn check(db: &Db, name: &str) {
    let name = name.to_owned();
    db.read(move |tx| {
        let (plain, below) = (plain(tx)?, below(tx));
        let today = day(world().stamp("plan.act.set_target").today());
        for measure in measure::list_wanted(tx)? {
            let sql = "SELECT no FROM reading_book WHERE measure_id = $1 AND state = 'open'";
            let no: i32 = tx.value(sql, args![measure.id])?;
            let rows = rows(tx, no);
            let has_base = measure.denominator == Denominator::Computed;
            let days = (today - PAST - 2..today + 3).chain([40, 60, 4000].map(|n| today + n));
            for on in days {
                let counted = plain.counted(&measure.rule, &below, on);
                for (unit, under) in &below {
                    let mut hand = Delta::default();
                    for (_, met) in counted.values().filter(|(at, _)| under.contains(at)) {
                        hand.met += i64::from(*met);
                        hand.base += i64::from(has_base);
                    }
                    let kind = measure.kind;
                    let found = figure(&rows, *unit, on);
                    assert_eq!(found, hand, "{name}, {kind:?} in {unit} on {}", date_of(on));
                }
            }
        }
        Ok(())
    })
    .await
    .unwrap();
}
