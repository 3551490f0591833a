//! The board of a unit: who sees which, what its cards, heat table, list and map say.

use axum::http::StatusCode;
use jiff::civil::date;
use thao_cast::Who;
use thao_record::Verb;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_province_is_seen_at_a_glance() {
    for stage in stages().await {
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        let page = stage.client(Who::ProvinceManager).get("/plan/board").await;
        assert_eq!(page.one("h1"), "Tổng quan: Tỉnh Thử", "{}", stage.db.name());
        assert_eq!(page.css(".card").len(), 2);
        assert!(page.text().contains("Trong 2 chỉ tiêu:"));
        // Units down, targets across, this unit at the foot.
        let heads = page.css(".heat thead th");
        assert_eq!(heads, ["Đơn vị▲", "PT-01", "PT-05"]);
        let names = page.css(".heat tbody th");
        assert_eq!(names.len(), 5);
        let at = names.iter().position(|name| name == "Xã Hòa Bình").unwrap();
        assert!(page.css(".heat tbody tr")[at].contains("33,3"));
        assert!(page.css(".heat tfoot td")[0].contains("12,5"));
        // The short heads are explained, and the list says what the map does.
        assert!(page.css(".heat-names dd")[0].contains("Công chức đạt kiểm tra"));
        assert_eq!(page.css(".map-tiles a").len(), 3, "communes only");
        assert!(page.has("svg.map[aria-hidden=true]"));
        assert_eq!(page.css(".map-list tbody tr").len(), 5);
        let below = format!("?unit={}", stage.cast.commune());
        assert!(page.attrs(".heat tbody a", "href").contains(&below));
        assert!(page.attrs(".map-list a", "href").contains(&below));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_sort_and_a_target_is_chosen() {
    for stage in stages().await {
        stage.outcome(Who::OtherLearner, Verb::Passed, date(2026, 11, 19)).await;
        let manager = stage.client(Who::ProvinceManager);
        let (target, official) = (stage.scene.target, stage.scene.official);
        let page = manager.get(&format!("/plan/board?sort=-{target}&target={target}")).await;
        assert_eq!(page.css(".heat tbody th")[0], "Xã Đồng Mẫu");
        assert_eq!(page.attr(".heat th[aria-sort]", "aria-sort"), "descending");
        assert_eq!(page.css(".map-list tbody th")[0], "Xã Đồng Mẫu");
        let rising = manager.get(&format!("/plan/board?sort={target}")).await;
        // Last those who have nobody to count.
        let names = rising.css(".heat tbody th");
        assert_eq!(names[3..], ["Xã Đồng Mẫu", "Phường Ví Dụ"]);
        let page = manager.get(&format!("/plan/board?target={official}")).await;
        assert!(page.css("main h2").contains(&"Người dân tham dự".to_owned()));
        let cells = page.css(".map-list tbody td");
        assert!(cells.iter().any(|cell| cell.to_lowercase().contains("chưa có")), "{cells:?}");
        // What nobody can sort or choose by is by name, of the most urgent.
        let strange = manager.get("/plan/board?sort=x&target=y&day=z").await;
        assert_eq!(strange.attr(".heat th[aria-sort]", "aria-sort"), "ascending");
        let october = manager.get("/plan/board?day=31/10/2026").await;
        assert!(october.css(".heat tfoot td")[0].starts_with("0,0"));
        let other = format!("?unit={}&day=2026-10-31", stage.cast.commune());
        assert!(october.attrs(".heat tbody a", "href").contains(&other));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_sees_the_boards_of_their_units_only() {
    for stage in stages().await {
        let own = stage.client(Who::CommuneManager);
        let page = own.get("/plan/board").await;
        assert_eq!(page.one("h1"), "Tổng quan: Xã Hòa Bình");
        assert_eq!(page.css(".card .stat-figure")[0], "0 / 3 (0,0%)");
        assert!(page.css(".crumbs a").iter().all(|name| name != "Tỉnh Thử"));
        for unit in [stage.cast.units.province, stage.cast.other_commune()] {
            for path in ["/plan/board", "/plan/board/export"] {
                let hidden = own.get(&format!("{path}?unit={unit}")).await;
                assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        let learner = stage.client(Who::An).get("/plan/board").await;
        assert_eq!(learner.status, StatusCode::FORBIDDEN);
        let department = format!("/plan/board?unit={}", stage.cast.units.departments[0]);
        let page = stage.client(Who::ProvinceManager).get(&department).await;
        assert_eq!(page.css(".card").len(), 1);
        assert!(!page.has(".heat") && !page.has(".map"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_heat_table_is_a_workbook() {
    use calamine::{Data, Reader as _, Xlsx};
    for stage in stages().await {
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        let client = stage.client(Who::ProvinceManager);
        let answer = client.get("/plan/board/export").await;
        assert_eq!(answer.status, StatusCode::OK);
        let bytes = std::io::Cursor::new(answer.body.clone());
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(bytes).unwrap();
        let names = book.sheet_names();
        assert_eq!(names, ["Tỉ lệ", "Tử số và mẫu số", "Chỉ tiêu"]);
        let sheet = book.worksheet_range("Tỉ lệ").unwrap();
        let row = sheet.rows().find(|row| row[1] == Data::String("Xã Hòa Bình".into())).unwrap();
        assert_eq!(row[0], Data::String("00991".into()));
        assert!(matches!(row[2], Data::Float(share) if (share - 0.333).abs() < 1e-9), "{row:?}");
        assert_eq!(row[3], Data::Empty, "missing is not zero");
        let counts = book.worksheet_range("Tử số và mẫu số").unwrap();
        let row = counts.rows().next_back().unwrap();
        assert_eq!((&row[2], &row[3]), (&Data::Float(1.0), &Data::Float(8.0)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_without_targets_says_so() {
    for stage in stages().await {
        let stamp = stage.world.stamp("plan.act.withdraw_target");
        let ids = [stage.scene.target, stage.scene.official];
        let withdraw = move |tx: &mut thao_base::Tx<'_>| {
            ids.iter().try_for_each(|id| crate::target::withdraw(tx, &stamp, *id))
        };
        stage.db.write(withdraw).await.unwrap();
        let page = stage.client(Who::ProvinceManager).get("/plan/board").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.has(".empty") && !page.has(".heat"));
        let export = stage.client(Who::ProvinceManager).get("/plan/board/export").await;
        assert_eq!(export.status, StatusCode::OK);
    }
}
