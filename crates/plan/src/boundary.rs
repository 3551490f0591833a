//! Boundaries of units as an office loads them: read, simplified, matched, then drawn. The program
//! has none of its own: borders are the office's to answer for.

pub mod matching;
pub mod read;
pub mod shape;
pub mod simplify;

use std::collections::HashMap;

use jiff::Timestamp;
use thao_base::db::{Arg, ToArg};
use thao_base::{
    BoundaryFileId, BoundaryId, Error, Id, Result, Stamp, Tx, UnitId, args, row, sql, text,
};
use thao_people::{Place, UnitKind};
use thao_record::register::{self, NewRow};
use thao_record::{Col, Noun};
use thao_web::Scope;

pub use read::{Area, read};
pub use shape::Shape;

const SQL: &str = include_str!("boundary.sql");

/// Corners of a map at most, ends of borders apart: finer than a screen or a sheet shows.
pub const MOST_CORNERS: usize = 12_000;

pub const BOUNDARY_FILE: Noun = Noun {
    table: "boundary_file",
    columns: &[
        Col::open("unit_id"),
        Col::open("name"),
        Col::open("source"),
        Col::open("matched_by"),
        Col::open("made_at"),
        Col::open("used_at"),
        Col::open("withdrawn_at"),
    ],
};
pub const BOUNDARY: Noun = Noun {
    table: "boundary",
    columns: &[
        Col::open("file_id"),
        Col::open("unit_id"),
        Col::open("west"),
        Col::open("north"),
        Col::open("east"),
        Col::open("south"),
        Col::open("shape"),
    ],
};

row! {
    #[derive(Debug, Clone)]
    pub struct File {
        pub id: BoundaryFileId,
        /// The unit whose parts the areas are.
        pub unit: UnitId,
        pub name: String,
        pub source: String,
        pub matched_by: Option<String>,
        pub made_at: Timestamp,
        pub used_at: Option<Timestamp>,
        /// Where its unit stands in the tree.
        pub pos: i64,
    }
}

row! {
    struct Line {
        no: i32,
        properties: serde_json::Value,
        west: i32,
        north: i32,
        east: i32,
        south: i32,
        path: String,
    }
}

/// An area of a file that is not in use yet.
#[derive(Debug, Clone)]
pub struct Draft {
    pub no: i32,
    pub properties: Vec<(String, String)>,
    /// None when the file gives it no area.
    pub shape: Option<Shape>,
}

/// Keeps a file that was read; its areas are simplified already.
pub fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    unit: UnitId,
    name: &str,
    source: &str,
    areas: &[Draft],
) -> Result<BoundaryFileId> {
    let id: BoundaryFileId = stamp.id();
    let values = [
        ("unit_id", unit.arg()),
        ("name", Arg::Text(name)),
        ("source", Arg::Text(source)),
        ("made_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &BOUNDARY_FILE, id, None, &values)?;
    let empty = Shape::default();
    let rows: Vec<(i32, serde_json::Value, &Shape)> = areas
        .iter()
        .map(|Draft { no, properties, shape }| {
            (*no, serde_json::json!(properties), shape.as_ref().unwrap_or(&empty))
        })
        .collect();
    tx.exec_many(
        sql!(SQL, "add_area"),
        rows.iter().map(|(no, properties, shape)| {
            vec![
                id.arg(),
                no.arg(),
                Arg::Json(properties),
                shape.west.arg(),
                shape.north.arg(),
                shape.east.arg(),
                shape.south.arg(),
                Arg::Text(&shape.path),
            ]
        }),
    )?;
    Ok(id)
}

/// A file that stands.
///
/// # Errors
/// 404 when there is none.
pub fn get(tx: &mut Tx<'_>, id: BoundaryFileId) -> Result<File> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

/// The files of a scope that stand, the newest first.
pub fn list(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<File>> {
    tx.list(sql!(SQL, "list"), args![scope.json()])
}

/// The areas of a file until it is in use.
pub fn list_areas(tx: &mut Tx<'_>, id: BoundaryFileId) -> Result<Vec<Draft>> {
    let lines: Vec<Line> = tx.list(sql!(SQL, "areas"), args![id])?;
    let drafts = lines.into_iter().map(|line| {
        let Line { no, properties, west, north, east, south, path } = line;
        let shape = Shape { west, north, east, south, path };
        Ok(Draft {
            no,
            properties: serde_json::from_value(properties)?,
            shape: (!shape.path.is_empty()).then_some(shape),
        })
    });
    drafts.collect()
}

/// Puts a file into use: each unit gets the shapes of its areas.
///
/// # Errors
/// A conflict when it is in use already.
pub fn put_to_use(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    file: &File,
    matched_by: &str,
    shapes: &[(UnitId, Shape)],
) -> Result<()> {
    if file.used_at.is_some() {
        return Err(Error::conflict("plan.boundary.error.used"));
    }
    let values = [("matched_by", Arg::Text(matched_by)), ("used_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &BOUNDARY_FILE, file.id, None, &values)?;
    let rows = shapes.iter().map(|(unit, shape)| NewRow {
        id: stamp.id::<BoundaryId>().uuid(),
        person: None,
        values: vec![
            file.id.arg(),
            unit.arg(),
            shape.west.arg(),
            shape.north.arg(),
            shape.east.arg(),
            shape.south.arg(),
            Arg::Text(&shape.path),
        ],
    });
    let names = ["file_id", "unit_id", "west", "north", "east", "south", "shape"];
    register::insert_many(tx, stamp, &BOUNDARY, &names, rows.collect())?;
    tx.exec(sql!(SQL, "forget_areas"), args![file.id])?;
    Ok(())
}

/// Takes a file back: what was used before it counts again.
pub fn withdraw(tx: &mut Tx<'_>, stamp: &Stamp, id: BoundaryFileId) -> Result<()> {
    let values = [("withdrawn_at", Arg::Time(stamp.at))];
    register::update(tx, stamp, &BOUNDARY_FILE, id, None, &values)?;
    tx.exec(sql!(SQL, "forget_areas"), args![id])?;
    Ok(())
}

/// The shapes of the units directly below one, and the file they came last from.
pub fn list_below(tx: &mut Tx<'_>, parent: UnitId) -> Result<(HashMap<UnitId, Shape>, String)> {
    let rows: Vec<(UnitId, i32, i32, i32, i32, String, String)> =
        tx.list(sql!(SQL, "below"), args![parent])?;
    let mut source = String::new();
    let mut out = HashMap::new();
    // In the order of use: the last of a unit stays.
    for (unit, west, north, east, south, path, from) in rows {
        out.insert(unit, Shape { west, north, east, south, path });
        source = from;
    }
    Ok((out, source))
}

/// The shapes a file gave.
pub fn list_of_file(tx: &mut Tx<'_>, id: BoundaryFileId) -> Result<Vec<(UnitId, Shape)>> {
    let rows: Vec<(UnitId, i32, i32, i32, i32, String)> =
        tx.list(sql!(SQL, "of_file"), args![id])?;
    let shape =
        |(unit, west, north, east, south, path)| (unit, Shape { west, north, east, south, path });
    Ok(rows.into_iter().map(shape).collect())
}

/// The units of a scope with communes directly below them.
pub fn list_parents(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Place>> {
    tx.list(sql!(SQL, "parents"), args![scope.json(), UnitKind::Commune.code()])
}

/// How a source is kept: tidy and of one line.
pub fn source_typed(typed: &str) -> Option<String> {
    let source = text::tidy(typed);
    (!source.is_empty() && source.chars().count() <= 300).then_some(source)
}
