//! A target allotted to units: the form, the sum, what a unit answers, and whose goal then counts.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;

fn form(stage: &Stage) -> String {
    format!("{}/allotments", stage.board())
}

fn field(unit: UnitId) -> String {
    format!("goal.{unit}")
}

/// Commune 1 is asked for `goal` per cent.
async fn ask_for(stage: &Stage, goal: &str) {
    let name = field(stage.cast.commune());
    let manager = stage.client(Who::ProvinceManager);
    let answer = manager.post(&form(stage), &[(&name, goal), ("do", "propose")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

fn own(stage: &Stage) -> String {
    format!("{}/{}", form(stage), stage.cast.commune())
}

#[tokio::test(flavor = "multi_thread")]
async fn all_units_stand_on_one_form_that_adds_itself_up() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let page = manager.get(&form(&stage)).await;
        // Three communes less one without civil servants, and two departments.
        assert_eq!(page.css("tbody tr").len(), 5, "{}", page.text());
        assert!(page.one("#sum").contains("Chưa giao phần nào. Cần 100%"));
        let (one, two) = (field(stage.cast.commune()), field(stage.cast.other_commune()));
        // Filled in: the same share for all, nothing is written.
        let page = manager.post(&form(&stage), &[("do", "refill")]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.attr(&format!("input[name='{one}']"), "value"), "100");
        assert!(page.one("#sum").contains("vừa đủ 100%"), "{}", page.one("#sum"));
        // By hand: eight people, three of them at half is one and a half short.
        let typed = [(one.as_str(), "50"), (two.as_str(), "100"), ("do", "check")];
        let page = manager.post(&form(&stage), &typed).await;
        assert_eq!(page.attr(&format!("input[name='{one}']"), "value"), "50");
        assert!(page.one("#sum").contains("còn thiếu"), "{}", page.one("#sum"));
        assert!(page.one("#sum").contains("3 đơn vị chưa được giao"));
        // What was typed stays, the rest is filled in.
        let page = manager.post(&form(&stage), &[(one.as_str(), "100"), ("do", "fill")]).await;
        assert_eq!(page.attr(&format!("input[name='{two}']"), "value"), "100");
        let rows: i64 = stage
            .db
            .read(|tx| tx.value("SELECT COUNT(*) FROM allotment", thao_base::args![]))
            .await
            .unwrap();
        assert_eq!(rows, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_and_nothing_is_given() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let one = field(stage.cast.commune());
        for wrong in ["-5", "101", "một nửa"] {
            let other = field(stage.cast.other_commune());
            let typed = [(one.as_str(), wrong), (other.as_str(), "80"), ("do", "propose")];
            let page = manager.post(&form(&stage), &typed).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
            let input = format!("input[name='{one}']");
            assert_eq!(page.attr(&input, "value"), wrong);
            assert_eq!(page.attr(&input, "aria-invalid"), "true");
            assert_eq!(page.attr(&format!("input[name='{other}']"), "value"), "80");
            assert!(page.one(".error-summary").contains("Xã Hòa Bình"));
        }
        // A village is no part of its own, the province no part of itself, and what is no unit.
        let [village, ..] = stage.cast.units.villages[0];
        for unit in [village.to_string(), stage.cast.units.province.to_string(), "x".to_owned()] {
            let name = format!("goal.{unit}");
            let answer = manager.post(&form(&stage), &[(&name, "50")]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{unit}");
            assert!(answer.text().contains("Chỉ giao được cho đơn vị trực thuộc"));
        }
        // Managers of communes give nothing of the province's.
        let commune = stage.client(Who::CommuneManager);
        assert_eq!(commune.get(&form(&stage)).await.status, StatusCode::NOT_FOUND);
        let answer = commune.post(&form(&stage), &[(&one, "50")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        // Withdrawn while somebody types.
        let path = format!("{}/withdrawal", stage.board());
        assert_eq!(manager.post(&path, &[]).await.status, StatusCode::SEE_OTHER);
        let answer = manager.post(&form(&stage), &[(&one, "50")]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text().contains("đã được rút"));
        let stranger = format!("/plan/targets/{}/allotments", stage.scene.measure);
        assert_eq!(manager.get(&stranger).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_twice_gives_once() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let page = manager.get(&form(&stage)).await;
        let form_id = page.attr("main input[name=form_id]", "value");
        let one = field(stage.cast.commune());
        let sent = [(one.as_str(), "70"), ("do", "propose"), ("form_id", form_id.as_str())];
        let first = manager.post(&form(&stage), &sent).await;
        assert!(first.location().contains("n=1"), "{}", first.location());
        let second = manager.post(&form(&stage), &sent).await;
        assert_eq!(second.location(), first.location());
        // Another form with the same numbers changes nothing either.
        let third = manager.post(&form(&stage), &[(one.as_str(), "70")]).await;
        assert!(third.location().contains("n=0"));
        let page = manager.get(&form(&stage)).await;
        assert!(page.text().contains("Giao 70%, chờ trả lời"), "{}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_agrees_and_its_board_is_held_against_its_own_goal() {
    for stage in stages().await {
        stage.outcome(Who::An, thao_record::Verb::Passed, jiff::civil::date(2026, 11, 2)).await;
        ask_for(&stage, "33").await;
        let commune = stage.client(Who::CommuneManager);
        let board = commune.get(&stage.board()).await;
        assert!(board.text().contains("Đơn vị được giao mức 33% và chưa trả lời"));
        assert!(board.attrs("main a", "href").contains(&own(&stage)));
        // Not agreed yet: the common goal counts.
        assert!(board.text().contains("Mục tiêu: ít nhất 100%"));
        let page = commune.get(&own(&stage)).await;
        let allotment = page.attr("input[name=allotment]", "value");
        let agreement = format!("{}/agreement", own(&stage));
        let agree = [("allotment", allotment.as_str()), ("answer", "agree")];
        // Nobody agrees for others: not another commune, not who asks.
        let other = stage.client(Who::OtherManager);
        assert_eq!(other.post(&agreement, &agree).await.status, StatusCode::NOT_FOUND);
        let manager = stage.client(Who::ProvinceManager);
        assert!(!manager.get(&own(&stage)).await.has("input[name=allotment]"));
        assert_eq!(manager.post(&agreement, &agree).await.status, StatusCode::FORBIDDEN);
        let organiser = stage.client(Who::Organiser);
        assert_eq!(organiser.post(&agreement, &agree).await.status, StatusCode::FORBIDDEN);

        let answer = commune.post(&agreement, &agree).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let board = commune.follow(&answer).await;
        assert!(board.text().contains("Mục tiêu của đơn vị: ít nhất 33%"), "{}", board.text());
        assert!(board.text().contains("chỉ tiêu chung: ít nhất 100%"));
        // One of three is 33,3%: reached by its own goal, and the province's board says so.
        assert!(board.one(".stats").contains("Đã đạt"));
        let top = manager.get(&stage.board()).await;
        let row = top.css("tbody tr").into_iter().find(|row| row.starts_with("Xã Hòa Bình"));
        assert!(row.unwrap().contains("mục tiêu riêng 33%"));
        // Answered once.
        assert_eq!(commune.post(&agreement, &agree).await.status, StatusCode::CONFLICT);
        // Its villages' boards have the same goal.
        let [village, ..] = stage.cast.units.villages[0];
        let below = commune.get(&format!("{}?unit={village}", stage.board())).await;
        assert!(below.text().contains("Mục tiêu của đơn vị: ít nhất 33%"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_returns_its_part_with_a_reason() {
    for stage in stages().await {
        ask_for(&stage, "90").await;
        let commune = stage.client(Who::CommuneManager);
        let page = commune.get(&own(&stage)).await;
        assert!(page.text().contains("Được giao 90%"));
        let allotment = page.attr("input[name=allotment]", "value");
        let agreement = format!("{}/agreement", own(&stage));
        let mut back =
            vec![("allotment", allotment.as_str()), ("answer", "return"), ("reason", " ")];
        let page = commune.post(&agreement, &back).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.one(".error-summary").contains("Nhập lý do trả lại"));
        back[2].1 = "Nhiều người đi làm xa";
        assert_eq!(commune.post(&agreement, &back).await.status, StatusCode::SEE_OTHER);
        let manager = stage.client(Who::ProvinceManager);
        let page = manager.get(&form(&stage)).await;
        assert!(page.text().contains("Trả lại 90%"), "{}", page.text());
        assert!(page.text().contains("Nhiều người đi làm xa"));
        // The number stands in the form, and is not asked for again by the way.
        let one = field(stage.cast.commune());
        assert_eq!(page.attr(&format!("input[name='{one}']"), "value"), "90");
        let answer = manager.post(&form(&stage), &[(&one, "90")]).await;
        assert!(answer.location().contains("n=0"));
        let again = format!("again.{}", stage.cast.commune());
        let answer = manager.post(&form(&stage), &[(&one, "90"), (&again, "on")]).await;
        assert!(answer.location().contains("n=1"));
        // Replaced while the unit was reading: it agrees to nothing it did not see.
        ask_for(&stage, "80").await;
        let agree = [("allotment", allotment.as_str()), ("answer", "agree")];
        assert_eq!(commune.post(&agreement, &agree).await.status, StatusCode::CONFLICT);
        assert!(commune.get(&own(&stage)).await.text().contains("Được giao 80%"));
    }
}

/// A target of seven people who passed, of the whole province.
async fn seven_people(stage: &Stage) -> String {
    use crate::measure::{self, Definition};
    let (stamp, target) = (stage.world.stamp("plan.act.set_target"), stage.scene.target);
    let add = move |tx: &mut thao_base::Tx<'_>| {
        let above = crate::target::get(tx, target)?;
        let rule = measure::get(tx, above.measure)?.rule;
        let definition = Definition {
            activities: rule.activities.clone(),
            rung: rule.rung,
            ..Definition::people(crate::kind::Kind::CountPeople, rule.audience.unwrap().id)
        };
        let measure = measure::ensure(tx, &stamp, ["Số người đạt", "People"], &definition)?;
        let new = crate::target::NewTarget {
            plan: above.plan,
            measure,
            unit: above.unit,
            code: None,
            title_vi: "7 người đạt".into(),
            title_en: "7 people".into(),
            qualifier: above.qualifier,
            goal: 7_000,
            baseline: 0,
            starts: above.starts,
            due: above.due,
            years: above.years.clone(),
        };
        crate::target::add(tx, &stamp, &new)
    };
    let id = stage.db.write(add).await.unwrap();
    catch_up(&stage.db).await.unwrap();
    format!("/plan/targets/{id}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_divided_by_population_and_adds_up_exactly() {
    for stage in stages().await {
        stage.outcome(Who::An, thao_record::Verb::Passed, jiff::civil::date(2026, 11, 2)).await;
        let board = seven_people(&stage).await;
        let manager = stage.client(Who::ProvinceManager);
        let form = format!("{board}/allotments");
        let page = manager.post(&form, &[("do", "refill")]).await;
        assert!(
            page.one("#sum").contains("Cộng các phần được 7 người, vừa đủ 7 người"),
            "{}",
            page.one("#sum")
        );
        let parts = page.attrs("tbody input[inputmode=decimal]", "value");
        let sum: i64 = parts.iter().map(|part| part.parse::<i64>().unwrap()).sum();
        assert_eq!(sum, 7, "{parts:?}");
        let one = field(stage.cast.commune());
        let page = manager.post(&form, &[(&one, "4"), ("do", "check")]).await;
        assert!(page.one("#sum").contains("còn thiếu 3 người"), "{}", page.one("#sum"));
        // Without a part nobody knows what a commune is to bring; with one its board does.
        let commune = stage.client(Who::CommuneManager);
        let own = commune.get(&board).await;
        assert!(own.one(".stats").contains("Chưa rõ"), "{}", own.one(".stats"));
        assert!(!own.one(".stats").contains("còn thiếu"));
        let sent = [(one.as_str(), "4"), ("do", "propose")];
        assert_eq!(manager.post(&form, &sent).await.status, StatusCode::SEE_OTHER);
        let part = format!("{form}/{}", stage.cast.commune());
        let page = commune.get(&part).await;
        assert!(page.text().contains("3 người"), "one of four passed: {}", page.text());
        let allotment = page.attr("input[name=allotment]", "value");
        let agree = [("allotment", allotment.as_str()), ("answer", "agree")];
        let answer = commune.post(&format!("{part}/agreement"), &agree).await;
        let own = commune.follow(&answer).await;
        assert!(own.one(".stats").contains("Mục tiêu của đơn vị: ít nhất 4 người"));
        assert!(own.one(".stats").contains("còn thiếu 3 người"), "{}", own.one(".stats"));
    }
}
