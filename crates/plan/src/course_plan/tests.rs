//! What was held is counted from facts, each person once, on both databases.

use std::collections::HashMap;

use jiff::SignedDuration;
use jiff::civil::date;
use thao_base::locale::instant_of;
use thao_base::{ActivityId, Entropy, MeetingId, PersonId, RowId, UnitId, args, cast as same};
use thao_cast::{Cast, Who, cast};
use thao_classes::class::{self, Details};
use thao_classes::meeting;
use thao_classes::registration::{self, Manner};
use thao_classes::schedule::Evening;
use thao_record::statement::{Draft, append};
use thao_record::{Verb, statement};
use thao_testkit::{databases, world};
use thao_web::access::Appointment;
use thao_web::{Action, Actor, Role, Span};

use super::rule::Held;
use super::*;

fn everywhere() -> Scope {
    let mut somebody = Actor::nobody();
    somebody.appointments = vec![Appointment {
        role: Role::Manager,
        unit_id: crate::world::small_id(1),
        span: Span { lo: 0, hi: i64::MAX },
        valid_from: date(2020, 1, 1),
        valid_to: None,
    }];
    somebody.scope(Action::SeeBoards, date(2026, 11, 20))
}

/// Opens a class with one evening; its meeting.
fn open(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    cast: &Cast,
    course: CourseId,
    (unit, day): (UnitId, Date),
    people: &[PersonId],
) -> Result<MeetingId> {
    let starts_at = instant_of(day) + SignedDuration::from_hours(19);
    let evening = Evening { starts_at, ends_at: starts_at + SignedDuration::from_hours(2) };
    let details = Details {
        course,
        unit,
        title: "Lớp thử".into(),
        venue: "Nhà văn hoá".into(),
        bring: None,
        capacity: None,
    };
    let class = class::open(tx, stamp, cast.person(Who::Organiser), &details, &[evening])?;
    registration::add(tx, stamp, class, people, Manner::Organiser)?;
    Ok(meeting::list_of_class(tx, class)?[0].id)
}

fn fact(
    stamp: &Stamp,
    verb: Verb,
    person: PersonId,
    unit: UnitId,
    (course, meeting, at): (CourseId, Option<MeetingId>, Date),
) -> Draft {
    Draft {
        activity: Some(same::<CourseId, ActivityId>(course)),
        context: meeting.map(same),
        success: Some(true),
        at: instant_of(at) + SignedDuration::from_hours(20),
        ..Draft::new(stamp, verb, person, unit)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn classes_people_and_turns_are_counted_and_a_person_once() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let name = db.name();
        let stamp = world.stamp("plan.act.add_course_plan");
        let found = db
            .write(move |tx| {
                let stamp = Stamp { entropy: Entropy::seeded(9), ..stamp.clone() };
                let (one, two) = (cast.commune(), cast.other_commune());
                let (an, binh) = (cast.person(Who::An), cast.person(Who::Binh));
                let other = cast.person(Who::OtherLearner);
                thao_catalog::publish_starter(tx, &stamp)?;
                let courses = thao_catalog::course::list(tx)?;
                let (course, unheld) = (courses[0].id, courses[1].id);
                let row = |area, course, title: &str| NewCoursePlan {
                    year: 2026,
                    unit: one,
                    area,
                    course,
                    title: title.into(),
                    audience: None,
                    classes: Some(2),
                    places: Some(40),
                    budget: Some(10_000_000),
                    funds: None,
                    due: None,
                };
                let all = add(tx, &stamp, &row(cast.units.province, Some(course), "Tỉnh"))?;
                let own = add(tx, &stamp, &row(one, Some(course), "Xã"))?;
                let none = add(tx, &stamp, &row(one, Some(unheld), "Chưa mở"))?;
                let day = date(2026, 3, 1);
                let first = open(tx, &stamp, &cast, course, (one, day), &[an, binh])?;
                let second = open(tx, &stamp, &cast, course, (two, day), &[an, other])?;
                // Of other years, by a hand's breadth.
                open(tx, &stamp, &cast, course, (one, date(2025, 12, 31)), &[binh])?;
                open(tx, &stamp, &cast, course, (one, date(2027, 1, 1)), &[binh])?;
                let at = |meeting| (course, Some(meeting), day);
                let mistaken = fact(&stamp, Verb::Attended, binh, one, at(first));
                let mistake = mistaken.id;
                let drafts = [
                    fact(&stamp, Verb::Attended, an, one, at(first)),
                    fact(&stamp, Verb::Attended, an, two, at(second)),
                    mistaken,
                    fact(&stamp, Verb::Completed, an, one, (course, None, day)),
                    fact(&stamp, Verb::Passed, other, two, (course, None, day)),
                ];
                append(tx, &stamp, &drafts)?;
                statement::void(tx, &stamp, mistake)?;
                let rows = held(tx, &everywhere(), 2026, By::Row)?;
                let units = held(tx, &everywhere(), 2026, By::Unit)?;
                let year = of_year(&held(tx, &everywhere(), 2026, By::Year)?);
                pay(tx, &stamp, own, &payment(4_000_000))?;
                let wrong = pay(tx, &stamp, own, &payment(9))?;
                assert_eq!(
                    withdraw_payment(tx, &stamp, all, wrong).unwrap_err().kind(),
                    thao_base::Kind::NotFound
                );
                withdraw_payment(tx, &stamp, own, wrong)?;
                let paid = paid(&list_payments_of_year(tx, &everywhere(), 2026)?);
                assert_eq!(paid, HashMap::from([(own, 4_000_000)]));
                // An and Cúc turn out to be one person.
                tx.exec(
                    "INSERT INTO person_cluster (person_id, canonical_id) VALUES ($1, $2), ($3, $2)",
                    args![an, an.min(other), other],
                )?;
                let merged = of_year(&held(tx, &everywhere(), 2026, By::Year)?);
                assert!(!rows.contains_key(&same(none)));
                Ok((rows[&same::<_, RowId>(all)], rows[&same::<_, RowId>(own)],
                    units[&same::<_, RowId>(one)], year, merged))
            })
            .await
            .unwrap();
        let (all, own, unit, year, merged) = found;
        let expected =
            Held { classes: 2, registered: 3, people: 1, turns: 2, finished: 2, passed: 1 };
        assert_eq!(all, expected, "{name}");
        assert_eq!(
            own,
            Held { classes: 1, registered: 2, people: 1, turns: 1, finished: 1, passed: 0 }
        );
        // Two rows count the same class: it was opened once.
        assert_eq!((unit, year), (expected, expected));
        assert_eq!(merged, Held { registered: 2, finished: 1, ..expected });
    }
}

fn payment(amount: i64) -> NewPayment {
    NewPayment { amount, on: date(2026, 4, 1), document: "Quyết định 12/QĐ".into() }
}
