//! Statements: what people did and what was seen. Appended, never changed; a correction voids.

mod draft;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use thao_base::db::{Arg, FromColumn, ToArg};
use thao_base::{
    ActivityId, Error, Id, Kind, PersonId, Result, RowId, Stamp, StatementId, Tx, UnitId, args,
    row, sql,
};

use crate::evidence::{Fact, Rung};
use crate::series::{self, Series};

pub use draft::{Draft, Verb};

const SQL: &str = include_str!("statement.sql");

/// How far ahead of this node's clock an entry may claim to have happened.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);

/// How many statements were new; the others were there already, the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    pub new: usize,
    pub known: usize,
}

row! {
    /// What decides whether a statement that comes again is the same: all that is stored of it.
    #[derive(PartialEq)]
    struct Known {
        id: StatementId,
        kind: String,
        person: Option<PersonId>,
        unit: UnitId,
        activity: Option<ActivityId>,
        context: Option<RowId>,
        success: Option<bool>,
        score: Option<i32>,
        at: Timestamp,
        voids: Option<StatementId>,
    }
}

impl Known {
    fn of(draft: &Draft) -> Known {
        Known {
            id: draft.id,
            kind: draft.verb.code().to_owned(),
            person: draft.person,
            unit: draft.unit,
            activity: draft.activity,
            context: draft.context,
            success: draft.success,
            score: draft.score,
            at: draft.at,
            voids: draft.voids,
        }
    }
}

/// Appends statements: the last step of the transaction.
///
/// # Errors
/// [`Kind::Conflict`] when an id is known with another content; [`Kind::Invalid`] for a
/// statement from the future or a score outside 0…1000.
pub fn append(tx: &mut Tx<'_>, stamp: &Stamp, drafts: &[Draft]) -> Result<Appended> {
    for draft in drafts {
        check(draft, stamp.at)?;
    }
    let ids: Vec<StatementId> = drafts.iter().map(|draft| draft.id).collect();
    let found: Vec<Known> = tx.list(sql!(SQL, "known"), args![ids])?;
    let mut known: HashMap<StatementId, Known> =
        found.into_iter().map(|known| (known.id, known)).collect();
    let mut new: Vec<&Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        match known.get(&draft.id) {
            Some(known) if *known == Known::of(draft) => {}
            Some(_) => {
                return Err(Error::conflict("record.error.other_content").with("id", draft.id));
            }
            None => {
                may_void(tx, draft)?;
                known.insert(draft.id, Known::of(draft));
                new.push(draft);
            }
        }
    }
    if !new.is_empty() {
        write(tx, stamp, &new)?;
    }
    Ok(Appended { new: new.len(), known: drafts.len() - new.len() })
}

/// A voiding takes back a statement that is there, of the same person, and no voiding.
fn may_void(tx: &mut Tx<'_>, draft: &Draft) -> Result<()> {
    let Some(id) = draft.voids else { return Ok(()) };
    let voided = get(tx, id)?;
    if voided.verb() == Some(Verb::Voided) {
        return Err(Error::invalid("record.error.void_of_void"));
    }
    if voided.person != draft.person {
        return Err(Error::invalid("record.error.voids").with("id", draft.id).field("voids"));
    }
    Ok(())
}

fn check(draft: &Draft, now: Timestamp) -> Result<()> {
    if now.checked_add(AHEAD).is_ok_and(|latest| latest < draft.at) {
        return Err(Error::invalid("record.error.future").with("id", draft.id).field("at"));
    }
    if draft.score.is_some_and(|score| !(0..=1000).contains(&score)) {
        return Err(Error::invalid("record.error.score").with("id", draft.id).field("score"));
    }
    let about_nobody = matches!(draft.verb, Verb::Voided | Verb::Assessed);
    if !about_nobody && draft.person.is_none() {
        return Err(Error::invalid("record.error.nobody").with("id", draft.id).field("person"));
    }
    if draft.verb == Verb::Assessed && draft.person.is_some() {
        return Err(Error::invalid("record.error.somebody").with("id", draft.id).field("person"));
    }
    if (draft.verb == Verb::Voided) != draft.voids.is_some() {
        return Err(Error::invalid("record.error.voids").with("id", draft.id).field("voids"));
    }
    Ok(())
}

