//! What is on record about a person, line by line, and whether each line counts.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use maud::{Markup, html};
use thao_base::{ActivityId, Kind, Lang, PersonId, Result, Tx, UnitId};
use thao_record::Rung;
use thao_record::statement::{self, Statement, Verb};
use thao_web::components::{Badge, Column, Empty, Table, below};

use super::Outside;
use crate::unit;

/// Whether a statement counts today, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Counts,
    /// The person did not pass.
    Failed,
    /// A later outcome of the same kind decides.
    Overtaken,
    /// It was taken back.
    Voided,
}

impl Standing {
    fn badge(self, lang: Lang) -> Badge<'static> {
        match self {
            Standing::Counts => Badge::good(lang.t("people.evidence.counts")),
            Standing::Failed => Badge::warn(lang.t("people.evidence.failed")),
            Standing::Overtaken => Badge::plain(lang.t("people.evidence.overtaken")),
            Standing::Voided => Badge::plain(lang.t("people.evidence.voided")),
        }
    }
}

/// The statements that are evidence, oldest first as given, each with where it stands. Pure.
///
/// Of one activity and one rung the latest outcome that was not taken back decides; see
/// [`thao_record::evidence`].
pub(crate) fn standings(all: Vec<Statement>) -> Vec<(Statement, Standing)> {
    let evidence: Vec<Statement> =
        all.into_iter().filter(|s| s.activity.is_some() && rung(s) != Rung::None).collect();
    let mut deciding: HashMap<(Option<ActivityId>, Rung), usize> = HashMap::new();
    for (at, statement) in evidence.iter().enumerate() {
        if statement.voided_by.is_none() {
            deciding.insert((statement.activity, rung(statement)), at);
        }
    }
    let stand = |(at, statement): (usize, Statement)| {
        let standing = if statement.voided_by.is_some() {
            Standing::Voided
        } else if deciding.get(&(statement.activity, rung(&statement))) != Some(&at) {
            Standing::Overtaken
        } else if statement.success == Some(false) {
            Standing::Failed
        } else {
            Standing::Counts
        };
        (statement, standing)
    };
    evidence.into_iter().enumerate().map(stand).collect()
}

fn rung(statement: &Statement) -> Rung {
    statement.verb().map_or(Rung::None, Verb::rung)
}

/// The evidence of a person, as a page shows it.
pub(crate) struct Evidence {
    lines: Vec<(Statement, Standing)>,
    /// Answers to single questions: kept, but no evidence of their own.
    answers: usize,
    activities: HashMap<ActivityId, String>,
    units: HashMap<UnitId, String>,
}

/// Everything on record about some rows of one person.
pub(crate) fn load(
    tx: &mut Tx<'_>,
    rows: &[PersonId],
    outside: Outside,
    lang: Lang,
) -> Result<Evidence> {
    let all = statement::list_of_persons(tx, rows)?;
    let answers = all.iter().filter(|s| s.verb() == Some(Verb::Answered)).count();
    let mut lines = standings(all);
    lines.reverse();
    let mut ids: Vec<ActivityId> = lines.iter().filter_map(|(s, _)| s.activity).collect();
    ids.sort_unstable();
    ids.dedup();
    let activities = (outside.name_activities)(tx, &ids, lang)?.into_iter().collect();
    let mut units = HashMap::new();
    for (statement, _) in &lines {
        if let Entry::Vacant(free) = units.entry(statement.unit) {
            free.insert(match unit::place(tx, statement.unit) {
                Ok(place) => place.path,
                Err(e) if e.kind() == Kind::NotFound => String::new(),
                Err(e) => return Err(e),
            });
        }
    }
    Ok(Evidence { lines, answers, activities, units })
}

