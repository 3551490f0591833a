//! Units: a dated tree with stable ids. Names, parents and codes are dated rows of their own;
//! [`Place`] is the reading of the tree as it stands, walked in order.

use std::collections::HashMap;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Id, Kind, Result, RowId, Stamp, Tx, UnitId, args, row, sql, text};
use thao_record::register::{NewRow, insert_many};
use thao_record::{Col, Noun, cursor};
use thao_web::Span;

const SQL: &str = include_str!("unit.sql");

pub const UNIT: Noun = Noun {
    table: "unit",
    columns: &[
        Col::open("kind"),
        Col::open("form"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};
pub const UNIT_NAME: Noun = Noun {
    table: "unit_name",
    columns: &[
        Col::open("unit_id"),
        Col::open("name"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};
pub const UNIT_PARENT: Noun = Noun {
    table: "unit_parent",
    columns: &[
        Col::open("unit_id"),
        Col::open("parent_id"),
        Col::open("valid_from"),
        Col::open("valid_to"),
    ],
};
pub const UNIT_CODE: Noun = Noun {
    table: "unit_code",
    columns: &[Col::open("unit_id"), Col::open("scheme"), Col::open("code"), Col::open("alias")],
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitKind {
    Province,
    Commune,
    Village,
    Agency,
    School,
    Enterprise,
    Centre,
}

impl UnitKind {
    pub const ALL: [UnitKind; 7] = [
        UnitKind::Province,
        UnitKind::Commune,
        UnitKind::Village,
        UnitKind::Agency,
        UnitKind::School,
        UnitKind::Enterprise,
        UnitKind::Centre,
    ];

    pub fn code(self) -> &'static str {
        match self {
            UnitKind::Province => "province",
            UnitKind::Commune => "commune",
            UnitKind::Village => "village",
            UnitKind::Agency => "agency",
            UnitKind::School => "school",
            UnitKind::Enterprise => "enterprise",
            UnitKind::Centre => "centre",
        }
    }

    pub fn from_code(code: &str) -> Option<UnitKind> {
        UnitKind::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A unit about to be added.
#[derive(Debug, Clone)]
pub struct NewUnit {
    pub id: UnitId,
    pub kind: UnitKind,
    /// Which sort of its kind: `xa`, `phuong`, `dac_khu`, `thon`, `to_dan_pho` …
    pub form: Option<String>,
    pub name: String,
    /// Zero-padded text (Decision 19/2025/QĐ-TTg for communes).
    pub code: Option<String>,
    pub aliases: Vec<String>,
    pub parent: Option<UnitId>,
    pub valid_from: Date,
}

row! {
    /// A unit where it stands in the tree: all below it have `pos` in `pos..=last`.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Place {
        pub unit: UnitId,
        pub parent: Option<UnitId>,
        /// The commune it lies in, or itself.
        pub commune: Option<UnitId>,
        pub kind: String,
        pub code: Option<String>,
        pub name: String,
        /// Names from below the province down, `Xã A › Thôn B`.
        pub path: String,
        pub sort: String,
        pub pos: i64,
        pub last: i64,
        pub depth: i32,
    }
}

impl Place {
    pub fn kind(&self) -> Option<UnitKind> {
        UnitKind::from_code(&self.kind)
    }

    pub fn span(&self) -> Span {
        Span { lo: self.pos, hi: self.last }
    }
}

/// Adds units; call [`settle`] when the last is in.
pub fn add_many(tx: &mut Tx<'_>, stamp: &Stamp, units: &[NewUnit]) -> Result<()> {
    let id = || stamp.id::<RowId>().uuid();
    let own = units.iter().map(|unit| NewRow {
        id: unit.id.uuid(),
        person: None,
        values: vec![
            Arg::Text(unit.kind.code()),
            unit.form.as_deref().map_or(Arg::Null, Arg::Text),
            Arg::Date(unit.valid_from),
        ],
    });
    insert_many(tx, stamp, &UNIT, &["kind", "form", "valid_from"], own.collect())?;
    let names = units.iter().map(|unit| NewRow {
        id: id(),
        person: None,
        values: vec![unit.id.arg(), Arg::Text(&unit.name), Arg::Date(unit.valid_from)],
    });
    insert_many(tx, stamp, &UNIT_NAME, &["unit_id", "name", "valid_from"], names.collect())?;
    let parents = units.iter().filter_map(|unit| {
        let parent = unit.parent.as_ref()?;
        Some(NewRow {
            id: id(),
            person: None,
            values: vec![unit.id.arg(), parent.arg(), Arg::Date(unit.valid_from)],
        })
    });
    insert_many(
        tx,
        stamp,
        &UNIT_PARENT,
        &["unit_id", "parent_id", "valid_from"],
        parents.collect(),
    )?;
    let codes = units.iter().flat_map(|unit| {
        let main = unit.code.iter().map(|code| (code, false));
        main.chain(unit.aliases.iter().map(|code| (code, true))).map(|(code, alias)| NewRow {
            id: id(),
            person: None,
            values: vec![unit.id.arg(), Arg::Text("gso"), Arg::Text(code), Arg::Bool(alias)],
        })
    });
    insert_many(tx, stamp, &UNIT_CODE, &["unit_id", "scheme", "code", "alias"], codes.collect())
}

pub use browse::{
    NamedFrom, count_in_scope, count_own_people, count_people, find_at, list_above_villages,
    list_in_scope, list_names, search,
};
pub use edit::{NewName, add_below, rename};

mod browse;
mod edit;

row! {
    struct Node {
        unit: UnitId,
        kind: String,
        name: String,
        parent: Option<UnitId>,
        code: Option<String>,
    }
}

/// The name by which other readings follow the walk: see [`cursor::changes`].
pub const TREE: &str = "people.tree";

/// Walks the tree as it stands on a day and keeps the walk. A reading: the same rows for the
/// same register and day. It says so when the walk is another: a day that comes leaves no entry.
pub fn settle(tx: &mut Tx<'_>, on: Date) -> Result<()> {
    let nodes: Vec<Node> = tx.list(sql!(SQL, "standing"), args![on])?;
    let places = walk(nodes)?;
    if places == list_all(tx)? {
        return Ok(());
    }
    cursor::changed(tx, TREE)?;
    tx.exec(sql!(SQL, "clear_places"), args![])?;
    tx.exec_many(
        sql!(SQL, "add_place"),
        places.iter().map(|place| {
            vec![
                place.unit.arg(),
                place.parent.arg(),
                place.commune.arg(),
                place.kind.arg(),
                place.code.arg(),
                place.name.arg(),
                place.path.arg(),
                place.sort.arg(),
                place.pos.arg(),
                place.last.arg(),
                place.depth.arg(),
            ]
        }),
    )?;
    Ok(())
}

fn walk(nodes: Vec<Node>) -> Result<Vec<Place>> {
    let count = nodes.len();
    let mut children: HashMap<Option<UnitId>, Vec<Node>> = HashMap::new();
    for node in nodes {
        children.entry(node.parent).or_default().push(node);
    }
    let mut out = Vec::with_capacity(count);
    visit(&mut children, None, None, "", 0, &mut out);
    if out.len() == count {
        return Ok(out);
    }
    // Whatever hangs below a unit that does not stand, or in a ring, was not reached.
    let lost = children.into_values().flatten().map(|node| node.name).next().unwrap_or_default();
    Err(Error::new(Kind::Conflict, "people.error.unit_unreachable").with("name", lost))
}

fn visit(
    children: &mut HashMap<Option<UnitId>, Vec<Node>>,
    parent: Option<UnitId>,
    commune: Option<UnitId>,
    path: &str,
    depth: i32,
    out: &mut Vec<Place>,
) {
    let mut below = children.remove(&parent).unwrap_or_default();
    below.sort_by_cached_key(|node| (text::sort_key(&node.name), node.unit));
    for node in below {
        let is_commune = node.kind == UnitKind::Commune.code();
        let commune = if is_commune { Some(node.unit) } else { commune };
        let own_path = match (depth, path) {
            (0, _) | (_, "") => node.name.clone(),
            _ => format!("{path} › {}", node.name),
        };
        let below_path = if depth == 0 { String::new() } else { own_path.clone() };
        let index = out.len();
        let pos = i64::try_from(index).unwrap_or(i64::MAX);
        let unit = node.unit;
        out.push(Place {
            unit,
            parent,
            commune,
            kind: node.kind,
            code: node.code,
            sort: text::sort_key(&node.name),
            name: node.name,
            path: own_path,
            pos,
            last: pos,
            depth,
        });
        visit(children, Some(unit), commune, &below_path, depth + 1, out);
        let last = i64::try_from(out.len()).unwrap_or(i64::MAX) - 1;
        if let Some(place) = out.get_mut(index) {
            place.last = last;
        }
    }
}

/// Where a unit stands.
///
/// # Errors
/// 404 when there is no such unit or it no longer stands.
pub fn place(tx: &mut Tx<'_>, unit: UnitId) -> Result<Place> {
    tx.find(sql!(SQL, "place"), args![unit])?.ok_or_else(Error::not_found)
}

/// The top of the tree.
///
/// # Errors
/// 404 when no unit was ever added.
pub fn root(tx: &mut Tx<'_>) -> Result<Place> {
    tx.find(sql!(SQL, "root"), args![])?.ok_or_else(Error::not_found)
}

/// The units directly below one, in Vietnamese order.
pub fn list_children(tx: &mut Tx<'_>, parent: UnitId) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "children"), args![parent])
}

/// All units, in the order of the walk.
pub fn list_all(tx: &mut Tx<'_>) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "all"), args![])
}

/// All units of a kind within a span, in the order of the walk.
pub fn list_within(tx: &mut Tx<'_>, span: Span, kind: UnitKind) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "within"), args![span.lo, span.hi, kind.code()])
}

/// The unit itself and all above it, nearest first.
pub fn list_above(tx: &mut Tx<'_>, unit: UnitId) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "above"), args![unit])
}

/// The unit with this code, or with this code as an alias.
pub fn find_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Place>> {
    tx.find(sql!(SQL, "by_code"), args![code])
}

/// All codes and aliases: `(unit, code, alias)`.
pub fn list_codes(tx: &mut Tx<'_>) -> Result<Vec<(UnitId, String, bool)>> {
    tx.list(sql!(SQL, "codes"), args![])
}
