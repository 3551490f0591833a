//! Who a row is about, and what changes: only what it names, and never by name alone.

use jiff::civil::date;
use thao_base::Lang;
use thao_cast::Who;
use thao_people::AffiliationKind;
use thao_people::imports::Outcome::{Ask, Change, Create, Refuse, Same};
use thao_people::imports::people::{DESK, Options};
use thao_people::imports::{self, Decision, direct};
use thao_people::{affiliation, cluster, person};

use crate::stage::{Stage, TODAY, numbers, stages};

const HEADINGS: [&str; 6] =
    ["Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị", "Chức vụ", "Số điện thoại"];

/// What a row would change, in words: `Chức vụ: cũ → mới`.
async fn deeds(stage: &Stage, id: thao_base::ImportId) -> Vec<String> {
    stage.rows(id).await.iter().map(|row| DESK.kind.line(Lang::Vi, row).1).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn known_by_number_by_older_number_and_by_name_birth_and_unit() {
    for stage in stages().await {
        let first = stage
            .send_rows(
                &HEADINGS,
                &[
                    &["Lê Thị Hoà", "05/02/1987", "099187000001", "", "Chuyên viên", "0912345678"],
                    &["Lê Văn Dũng", "07/08/1979", "131234567", "", "", ""],
                    &["Trần Văn Tú", "1970", "", "", "", ""],
                ],
            )
            .await;
        stage.confirm(first).await;
        let id = stage
            .send_rows(
                &HEADINGS,
                &[
                    // The tone elsewhere, no accents, less of the birth, nothing typed: no change of
                    // these; the last row adds to the first.
                    &["LÊ THỊ HÒA", "1987", "099187000001", "", "", ""],
                    &["Le Van Dung", "07/08/1979", "131234567", "", "Chủ tịch", ""],
                    &["Trần Văn Tú", "09/09/1970", "099070000009", "", "", "0988000111"],
                    &["Lê Thị Hòa", "05/02/1987", "", "", "Phó phòng", ""],
                ],
            )
            .await;
        let found = stage.outcomes(id).await;
        let outcomes: Vec<_> = found.iter().map(|(outcome, _)| *outcome).collect();
        assert_eq!(outcomes, [Change, Change, Change, Same], "{found:?}");
        assert_eq!(
            deeds(&stage, id).await,
            [
                "Chức vụ: Chuyên viên → Phó phòng",
                "Chức vụ: Chủ tịch",
                "Ngày sinh: 1970 → 09/09/1970; Số CCCD: 099070000009; Số điện thoại: 0988000111",
                "",
            ]
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn less_than_sure_is_asked_about() {
    for mut stage in stages().await {
        stage.who = Who::ProvinceManager;
        let id = stage
            .send_rows(
                &HEADINGS,
                &[
                    // Another number, another unit, other accents, somebody else's number.
                    &["Nguyễn Văn An", "19/05/1990", "099090000999", "Xã Hoà Bình", "", ""],
                    &["Bùi Thị Cúc", "19/05/1995", "", "Xã Hòa Bình", "", ""],
                    &["Nguyễn Văn Ân", "19/05/1990", "", "Xã Hòa Bình", "", ""],
                    &["Lý Thị Khác", "01/01/1970", "099090000105", "Xã Hòa Bình", "", ""],
                    // Name and unit alone, or name and year in another unit, are nobody known.
                    &["Bùi Thị Cúc", "1995", "", "Phường Ví Dụ", "", ""],
                ],
            )
            .await;
        let found = stage.outcomes(id).await;
        let keys: Vec<(_, &str)> =
            found.iter().map(|(o, n)| (*o, n.last().map_or("", String::as_str))).collect();
        assert_eq!(
            keys,
            [
                (Ask, "other_number"),
                (Ask, "other_unit"),
                (Ask, "other_accents"),
                (Ask, "number_of_other"),
                (Create, "no_identifier"),
            ]
        );
        let why = stage.rows(id).await[1].notes.last().map(|n| n.words(Lang::Vi)).unwrap();
        assert!(why.contains("Bùi Thị Cúc, 19/05/1995, 099…108, Xã Đồng Mẫu"), "{why}");

        let all = stage.rows(id).await;
        let nos: Vec<i32> = all.iter().map(|row| row.no).collect();
        let decided = [
            (nos[0], Some(Decision::New)),
            (nos[1], Some(Decision::Same)),
            (nos[2], Some(Decision::New)),
        ];
        let n = stage
            .write(move |tx, stamp| {
                let file = imports::get(tx, "people", id)?;
                direct::decide(tx, stamp, &DESK, &file, &decided)
            })
            .await;
        assert_eq!(n, 3);
        assert_eq!(numbers(&stage.counts(id).await), [(Create, 3), (Change, 1), (Ask, 1)]);
        assert_eq!(deeds(&stage, id).await[1], "Đơn vị: Xã Đồng Mẫu → Xã Hòa Bình");
        stage.confirm(id).await;
        assert_eq!(numbers(&stage.counts(id).await), [(Create, 3), (Change, 1), (Ask, 1)]);

        let cuc = stage.cast.person(Who::OtherLearner);
        let belongs = stage.read(move |tx| affiliation::list_of_persons(tx, &[cuc])).await;
        assert_eq!(belongs[0].valid_to, Some(TODAY), "ended the day before the new one starts");
        assert_eq!((belongs[1].unit, belongs[1].valid_from), (stage.cast.commune(), TODAY));
        // The one without a number is like both Nguyễn Văn An: somebody looks at that again.
        let pairs =
            stage.read(|tx| tx.value::<i64>("SELECT COUNT(*) FROM duplicate", thao_base::args![]));
        assert_eq!(pairs.await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_the_register_that_are_one_person_are_one() {
    for stage in stages().await {
        let first = stage
            .send_rows(
                &HEADINGS,
                &[
                    &["Lê Thị Hoà", "05/02/1987", "099187000001", "", "", ""],
                    &["Lê Thị Hòa", "06/02/1987", "131234567", "", "", "0912345678"],
                ],
            )
            .await;
        stage.confirm(first).await;
        let people = stage.people().await;
        let (a, b) = (people[0].0.id, people[1].0.id);
        stage.write(move |tx, stamp| cluster::merge(tx, stamp, a, b)).await;
        let id = stage
            .send_rows(
                &HEADINGS,
                &[
                    &["Lê Thị Hoà", "05/02/1987", "099187000001", "", "", "0912345678"],
                    &["Lê Thị Hòa", "06/02/1987", "131234567", "", "", ""],
                ],
            )
            .await;
        let found = stage.outcomes(id).await;
        assert_eq!(found[0].0, Same, "the telephone is known of the other row: {found:?}");
        assert_eq!(found[1].0, Refuse, "{found:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_twice_in_the_file_is_one() {
    for stage in stages().await {
        let id = stage
            .send_rows(
                &HEADINGS,
                &[
                    &["Lê Thị Hoà", "05/02/1987", "099187000001", "", "", ""],
                    &["Lê Thị Hòa", "05/02/1987", "", "", "", "0912345678"],
                    &["LÊ THỊ HOÀ", "05/02/1987", "099187000001", "Thôn Hai", "", ""],
                    &["Lê Thị Hoà", "05/02/1987", "099187000001", "", "", "0900000000"],
                ],
            )
            .await;
        let found = stage.outcomes(id).await;
        let outcomes: Vec<_> = found.iter().map(|(outcome, _)| *outcome).collect();
        assert_eq!(outcomes, [Create, Same, Same, Refuse], "{found:?}");
        stage.confirm(id).await;
        let people = stage.people().await;
        assert_eq!(people.len(), 1);
        assert_eq!(people[0].0.phone.as_deref(), Some("0912345678"));
        assert_eq!(people[0].1[0].unit, stage.cast.units.villages[0][1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_starts_on_the_day_of_the_list_and_an_older_list_moves_nobody() {
    for mut stage in stages().await {
        stage.who = Who::ProvinceManager;
        let list: &[&[&str]] =
            &[&["Nguyễn Văn An", "19/05/1990", "099090000105", "Sở Nội vụ", "Chuyên viên", ""]];
        stage.options = Options::new(AffiliationKind::Staff, date(2025, 7, 1), false);
        let id = stage.send_rows(&HEADINGS, list).await;
        assert_eq!(stage.outcomes(id).await, [(Refuse, vec!["newer_known".to_owned()])]);
        stage.options = Options::new(AffiliationKind::Staff, date(2026, 10, 1), true);
        let id = stage.send_rows(&HEADINGS, list).await;
        assert_eq!(
            deeds(&stage, id).await,
            ["Đơn vị: Xã Hòa Bình → Sở Nội vụ; Chức vụ: Chuyên viên"]
        );
        stage.confirm(id).await;
        let an = stage.cast.person(Who::An);
        let belongs = stage.read(move |tx| affiliation::list_of_persons(tx, &[an])).await;
        assert_eq!(belongs[0].valid_to, Some(date(2026, 10, 1)));
        assert_eq!(belongs[1].valid_from, date(2026, 10, 1));
        let again = stage.send_rows(&HEADINGS, list).await;
        assert_eq!(numbers(&stage.counts(again).await), [(Same, 1)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_without_an_account_get_one_once() {
    for mut stage in stages().await {
        stage.options = Options::new(AffiliationKind::Staff, TODAY, true);
        let list: &[&[&str]] = &[
            &["Lê Thị Hoà", "05/02/1987", "099187000001", "", "", ""],
            &["Lê Thị Hoà", "05/02/1988", "099188000002", "", "", ""],
            &["Nguyễn Văn An", "19/05/1990", "", "", "", ""],
        ];
        let id = stage.send_rows(&HEADINGS, list).await;
        stage.confirm(id).await;
        let logins = stage
            .read(|tx| {
                let sql = "SELECT login FROM account WHERE login LIKE 'hoalt%' ORDER BY login";
                tx.values::<String>(sql, thao_base::args![])
            })
            .await;
        assert_eq!(logins, ["hoalt", "hoalt2"]);
        let again = stage.send_rows(&HEADINGS, list).await;
        assert_eq!(numbers(&stage.counts(again).await), [(Same, 3)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_after_the_preview_is_left_with_a_word() {
    for stage in stages().await {
        let id = stage
            .send_rows(
                &HEADINGS,
                &[
                    &["Nguyễn Văn An", "19/05/1990", "099090000105", "", "Trưởng phòng", ""],
                    &["Lê Thị Hoà", "05/02/1987", "099187000001", "", "", ""],
                    &["Lê Văn Dũng", "07/08/1979", "099079000002", "", "", ""],
                ],
            )
            .await;
        let an = stage.cast.person(Who::An);
        stage
            .write(move |tx, stamp| {
                let known = affiliation::list_of_persons(tx, &[an])?;
                let values = [("position", thao_base::db::Arg::Text("Phó Chủ tịch"))];
                affiliation::edit(tx, stamp, known[0].id, an, &values)?;
                let hoa = person::NewPerson {
                    full_name: "Lê Thị Hoà".into(),
                    citizen_id: Some("099187000001".into()),
                    ..Default::default()
                };
                person::add(tx, stamp, hoa)
            })
            .await;
        stage.confirm(id).await;
        let rows = stage.rows(id).await;
        let came: Vec<_> = rows.iter().map(|row| row.came.map(|came| came.code())).collect();
        assert_eq!(came, [Some("left"), Some("left"), Some("done")]);
        assert!(rows[0].notes.iter().any(|n| n.key == "people.imports.note.ground_changed"));
        let belongs = stage.read(move |tx| affiliation::list_of_persons(tx, &[an])).await;
        assert_eq!(belongs[0].position.as_deref(), Some("Phó Chủ tịch"));
    }
}