impl Evidence {
    /// A line for each, the newest first.
    pub(crate) fn table(&self, lang: Lang) -> Markup {
        let rows = self.lines.iter().map(|(statement, standing)| {
            let name = statement.activity.and_then(|id| self.activities.get(&id));
            let unit = self.units.get(&statement.unit).map_or("", String::as_str);
            vec![
                html! {
                    (lang.t(verb_key(statement)))
                    @if let Some(name) = name { " “" (name) "”" }
                    (below(unit))
                },
                html! { (lang.date(thao_base::locale::local_date(statement.at))) },
                html! {
                    div {
                        (standing.badge(lang))
                        @if let Some(score) = statement.score {
                            (below(&lang.f("people.evidence.score",
                                &[("score", &lang.percent(i64::from(score), 1000))])))
                        }
                    }
                },
            ]
        });
        let table = Table::new(lang, lang.t("people.evidence.title"))
            .caption_only_heard()
            .column(Column::text(lang.t("people.evidence.what")))
            .column(Column::text(lang.t("people.evidence.day")))
            .column(Column::text(lang.t("people.evidence.standing")))
            .rows(rows)
            .empty(Empty::new(
                lang.t("people.evidence.none"),
                lang.t("people.evidence.none_words"),
            ));
        html! {
            (table)
            @if 0 < self.answers {
                @let n = i64::try_from(self.answers).unwrap_or(i64::MAX);
                p.quiet { (lang.f("people.evidence.answers", &[("n", &lang.number(n))])) }
            }
        }
    }
}

/// What happened, in words: `passed` with a failure is a test not passed.
fn verb_key(statement: &Statement) -> &'static str {
    match (statement.verb(), statement.success) {
        (Some(Verb::Attended), _) => "people.verb.attended",
        (Some(Verb::Completed), _) => "people.verb.completed",
        (Some(Verb::Passed), Some(false)) => "people.verb.failed",
        (Some(Verb::Passed), _) => "people.verb.passed",
        (Some(Verb::Observed), Some(false)) => "people.verb.observed_failed",
        (Some(Verb::Observed), _) => "people.verb.observed",
        (Some(Verb::Confirmed), _) => "people.verb.confirmed",
        (Some(Verb::Retained), Some(false)) => "people.verb.retained_failed",
        (Some(Verb::Retained), _) => "people.verb.retained",
        (Some(Verb::Answered | Verb::Assessed | Verb::Voided | Verb::Erased) | None, _) => {
            "people.verb.other"
        }
    }
}

#[cfg(test)]
mod tests {
    use thao_base::{Entropy, Id, StatementId};

    use super::*;

    fn line(verb: Verb, day: u8, success: Option<bool>) -> Statement {
        let entropy = Entropy::seeded(u64::from(day));
        let at = format!("2026-03-{day:02}T02:00:00Z").parse().unwrap();
        Statement {
            id: StatementId::new(at, &entropy),
            kind: verb.code().to_owned(),
            person: None,
            unit: UnitId::new(at, &entropy),
            activity: Some(ActivityId::from_uuid(uuid::Uuid::from_u128(1))),
            context: None,
            success,
            score: None,
            at,
            recorded_at: at,
            detail: None,
            voided_by: None,
        }
    }

    #[test]
    fn the_latest_outcome_of_a_rung_decides_and_others_say_why_not() {
        let voided = Statement {
            voided_by: Some(StatementId::from_uuid(uuid::Uuid::from_u128(9))),
            ..line(Verb::Passed, 5, Some(true))
        };
        let other = Statement {
            activity: Some(ActivityId::from_uuid(uuid::Uuid::from_u128(2))),
            ..line(Verb::Passed, 6, Some(false))
        };
        let all = vec![
            line(Verb::Passed, 1, Some(true)),
            line(Verb::Attended, 2, None),
            line(Verb::Answered, 3, Some(true)),
            line(Verb::Passed, 4, Some(true)),
            voided,
            other,
        ];
        let found: Vec<Standing> = standings(all).into_iter().map(|(_, s)| s).collect();
        assert_eq!(
            found,
            [
                Standing::Overtaken,
                Standing::Counts,
                Standing::Counts,
                Standing::Voided,
                Standing::Failed
            ]
        );
    }
}
