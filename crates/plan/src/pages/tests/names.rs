//! The names behind a number: who may see them, and that every look is logged.

use axum::http::StatusCode;
use jiff::civil::date;
use thao_cast::Who;
use thao_people::AffiliationKind;
use thao_people::affiliation::{self, NewAffiliation};
use thao_record::Verb;
use thao_record::statement;

use super::*;

fn people(stage: &Stage, query: &str) -> String {
    format!("{}/people?{query}", stage.board())
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_for_those_who_may_see_them_and_every_look_is_logged() {
    for stage in stages().await {
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        let manager = stage.client(Who::CommuneManager);
        let page = manager.get(&people(&stage, "")).await;
        assert_eq!(page.css("tbody th"), ["Nguyễn Văn An", "Hoàng Văn Tổ", "Phạm Thị Xã"]);
        assert_eq!(stage.looks().await, [("plan.view.people".to_owned(), 3)]);
        let met = manager.get(&people(&stage, "state=met")).await;
        assert_eq!(met.css("tbody th"), ["Nguyễn Văn An"]);
        let not = manager.get(&people(&stage, "state=not&q=pham")).await;
        assert_eq!(not.css("tbody th"), ["Phạm Thị Xã"]);
        let none = manager.get(&people(&stage, "q=khongai")).await;
        assert!(none.has(".empty"));
        // A list without names is no look, and fewer names a moment later the same look.
        assert_eq!(stage.looks().await.len(), 1);
        let before = manager.get(&people(&stage, "state=met&day=2026-11-01")).await;
        assert!(before.has(".empty"));

        let organiser = stage.client(Who::Organiser).get(&people(&stage, "")).await;
        assert_eq!(organiser.status, StatusCode::FORBIDDEN);
        let other = people(&stage, &format!("unit={}", stage.cast.other_commune()));
        assert_eq!(manager.get(&other).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.looks().await.len(), 1);
        stage.world.hand.advance(jiff::Span::new().minutes(16));
        manager.get(&people(&stage, "state=met")).await;
        assert_eq!(stage.looks().await[1..], [("plan.view.people".to_owned(), 1)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_a_day_is_who_the_board_of_that_day_counts() {
    for stage in stages().await {
        let [from, to, _] = stage.cast.units.communes;
        let staff = AffiliationKind::Staff;
        let who =
            stage.scene.person(&stage.db, &stage.world, "Mẫu Văn Rời", 1990, from, staff).await;
        let stamp = stage.world.stamp("people.act.edit_affiliation");
        stage
            .db
            .write(move |tx| {
                let stay = affiliation::list_of_persons(tx, &[who])?.remove(0);
                affiliation::end(tx, &stamp, stay.id, who, date(2026, 10, 1))?;
                let next = NewAffiliation {
                    category: Some("cong_chuc".into()),
                    ..NewAffiliation::new(who, to, staff, date(2026, 10, 1))
                };
                affiliation::add_many(tx, &stamp, &[next])
            })
            .await
            .unwrap();
        stage.outcome_of(who, to, Verb::Passed, date(2026, 9, 10)).await;
        let province = stage.client(Who::ProvinceManager);
        for (day, here, there) in [
            (date(2026, 9, 9), 4, 2),
            (date(2026, 9, 30), 4, 2),
            (date(2026, 10, 1), 3, 3),
            (date(2026, 11, 20), 3, 3),
        ] {
            for (unit, expected) in [(from, here), (to, there)] {
                let board = stage.figures(unit, day).await;
                assert_eq!(board.1, expected, "{} {day}", stage.db.name());
                for (state, count) in [("all", board.1), ("met", board.0)] {
                    let list = people(&stage, &format!("unit={unit}&day={day}&state={state}"));
                    let names = province.get(&list).await.css("tbody th").len();
                    assert_eq!(names, count, "{} {day} {state}", stage.db.name());
                }
            }
        }
        // Nor is their evidence for those of a unit they do not belong to on that day.
        let href = |day: &str| format!("{}/people/{who}?day={day}", stage.board());
        let manager = stage.client(Who::CommuneManager);
        assert_eq!(manager.get(&href("2026-09-30")).await.status, StatusCode::OK);
        assert_eq!(manager.get(&href("2026-10-01")).await.status, StatusCode::NOT_FOUND);
        let other = stage.client(Who::OtherManager);
        assert_eq!(other.get(&href("2026-09-30")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&href("2026-10-01")).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn long_lists_go_on_page_after_page_without_losing_anybody() {
    for stage in stages().await {
        let commune = stage.cast.commune();
        for n in 0..104 {
            let name = format!("Mẫu Văn {}", ["Bình", "Cường", "Dũng", "Giang"][n % 4]);
            let staff = AffiliationKind::Staff;
            stage.scene.person(&stage.db, &stage.world, &name, 1990, commune, staff).await;
        }
        catch_up(&stage.db).await.unwrap();
        let manager = stage.client(Who::CommuneManager);
        let mut page = manager.get(&people(&stage, "state=not")).await;
        let mut links = page.attrs("tbody th a", "href");
        assert_eq!(links.len(), 50);
        while let Some(next) = page.attrs("a[rel=next]", "href").first() {
            page = manager.get(next).await;
            links.extend(page.attrs("tbody th a", "href"));
        }
        assert_eq!(links.len(), 107, "{}", stage.db.name());
        links.sort();
        links.dedup();
        assert_eq!(links.len(), 107);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_s_page_says_what_counts_and_why() {
    for stage in stages().await {
        let (an, commune) = (stage.cast.person(Who::An), stage.cast.commune());
        let passed = stage
            .scene
            .outcome(&stage.db, &stage.world, an, commune, Verb::Passed, date(2026, 11, 2))
            .await;
        stage.outcome(Who::An, Verb::Attended, date(2026, 11, 3)).await;
        let manager = stage.client(Who::CommuneManager);
        let href = format!("{}/people/{an}", stage.board());
        let page = manager.get(&href).await;
        assert_eq!(page.one("h1"), "Nguyễn Văn An");
        assert!(page.text().contains("Được tính là đạt"));
        let reasons = page.css("td[data-label='Lý do']");
        assert_eq!(reasons.len(), 2);
        assert!(reasons[0].contains("Chưa đủ mức"), "{reasons:?}");
        assert!(reasons[1].contains("mới nhất"));
        assert_eq!(stage.looks().await, [("plan.view.person".to_owned(), 1)]);

        let stamp = stage.world.stamp("classes.act.attendance");
        stage.db.write(move |tx| statement::void(tx, &stamp, passed)).await.unwrap();
        catch_up(&stage.db).await.unwrap();
        let page = manager.get(&href).await;
        assert!(page.text().contains("Chưa được tính là đạt"));
        assert!(page.css("td[data-label='Lý do']")[1].contains("huỷ"));

        // Somebody of another commune, and somebody of no audience, are nobody here.
        for who in [Who::OtherLearner, Who::Binh] {
            let href = format!("{}/people/{}", stage.board(), stage.cast.person(who));
            assert_eq!(manager.get(&href).await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(stage.looks().await.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_opens_with_dates_as_dates_and_codes_as_text() {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    for stage in stages().await {
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        let manager = stage.client(Who::ProvinceManager);
        let export = format!("{}/export?unit={}", stage.board(), stage.cast.units.province);
        let answer = manager.get(&export).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.header("content-disposition").unwrap().contains("PT-01-2026-11-20.xlsx"));
        let open = |bytes: &[u8]| {
            open_workbook_from_rs::<Xlsx<_>, _>(std::io::Cursor::new(bytes.to_vec())).unwrap()
        };
        let mut book = open(&answer.body);
        assert_eq!(book.sheet_names(), ["Bảng chỉ tiêu", "Nguồn và cách tính"]);
        let sheet = book.worksheet_range("Bảng chỉ tiêu").unwrap();
        let row = sheet
            .rows()
            .find(|row| row.get(1) == Some(&Data::String("Xã Hòa Bình".into())))
            .unwrap();
        assert_eq!(row[0], Data::String("00991".into()));
        assert_eq!((&row[2], &row[3]), (&Data::Float(1.0), &Data::Float(3.0)));
        assert!(matches!(row[9], Data::DateTime(_)), "{:?}", row[9]);
        assert_eq!(stage.looks().await, []);

        let names = manager.get(&format!("{export}&names=1")).await;
        let mut book = open(&names.body);
        let sheet = book.worksheet_range("Danh sách người").unwrap();
        assert!(sheet.rows().any(|row| row[0] == Data::String("Nguyễn Văn An".into())));
        assert_eq!(stage.looks().await, [("plan.view.export".to_owned(), 8)]);
        // Each file that leaves is a look.
        manager.get(&format!("{export}&names=1")).await;
        assert_eq!(stage.looks().await.len(), 2);
        // An organiser may have the board, not the names.
        let organiser = stage.client(Who::Organiser);
        let own = format!("{}/export", stage.board());
        assert_eq!(organiser.get(&own).await.status, StatusCode::OK);
        let names = organiser.get(&format!("{own}?names=1")).await;
        assert_eq!(names.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_names_than_a_file_may_have_are_asked_about_and_said_in_the_file() {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    for stage in stages().await {
        let site = thao_web::Site { export_rows: 5, ..thao_cast::site() };
        let app = thao_cast::app_at(&stage.db, crate::pages(), &stage.world, site);
        let manager = stage.cast.client(&app, Who::ProvinceManager);
        let list = manager.get(&people(&stage, "")).await;
        let export = list.attr("a[href*='/export']", "href");
        let page = manager.get(&export).await;
        assert!(page.one(".notice").contains("hơn 5 người"), "{}", page.text());
        assert_eq!(stage.looks().await, [("plan.view.people".to_owned(), 8)]);
        let file = manager.get(&page.attr("a[download]", "href")).await;
        let mut book: Xlsx<_> =
            open_workbook_from_rs(std::io::Cursor::new(file.body.to_vec())).unwrap();
        let sheet = book.worksheet_range("Danh sách người").unwrap();
        let said: Vec<usize> = sheet
            .rows()
            .enumerate()
            .filter(|(_, row)| matches!(&row[0], Data::String(s) if s.starts_with("CHƯA ĐỦ")))
            .map(|(at, _)| at)
            .collect();
        assert_eq!(said, [1, sheet.height() - 1], "above the table and below its last row");
        assert!(stage.looks().await.contains(&("plan.view.export".to_owned(), 5)));
    }
}
