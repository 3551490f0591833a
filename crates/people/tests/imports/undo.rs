//! Taking a file back: what it made is closed, what it changed is set back, and what came of it
//! since stays, with the reason.

use jiff::civil::date;
use thao_base::{ActivityId, ImportId};
use thao_cast::Who;
use thao_people::imports::people::{DESK, Options};
use thao_people::imports::{Came, direct};
use thao_people::{AffiliationKind, account, affiliation, person};
use thao_record::statement::{Draft, append};
use thao_record::{Verb, register};

use crate::stage::{Stage, numbers, stages};

const HEADINGS: [&str; 6] =
    ["Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị", "Chức vụ", "Số điện thoại"];

async fn take_back(stage: &Stage, id: ImportId) {
    assert!(stage.write(move |tx, stamp| direct::take_back(tx, stamp, &DESK, id)).await);
    assert!(!stage.write(move |tx, stamp| direct::take_back(tx, stamp, &DESK, id)).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_goes_back_to_what_it_was() {
    for mut stage in stages().await {
        stage.who = Who::ProvinceManager;
        stage.options = Options::new(AffiliationKind::Staff, date(2026, 10, 1), true);
        let an = stage.cast.person(Who::An);
        let before = stage
            .read(move |tx| Ok((person::get(tx, an)?, affiliation::list_of_persons(tx, &[an])?)))
            .await;
        let list: &[&[&str]] = &[
            &["Nguyễn Văn Ân", "20/05/1990", "099090000105", "Sở Nội vụ", "", "0911000111"],
            &["Phạm Thị Xã", "19/05/1983", "", "Xã Hòa Bình", "Chủ tịch", ""],
            &["Lê Thị Hoà", "05/02/1987", "099187000001", "Xã Hòa Bình", "", ""],
        ];
        let id = stage.send_rows(&HEADINGS, list).await;
        stage.confirm(id).await;
        let counts = stage.counts(id).await;
        assert_eq!(counts.came(Came::Done), 3, "{:?}", numbers(&counts));
        take_back(&stage, id).await;
        let counts = stage.counts(id).await;
        assert_eq!((counts.came(Came::Undone), counts.came(Came::Kept)), (3, 0));
        let after = stage
            .read(move |tx| Ok((person::get(tx, an)?, affiliation::list_of_persons(tx, &[an])?)))
            .await;
        assert_eq!(format!("{:?}", before.0), format!("{:?}", after.0));
        assert_eq!(format!("{:?}", before.1[0]), format!("{:?}", after.1[0]));
        assert_eq!(after.1[1].valid_to, Some(after.1[1].valid_from), "never in the other unit");
        let xa = stage.cast.person(Who::CommuneManager);
        let office = stage.read(move |tx| affiliation::list_of_persons(tx, &[xa])).await;
        assert_eq!(office[0].position.as_deref(), Some("Phó Chủ tịch Uỷ ban nhân dân"));
        let (hoa, belongs) = stage.people().await.remove(0);
        assert_eq!(belongs[0].valid_to, Some(belongs[0].valid_from), "she never belonged");
        let open = stage.read(move |tx| account::list_of_person(tx, hoa.id)).await;
        assert!(open.is_empty(), "her account is closed");

        // Sent again, it is done again: she is known and belongs once more.
        let again = stage.send_rows(&HEADINGS, list).await;
        stage.confirm(again).await;
        assert_eq!(stage.people().await.len(), 1);
        assert_eq!(stage.counts(again).await.came(Came::Done), 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_person_moves_back() {
    for mut stage in stages().await {
        stage.who = Who::ProvinceManager;
        stage.options = Options::new(AffiliationKind::Staff, date(2026, 10, 1), false);
        let an = stage.cast.person(Who::An);
        let id = stage
            .send_rows(
                &HEADINGS,
                &[&["Nguyễn Văn An", "19/05/1990", "099090000105", "Sở Nội vụ", "", "0911000111"]],
            )
            .await;
        stage.confirm(id).await;
        take_back(&stage, id).await;
        let (known, belongs) = stage
            .read(move |tx| Ok((person::get(tx, an)?, affiliation::list_of_persons(tx, &[an])?)))
            .await;
        assert_eq!(known.phone.as_deref(), Some("0900000105"));
        let now: Vec<_> = belongs.iter().filter(|a| a.valid_to.is_none()).collect();
        assert_eq!(now.len(), 1);
        assert_eq!(now[0].unit, stage.cast.commune());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_it_since_stays_with_the_reason() {
    for mut stage in stages().await {
        stage.options = Options::new(AffiliationKind::Staff, date(2026, 10, 1), true);
        let names = ["Lê Văn Một", "Lê Văn Hai", "Lê Văn Ba", "Lê Văn Bốn"];
        let mut rows: Vec<[String; 6]> = names
            .iter()
            .enumerate()
            .map(|(n, name)| {
                let id = format!("09909000080{n}");
                [
                    name.to_string(),
                    "1/2/1990".into(),
                    id,
                    String::new(),
                    String::new(),
                    String::new(),
                ]
            })
            .collect();
        rows.push(["Nguyễn Văn An", "", "099090000105", "", "", "0911000111"].map(str::to_owned));
        let rows: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let id = stage.send_rows(&HEADINGS, &rows).await;
        stage.confirm(id).await;
        assert_eq!(stage.counts(id).await.came(Came::Done), 5);
        let made: Vec<_> = stage.rows(id).await.iter().filter_map(|row| row.person).collect();
        let (unit, an) = (stage.cast.commune(), stage.cast.person(Who::An));
        stage
            .write(move |tx, stamp| {
                let activity: ActivityId = stamp.id();
                let attended = Draft {
                    activity: Some(activity),
                    ..Draft::new(stamp, Verb::Attended, made[0], unit)
                };
                append(tx, stamp, &[attended])?;
                let mended = person::NewPerson { phone: Some("0900".into()), ..Default::default() };
                person::edit(tx, stamp, made[1], &mended)?;
                let account = account::list_of_person(tx, made[2])?[0].id;
                account::set_password(tx, stamp, account, "a hash")?;
                let mended = person::NewPerson { phone: Some("0922".into()), ..Default::default() };
                person::edit(tx, stamp, an, &mended)?;
                Ok(())
            })
            .await;
        take_back(&stage, id).await;
        let found: Vec<(&str, String)> = stage
            .rows(id)
            .await
            .iter()
            .map(|row| {
                let note = row.notes.last().map(|note| note.key.clone()).unwrap_or_default();
                let note = note.rsplit('.').next().unwrap_or_default().to_owned();
                (row.came.map_or("", Came::code), note)
            })
            .collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(c, n)| (*c, n.as_str())).collect();
        assert_eq!(
            found,
            [
                ("kept", "record"),
                ("kept", "edited"),
                ("kept", "account"),
                ("undone", ""),
                ("kept", "fields"),
            ]
        );
        let history = stage.read(move |tx| register::history(tx, id)).await;
        assert!(history.is_empty(), "the file itself is no row of the register");
    }
}
