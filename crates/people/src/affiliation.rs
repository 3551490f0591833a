//! Affiliations: what a person is to a unit, from when to when.

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{AffiliationId, Id, ImportId, PersonId, Result, Stamp, Tx, UnitId, args, row, sql};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};

const SQL: &str = include_str!("affiliation.sql");

pub const AFFILIATION: Noun = Noun {
    table: "affiliation",
    columns: &[
        Col::open("person_id"),
        Col::open("unit_id"),
        Col::open("kind"),
        Col::open("category"),
        Col::open("position"),
        Col::open("title"),
        Col::open("rank_code"),
        Col::open("valid_from"),
        Col::open("valid_to"),
        Col::open("import_id"),
    ],
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AffiliationKind {
    Resident,
    Staff,
    Pupil,
    Worker,
}

impl AffiliationKind {
    pub const ALL: [AffiliationKind; 4] = [
        AffiliationKind::Resident,
        AffiliationKind::Staff,
        AffiliationKind::Pupil,
        AffiliationKind::Worker,
    ];

    pub fn code(self) -> &'static str {
        match self {
            AffiliationKind::Resident => "resident",
            AffiliationKind::Staff => "staff",
            AffiliationKind::Pupil => "pupil",
            AffiliationKind::Worker => "worker",
        }
    }

    pub fn from_code(code: &str) -> Option<AffiliationKind> {
        AffiliationKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// An affiliation about to be added. `valid_to` is the first day it no longer holds.
#[derive(Debug, Clone)]
pub struct NewAffiliation {
    pub person: PersonId,
    pub unit: UnitId,
    pub kind: AffiliationKind,
    /// Of staff: `can_bo`, `cong_chuc`, `vien_chuc`, `nguoi_lao_dong`, `khong_chuyen_trach`.
    pub category: Option<String>,
    pub position: Option<String>,
    pub title: Option<String>,
    pub rank_code: Option<String>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub import: Option<ImportId>,
}

impl NewAffiliation {
    /// The plainest: who, where, as what, since when.
    pub fn new(person: PersonId, unit: UnitId, kind: AffiliationKind, from: Date) -> Self {
        NewAffiliation {
            person,
            unit,
            kind,
            category: None,
            position: None,
            title: None,
            rank_code: None,
            valid_from: from,
            valid_to: None,
            import: None,
        }
    }
}

row! {
    #[derive(Debug, Clone)]
    pub struct Affiliation {
        pub id: AffiliationId,
        pub person: PersonId,
        pub unit: UnitId,
        pub kind: String,
        pub category: Option<String>,
        pub position: Option<String>,
        pub title: Option<String>,
        pub rank_code: Option<String>,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

const NAMES: [&str; 10] = [
    "person_id",
    "unit_id",
    "kind",
    "category",
    "position",
    "title",
    "rank_code",
    "valid_from",
    "valid_to",
    "import_id",
];

pub fn add_many(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    new: &[NewAffiliation],
) -> Result<Vec<AffiliationId>> {
    let ids: Vec<AffiliationId> = new.iter().map(|_| stamp.id()).collect();
    let rows = new.iter().zip(&ids).map(|(new, id)| NewRow {
        id: id.uuid(),
        person: Some(new.person),
        values: vec![
            new.person.arg(),
            new.unit.arg(),
            Arg::Text(new.kind.code()),
            new.category.arg(),
            new.position.arg(),
            new.title.arg(),
            new.rank_code.arg(),
            new.valid_from.arg(),
            new.valid_to.arg(),
            new.import.arg(),
        ],
    });
    register::insert_many(tx, stamp, &AFFILIATION, &NAMES, rows.collect())?;
    Ok(ids)
}

/// Changes an affiliation; only the columns named. Whether anything differed.
pub fn edit(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: AffiliationId,
    person: PersonId,
    values: &[(&'static str, Arg<'_>)],
) -> Result<bool> {
    register::update(tx, stamp, &AFFILIATION, id, Some(person), values)
}

/// Ends an affiliation: `to` is the first day it no longer holds.
pub fn end(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: AffiliationId,
    person: PersonId,
    to: Date,
) -> Result<bool> {
    edit(tx, stamp, id, person, &[("valid_to", to.arg())])
}

/// All affiliations of some persons, past ones included, oldest first.
pub fn list_of_persons(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Affiliation>> {
    tx.list(sql!(SQL, "of_persons"), args![persons])
}
