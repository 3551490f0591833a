//! The text of a report: from the starter, edited, with mistakes that are said and break nothing.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_filled_with_the_figures_of_the_period() {
    for stage in stages().await {
        let at = stage.open(Who::CommuneManager, PERIOD).await;
        stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
        stage.client(Who::CommuneManager).post(&format!("{at}/submission"), &[]).await;
        let province = stage.client(Who::ProvinceManager);
        let text = format!("/report/periods/{}/{PERIOD}/text", stage.form);
        let page = province.get(&text).await;
        let words = page.one("article");
        assert!(words.contains("kết quả tháng 11/2026"), "{words}");
        assert!(words.contains("1/3 đơn vị đã nộp báo cáo"), "{words}");
        assert!(words.contains("120/300 người (40,0%); chưa có số liệu kỳ trước"), "{words}");
        assert!(!page.has(".notice-warn"), "{}", page.text());
        assert_eq!(page.css("article tbody tr").len(), 3);

        // Mistakes are said with their place; the text stays whole.
        let form = stage.form.to_string();
        let body =
            "# Kết quả\n\nTỷ lệ {{chi_tieu BD-4: ty_le}}.\n{{la_gi}}\n{{tinh 1 / 0}}\n{{bang}}";
        let fields = [("form", form.as_str()), ("title", "Báo cáo riêng"), ("body", body)];
        let answer = province.post("/report/templates", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let own = answer.location().split('?').next().unwrap().to_owned();
        let page = province.get(&text).await;
        assert!(page.one("article").contains("Tỷ lệ 40,0%."), "{}", page.text());
        assert_eq!(page.css(".notice li").len(), 2, "{}", page.text());
        assert!(page.text().contains("Dòng 5"), "{}", page.text());

        let empty = [("title", "Báo cáo riêng"), ("body", " ")];
        let answer = province.post(&own, &empty).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let manager = stage.client(Who::CommuneManager);
        assert_eq!(manager.get(&text).await.status, StatusCode::FORBIDDEN);
        assert_eq!(manager.post(&own, &fields).await.status, StatusCode::FORBIDDEN);
        province.post(&format!("{own}/withdrawal"), &[]).await;
        assert_eq!(province.get(&own).await.status, StatusCode::NOT_FOUND);
    }
}
