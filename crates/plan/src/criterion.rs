//! Criteria: what units or things are asked to satisfy, in a document's words, with its source.

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{CriterionId, Error, Lang, Result, Stamp, Tx, args, row, sql};
use thao_people::UnitKind;
use thao_record::{Col, Noun, register};

use crate::list;

const SQL: &str = include_str!("criterion.sql");

pub const CRITERION: Noun = Noun {
    table: "criterion",
    columns: &[
        Col::open("code"),
        Col::open("title_vi"),
        Col::open("title_en"),
        Col::open("subject"),
        Col::open("source"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};

/// A criterion about to be added, or what it is changed to.
#[derive(Debug, Clone)]
pub struct NewCriterion {
    pub code: Option<String>,
    pub title_vi: String,
    pub title_en: String,
    /// A code of [`UnitKind`] or a key of content/lists/thing_kinds.toml.
    pub subject: String,
    pub source: String,
    pub valid_from: Date,
    /// The first day it is no longer asked for.
    pub valid_to: Option<Date>,
}

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Criterion {
        pub id: CriterionId,
        pub code: Option<String>,
        pub title_vi: String,
        pub title_en: String,
        pub subject: String,
        pub source: String,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

impl Criterion {
    pub fn title(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.title_vi,
            Lang::En => &self.title_en,
        }
    }

    /// The kind of unit it is asked of; none when it is asked of things.
    pub fn unit_kind(&self) -> Option<UnitKind> {
        UnitKind::from_code(&self.subject)
    }
}

fn values(new: &NewCriterion) -> [(&'static str, Arg<'_>); 7] {
    [
        ("code", new.code.arg()),
        ("title_vi", Arg::Text(&new.title_vi)),
        ("title_en", Arg::Text(&new.title_en)),
        ("subject", Arg::Text(&new.subject)),
        ("source", Arg::Text(&new.source)),
        ("valid_from", new.valid_from.arg()),
        ("valid_to", new.valid_to.arg()),
    ]
}

/// # Errors
/// [`thao_base::Kind::Invalid`] when its subject is no kind of unit or thing.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, new: &NewCriterion) -> Result<CriterionId> {
    let known =
        UnitKind::from_code(&new.subject).is_some() || list::thing_kind(&new.subject).is_some();
    if !known {
        return Err(Error::invalid("plan.error.subject").field("subject"));
    }
    let id: CriterionId = stamp.id();
    register::insert(tx, stamp, &CRITERION, id, None, &values(new))?;
    Ok(id)
}

/// Changes a criterion; what it is asked of stays. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: CriterionId, new: &NewCriterion) -> Result<bool> {
    let kept = values(new).into_iter().filter(|(name, _)| *name != "subject");
    register::update(tx, stamp, &CRITERION, id, None, &kept.collect::<Vec<_>>())
}

/// One criterion.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: CriterionId) -> Result<Criterion> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// All criteria, by code and title.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Criterion>> {
    tx.list(sql!(SQL, "all"), args![])
}
