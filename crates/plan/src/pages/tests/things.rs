//! Registering things and criteria, and recording what satisfies them.

use axum::http::StatusCode;
use thao_base::args;
use thao_cast::{Answer, Who};

use super::*;
use crate::kind::Kind;
use crate::measure::{self, Definition};

async fn one_id(stage: &Stage, sql: &'static str) -> String {
    let id: thao_base::RowId = stage.db.read(move |tx| tx.value(sql, args![])).await.unwrap();
    id.to_string()
}

/// Numerator and denominator of a board's unit.
fn figures(page: &Answer) -> [String; 2] {
    ["data-met", "data-base"].map(|name| page.attr("[data-met]", name))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thing_is_registered_found_to_satisfy_and_the_board_counts_it() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let unit = stage.cast.commune().to_string();
        let page = manager.get("/plan/things/new").await;
        assert!(page.has("select[name=kind] option[value=training_programme]"));
        let mut thing = vec![
            ("kind", "training_programme"),
            ("unit", unit.as_str()),
            ("name", "Chương trình số cơ bản"),
            ("valid_from", "01/02/2026"),
        ];
        let saved = manager.post("/plan/things", &thing).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let id = one_id(&stage, "SELECT id FROM thing").await;
        let criterion = [
            ("title_vi", "Chuẩn đầu ra cập nhật"),
            ("subject", "training_programme"),
            ("source", "Kế hoạch 20/KH-UBND"),
            ("valid_from", "01/01/2026"),
        ];
        let saved = manager.post("/plan/criteria", &criterion).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let criterion = one_id(&stage, "SELECT id FROM criterion").await;
        let stamp = stage.world.stamp("plan.act.set_target");
        let (of, plan, own) = (criterion.clone(), stage.scene.plan, stage.cast.commune());
        let target = stage
            .db
            .write(move |tx| {
                let definition = Definition {
                    criterion: Some(of.parse().unwrap()),
                    ..Definition::subjects(Kind::ShareThings, None, Some("training_programme"))
                };
                let measure = measure::ensure(tx, &stamp, ["T", "T"], &definition)?;
                crate::world::add_target(tx, &stamp, plan, measure, own, 900)
            })
            .await
            .unwrap();
        catch_up(&stage.db).await.unwrap();
        let board = format!("/plan/targets/{target}?unit={unit}");
        assert_eq!(figures(&manager.get(&board).await), ["0", "1"]);

        let subject = format!("/plan/subjects/{criterion}/{id}");
        let wrong = [("satisfied", "yes"), ("on", "01/01/2031"), ("source", "")];
        let page = manager.post(&subject, &wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attr("input[name=on]", "aria-invalid"), "true");
        assert_eq!(page.attr("input[name=source]", "aria-invalid"), "true");
        let found = [("satisfied", "yes"), ("on", "01/03/2026"), ("source", "Biên bản 12")];
        let answer = manager.post(&subject, &found).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        catch_up(&stage.db).await.unwrap();
        assert_eq!(figures(&manager.get(&board).await), ["1", "1"]);
        let before = format!("{board}&day=2026-02-28");
        assert_eq!(figures(&manager.get(&before).await), ["0", "1"]);
        let list = manager.get(&format!("/plan/criteria/{criterion}?state=yes&q=so%20co")).await;
        assert!(list.text().contains("Chương trình số cơ bản"));
        assert!(list.text().contains("1 / 1 đạt tiêu chí này"));

        // Taken back, it counts no more, and stays to be seen.
        let finding = one_id(&stage, "SELECT id FROM statement WHERE kind = 'assessed'").await;
        let answer = manager.post(&format!("/plan/findings/{finding}/voiding"), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        catch_up(&stage.db).await.unwrap();
        assert_eq!(figures(&manager.get(&board).await), ["0", "1"]);
        let history = manager.get(&subject).await;
        assert!(history.text().contains("Biên bản 12") && history.text().contains("Đã huỷ"));

        // Another commune's manager knows of neither.
        let other = stage.client(Who::OtherManager);
        assert_eq!(other.get(&subject).await.status, StatusCode::NOT_FOUND);
        let edit = format!("/plan/things/{id}/edit");
        assert_eq!(other.get(&edit).await.status, StatusCode::NOT_FOUND);
        assert!(!other.get("/plan/things").await.text().contains("Chương trình số cơ bản"));

        thing[2] = ("name", "Chương trình số nâng cao");
        thing[3] = ("valid_from", "31/02/2026");
        let page = manager.post(&edit, &thing).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attr("input[name=valid_from]", "aria-invalid"), "true");
        thing[3] = ("valid_from", "01/02/2026");
        assert_eq!(manager.post(&edit, &thing).await.status, StatusCode::SEE_OTHER);
        let list = manager.get("/plan/things?q=nang%20cao").await;
        assert!(list.text().contains("Chương trình số nâng cao"));
        let withdrawal = format!("/plan/things/{id}/withdrawal");
        assert_eq!(manager.post(&withdrawal, &[]).await.status, StatusCode::SEE_OTHER);
        catch_up(&stage.db).await.unwrap();
        assert_eq!(manager.get(&edit).await.status, StatusCode::NOT_FOUND);
        assert_eq!(figures(&manager.get(&board).await), ["0", "0"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_criterion_is_for_one_kind_of_subject() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let mut form = vec![
            ("title_vi", "Có kế hoạch đào tạo"),
            ("subject", "no_such"),
            ("source", "Kế hoạch 20/KH-UBND"),
            ("valid_from", "01/01/2026"),
        ];
        let page = manager.post("/plan/criteria", &form).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attr("select[name=subject]", "aria-invalid"), "true");
        form[1] = ("subject", "commune");
        assert_eq!(manager.post("/plan/criteria", &form).await.status, StatusCode::SEE_OTHER);
        let criterion = one_id(&stage, "SELECT id FROM criterion").await;
        let found = [("satisfied", "no"), ("on", "01/03/2026"), ("source", "Biên bản 12")];
        let of = |unit: UnitId| format!("/plan/subjects/{criterion}/{unit}");
        let answer = manager.post(&of(stage.cast.commune()), &found).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        // A village is no commune.
        let village = stage.cast.units.villages[0][0];
        let answer = manager.post(&of(village), &found).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
