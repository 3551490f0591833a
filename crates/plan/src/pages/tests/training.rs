//! The training plan of a year: rows, payments, what is behind, as a file.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_planned_paid_for_and_shown_beside_what_was_held() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let (province, commune) =
            (stage.cast.units.province.to_string(), stage.cast.commune().to_string());
        let course = stage.scene.course.to_string();
        let form = [
            ("year", "2026"),
            ("unit", province.as_str()),
            ("area", province.as_str()),
            ("course", course.as_str()),
            ("classes", "4"),
            ("places", "160"),
            ("budget", "80.000.000"),
            ("due", "30/06/2026"),
        ];
        let answer = manager.post("/plan/training", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = manager.follow(&answer).await;
        let text = page.text();
        assert!(text.contains("An toàn thông tin cơ bản"), "the course's own title: {text}");
        assert!(text.contains("Quá hạn, chưa đủ"));
        let year = manager.get("/plan/training?year=2025").await;
        assert!(year.text().contains("Năm này chưa có kế hoạch đào tạo"), "{}", year.text());
        let refused = manager.post("/plan/training", &[("year", "26"), ("places", "x")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.attr("input[name=places]", "aria-invalid"), "true");

        let row = page.attr("tbody th a", "href");
        let paths = format!("{row}/payments");
        let wrong = [("amount", "0"), ("on", "01/01/2099"), ("document", "")];
        let answer = manager.post(&paths, &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["amount", "on", "document"] {
            assert_eq!(answer.attr(&format!("input[name={field}]"), "aria-invalid"), "true");
        }
        let good = [("amount", "20.000.000"), ("on", "01/06/2026"), ("document", "QĐ 12")];
        let answer = manager.post(&paths, &good).await;
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("20.000.000 / 80.000.000 (25,0%)"), "{}", page.text());
        let undo = page.attr("tbody form", "action");

        // A commune reads what concerns it, plans for itself, and not for the province.
        let own = stage.client(Who::CommuneManager);
        assert_eq!(own.get(&row).await.status, StatusCode::OK);
        assert_eq!(own.get(&format!("{row}/edit")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(own.post(&paths, &good).await.status, StatusCode::FORBIDDEN);
        assert_eq!(own.post(&undo, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(own.post("/plan/training", &form).await.status, StatusCode::NOT_FOUND);
        let small = [
            ("year", "2026"),
            ("unit", commune.as_str()),
            ("area", commune.as_str()),
            ("title", "Lớp tại thôn"),
        ];
        let answer = own.post("/plan/training", &small).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = own.follow(&answer).await;
        assert!(page.text().contains("Chưa tính được"));
        let hidden = page.attrs("tbody th a", "href");
        let other = stage.client(Who::OtherManager);
        let seen = other.get("/plan/training?year=2026").await.attrs("tbody th a", "href");
        assert_eq!(seen, std::slice::from_ref(&row));
        let theirs = hidden.into_iter().find(|href| *href != row).unwrap();
        assert_eq!(other.get(&theirs).await.status, StatusCode::NOT_FOUND);

        let file = manager.get("/plan/training/export?year=2026").await;
        let rows = cells(&file, "Các lần chi");
        assert!(rows.iter().any(|row| row.contains(&"QĐ 12".to_owned())), "{rows:?}");
        assert_eq!(manager.post(&undo, &[]).await.status, StatusCode::SEE_OTHER);
        assert!(manager.get(&row).await.text().contains("Chưa chi lần nào"));
        assert_eq!(manager.post(&format!("{row}/withdrawal"), &[]).await.status, 303);
        assert_eq!(manager.get(&row).await.status, StatusCode::NOT_FOUND);
    }
}
