//! Changes of the tree on both databases: what they end and begin, and that they can be taken back.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use thao_base::{Kind, RowId, UnitId, args};
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::unit;
use thao_people::unit::change::{self, Act, Into, NewChange, NewOne, SplitPart};
use thao_people::{AffiliationKind, appointment};

use crate::stage::Stage;

/// The rows of the register that hold on some day; what ended on the day it began never was.
async fn rows(stage: &Stage) -> Vec<String> {
    stage
        .read(|tx| {
            let mut out = Vec::new();
            for (table, values) in [
                ("unit", "kind || coalesce(form, '')"),
                ("unit_name", "name || coalesce(form, '')"),
                ("unit_parent", "'p'"),
                ("appointment", "role"),
            ] {
                let who = match table {
                    "unit" => "id",
                    "appointment" => "person_id",
                    _ => "unit_id",
                };
                let up = if table == "unit_parent" { "parent_id" } else { "id" };
                let sql = format!(
                    "SELECT id, {who}, {up}, {values}, valid_from, valid_to FROM {table} \
                     WHERE valid_to IS NULL OR valid_from < valid_to ORDER BY id"
                );
                type Line = (RowId, UnitId, RowId, String, Date, Option<Date>);
                for line in tx.list::<Line>(&sql, args![])? {
                    out.push(format!("{table} {line:?}"));
                }
            }
            Ok(out)
        })
        .await
}

async fn places(stage: &Stage) -> Vec<String> {
    stage
        .read(|tx| {
            let gone: BTreeSet<UnitId> = unit::list_gone(tx)?.into_iter().map(|g| g.0).collect();
            let all = unit::list_all(tx)?;
            let mut out: Vec<String> = all.iter().map(|place| format!("{place:?}")).collect();
            out.push(format!("{gone:?}"));
            Ok(out)
        })
        .await
}

fn change(stage: &Stage, act: Act, days: i32) -> NewChange {
    let today = stage.stamp().today();
    NewChange {
        on: today.checked_add(jiff::Span::new().days(days)).unwrap(),
        title: "Nghị quyết 09/NQ-UBTVQH".into(),
        legal_basis: Some("Nghị quyết thử".into()),
        act,
        go_on: BTreeSet::new(),
    }
}

fn new_one(stage: &Stage, name: &str, code: Option<&str>) -> NewOne {
    let code = code.map(str::to_owned);
    NewOne { id: stage.stamp().id(), name: name.into(), form: Some("xa".into()), code }
}

async fn carry_out(stage: &Stage, new: &NewChange) -> thao_base::Result<thao_base::UnitChangeId> {
    let (stamp, new) = (stage.stamp(), new.clone());
    stage.db.write(move |tx| change::carry_out(tx, &stamp, &new)).await
}

