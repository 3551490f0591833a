//! Sums of a view: a book's intervals with another tree. They are made when somebody looks at the
//! view, person after person like a book, follow every fact from then on, are made anew when the
//! tree of the view changes, and go away when nobody looks any more.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Span;
use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Id, MeasureId, PersonId, Result, Tx, UnitId, args, row, sql};
use thao_people::unit;
use thao_record::cursor;
use thao_record::series::Series;

use super::SQL;
use super::books::{Filling, Kept, Reach};
use super::refold::counts_base;
use super::sums::Sums;
use crate::fold::{Interval, Way, deltas_by, ways};
use crate::view::TreeView;

/// The cursor on the journal's entries about units and their changes.
const READING: &str = "plan.views";
/// Days after which a view nobody looked at is forgotten.
const KEPT_DAYS: i32 = 7;
/// Intervals of a person, about: how many rows are taken for so many people.
const ROWS_EACH: i64 = 2;

row! {
    #[derive(Debug, Clone)]
    struct Line {
        no: i32,
        measure: MeasureId,
        view: String,
        source: i32,
        fresh: bool,
        state: String,
        filled_to: Option<PersonId>,
    }
}

impl Line {
    fn is(&self, state: &str) -> bool {
        self.state == state
    }

    fn holds(&self, subject: PersonId) -> bool {
        self.is("open") || self.filled_to.is_some_and(|last| subject <= last)
    }
}

/// Says that somebody looks at a view of a measure; whether it was not known to be wanted today.
pub fn want(tx: &mut Tx<'_>, measure: MeasureId, view: TreeView, today: Date) -> Result<()> {
    tx.exec(sql!(SQL, "want_view"), args![measure, view.code(), today])?;
    Ok(())
}

/// Whether it was said today already that a view is looked at.
pub fn is_wanted(tx: &mut Tx<'_>, measure: MeasureId, view: TreeView, today: Date) -> Result<bool> {
    tx.value(sql!(SQL, "is_wanted"), args![measure, view.code(), today])
}

/// Forgets what was not looked at for some days; what stands of it goes away with the next steps.
pub fn forget(tx: &mut Tx<'_>, today: Date) -> Result<()> {
    let before = today.saturating_sub(Span::new().days(KEPT_DAYS));
    tx.exec(sql!(SQL, "forget_views"), args![before])?;
    Ok(())
}

/// The number under which a view's sums stand; none until they are whole.
pub fn open_view(tx: &mut Tx<'_>, measure: MeasureId, view: TreeView) -> Result<Option<i32>> {
    if view == TreeView::Now {
        return super::open(tx, measure);
    }
    let found = tx.find::<(i32,)>(sql!(SQL, "open_view"), args![measure, view.code()])?;
    Ok(found.map(|(no,)| no))
}

/// How far a view's sums are, when they are being made.
pub fn filling_view(
    tx: &mut Tx<'_>,
    measure: MeasureId,
    view: TreeView,
) -> Result<Option<Filling>> {
    tx.find(sql!(SQL, "filling_view"), args![measure, view.code()])
}

/// Whether a view is to be made, being made, or going away.
pub(super) fn unfinished(tx: &mut Tx<'_>) -> Result<bool> {
    tx.value(sql!(SQL, "views_unfinished"), args![])
}

fn lines(tx: &mut Tx<'_>) -> Result<Vec<Line>> {
    tx.list(sql!(SQL, "views"), args![])
}

/// Brings the views in line with what is wanted and with the trees as they are.
pub(super) fn settle(tx: &mut Tx<'_>, kept: &[Kept]) -> Result<()> {
    let wanted: Vec<(MeasureId, String)> = tx.list(sql!(SQL, "wanted_views"), args![])?;
    let mut lines = lines(tx)?;
    if wanted.is_empty() && lines.is_empty() {
        return Ok(());
    }
    let views: BTreeSet<&str> = wanted.iter().map(|(_, view)| view.as_str()).collect();
    let turned = trees(tx, &views)?;
    for line in lines.iter_mut().filter(|line| !line.is("closed")) {
        let is_wanted = wanted.iter().any(|(m, v)| *m == line.measure && *v == line.view);
        let source = kept.iter().find(|book| book.no == line.source && book.reach == Reach::All);
        let fresh = line.fresh && source.is_some() && !turned.contains(&line.view);
        if !is_wanted || (!fresh && line.is("filling")) {
            close(tx, line)?;
        } else if !fresh && line.fresh {
            line.fresh = false;
            tx.exec(sql!(SQL, "view_stale"), args![line.no])?;
        }
    }
    let mut next = lines.iter().map(|line| line.no).min().unwrap_or(0).min(0) - 1;
    for (measure, view) in &wanted {
        let book = kept.iter().find(|b| b.measure.id == *measure && b.reach == Reach::All);
        let Some(book) = book else { continue };
        let mut own = lines.iter().filter(|l| l.measure == *measure && l.view == *view);
        if !own.any(|line| line.fresh && !line.is("closed")) {
            tx.exec(sql!(SQL, "add_view"), args![next, measure, view, book.no])?;
            next -= 1;
        }
    }
    Ok(())
}

