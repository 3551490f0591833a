//! Opening, editing, cancelling, listing classes.

use thao_cast::{Client, Who};

use crate::world::{Scene, scenes};

/// A form that is all right, to be spoilt field by field.
fn form(scene: &Scene) -> Vec<(&'static str, String)> {
    vec![
        ("course", scene.course.to_string()),
        ("unit", scene.cast.units.villages[0][1].to_string()),
        ("title", String::new()),
        ("venue", "Nhà văn hoá thôn".into()),
        ("bring", "Điện thoại".into()),
        ("capacity", "40".into()),
        ("date", "21/11/2026".into()),
        ("starts", "19:30".into()),
        ("ends", "21:00".into()),
        ("evenings", "3".into()),
        ("rhythm", "weekly".into()),
    ]
}

fn with(scene: &Scene, field: &str, value: &str) -> Vec<(&'static str, String)> {
    let change = |(name, old): (&'static str, String)| match name == field {
        true => (name, value.to_owned()),
        false => (name, old),
    };
    form(scene).into_iter().map(change).collect()
}

async fn post(client: &Client, path: &str, fields: &[(&'static str, String)]) -> thao_cast::Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    client.post(path, &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_starts_with_tomorrow_evening_in_one_s_own_units() {
    for scene in scenes(0).await {
        let page = scene.client(Who::Organiser).get("/classes/new").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.attr("input[name=date]", "value"), "21/11/2026");
        assert_eq!(page.attr("input[name=starts]", "value"), "19:30");
        assert_eq!(page.attr("input[name=ends]", "value"), "21:00");
        let units = page.css("select[name=unit] option");
        assert_eq!(units[0], "Xã Hòa Bình");
        assert_eq!(units.len(), 4, "the commune and its villages: {units:?}");
        assert_eq!(page.css("select[name=unit] option[selected]"), ["Xã Hòa Bình"]);
        assert_eq!(page.css("select[name=course] option"), ["Kỹ năng số"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_sent_twice_is_opened_once() {
    for scene in scenes(0).await {
        let client = scene.client(Who::Organiser);
        let id = client.get("/classes/new").await.attr("input[name=form_id]", "value");
        let mut fields = form(&scene);
        fields.push(("form_id", id));
        let first = post(&client, "/classes", &fields).await;
        let second = post(&client, "/classes", &fields).await;
        assert_eq!(first.status, 303, "{}", first.text());
        assert_eq!(first.location(), second.location());
        assert_eq!(scene.count("SELECT COUNT(*) FROM class").await, 2);
        let page = client.follow(&first).await;
        assert_eq!(page.one("h1"), "Kỹ năng số – Thôn Hai");
        assert!(page.one(".notice").contains("Đã mở lớp"));
        assert_eq!(page.css("table tbody tr").len(), 3);
        assert!(page.text().contains("19:30–21:00, thứ Bảy 05/12/2026"));
        assert!(page.one("textarea").contains("Thôn Hai, Xã Hòa Bình mời bà con"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_at_its_field_and_what_was_typed_stays() {
    for scene in scenes(0).await {
        let client = scene.client(Who::Organiser);
        for (field, value, words) in [
            ("course", "", "Chọn một khoá học"),
            ("course", "0193a000-0000-7000-8000-000000000000", "Chọn một khoá học"),
            ("unit", "ở đâu đó", "Chọn nơi mở lớp"),
            ("venue", " ", "Nhập địa điểm"),
            ("capacity", "rất nhiều", "Nhập số chỗ"),
            ("date", "30/02/2027", "Nhập ngày"),
            ("date", "21/11/2025", "đã qua hơn 90 ngày"),
            ("date", "21/11/2062", "hơn một năm nữa"),
            ("starts", "tối", "Nhập giờ"),
            ("ends", "19:00", "phải sau giờ bắt đầu"),
            ("ends", "", "Nhập giờ"),
            ("evenings", "0", "từ 1 đến 30"),
            ("title", &"x".repeat(161), "160 ký tự"),
        ] {
            let page = post(&client, "/classes", &with(&scene, field, value)).await;
            assert_eq!(page.status, 422, "{field}={value}");
            assert!(page.has(".error-summary a"), "{field}={value}");
            let error = page.one(&format!("#f-{field}-error"));
            assert!(error.contains(words), "{field}={value}: {error}");
            if field != "venue" {
                assert_eq!(page.attr("input[name=venue]", "value"), "Nhà văn hoá thôn");
            }
        }
        // A class that was held and kept on paper is entered late.
        let late = post(&client, "/classes", &with(&scene, "date", "20/10/2026")).await;
        assert_eq!(late.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn classes_are_opened_in_one_s_own_units_only() {
    for scene in scenes(0).await {
        let other = scene.cast.units.villages[1][0].to_string();
        let client = scene.client(Who::Organiser);
        let hidden = post(&client, "/classes", &with(&scene, "unit", &other)).await;
        assert_eq!(hidden.status, 404);
        let unknown = "0193a000-0000-7000-8000-000000000000";
        let none = post(&client, "/classes", &with(&scene, "unit", unknown)).await;
        assert_eq!(none.status, 404);
        assert_eq!(scene.count("SELECT COUNT(*) FROM class").await, 1);
        for (who, status) in [(Who::Instructor, 403), (Who::An, 403)] {
            let refused = post(&scene.client(who), "/classes", &form(&scene)).await;
            assert_eq!(refused.status, status, "{who:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_of_another_commune_is_not_known() {
    for scene in scenes(1).await {
        let meeting = scene.meeting_path("attendance");
        for path in ["", "/registrations", "/roll", "/invitation", "/attendance.xlsx"] {
            let path = scene.path(path);
            for (who, status) in [
                (Who::OtherManager, 404),
                (Who::An, 403),
                (Who::Instructor, 200),
                (Who::CommuneManager, 200),
                (Who::Organiser, 200),
            ] {
                let answer = scene.client(who).get(&path).await;
                assert_eq!(answer.status, status, "{who:?} {path}");
            }
            assert!(Client::new(&scene.app).get(&path).await.location().starts_with("/sign-in"));
        }
        assert_eq!(scene.client(Who::OtherManager).get(&meeting).await.status, 404);
        assert_eq!(scene.client(Who::Instructor).get(&meeting).await.status, 200);
        let edit = scene.path("/edit");
        assert_eq!(scene.client(Who::OtherManager).get(&edit).await.status, 404);
        assert_eq!(scene.client(Who::Instructor).get(&edit).await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_shows_one_s_own_first_and_leads_to_attendance() {
    for scene in scenes(3).await {
        scene.at(crate::world::DURING);
        let client = scene.client(Who::Organiser);
        let page = client.get("/classes").await;
        assert_eq!(page.css("tbody tr").len(), 1);
        assert!(page.one("tbody tr").contains("Hôm nay, 19:30–21:00"));
        assert!(page.one("tbody tr").contains("3/40 chỗ"));
        let attendance = page.attr("td.actions a", "href");
        assert_eq!(attendance, scene.meeting_path("attendance"));
        assert_eq!(client.get("/classes?q=thon+MOT").await.css("tbody tr").len(), 1);
        let none = client.get("/classes?q=khong+co").await;
        assert!(none.has(".empty") && !none.has("tbody"));
        assert!(client.get("/classes?when=past").await.has(".empty"));
        // Broken addresses are addresses of the first page.
        assert_eq!(client.get("/classes?after=x.y.z").await.css("tbody tr").len(), 1);
        assert!(scene.client(Who::OtherManager).get("/classes").await.has(".empty"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn evenings_are_moved_dropped_and_added() {
    for scene in scenes(1).await {
        let client = scene.client(Who::Organiser);
        let path = scene.path("/edit");
        let key = scene.meeting;
        let page = client.get(&path).await;
        assert_eq!(page.attr(&format!("input[name='date-{key}']"), "value"), "20/11/2026");
        let fields = |date: &str, more: &[(&'static str, &str)]| {
            let mut fields: Vec<(String, String)> = vec![
                ("title".into(), "Lớp sửa".into()),
                ("venue".into(), "Sân đình".into()),
                (format!("date-{key}"), date.into()),
                (format!("starts-{key}"), "19h".into()),
                (format!("ends-{key}"), "21h".into()),
            ];
            fields.extend(more.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
            fields
        };
        let send = async |fields: Vec<(String, String)>| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            client.post(&path, &fields).await
        };
        let more = [("date-new", "27/11/2026"), ("starts-new", "19:00"), ("ends-new", "21:00")];
        let done = send(fields("20/11/2026", &more)).await;
        assert_eq!(done.status, 303, "{}", done.text());
        let page = client.follow(&done).await;
        assert_eq!((page.one("h1").as_str(), page.css("tbody tr").len()), ("Lớp sửa", 2));
        assert!(page.css("tbody tr")[0].contains("19:00–21:00"));
        let clash = [("date-new", "20/11/2026"), ("starts-new", "20:00"), ("ends-new", "22:00")];
        let refused = send(fields("20/11/2026", &clash)).await;
        assert_eq!(refused.status, 422);
        assert!(refused.one("#f-date-new-error").contains("trùng giờ"));
        // What was recorded is dated by the evening, so its day stands.
        scene.at(crate::world::DURING);
        let person = scene.people[0].to_string();
        let form_id = client.get(&scene.meeting_path("attendance")).await;
        let form_id = form_id.attr("form.ticks input[name=form_id]", "value");
        let ticked = [("form_id", form_id.as_str()), ("present", person.as_str())];
        client.post(&scene.meeting_path("attendance"), &ticked).await;
        let moved = send(fields("21/11/2026", &[])).await;
        assert_eq!(moved.status, 422);
        assert!(moved.one(&format!("[id='f-date-{key}-error']")).contains("đã có người"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_class_takes_nobody_any_more() {
    for scene in scenes(1).await {
        let client = scene.client(Who::Organiser);
        assert_eq!(
            scene.client(Who::Instructor).post(&scene.path("/cancellation"), &[]).await.status,
            403
        );
        let done = client.post(&scene.path("/cancellation"), &[]).await;
        let page = client.follow(&done).await;
        assert!(page.text().contains("Lớp này đã bị huỷ"));
        assert!(!page.has("textarea"));
        let binh = scene.cast.person(Who::Binh).to_string();
        let late = client.post(&scene.path("/registrations"), &[("person", &binh)]).await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("đã bị huỷ"));
        assert!(client.get("/classes").await.has(".empty"));
        assert!(client.get("/classes?when=past").await.one("tbody tr").contains("Đã huỷ"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_from_a_board_fills_the_form_in_as_far_as_it_can_be_chosen() {
    for scene in scenes(0).await {
        let client = scene.client(Who::Organiser);
        let [_, village, _] = scene.cast.units.villages[0];
        let (course, area) = (scene.course, scene.cast.commune());
        let link = format!(
            "/classes/new?area={area}&unit={village}&course={course}&capacity=35&title=Ki%E1%BB%83m"
        );
        let page = client.get(&link).await;
        assert_eq!(page.css("select[name=unit] option[selected]"), ["Xã Hòa Bình › Thôn Hai"]);
        assert_eq!(page.css("select[name=course] option[selected]"), ["Kỹ năng số"]);
        assert_eq!(page.attr("input[name=capacity]", "value"), "35");
        assert_eq!(page.attr("input[name=title]", "value"), "Kiểm");
        // A village of another commune is not theirs: the form is as fresh as without it.
        let [foreign, ..] = scene.cast.units.villages[1];
        let page = client.get(&format!("/classes/new?unit={foreign}&course=none")).await;
        assert_eq!(page.css("select[name=unit] option[selected]"), ["Xã Hòa Bình"]);
        assert_eq!(page.status, 200);
    }
}
