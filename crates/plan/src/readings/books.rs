//! Books: one holds a measure's readings under a short number. A measure whose rule changes gets
//! another, filled subject after subject beside the one pages read, then opened in its place.

use std::collections::HashMap;

use thao_base::{Id, MeasureId, Result, RowId, Tx, args, row, sql};

use super::{SQL, refold, subjects};
use crate::kind::Family;
use crate::measure::{self, Measure};

/// Subjects whose rows of a closed book go away in one transaction.
const CLEARED: i64 = 2_000;

row! {
    #[derive(Debug, Clone)]
    struct Book {
        no: i32,
        measure: MeasureId,
        /// The digest of the measure; empty when it is not kept any more.
        rule: String,
        state: String,
        filled_to: Option<RowId>,
    }
}

impl Book {
    fn is(&self, state: &str) -> bool {
        self.state == state
    }
}

/// A book that is kept, and by which rule.
pub(super) struct Kept {
    pub(super) no: i32,
    pub(super) measure: Measure,
    pub(super) family: Family,
    pub(super) reach: Reach,
}

/// Who is in a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    All,
    /// Being filled: subjects up to this one.
    UpTo(Option<RowId>),
}

impl Kept {
    /// Whether nobody is in it yet.
    pub(super) fn is_blank(&self) -> bool {
        self.reach == Reach::UpTo(None)
    }

    pub(super) fn holds(&self, subject: RowId) -> bool {
        match self.reach {
            Reach::All => true,
            Reach::UpTo(last) => last.is_some_and(|last| subject <= last),
        }
    }
}

/// Brings the books in line with the measures: those nobody asks for are closed, those whose rule
/// is no more are left as they are until a new one takes their place. The books to keep.
pub(super) fn settle(tx: &mut Tx<'_>, measures: Vec<Measure>, moved: bool) -> Result<Vec<Kept>> {
    let books: Vec<Book> = tx.list(sql!(SQL, "books"), args![])?;
    for book in books.iter().filter(|book| !book.is("closed")) {
        if !measures.iter().any(|measure| measure.id == book.measure) {
            set_state(tx, book.no, "closed")?;
        }
    }
    let mut next = books.iter().map(|book| book.no).max().unwrap_or(0) + 1;
    let mut kept = Vec::new();
    for measure in measures {
        // A number somebody else answers for follows from nothing here.
        let Some(family) = measure.rule.family() else { continue };
        let rule = measure.digest();
        let mut found = None;
        for book in books.iter().filter(|book| book.measure == measure.id) {
            let fresh = !moved && book.rule == rule;
            match (book.state.as_str(), fresh) {
                ("open", true) => found = Some((book.no, Reach::All)),
                ("open", false) if book.rule.is_empty() => {}
                ("open", false) => set_rule(tx, book.no, "")?,
                ("filling", true) => {
                    kept.push(Kept {
                        no: book.no,
                        measure: measure.clone(),
                        family,
                        reach: Reach::UpTo(book.filled_to),
                    });
                    continue;
                }
                ("filling", false) => set_state(tx, book.no, "closed")?,
                _ => {}
            }
        }
        let filling = kept.iter().any(|kept| kept.measure.id == measure.id);
        match found {
            Some((no, reach)) => kept.push(Kept { no, measure, family, reach }),
            None if filling => {}
            None => {
                tx.exec(sql!(SQL, "add_book"), args![next, measure.id, rule])?;
                let reach = Reach::UpTo(None);
                kept.push(Kept { no: next, measure, family, reach });
                next += 1;
            }
        }
    }
    Ok(kept)
}

/// For a rebuild: no book is kept any more, every measure gets a new one at the next step.
pub(super) fn renew(tx: &mut Tx<'_>) -> Result<()> {
    tx.exec(sql!(SQL, "close_filling"), args![])?;
    tx.exec(sql!(SQL, "stale"), args![])?;
    Ok(())
}

/// Folds the next `most` subjects of each family into the books that are furthest behind.
pub(super) fn fill(tx: &mut Tx<'_>, kept: &[Kept], most: i64) -> Result<()> {
    for family in Family::ALL {
        let own: Vec<&Kept> = kept.iter().filter(|book| book.family == family).collect();
        fill_family(tx, family, &own, most)?;
    }
    Ok(())
}

