//! Tasks and their plans, on both databases.

use jiff::civil::date;
use thao_base::{Db, Entropy, Stamp};
use thao_cast::cast;
use thao_testkit::{databases, world};
use thao_web::Span;

use super::*;
use crate::plan::{self, NewPlan};

fn whole() -> Scope {
    let actor = |span| thao_web::access::Appointment {
        role: thao_web::Role::Manager,
        unit_id: crate::world::small_id(1),
        span,
        valid_from: date(2020, 1, 1),
        valid_to: None,
    };
    let mut somebody = thao_web::Actor::nobody();
    somebody.appointments = vec![actor(Span { lo: 0, hi: i64::MAX })];
    somebody.scope(thao_web::Action::SeeBoards, date(2026, 11, 20))
}

fn status(status: Status, on: Date) -> NewStatus {
    NewStatus { status, on, note: None, evidence: None, link: None }
}

async fn titles(db: &Db, asked: Asked) -> Vec<String> {
    let tasks = db.read(move |tx| page(tx, &asked, None, 50)).await.unwrap();
    tasks.into_iter().map(|task| task.title).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_latest_day_then_the_latest_word_is_how_far_a_task_is() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let (province, commune) = (cast.units.province, cast.commune());
        let stamp = world.stamp("plan.act.add_task");
        let (first, second) = db
            .write(move |tx| {
                let stamp = Stamp { entropy: Entropy::seeded(3), ..stamp.clone() };
                let new = NewPlan {
                    unit: province,
                    title: "Kế hoạch".into(),
                    legal_basis: None,
                    valid_from: date(2026, 1, 1),
                    valid_to: None,
                };
                let plan = plan::add(tx, &stamp, &new)?;
                let task = |title: &str, no: &str, unit, deadline| NewTask {
                    plan,
                    no: Some(no.into()),
                    title: title.into(),
                    unit,
                    taking_part: None,
                    deadline,
                    product: None,
                };
                let first = add(tx, &stamp, &task("Mười", "10", commune, None))?;
                let second = add(tx, &stamp, &task("Hai", "2", province, Some(date(2026, 6, 30))))?;
                let listed: Vec<String> =
                    list_of_plan(tx, plan)?.into_iter().map(|task| task.title).collect();
                assert_eq!(listed, ["Hai", "Mười"]);
                assert_eq!(get(tx, first)?.status(), Status::NotBegun);
                say(tx, &stamp, first, &status(Status::Done, date(2026, 3, 1)))?;
                say(tx, &stamp, first, &status(Status::UnderWay, date(2026, 2, 1)))?;
                assert_eq!(get(tx, first)?.status(), Status::Done, "of a later day");
                let later = Stamp { at: stamp.at + jiff::SignedDuration::from_secs(1), ..stamp };
                say(tx, &later, first, &status(Status::UnderWay, date(2026, 3, 1)))?;
                assert_eq!(get(tx, first)?.status(), Status::UnderWay, "said later");
                assert_eq!(list_said(tx, first)?.len(), 3);
                Ok((first, second))
            })
            .await
            .unwrap();
        let on = date(2026, 7, 1);
        let all = Asked { scope: whole(), within: None, status: None, overdue: false, on };
        assert_eq!(titles(&db, all.clone()).await, ["Hai", "Mười"], "{}", db.name());
        let late = Asked { overdue: true, ..all.clone() };
        assert_eq!(titles(&db, late).await, ["Hai"]);
        let on_the_day = Asked { overdue: true, on: date(2026, 6, 30), ..all.clone() };
        assert!(titles(&db, on_the_day).await.is_empty());
        let under_way = Asked { status: Some(Status::UnderWay), ..all.clone() };
        assert_eq!(titles(&db, under_way).await, ["Mười"]);
        let asked = all.clone();
        let (tally, rest) = db
            .read(move |tx| Ok((tally(tx, &asked)?, page(tx, &asked, Some(second), 50)?)))
            .await
            .unwrap();
        assert_eq!((tally.not_begun, tally.under_way, tally.overdue), (1, 1, 1));
        assert_eq!(rest.iter().map(|task| task.id).collect::<Vec<_>>(), [first]);
        let stamp = world.stamp("plan.act.withdraw_task");
        db.write(move |tx| withdraw(tx, &stamp, second)).await.unwrap();
        assert_eq!(titles(&db, all).await, ["Mười"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_replaced_but_not_by_itself_however_far_around() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let province = cast.units.province;
        let stamp = world.stamp("plan.act.add_plan");
        db.write(move |tx| {
            let stamp = Stamp { entropy: Entropy::seeded(3), ..stamp.clone() };
            let mut ids = Vec::new();
            for title in ["Một", "Hai", "Ba"] {
                let new = NewPlan {
                    unit: province,
                    title: title.into(),
                    legal_basis: None,
                    valid_from: date(2026, 1, 1),
                    valid_to: None,
                };
                ids.push(plan::add(tx, &stamp, &new)?);
            }
            assert!(plan::replace(tx, &stamp, ids[0], Some(ids[1]))?);
            assert!(plan::replace(tx, &stamp, ids[1], Some(ids[2]))?);
            for (plan, by) in [(0, 0), (2, 0), (2, 1), (2, 2)] {
                let refused = plan::replace(tx, &stamp, ids[plan], Some(ids[by])).unwrap_err();
                assert_eq!(refused.key(), "plan.error.replaced_by_itself");
            }
            assert!(!plan::get(tx, ids[0])?.stands(date(2026, 2, 1)));
            assert_eq!(plan::list_replaced(tx, ids[1])?.len(), 1);
            assert!(plan::replace(tx, &stamp, ids[0], None)?);
            assert!(plan::get(tx, ids[0])?.stands(date(2026, 2, 1)));
            Ok(())
        })
        .await
        .unwrap();
    }
}
