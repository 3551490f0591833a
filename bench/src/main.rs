//! `make bench`: measures `thao` against raw limits, side by side, in one run; prints a table and
//! writes `bench/results/latest.json`, a list of `{name, value, unit, bar, ok}`.
//!
//! `thao-bench [THAO]`: the path of the program, `target/release/thao` otherwise.
//! `thao-bench paper`: only the papers, which need no program.
//! `thao-bench bare BYTES`: serves a page of that size from a bare handler, for comparison.

#![expect(clippy::print_stdout, reason = "the table goes to standard output")]

mod append;
mod bare;
mod board;
mod client;
mod first_load;
mod pages;
mod paper;
mod process;
mod report;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let first = args.next();
    let done = match first.as_deref() {
        Some("bare") => bare::serve(args.next().and_then(|n| n.parse().ok()).unwrap_or(10_000)),
        Some("paper") => papers(),
        other => measure(PathBuf::from(other.unwrap_or("target/release/thao"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            eprintln!("bench: {e}");
            ExitCode::FAILURE
        }
    }
}

fn measure(thao: PathBuf) -> Result<()> {
    let mut report = report::Report::default();
    let world = world::World::prepare(thao)?;
    process::start_up(&world, &mut report)?;
    append::measure(&world, &mut report)?;
    pages::measure(&world, &mut report)?;
    first_load::measure(&world, &mut report)?;
    board::measure(&world, &mut report)?;
    paper::measure(&mut report)?;
    report.print();
    report.write("bench/results/latest.json")
}

fn papers() -> Result<()> {
    let mut report = report::Report::default();
    paper::measure(&mut report)?;
    report.print();
    Ok(())
}
