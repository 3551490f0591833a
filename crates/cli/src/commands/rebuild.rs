//! `thao rebuild`: every reading from scratch, out of the register and the record.

use clap::Command;
use thao_base::config::Config;
use thao_base::{Clock, Entropy, Lang, Result};

use crate::{open, progress, terminal};

pub(super) fn command(lang: Lang) -> Command {
    Command::new("rebuild").about(lang.t("cli.help.rebuild"))
}

pub(super) async fn run(lang: Lang, config: &Config) -> Result<()> {
    open::logs(config);
    let clock = Clock::system();
    let db = open::database(config, &clock, &Entropy::system()).await?;
    let bar = progress::bar(lang.t("cli.rebuild.working"), 0);
    let shown = bar.clone();
    let started = std::time::Instant::now();
    let built = thao_plan::readings::rebuild(&db, &clock, move |done, total| {
        shown.set_length(total);
        shown.set_position(done);
    })
    .await?;
    bar.finish_and_clear();
    let seconds = started.elapsed().as_secs_f64();
    terminal::say(&lang.f(
        "cli.rebuild.done",
        &[
            ("people", &lang.number(i64::try_from(built.subjects).unwrap_or(i64::MAX))),
            ("seconds", &lang.decimal(seconds, 1)),
            ("rate", &lang.number((built.subjects as f64 / seconds.max(0.001)) as i64)),
            ("hash", &built.hash),
        ],
    ));
    Ok(())
}
