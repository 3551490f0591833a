//! An edit against what happens between its judgement and its transaction.

use thao_base::StatementId;
use thao_cast::Who;

use super::*;
use crate::registration;
use crate::sheet::Mark;
use crate::world::{DURING, Scene, scenes};

/// What the form says when the one evening is to be taken off.
fn taking_off(seen: &Seen) -> HashMap<String, Times> {
    let mut times = standing(Lang::Vi, &seen.evenings);
    for times in times.values_mut() {
        times.off = true;
    }
    let later = Times {
        date: "27/11/2026".into(),
        starts: "19:30".into(),
        ends: "21:00".into(),
        off: false,
    };
    times.insert(NEW.into(), later);
    times
}

async fn seen(scene: &Scene) -> Seen {
    let hash = thao_web::secret::hash(&scene.cast.member(Who::Organiser).token);
    let (id, now, today) = (scene.class, scene.world.now(), scene.stamp().today());
    scene
        .db
        .read(move |tx| {
            let credential = thao_web::Credential::Session(hash);
            let actor = thao_people::session::load_actor(tx, &credential, now)?.unwrap();
            load(tx, &actor, id, today)
        })
        .await
        .unwrap()
}

async fn try_to_apply(scene: &Scene, times: HashMap<String, Times>) -> Result<()> {
    let now = seen(scene).await;
    let details = Details {
        course: now.class.course,
        unit: now.class.unit,
        title: "Tên mới".into(),
        venue: now.class.venue.clone(),
        bring: None,
        capacity: None,
    };
    scene.write(move |tx, stamp| apply(tx, stamp, &now, &details, &times, Lang::Vi)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evening_ticked_while_the_form_was_judged_is_not_taken_off() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let judged = seen(&scene).await;
        let times = taking_off(&judged);
        let mut errors = FieldErrors::new();
        let today = scene.stamp().today();
        plan(Lang::Vi, &judged.evenings, &times, today, &mut errors);
        assert!(errors.is_empty(), "nobody is ticked yet");

        let person = scene.people[0];
        let (class, meeting) = scene.loaded().await;
        scene
            .write(move |tx, stamp| {
                let roster = registration::roster(tx, class.id, stamp.today())?;
                let mark = Mark { id: stamp.id::<StatementId>(), person, present: true };
                attendance::mark(tx, stamp, &class, &meeting, &roster, &[mark], None)
            })
            .await
            .unwrap();

        let refused = try_to_apply(&scene, times).await.unwrap_err();
        assert_eq!(refused.key(), OVERTAKEN);
        let (class, meeting) = scene.loaded().await;
        assert_eq!(meeting.closed_at, None, "the evening still stands");
        assert_eq!(class.title, "Kỹ năng số – Thôn Một", "nothing of the form was done");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_evening_closed_while_the_form_was_judged_is_not_changed() {
    for scene in scenes(0).await {
        scene.at(DURING);
        let judged = seen(&scene).await;
        let (_, open) = scene.loaded().await;
        scene.write(move |tx, stamp| meeting::close(tx, stamp, &open)).await.unwrap();
        let refused = try_to_apply(&scene, taking_off(&judged)).await.unwrap_err();
        assert_eq!(refused.key(), OVERTAKEN);
        // What leaves the closed evening as it is, goes through.
        try_to_apply(&scene, standing(Lang::Vi, &judged.evenings)).await.unwrap();
        assert_eq!(scene.loaded().await.0.title, "Tên mới");
    }
}
