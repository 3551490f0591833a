//! People who come without being on the list, and what they agree to.

use thao_cast::Who;

use crate::world::{DURING, Scene, THE_DAY_BEFORE, scenes};

fn walk_in<'a>(village: &'a str, consent: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("full_name", "Đinh Thị Thử"),
        ("birth", "1961"),
        ("village", village),
        ("consent", consent),
    ]
}

fn consents(manner: &str) -> &'static str {
    match manner {
        "oral" => "SELECT COUNT(*) FROM consent WHERE manner = 'oral' AND context_id IS NOT NULL",
        _ => "SELECT COUNT(*) FROM consent WHERE manner = 'signed_roll' AND witness_id IS NOT NULL",
    }
}

fn own(scene: &Scene) -> String {
    scene.cast.units.villages[0][0].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_is_added_ticked_and_asked_in_one_go() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let path = scene.meeting_path("walk-ins");
        let page = client.get(&scene.meeting_path("attendance")).await;
        // Nothing is chosen beforehand.
        let form = format!("form[action='{path}']");
        assert!(page.has(&format!("{form} input[name=consent]")));
        assert!(!page.has(&format!("{form} input[name=consent][checked]")));
        let id = page.attr(&format!("{form} input[name=form_id]"), "value");
        let village = own(&scene);
        let mut fields = walk_in(&village, "oral");
        fields.push(("form_id", &id));
        let done = client.post(&path, &fields).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(client.post(&path, &fields).await.location(), done.location());
        let page = client.follow(&done).await;
        assert_eq!(page.one(".ticks-count"), "1/3 có mặt");
        assert!(page.one("li:has(input[checked])").contains("Đinh Thị Thử"));
        assert_eq!(scene.count(consents("oral")).await, 1);
        assert_eq!(scene.standing().await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_without_an_answer_is_asked_for_it() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let path = scene.meeting_path("walk-ins");
        let village = own(&scene);
        for consent in ["", "online", "x"] {
            let page = client.post(&path, &walk_in(&village, consent)).await;
            assert_eq!(page.status, 422);
            assert!(page.one("#f-consent-error").contains("đã đồng ý thế nào"));
            assert_eq!(page.attr("input[name=full_name]", "value"), "Đinh Thị Thử");
            assert!(page.has("form.ticks"), "the list stays in sight");
        }
        // "Not asked yet" is an answer, and shows.
        let done = client.post(&path, &walk_in(&village, "none")).await;
        let page = client.follow(&done).await;
        assert!(page.one(".tick:has(.tone-warn)").contains("Hỏi đồng ý"));
        // Later it is noted.
        let person = page.attr("li:has(.tone-warn) input", "value");
        let path = scene.meeting_path("consents");
        let nothing = client.post(&path, &[("agreed", &person)]).await;
        assert_eq!(nothing.status, 422);
        let noted = client.post(&path, &[("agreed", &person), ("manner", "signed_roll")]).await;
        let page = client.follow(&noted).await;
        assert!(page.one(".notice").contains("1 người đồng ý"));
        assert!(!page.has(".tick .tone-warn"));
        assert_eq!(scene.count(consents("signed_roll")).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_the_system_knows_is_recognised() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let path = scene.meeting_path("walk-ins");
        let village = own(&scene);
        let known = [
            ("full_name", "Trần Thị Bình"),
            ("birth", "1958"),
            ("village", village.as_str()),
            ("consent", "signed_roll"),
        ];
        let question = client.post(&path, &known).await;
        assert_eq!(question.one("h1"), "Có phải người này?");
        let binh = question.attr("input[name=person]", "value");
        let carried = question.attrs("form:has(input[name=person]) input[name=consent]", "value");
        assert_eq!(carried, ["signed_roll"]);
        let mut yes = known.to_vec();
        yes.push(("person", &binh));
        let page = client.follow(&client.post(&path, &yes).await).await;
        assert_eq!(page.one(".ticks-count"), "1/2 có mặt");
        assert_eq!(scene.count(consents("signed_roll")).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn walk_ins_are_for_open_meetings_and_for_those_who_add_people() {
    for scene in scenes(1).await {
        let path = scene.meeting_path("walk-ins");
        let village = own(&scene);
        let fields = walk_in(&village, "oral");
        scene.at(THE_DAY_BEFORE);
        let early = scene.client(Who::Organiser).post(&path, &fields).await;
        assert_eq!(early.status, 409);
        scene.at(DURING);
        let instructor = scene.client(Who::Instructor);
        assert_eq!(instructor.post(&path, &fields).await.status, 403);
        let page = instructor.get(&scene.meeting_path("attendance")).await;
        assert!(page.has("form.ticks") && !page.has(&format!("form[action='{path}']")));
        assert_eq!(
            scene.count("SELECT COUNT(*) FROM person WHERE name_fold = 'dinh thi thu'").await,
            0
        );
    }
}
