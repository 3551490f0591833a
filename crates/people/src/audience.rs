//! Audiences: who is meant, by kind of affiliation, category of staff and age on the day asked.

use jiff::Span;
use thao_base::db::Arg;
use thao_base::{AudienceId, Error, Result, Stamp, Tx, UnitId, args, row, sql};
use thao_record::evidence::{Days, FOREVER, day, intersection, union};
use thao_record::{Col, Noun, register};

use crate::affiliation::Affiliation;
use crate::person::Birth;

const SQL: &str = include_str!("audience.sql");

pub const AUDIENCE: Noun = Noun {
    table: "audience",
    columns: &[
        Col::open("code"),
        Col::open("name_vi"),
        Col::open("name_en"),
        Col::open("affiliation_kind"),
        Col::open("categories"),
        Col::open("age_from"),
        Col::open("age_below"),
    ],
};

row! {
    #[derive(Debug, Clone)]
    pub struct Audience {
        pub id: AudienceId,
        pub code: String,
        pub name_vi: String,
        pub name_en: String,
        /// `resident`, `staff`, `pupil`, `worker`.
        pub affiliation_kind: String,
        /// A JSON list of staff categories; empty means all.
        pub categories: serde_json::Value,
        pub age_from: Option<i32>,
        /// The first age that is no longer meant.
        pub age_below: Option<i32>,
    }
}

impl Audience {
    pub fn name(&self, lang: thao_base::Lang) -> &str {
        match lang {
            thao_base::Lang::Vi => &self.name_vi,
            thao_base::Lang::En => &self.name_en,
        }
    }

    /// Whether an affiliation of this kind and category is meant, whatever the age.
    pub fn takes(&self, affiliation: &Affiliation) -> bool {
        let categories = self.categories.as_array().map_or(&[][..], Vec::as_slice);
        affiliation.kind == self.affiliation_kind
            && (categories.is_empty()
                || categories.iter().any(|c| c.as_str() == affiliation.category.as_deref()))
    }

    /// The days on which a person belongs, by unit. Pure. Somebody whose birth is not known does
    /// not belong to an audience with ages.
    pub fn membership(
        &self,
        birth: Option<Birth>,
        affiliations: &[Affiliation],
    ) -> Vec<(UnitId, Vec<Days>)> {
        let Some(aged) = self.ages(birth) else { return Vec::new() };
        let mut out: Vec<(UnitId, Vec<Days>)> = Vec::new();
        for affiliation in affiliations.iter().filter(|a| self.takes(a)) {
            let from = day(affiliation.valid_from);
            let to = affiliation.valid_to.map_or(FOREVER, day);
            let days = Days { from, to };
            match out.iter_mut().find(|(unit, _)| *unit == affiliation.unit) {
                Some((_, all)) => all.push(days),
                None => out.push((affiliation.unit, vec![days])),
            }
        }
        for (_, days) in &mut out {
            *days = intersection(&union(std::mem::take(days)), &[aged]);
        }
        out.retain(|(_, days)| !days.is_empty());
        out.sort_by_key(|(unit, _)| *unit);
        out
    }

    fn ages(&self, birth: Option<Birth>) -> Option<Days> {
        if self.age_from.is_none() && self.age_below.is_none() {
            return Some(Days { from: i32::MIN, to: FOREVER });
        }
        let born = birth?.day();
        let birthday = |age: i32| born.checked_add(Span::new().years(age)).ok().map(day);
        Some(Days {
            from: self.age_from.map_or(Some(i32::MIN), birthday)?,
            to: self.age_below.map_or(Some(FOREVER), birthday)?,
        })
    }
}

/// Adds an audience with an id made by the caller.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, audience: &Audience) -> Result<()> {
    register::insert(
        tx,
        stamp,
        &AUDIENCE,
        audience.id,
        None,
        &[
            ("code", Arg::Text(&audience.code)),
            ("name_vi", Arg::Text(&audience.name_vi)),
            ("name_en", Arg::Text(&audience.name_en)),
            ("affiliation_kind", Arg::Text(&audience.affiliation_kind)),
            ("categories", Arg::Json(&audience.categories)),
            ("age_from", thao_base::db::ToArg::arg(&audience.age_from)),
            ("age_below", thao_base::db::ToArg::arg(&audience.age_below)),
        ],
    )
}

pub fn get(tx: &mut Tx<'_>, id: AudienceId) -> Result<Audience> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

pub fn find_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Audience>> {
    tx.find(sql!(SQL, "by_code"), args![code])
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Audience>> {
    tx.list(sql!(SQL, "all"), args![])
}
