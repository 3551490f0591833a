//! Measures the matrix behind a unit's board on a copy of a demo database:
//! `cargo run --release -p thao-plan --example matrix -- copy/thao.db 40`.
//!
//! Adds measures and targets until there are as many as asked for, fills their readings, and prints
//! what one matrix of the whole province takes when nothing is kept, when one book changed, and
//! when all is kept. The copy is written to: never give it a database that is used.

#![expect(clippy::print_stdout, reason = "a measurement prints what it measured")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use jiff::civil::Date;
use thao_base::db::{Place, migrate};
use thao_base::locale::local_date;
use thao_base::{ActivityId, AudienceId, Clock, Db, Entropy, PlanId, Result, Stamp, Tx, args};
use thao_people::unit;
use thao_plan::board::{self, Kept};
use thao_plan::kind::Kind;
use thao_plan::measure::{self, Definition};
use thao_plan::readings;
use thao_plan::target::{self, NewTarget, Qualifier, Years};
use thao_record::Rung;

/// Each figure is the middle of so many.
const ROUNDS: usize = 21;

fn main() -> Result<()> {
    let mut asked = std::env::args().skip(1);
    let path = PathBuf::from(asked.next().unwrap_or_default());
    let targets: usize = asked.next().and_then(|n| n.parse().ok()).unwrap_or(40);
    tokio::runtime::Runtime::new()?.block_on(run(path, targets))
}

async fn run(path: PathBuf, targets: usize) -> Result<()> {
    let clock = Clock::system();
    let db = Db::open(&Place::Sqlite(path))?;
    migrate::up(&db, None, &clock).await?;
    let stamp = Stamp::program("plan.act.set_target", clock.now(), Entropy::system());
    db.write(move |tx| fill(tx, &stamp, targets)).await?;
    let started = Instant::now();
    readings::catch_up(&db).await?;
    println!("readings of the new measures: {:.1} s", started.elapsed().as_secs_f64());

    let today = local_date(clock.now());
    let look = |kept: Arc<Kept>| {
        db.read(move |tx| {
            let place = unit::root(tx)?;
            let (cpu, started) = (cpu(), Instant::now());
            let matrix = board::matrix(tx, &kept, &place, today)?;
            let took =
                Took { wall: started.elapsed().as_secs_f64() * 1000.0, cpu: self::cpu() - cpu };
            Ok((took, matrix.places.len(), matrix.columns.len()))
        })
    };
    let (mut cold, mut one, mut warm) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let kept = Arc::new(Kept::default());
        let (took, units, columns) = look(Arc::clone(&kept)).await?;
        if cold.is_empty() {
            println!("{units} units × {columns} targets");
        }
        cold.push(took);
        warm.push(look(Arc::clone(&kept)).await?.0);
        let touch = "UPDATE reading_change SET changes = changes + 1 \
                     WHERE no = (SELECT MIN(no) FROM reading_book WHERE state = 'open')";
        db.note(move |tx| tx.exec(touch, args![])).await?;
        one.push(look(kept).await?.0);
    }
    for (name, took) in [("nothing kept", cold), ("one book changed", one), ("all kept", warm)] {
        let wall = middle(took.iter().map(|took| took.wall).collect());
        let cpu = middle(took.iter().map(|took| took.cpu).collect());
        println!("matrix, {name}: {wall:.2} ms, {cpu:.2} ms of CPU");
    }
    Ok(())
}

/// Milliseconds.
struct Took {
    wall: f64,
    cpu: f64,
}

/// Milliseconds this thread has been on a processor, as Linux counts them; 0 elsewhere.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = text.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanos.unwrap_or_default() / 1e6
}

fn middle(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or_default()
}

/// Targets of courses × audiences × rungs × months of validity until there are enough.
fn fill(tx: &mut Tx<'_>, stamp: &Stamp, wanted: usize) -> Result<()> {
    let count = "SELECT COUNT(*) FROM target WHERE withdrawn_at IS NULL";
    let there: i64 = tx.value(count, args![])?;
    let missing = wanted.saturating_sub(usize::try_from(there).unwrap_or_default());
    let courses: Vec<ActivityId> = tx.values("SELECT id FROM course ORDER BY slug", args![])?;
    let audiences: Vec<AudienceId> = tx.values("SELECT id FROM audience ORDER BY code", args![])?;
    let plan: PlanId = tx.value("SELECT id FROM plan ORDER BY id LIMIT 1", args![])?;
    let root = unit::root(tx)?;
    let mut definitions = Vec::new();
    for valid_months in [None, Some(12), Some(24)] {
        for rung in [Rung::Attended, Rung::Completed, Rung::Passed] {
            for course in &courses {
                definitions.extend(audiences.iter().map(|audience| Definition {
                    activities: [*course].into(),
                    rung,
                    valid_months,
                    ..Definition::people(Kind::SharePeople, *audience)
                }));
            }
        }
    }
    for (n, definition) in definitions.iter().take(missing).enumerate() {
        let title = format!("{definition:?}");
        let measure = measure::ensure(tx, stamp, [&title, &title], definition)?;
        let new = NewTarget {
            plan,
            measure,
            unit: root.unit,
            code: Some(format!("Z-{n:02}")),
            title_vi: title.clone(),
            title_en: title,
            qualifier: Qualifier::AtLeast,
            goal: 800,
            baseline: 0,
            starts: Date::constant(2025, 11, 1),
            due: Date::constant(2030, 12, 31),
            years: Years::new(),
        };
        target::add(tx, stamp, &new)?;
    }
    Ok(())
}