fn close(tx: &mut Tx<'_>, line: &mut Line) -> Result<()> {
    line.state = "closed".to_owned();
    tx.exec(sql!(SQL, "set_view_state"), args![line.no, Arg::Text("closed")])?;
    Ok(())
}

/// Takes in changes of units; the views whose tree is another than it was.
fn trees(tx: &mut Tx<'_>, views: &BTreeSet<&str>) -> Result<BTreeSet<String>> {
    let mut touched = false;
    for (node, tail) in cursor::tails(tx, Series::Journal)? {
        let after = cursor::at(tx, READING, node, Series::Journal)?;
        if after < tail {
            touched |= tx.value::<bool>(sql!(SQL, "units_touched"), args![node, after, tail])?;
            cursor::set(tx, READING, node, Series::Journal, tail)?;
        }
    }
    let there: BTreeSet<String> =
        tx.values::<String>(sql!(SQL, "views_with_ways"), args![])?.into_iter().collect();
    for view in there.iter().filter(|view| !views.contains(view.as_str())) {
        tx.exec(sql!(SQL, "drop_ways"), args![view])?;
    }
    let asked = views.iter().filter(|view| touched || !there.contains(**view));
    let asked: Vec<&str> = asked.copied().collect();
    if asked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let forest = unit::forest(tx)?;
    let mut out = BTreeSet::new();
    for code in asked {
        let Some(view) = TreeView::from_code(code) else { continue };
        let new = ways(&forest, view);
        if new != stored_ways(tx, code, None)? {
            keep_ways(tx, code, &new)?;
            out.insert(code.to_owned());
        }
    }
    Ok(out)
}

type Ways = BTreeMap<UnitId, Vec<Way>>;

row! {
    struct WayLine { unit: UnitId, from: i32, to: i32, up: UnitId, stands: bool, rank: i32 }
}

/// The ways of a view, of some units or of all.
fn stored_ways(tx: &mut Tx<'_>, view: &str, units: Option<&[UnitId]>) -> Result<Ways> {
    let rows: Vec<WayLine> = match units {
        Some(units) => tx.list(sql!(SQL, "ways_of"), args![Arg::Text(view), units])?,
        None => tx.list(sql!(SQL, "ways"), args![Arg::Text(view)])?,
    };
    let mut out = Ways::new();
    for WayLine { unit, from, to, up, stands, rank } in rows {
        let ways = out.entry(unit).or_default();
        if rank == 0 {
            ways.push(Way { from, to, up: Vec::new(), stands });
        }
        if let Some(way) = ways.last_mut() {
            way.up.push(up);
        }
    }
    Ok(out)
}

fn keep_ways(tx: &mut Tx<'_>, view: &str, all: &Ways) -> Result<()> {
    tx.exec(sql!(SQL, "drop_ways"), args![Arg::Text(view)])?;
    let rows = all.iter().flat_map(|(unit, ways)| {
        ways.iter().flat_map(move |way| {
            (0..).zip(&way.up).map(move |(rank, up)| {
                vec![
                    Arg::Text(view),
                    unit.arg(),
                    way.from.arg(),
                    Arg::Int(rank),
                    way.to.arg(),
                    up.arg(),
                    way.stands.arg(),
                ]
            })
        })
    });
    tx.exec_many(sql!(SQL, "add_way"), rows)?;
    Ok(())
}

/// One person's intervals in one book that change: what the views of the book take in too.
pub(super) struct Turn<'a> {
    pub(super) no: i32,
    pub(super) counts_base: bool,
    pub(super) subject: PersonId,
    pub(super) old: &'a [Interval],
    pub(super) new: &'a [Interval],
}

