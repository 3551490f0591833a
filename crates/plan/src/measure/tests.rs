//! Measures are found again, and refuse what cannot be.

use std::collections::BTreeSet;

use thao_base::{Kind as Wrong, MeasureId};
use thao_cast::cast;
use thao_testkit::{databases, world};

use super::*;
use crate::world::scene;

#[tokio::test(flavor = "multi_thread")]
async fn one_definition_is_one_measure_and_a_share_of_itself_is_refused() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let scene = scene(&db, &world, &cast).await;
        let stamp = world.stamp("plan.act.set_target");
        db.write(move |tx| {
            let share_of = |bases: &[MeasureId]| Definition {
                activities: [thao_base::cast(scene.course)].into(),
                rung: Rung::Passed,
                bases: bases.iter().copied().collect(),
                ..Definition::new(Kind::ShareOf)
            };
            let mut ensure = |definition: &Definition| ensure(tx, &stamp, ["M", "M"], definition);
            let first = ensure(&share_of(&[scene.measure]))?;
            assert_eq!(ensure(&share_of(&[scene.measure]))?, first);
            let both = ensure(&share_of(&[scene.measure, scene.official_measure]))?;
            assert_ne!(both, first);
            let of_share = ensure(&share_of(&[first]))?;
            let turns = Definition {
                activities: [thao_base::cast(scene.course)].into(),
                ..Definition::new(Kind::Turns)
            };
            let turns = ensure(&turns)?;
            let refused = ensure(&share_of(&[turns])).unwrap_err();
            assert_eq!((refused.kind(), refused.field_name()), (Wrong::Invalid, Some("bases")));
            let refused = ensure(&share_of(&[])).unwrap_err();
            assert_eq!((refused.kind(), refused.field_name()), (Wrong::Invalid, Some("bases")));
            // Through the share of a share back to the first.
            for (of, bases, is_cycle) in [
                (first, [of_share], true),
                (scene.measure, [of_share], true),
                (of_share, [first], false),
                (both, [of_share], false),
                (both, [both], true),
            ] {
                let refused = refuse_cycle(tx, of, &BTreeSet::from(bases)).err();
                let kind = refused.map(|e| (e.kind(), e.field_name().map(str::to_owned)));
                let expected = is_cycle.then(|| (Wrong::Conflict, Some("bases".to_owned())));
                assert_eq!(kind, expected);
            }
            let found = get(tx, of_share)?;
            assert_eq!(found.bases, BTreeSet::from([first]));
            assert_eq!(found.rule.bases[0].bases[0].kind, Kind::SharePeople);
            // What two offices may have made without knowing of each other.
            let row: RowId = stamp.id();
            let values = [("measure_id", first.arg()), ("base_id", of_share.arg())];
            register::insert(tx, &stamp, &MEASURE_BASE, row, None, &values)?;
            assert_eq!(get(tx, of_share)?.rule.bases[0].bases.len(), 1);
            Ok(())
        })
        .await
        .unwrap();
    }
}
