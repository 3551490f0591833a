//! Folding people again: what stands in the books is compared with what should, and the
//! difference written to intervals and sums.

use std::collections::{BTreeSet, HashMap};

use thao_base::db::{Arg, ToArg};
use thao_base::{Id, PersonId, Result, Tx, UnitId, args, row, sql};

use super::books::Kept;
use super::load::{self, Subject};
use super::sums::Sums;
use super::views::Turn;
use super::{SQL, tree, views};
use crate::fold::{Interval, deltas, fold};
use crate::measure::Denominator;

row! {
    struct Stored {
        no: i32,
        subject: PersonId,
        unit: UnitId,
        from: i32,
        to: i32,
        met: bool,
    }
}

/// One person's intervals in one book, as they stood and as they are.
struct Change {
    no: i32,
    counts_base: bool,
    subject: PersonId,
    old: Vec<Interval>,
    new: Vec<Interval>,
}

/// Folds the clusters of `touched` persons again in every book that holds them.
pub(super) fn refold(tx: &mut Tx<'_>, kept: &[Kept], touched: &[PersonId]) -> Result<()> {
    if kept.is_empty() || touched.is_empty() {
        return Ok(());
    }
    let (standing, others) = load::clusters(tx, touched)?;
    let subjects = load::of(tx, &standing)?;
    let mut stored = stored(tx, kept, standing.iter().chain(&others))?;
    let mut changes = Vec::new();
    for book in kept {
        let folded = subjects.iter().map(|subject| (subject.id, fold_in(book, subject)));
        let gone = others.iter().map(|id| (*id, Vec::new()));
        for (subject, new) in folded.chain(gone) {
            let old = stored.remove(&(book.no, subject)).unwrap_or_default();
            // Whoever a book does not hold yet is entered when it comes to them.
            if old != new && book.holds(subject) {
                let counts_base = counts_base(book);
                changes.push(Change { no: book.no, counts_base, subject, old, new });
            }
        }
    }
    write(tx, &changes)?.apply(tx)
}

/// Enters people into books that do not hold them yet.
pub(super) fn enter(tx: &mut Tx<'_>, books: &[&Kept], subjects: &[Subject]) -> Result<()> {
    let mut changes = Vec::new();
    for book in books {
        for subject in subjects {
            let new = fold_in(book, subject);
            if !new.is_empty() {
                let (no, counts_base) = (book.no, counts_base(book));
                let old = Vec::new();
                changes.push(Change { no, counts_base, subject: subject.id, old, new });
            }
        }
    }
    write(tx, &changes)?.add(tx)
}

fn fold_in(book: &Kept, subject: &Subject) -> Vec<Interval> {
    fold(&book.measure.rule, subject.birth, &subject.affiliations, &subject.facts)
}

/// Official denominators need no sums of people.
pub(super) fn counts_base(book: &Kept) -> bool {
    book.measure.denominator == Denominator::Computed
}

pub(super) fn stored<'a>(
    tx: &mut Tx<'_>,
    kept: &[Kept],
    subjects: impl Iterator<Item = &'a PersonId>,
) -> Result<HashMap<(i32, PersonId), Vec<Interval>>> {
    let nos: Vec<i64> = kept.iter().map(|book| book.no.into()).collect();
    let subjects: Vec<PersonId> = subjects.copied().collect();
    let mut out: HashMap<(i32, PersonId), Vec<Interval>> = HashMap::new();
    for row in tx.list::<Stored>(sql!(SQL, "stored"), args![Arg::Ints(&nos), subjects])? {
        let Stored { no, subject, unit, from, to, met } = row;
        out.entry((no, subject)).or_default().push(Interval { unit, from, to, met });
    }
    Ok(out)
}

/// Writes the intervals that changed; the sums that follow are still to be written.
fn write(tx: &mut Tx<'_>, changes: &[Change]) -> Result<Sums> {
    let both = changes.iter().flat_map(|change| change.old.iter().chain(&change.new));
    let units: BTreeSet<UnitId> = both.map(|interval| interval.unit).collect();
    let above = tree::above(tx, &units)?;
    let path = |unit: UnitId| above.get(&unit).map_or(&[][..], Vec::as_slice);
    let mut sums = Sums::default();
    for change in changes {
        let deltas = deltas(&change.old, &change.new, path);
        sums.take(change.no, change.counts_base, &deltas);
    }
    let turns = changes.iter().map(|change| Turn {
        no: change.no,
        counts_base: change.counts_base,
        subject: change.subject,
        old: &change.old,
        new: &change.new,
    });
    views::follow(tx, &turns.collect::<Vec<_>>(), &mut sums)?;
    several(tx, changes)?;
    let gone = changes.iter().filter(|change| !change.old.is_empty());
    tx.exec_many(sql!(SQL, "forget"), gone.map(|c| vec![c.no.arg(), c.subject.arg()]))?;
    let rows = changes.iter().flat_map(|change| {
        change.new.iter().map(|interval| {
            vec![
                change.no.arg(),
                change.subject.arg(),
                interval.unit.arg(),
                interval.from.arg(),
                interval.to.arg(),
                interval.met.arg(),
            ]
        })
    });
    tx.exec_many(sql!(SQL, "remember"), rows)?;
    Ok(sums)
}

/// Keeps note of people who are in several units: a unit above them counts them once.
fn several(tx: &mut Tx<'_>, changes: &[Change]) -> Result<()> {
    let units = |intervals: &[Interval]| -> BTreeSet<UnitId> {
        let units: BTreeSet<UnitId> = intervals.iter().map(|interval| interval.unit).collect();
        if units.len() < 2 { BTreeSet::new() } else { units }
    };
    let (mut gone, mut new) = (Vec::new(), Vec::new());
    for change in changes {
        let (old_units, new_units) = (units(&change.old), units(&change.new));
        let key = |unit: &UnitId| (change.no, *unit, change.subject);
        gone.extend(old_units.difference(&new_units).map(key));
        new.extend(new_units.difference(&old_units).map(key));
    }
    let args = |(no, unit, subject): &(i32, UnitId, PersonId)| {
        [Arg::Int((*no).into()), Arg::Id(unit.uuid()), Arg::Id(subject.uuid())].to_vec()
    };
    tx.exec_many(sql!(SQL, "several_gone"), gone.iter().map(args))?;
    tx.exec_many(sql!(SQL, "several_new"), new.iter().map(args))?;
    Ok(())
}