/// Adds to `sums` what people's changes mean in the views of their books.
pub(super) fn follow(tx: &mut Tx<'_>, turns: &[Turn<'_>], sums: &mut Sums) -> Result<()> {
    let live: Vec<Line> = lines(tx)?.into_iter().filter(|line| !line.is("closed")).collect();
    let nos: BTreeSet<i32> = turns.iter().map(|turn| turn.no).collect();
    let live: Vec<&Line> = live.iter().filter(|line| nos.contains(&line.source)).collect();
    if live.is_empty() {
        return Ok(());
    }
    let both = turns.iter().flat_map(|turn| turn.old.iter().chain(turn.new));
    let units: BTreeSet<UnitId> = both.map(|interval| interval.unit).collect();
    let units: Vec<UnitId> = units.into_iter().collect();
    let mut trees: HashMap<&str, Ways> = HashMap::new();
    for line in live {
        if !trees.contains_key(line.view.as_str()) {
            trees.insert(&line.view, stored_ways(tx, &line.view, Some(&units))?);
        }
        let Some(tree) = trees.get(line.view.as_str()) else { continue };
        let own = turns.iter().filter(|turn| turn.no == line.source && line.holds(turn.subject));
        for turn in own {
            let deltas = deltas_by(turn.old, turn.new, |unit| {
                tree.get(&unit).map_or(&[][..], Vec::as_slice)
            });
            sums.take(line.no, turn.counts_base, &deltas);
        }
    }
    Ok(())
}

row! {
    struct Held { no: i32, subject: PersonId, unit: UnitId, from: i32, to: i32, met: bool }
}

/// Takes the next people into views that are being made.
pub(super) fn fill(tx: &mut Tx<'_>, kept: &[Kept], most: i64) -> Result<()> {
    let filling: Vec<Line> = lines(tx)?.into_iter().filter(|line| line.is("filling")).collect();
    for line in filling {
        let Some(book) = kept.iter().find(|book| book.no == line.source) else { continue };
        let after = line.filled_to.unwrap_or(PersonId::from_uuid(uuid::Uuid::nil()));
        let skipped = most * ROWS_EACH;
        let end = tx
            .find::<(PersonId,)>(sql!(SQL, "nth_after"), args![line.source, after, skipped])?
            .map(|(end,)| end);
        let rows: Vec<Held> = match end {
            Some(end) => tx.list(sql!(SQL, "held_between"), args![line.source, after, end])?,
            None => tx.list(sql!(SQL, "held_after"), args![line.source, after])?,
        };
        let units: BTreeSet<UnitId> = rows.iter().map(|row| row.unit).collect();
        let units: Vec<UnitId> = units.into_iter().collect();
        let tree = stored_ways(tx, &line.view, Some(&units))?;
        let mut people: BTreeMap<PersonId, Vec<Interval>> = BTreeMap::new();
        for Held { subject, unit, from, to, met, .. } in rows {
            people.entry(subject).or_default().push(Interval { unit, from, to, met });
        }
        let mut sums = Sums::default();
        for intervals in people.values() {
            let way = |unit| tree.get(&unit).map_or(&[][..], Vec::as_slice);
            sums.take(line.no, counts_base(book), &deltas_by(&[], intervals, way));
        }
        sums.add(tx)?;
        let count = i64::try_from(people.len()).unwrap_or(i64::MAX);
        if let Some(last) = people.keys().last() {
            tx.exec(sql!(SQL, "view_filled"), args![line.no, last, count])?;
        }
        if end.is_none() {
            tx.exec(sql!(SQL, "clear_zeros"), args![line.no])?;
            tx.exec(
                sql!(SQL, "close_other_views"),
                args![line.measure, Arg::Text(&line.view), line.no],
            )?;
            tx.exec(sql!(SQL, "set_view_state"), args![line.no, Arg::Text("open")])?;
        }
    }
    Ok(())
}

/// Takes away what stands in a view nobody looks at any more.
pub(super) fn clear(tx: &mut Tx<'_>) -> Result<()> {
    for line in lines(tx)?.into_iter().filter(|line| line.is("closed")) {
        tx.exec(sql!(SQL, "clear_sums"), args![line.no])?;
        tx.exec(sql!(SQL, "drop_view"), args![line.no])?;
    }
    Ok(())
}
