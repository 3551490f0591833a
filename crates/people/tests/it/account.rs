//! One's own page.

use thao_cast::{PASSWORD, Who};
use thao_people::consent::{self, Manner};
use thao_record::statement::{self, Draft, Verb};

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn it_says_who_one_is_and_what_one_may_do() {
    for stage in Stage::all().await {
        let page = stage.client(Who::CommuneManager).get("/account").await;
        assert_eq!(page.status, 200);
        let facts = page.css("dl.facts").remove(0);
        for words in ["Phạm Thị Xã", "quanly.xa", "Xã Hòa Bình", "Người quản lý – Xã Hòa Bình"]
        {
            assert!(facts.contains(words), "{words}: {facts}");
        }
        assert_eq!(stage.nobody().get("/account").await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_with_the_old_one_and_other_devices_are_out() {
    for stage in Stage::all().await {
        let (here, elsewhere) = (stage.client(Who::An), stage.nobody());
        elsewhere.post("/sign-in", &[("login", "an"), ("password", PASSWORD)]).await;
        let change = |old: &'static str, new: &'static str| {
            let here = here.clone();
            async move {
                here.post("/account/password", &[("old_password", old), ("password", new)]).await
            }
        };
        let wrong = change("không phải", "một câu mới").await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.has("input[name=old_password][aria-invalid=true]"));
        let short = change(PASSWORD, "ngắn").await;
        assert_eq!(short.status, 422);
        assert!(short.has("input[name=password][aria-invalid=true]"));
        assert!(short.text().contains("ít nhất 8 ký tự"), "{}", short.text());

        let done = change(PASSWORD, "một câu mới").await;
        assert_eq!(done.location(), "/account?said=people.notice.password_changed");
        assert_eq!(here.get("/account").await.status, 200);
        assert_eq!(elsewhere.get("/account").await.status, 303);
        // Sent twice, it is done once and says the same.
        let twice = change(PASSWORD, "một câu mới").await;
        assert_eq!(twice.location(), "/account?said=people.notice.password_changed");
        let new = [("login", "an"), ("password", "một câu mới")];
        assert_eq!(stage.nobody().post("/sign-in", &new).await.status, 303);
        let edits = stage.client(Who::Administrator).get("/people/audit?login=an").await;
        let row = edits.css("tbody tr").remove(0);
        assert!(row.contains("Đổi mật khẩu") && row.contains("mật khẩu"), "{row}");
        assert!(!edits.html().contains("argon2id"), "the hash is nobody's to see");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn composed_and_decomposed_letters_are_one_password() {
    for stage in Stage::all().await {
        let apart = "mo\u{323}\u{302}t ca\u{302}u mo\u{301}\u{31b}i";
        let sent = [("old_password", PASSWORD), ("password", "một câu mới")];
        assert_eq!(stage.client(Who::An).post("/account/password", &sent).await.status, 303);
        let sent = [("login", "an"), ("password", apart)];
        assert_eq!(stage.nobody().post("/sign-in", &sent).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_of_the_account_holds_on_every_device() {
    for stage in Stage::all().await {
        let here = stage.client(Who::An).with_cookie("thao_lang", "vi");
        let done = here.post("/account/language", &[("lang", "en")]).await;
        assert_eq!(done.status, 303);
        assert!(here.cookie("thao_lang").is_none());
        assert_eq!(here.get("/account").await.attr("html", "lang"), "en");
        assert_eq!(stage.client(Who::An).get("/account").await.attr("html", "lang"), "en");
        let none = here.post("/account/language", &[("lang", "xx")]).await;
        assert_eq!(none.status, 422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_devices_can_be_signed_out() {
    for stage in Stage::all().await {
        let here = stage.client(Who::An);
        assert!(!here.get("/account").await.has("form[action='/account/sessions']"));
        let elsewhere = stage.nobody();
        elsewhere.post("/sign-in", &[("login", "an"), ("password", PASSWORD)]).await;
        let page = here.get("/account").await;
        assert_eq!(page.css("#sessions-part li").len(), 2);
        let done = here.post("/account/sessions", &[]).await;
        assert!(here.follow(&done).await.one("[role=status]").contains("1 thiết bị khác"));
        assert_eq!(elsewhere.get("/account").await.status, 303);
        assert_eq!(stage.client(Who::Binh).get("/account").await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_is_told_and_a_consent_can_be_withdrawn() {
    for stage in Stage::all().await {
        let (an, unit) = (stage.cast.person(Who::An), stage.cast.commune());
        let consent = stage
            .write(move |tx, stamp| {
                let activity = Some(stamp.id());
                let draft = |verb, success| Draft {
                    activity,
                    success,
                    ..Draft::new(stamp, verb, an, unit)
                };
                let drafts = [
                    draft(Verb::Attended, None),
                    draft(Verb::Passed, Some(false)),
                    draft(Verb::Answered, Some(true)),
                ];
                statement::append(tx, stamp, &drafts)?;
                consent::add(tx, stamp, an, "training_record", "1", Manner::Oral, None)
            })
            .await;
        let here = stage.client(Who::An);
        let page = here.get("/account").await;
        let data = page.one("#data-part");
        for words in [
            "099090000105",
            "Đã dự buổi học",
            "Được tính",
            "Chưa đạt bài kiểm tra",
            "Không tính: chưa đạt",
            "1 câu trả lời",
            "Ghi và dùng kết quả học tập",
            "nói trước người tổ chức",
        ] {
            assert!(data.contains(words), "{words}: {data}");
        }
        let path = format!("/account/consents/{consent}/withdrawal");
        // Somebody else's consent does not exist for others.
        assert_eq!(stage.client(Who::Binh).post(&path, &[]).await.status, 404);
        let done = here.post(&path, &[]).await;
        assert_eq!(done.location(), "/account?said=people.notice.consent_withdrawn");
        let page = here.get("/account").await;
        assert!(page.text().contains("Đã rút lại 08:30 20/11/2026"), "{}", page.text());
        assert!(!page.has("form[action$='/withdrawal']"));
        assert_eq!(here.post(&path, &[]).await.status, 303, "twice is once");
    }
}
