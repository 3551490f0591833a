//! Closing a meeting, opening it again, correcting what was closed; the file for Excel.

use thao_cast::{Answer, Who};
use thao_sheet::{Cell, Limits, read};

use crate::world::{DURING, Scene, THE_DAY_BEFORE, scenes};

async fn tick(scene: &Scene, who: Who, fields: &[(&str, &str)]) -> Answer {
    let client = scene.client(who);
    let mut all = vec![("form_id", "0193a000-0000-7000-8000-0000000000a1")];
    all.extend_from_slice(fields);
    client.post(&scene.meeting_path("ticks"), &all).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_closed_once_and_takes_no_ticks_after() {
    for scene in scenes(2).await {
        let client = scene.client(Who::Organiser);
        let path = scene.meeting_path("closure");
        scene.at(THE_DAY_BEFORE);
        assert_eq!(client.post(&path, &[]).await.status, 409, "too early");
        scene.at(DURING);
        let [a, b] = &scene.people.iter().map(ToString::to_string).collect::<Vec<_>>()[..] else {
            panic!()
        };
        tick(&scene, Who::Organiser, &[("on", a)]).await;
        let done = client.post(&path, &[("signed", "on")]).await;
        let page = client.follow(&done).await;
        assert!(page.one(".notice.tone-good").contains("Đã chốt buổi học"));
        assert!(!page.has("tick-list[save]"));
        assert!(page.text().contains("1 / 2 (50,0%)"), "{}", page.text());
        // Who signed the printed roll agreed by that: the one who was there.
        let signed = "SELECT COUNT(*) FROM consent WHERE manner = 'signed_roll'";
        assert_eq!(scene.count(signed).await, 1);
        let twice = client.post(&path, &[("signed", "on")]).await;
        let page = client.follow(&twice).await;
        assert!(page.text().contains("đã được chốt trước đó"));
        assert_eq!(scene.count(signed).await, 1);
        let fields = [("form_id", "0193a000-0000-7000-8000-0000000000a2"), ("on", b.as_str())];
        let late = client.post(&scene.meeting_path("ticks"), &fields).await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("đã chốt"));
        let whole = client.post(&scene.meeting_path("attendance"), &[("present", b)]).await;
        assert_eq!(whole.status, 409);
        // A tick whose answer was lost arrived before: it is no error now.
        assert_eq!(tick(&scene, Who::Organiser, &[("on", a)]).await.status, 204);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organiser_opens_again_within_a_week() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        client.post(&scene.meeting_path("closure"), &[]).await;
        let path = scene.meeting_path("reopening");
        assert_eq!(scene.client(Who::Instructor).post(&path, &[]).await.status, 403);
        let page = client.follow(&client.post(&path, &[]).await).await;
        assert!(page.has("form.ticks"));
        client.post(&scene.meeting_path("closure"), &[]).await;
        scene.at("2026-11-28T12:40:00Z");
        let late = client.post(&path, &[]).await;
        assert_eq!(late.status, 409);
        assert!(
            !client
                .get(&scene.meeting_path("attendance"))
                .await
                .has(&format!("form[action='{path}']"))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_corrects_with_a_reason_that_shows() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let a = scene.people[0].to_string();
        tick(&scene, Who::Organiser, &[("on", &a)]).await;
        let organiser = scene.client(Who::Organiser);
        organiser.post(&scene.meeting_path("closure"), &[]).await;
        let path = scene.meeting_path("attendance");
        let fields = |reason: &'static str| vec![("was", a.as_str()), ("reason", reason)];
        let manager = scene.client(Who::CommuneManager);
        let asked = manager.post(&path, &fields("")).await;
        assert_eq!(asked.status, 422);
        assert!(asked.one("#f-reason-error").contains("Ghi lý do"));
        assert!(!asked.has("input[name=present][checked]"), "as it was sent");
        // A reason opens nothing for those who may not correct.
        assert_eq!(organiser.post(&path, &fields("Ghi nhầm")).await.status, 409);
        let correct = format!("{path}?correct=1");
        assert!(!organiser.get(&correct).await.has("input[name=reason]"));
        assert!(manager.get(&path).await.has(&format!("a[href='{correct}']")));
        assert!(manager.get(&correct).await.has("input[name=reason]"));
        let done = manager.post(&path, &fields("Ghi nhầm người")).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let page = manager.follow(&done).await;
        assert!(page.text().contains("sửa 1 người. Ghi nhầm người"), "{}", page.text());
        assert_eq!(scene.standing().await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_file_opens_with_dates_as_dates() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let a = scene.people[0].to_string();
        tick(&scene, Who::Organiser, &[("on", &a)]).await;
        let file = scene.client(Who::Instructor).get(&scene.path("/attendance.xlsx")).await;
        assert_eq!(file.status, 200);
        assert!(
            file.header("content-disposition")
                .unwrap()
                .starts_with("attachment; filename=\"diem-danh-")
        );
        let sheet = read(&file.body, "diem-danh.xlsx", &Limits::default()).unwrap();
        let headings: Vec<String> = sheet.headings.iter().map(|h| h.text.clone()).collect();
        assert!(headings.contains(&"20/11/2026".to_owned()), "{headings:?}");
        let first = &sheet.rows[0].cells;
        assert!(first.contains(&Cell::Date(jiff::civil::date(2026, 11, 20))), "{first:?}");
        assert!(first.contains(&Cell::Text("1950".into())), "{first:?}");
    }
}
