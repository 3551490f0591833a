//! Who is registered: found, added, taken off, put back.

use thao_cast::Who;

use crate::world::scenes;

/// The story's two people: not in the system yet.
const NEW: [(&str, &str); 5] = [
    ("full_name", "ĐINH THỊ THỬ"),
    ("birth", "1961"),
    ("sex", "female"),
    ("phone", "0912 345 678"),
    ("village", ""),
];

fn newcomer<'a>(village: &'a str, change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let value = |name: &str, old: &'a str| {
        let other = change.iter().find(|(field, _)| *field == name).map(|(_, value)| *value);
        other.unwrap_or(if name == "village" { village } else { old })
    };
    NEW.iter()
        .map(|(name, old)| (*name, value(name, old)))
        .chain(
            change.iter().copied().filter(|(field, _)| !NEW.iter().any(|(name, _)| name == field)),
        )
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_without_accents_and_put_down_together() {
    for scene in scenes(3).await {
        let client = scene.client(Who::Organiser);
        let found = client.get(&scene.path("/registrations?q=binh")).await;
        assert_eq!(found.status, 200, "{}", found.text());
        let person = found.attr("input[name=person]", "value");
        assert_eq!(person, scene.cast.person(Who::Binh).to_string());
        assert!(found.one("label.choice:has([name=person])").contains("Thôn Một, 1958"));
        // Somebody of another commune is not found.
        assert!(
            !client.get(&scene.path("/registrations?q=do+van+mau")).await.has("input[name=person]")
        );
        let done = client.post(&scene.path("/registrations"), &[("person", &person)]).await;
        let page = client.follow(&done).await;
        assert!(page.one(".notice").contains("Đã ghi tên 1 người"));
        assert_eq!(page.css("tbody tr").len(), 4);
        let again = client.post(&scene.path("/registrations"), &[("person", &person)]).await;
        assert!(client.follow(&again).await.one(".notice").contains("đã có tên"));
        let stranger = scene.cast.person(Who::OtherLearner).to_string();
        let hidden = client.post(&scene.path("/registrations"), &[("person", &stranger)]).await;
        assert_eq!(hidden.status, 404);
        // All of the village, without a name.
        let all = client.get(&scene.path("/registrations?people=unit")).await;
        assert!(all.text().contains("Đã có tên trong lớp:"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_becomes_person_resident_and_registered_at_once() {
    for scene in scenes(0).await {
        let client = scene.client(Who::Organiser);
        let village = scene.cast.units.villages[0][0].to_string();
        let path = scene.path("/registrations/people");
        let id = client.get(&scene.path("/registrations")).await;
        let id = id.attr(&format!("form[action='{path}'] input[name=form_id]"), "value");
        let fields = newcomer(&village, &[("form_id", &id)]);
        let first = client.post(&path, &fields).await;
        // The answer was lost; the phone sends it again.
        let second = client.post(&path, &fields).await;
        assert_eq!(first.status, 303, "{}", first.text());
        assert_eq!(first.location(), second.location());
        let people = "SELECT COUNT(*) FROM person WHERE name_fold = 'dinh thi thu'";
        assert_eq!(scene.count(people).await, 1);
        let lives = "SELECT COUNT(*) FROM affiliation a JOIN person p ON p.id = a.person_id \
                     WHERE p.name_fold = 'dinh thi thu' AND a.kind = 'resident'";
        assert_eq!(scene.count(lives).await, 1);
        let page = client.follow(&first).await;
        let row = page.one("tbody tr");
        assert!(row.contains("Đinh Thị Thử") && row.contains("1961") && row.contains("Thôn Một"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_made_twice() {
    for scene in scenes(3).await {
        let client = scene.client(Who::Organiser);
        let village = scene.cast.units.villages[0][1].to_string();
        let path = scene.path("/registrations/people");
        let people = "SELECT COUNT(*) FROM person";
        let before = scene.count(people).await;
        // Spelled otherwise, a year off.
        let typed = [("full_name", "tran thi BINH"), ("birth", "01/02/1959")];
        let question = client.post(&path, &newcomer(&village, &typed)).await;
        assert_eq!(question.status, 200);
        assert_eq!(question.one("h1"), "Có phải người này?");
        assert!(question.one(".card").contains("1958"));
        assert_eq!(scene.count(people).await, before);
        let binh = question.attr("input[name=person]", "value");
        let mut yes = newcomer(&village, &typed);
        yes.push(("person", &binh));
        assert_eq!(client.post(&path, &yes).await.status, 303);
        assert_eq!(scene.count(people).await, before);
        let page = client.get(&scene.path("/registrations")).await;
        assert_eq!(page.css("tbody tr").len(), 4);
        // It is somebody else of the same name.
        let mut no = newcomer(&village, &typed);
        no.push(("new", "1"));
        assert_eq!(client.post(&path, &no).await.status, 303);
        assert_eq!(scene.count(people).await, before + 1);
        // An answer that names somebody of another commune is no answer.
        let stranger = scene.cast.person(Who::OtherLearner).to_string();
        let mut forged = newcomer(&village, &typed);
        forged.push(("person", &stranger));
        assert_eq!(client.post(&path, &forged).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_newcomer_is_told_and_kept() {
    for scene in scenes(0).await {
        let client = scene.client(Who::Organiser);
        let village = scene.cast.units.villages[0][0].to_string();
        let path = scene.path("/registrations/people");
        for (field, value, words) in [
            ("full_name", "", "Nhập họ và tên"),
            ("full_name", "Thử 2", "chỉ gồm chữ"),
            ("birth", "", "Nhập năm sinh"),
            ("birth", "2030", "ở tương lai"),
            ("birth", "31/02/1961", "Nhập năm sinh (1958)"),
            ("phone", "12345", "10 số"),
            ("village", "?", "Chọn thôn"),
        ] {
            let page = client.post(&path, &newcomer(&village, &[(field, value)])).await;
            assert_eq!(page.status, 422, "{field}={value}");
            let error = page.one(&format!("#f-{field}-error"));
            assert!(error.contains(words), "{field}={value}: {error}");
            if field != "full_name" {
                assert_eq!(page.attr("input[name=full_name]", "value"), "ĐINH THỊ THỬ");
            }
        }
        let other = scene.cast.units.villages[1][0].to_string();
        assert_eq!(client.post(&path, &newcomer(&other, &[])).await.status, 404);
        let refused = scene.client(Who::Instructor).post(&path, &newcomer(&village, &[])).await;
        assert_eq!(refused.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_off_can_be_undone() {
    for scene in scenes(2).await {
        let client = scene.client(Who::Organiser);
        let page = client.get(&scene.path("/registrations")).await;
        let off = page.attr("td.actions form", "action");
        let done = client.post(&off, &[]).await;
        let page = client.follow(&done).await;
        assert_eq!(page.css("tbody tr").len(), 1);
        assert!(page.one(".notice").contains("Đã bỏ tên"));
        let undo = page.attr(".notice form", "action");
        let page = client.follow(&client.post(&undo, &[]).await).await;
        assert_eq!(page.css("tbody tr").len(), 2);
        // Twice is once.
        client.post(&undo, &[]).await;
        assert_eq!(client.get(&scene.path("/registrations")).await.css("tbody tr").len(), 2);
        let other = format!("/classes/{}/registrations/{}/cancellation", scene.class, scene.class);
        assert_eq!(client.post(&other, &[]).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_that_ran_out_are_told_and_may_be_exceeded() {
    for scene in scenes(40).await {
        let client = scene.client(Who::Organiser);
        let binh = scene.cast.person(Who::Binh).to_string();
        let done = client.post(&scene.path("/registrations"), &[("person", &binh)]).await;
        assert!(client.follow(&done).await.one(".notice").contains("vượt số chỗ 1 người"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_at_names_are_logged_once_in_a_while() {
    for scene in scenes(5).await {
        let client = scene.client(Who::Organiser);
        let looks = "SELECT COUNT(*) FROM viewing WHERE page = 'classes.view.registrations'";
        client.get(&scene.path("/registrations")).await;
        client.get(&scene.path("/registrations")).await;
        assert_eq!(scene.count(looks).await, 1);
        scene.at("2026-11-20T01:45:01Z");
        client.get(&scene.path("/registrations")).await;
        assert_eq!(scene.count(looks).await, 2);
        client.get(&scene.path("/attendance.xlsx")).await;
        let people =
            "SELECT CAST(MAX(people) AS bigint) FROM viewing WHERE page = 'classes.view.export'";
        assert_eq!(scene.count(people).await, 5);
    }
}
