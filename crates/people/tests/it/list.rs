//! The list of people: search, filters, paging, export.

use thao_base::PersonId;
use thao_cast::{Cast, Who};
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::person::{self, NewPerson};
use thao_people::{AffiliationKind, cluster};

use crate::stage::Stage;

/// Adds residents with these names to a village of commune 1.
async fn residents(stage: &Stage, names: Vec<String>) -> Vec<PersonId> {
    let village = village(&stage.cast);
    stage
        .write(move |tx, stamp| {
            let mut ids = Vec::new();
            for name in &names {
                let new = NewPerson { full_name: name.clone(), ..NewPerson::default() };
                let id = person::add(tx, stamp, new)?;
                let from = jiff::civil::date(2025, 7, 1);
                let kind = AffiliationKind::Resident;
                let new = NewAffiliation::new(id, village, kind, from);
                affiliation::add_many(tx, stamp, &[new])?;
                ids.push(id);
            }
            Ok(ids)
        })
        .await
}

fn village(cast: &Cast) -> thao_base::UnitId {
    cast.units.villages[0][0]
}

fn names(page: &thao_cast::Answer) -> Vec<String> {
    page.css("tbody tr > :first-child")
}

#[tokio::test(flavor = "multi_thread")]
async fn it_holds_the_people_of_ones_units_in_vietnamese_order() {
    for stage in Stage::all().await {
        let page = stage.client(Who::CommuneManager).get("/people").await;
        assert_eq!(page.status, 200);
        assert_eq!(names(&page), ["Nguyễn Văn An", "Trần Thị Bình", "Hoàng Văn Tổ", "Phạm Thị Xã"]);
        let all = stage.client(Who::ProvinceManager).get("/people").await;
        assert_eq!(names(&all).len(), 9);
        for (who, status) in [(Who::Organiser, 403), (Who::Instructor, 403), (Who::An, 403)] {
            assert_eq!(stage.client(who).get("/people").await.status, status, "{who:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_searched_without_accents_and_filtered() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::ProvinceManager);
        for (query, found) in [
            ("q=nguyen+van", vec!["Nguyễn Văn An"]),
            ("q=B%C3%ACnh", vec!["Trần Thị Bình"]),
            ("q=099090000105", vec!["Nguyễn Văn An"]),
            ("q=099+090+000+105", vec!["Nguyễn Văn An"]),
            ("q=099090000105&kind=resident", vec![]),
            ("q=099090000999", vec![]),
            ("kind=resident", vec!["Trần Thị Bình"]),
            ("category=cong_chuc&q=cuc", vec!["Bùi Thị Cúc"]),
            ("category=can_bo", vec![]),
            ("q=%25", vec!["", "", "", "", "", "", "", "", ""]),
            ("q=khongai", vec![]),
        ] {
            let page = manager.get(&format!("/people?{query}")).await;
            let names = names(&page);
            if found.first() == Some(&"") {
                assert_eq!(names.len(), found.len(), "{query}");
            } else {
                assert_eq!(names, found, "{query}");
            }
        }
        let empty = manager.get("/people?q=khongai").await;
        assert!(empty.text().contains("Không tìm thấy ai"));
        assert_eq!(empty.attr("input[name=q]", "value"), "khongai");

        let other = stage.client(Who::OtherManager).get("/people?q=099090000105").await;
        assert!(names(&other).is_empty(), "a number is no way around one's units");

        let below = format!("/people?unit={}", stage.cast.commune());
        assert_eq!(names(&manager.get(&below).await).len(), 4);
        let other = format!("/people?unit={}", stage.cast.other_commune());
        assert_eq!(stage.client(Who::CommuneManager).get(&other).await.status, 404);
        let nowhere = manager.get("/people?unit=01900000-0000-7000-8000-000000000000").await;
        assert_eq!(nowhere.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_a_gap_even_among_equal_names() {
    for stage in Stage::all().await {
        let mut made: Vec<String> = (0..70).map(|_| "Lê Thị Mẫu".to_owned()).collect();
        made.extend((0..60).map(|no| format!("Lê Văn Ví {no:02}")));
        residents(&stage, made).await;
        for who in [Who::CommuneManager, Who::ProvinceManager] {
            let manager = stage.client(who);
            let whole = if who == Who::CommuneManager { 134 } else { 139 };
            let mut links: Vec<String> = Vec::new();
            let mut path = "/people".to_owned();
            let mut pages = Vec::new();
            loop {
                let page = manager.get(&path).await;
                links.extend(page.attrs("tbody tr > :first-child a", "href"));
                pages.push(path);
                match page.attrs("nav.pages a[rel=next]", "href").pop() {
                    Some(next) => path = next,
                    None => break,
                }
            }
            assert_eq!(pages.len(), 3);
            assert_eq!(links.len(), whole);
            let mut apart = links.clone();
            apart.sort();
            apart.dedup();
            assert_eq!(apart.len(), whole, "somebody stands on two pages");
            // And back: the second page again, then the first.
            let last = manager.get(pages.last().unwrap()).await;
            let back = last.attr("nav.pages a[rel=prev]", "href");
            let second = manager.get(&back).await;
            assert_eq!(second.attrs("tbody tr > :first-child a", "href"), links[50..100].to_vec());
            let back = second.attr("nav.pages a[rel=prev]", "href");
            let first = manager.get(&back).await;
            assert_eq!(first.attrs("tbody tr > :first-child a", "href"), links[..50].to_vec());
            assert!(!first.has("nav.pages a[rel=prev]"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_that_are_one_person_are_one_line() {
    for stage in Stage::all().await {
        let an = stage.cast.person(Who::An);
        let twin = residents(&stage, vec!["Nguyễn Văn An".to_owned()]).await[0];
        let manager = stage.client(Who::CommuneManager);
        assert_eq!(names(&manager.get("/people").await).len(), 5);
        stage.write(move |tx, stamp| cluster::merge(tx, stamp, an, twin)).await;
        for who in [Who::CommuneManager, Who::ProvinceManager] {
            let page = stage.client(who).get("/people?q=nguyen+van+an").await;
            assert_eq!(names(&page), ["Nguyễn Văn An"]);
        }
        // Found where only the other row belongs.
        let below = format!("/people?unit={}", village(&stage.cast));
        assert_eq!(names(&manager.get(&below).await), ["Nguyễn Văn An", "Trần Thị Bình"]);
        // Either address leads to the one page.
        let there = manager.get(&format!("/people/{twin}")).await;
        assert_eq!(there.location(), format!("/people/{an}"));
        let page = manager.get(&format!("/people/{an}")).await;
        assert!(page.text().contains("có 2 dòng trong hệ thống"), "{}", page.text());
        assert_eq!(page.css("#units-part tbody tr").len(), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_export_holds_what_the_list_holds_and_is_on_record() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let link =
            manager.get("/people?kind=staff").await.attr("a[href^='/people/export']", "href");
        let file = manager.get(&link).await;
        assert_eq!(file.status, 200);
        let kind = file.header("content-type").unwrap();
        assert!(kind.contains("spreadsheetml"), "{kind}");
        assert!(file.header("content-disposition").unwrap().contains(".xlsx"));
        let limits = thao_sheet::Limits::default();
        let sheet = thao_sheet::read(&file.body, "people.xlsx", &limits).unwrap();
        let rows: Vec<String> = sheet
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| format!("{cell:?}")).collect())
            .collect();
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert!(rows[0].contains("Nguyễn Văn An") && rows[0].contains("00991"), "{rows:?}");
        assert!(rows.iter().all(|row| !row.contains("Trần Thị Bình")));

        let looks = stage.client(Who::Administrator).get("/people/audit?log=looks").await;
        let rows = looks.css("tbody tr");
        assert!(rows[0].contains("Xuất danh sách người") && rows[0].ends_with('3'), "{rows:?}");
        assert!(rows[1].contains("Xem danh sách người") && rows[1].ends_with('3'), "{rows:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_longer_than_a_file_says_so_before_and_in_the_file() {
    for stage in Stage::all().await {
        let site = thao_web::Site { export_rows: 3, ..thao_cast::site() };
        let app = thao_cast::app_at(&stage.db, thao_people::pages(), &stage.world, site);
        let manager = stage.cast.client(&app, Who::CommuneManager);
        let looks = || {
            stage.read(|tx| {
                let sql = "SELECT people FROM viewing WHERE page = 'people.view.export'";
                tx.values::<i32>(sql, thao_base::args![])
            })
        };
        // Four people, three rows.
        let page = manager.get("/people/export?as=xlsx").await;
        assert_eq!(page.status, 200);
        assert!(page.one(".notice").contains("hơn 3 người"), "{}", page.text());
        assert!(!page.text().contains("Nguyễn Văn An"));
        assert!(looks().await.is_empty(), "nobody's name was shown");
        let anyway = page.attr("a[download]", "href");
        let file = manager.get(&anyway).await;
        assert!(file.header("content-type").unwrap().contains("spreadsheetml"));
        let sheet = thao_sheet::read(&file.body, "x.xlsx", &thao_sheet::Limits::default()).unwrap();
        let last = format!("{:?}", sheet.rows.last().unwrap().cells);
        assert!(last.contains("CHƯA ĐỦ: tệp chỉ có 3 người đầu"), "{last}");
        assert_eq!(sheet.rows.len(), 4);
        assert_eq!(looks().await, [3]);
        // A unit with no more than that leaves at once, and whole.
        let village = village(&stage.cast);
        let file = manager.get(&format!("/people/export?unit={village}")).await;
        let sheet = thao_sheet::read(&file.body, "x.xlsx", &thao_sheet::Limits::default()).unwrap();
        assert!(!format!("{:?}", sheet.rows).contains("CHƯA ĐỦ"));
    }
}
