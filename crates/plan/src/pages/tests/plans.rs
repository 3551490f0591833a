//! Plans and tasks: written down, given out, updated by the unit in charge, replaced.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;

fn paper<'a>(unit: &'a str, change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut out = vec![
        ("unit", unit),
        ("number", "15/KH-UBND"),
        ("title", "Kế hoạch phổ cập kỹ năng số"),
        ("issuer", "UBND tỉnh"),
        ("issued_on", "02/01/2026"),
        ("valid_from", "01/01/2026"),
        ("valid_to", "31/12/2026"),
    ];
    for (name, value) in change {
        match out.iter_mut().find(|(found, _)| found == name) {
            Some(field) => field.1 = value,
            None => out.push((name, value)),
        }
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_written_down_read_everywhere_below_and_replaced() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let unit = stage.cast.units.province.to_string();
        let bad = paper(&unit, &[("title", ""), ("valid_to", "31/12/2025")]);
        let page = manager.post("/plan/plans", &bad).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attr("input[name=title]", "aria-invalid"), "true");
        assert_eq!(page.attr("input[name=valid_to]", "aria-invalid"), "true");
        assert_eq!(page.attr("input[name=number]", "value"), "15/KH-UBND");

        let answer = manager.post("/plan/plans", &paper(&unit, &[])).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let plan = answer.location().split('?').next().unwrap().to_owned();
        let page = manager.get(&plan).await;
        assert_eq!(page.one("h1"), "Kế hoạch phổ cập kỹ năng số");
        assert!(page.text().contains("15/KH-UBND"));
        assert!(page.text().contains("01/01/2026 – 31/12/2026"));
        // It concerns the communes: read there, not changed.
        let commune = stage.client(Who::CommuneManager);
        assert_eq!(commune.get(&plan).await.status, StatusCode::OK);
        assert_eq!(commune.get(&format!("{plan}/edit")).await.status, StatusCode::FORBIDDEN);
        let post = commune.post(&format!("{plan}/edit"), &paper(&unit, &[])).await;
        assert_eq!(post.status, StatusCode::FORBIDDEN);

        let change = paper(&unit, &[("title", "Kế hoạch phổ cập 2026")]);
        let answer = manager.post(&format!("{plan}/edit"), &change).await;
        assert_eq!(manager.follow(&answer).await.one("h1"), "Kế hoạch phổ cập 2026");
        let new = stage.scene.plan.to_string();
        let path = format!("{plan}/replacement");
        let answer = manager.post(&path, &[("replaced_by", &new)]).await;
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("Kế hoạch này đã được thay thế bằng"), "{}", page.text());
        let other = manager.get(&format!("/plan/plans/{new}")).await;
        assert!(other.text().contains("Thay cho"));
        // Around in a ring is refused.
        let ring = plan.trim_start_matches("/plan/plans/");
        let path = format!("/plan/plans/{new}/replacement");
        let answer = manager.post(&path, &[("replaced_by", ring)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let list = manager.get("/plan/plans").await;
        assert_eq!(list.css("tbody tr").len(), 2);
        assert!(list.text().contains("Đã được thay thế"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commune_does_not_see_the_plan_of_another() {
    for stage in stages().await {
        let other = stage.client(Who::OtherManager);
        let unit = stage.cast.other_commune().to_string();
        let answer = other.post("/plan/plans", &paper(&unit, &[])).await;
        let plan = answer.location().split('?').next().unwrap().to_owned();
        let commune = stage.client(Who::CommuneManager);
        for path in ["", "/edit", "/tasks/new"] {
            let answer = commune.get(&format!("{plan}{path}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert_eq!(commune.post("/plan/plans", &paper(&unit, &[])).await.status, 404);
        assert_eq!(stage.client(Who::ProvinceManager).get(&plan).await.status, StatusCode::OK);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_unit_in_charge_says_how_far_its_task_is() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let plan = format!("/plan/plans/{}", stage.scene.plan);
        let commune = stage.cast.commune().to_string();
        let form = [
            ("no", "II.3"),
            ("title", "Mở 20 lớp"),
            ("unit", commune.as_str()),
            ("deadline", "31/10/2026"),
            ("product", "20 lớp"),
        ];
        let answer = manager.post(&format!("{plan}/tasks"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("II.3. Mở 20 lớp"));
        assert!(page.text().contains("Quá hạn"), "the cast's day is in November");
        let refused = manager.post(&format!("{plan}/tasks"), &[("title", "x")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.attr("select[name=unit]", "aria-invalid"), "true");

        // The commune finds it among its own, on its main list too.
        let own = stage.client(Who::CommuneManager);
        let list = own.get("/plan/tasks?overdue=1").await;
        let task = list.attr("tbody th a", "href");
        assert!(own.get("/plan/tasks?status=done").await.css("tbody tr").is_empty());
        let said = [
            ("status", "done"),
            ("on", "30/10/2026"),
            ("evidence", "Báo cáo 45/BC-UBND"),
            ("link", "https://vanban.example/45"),
        ];
        let answer = own.post(&format!("{task}/statuses"), &said).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = own.follow(&answer).await;
        assert_eq!(page.css("tbody th"), ["30/10/2026"]);
        assert_eq!(page.attr("tbody a", "href"), "https://vanban.example/45");
        assert!(own.get("/plan/tasks?overdue=1").await.css("tbody tr").is_empty());
        assert_eq!(own.get("/plan/tasks?status=done").await.css("tbody tr").len(), 1);

        // It may not change what it was charged with; another commune only reads the plan.
        assert_eq!(own.get(&format!("{task}/edit")).await.status, StatusCode::FORBIDDEN);
        let other = stage.client(Who::OtherManager);
        let answer = other.post(&format!("{task}/statuses"), &said).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(other.get("/plan/tasks").await.css("tbody tr").is_empty());
        let wrong = [("status", "done"), ("on", "31/12/2099"), ("link", "javascript:alert(1)")];
        let answer = own.post(&format!("{task}/statuses"), &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(answer.attr("input[name=link]", "aria-invalid"), "true");

        let file = manager.get("/plan/tasks/export").await;
        let cells = cells(&file, "Nhiệm vụ");
        assert!(cells.iter().any(|row| row.contains(&"Mở 20 lớp".to_owned())), "{cells:?}");
        assert_eq!(manager.post(&format!("{task}/withdrawal"), &[]).await.status, 303);
        assert_eq!(manager.get(&task).await.status, StatusCode::NOT_FOUND);
    }
}
