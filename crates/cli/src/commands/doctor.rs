//! `thao doctor`: looks whether everything is as it should be, and says what to do about the rest.

use clap::Command;
use thao_base::config::Config;
use thao_base::db::migrate;
use thao_base::{Clock, Db, Lang, Result, Tx, args, sql};

use crate::terminal;

const SQL: &str = include_str!("doctor.sql");

pub(super) fn command(lang: Lang) -> Command {
    Command::new("doctor").about(lang.t("cli.help.doctor"))
}

/// What was looked at, and whether it is well.
struct Finding {
    key: &'static str,
    well: bool,
    found: String,
}

pub(super) async fn run(lang: Lang, config: &Config) -> Result<()> {
    let db = Db::open(&config.database)?;
    let newest = migrate::STEPS.last().map_or(0, |step| step.no);
    let clock = Clock::system();
    let now = clock.now();
    let findings = db
        .read(move |tx| {
            let schema = migrate::version(tx)?;
            let mut out = vec![Finding {
                key: "cli.doctor.schema",
                well: schema == newest,
                found: format!("{schema}/{newest}"),
            }];
            out.push(gaps(tx, "cli.doctor.record", "record", sql!(SQL, "record_gaps"))?);
            out.push(gaps(tx, "cli.doctor.journal", "journal", sql!(SQL, "journal_gaps"))?);
            let future = now
                .checked_add(jiff::SignedDuration::from_mins(5))
                .map_err(thao_base::Error::internal)?;
            let ahead: i64 = tx.value(sql!(SQL, "ahead"), args![future])?;
            out.push(Finding {
                key: "cli.doctor.clock",
                well: ahead == 0,
                found: ahead.to_string(),
            });
            let behind: i64 = tx.value(sql!(SQL, "readings_behind"), args![])?;
            out.push(Finding {
                key: "cli.doctor.readings",
                well: behind == 0,
                found: behind.to_string(),
            });
            Ok(out)
        })
        .await?;
    let mut well = true;
    for finding in &findings {
        let mark = if finding.well { "✓" } else { "✗" };
        let words = lang.f(finding.key, &[("found", &finding.found)]);
        terminal::say(&format!("{mark} {words}"));
        well &= finding.well;
    }
    terminal::say(lang.t(if well { "cli.doctor.well" } else { "cli.doctor.unwell" }));
    Ok(())
}

fn gaps(tx: &mut Tx<'_>, key: &'static str, series: &str, sql: &str) -> Result<Finding> {
    let missing: i64 = tx.value(sql, args![series])?;
    Ok(Finding { key, well: missing == 0, found: missing.to_string() })
}
