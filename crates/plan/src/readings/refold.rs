//! Folding subjects again: what stands in the books is compared with what should, and the
//! difference written to intervals and sums.

use std::collections::{BTreeSet, HashMap};

use thao_base::db::{Arg, ToArg};
use thao_base::{Result, RowId, Tx, UnitId, args, row, sql};

use super::books::Kept;
use super::subjects::{self, Subject, Touched};
use super::sums::Sums;
use super::{SQL, tree};
use crate::fold::{Interval, deltas};
use crate::kind::Family;
use crate::measure::Denominator;

row! {
    struct Stored {
        no: i32,
        subject: RowId,
        unit: UnitId,
        from: i32,
        to: i32,
        met: bool,
        n: i32,
    }
}

/// One subject's intervals in one book, as they stood and as they are.
struct Change<'a> {
    book: &'a Kept,
    subject: RowId,
    old: Vec<Interval>,
    new: Vec<Interval>,
}

/// Folds whatever was touched again in every book that holds it.
pub(super) fn refold(tx: &mut Tx<'_>, kept: &[Kept], touched: &Touched) -> Result<()> {
    let mut changes = Vec::new();
    for family in Family::ALL {
        let books: Vec<&Kept> = kept.iter().filter(|book| book.family == family).collect();
        let ids = touched.of(family);
        if !books.is_empty() && !ids.is_empty() {
            refold_family(tx, family, &books, &ids, &mut changes)?;
        }
    }
    write(tx, &changes)?.apply(tx)
}

fn refold_family<'a>(
    tx: &mut Tx<'_>,
    family: Family,
    books: &[&'a Kept],
    ids: &[RowId],
    changes: &mut Vec<Change<'a>>,
) -> Result<()> {
    let (subjects, gone) = subjects::of(tx, family, ids, need_things(books))?;
    let all: Vec<RowId> = subjects.iter().map(Subject::id).chain(gone.iter().copied()).collect();
    let mut stored = stored(tx, books, &all)?;
    for book in books {
        let rule = &book.measure.rule;
        let folded = subjects.iter().map(|subject| (subject.id(), subject.fold(rule)));
        let gone = gone.iter().map(|id| (*id, Vec::new()));
        for (subject, new) in folded.chain(gone) {
            let old = stored.remove(&(book.no, subject)).unwrap_or_default();
            // Whoever a book does not hold yet is entered when it comes to them.
            if old != new && book.holds(subject) {
                changes.push(Change { book, subject, old, new });
            }
        }
    }
    Ok(())
}

/// Enters subjects into books that do not hold them yet.
pub(super) fn enter(tx: &mut Tx<'_>, books: &[&Kept], subjects: &[Subject]) -> Result<()> {
    let mut changes = Vec::new();
    for book in books {
        for subject in subjects {
            let new = subject.fold(&book.measure.rule);
            if !new.is_empty() {
                changes.push(Change { book, subject: subject.id(), old: Vec::new(), new });
            }
        }
    }
    write(tx, &changes)?.add(tx)
}

/// Whether a unit's things are to be loaded with it.
pub(super) fn need_things(books: &[&Kept]) -> bool {
    books.iter().any(|book| book.measure.rule.needs_things())
}

/// Official denominators need no sums of people, counts have no denominator.
fn counts_base(book: &Kept) -> bool {
    book.measure.denominator == Denominator::Computed
}

fn stored(
    tx: &mut Tx<'_>,
    books: &[&Kept],
    subjects: &[RowId],
) -> Result<HashMap<(i32, RowId), Vec<Interval>>> {
    let nos: Vec<i64> = books.iter().map(|book| book.no.into()).collect();
    let mut out: HashMap<(i32, RowId), Vec<Interval>> = HashMap::new();
    for row in tx.list::<Stored>(sql!(SQL, "stored"), args![Arg::Ints(&nos), subjects])? {
        let Stored { no, subject, unit, from, to, met, n } = row;
        out.entry((no, subject)).or_default().push(Interval { unit, from, to, met, n });
    }
    Ok(out)
}

/// Writes the intervals that changed; the sums that follow are still to be written.
fn write(tx: &mut Tx<'_>, changes: &[Change<'_>]) -> Result<Sums> {
    let both = changes.iter().flat_map(|change| change.old.iter().chain(&change.new));
    let units: BTreeSet<UnitId> = both.map(|interval| interval.unit).collect();
    let above = tree::above(tx, &units)?;
    let path = |unit: UnitId| above.get(&unit).map_or(&[][..], Vec::as_slice);
    let mut sums = Sums::default();
    for Change { book, old, new, .. } in changes {
        let deltas = deltas(old, new, book.measure.kind.counts_each(), path);
        sums.take(book.no, counts_base(book), &deltas);
    }
    let gone = changes.iter().filter(|change| !change.old.is_empty());
    tx.exec_many(sql!(SQL, "forget"), gone.map(|c| vec![c.book.no.arg(), c.subject.arg()]))?;
    let rows = changes.iter().flat_map(|change| {
        change.new.iter().map(|interval| {
            vec![
                change.book.no.arg(),
                change.subject.arg(),
                interval.unit.arg(),
                interval.from.arg(),
                interval.to.arg(),
                interval.met.arg(),
                interval.n.arg(),
            ]
        })
    });
    tx.exec_many(sql!(SQL, "remember"), rows)?;
    let moved: BTreeSet<i32> = changes.iter().map(|change| change.book.no).collect();
    tx.exec_many(sql!(SQL, "moved"), moved.iter().map(|no| vec![no.arg()]))?;
    Ok(sums)
}
