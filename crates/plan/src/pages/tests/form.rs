//! Setting, editing and withdrawing targets.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;

/// A good form for a unit, with some fields changed.
fn fields<'a>(
    unit: &'a str,
    course: &'a str,
    change: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut out = vec![
        ("unit", unit),
        ("audience", "new"),
        ("audience_name", "Viên chức y tế"),
        ("audience_kind", "staff"),
        ("categories", "vien_chuc"),
        ("denominator", "computed"),
        ("courses", course),
        ("rung", "completed"),
        ("need", "all"),
        ("qualifier", "at_least"),
        ("goal", "62,5"),
        ("baseline", "0"),
        ("starts", "01/01/2026"),
        ("due", "31/12/2030"),
        ("plan", "new"),
        ("plan_title", "Kế hoạch 20/KH-UBND"),
    ];
    for (name, value) in change {
        match out.iter_mut().find(|(found, _)| found == name) {
            Some(field) => field.1 = value,
            None => out.push((name, value)),
        }
    }
    out
}

async fn targets(stage: &Stage) -> i64 {
    let sql = "SELECT COUNT(*) FROM target WHERE withdrawn_at IS NULL";
    stage.db.read(move |tx| tx.value(sql, thao_base::args![])).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_sets_a_target_and_its_board_is_there() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let page = manager.get("/plan/targets/new").await;
        assert!(page.has("input[name=courses][type=checkbox]"));
        assert!(page.has("select[name=audience] option[value=new]"));
        let (unit, course) = (stage.cast.commune().to_string(), stage.scene.course.to_string());
        let form_id = page.attr("main input[name=form_id]", "value");
        let good = fields(&unit, &course, &[("form_id", &form_id)]);
        let answer = manager.post("/plan/targets", &good).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        catch_up(&stage.db).await.unwrap();
        let board = manager.follow(&answer).await;
        assert_eq!(board.one("h1"), "Viên chức y tế đã học xong “An toàn thông tin cơ bản”");
        assert!(board.text().contains("Đã đặt chỉ tiêu"));
        assert!(board.text().contains("ít nhất 62,5%"));
        // The same form again is the same target.
        let again = manager.post("/plan/targets", &good).await;
        assert_eq!(again.location(), answer.location());
        assert_eq!(targets(&stage).await, 3);
        // The same definition for another goal is another target of the same measure.
        let audience = {
            let sql = "SELECT id FROM audience WHERE name_vi = 'Viên chức y tế'";
            let id: thao_base::AudienceId =
                stage.db.read(move |tx| tx.value(sql, thao_base::args![])).await.unwrap();
            id.to_string()
        };
        let other = fields(&unit, &course, &[("audience", &audience), ("goal", "80")]);
        assert_eq!(manager.post("/plan/targets", &other).await.status, StatusCode::SEE_OTHER);
        let measures: i64 = stage
            .db
            .read(|tx| tx.value("SELECT COUNT(*) FROM measure", thao_base::args![]))
            .await
            .unwrap();
        assert_eq!((targets(&stage).await, measures), (4, 3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let (unit, course) = (stage.cast.commune().to_string(), stage.scene.course.to_string());
        let bad = fields(
            &unit,
            &course,
            &[("goal", "120"), ("due", "32/01/2030"), ("audience_name", "")],
        );
        let page = manager.post("/plan/targets", &bad).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attr("input[name=goal]", "value"), "120");
        assert_eq!(page.attr("input[name=goal]", "aria-invalid"), "true");
        assert_eq!(page.attr("input[name=due]", "aria-invalid"), "true");
        assert_eq!(page.attr("input[name=plan_title]", "value"), "Kế hoạch 20/KH-UBND");
        assert!(page.has("input[name=courses][checked]"));
        assert_eq!(targets(&stage).await, 2);
        // Another commune is not theirs, and no plan of the province is theirs to add to.
        let foreign = stage.cast.other_commune().to_string();
        let answer = manager.post("/plan/targets", &fields(&foreign, &course, &[])).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let stranger = fields(&unit, &unit, &[]);
        let answer = manager.post("/plan/targets", &stranger).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let organiser = stage.client(Who::Organiser).get("/plan/targets/new").await;
        assert_eq!(organiser.status, StatusCode::FORBIDDEN);
        assert_eq!(targets(&stage).await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_is_edited_and_withdrawn_by_those_who_may_set_it() {
    for stage in stages().await {
        let edit = format!("{}/edit", stage.board());
        let commune = stage.client(Who::CommuneManager);
        assert_eq!(commune.get(&edit).await.status, StatusCode::NOT_FOUND);
        let manager = stage.client(Who::ProvinceManager);
        let page = manager.get(&edit).await;
        assert_eq!(page.attr("input[name=goal]", "value"), "100");
        assert_eq!(page.attr("input[name=title_vi]", "value"), "Công chức đạt kiểm tra");
        let (unit, course) =
            (stage.cast.units.province.to_string(), stage.scene.course.to_string());
        let (audience, plan) = (stage.scene.audience.to_string(), stage.scene.plan.to_string());
        let change = [
            ("audience", audience.as_str()),
            ("plan", plan.as_str()),
            ("rung", "attended"),
            ("goal", "90"),
            ("title_vi", "Công chức tham dự"),
        ];
        let answer = manager.post(&edit, &fields(&unit, &course, &change)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        stage.outcome(Who::An, thao_record::Verb::Attended, jiff::civil::date(2026, 11, 2)).await;
        let board = manager.follow(&answer).await;
        assert_eq!(board.one("h1"), "Công chức tham dự");
        assert_eq!(board.css(".stat-figure")[0], "1 / 8 (12,5%)");

        let path = format!("{}/withdrawal", stage.board());
        assert_eq!(commune.post(&path, &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(manager.get(&stage.board()).await.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.get("/plan/targets").await.css(".card-title").len(), 1);
    }
}
