//! Changes of the tree by a resolution: rename, merge, split, abolish, move, another form; from a
//! day on, past or to come. Nothing is rewritten: dated rows end and begin, and who follows whom
//! is kept ([`super::Succession`]), so that what people did and were stays where it was.

mod deeds;
mod picture;
mod reach;
mod write;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::{AppointmentId, Error, Result, Tx, UnitChangeId, UnitId, args, row, sql};
use thao_record::{Col, Noun};
use thao_web::Scope;

pub use deeds::{Deeds, Follow, Fresh, deeds};
pub use picture::{Known, Picture};
pub use reach::{Reach, reach, touched};
pub use write::{Held, carry_out, list_held, withdraw};

const SQL: &str = include_str!("change.sql");

pub const UNIT_CHANGE: Noun = Noun {
    table: "unit_change",
    columns: &[
        Col::open("kind"),
        Col::open("on_day"),
        Col::open("title"),
        Col::open("legal_basis"),
        Col::open("made_at"),
        Col::open("withdrawn_at"),
    ],
};
pub const UNIT_SUCCESSION: Noun = Noun {
    table: "unit_succession",
    columns: &[
        Col::open("change_id"),
        Col::open("from_id"),
        Col::open("to_id"),
        Col::open("share"),
        Col::open("main"),
        Col::open("rank"),
    ],
};
pub const UNIT_CHANGE_ROW: Noun = Noun {
    table: "unit_change_row",
    columns: &[
        Col::open("change_id"),
        Col::open("noun"),
        Col::open("row_id"),
        Col::open("unit_id"),
        Col::open("part"),
    ],
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    Rename,
    Merge,
    Split,
    Abolish,
    Move,
    Form,
}

impl ChangeKind {
    pub const ALL: [ChangeKind; 6] = [
        ChangeKind::Merge,
        ChangeKind::Split,
        ChangeKind::Rename,
        ChangeKind::Form,
        ChangeKind::Move,
        ChangeKind::Abolish,
    ];

    pub fn code(self) -> &'static str {
        match self {
            ChangeKind::Rename => "rename",
            ChangeKind::Merge => "merge",
            ChangeKind::Split => "split",
            ChangeKind::Abolish => "abolish",
            ChangeKind::Move => "move",
            ChangeKind::Form => "form",
        }
    }

    pub fn from_code(code: &str) -> Option<ChangeKind> {
        ChangeKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A unit that a change makes, or one that stands already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Into {
    Unit(UnitId),
    New(NewOne),
}

impl Into {
    pub fn unit(&self) -> UnitId {
        match self {
            Into::Unit(unit) => *unit,
            Into::New(new) => new.id,
        }
    }
}

/// A unit that a change makes; its kind and the unit above it are those of what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOne {
    pub id: UnitId,
    pub name: String,
    pub form: Option<String>,
    pub code: Option<String>,
}

/// A part of a unit that is split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SplitPart {
    /// The unit itself when it goes on.
    pub into: Into,
    /// Thousandths of what the unit had; those of all parts make 1000.
    pub share: i32,
    /// The units directly below that come to this part. The rest come to the first.
    pub below: BTreeSet<UnitId>,
}

/// What is done. Of a split the first part is the main one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    Rename {
        unit: UnitId,
        name: String,
    },
    Merge {
        from: Vec<UnitId>,
        into: Into,
    },
    Split {
        unit: UnitId,
        parts: Vec<SplitPart>,
    },
    /// `into`: who takes over, the unit above when nobody is named.
    Abolish {
        unit: UnitId,
        into: Option<UnitId>,
    },
    Move {
        unit: UnitId,
        parent: UnitId,
    },
    Form {
        unit: UnitId,
        form: String,
        name: String,
    },
}

impl Act {
    pub fn kind(&self) -> ChangeKind {
        match self {
            Act::Rename { .. } => ChangeKind::Rename,
            Act::Merge { .. } => ChangeKind::Merge,
            Act::Split { .. } => ChangeKind::Split,
            Act::Abolish { .. } => ChangeKind::Abolish,
            Act::Move { .. } => ChangeKind::Move,
            Act::Form { .. } => ChangeKind::Form,
        }
    }
}

/// A change about to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange {
    /// The first day it is in force.
    pub on: Date,
    pub title: String,
    pub legal_basis: Option<String>,
    pub act: Act,
    /// The appointments of units that end which go on in the main successor.
    pub go_on: BTreeSet<AppointmentId>,
}

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Change {
        pub id: UnitChangeId,
        pub kind_code: String,
        pub on: Date,
        pub title: String,
        pub legal_basis: Option<String>,
        pub made_at: Timestamp,
        pub withdrawn_at: Option<Timestamp>,
    }
}

impl Change {
    pub fn kind(&self) -> Option<ChangeKind> {
        ChangeKind::from_code(&self.kind_code)
    }
}

/// All changes, withdrawn ones included, the latest day first.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<Change>> {
    tx.list(sql!(SQL, "all"), args![])
}

/// The changes that have to do with units of a scope, the latest day first.
pub fn list_in_scope(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Change>> {
    tx.list(sql!(SQL, "in_scope"), args![scope.json()])
}

/// Whether any change stands, in force or to come.
pub fn any(tx: &mut Tx<'_>) -> Result<bool> {
    tx.value(sql!(SQL, "any"), args![])
}

/// One change.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: UnitChangeId) -> Result<Change> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

row! {
    /// Who follows whom in a change, by the names they had and have.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Followed {
        pub from: UnitId,
        pub to: UnitId,
        pub from_name: Option<String>,
        pub to_name: Option<String>,
        pub share: i32,
        pub main: bool,
    }
}

/// The successions of a change, in the order it names them.
pub fn list_followed(tx: &mut Tx<'_>, id: UnitChangeId) -> Result<Vec<Followed>> {
    tx.list(sql!(SQL, "followed"), args![id])
}

row! {
    /// A dated row that a change began or ended.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Trace {
        pub noun: String,
        pub row: thao_base::RowId,
        pub unit: UnitId,
        pub part: String,
    }
}

impl Trace {
    pub fn began(&self) -> bool {
        self.part == BEGAN
    }
}

const BEGAN: &str = "began";
const ENDED: &str = "ended";

/// What a change began and ended.
pub fn list_traces(tx: &mut Tx<'_>, id: UnitChangeId) -> Result<Vec<Trace>> {
    tx.list(sql!(SQL, "traces"), args![id])
}

/// The changes that began, ended or moved a unit, or that it follows from, the latest first.
pub fn list_of_unit(tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<Change>> {
    tx.list(sql!(SQL, "of_unit"), args![unit])
}
