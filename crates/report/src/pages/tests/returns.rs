//! A return from the first field to the lock and what comes after it.

use axum::http::StatusCode;
use jiff::civil::date;
use thao_cast::Who;

use super::*;
use crate::notice::notice;

#[tokio::test(flavor = "multi_thread")]
async fn a_commune_files_in_two_presses_and_the_province_approves() {
    for stage in stages().await {
        stage.passes(Who::An, date(2026, 11, 1)).await;
        let manager = stage.client(Who::CommuneManager);
        let page = manager.get("/report").await;
        // October and November ended; both are due, the older first.
        assert_eq!(page.css(".card-title"), ["Tháng 10/2026", "Tháng 11/2026"]);
        assert!(page.css(".card .badge").iter().all(|badge| badge == "Chậm nộp"));

        let at = stage.open(Who::CommuneManager, PERIOD).await;
        assert_eq!(stage.open(Who::CommuneManager, PERIOD).await, at, "opened once");
        let page = manager.get(&at).await;
        assert!(page.text().contains("1/3 (33,3%)"), "{}", page.text());
        assert!(!page.has(".notice-warn"), "nobody has typed yet");

        let answer = stage.enter(Who::CommuneManager, &at, &[], "check").await;
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("BD-4: chưa có số liệu"), "{}", page.text());

        let answer = stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("Có thể nộp"), "{}", page.text());
        assert_eq!(page.css("button.button-primary"), ["Nộp báo cáo"]);
        let answer = manager.post(&format!("{at}/submission"), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        // It cannot be changed any more, and the commune does not decide.
        let late = stage.enter(Who::CommuneManager, &at, &RIGHT, "save").await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let own = manager.post(&format!("{at}/approval"), &[]).await;
        assert_eq!(own.status, StatusCode::FORBIDDEN);

        let province = stage.client(Who::ProvinceManager);
        assert!(province.get("/report").await.css("table a").contains(&"Xã Hòa Bình".to_owned()));
        let answer = province.post(&format!("{at}/approval"), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = province.get(&at).await;
        assert!(page.text().contains("Lê Văn Sở"), "{}", page.text());
        assert!(page.text().contains("Khớp với số liệu"));
        // A period is approved once, and it says by whom.
        let again = province.post(&format!("{at}/approval"), &[]).await;
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert!(again.text().contains("Lê Văn Sở duyệt lúc 08:30 20/11/2026"), "{}", again.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn findings_are_said_in_words_and_answered_with_notes() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let at = stage.open(Who::CommuneManager, PERIOD).await;
        let wrong = [
            ("part.BD-4", "400"),
            ("whole.BD-4", "300"),
            ("part.NAM", "50"),
            ("part.NU", ""),
            ("part.TONG", "1.000"),
        ];
        let answer = stage.enter(Who::CommuneManager, &at, &wrong, "check").await;
        let page = manager.follow(&answer).await;
        let text = page.text();
        assert!(text.contains("tử số 400 lớn hơn mẫu số 300"), "{text}");
        assert!(text.contains("NU: chưa có số liệu"), "{text}");
        assert!(text.contains("chưa ghi nguồn"), "{text}");
        assert!(!text.contains("cộng lại"), "a sum is compared once its parts are there");
        assert_eq!(page.attr(&format!("[name='part.{}']", stage.line("NAM").await), "value"), "50");
        let refused = manager.post(&format!("{at}/submission"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);

        // Each is answered; what is missing stays missing.
        let abouts = page.attrs("[name^='about.']", "value");
        let mut fields: Vec<(String, String)> = Vec::new();
        for (i, about) in abouts.iter().enumerate() {
            fields.push((format!("about.{}", i + 1), about.clone()));
            fields.push((format!("note.{}", i + 1), "Đang đối chiếu với công an xã".to_owned()));
        }
        let mut all: Vec<(&str, &str)> = wrong.to_vec();
        all.extend(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let answer = stage.enter(Who::CommuneManager, &at, &all, "check").await;
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("Có thể nộp"), "{}", page.text());
        // Another number asks again.
        let mut other = all.clone();
        other.retain(|(name, _)| *name != "part.BD-4");
        other.push(("part.BD-4", "500"));
        let answer = stage.enter(Who::CommuneManager, &at, &other, "check").await;
        let page = manager.follow(&answer).await;
        assert!(!page.text().contains("Có thể nộp"), "{}", page.text());
        assert!(page.text().contains("tử số 500 lớn hơn"), "{}", page.text());

        let nonsense = stage.enter(Who::CommuneManager, &at, &[("part.NU", "12x")], "save").await;
        assert_eq!(nonsense.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nonsense.has("[aria-invalid=true][value='12x']"), "what was typed stays");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_comes_back_with_a_reason_and_is_filed_again() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let province = stage.client(Who::ProvinceManager);
        let at = stage.open(Who::CommuneManager, PERIOD).await;
        stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
        manager.post(&format!("{at}/submission"), &[]).await;
        let none = province.post(&format!("{at}/objection"), &[("reason", " ")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let reason = [("reason", "Dòng BD-4: kiểm tra lại mẫu số")];
        let back = province.post(&format!("{at}/objection"), &reason).await;
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.text());
        let page = manager.get("/report").await;
        assert_eq!(page.css(".card .badge").first().map(String::as_str), Some("Bị trả lại"));
        let page = manager.get(&at).await;
        assert!(page.text().contains("kiểm tra lại mẫu số"), "{}", page.text());
        // Without a new check it is not submitted again.
        let refused = manager.post(&format!("{at}/submission"), &[]).await;
        assert_eq!(refused.status, StatusCode::CONFLICT);
        stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
        let again = manager.post(&format!("{at}/submission"), &[]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
        let states = manager.get(&at).await.css("section:last-of-type tbody td:nth-child(2)");
        let way = ["Đã kiểm tra", "Chờ duyệt", "Bị trả lại", "Đã kiểm tra", "Chờ duyệt"];
        assert_eq!(states, way, "{}", stage.db.name());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_sent_twice_is_carried_out_once() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let at = stage.open(Who::CommuneManager, PERIOD).await;
        stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
        let page = manager.get(&at).await;
        let id = page.attr("form[action$='/submission'] [name=form_id]", "value");
        let fields = [("form_id", id.as_str())];
        let first = manager.post(&format!("{at}/submission"), &fields).await;
        let second = manager.post(&format!("{at}/submission"), &fields).await;
        assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        assert_eq!(first.location(), second.location());
        let steps: i64 = stage
            .db
            .read(|tx| {
                let sql = "SELECT COUNT(*) FROM report_step WHERE state = 'submitted'";
                tx.value(sql, thao_base::args![])
            })
            .await
            .unwrap();
        assert_eq!(steps, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn facts_that_come_later_stand_beside_what_was_approved() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let province = stage.client(Who::ProvinceManager);
        let at = stage.open(Who::CommuneManager, PERIOD).await;
        stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
        manager.post(&format!("{at}/submission"), &[]).await;
        province.post(&format!("{at}/approval"), &[]).await;
        let (clock, entropy) = (stage.world.clock.clone(), stage.world.entropy.clone());
        assert_eq!(notice(&stage.db, &clock, &entropy).await.unwrap(), 0);

        stage.world.hand.advance(jiff::Span::new().hours(30));
        // Passed within the period, recorded after it was approved.
        stage.passes(Who::An, date(2026, 11, 1)).await;
        let page = manager.get(&at).await;
        let said = page.one(".correction");
        assert!(said.contains("0/3 (0,0%), nay là 1/3 (33,3%) (vừa thay đổi)"), "{said}");
        assert_eq!(notice(&stage.db, &clock, &entropy).await.unwrap(), 1);
        assert_eq!(notice(&stage.db, &clock, &entropy).await.unwrap(), 0, "noticed once");
        let page = manager.get(&at).await;
        assert!(page.one(".correction").contains("từ 14:30 21/11/2026"), "{}", page.text());
        assert!(page.text().contains("Khớp với số liệu"), "the lock stands as it was");

        // What was typed is corrected by hand, with a reason.
        let line = stage.line("NU").await.to_string();
        let fields = [("line", line.as_str()), ("part", "71"), ("reason", "")];
        let none = manager.post(&format!("{at}/corrections"), &fields).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("line", line.as_str()), ("part", "71"), ("reason", "Sót một người")];
        let done = manager.post(&format!("{at}/corrections"), &fields).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let said = manager.get(&at).await.css(".correction").join(" ");
        assert!(said.contains("Khi duyệt là 70, nay là 71"), "{said}");
        let frozen: Vec<i64> = stage
            .db
            .read(|tx| {
                let sql = "SELECT part FROM report_figure WHERE part = 70000";
                tx.values(sql, thao_base::args![])
            })
            .await
            .unwrap();
        assert_eq!(frozen, [70_000], "never rewritten");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_outside_ones_reach_does_not_exist() {
    for stage in stages().await {
        let at = stage.open(Who::CommuneManager, PERIOD).await;
        let other = stage.client(Who::OtherManager);
        assert_eq!(other.get(&at).await.status, StatusCode::NOT_FOUND);
        for noun in ["entries", "submission", "approval", "objection", "corrections"] {
            let answer = other.post(&format!("{at}/{noun}"), &[("reason", "x")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{noun}");
        }
        let (form, unit) = (stage.form.to_string(), stage.cast.commune().to_string());
        let fields = [("form", form.as_str()), ("period", PERIOD), ("unit", unit.as_str())];
        let answer = other.post("/report/returns", &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        // An organiser sees the commune's return and may not file it.
        let organiser = stage.client(Who::Organiser);
        let page = organiser.get(&at).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.has("form[action$='/entries']"));
        let answer = organiser.post(&format!("{at}/entries"), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_period_that_runs_is_typed_and_not_yet_submitted() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let at = stage.open(Who::CommuneManager, "2026-m12").await;
        stage.enter(Who::CommuneManager, &at, &RIGHT, "check").await;
        let page = manager.get(&at).await;
        assert!(!page.has("form[action$='/submission']"), "{}", page.text());
        let answer = manager.post(&format!("{at}/submission"), &[]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text().contains("14/12/2026"), "{}", answer.text());
        // A period the form does not ask for is no period.
        let (form, unit) = (stage.form.to_string(), stage.cast.commune().to_string());
        for key in ["2026-m09", "2026-q4", "nonsense"] {
            let fields = [("form", form.as_str()), ("period", key), ("unit", unit.as_str())];
            let answer = manager.post("/report/returns", &fields).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{key}");
        }
    }
}
