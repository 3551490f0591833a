//! Opening classes, finding them again, listing them.

use jiff::SignedDuration;
use thao_base::Kind;

use super::scope_of_commune;
use crate::class::{self, Asked, Details};
use crate::schedule::Evening;
use crate::world::{scenes, tonight};

#[tokio::test(flavor = "multi_thread")]
async fn a_class_is_opened_with_its_evenings_and_found_again() {
    for scene in scenes(0).await {
        let (class, found) = scene.loaded().await;
        assert_eq!(class.title, "Kỹ năng số – Thôn Một");
        assert_eq!(class.place_words(), "Thôn Một, Xã Hòa Bình");
        assert_eq!(class.organiser_name, "Hoàng Văn Tổ");
        assert_eq!((class.code.len(), found.evening()), (6, tonight()));
        let code = class.code.to_uppercase();
        let by_code = scene.db.read(move |tx| class::get_by_code(tx, &code)).await.unwrap();
        assert_eq!(by_code.id, class.id);
        let missing = scene.db.read(|tx| class::get_by_code(tx, "zzzzzz")).await.unwrap_err();
        assert_eq!(missing.kind(), Kind::NotFound);
        // The edit and its journal entry are one transaction.
        let entries = "SELECT COUNT(*) FROM journal WHERE noun = 'class'";
        let before = scene.count(entries).await;
        let details = Details {
            course: class.course,
            unit: class.unit,
            title: "Lớp khác".into(),
            venue: class.venue.clone(),
            bring: None,
            capacity: None,
        };
        let id = class.id;
        let edited =
            scene.write(move |tx, stamp| class::edit(tx, stamp, id, &details)).await.unwrap();
        assert!(edited);
        assert_eq!(scene.count(entries).await, before + 1);
        assert_eq!(scene.loaded().await.0.bring, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_of_the_scope_by_time_without_accents_and_go_on_page_after_page() {
    for scene in scenes(0).await {
        let (class, _) = scene.loaded().await;
        let other = scene.cast.units.villages[1][0];
        let organiser = scene.cast.person(thao_cast::Who::Organiser);
        let manager = scene.cast.person(thao_cast::Who::CommuneManager);
        scene
            .write(move |tx, stamp| {
                let evening = |days: i64| {
                    let by = SignedDuration::from_hours(24 * days);
                    Evening { starts_at: tonight().starts_at + by, ends_at: tonight().ends_at + by }
                };
                let details = |unit, title: &str| Details {
                    course: class.course,
                    unit,
                    title: title.into(),
                    venue: "Sân đình".into(),
                    bring: None,
                    capacity: None,
                };
                let mut open = |by, unit, title, days| {
                    class::open(tx, stamp, by, &details(unit, title), &[evening(days)])
                };
                open(manager, class.unit, "Lớp của quản lý", -1)?;
                open(manager, class.unit, "Lớp sáng nay", 0)?;
                open(organiser, class.unit, "Lớp tuần sau", 7)?;
                open(organiser, other, "Lớp xã khác", 1)?;
                Ok(())
            })
            .await
            .unwrap();
        let scope = scope_of_commune(&scene).await;
        let asked = move |search: &str, limit| Asked {
            scope: scope.clone(),
            from: "2026-11-19T17:00:00Z".parse().unwrap(),
            own: Some(organiser),
            search: search.into(),
            after: None,
            limit,
        };
        let titles = |lines: &[class::Line]| -> Vec<String> {
            lines.iter().map(|line| line.title.clone()).collect()
        };
        let (all, few) = (asked("", 10), asked("", 2));
        let (upcoming, first) = scene
            .db
            .read(move |tx| Ok((class::list_upcoming(tx, &all)?, class::list_upcoming(tx, &few)?)))
            .await
            .unwrap();
        // One's own first, then by time; none of another commune.
        let expected = ["Kỹ năng số – Thôn Một", "Lớp tuần sau", "Lớp sáng nay"];
        assert_eq!(titles(&upcoming), expected);
        assert_eq!(titles(&first), expected[..2]);
        let last = first[1].clone();
        let after = Some(class::After { rank: last.rank, starts_at: last.starts_at, id: last.id });
        let rest = Asked { after, ..asked("", 2) };
        let (past, found) = (asked("", 10), asked("TUAN  sau", 10));
        let (rest, past, found) = scene
            .db
            .read(move |tx| {
                let rest = class::list_upcoming(tx, &rest)?;
                Ok((rest, class::list_past(tx, &past)?, class::list_upcoming(tx, &found)?))
            })
            .await
            .unwrap();
        assert_eq!(titles(&rest), expected[2..]);
        assert_eq!(titles(&past), ["Lớp của quản lý"]);
        assert_eq!(titles(&found), ["Lớp tuần sau"]);
    }
}
