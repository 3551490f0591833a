//! The table of a period: who filed, what it comes to, the reminder, the file.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use jiff::civil::date;
use thao_cast::Who;

use super::*;

async fn filed(stage: &Stage) -> String {
    stage.passes(Who::An, date(2026, 11, 1)).await;
    let at = stage.open(Who::CommuneManager, PERIOD).await;
    stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
    stage.client(Who::CommuneManager).post(&format!("{at}/submission"), &[]).await;
    format!("/report/periods/{}/{PERIOD}", stage.form)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_province_sees_who_is_missing_and_what_it_comes_to() {
    for stage in stages().await {
        let matrix = filed(&stage).await;
        let province = stage.client(Who::ProvinceManager);
        let page = province.get(&matrix).await;
        let text = page.text();
        assert!(text.contains("Cộng của 1/3 đơn vị đã nộp"), "{text}");
        // A count of people is the province's own: An and those of the other units.
        assert!(text.contains("120/300 (40,0%)"), "{text}");
        let reminder = page.one("textarea");
        assert!(reminder.contains("Còn 2 đơn vị chưa nộp"), "{reminder}");
        assert!(!reminder.contains("Hòa Bình"), "{reminder}");
        let late = province.get(&format!("{matrix}?state=late")).await;
        let rows = late.css("section:nth-of-type(2) tbody th");
        assert_eq!(rows.len(), 2, "{rows:?}");
        // A commune sees its own row and no totals.
        let own = stage.client(Who::CommuneManager).get(&matrix).await;
        assert!(!own.text().contains("Tổng hợp"));
        assert!(!own.has("textarea"));
        assert_eq!(own.css("tbody th"), ["Xã Hòa Bình"]);
        let none = province.get(&format!("/report/periods/{}/2026-m13", stage.form)).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_has_a_row_for_each_commune_and_empty_is_not_zero() {
    for stage in stages().await {
        let matrix = filed(&stage).await;
        let answer = stage.client(Who::ProvinceManager).get(&format!("{matrix}/export")).await;
        assert_eq!(answer.status, StatusCode::OK);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap();
        let sheet = book.worksheet_range(PERIOD).unwrap();
        let rows: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
        let row = |name: &str| {
            rows.iter().find(|row| row.contains(&Data::String(name.to_owned()))).unwrap().clone()
        };
        assert!(row("Xã Hòa Bình").contains(&Data::Float(120.0)));
        assert!(!row("Xã Đồng Mẫu").contains(&Data::Float(0.4)));
        assert!(row("Xã Đồng Mẫu").contains(&Data::Empty));
        assert!(row("Toàn đơn vị").contains(&Data::Float(300.0)));
    }
}
