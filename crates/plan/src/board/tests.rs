//! The board over the cast's province, on both databases.

use jiff::civil::date;
use thao_base::{Db, TargetId};
use thao_cast::{Cast, Who, cast};
use thao_people::AffiliationKind;
use thao_record::Verb;
use thao_testkit::{World, databases, world};

use super::*;
use crate::figure::{self, NewFigure};
use crate::readings::catch_up;
use crate::world::{Scene, scene};
use crate::{measure, target};

async fn board(db: &Db, target: TargetId, unit: UnitId, on: Date) -> Board {
    catch_up(db).await.unwrap();
    db.read(move |tx| {
        let target = target::get(tx, target)?;
        let measure = measure::get(tx, target.measure)?;
        let place = unit::place(tx, unit)?;
        by_child(tx, &target, &measure, &place, on)
    })
    .await
    .unwrap()
    .unwrap()
}

fn row(board: &Board, unit: UnitId) -> &Row {
    board.rows.iter().find(|row| row.place.unit == unit).unwrap()
}

async fn set() -> Vec<(thao_testkit::TestDb, World, Cast, Scene)> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let scene = scene(&db, &world, &cast).await;
        out.push((db, world, cast, scene));
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_counts_in_each_unit_once_and_in_the_province_once() {
    for (db, world, cast, scene) in set().await {
        let (one, two) = (cast.commune(), cast.other_commune());
        let an = cast.person(Who::An);
        // An also works in the other commune, and passed on 2 November.
        let stamp = world.stamp("people.act.add_person");
        db.write(move |tx| {
            use thao_people::affiliation::{NewAffiliation, add_many};
            let stay = NewAffiliation {
                category: Some("cong_chuc".into()),
                ..NewAffiliation::new(an, two, AffiliationKind::Staff, date(2026, 10, 1))
            };
            add_many(tx, &stamp, &[stay])
        })
        .await
        .unwrap();
        scene.outcome(&db, &world, an, one, Verb::Passed, date(2026, 11, 2)).await;
        let top = board(&db, scene.target, cast.units.province, date(2026, 11, 20)).await;
        let of = |unit| {
            let row = row(&top, unit);
            (row.part, row.whole.value())
        };
        // Commune 1: manager, organiser, An. Commune 2: manager, Cúc, and An again.
        assert_eq!(of(one), (1, Some(3)), "{}", db.name());
        assert_eq!(of(two), (1, Some(3)));
        // Eight civil servants in all: the departments' three besides.
        assert_eq!((top.total.part, top.total.whole.value()), (1, Some(8)));
        assert_eq!(top.total.trend, Some(125));
        assert_eq!(row(&top, one).standing, Standing::OnTrack);
        // The day before, nobody had.
        let before = board(&db, scene.target, cast.units.province, date(2026, 11, 1)).await;
        assert_eq!((before.total.part, before.total.whole.value()), (0, Some(8)));
        // Before October An was in one commune only.
        let september = board(&db, scene.target, cast.units.province, date(2026, 9, 30)).await;
        assert_eq!(row(&september, two).whole.value(), Some(2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn official_denominators_are_added_up_only_when_all_are_there() {
    for (db, world, cast, scene) in set().await {
        let units = cast.units.clone();
        let [village, ..] = units.villages[0];
        let resident = AffiliationKind::Resident;
        let found = scene.person(&db, &world, "Lò Thị Mai", 1990, village, resident).await;
        scene.outcome(&db, &world, found, village, Verb::Attended, date(2026, 10, 5)).await;
        let on = date(2026, 11, 20);
        let top = board(&db, scene.official, units.province, on).await;
        assert_eq!(top.total.part, 1);
        assert_eq!(top.total.whole, Whole::Missing);
        assert_eq!(top.total.standing, Standing::Unknown);

        let figures = |list: Vec<(UnitId, i64, Date)>| {
            let (stamp, measure) = (world.stamp("plan.act.add_figure"), scene.official_measure);
            let new: Vec<NewFigure> = list
                .into_iter()
                .map(|(unit, value, as_of)| NewFigure {
                    measure,
                    unit,
                    value,
                    as_of,
                    source: "Thống kê tỉnh".into(),
                    import: None,
                })
                .collect();
            db.write(move |tx| figure::add_many(tx, &stamp, &new))
        };
        let [one, two, three] = units.communes;
        figures(vec![(one, 400, date(2026, 1, 1)), (two, 300, date(2026, 4, 1))]).await.unwrap();
        let top = board(&db, scene.official, units.province, on).await;
        assert_eq!(top.total.whole, Whole::Partial { given: 2, units: 3 });
        assert_eq!(row(&top, one).whole.value(), Some(400));
        assert_eq!(row(&top, three).whole, Whole::Missing);

        figures(vec![(three, 300, date(2026, 2, 1))]).await.unwrap();
        let top = board(&db, scene.official, units.province, on).await;
        let sum =
            Whole::Sum { value: 1000, units: 3, from: date(2026, 1, 1), to: date(2026, 4, 1) };
        assert_eq!(top.total.whole, sum);
        assert_eq!(top.total.thousandths(), Some(1));
        // As of March, one of the figures was not known yet.
        let march = board(&db, scene.official, units.province, date(2026, 3, 1)).await;
        assert_eq!(march.total.whole, Whole::Partial { given: 2, units: 3 });

        // The province's own figure goes before the sum; a later one takes the place of a unit's.
        figures(vec![(units.province, 950, date(2026, 5, 1)), (one, 0, date(2026, 6, 1))])
            .await
            .unwrap();
        let top = board(&db, scene.official, units.province, on).await;
        assert_eq!(top.total.whole.value(), Some(950));
        let over = row(&top, one);
        assert!(over.is_over());
        assert_eq!((over.thousandths(), over.standing), (None, Standing::Unknown));

        // Figures of villages are added up for their commune.
        let villages = units.villages[1].map(|village| (village, 50, date(2026, 7, 1)));
        let measure = scene.official_measure;
        let removed = db
            .read(move |tx| {
                let all = unit::root(tx)?.span();
                Ok(figure::latest(tx, measure, all, on)?.remove(&two))
            })
            .await
            .unwrap()
            .unwrap();
        let stamp = world.stamp("plan.act.add_figure");
        db.write(move |tx| figure::withdraw(tx, &stamp, removed.id)).await.unwrap();
        figures(villages.to_vec()).await.unwrap();
        let top = board(&db, scene.official, units.province, on).await;
        assert_eq!(row(&top, two).whole.value(), Some(150));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_is_the_board_of_each_day() {
    for (db, world, cast, scene) in set().await {
        let (province, one) = (cast.units.province, cast.commune());
        for (who, day) in [
            (Who::An, date(2026, 3, 31)),
            (Who::Organiser, date(2026, 4, 1)),
            (Who::CommuneManager, date(2026, 11, 20)),
        ] {
            scene.outcome(&db, &world, cast.person(who), one, Verb::Passed, day).await;
        }
        let on = date(2026, 11, 20);
        let target = scene.target;
        board(&db, target, province, on).await;
        let points = db
            .read(move |tx| {
                let target = target::get(tx, target)?;
                let measure = measure::get(tx, target.measure)?;
                let place = unit::place(tx, province)?;
                history(tx, &target, &measure, &place, None, on)
            })
            .await
            .unwrap()
            .unwrap();
        assert_eq!(points.len(), 11);
        for point in &points {
            let board = board(&db, target, province, point.on).await;
            assert_eq!(point.value, board.total.value, "{} on {}", db.name(), point.on);
            let earlier = point.on.checked_sub(jiff::Span::new().days(30)).unwrap();
            let before = self::board(&db, target, province, earlier).await;
            let trend = board.total.thousandths().zip(before.total.thousandths());
            assert_eq!(board.total.trend, trend.map(|(now, before)| now - before));
        }
        let part = |point: &Point| match point.value {
            Value::Share { part, .. } => part,
            other => panic!("{other:?} is no share"),
        };
        let parts: Vec<i64> = points.iter().map(part).collect();
        assert_eq!(parts, [0, 0, 1, 2, 2, 2, 2, 2, 2, 2, 3]);
    }
}
