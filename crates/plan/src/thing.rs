//! Things: what is registered and counted and is neither a person nor a unit: training programmes,
//! agreements, projects, services, centres, teams.

use jiff::Timestamp;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Id, ImportId, Result, Stamp, ThingId, Tx, UnitId, args, row, sql, text};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};
use thao_web::Scope;

const SQL: &str = include_str!("thing.sql");

pub const THING: Noun = Noun {
    table: "thing",
    columns: &[
        Col::open("kind"),
        Col::open("unit_id"),
        Col::open("code"),
        Col::open("name"),
        Col::open("name_fold"),
        Col::open("name_sort"),
        Col::open("valid_from"),
        Col::open("valid_to"),
        Col::open("import_id"),
        Col::open("withdrawn_at"),
    ],
};

/// A thing about to be registered, or what it is changed to.
#[derive(Debug, Clone)]
pub struct NewThing {
    /// A key of content/lists/thing_kinds.toml.
    pub kind: String,
    pub unit: UnitId,
    pub code: Option<String>,
    pub name: String,
    pub valid_from: Date,
    /// The first day it is no more.
    pub valid_to: Option<Date>,
    pub import: Option<ImportId>,
}

row! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Thing {
        pub id: ThingId,
        pub kind: String,
        pub unit: UnitId,
        pub code: Option<String>,
        pub name: String,
        pub sort: String,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
        pub import: Option<ImportId>,
        pub withdrawn_at: Option<Timestamp>,
        /// Where its unit stands.
        pub path: String,
        pub pos: i64,
    }
}

/// Without accents, to look for: name and code.
fn folded(new: &NewThing) -> String {
    text::fold(&format!("{} {}", new.name, new.code.as_deref().unwrap_or_default()))
}

pub fn add_many(tx: &mut Tx<'_>, stamp: &Stamp, new: &[NewThing]) -> Result<Vec<ThingId>> {
    let ids: Vec<ThingId> = new.iter().map(|_| stamp.id()).collect();
    let keys: Vec<(String, String)> =
        new.iter().map(|thing| (folded(thing), text::sort_key(&thing.name))).collect();
    let rows = new.iter().zip(&ids).zip(&keys).map(|((thing, id), (fold, sort))| NewRow {
        id: id.uuid(),
        person: None,
        values: vec![
            Arg::Text(&thing.kind),
            thing.unit.arg(),
            thing.code.arg(),
            Arg::Text(&thing.name),
            Arg::Text(fold),
            Arg::Text(sort),
            thing.valid_from.arg(),
            thing.valid_to.arg(),
            thing.import.arg(),
        ],
    });
    let names = [
        "kind",
        "unit_id",
        "code",
        "name",
        "name_fold",
        "name_sort",
        "valid_from",
        "valid_to",
        "import_id",
    ];
    register::insert_many(tx, stamp, &THING, &names, rows.collect())?;
    Ok(ids)
}

/// Changes a thing; its kind stays. Whether anything differed.
pub fn edit(tx: &mut Tx<'_>, stamp: &Stamp, id: ThingId, new: &NewThing) -> Result<bool> {
    let (fold, sort) = (folded(new), text::sort_key(&new.name));
    let values = [
        ("unit_id", new.unit.arg()),
        ("code", new.code.arg()),
        ("name", Arg::Text(&new.name)),
        ("name_fold", Arg::Text(&fold)),
        ("name_sort", Arg::Text(&sort)),
        ("valid_from", new.valid_from.arg()),
        ("valid_to", new.valid_to.arg()),
    ];
    register::update(tx, stamp, &THING, id, None, &values)
}

/// Takes a thing back that should never have been registered: nothing counts it any more.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: ThingId) -> Result<()> {
    register::update(tx, stamp, &THING, id, None, &[("withdrawn_at", Arg::Time(stamp.at))])?;
    Ok(())
}

/// One thing that stands.
///
/// # Errors
/// 404 when there is none, or its unit no longer stands.
pub fn get(tx: &mut Tx<'_>, id: ThingId) -> Result<Thing> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub kind: Option<String>,
    /// Looked for at the start of any word of name and code, without accents.
    pub search: String,
    /// The thing after which the page goes on.
    pub after: Option<ThingId>,
}

/// `limit` things of units in a scope, in Vietnamese order.
pub fn page(tx: &mut Tx<'_>, scope: &Scope, asked: &Asked, limit: i64) -> Result<Vec<Thing>> {
    let search = text::fold(&asked.search);
    let first = (!search.is_empty()).then(|| format!("{search}%"));
    let inner = (!search.is_empty()).then(|| format!("% {search}%"));
    let start = match asked.after {
        Some(id) => tx.find::<(String, ThingId)>(sql!(SQL, "sort_of"), args![id])?,
        None => None,
    };
    // Before everything: no key is less than the empty one, no id less than nil.
    let (sort, id) =
        start.unwrap_or_else(|| (String::new(), ThingId::from_uuid(uuid::Uuid::nil())));
    tx.list(sql!(SQL, "page"), args![scope.json(), asked.kind, first, inner, sort, id, limit])
}
