//! The invitation, the public page, the printed roll, the main page.

use thao_cast::{Client, Who};
use thao_web::LANG_COOKIE;

use crate::world::{DURING, Scene, scenes};

async fn public_path(scene: &Scene) -> String {
    format!("/c/{}", scene.loaded().await.0.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_can_be_pasted_and_a_picture_scanned() {
    for scene in scenes(0).await {
        let path = public_path(&scene).await;
        let page = scene.client(Who::Organiser).get(&scene.path("/invitation")).await;
        let text = &page.css("textarea")[0];
        for part in [
            "Thôn Một, Xã Hòa Bình mời bà con",
            "19:30–21:00, thứ Sáu 20/11/2026",
            "Nhà văn hoá",
            "Mang theo: Điện thoại",
            &format!("http://thu{path}"),
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
        assert!(page.has(".slip svg[role=img][aria-label]"));
        scene.at("2026-11-21T00:00:00Z");
        let over = scene.client(Who::Organiser).get(&scene.path("/invitation")).await;
        assert!(over.has(".empty") && !over.has("textarea"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_the_class_and_nobody_s_name() {
    for scene in scenes(3).await {
        let path = public_path(&scene).await;
        let page = Client::new(&scene.app).get(&path).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.one("h1"), "Kỹ năng số – Thôn Một");
        assert!(page.text().contains("19:30–21:00, thứ Sáu 20/11/2026"));
        assert_eq!(page.attr("a.button-primary", "href"), format!("/sign-in?back={path}"));
        for name in ["Hoàng Văn Tổ", "Mẫu Thị An", "Mẫu"] {
            assert!(!page.html().contains(name), "{name} is shown to everybody");
        }
        assert_eq!(Client::new(&scene.app).get("/c/zzzzzz").await.status, 404);
        let capitals = path.to_uppercase().replace("/C/", "/c/");
        assert_eq!(Client::new(&scene.app).get(&capitals).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tap_registers_and_another_takes_back() {
    for scene in scenes(0).await {
        let path = public_path(&scene).await;
        let to = format!("{path}/registrations");
        assert_eq!(Client::new(&scene.app).post(&to, &[]).await.status, 401);
        let binh = scene.client(Who::Binh);
        let page = binh.get(&path).await;
        assert!(!page.has("input[name=consent][checked]"), "never ticked beforehand");
        let done = binh.post(&to, &[]).await;
        assert!(binh.follow(&done).await.text().contains("Đã đăng ký"));
        binh.post(&to, &[("consent", "on")]).await;
        assert_eq!(scene.count("SELECT COUNT(*) FROM registration").await, 1);
        let list = scene.client(Who::Organiser).get(&scene.path("/registrations")).await;
        assert!(list.one("tbody tr").contains("Tự đăng ký"));
        let words = home(&scene, Who::Binh).await;
        assert!(words.contains("Kỹ năng số – Thôn Một"), "{words}");
        binh.post(&format!("{to}/cancellation"), &[]).await;
        assert!(binh.get(&path).await.has(&format!("form[action='{to}']")));
        // Agreed online, by the person.
        binh.post(&to, &[("consent", "on")]).await;
        assert_eq!(scene.count("SELECT COUNT(*) FROM consent WHERE manner = 'online'").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_cancelled_or_past_class_takes_nobody_by_itself() {
    for scene in scenes(40).await {
        let path = public_path(&scene).await;
        let to = format!("{path}/registrations");
        let binh = scene.client(Who::Binh);
        assert!(binh.get(&path).await.text().contains("đủ chỗ"));
        let full = binh.post(&to, &[]).await;
        assert_eq!((full.status.as_u16(), full.text().contains("đủ chỗ")), (409, true));
        scene.at("2026-11-21T00:00:00Z");
        assert_eq!(binh.post(&to, &[]).await.status, 409);
        scene.client(Who::Organiser).post(&scene.path("/cancellation"), &[]).await;
        let cancelled = binh.post(&to, &[]).await;
        assert!(cancelled.text().contains("bị huỷ"));
        assert!(binh.get(&path).await.text().contains("bị huỷ"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roll_has_everybody_and_ten_lines_more() {
    for scene in scenes(12).await {
        let page = scene.client(Who::Instructor).get(&scene.path("/roll")).await;
        assert_eq!(page.status, 200);
        assert_eq!(
            page.css("thead th"),
            ["STT", "Họ và tên", "Năm sinh", "Thôn, tổ dân phố", "Ký tên"]
        );
        assert_eq!(page.css("tbody tr").len(), 22);
        // In the order of class rolls: by the given name.
        let first = page.css("tbody tr:first-child > *");
        assert_eq!(first, ["1", "Mẫu Thị An", "1950", "Thôn Một", ""]);
        assert_eq!(page.css("tbody tr:last-child > *"), ["22", "", "", "", ""]);
        assert_eq!(page.one(".paper-unit"), "XÃ HÒA BÌNH");
        assert_eq!(page.one(".paper-date"), "Hòa Bình, ngày 20 tháng 11 năm 2026");
        assert!(page.text().contains("Tôi đồng ý cho đơn vị tổ chức lớp"));
        assert_eq!(page.css(".signature-who").len(), 2);
        assert!(!page.has(".header"), "a sheet of paper");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_page_leads_to_tonight_s_attendance() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let words = home(&scene, Who::Organiser).await;
        assert!(words.contains("Hôm nay") && words.contains("2 người"), "{words}");
        assert!(words.contains(&scene.meeting_path("attendance")), "{words}");
        assert!(home(&scene, Who::Instructor).await.contains("Điểm danh"));
        // A manager is not shown every village's evening, nor is a learner.
        assert_eq!(home(&scene, Who::CommuneManager).await, "");
        assert_eq!(home(&scene, Who::An).await, "");
    }
}

/// The parts of the main page this context gives somebody.
async fn home(scene: &Scene, who: Who) -> String {
    let hash = thao_web::secret::hash(&scene.cast.member(who).token);
    let now = scene.world.now();
    scene
        .db
        .read(move |tx| {
            let credential = thao_web::Credential::Session(hash);
            let actor = thao_people::session::load_actor(tx, &credential, now)?.unwrap();
            let context = thao_web::HomeContext {
                lang: thao_base::Lang::Vi,
                now,
                today: thao_base::locale::local_date(now),
                class_size: 40,
                csrf: None,
            };
            let mut out = String::new();
            for part in crate::pages().home_parts() {
                if let Some((_, words)) = part(tx, &context, &actor)? {
                    out.push_str(&words.into_string());
                }
            }
            Ok(out)
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_whole_in_english() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser).with_cookie(LANG_COOKIE, "en");
        let public = public_path(&scene).await;
        for path in [
            "/classes".to_owned(),
            "/classes?when=past".into(),
            "/classes/new".into(),
            scene.path(""),
            scene.path("/edit"),
            scene.path("/registrations?q=a"),
            scene.path("/roll"),
            scene.path("/invitation"),
            scene.meeting_path("attendance"),
            public,
        ] {
            let page = client.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_eq!(page.attr("html", "lang"), "en");
            assert!(!page.html().contains(">…<"), "{path} lacks words");
            assert_eq!(page.css("h1").len(), 1, "{path}");
            for bad in ["Điểm danh", "Lớp học", "người", "Đăng ký"] {
                assert!(!page.text().contains(bad), "{path} says {bad}");
            }
        }
    }
}