fn write(tx: &mut Tx<'_>, stamp: &Stamp, drafts: &[&Draft]) -> Result<()> {
    let taken = series::take(tx, Series::Record, drafts.len(), stamp.at)?;
    let by = stamp.person;
    let details: Vec<Option<Value>> = drafts.iter().map(|draft| detail(draft)).collect();
    let rows = drafts.iter().zip(&details).zip(taken.first..).map(|((draft, detail), seq)| {
        vec![
            Arg::Id(draft.id.uuid()),
            taken.node.arg(),
            Arg::Int(seq),
            Arg::Text(draft.verb.code()),
            draft.person.as_ref().map_or(Arg::Null, ToArg::arg),
            Arg::Id(draft.unit.uuid()),
            draft.activity.as_ref().map_or(Arg::Null, ToArg::arg),
            draft.context.as_ref().map_or(Arg::Null, ToArg::arg),
            Arg::Int(i64::from(draft.verb.rung().level())),
            draft.success.as_ref().map_or(Arg::Null, ToArg::arg),
            draft.score.as_ref().map_or(Arg::Null, ToArg::arg),
            Arg::Time(draft.at),
            Arg::Time(stamp.at),
            by.as_ref().map_or(Arg::Null, |by| Arg::Id(by.uuid())),
            draft.voids.as_ref().map_or(Arg::Null, ToArg::arg),
            detail.as_ref().map_or(Arg::Null, Arg::Json),
        ]
    });
    tx.exec_many(sql!(SQL, "add"), rows)?;
    let raws = drafts
        .iter()
        .filter_map(|draft| Some(vec![Arg::Id(draft.id.uuid()), Arg::Json(draft.raw.as_ref()?)]));
    tx.exec_many(sql!(SQL, "add_raw"), raws)?;
    Ok(())
}

fn detail(draft: &Draft) -> Option<Value> {
    let Some(raw) = &draft.raw else { return draft.detail.clone() };
    let hash = blake3::hash(raw.to_string().as_bytes()).to_hex().to_string();
    let mut detail = draft.detail.clone().unwrap_or_else(|| serde_json::json!({}));
    if let Some(fields) = detail.as_object_mut() {
        fields.insert("raw".to_owned(), Value::from(hash));
    }
    Some(detail)
}

row! {
    /// A statement as pages and exports read it.
    #[derive(Debug, Clone)]
    pub struct Statement {
        pub id: StatementId,
        pub kind: String,
        pub person: Option<PersonId>,
        pub unit: UnitId,
        pub activity: Option<ActivityId>,
        pub context: Option<RowId>,
        pub success: Option<bool>,
        pub score: Option<i32>,
        pub at: Timestamp,
        pub recorded_at: Timestamp,
        pub detail: Option<Value>,
        pub voided_by: Option<StatementId>,
    }
}

impl Statement {
    pub fn verb(&self) -> Option<Verb> {
        Verb::from_code(&self.kind)
    }
}

/// Takes a statement back. Voiding what is voided already does nothing.
///
/// # Errors
/// [`Kind::NotFound`] when there is no such statement; a voiding cannot be voided.
pub fn void(tx: &mut Tx<'_>, stamp: &Stamp, id: StatementId) -> Result<()> {
    let found = get(tx, id)?;
    if found.voided_by.is_some() {
        return Ok(());
    }
    if found.verb() == Some(Verb::Voided) {
        return Err(Error::invalid("record.error.void_of_void"));
    }
    let draft = Draft {
        id: stamp.id(),
        verb: Verb::Voided,
        person: found.person,
        unit: found.unit,
        activity: found.activity,
        context: found.context,
        success: None,
        score: None,
        at: stamp.at,
        voids: Some(id),
        detail: None,
        raw: None,
    };
    append(tx, stamp, &[draft])?;
    Ok(())
}