fn fill_family(tx: &mut Tx<'_>, family: Family, kept: &[&Kept], most: i64) -> Result<()> {
    let ends = |kept: &Kept| match kept.reach {
        Reach::All => None,
        Reach::UpTo(last) => Some(last.unwrap_or(RowId::from_uuid(uuid::Uuid::nil()))),
    };
    let Some(after) = kept.iter().filter_map(|book| ends(book)).min() else { return Ok(()) };
    let books: Vec<&Kept> = kept.iter().copied().filter(|kept| ends(kept) == Some(after)).collect();
    let chunk = subjects::next(tx, family, after, most)?;
    let things = refold::need_things(&books);
    let subjects = subjects::between(tx, family, after, &chunk, things)?;
    refold::enter(tx, &books, &subjects)?;
    let count = i64::try_from(chunk.len()).unwrap_or(i64::MAX);
    for book in books {
        match chunk.last() {
            Some(last) => tx.exec(sql!(SQL, "filled"), args![book.no, last, count])?,
            None => 0,
        };
        if count < most {
            tx.exec(sql!(SQL, "clear_zeros"), args![book.no])?;
            tx.exec(sql!(SQL, "close_others"), args![book.measure.id, book.no])?;
            set_state(tx, book.no, "open")?;
        }
    }
    Ok(())
}

/// Takes away some of what stands in closed books.
pub(super) fn clear(tx: &mut Tx<'_>) -> Result<()> {
    let Some((no,)) = tx.find::<(i32,)>(sql!(SQL, "closed"), args![])? else { return Ok(()) };
    let end = tx.find::<(RowId,)>(sql!(SQL, "nth_subject"), args![no, CLEARED])?;
    if let Some((end,)) = end {
        tx.exec(sql!(SQL, "clear_some"), args![no, end])?;
        return Ok(());
    }
    tx.exec(sql!(SQL, "clear_intervals"), args![no])?;
    tx.exec(sql!(SQL, "clear_sums"), args![no])?;
    tx.exec(sql!(SQL, "drop_book"), args![no])?;
    Ok(())
}

/// Whether a book is being filled or going away.
pub(super) fn unfinished(tx: &mut Tx<'_>) -> Result<bool> {
    tx.value(sql!(SQL, "unfinished"), args![])
}

/// How many subjects are in the book that is furthest behind, when one is being filled.
pub(super) fn least_filled(tx: &mut Tx<'_>) -> Result<Option<i64>> {
    Ok(tx.find::<(i64,)>(sql!(SQL, "least_filled"), args![])?.map(|(filled,)| filled))
}

/// How far a new book of a measure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filling {
    pub filled: i64,
    /// People, or whatever the measure counts.
    pub people: i64,
}

/// How far a measure's new book is, when one is being filled: its figures are of an older rule
/// or tree, or none at all, until it is done.
pub fn filling(tx: &mut Tx<'_>, measure: MeasureId) -> Result<Option<Filling>> {
    let Some((filled,)) = tx.find::<(i64,)>(sql!(SQL, "filling"), args![measure])? else {
        return Ok(None);
    };
    let family = measure::get(tx, measure)?.rule.family().unwrap_or(Family::People);
    Ok(Some(Filling { filled, people: subjects::count(tx, family)? }))
}

/// The number of the book that holds a measure's readings; none until the first is whole.
pub fn open(tx: &mut Tx<'_>, measure: MeasureId) -> Result<Option<i32>> {
    Ok(tx.find::<(i32,)>(sql!(SQL, "open_book"), args![measure])?.map(|(no,)| no))
}

/// The books pages read, `measure → (number, how often its sums changed)`: what was read of a book
/// still holds while both are the same.
pub fn list_open(tx: &mut Tx<'_>) -> Result<HashMap<MeasureId, (i32, i64)>> {
    let books: Vec<(MeasureId, i32, i64)> = tx.list(sql!(SQL, "open_changes"), args![])?;
    Ok(books.into_iter().map(|(measure, no, changes)| (measure, (no, changes))).collect())
}

fn set_state(tx: &mut Tx<'_>, no: i32, state: &str) -> Result<()> {
    tx.exec(sql!(SQL, "set_state"), args![no, state])?;
    Ok(())
}

fn set_rule(tx: &mut Tx<'_>, no: i32, rule: &str) -> Result<()> {
    tx.exec(sql!(SQL, "set_rule"), args![no, rule])?;
    Ok(())
}
