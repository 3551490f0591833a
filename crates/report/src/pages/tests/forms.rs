//! Forms: made, changed, started from the five ratios; refused where something is wrong.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;

fn fields<'a>(unit: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut out = vec![
        ("unit", unit),
        ("title_vi", "Báo cáo quý"),
        ("calendar", "nd09/quarter"),
        ("kinds", "commune"),
        ("due_days", "5"),
        ("change_percent", "30"),
        ("valid_from", "15/12/2025"),
    ];
    for (name, value) in more {
        out.retain(|(known, _)| known != name);
        out.push((name, value));
    }
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_made_line_by_line() {
    for stage in stages().await {
        let province = stage.client(Who::ProvinceManager);
        let unit = stage.cast.units.province.to_string();
        for (name, value) in [
            ("title_vi", " "),
            ("calendar", "nd09/nine_months"),
            ("kinds", "nobody"),
            ("due_days", "-1"),
            ("valid_from", "31/02/2026"),
            ("valid_to", "15/12/2025"),
        ] {
            let answer = province.post("/report/forms", &fields(&unit, &[(name, value)])).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        let answer = province.post("/report/forms", &fields(&unit, &[])).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let at = answer.location().split('?').next().unwrap().to_owned();
        let line = |code: &'static str, more: &[(&'static str, &'static str)]| {
            let mut out = vec![("code", code), ("entry", "count"), ("line_vi", "Lớp đã mở")];
            out.extend(more);
            out
        };
        let lines = format!("{at}/lines");
        for wrong in [
            line("có dấu", &[]),
            line("A1", &[("sum_of", "B + C")]),
            vec![("code", "A1"), ("entry", "target"), ("line_vi", "x")],
            vec![("code", "A1"), ("entry", "count"), ("line_vi", "")],
        ] {
            let answer = province.post(&lines, &wrong).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
        }
        let answer = province.post(&lines, &line("A1", &[("required", "on")])).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let twice = province.post(&lines, &line("A1", &[])).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = province.get(&at).await;
        assert_eq!(page.css("table tbody th"), ["A1"]);
        let change = page.attr("table form", "action");
        province.post(&change, &[("line_vi", "Lớp học đã mở")]).await;
        assert!(province.get(&at).await.text().contains("Lớp học đã mở"));
        province.post(&format!("{change}/withdrawal"), &[]).await;
        assert!(!province.get(&at).await.has("table tbody th"));

        // A commune reads the form and does not change it.
        let manager = stage.client(Who::CommuneManager);
        assert_eq!(manager.get(&at).await.status, StatusCode::OK);
        let answer = manager.post(&at, &fields(&unit, &[])).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let answer = manager.post("/report/forms", &fields(&unit, &[])).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "not their unit");
        // A commune asks its own villages.
        let own = stage.cast.commune().to_string();
        let mine = fields(&own, &[("kinds", "village")]);
        let answer = manager.post("/report/forms", &mine).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let answer = stage.client(Who::OtherManager).get(&answer.location()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_five_ratios_are_there_and_vneid_is_typed() {
    for stage in stages().await {
        let province = stage.client(Who::ProvinceManager);
        let page = province.get("/report/forms/new?from=five_ratios").await;
        assert!(page.has("select[name='target.BD-1']"));
        assert!(!page.has("select[name='target.BD-4']"));
        let unit = stage.cast.units.province.to_string();
        let target = stage.target.to_string();
        let more =
            [("from", "five_ratios"), ("calendar", "nd09/month"), ("target.BD-1", target.as_str())];
        let answer = province.post("/report/forms", &fields(&unit, &more)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = province.follow(&answer).await;
        assert_eq!(page.css("table tbody th"), ["BD-1", "BD-2", "BD-3", "BD-4", "BD-5"]);
        let ways = page.css("table tbody tr:first-child td");
        assert!(ways.iter().any(|cell| cell.contains("Tự tính")), "{ways:?}");
        let vneid = page.css("table tbody tr:nth-child(4) td");
        assert!(vneid.iter().any(|cell| cell.contains("Phải ghi nguồn")), "{vneid:?}");
    }
}
