//! Allotments on both databases.

use jiff::Timestamp;
use thao_base::{Entropy, Kind};
use thao_cast::{Who, cast};
use thao_testkit::{databases, world};

use super::*;
use crate::world::scene;

#[tokio::test(flavor = "multi_thread")]
async fn a_part_is_proposed_returned_proposed_again_and_agreed() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let target = scene(&db, &world, &cast).await.target;
        let (unit, all) = (cast.commune(), Span { lo: 1, hi: i64::MAX });
        let stamp = cast.stamp(&world, Who::ProvinceManager, "plan.act.allot");
        let entropy = Entropy::seeded(11);
        let at = move |hour: i64| -> Stamp {
            let at: Timestamp = stamp.at + jiff::SignedDuration::from_hours(hour);
            Stamp { at, entropy: entropy.clone(), ..stamp.clone() }
        };
        db.write(move |tx| {
            let state = |tx: &mut Tx<'_>| {
                let now = of_unit(tx, target, unit)?;
                let of = |a: &Option<Allotment>| a.as_ref().map(|a| (a.goal, a.state()));
                Ok::<_, Error>((of(&now.agreed), of(&now.open)))
            };
            use State::{Agreed, Proposed, Returned};
            assert!(propose(tx, &at(0), target, unit, Some(900), Again::No)?);
            assert!(!propose(tx, &at(1), target, unit, Some(900), Again::No)?, "the same again");
            assert_eq!(state(tx)?, (None, Some((900, Proposed))));
            assert_eq!(unanswered(tx, all)?.len(), 1);
            let whole = Span { lo: 0, hi: i64::MAX };
            assert!(unanswered(tx, whole)?.is_empty(), "who asks does not ask themselves");
            assert_eq!(agreed(tx, target, all)?, HashMap::new(), "nobody agreed yet");

            let first = of_unit(tx, target, unit)?.open.unwrap();
            give_back(tx, &at(2), &first, "Thiếu máy")?;
            assert_eq!(state(tx)?, (None, Some((900, Returned))));
            assert_eq!(agree(tx, &at(3), &first).unwrap_err().kind(), Kind::Conflict);
            assert!(unanswered(tx, all)?.is_empty());
            // What was returned is not asked for again by the way.
            assert!(!propose(tx, &at(3), target, unit, Some(900), Again::No)?);
            assert!(propose(tx, &at(3), target, unit, Some(900), Again::Yes)?);
            assert_eq!(state(tx)?, (None, Some((900, Proposed))));
            assert!(propose(tx, &at(4), target, unit, Some(700), Again::No)?);
            let second = of_unit(tx, target, unit)?.open.unwrap();
            agree(tx, &at(5), &second)?;
            assert_eq!(state(tx)?, (Some((700, Agreed)), None));
            assert_eq!(agree(tx, &at(5), &second).unwrap_err().kind(), Kind::Conflict);

            // What was agreed counts until something else is.
            assert!(propose(tx, &at(6), target, unit, Some(800), Again::No)?);
            assert_eq!(state(tx)?, (Some((700, Agreed)), Some((800, Proposed))));
            assert_eq!(agreed(tx, target, all)?, HashMap::from([(unit, 700)]));
            // Back to it: there is nothing to ask.
            assert!(propose(tx, &at(7), target, unit, Some(700), Again::No)?);
            assert_eq!(state(tx)?, (Some((700, Agreed)), None));
            assert!(propose(tx, &at(8), target, unit, Some(800), Again::No)?);
            let third = of_unit(tx, target, unit)?.open.unwrap();
            agree(tx, &at(9), &third)?;
            assert_eq!(of_target(tx, target)?.remove(&unit).and_then(|s| s.goal()), Some(800));

            assert!(propose(tx, &at(10), target, unit, None, Again::No)?);
            assert_eq!(state(tx)?, (None, None));
            assert!(!propose(tx, &at(11), target, unit, None, Again::No)?);
            let rows: i64 = tx.value("SELECT COUNT(*) FROM allotment", args![])?;
            assert_eq!(rows, 5, "nothing is ever overwritten");
            Ok(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_target_asks_nobody() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let target = scene(&db, &world, &cast).await.target;
        let unit = cast.commune();
        let stamp = cast.stamp(&world, Who::ProvinceManager, "plan.act.allot");
        let left = db
            .write(move |tx| {
                propose(tx, &stamp, target, unit, Some(900), Again::No)?;
                crate::target::withdraw(tx, &stamp, target)?;
                unanswered(tx, Span { lo: 1, hi: i64::MAX })
            })
            .await
            .unwrap();
        assert_eq!(left, []);
    }
}
