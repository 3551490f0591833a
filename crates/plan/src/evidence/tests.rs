//! Verdicts, one by one, and against the count by hand.

use jiff::civil::date;
use proptest::prelude::*;
use thao_base::Id;
use thao_record::Fact;
use thao_record::evidence::{date_of, day};

use super::*;
use crate::brute::met_on;
use crate::fold::Need;
use crate::kind::Kind;
use thao_people::audience::Audience;

fn id<T: Id>(n: u64) -> T {
    let text = format!("00000000-0000-7000-8000-{n:012x}");
    T::from_uuid(text.parse::<StatementId>().unwrap().uuid())
}

fn rule(rung: Rung, need: Need, valid_months: Option<i32>) -> Rule {
    let audience = Audience {
        id: id(1),
        code: "dan".into(),
        name_vi: "Người dân".into(),
        name_en: "Residents".into(),
        affiliation_kind: "resident".into(),
        categories: serde_json::json!([]),
        age_from: None,
        age_below: None,
    };
    let audience = Some(audience);
    let activities = [id(1), id(2)].into();
    Rule { audience, activities, rung, need, valid_months, ..Rule::new(Kind::SharePeople) }
}

fn piece(n: u64, activity: u64, rung: Rung, success: bool, at: &str) -> Piece {
    let at = format!("{at}T03:00:00Z").parse().unwrap();
    Piece { id: id(n), activity: Some(id(activity)), rung, success, at, voided: false }
}

#[test]
fn each_piece_is_told_why() {
    let mut voided = piece(1, 1, Rung::Passed, true, "2026-01-05");
    voided.voided = true;
    let pieces = [
        voided,
        piece(2, 9, Rung::Passed, true, "2026-01-06"),
        piece(3, 1, Rung::Attended, true, "2026-01-07"),
        piece(4, 1, Rung::Passed, true, "2026-01-08"),
        piece(5, 1, Rung::Passed, false, "2026-02-01"),
        piece(6, 1, Rung::Observed, true, "2026-03-01"),
        piece(7, 2, Rung::Passed, true, "2025-01-31"),
        piece(8, 1, Rung::Passed, true, "2026-12-01"),
    ];
    let rule = rule(Rung::Passed, Need::Any, Some(13));
    let found = judge(&rule, &pieces, date(2026, 6, 1));
    let expected = [
        Verdict::Voided,
        Verdict::OtherActivity,
        Verdict::BelowRung,
        Verdict::Replaced,
        Verdict::Failed,
        Verdict::Counts,
        Verdict::Expired(date(2026, 2, 28)),
        Verdict::Later,
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_counts_begins_on_a_day_or_anew_each_year() {
    let pieces = [
        piece(1, 1, Rung::Passed, true, "2025-03-01"),
        piece(2, 1, Rung::Passed, true, "2025-11-01"),
        piece(3, 2, Rung::Passed, true, "2026-02-01"),
    ];
    let on = date(2026, 6, 1);
    let mut rule = rule(Rung::Passed, Need::Any, None);
    rule.since = Some(date(2025, 10, 1));
    assert_eq!(judge(&rule, &pieces, on), [Verdict::Before, Verdict::Counts, Verdict::Counts]);
    rule = Rule { kind: Kind::PeoplePerYear, since: None, ..rule };
    assert_eq!(
        judge(&rule, &pieces, on),
        [Verdict::OtherYear, Verdict::OtherYear, Verdict::Counts]
    );
    rule = Rule { kind: Kind::Turns, ..rule };
    assert_eq!(judge(&rule, &pieces, on), [Verdict::Counts; 3]);
}

proptest! {
    #[test]
    fn a_person_counts_exactly_when_some_evidence_does(
        raw in prop::collection::vec((1..4u64, 1..6i32, any::<bool>(), 0..90i32, any::<bool>()), 0..9),
        rung in 1..5i32, all in any::<bool>(), months in prop::option::of(1..3i32), on in 0..120i32,
    ) {
        let start = day(date(2026, 1, 1));
        let pieces: Vec<Piece> = raw
            .iter()
            .enumerate()
            .map(|(n, (activity, rung, success, at, voided))| Piece {
                voided: *voided,
                ..piece(
                    n as u64,
                    *activity,
                    Rung::from_level(*rung).unwrap(),
                    *success,
                    &date_of(start + at).to_string(),
                )
            })
            .collect();
        let facts: Vec<Fact> = pieces
            .iter()
            .filter(|piece| !piece.voided)
            .map(|piece| Fact {
                id: piece.id,
                activity: piece.activity.unwrap(),
                unit: id(3),
                rung: piece.rung,
                success: piece.success,
                at: piece.at,
            })
            .collect();
        let need = if all { Need::All } else { Need::Any };
        let rule = rule(Rung::from_level(rung).unwrap(), need, months);
        let on = start + on;
        let verdicts = judge(&rule, &pieces, date_of(on));
        let counted = |activity: &ActivityId| {
            pieces
                .iter()
                .zip(&verdicts)
                .any(|(p, v)| p.activity == Some(*activity) && *v == Verdict::Counts)
        };
        let by_verdict = match need {
            Need::Any => rule.activities.iter().any(counted),
            Need::All => rule.activities.iter().all(counted),
        };
        prop_assert_eq!(by_verdict, met_on(&rule, &facts, on));
    }
}
