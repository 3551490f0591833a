//! Attendance: forty ticks as one form, and one by one.

use thao_cast::{Answer, Client, Who};

use crate::world::{DURING, Scene, THE_DAY_BEFORE, scenes};

async fn batch(client: &Client, scene: &Scene, no: u8, fields: &[(&str, &str)]) -> Answer {
    let id = format!("0193a000-0000-7000-8000-0000000000{no:02x}");
    let mut all = vec![("form_id", id.as_str())];
    all.extend_from_slice(fields);
    client.post(&scene.meeting_path("ticks"), &all).await
}

#[tokio::test(flavor = "multi_thread")]
async fn forty_ticks_without_scripts_are_one_form() {
    for scene in scenes(40).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let path = scene.meeting_path("attendance");
        let page = client.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert_eq!(page.attr("form.ticks", "action"), path);
        assert_eq!(page.attr("tick-list", "save"), scene.meeting_path("ticks"));
        let people = page.attrs("form.ticks input[name=present]", "value");
        assert_eq!(people.len(), 40);
        assert_eq!(page.one(".ticks-count"), "0/40 có mặt");
        let form_id = page.attr("form.ticks input[name=form_id]", "value");
        let mut fields = vec![("form_id", form_id.as_str())];
        fields.extend(people.iter().map(|person| ("present", person.as_str())));
        let entries = "SELECT seq FROM series WHERE name = 'record'";
        let before = scene.count(entries).await;
        let done = client.post(&path, &fields).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(scene.count(entries).await, before + 40);
        let again = client.post(&path, &fields).await;
        assert_eq!(again.location(), done.location());
        assert_eq!((scene.standing().await, scene.statements().await.len()), (40, 40));
        let page = client.follow(&done).await;
        assert!(page.one(".notice").contains("40 người có mặt"));
        assert_eq!(page.one(".ticks-count"), "40/40 có mặt");
        assert_eq!(page.attrs("input[name=was]", "value").len(), 40);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_form_changes_only_what_somebody_changed() {
    for scene in scenes(3).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let path = scene.meeting_path("attendance");
        let [a, b, c] = &scene.people.iter().map(ToString::to_string).collect::<Vec<_>>()[..]
        else {
            panic!()
        };
        batch(&client, &scene, 1, &[("on", a), ("on", b)]).await;
        let shown = client.get(&path).await;
        let form_id = shown.attr("form.ticks input[name=form_id]", "value");
        // Meanwhile another phone ticks the third.
        let instructor = scene.client(Who::Instructor);
        assert_eq!(batch(&instructor, &scene, 2, &[("on", c)]).await.status, 204);
        // The first phone takes the second back, and knows nothing of the third.
        let fields = [("form_id", form_id.as_str()), ("was", a), ("was", b), ("present", a)];
        let done = client.post(&path, &fields).await;
        let page = client.follow(&done).await;
        let mut present = page.attrs("input[name=present][checked]", "value");
        present.sort();
        let mut expected = vec![a.clone(), c.clone()];
        expected.sort();
        assert_eq!(present, expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_tick_is_corrected_and_retries_double_nothing() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let [a, b] = &scene.people.iter().map(ToString::to_string).collect::<Vec<_>>()[..] else {
            panic!()
        };
        for _ in 0..3 {
            assert_eq!(batch(&client, &scene, 1, &[("on", a), ("on", b)]).await.status, 204);
        }
        assert_eq!(scene.statements().await.len(), 2);
        assert_eq!(batch(&client, &scene, 2, &[("off", b)]).await.status, 204);
        assert_eq!(scene.standing().await, 1);
        // A late retry of the first batch does not undo the correction.
        assert_eq!(batch(&client, &scene, 1, &[("on", a), ("on", b)]).await.status, 204);
        assert_eq!(scene.standing().await, 1);
        assert_eq!(batch(&client, &scene, 3, &[("on", b)]).await.status, 204);
        assert_eq!(scene.standing().await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ticks_that_cannot_be_are_refused_in_words() {
    for scene in scenes(1).await {
        let client = scene.client(Who::Organiser);
        let a = scene.people[0].to_string();
        // The evening before.
        scene.at(THE_DAY_BEFORE);
        let early = batch(&client, &scene, 1, &[("on", &a)]).await;
        assert_eq!(early.status, 409);
        assert!(early.text().contains("Điểm danh mở từ 00:00 20/11/2026"), "{}", early.text());
        let page = client.get(&scene.meeting_path("attendance")).await;
        assert!(!page.has("form.ticks") && page.text().contains("00:00 20/11/2026"));
        scene.at(DURING);
        assert_eq!(batch(&client, &scene, 1, &[("on", "ai đó")]).await.status, 422);
        let nameless = client.post(&scene.meeting_path("ticks"), &[("on", &a)]).await;
        assert_eq!(nameless.status, 422);
        let other = scene.client(Who::OtherManager);
        assert_eq!(batch(&other, &scene, 1, &[("on", &a)]).await.status, 404);
        let learner = scene.client(Who::An);
        assert_eq!(batch(&learner, &scene, 1, &[("on", &a)]).await.status, 403);
        assert!(scene.statements().await.is_empty());
        let nobody = Client::new(&scene.app);
        assert_eq!(batch(&nobody, &scene, 1, &[("on", &a)]).await.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_stranger_in_a_batch_is_named_and_the_others_are_stored() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let stranger = scene.cast.person(Who::Binh).to_string();
        let a = scene.people[0].to_string();
        let done = batch(&client, &scene, 1, &[("on", &a), ("on", &stranger)]).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert_eq!(done.html(), format!("{{\"skipped\":[\"{stranger}\"]}}"));
        assert_eq!(scene.standing().await, 1);
        // The whole form says so too.
        let path = scene.meeting_path("attendance");
        let done =
            client.post(&path, &[("was", &a), ("present", &a), ("present", &stranger)]).await;
        let page = client.follow(&done).await;
        assert!(page.one(".notice:not([hidden])").contains("Riêng 1 người"), "{}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_phone_tells_accounts_apart() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let path = scene.meeting_path("attendance");
        let mut tags = Vec::new();
        for who in [Who::Organiser, Who::Instructor, Who::Organiser] {
            tags.push(scene.client(who).get(&path).await.attr("tick-list", "owner"));
        }
        assert_eq!((tags[0].len(), &tags[0]), (8, &tags[2]));
        assert_ne!(tags[0], tags[1]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sheet_of_a_cancelled_class_only_takes_ticks_back() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let client = scene.client(Who::Organiser);
        let [a, b] = &scene.people.iter().map(ToString::to_string).collect::<Vec<_>>()[..] else {
            panic!()
        };
        batch(&client, &scene, 1, &[("on", a)]).await;
        let (class, _) = scene.loaded().await;
        scene.write(move |tx, stamp| crate::class::cancel(tx, stamp, &class)).await.unwrap();
        let refused = batch(&client, &scene, 2, &[("on", b)]).await;
        assert_eq!(refused.status, 409);
        assert!(refused.text().contains("đã bị huỷ"), "{}", refused.text());
        let walk_ins = scene.meeting_path("walk-ins");
        let village = scene.cast.units.villages[0][0].to_string();
        let somebody = [
            ("full_name", "Đinh Thị Thử"),
            ("birth", "1961"),
            ("village", village.as_str()),
            ("consent", "oral"),
        ];
        assert_eq!(client.post(&walk_ins, &somebody).await.status, 409);
        let page = client.get(&scene.meeting_path("attendance")).await;
        assert!(page.one("main .notice").contains("đã bị huỷ"));
        assert_eq!(page.attrs("input[name=present]", "value"), std::slice::from_ref(a));
        assert!(!page.has(&format!("form[action='{walk_ins}']")));
        assert_eq!(batch(&client, &scene, 3, &[("off", a)]).await.status, 204);
        assert_eq!(scene.standing().await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_rows_of_one_person_are_one_line_and_one_tick() {
    for scene in scenes(2).await {
        scene.at(DURING);
        let [a, b] = scene.people[..] else { panic!() };
        let client = scene.client(Who::Organiser);
        batch(&client, &scene, 1, &[("on", &a.to_string()), ("on", &b.to_string())]).await;
        scene.write(move |tx, stamp| thao_people::cluster::merge(tx, stamp, a, b)).await.unwrap();
        let page = client.get(&scene.meeting_path("attendance")).await;
        assert_eq!(page.one(".ticks-count"), "1/1 có mặt");
        let page = client.get(&scene.path("")).await;
        assert_eq!(page.one("tbody td.number"), "1");
        // A page that was open before the rows were joined still names the other row.
        assert_eq!(batch(&client, &scene, 2, &[("off", &b.to_string())]).await.status, 204);
        assert_eq!(scene.standing().await, 0);
    }
}
