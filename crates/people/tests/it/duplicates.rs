//! Pairs that may be one person: found, decided, taken back.

use jiff::civil::date;
use thao_base::PersonId;
use thao_cast::Who;
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::person::{self, NewPerson};
use thao_people::{AffiliationKind, Birth, cluster, duplicate};

use crate::stage::Stage;

/// A second row of An, in a village of commune 1.
async fn twin(stage: &Stage) -> PersonId {
    let village = stage.cast.units.villages[0][0];
    stage
        .write(move |tx, stamp| {
            let new = NewPerson {
                full_name: "Nguyễn Văn An".to_owned(),
                birth: Some(Birth::Day(date(1990, 5, 19))),
                ..NewPerson::default()
            };
            let id = person::add(tx, stamp, new)?;
            let kind = AffiliationKind::Resident;
            let new = NewAffiliation::new(id, village, kind, date(2025, 7, 1));
            affiliation::add_many(tx, stamp, &[new])?;
            assert_eq!(duplicate::look(tx, stamp, &[id])?, 1);
            assert_eq!(duplicate::look(tx, stamp, &[id])?, 0, "on the list already");
            Ok(id)
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_is_decided_and_the_decision_taken_back() {
    for stage in Stage::all().await {
        let (an, twin) = (stage.cast.person(Who::An), twin(&stage).await);
        let manager = stage.client(Who::CommuneManager);
        let list = manager.get("/people").await;
        assert!(list.one(".tab-count").contains('1'));
        let page = manager.get("/people/duplicates").await;
        let pair = page.one("article");
        assert!(pair.contains("Cùng họ tên và ngày sinh"), "{pair}");
        assert!(pair.contains("099090000105") && pair.contains("Thôn Một"), "{pair}");
        let form = page.attr("article form", "action");
        let none = manager.post(&form, &[]).await;
        assert_eq!(none.status, 422);

        let done = manager.post(&form, &[("decision", "same")]).await;
        assert_eq!(done.status, 303);
        let members = stage.read(move |tx| cluster::members(tx, an)).await;
        assert_eq!(members, [an, twin]);
        assert!(manager.get("/people/duplicates").await.css("article").is_empty());

        let decided = manager.get("/people/duplicates?decided=1").await;
        assert!(decided.one("article").contains("Cùng một người"));
        let undo = decided.attr("article form", "action");
        assert!(undo.ends_with("/undo"));
        manager.post(&undo, &[]).await;
        assert_eq!(stage.read(move |tx| cluster::members(tx, an)).await, [an]);
        assert_eq!(manager.get("/people/duplicates").await.css("article").len(), 1);
        // Undone twice is undone once; and the other decision.
        assert_eq!(manager.post(&undo, &[]).await.status, 303);
        manager.post(&form, &[("decision", "different")]).await;
        assert_eq!(stage.read(move |tx| cluster::canonical(tx, twin)).await, twin);
        // Looked for again, it stays decided.
        let again = stage.write(move |tx, stamp| duplicate::look(tx, stamp, &[twin])).await;
        assert_eq!(again, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_page_tells_managers_how_many_wait() {
    for stage in Stage::all().await {
        let manager = stage.cast.member(Who::CommuneManager).token.clone();
        let other = stage.cast.member(Who::OtherManager).token.clone();
        let an = stage.cast.member(Who::An).token.clone();
        let now = stage.world.now();
        let shown = |token: String| {
            stage.db.read(move |tx| {
                let hash = thao_web::secret::hash(&token);
                let credential = thao_web::Credential::Session(hash);
                let actor = thao_people::session::load_actor(tx, &credential, now)?.unwrap();
                let context = thao_web::HomeContext {
                    lang: thao_base::Lang::Vi,
                    now,
                    today: date(2026, 11, 20),
                    class_size: 40,
                    csrf: None,
                };
                let mut out = Vec::new();
                for part in thao_people::pages().home_parts() {
                    out.extend(part(tx, &context, &actor)?.map(|(_, body)| body.into_string()));
                }
                Ok(out.concat())
            })
        };
        assert!(!shown(manager.clone()).await.unwrap().contains("/people/duplicates"));
        twin(&stage).await;
        let part = shown(manager).await.unwrap();
        assert!(part.contains("1 cặp có thể trùng người"), "{part}");
        assert!(part.contains("href=\"/people/duplicates\""), "{part}");
        for token in [other, an] {
            assert!(!shown(token).await.unwrap().contains("/people/duplicates"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_may_see_both_decides() {
    for stage in Stage::all().await {
        twin(&stage).await;
        let manager = stage.client(Who::CommuneManager);
        let form = manager.get("/people/duplicates").await.attr("article form", "action");
        let other = stage.client(Who::OtherManager);
        assert!(other.get("/people/duplicates").await.css("article").is_empty());
        assert_eq!(other.post(&form, &[("decision", "same")]).await.status, 404);
        assert_eq!(other.post(&format!("{form}/undo"), &[]).await.status, 404);
        assert_eq!(stage.client(Who::Organiser).get("/people/duplicates").await.status, 403);
        let all = stage.client(Who::ProvinceManager).get("/people/duplicates").await;
        assert_eq!(all.css("article").len(), 1);
    }
}
