//! `thao restore`: a backup into an empty database, all of it or nothing.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};
use thao_base::config::Config;
use thao_base::db::migrate;
use thao_base::{Clock, Db, Error, Kind, Lang, Result, args};

use crate::{archive, progress, terminal};

pub(super) fn command(lang: Lang) -> Command {
    Command::new("restore").about(lang.t("cli.help.restore")).arg(
        Arg::new("file")
            .value_name("FILE")
            .required(true)
            .value_parser(clap::value_parser!(PathBuf))
            .help(lang.t("cli.help.restore_file")),
    )
}

pub(super) async fn run(lang: Lang, config: &Config, matches: &ArgMatches) -> Result<()> {
    let Some(file) = matches.get_one::<PathBuf>("file").cloned() else { return Ok(()) };
    let head = archive::head(&file)?;
    std::fs::create_dir_all(&config.data)?;
    let db = Db::open(&config.database)?;
    let bar = progress::spinner(lang.t("cli.restore.reading"));
    let rows = into(&db, file, head.schema, bar.clone()).await?;
    bar.finish_and_clear();
    terminal::say(&lang.f(
        "cli.restore.done",
        &[
            ("rows", &lang.number(i64::try_from(rows).unwrap_or(i64::MAX))),
            ("at", &lang.instant(head.made_at)),
        ],
    ));
    Ok(())
}

/// Brings an empty database to the backup's schema, fills it, and brings it to the newest.
pub(crate) async fn into(
    db: &Db,
    file: PathBuf,
    schema: i32,
    bar: indicatif::ProgressBar,
) -> Result<u64> {
    let clock = Clock::system();
    migrate::up(db, Some(schema), &clock).await?;
    let rows = db
        .note(move |tx| {
            if tx.value::<i64>("SELECT COUNT(*) FROM node", args![])? != 0 {
                return Err(Error::new(Kind::Conflict, "cli.restore.not_empty"));
            }
            archive::read(tx, &file, |rows| bar.set_position(rows))
        })
        .await?;
    migrate::up(db, None, &clock).await?;
    Ok(rows)
}
