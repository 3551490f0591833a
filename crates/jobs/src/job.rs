//! A job: what it is for, how far it is, how it ended.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thao_base::{AccountId, Error, JobId, Lang, Result, Stamp, Tx, args, row, sql};

const SQL: &str = include_str!("job.sql");

row! {
    /// A job as pages show it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Job {
        pub id: JobId,
        /// Names the handler, such as `people.import`.
        pub kind: String,
        pub account_id: Option<AccountId>,
        pub made_at: Timestamp,
        taken_until: Option<Timestamp>,
        /// Steps done, in the handler's own unit.
        pub done: i64,
        /// Steps there are; 0 while that is not known.
        pub total: i64,
        pub ended_at: Option<Timestamp>,
        failure: Option<String>,
    }
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// For its first turn, or for the next after a failure.
    Waiting,
    Running,
    Done,
    /// Given up; [`Job::failure`] says why.
    Failed,
}

impl Job {
    pub fn state(&self) -> State {
        match (self.ended_at, &self.failure, self.taken_until) {
            (Some(_), Some(_), _) => State::Failed,
            (Some(_), None, _) => State::Done,
            (None, _, Some(_)) => State::Running,
            (None, _, None) => State::Waiting,
        }
    }

    /// Why it failed, or failed the last time before it is tried again.
    pub fn failure(&self, lang: Lang) -> Option<String> {
        let failure = self.failure.as_deref()?;
        Some(Failure::read(failure).words(lang))
    }
}

/// Adds a job of the kind `kind`, to be run as soon as the transaction is committed.
pub fn enqueue(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    kind: &'static str,
    payload: &impl Serialize,
) -> Result<JobId> {
    enqueue_at(tx, stamp, kind, payload, stamp.at)
}

/// Adds a job that is not run before `run_at`.
pub fn enqueue_at(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    kind: &'static str,
    payload: &impl Serialize,
    run_at: Timestamp,
) -> Result<JobId> {
    let id: JobId = stamp.id();
    let payload = serde_json::to_value(payload)?;
    tx.exec(sql!(SQL, "add"), args![id, kind, payload, stamp.account, stamp.at, run_at])?;
    Ok(id)
}

/// The job of an id.
pub fn find(tx: &mut Tx<'_>, id: JobId) -> Result<Option<Job>> {
    tx.find(sql!(SQL, "find"), args![id])
}

/// The newest jobs somebody asked for.
pub fn of_account(tx: &mut Tx<'_>, account: AccountId, limit: u32) -> Result<Vec<Job>> {
    tx.list(sql!(SQL, "of_account"), args![account, limit])
}

/// Why a job failed: a key into the words and the values for its places, so that everybody reads
/// it in their language.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Failure {
    key: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    args: BTreeMap<String, String>,
}

impl Failure {
    pub(crate) fn of(error: &Error) -> Failure {
        let args = error.args().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Failure { key: error.key().to_owned(), args: args.collect() }
    }

    pub(crate) fn text(&self) -> Result<String> {
        Ok(serde_json::to_string(self)?)
    }

    fn read(text: &str) -> Failure {
        serde_json::from_str(text).unwrap_or_else(|_| Failure {
            key: "base.error.internal".to_owned(),
            args: BTreeMap::new(),
        })
    }

    fn words(&self, lang: Lang) -> String {
        let args: Vec<(&str, &dyn std::fmt::Display)> =
            self.args.iter().map(|(name, value)| (name.as_str(), value as _)).collect();
        lang.f(&self.key, &args)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_keeps_its_words_for_both_languages() {
        let error = Error::invalid("base.error.schema_newer").with("step", "0009_later");
        let kept = Failure::of(&error).text().unwrap();
        for lang in Lang::ALL {
            assert_eq!(Failure::read(&kept).words(lang), error.words(lang));
        }
        let broken = Failure::read("not what we wrote");
        assert_eq!(broken.words(Lang::En), Lang::En.t("base.error.internal"));
    }
}
