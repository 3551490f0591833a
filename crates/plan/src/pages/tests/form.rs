//! Setting, editing and withdrawing targets.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;
use crate::kind::Kind;

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
        let first = manager.get("/plan/targets/new").await;
        assert!(first.has("a[href='/plan/targets/new?kind=milestone']"));
        let page = manager.get("/plan/targets/new?kind=share_people").await;
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

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_asks_for_what_it_needs_and_says_what_is_wrong() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let unit = stage.cast.commune().to_string();
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::LeastTraining) {
            let page = manager.get(&format!("/plan/targets/new?kind={}", kind.code())).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(page.attr("main input[name=kind]", "value"), kind.code());
            let empty = [
                ("kind", kind.code()),
                ("unit", unit.as_str()),
                ("starts", "01/01/2026"),
                ("due", "31/12/2030"),
                ("plan_title", "Kế hoạch 20/KH-UBND"),
            ];
            let page = manager.post("/plan/targets", &empty).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind:?}");
            if kind != Kind::Milestone {
                assert_eq!(page.attr("input[name=goal]", "aria-invalid"), "true", "{kind:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_figures_and_milestones_are_set_and_shown() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let (unit, course) = (stage.cast.commune().to_string(), stage.scene.course.to_string());
        let with = |kind: &'static str, more: &[(&'static str, &'static str)]| {
            let mut out: Vec<(String, String)> = [
                ("kind", kind),
                ("unit", &unit),
                ("qualifier", "about"),
                ("starts", "01/01/2026"),
                ("due", "31/12/2030"),
                ("plan_title", "Kế hoạch 20/KH-UBND"),
            ]
            .into_iter()
            .chain(more.iter().copied())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
            if matches!(kind, "turns" | "classes_per_year") {
                out.push(("courses".to_owned(), course.clone()));
            }
            out
        };
        for (form, heading, words) in [
            (
                with("turns", &[("goal", "2.000"), ("baseline", "0")]),
                "Lượt tham dự khoá “An toàn thông tin cơ bản”, mỗi buổi một lượt",
                "khoảng 2.000 lượt người",
            ),
            (
                with("classes_per_year", &[("goal", "80"), ("years", "2027: 90")]),
                "Lớp của khoá “An toàn thông tin cơ bản” đã tổ chức và chốt điểm danh ít nhất một buổi",
                "khoảng 80 lớp mỗi năm",
            ),
            (
                with(
                    "per_unit",
                    &[
                        ("unit_kind", "village"),
                        ("thing_kind", "training_centre"),
                        ("at_least", "1"),
                        ("denominator", "computed"),
                        ("goal", "100"),
                        ("baseline", "0"),
                    ],
                ),
                "Thôn, tổ dân phố có ít nhất 1: Trung tâm, điểm đào tạo và thực hành kỹ năng số",
                "khoảng 100%",
            ),
            (
                with(
                    "milestone",
                    &[
                        ("criterion", "new"),
                        ("criterion_title", "Thành lập tổ nòng cốt"),
                        ("criterion_source", "Kế hoạch 20/KH-UBND"),
                    ],
                ),
                "Thành lập tổ nòng cốt",
                "Chưa hoàn thành",
            ),
            (
                with(
                    "figure",
                    &[
                        ("unit_code", "rank"),
                        ("goal", "4"),
                        ("baseline", "10"),
                        ("title_vi", "Thứ hạng chuyển đổi số"),
                    ],
                ),
                "Thứ hạng chuyển đổi số",
                "khoảng hạng 4",
            ),
        ] {
            let form: Vec<(&str, &str)> =
                form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = manager.post("/plan/targets", &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
            catch_up(&stage.db).await.unwrap();
            let board = manager.follow(&answer).await;
            assert_eq!(board.one("h1"), heading);
            assert!(board.text().contains(words), "{heading}: {}", board.text());
            let place = answer.location();
            let place = place.split('?').next().unwrap().to_owned();
            let edit = manager.get(&format!("{place}/edit")).await;
            assert_eq!(edit.status, StatusCode::OK);
            let export = manager.get(&format!("{place}/export")).await;
            assert_eq!(export.status, StatusCode::OK);
        }
        let list = manager.get("/plan/targets").await;
        assert!(list.text().contains("Thứ hạng chuyển đổi số"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_circle_of_shares_is_refused_beside_its_field() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let unit = stage.cast.units.province.to_string();
        let (course, base) = (stage.scene.course.to_string(), stage.scene.measure.to_string());
        let mut form = vec![
            ("kind", "share_of"),
            ("unit", unit.as_str()),
            ("bases", base.as_str()),
            ("courses", course.as_str()),
            ("rung", "passed"),
            ("goal", "50"),
            ("starts", "01/01/2026"),
            ("due", "31/12/2030"),
            ("plan_title", "Kế hoạch 20/KH-UBND"),
        ];
        let first = manager.post("/plan/targets", &form).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        let sql = "SELECT id FROM measure WHERE kind = 'share_of'";
        let share: thao_base::MeasureId =
            stage.db.read(move |tx| tx.value(sql, thao_base::args![])).await.unwrap();
        let share = share.to_string();
        // The target whose measure is the base becomes a share of the share of itself.
        form[2] = ("bases", share.as_str());
        let path = format!("{}/edit", stage.board());
        let refused = manager.post(&path, &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains("thành vòng tròn"), "{}", refused.text());
    }
}
