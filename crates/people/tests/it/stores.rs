//! Stores on both databases: the tree, lists, clusters, accounts, slips, sessions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use jiff::{Span, Timestamp};
use proptest::prelude::*;
use thao_base::{Entropy, Kind, PersonId, UnitId, args};
use thao_cast::Who;
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::person::{self, After, NewPerson, Wanted};
use thao_people::unit::{self, NewUnit};
use thao_people::{AffiliationKind, Birth, UnitKind, account, appointment, cluster, session};
use thao_web::{Action, Credential, Role, secret};

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn the_tree_is_walked_so_that_each_unit_spans_all_below_it() {
    for stage in Stage::all().await {
        let all = stage.read(unit::list_all).await;
        assert_eq!(all.len(), 15);
        for (no, place) in all.iter().enumerate() {
            assert_eq!(place.pos, no as i64);
            let below: Vec<_> = all
                .iter()
                .filter(|other| place.pos < other.pos && other.pos <= place.last)
                .map(|other| other.unit)
                .collect();
            for other in &all {
                let mut up = other.parent;
                let mut is_below = false;
                while let Some(parent) = up {
                    is_below |= parent == place.unit;
                    up = all.iter().find(|p| p.unit == parent).unwrap().parent;
                }
                assert_eq!(is_below, below.contains(&other.unit), "{} {}", place.name, other.name);
            }
        }
        let names: Vec<&str> = all.iter().map(|p| p.path.as_str()).collect();
        assert_eq!(names[0], "Tỉnh Thử");
        assert!(names.contains(&"Xã Hòa Bình › Thôn Hai"));
        let village = stage.cast.units.villages[0][0];
        let above = stage.read(move |tx| unit::list_above(tx, village)).await;
        let above: Vec<&str> = above.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(above, ["Thôn Một", "Xã Hòa Bình", "Tỉnh Thử"]);
        let found = stage.read(|tx| unit::find_by_code(tx, "00991")).await.unwrap();
        assert_eq!(found.unit, stage.cast.commune());
        assert_eq!(found.commune, Some(stage.cast.commune()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ring_and_a_unit_below_nothing_are_refused_by_name() {
    for stage in Stage::all().await {
        let stamp = stage.stamp();
        let failed = stage
            .db
            .write(move |tx| {
                let lost: UnitId = stamp.id();
                let orphan = NewUnit {
                    id: stamp.id(),
                    kind: UnitKind::Village,
                    form: None,
                    name: "Thôn Mồ Côi".into(),
                    code: None,
                    aliases: Vec::new(),
                    parent: Some(lost),
                    valid_from: date(2025, 7, 1),
                };
                // Its upper unit is only there from next year on.
                let ahead = NewUnit {
                    id: lost,
                    name: "Xã Năm Sau".into(),
                    kind: UnitKind::Commune,
                    parent: None,
                    valid_from: date(2030, 1, 1),
                    ..orphan.clone()
                };
                unit::add_many(tx, &stamp, &[ahead, orphan])?;
                unit::settle(tx, stamp.today())
            })
            .await
            .unwrap_err();
        assert_eq!(failed.kind(), Kind::Conflict);
        assert!(failed.words(thao_base::Lang::Vi).contains("Thôn Mồ Côi"));
        assert_eq!(stage.read(unit::list_all).await.len(), 15, "nothing of it is left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_page_by_key_and_both_ways_of_reading_them_agree() {
    for stage in Stage::all().await {
        let village = stage.cast.units.villages[0][0];
        stage
            .write(move |tx, stamp| {
                for no in 0..40 {
                    let name = if no % 3 == 0 { "Lê Thị Mẫu" } else { "Lê Thị Ánh" };
                    let new = NewPerson { full_name: name.into(), ..NewPerson::default() };
                    let id = person::add(tx, stamp, new)?;
                    let kind = AffiliationKind::Resident;
                    let new = NewAffiliation::new(id, village, kind, date(2025, 7, 1));
                    affiliation::add_many(tx, stamp, &[new])?;
                }
                Ok(())
            })
            .await;
        let token = stage.cast.member(Who::ProvinceManager).token.clone();
        let now = stage.world.now();
        let (whole, parts, back) = stage
            .read(move |tx| {
                let credential = Credential::Session(secret::hash(&token));
                let actor = session::load_actor(tx, &credential, now)?.unwrap();
                let on = date(2026, 11, 20);
                let wide = actor.scope(Action::SeePeople, on);
                let narrow = wide.within(unit::place(tx, village)?.span());
                let wanted = |scope| Wanted { scope, search: "", kind: None, category: None, on };
                // The wide scope is walked, the narrow one gathered: the same people in one order.
                let whole = person::list_wanted(tx, &wanted(&wide), None, 1000)?;
                let mut parts = Vec::new();
                let mut after: Option<After> = None;
                loop {
                    let page = person::list_wanted(tx, &wanted(&narrow), after.as_ref(), 7)?;
                    let Some(last) = page.last() else { break };
                    after = Some(After { sort: last.sort.clone(), id: last.id });
                    parts.extend(page);
                }
                let end = After { sort: "\u{10FFFF}".into(), id: whole.last().unwrap().id };
                let back = person::list_before(tx, &wanted(&narrow), &end, 1000)?;
                Ok((whole, parts, back))
            })
            .await;
        let ids = |lines: &[person::Line]| lines.iter().map(|l| l.id).collect::<Vec<_>>();
        let resident: Vec<PersonId> =
            whole.iter().filter(|l| l.kind == "resident").map(|l| l.id).collect();
        assert_eq!(resident.len(), 41);
        assert_eq!(ids(&parts), resident);
        assert_eq!(ids(&back), resident);
        let mut keys: Vec<(String, PersonId)> =
            whole.iter().map(|l| (l.sort.clone(), l.id)).collect();
        let walked = keys.clone();
        keys.sort();
        assert_eq!(walked, keys);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_birth_clears_a_date_of_another_year_only() {
    for stage in Stage::all().await {
        let an = stage.cast.person(Who::An);
        let known = stage
            .write(move |tx, stamp| {
                let mut out = Vec::new();
                for year in [1990, 1991] {
                    let birth = Some(Birth::Year(year));
                    person::edit(tx, stamp, an, &NewPerson { birth, ..NewPerson::default() })?;
                    let person = person::get(tx, an)?;
                    out.push((person.birth_date, person.birth_year, person.full_name));
                }
                Ok(out)
            })
            .await;
        let name = "Nguyễn Văn An".to_owned();
        assert_eq!(
            known,
            [(Some(date(1990, 5, 19)), Some(1990), name.clone()), (None, Some(1991), name)]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn logins_are_free_and_told_apart() {
    for stage in Stage::all().await {
        let an = stage.cast.person(Who::An);
        let made = stage
            .write(move |tx, stamp| {
                let mut out = Vec::new();
                for name in ["Nguyễn Văn Ân", "Ngô Văn An", "Đỗ Thị Ơ", "???", "Y"] {
                    let login = account::free_login(tx, name)?;
                    account::add(tx, stamp, an, &login)?;
                    out.push(login);
                }
                Ok(out)
            })
            .await;
        assert_eq!(made, ["annv", "annv2", "odt", "nguoi", "y"]);
        let stamp = stage.stamp();
        let taken =
            stage.db.write(move |tx| account::add(tx, &stamp, an, " ANNV ")).await.unwrap_err();
        assert_eq!((taken.kind(), taken.field_name()), (Kind::Conflict, Some("login")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_is_good_once_for_fourteen_days_until_the_next_is_made() {
    for stage in Stage::all().await {
        let account = stage.cast.member(Who::An).account;
        let good = |stage: &Stage, code: &str, at: Timestamp| {
            let (db, code) = (stage.db.clone(), code.to_owned());
            async move { db.read(move |tx| account::open_slip(tx, &code, at)).await.is_ok() }
        };
        let made = stage.world.now();
        let first = stage.write(move |tx, stamp| account::add_slip(tx, stamp, account)).await;
        assert_eq!(first.len(), 10);
        let typed = format!(" {}-{} ", &first[..5].to_lowercase(), &first[5..]);
        assert!(good(&stage, &typed, made).await, "spaces, dashes, small letters");
        let day = |n: i64| made.checked_add(Span::new().hours(24 * n)).unwrap();
        let last = day(14).checked_sub(Span::new().microseconds(1)).unwrap();
        assert!(good(&stage, &first, last).await);
        assert!(!good(&stage, &first, day(14)).await);
        let second = stage.write(move |tx, stamp| account::add_slip(tx, stamp, account)).await;
        assert!(!good(&stage, &first, made).await);
        let (code, now) = (second.clone(), stage.world.now());
        stage
            .write(move |tx, stamp| {
                let slip = account::open_slip(tx, &code, now)?;
                account::use_slip(tx, stamp, &slip, "$argon2id$no")
            })
            .await;
        assert!(!good(&stage, &second, made).await);
        let kept: Vec<Vec<u8>> =
            stage.read(|tx| tx.values("SELECT code_hash FROM slip", args![])).await;
        assert!(kept.iter().all(|hash| hash.len() == 32), "codes are kept as hashes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_from_outside_ends_every_other_way_in() {
    for stage in Stage::all().await {
        let member = stage.cast.member(Who::An).clone();
        let (account, now) = (member.account, stage.world.now());
        let code = stage
            .write(move |tx, stamp| {
                let token: thao_base::TokenId = stamp.id();
                let hash = secret::hash("mã truy cập");
                tx.exec(
                    "INSERT INTO api_token (id, token_hash, account_id, name, made_at) \
                     VALUES ($1, $2, $3, $4, $5)",
                    args![token, hash, account, "thử".to_owned(), stamp.at],
                )?;
                account::add_slip(tx, stamp, account)
            })
            .await;
        let token = Credential::Token(secret::hash("mã truy cập"));
        let session = Credential::Session(secret::hash(&member.token));
        for credential in [token, session] {
            let known = stage.read(move |tx| session::load_actor(tx, &credential, now)).await;
            assert!(known.is_some(), "{credential:?}");
        }
        stage
            .write(move |tx, stamp| account::set_password(tx, stamp, account, "$argon2id$no"))
            .await;
        for credential in [token, session] {
            let known = stage.read(move |tx| session::load_actor(tx, &credential, now)).await;
            assert!(known.is_none(), "{credential:?}");
        }
        let slip = stage.db.read(move |tx| account::open_slip(tx, &code, now)).await;
        assert!(slip.is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_fit_only_their_hash_and_nobody_has_one() {
    let entropy = Entropy::seeded(5);
    let hash = account::hash_password("an", "một câu dễ nhớ", &entropy).unwrap();
    assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
    assert!(account::verify_password(Some(&hash), "một câu dễ nhớ"));
    for wrong in ["", "mot cau de nho", "một câu dễ nhớ "] {
        assert!(!account::verify_password(Some(&hash), wrong), "{wrong}");
    }
    assert!(!account::verify_password(Some("no hash at all"), "x"));
    assert!(!account::verify_password(None, ""));
    for (password, field) in [("1234567", "password"), ("NGUYENVANAN", "password")] {
        let refused = account::hash_password("nguyenvanan", password, &entropy).unwrap_err();
        assert_eq!(refused.field_name(), Some(field));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_end_by_time_by_hand_and_with_the_account() {
    for stage in Stage::all().await {
        let member = stage.cast.member(Who::An).clone();
        let known = |stage: &Stage, token: &str, at: Timestamp| {
            let credential = Credential::Session(secret::hash(token));
            let db = stage.db.clone();
            async move { db.read(move |tx| session::load_actor(tx, &credential, at)).await.unwrap() }
        };
        let now = stage.world.now();
        let actor = known(&stage, &member.token, now).await.unwrap();
        assert_eq!((actor.person, actor.name.as_str()), (Some(member.person), "Nguyễn Văn An"));
        assert!(known(&stage, &format!("{}x", member.token), now).await.is_none());
        let account = member.account;
        let token = stage
            .write(move |tx, stamp| session::start(tx, account, stamp.at, 2, &stamp.entropy))
            .await;
        let later = |hours: i64| now.checked_add(Span::new().hours(hours)).unwrap();
        assert!(known(&stage, &token, later(47)).await.is_some());
        assert!(known(&stage, &token, later(48)).await.is_none());
        let credential = Credential::Session(secret::hash(&token));
        let ended = stage.write(move |tx, _| session::end_others(tx, account, &credential)).await;
        assert_eq!(ended, 1);
        assert!(known(&stage, &member.token, now).await.is_none());
        assert!(known(&stage, &token, now).await.is_some());
        stage.write(move |tx, _| session::end(tx, &credential)).await;
        assert!(known(&stage, &token, now).await.is_none());
        let kept: i64 = stage
            .read(move |tx| {
                let sql = "SELECT COUNT(*) FROM session WHERE account_id = $1";
                tx.value(sql, args![account])
            })
            .await;
        assert_eq!(kept, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rights_cover_only_as_much_as_they_hold() {
    for stage in Stage::all().await {
        let on = date(2026, 11, 20);
        let now = stage.world.now();
        let members = stage.cast.members().to_vec();
        let table = stage
            .read(move |tx| {
                let mut out = BTreeMap::new();
                for by in &members {
                    let credential = Credential::Session(secret::hash(&by.token));
                    let actor = session::load_actor(tx, &credential, now)?.unwrap();
                    for of in &members {
                        let held = appointment::list_of_person(tx, of.person)?;
                        let covers = appointment::covers(&actor, &held, on);
                        out.insert((by.login, of.login), covers);
                    }
                }
                Ok(out)
            })
            .await;
        assert!(table.iter().filter(|((by, _), _)| *by == "quantri").all(|(_, covers)| *covers));
        assert!(!table[&("quanly.so", "quantri")]);
        assert!(table[&("quanly.so", "quanly.xa")]);
        assert!(!table[&("quanly.xa", "quanly.so")]);
        assert!(!table[&("quanly.xa", "quanly.xa2")]);
        assert!(table[&("quanly.xa", "tochuc")]);
        assert!(table[&("an", "binh")], "who has no rights is covered by anybody");
        assert_eq!(Role::from_code("manager"), Some(Role::Manager));
    }
}

/// A merge or an unmerge of two of a few persons.
#[derive(Debug, Clone)]
enum Step {
    Merge(usize, usize),
    Unmerge(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let pair = (0usize..7, 0usize..7).prop_filter("two persons", |(a, b)| a != b);
    let step = (pair, any::<bool>())
        .prop_map(|((a, b), join)| if join { Step::Merge(a, b) } else { Step::Unmerge(a, b) });
    prop::collection::vec(step, 1..25)
}

/// Components by flooding, over the edges that are left.
fn brute_force(people: &[PersonId], edges: &BTreeSet<(usize, usize)>) -> Vec<(PersonId, PersonId)> {
    let mut out = Vec::new();
    for start in 0..people.len() {
        let mut reached = BTreeSet::from([start]);
        loop {
            let before = reached.len();
            for (a, b) in edges {
                if reached.contains(a) || reached.contains(b) {
                    reached.extend([*a, *b]);
                }
            }
            if reached.len() == before {
                break;
            }
        }
        if 1 < reached.len() {
            let least = reached.iter().map(|no| people[*no]).min().unwrap();
            out.push((people[start], least));
        }
    }
    out.sort();
    out
}

#[test]
fn clusters_are_the_components_of_the_edges_that_hold() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let stages = runtime.block_on(Stage::all());
    for stage in &stages {
        let people: Vec<PersonId> =
            stage.cast.members().iter().take(7).map(|member| member.person).collect();
        let cases = ProptestConfig { cases: 24, failure_persistence: None, ..Default::default() };
        proptest!(cases, |(steps in steps())| {
            let mut edges: BTreeSet<(usize, usize)> = BTreeSet::new();
            for step in &steps {
                let (Step::Merge(a, b) | Step::Unmerge(a, b)) = *step;
                let key = (a.min(b), a.max(b));
                match step {
                    Step::Merge(..) => edges.insert(key),
                    Step::Unmerge(..) => edges.remove(&key),
                };
            }
            let (ids, done) = (people.clone(), steps.clone());
            let found = runtime.block_on(stage.write(move |tx, stamp| {
                for step in &done {
                    match *step {
                        Step::Merge(a, b) => {
                            cluster::merge(tx, stamp, ids[a], ids[b])?;
                        }
                        Step::Unmerge(a, b) => {
                            if let Some(merge) = cluster::find_merge(tx, ids[a], ids[b])? {
                                cluster::unmerge(tx, stamp, merge)?;
                                // Once more changes nothing.
                                cluster::unmerge(tx, stamp, merge)?;
                            }
                        }
                    }
                }
                let found = cluster::list_all(tx)?;
                for merge in cluster::list_merges(tx, &ids)? {
                    cluster::unmerge(tx, stamp, merge.id)?;
                }
                assert!(cluster::list_all(tx)?.is_empty());
                Ok(found)
            }));
            prop_assert_eq!(found, brute_force(&people, &edges));
        });
    }
}
