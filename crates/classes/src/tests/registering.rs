//! Registrations, newcomers, consent.

use thao_base::Tx;
use thao_people::cluster;

use super::{fixed, mark, scope_of_commune};
use crate::registration::{self, Manner};
use crate::sheet::Mark;
use crate::world::{DURING, nowhere, scenes};
use crate::{consent, newcomer};

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_registered_once_also_through_joined_rows() {
    for scene in scenes(2).await {
        let class = scene.class;
        let [an, buoi] = scene.people[..] else { panic!() };
        let again = scene
            .write(move |tx, stamp| {
                registration::add(tx, stamp, class, &[an, an, buoi], Manner::Organiser)
            })
            .await
            .unwrap();
        assert_eq!(again, 0);
        let today = scene.stamp().today();
        let roster = move |tx: &mut Tx<'_>| registration::roster(tx, class, today);
        assert_eq!(scene.db.read(roster).await.unwrap().len(), 2);
        // Both rows turn out to be one person.
        scene.write(move |tx, stamp| cluster::merge(tx, stamp, an, buoi)).await.unwrap();
        let joined = scene.db.read(roster).await.unwrap();
        assert_eq!(joined.len(), 1);
        assert_eq!(scene.db.read(move |tx| registration::count(tx, class)).await.unwrap(), 1);
        // Taking one off takes both off; putting back puts back.
        let id = joined[0].id;
        let off = scene
            .write(move |tx, stamp| {
                let row = registration::get(tx, class, id)?;
                registration::cancel(tx, stamp, class, &row)
            })
            .await
            .unwrap();
        assert!(off);
        assert!(scene.db.read(roster).await.unwrap().is_empty());
        let back = scene
            .write(move |tx, stamp| registration::add(tx, stamp, class, &[buoi], Manner::Online))
            .await
            .unwrap();
        assert_eq!(back, 1);
        assert_eq!(scene.db.read(roster).await.unwrap().len(), 1);
        let stranger = scene
            .write(move |tx, stamp| {
                registration::add(tx, stamp, class, &[nowhere()], Manner::Organiser)
            })
            .await
            .unwrap_err();
        assert_eq!(stranger.key(), "classes.error.no_person");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_attended_stays_on_the_list() {
    for scene in scenes(1).await {
        scene.at(DURING);
        let tick = Mark { id: fixed(1), person: scene.people[0], present: true };
        mark(&scene, vec![tick], None).await.unwrap();
        let (class, today) = (scene.class, scene.stamp().today());
        let refused = scene
            .write(move |tx, stamp| {
                let id = registration::roster(tx, class, today)?[0].id;
                let row = registration::get(tx, class, id)?;
                registration::cancel(tx, stamp, class, &row)
            })
            .await
            .unwrap_err();
        assert_eq!(refused.key(), "classes.error.attended_already");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_without_accents_and_likely_ones_by_name_and_year() {
    for scene in scenes(6).await {
        let (class, _) = scene.loaded().await;
        let today = scene.stamp().today();
        let scope = scope_of_commune(&scene).await;
        let newcomer = |name: &str, year| newcomer::Newcomer {
            full_name: name.into(),
            birth: thao_people::Birth::Year(year),
            sex: None,
            phone: None,
            village: class.unit,
        };
        // Registered people come too, told apart by a flag.
        let wanted = [
            newcomer("Mau thi BUOI", 1952),
            newcomer("Mẫu Thị Bưởi", 1953),
            newcomer("Ai Đó", 1951),
        ];
        let id = class.id;
        let (found, likely) = scene
            .db
            .read(move |tx| {
                let found = newcomer::search(tx, &scope, id, "buoi", today, 10)?;
                let mut likely = Vec::new();
                for newcomer in &wanted {
                    likely.push(newcomer::list_likely(tx, &scope, &class, newcomer, today)?);
                }
                Ok((found, likely))
            })
            .await
            .unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].full_name.as_str(), found[0].registered), ("Mẫu Thị Bưởi", true));
        assert_eq!(found[0].village, "Thôn Một");
        let named: Vec<usize> = likely.iter().map(|likely| likely.known.len()).collect();
        assert_eq!((named, likely[0].elsewhere), (vec![1, 0, 0], 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_number_tells_no_name_outside_one_s_own_villages() {
    for scene in scenes(0).await {
        let (class, _) = scene.loaded().await;
        let (own, other) = (scene.cast.units.villages[0][0], scene.cast.units.villages[0][1]);
        let (scope, today) = (scope_of_commune(&scene).await, scene.stamp().today());
        let likely = scene
            .write(move |tx, stamp| {
                let newcomer = |name: &str, village| newcomer::Newcomer {
                    full_name: name.into(),
                    birth: thao_people::Birth::Year(1951),
                    sex: None,
                    phone: Some("0912345678".into()),
                    village,
                };
                newcomer::add(tx, stamp, &newcomer("Mẫu Thị Xa", other), today)?;
                let asked = newcomer("Ai Đó Khác", own);
                let span = thao_people::unit::place(tx, own)?.span();
                let village = scope.within(span);
                let narrow = newcomer::list_likely(tx, &village, &class, &asked, today)?;
                Ok((narrow, newcomer::list_likely(tx, &scope, &class, &asked, today)?))
            })
            .await
            .unwrap();
        let (narrow, wide) = likely;
        assert_eq!((narrow.known.len(), narrow.elsewhere), (0, 1));
        assert!(!narrow.is_empty(), "the question is asked all the same");
        assert_eq!((wide.known.len(), wide.elsewhere), (1, 0));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_is_noted_with_its_words_and_manner() {
    for scene in scenes(2).await {
        let (person, meeting, class) = (scene.people[0], scene.meeting, scene.class);
        let manner = thao_people::consent::Manner::Oral;
        scene
            .write(move |tx, stamp| consent::note(tx, stamp, &[person], manner, Some(meeting)))
            .await
            .unwrap();
        let today = scene.stamp().today();
        let roster = scene.db.read(move |tx| registration::roster(tx, class, today)).await.unwrap();
        assert_eq!(roster.iter().filter(|entry| entry.consented).count(), 1);
    }
}
