//! Ids of what was sent before: of whole forms, and of ticks that changed nothing when they came.

use thao_base::db::{Arg, ToArg};
use thao_base::{Id, Result, Stamp, SubmissionId, Tx, args, sql};

const SQL: &str = include_str!("submission.sql");

/// Those of some ids that were carried out before.
pub fn list_known<T: Id>(tx: &mut Tx<'_>, ids: &[T]) -> Result<Vec<SubmissionId>> {
    tx.values(sql!(SQL, "known"), args![ids])
}

/// Whether a form was carried out before: its answer was lost on the way.
pub fn is_known(tx: &mut Tx<'_>, form: Option<SubmissionId>) -> Result<bool> {
    match form {
        Some(form) => Ok(!list_known(tx, &[form])?.is_empty()),
        None => Ok(false),
    }
}

/// Remembers ids that leave no other trace.
pub fn remember<T: Id>(tx: &mut Tx<'_>, stamp: &Stamp, ids: &[T]) -> Result<()> {
    let rows =
        ids.iter().map(|id| vec![Arg::Id(id.uuid()), stamp.account.arg(), Arg::Time(stamp.at)]);
    tx.exec_many(sql!(SQL, "remember"), rows.collect::<Vec<_>>())?;
    Ok(())
}
