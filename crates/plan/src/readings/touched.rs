//! Whom the entries of a stretch of the record and of the journal touch.

use std::collections::BTreeSet;

use serde_json::Value;
use thao_base::{ClassId, PersonId, Result, ThingId, Tx, UnitId, args, cast, sql};
use thao_record::statement::{found_between, persons_between};

use super::subjects::Touched;
use super::{SQL, stints, tree};
use crate::kind::Family;

/// `(node, after, upto)` of each stretch.
pub(super) fn between(
    tx: &mut Tx<'_>,
    record: &[(i32, i64, i64)],
    journal: &[(i32, i64, i64)],
) -> Result<Touched> {
    let mut touched = Touched::default();
    // Units in which a thing, or what was found of it, changed: they and all above have it.
    let mut having: BTreeSet<UnitId> = BTreeSet::new();
    for (node, after, upto) in record {
        touched.add(Family::People, persons_between(tx, *node, *after, *upto)?);
        for (unit, thing) in found_between(tx, *node, *after, *upto)? {
            match thing {
                Some(thing) => {
                    touched.add(Family::Things, [thing]);
                    having.extend(units_of(tx, cast(thing))?);
                }
                None => touched.add(Family::Units, [unit]),
            }
        }
    }
    for (node, after, upto) in journal {
        let args = args![node, after, upto];
        touched.add(Family::People, tx.values::<PersonId>(sql!(SQL, "edited"), args)?);
        touched.add(Family::People, stints::met_in(tx, *node, *after, *upto)?);
        for (a, b) in tx.list::<(PersonId, PersonId)>(sql!(SQL, "merged"), args)? {
            touched.add(Family::People, [a, b]);
        }
        touched.add(Family::Units, tx.values::<UnitId>(sql!(SQL, "edited_units"), args)?);
        touched.add(Family::Classes, tx.values::<ClassId>(sql!(SQL, "edited_classes"), args)?);
        for (thing, changes) in tx.list::<(ThingId, Value)>(sql!(SQL, "edited_things"), args)? {
            touched.add(Family::Things, [thing]);
            having.extend(units_of(tx, thing)?);
            having.extend(units_in(&changes));
        }
    }
    for path in tree::above(tx, &having)?.into_values() {
        touched.add(Family::Units, path);
    }
    Ok(touched)
}

/// Where a thing is; nowhere when there is none.
fn units_of(tx: &mut Tx<'_>, thing: ThingId) -> Result<Vec<UnitId>> {
    tx.values(sql!(SQL, "unit_of_thing"), args![thing])
}

/// The units an entry names: the one a thing was put into, or the old and the new one.
fn units_in(changes: &Value) -> Vec<UnitId> {
    let values = match changes.get("unit_id") {
        Some(Value::Array(both)) => both.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    values.iter().filter_map(|value| value.as_str()?.parse().ok()).collect()
}