/// One statement.
pub fn get(tx: &mut Tx<'_>, id: StatementId) -> Result<Statement> {
    tx.find(sql!(SQL, "get"), args![id])?
        .ok_or_else(|| Error::new(Kind::NotFound, "record.error.no_statement"))
}

/// All statements of a context (a meeting, an import), voided ones included, oldest first.
pub fn list_of_context(tx: &mut Tx<'_>, context: RowId) -> Result<Vec<Statement>> {
    tx.list(sql!(SQL, "of_context"), args![context])
}

/// All statements of some persons, voided ones included, oldest first.
pub fn list_of_persons(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<Statement>> {
    tx.list(sql!(SQL, "of_persons"), args![persons])
}

/// The statements of a person about one activity, voided ones left out, oldest first.
pub fn list_of_activity(
    tx: &mut Tx<'_>,
    person: PersonId,
    activity: ActivityId,
) -> Result<Vec<Statement>> {
    tx.list(sql!(SQL, "of_activity"), args![person, activity])
}

/// The facts of some persons that count: of a rung, with an outcome, not voided.
pub fn facts(tx: &mut Tx<'_>, persons: &[PersonId]) -> Result<Vec<(PersonId, Fact)>> {
    read_facts(tx, sql!(SQL, "facts"), args![persons])
}

/// [`facts`] of all persons after one and up to another, by person.
pub fn facts_between(
    tx: &mut Tx<'_>,
    after: PersonId,
    upto: PersonId,
) -> Result<Vec<(PersonId, Fact)>> {
    read_facts(tx, sql!(SQL, "facts_between"), args![after, upto])
}

/// What was found of some units themselves (nothing in them), each with its unit; not voided.
pub fn findings_of_units(tx: &mut Tx<'_>, units: &[UnitId]) -> Result<Vec<(RowId, Fact)>> {
    read_facts(tx, sql!(SQL, "findings_of_units"), args![units])
}

/// What was found of things that stand as the context, each with its thing; not voided.
pub fn findings_of_contexts(tx: &mut Tx<'_>, contexts: &[RowId]) -> Result<Vec<(RowId, Fact)>> {
    read_facts(tx, sql!(SQL, "findings_of_contexts"), args![contexts])
}

/// What the statements of nobody in a stretch are about, those they void included: the unit, and
/// the thing in it if it is about one.
pub fn found_between(
    tx: &mut Tx<'_>,
    node: i32,
    after: i64,
    upto: i64,
) -> Result<Vec<(UnitId, Option<RowId>)>> {
    tx.list(sql!(SQL, "found_between"), args![node, after, upto])
}

fn read_facts<T: Id + FromColumn>(
    tx: &mut Tx<'_>,
    sql: &str,
    args: &[Arg<'_>],
) -> Result<Vec<(T, Fact)>> {
    let mut out = Vec::new();
    tx.each(sql, args, |row| {
        let subject: T = row.take()?;
        let id = row.take()?;
        let activity = row.take()?;
        let unit = row.take()?;
        let level: i32 = row.take()?;
        let rung = Rung::from_level(level)
            .ok_or_else(|| Error::internal(format!("statement {id} has no rung {level}")))?;
        let success: Option<bool> = row.take()?;
        let at = row.take()?;
        out.push((
            subject,
            Fact { id, activity, unit, rung, success: success.unwrap_or(true), at },
        ));
        Ok(())
    })?;
    Ok(out)
}

/// Whom the statements of a stretch of a node's series are about, those they void included.
pub fn persons_between(tx: &mut Tx<'_>, node: i32, after: i64, upto: i64) -> Result<Vec<PersonId>> {
    tx.values(sql!(SQL, "persons_between"), args![node, after, upto])
}
