//! One target of the demo province, allotted to its communes: most agreed, some have not answered,
//! one returned its part.

use jiff::SignedDuration;
use thao_base::{Db, Error, Result, Stamp, Tx, args};
use thao_plan::allotment::{self, Again};

use super::units::Commune;
use super::{Province, stamp};

/// The target, by its code in the plan.
const CODE: &str = "PT-05";
/// What communes are asked for in turn, in thousandths: eighty per cent taken together.
const GOALS: [i64; 4] = [800, 750, 850, 800];
/// One in so many has not answered yet.
const SILENT: usize = 9;
/// Which commune returned its part, and why.
const RETURNED: usize = 4;
const REASON: &str = "Nhiều người trong độ tuổi đi làm xa, đề nghị giao 70%.";
/// After which communes answered.
const A_FORTNIGHT: SignedDuration = SignedDuration::from_hours(14 * 24);

pub(crate) async fn add(db: &Db, opening: &Stamp, province: &Province) -> Result<()> {
    let communes: Vec<Commune> = province.units.communes.clone();
    let asked = opening.clone();
    let answered = stamp(opening.at + A_FORTNIGHT, &opening.entropy);
    db.write(move |tx| {
        let target = target(tx)?;
        for (n, commune) in communes.iter().enumerate() {
            let goal = GOALS.get(n % GOALS.len()).copied();
            allotment::propose(tx, &asked, target, commune.id, goal, Again::No)?;
            let open = allotment::of_unit(tx, target, commune.id)?.open;
            let Some(open) = open else { continue };
            if n == RETURNED {
                allotment::give_back(tx, &answered, &open, REASON)?;
            } else if n % SILENT != SILENT - 1 {
                allotment::agree(tx, &answered, &open)?;
            }
        }
        Ok(())
    })
    .await
}

fn target(tx: &mut Tx<'_>) -> Result<thao_base::TargetId> {
    let found = tx.find::<(thao_base::TargetId,)>(
        "SELECT id FROM target WHERE code = $1 AND withdrawn_at IS NULL ORDER BY id",
        args![CODE],
    )?;
    found.map(|(id,)| id).ok_or_else(|| Error::internal(format!("the demo has no target {CODE}")))
}