async fn withdraw(stage: &Stage, id: thao_base::UnitChangeId) -> thao_base::Result<()> {
    let stamp = stage.stamp();
    stage.db.write(move |tx| change::withdraw(tx, &stamp, id)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_ends_and_begins_rows_and_is_taken_back_to_the_byte() {
    for stage in Stage::all().await {
        let [one, two, _] = stage.cast.units.communes;
        let (before, tree) = (rows(&stage).await, places(&stage).await);
        let new = new_one(&stage, "Xã Hòa Mẫu", Some("00991"));
        let merged = new.id;
        let act = Act::Merge { from: vec![one, two], into: Into::New(new) };
        let id = carry_out(&stage, &change(&stage, act, 0)).await.unwrap();

        let place = stage.read(move |tx| unit::place(tx, merged)).await;
        assert_eq!(place.path, "Xã Hòa Mẫu");
        let below = stage.read(move |tx| unit::list_children(tx, merged)).await;
        assert_eq!(below.len(), 6, "the villages lie below the successor");
        for old in [one, two] {
            let gone = stage.db.read(move |tx| unit::place(tx, old)).await.unwrap_err();
            assert_eq!(gone.kind(), Kind::NotFound);
            let heir = stage.read(move |tx| unit::place_or_heir(tx, old)).await;
            assert_eq!(heir.unit, merged);
        }
        // The code of one that ended, and of the new one that took it on.
        for code in ["00991", "00992"] {
            let found = stage.read(move |tx| unit::find_by_code(tx, code)).await.unwrap();
            assert_eq!(found.unit, merged, "{code}");
        }
        assert_ne!(rows(&stage).await, before);

        withdraw(&stage, id).await.unwrap();
        assert_eq!(rows(&stage).await, before);
        assert_eq!(places(&stage).await, tree);
        let found = stage.read(|tx| unit::find_by_code(tx, "00991")).await.unwrap();
        assert_eq!(found.unit, one);
        let again = withdraw(&stage, id).await.unwrap_err();
        assert_eq!(again.key(), "people.change.refused.withdrawn");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_change_is_taken_back_to_the_byte() {
    for stage in Stage::all().await {
        let [one, two, ward] = stage.cast.units.communes;
        let [first, second, third] = stage.cast.units.villages[0];
        let (before, tree) = (rows(&stage).await, places(&stage).await);
        let part = |into, share, below: &[UnitId]| SplitPart {
            into,
            share,
            below: below.iter().copied().collect(),
        };
        let acts = [
            Act::Rename { unit: one, name: "Xã Hòa Bình Mới".into() },
            Act::Form { unit: one, form: "phuong".into(), name: "Phường Hòa Bình".into() },
            Act::Move { unit: first, parent: two },
            Act::Abolish { unit: first, into: None },
            Act::Abolish { unit: one, into: Some(ward) },
            Act::Merge { from: vec![first, second, third], into: Into::Unit(third) },
            Act::Split {
                unit: one,
                parts: vec![
                    part(Into::Unit(one), 600, &[]),
                    part(Into::New(new_one(&stage, "Xã Hai Mươi", None)), 400, &[second]),
                ],
            },
            Act::Split {
                unit: one,
                parts: vec![
                    part(Into::New(new_one(&stage, "Xã Đông", None)), 500, &[first]),
                    part(Into::New(new_one(&stage, "Xã Tây", None)), 300, &[second]),
                    part(Into::Unit(two), 200, &[]),
                ],
            },
        ];
        for act in acts {
            let id = carry_out(&stage, &change(&stage, act.clone(), -3)).await.unwrap();
            assert_ne!(places(&stage).await, tree, "{act:?}");
            withdraw(&stage, id).await.unwrap();
            assert_eq!(rows(&stage).await, before, "{act:?}");
            assert_eq!(places(&stage).await, tree, "{act:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_to_come_is_in_force_when_its_day_comes() {
    for stage in Stage::all().await {
        let [one, two, _] = stage.cast.units.communes;
        let tree = places(&stage).await;
        let act = Act::Merge { from: vec![one, two], into: Into::Unit(two) };
        carry_out(&stage, &change(&stage, act, 10)).await.unwrap();
        assert_eq!(places(&stage).await, tree);
        let day = stage.stamp().today().checked_add(jiff::Span::new().days(10)).unwrap();
        stage.db.write(move |tx| unit::settle(tx, day)).await.unwrap();
        let heir = stage.read(move |tx| unit::place_or_heir(tx, one)).await;
        assert_eq!(heir.unit, two);
        assert_eq!(heir.last - heir.pos, 7, "six villages and the unit that ended");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_in_words() {
    for stage in Stage::all().await {
        let [one, two, ward] = stage.cast.units.communes;
        let [village, other, _] = stage.cast.units.villages[0];
        let province = stage.cast.units.province;
        let fresh = |name: &str| Into::New(new_one(&stage, name, None));
        let part = |into, share| SplitPart { into, share, below: BTreeSet::new() };
        let merge = |from: Vec<UnitId>, into| Act::Merge { from, into };
        let split = |parts| Act::Split { unit: one, parts };
        let table = [
            (merge(vec![one], Into::Unit(one)), "people.change.refused.itself"),
            (merge(vec![one, one], fresh("Xã Mới")), "people.change.refused.twice"),
            (merge(vec![one], fresh("Xã Mới")), "people.change.refused.one"),
            (merge(vec![], fresh("Xã Mới")), "people.change.refused.nothing"),
            (merge(vec![one, village], fresh("Xã Mới")), "people.change.refused.kinds"),
            (merge(vec![province, one], fresh("Xã Mới")), "people.change.refused.top"),
            (merge(vec![one, two], fresh("Phường Ví Dụ")), "people.error.unit_name_taken"),
            (Act::Move { unit: one, parent: village }, "people.change.refused.ring"),
            (Act::Move { unit: village, parent: one }, "people.change.refused.there_already"),
            (Act::Abolish { unit: one, into: Some(village) }, "people.change.refused.ring"),
            (Act::Abolish { unit: one, into: Some(one) }, "people.change.refused.itself"),
            (Act::Rename { unit: one, name: " ".into() }, "people.error.unit_name"),
            (
                Act::Rename { unit: one, name: "Xã Hòa Bình".into() },
                "people.change.refused.same_name",
            ),
            (
                split(vec![part(fresh("Xã Đông"), 500), part(fresh("Xã Tây"), 400)]),
                "people.change.refused.shares",
            ),
            (split(vec![part(fresh("Xã Đông"), 1000)]), "people.change.refused.parts"),
        ];
        for (act, wanted) in table {
            let error = carry_out(&stage, &change(&stage, act.clone(), 0)).await.unwrap_err();
            assert_eq!(error.key(), wanted, "{act:?}");
        }
        let early = NewChange {
            on: date(2024, 1, 1),
            ..change(&stage, merge(vec![one, two], fresh("Xã Mới")), 0)
        };
        let error = carry_out(&stage, &early).await.unwrap_err();
        assert_eq!(error.key(), "people.change.refused.not_standing");

        // A second change of a unit: not on the same day, not before one that stands.
        let rename = Act::Rename { unit: one, name: "Xã Một".into() };
        let first = carry_out(&stage, &change(&stage, rename.clone(), 0)).await.unwrap();
        let act = merge(vec![one, two], fresh("Xã Mới"));
        let same = carry_out(&stage, &change(&stage, act.clone(), 0)).await.unwrap_err();
        assert_eq!(same.key(), "people.change.refused.same_day");
        let before = carry_out(&stage, &change(&stage, act.clone(), -5)).await.unwrap_err();
        assert_eq!(before.key(), "people.change.refused.later");
        let second = carry_out(&stage, &change(&stage, act, 5)).await.unwrap();
        let built = withdraw(&stage, first).await.unwrap_err();
        assert_eq!(built.key(), "people.change.refused.built_on");
        withdraw(&stage, second).await.unwrap();
        withdraw(&stage, first).await.unwrap();

        // A row that ends by itself.
        let stamp = stage.stamp();
        stage
            .db
            .write(move |tx| {
                let end = [("valid_to", thao_base::db::Arg::Date(date(2040, 1, 1)))];
                thao_record::register::update(tx, &stamp, &unit::UNIT, other, None, &end)
            })
            .await
            .unwrap();
        let act = Act::Abolish { unit: other, into: None };
        let error = carry_out(&stage, &change(&stage, act, 0)).await.unwrap_err();
        assert_eq!(error.key(), "people.change.refused.overlap");
        let act = Act::Merge { from: vec![two, ward], into: fresh("Xã Rộng") };
        let id = carry_out(&stage, &change(&stage, act.clone(), 0)).await.unwrap();
        let Act::Merge { into, .. } = act else { unreachable!() };
        let (stamp, person) = (stage.stamp(), stage.cast.person(thao_cast::Who::An));
        stage
            .db
            .write(move |tx| {
                let today = stamp.today();
                let stay =
                    NewAffiliation::new(person, into.unit(), AffiliationKind::Resident, today);
                affiliation::add_many(tx, &stamp, &[stay])
            })
            .await
            .unwrap();
        let error = withdraw(&stage, id).await.unwrap_err();
        assert_eq!(error.key(), "people.change.refused.belongs");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn appointments_end_with_their_unit_and_go_on_where_ticked() {
    for stage in Stage::all().await {
        let [one, two, _] = stage.cast.units.communes;
        let held = stage.read(move |tx| change::list_held(tx, &[one, two], date(2030, 1, 1))).await;
        assert!(2 <= held.len(), "the cast holds appointments in communes: {held:?}");
        let (goes, ends) = (held[0].clone(), held[1].clone());
        let act = Act::Merge {
            from: vec![one, two],
            into: Into::New(new_one(&stage, "Xã Hòa Mẫu", None)),
        };
        let Act::Merge { into, .. } = act.clone() else { unreachable!() };
        let new = NewChange { go_on: [goes.id].into(), ..change(&stage, act, 0) };
        carry_out(&stage, &new).await.unwrap();
        let today = stage.stamp().today();
        let open = async |person| -> Vec<UnitId> {
            let all = stage.read(move |tx| appointment::list_of_persons(tx, &[person])).await;
            all.into_iter().filter(|a| a.is_open(today)).map(|a| a.unit).collect()
        };
        assert!(open(goes.person).await.contains(&into.unit()));
        assert!(!open(ends.person).await.contains(&ends.unit));
    }
}
