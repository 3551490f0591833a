//! A rule's measure follows meetings and courses, on both databases.

use jiff::SignedDuration;
use jiff::civil::date;
use thao_base::locale::instant_of;
use thao_base::{ActivityId, CourseId, Db, Entropy, cast as same};
use thao_cast::{Who, cast};
use thao_classes::class::{self, Details};
use thao_classes::meeting;
use thao_classes::schedule::Evening;
use thao_people::unit;
use thao_record::Verb;
use thao_record::statement::{Draft, append};
use thao_testkit::{databases, world};

use super::*;
use crate::board;
use crate::readings::{catch_up, digest, rebuild};

/// Of the civil servants of a unit, how many have reached a rule's minimum.
async fn reached(db: &Db, measure: MeasureId, unit: thao_base::UnitId, on: Date) -> (i64, i64) {
    catch_up(db).await.unwrap();
    let found = db
        .read(move |tx| {
            let place = unit::place(tx, unit)?;
            board::reached(tx, measure, &place, on)
        })
        .await;
    let (own, _) = found.unwrap().unwrap();
    (own.met, own.base)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_taken_once_and_rules_end() {
    for db in databases().await {
        let world = world();
        cast(&db, &world).await;
        let stamp = world.stamp("plan.act.take_rules");
        db.write(move |tx| {
            let stamp = Stamp { entropy: Entropy::seeded(4), ..stamp.clone() };
            assert_eq!(take_list(tx, &stamp)?, entries().len());
            assert_eq!(take_list(tx, &stamp)?, 0);
            let rules = list(tx)?;
            let old = rules.iter().find(|rule| rule.code == "nd_101_2017").unwrap();
            let on = date(2025, 7, 1);
            assert!(!old.holds(on) && old.holds(date(2025, 6, 30)));
            let new = rules.iter().find(|rule| rule.code == "cong_chuc_2025").unwrap();
            assert!(new.holds(on) && !new.established);
            assert_eq!(new.least(), 40 * 45);
            assert!(end(tx, &stamp, new, date(2025, 7, 1)).is_err());
            assert!(end(tx, &stamp, new, date(2027, 1, 1))?);
            assert!(!get(tx, new.id)?.holds(date(2027, 1, 1)));
            Ok(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn meetings_and_courses_add_up_until_the_minimum_is_reached() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let (unit, an) = (cast.commune(), cast.person(Who::An));
        let organiser = cast.person(Who::Organiser);
        let stamp = world.stamp("plan.act.add_rule");
        let (rule, held) = db
            .write(move |tx| {
                let stamp = Stamp { entropy: Entropy::seeded(4), ..stamp.clone() };
                thao_catalog::publish_starter(tx, &stamp)?;
                let courses = thao_catalog::course::list(tx)?;
                let new = NewRule {
                    code: "thu".into(),
                    title_vi: "Công chức".into(),
                    title_en: "Civil servants".into(),
                    categories: vec!["cong_chuc".into()],
                    amount: 3,
                    unit: AmountUnit::Period,
                    minutes: 45,
                    valid_from: date(2025, 1, 1),
                    valid_to: None,
                    source: "thử".into(),
                    established: true,
                    note_vi: None,
                    note_en: None,
                };
                let rule = add(tx, &stamp, &new)?;
                let starts_at = instant_of(date(2026, 3, 1)) + SignedDuration::from_hours(19);
                let ends_at = starts_at + SignedDuration::from_mins(90);
                let details = Details {
                    course: courses[0].id,
                    unit,
                    title: "Lớp".into(),
                    venue: "Hội trường".into(),
                    bring: None,
                    capacity: None,
                };
                let evening = [Evening { starts_at, ends_at }];
                let class = class::open(tx, &stamp, organiser, &details, &evening)?;
                let held = meeting::list_of_class(tx, class)?.remove(0);
                let fact = |verb, course: CourseId, context, day| Draft {
                    activity: Some(same::<CourseId, ActivityId>(course)),
                    context,
                    success: Some(true),
                    at: instant_of(day) + SignedDuration::from_hours(20),
                    ..Draft::new(&stamp, verb, an, unit)
                };
                let sat =
                    fact(Verb::Attended, courses[0].id, Some(same(held.id)), date(2026, 3, 1));
                // 90 minutes sat, then 45 of another course: three periods.
                let done = fact(Verb::Completed, courses[1].id, None, date(2026, 5, 1));
                append(tx, &stamp, &[sat, done])?;
                Ok((get(tx, rule)?, held))
            })
            .await
            .unwrap();
        let measure = rule.measure;
        let name = db.name();
        assert_eq!(reached(&db, measure, unit, date(2026, 4, 30)).await, (0, 3), "{name}");
        assert_eq!(reached(&db, measure, unit, date(2026, 5, 1)).await, (1, 3), "{name}");
        assert_eq!(reached(&db, measure, unit, date(2026, 12, 31)).await, (1, 3));
        assert_eq!(reached(&db, measure, unit, date(2027, 1, 1)).await, (0, 3));
        // The evening was shorter than was thought: the sum is no longer enough.
        let stamp = world.stamp("classes.act.edit_class");
        let shorter = Evening {
            starts_at: held.starts_at,
            ends_at: held.starts_at + SignedDuration::from_mins(60),
        };
        db.write(move |tx| meeting::move_to(tx, &stamp, &held, shorter)).await.unwrap();
        assert_eq!(reached(&db, measure, unit, date(2026, 5, 1)).await, (0, 3), "{name}");
        let followed = db.read(digest).await.unwrap();
        let built = rebuild(&db, &world.clock, |_, _| {}).await.unwrap();
        assert_eq!(followed, built.hash, "following equals building on {name}");
    }
}
