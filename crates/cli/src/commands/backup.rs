//! `thao backup`: everything into one file, from one snapshot, while the program runs.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};
use thao_base::config::Config;
use thao_base::{Clock, Db, Lang, Result};
use tokio::runtime::Handle;

use crate::{archive, progress, terminal};

pub(super) fn command(lang: Lang) -> Command {
    Command::new("backup").about(lang.t("cli.help.backup")).arg(
        Arg::new("file")
            .value_name("FILE")
            .value_parser(clap::value_parser!(PathBuf))
            .help(lang.t("cli.help.backup_file")),
    )
}

pub(super) async fn run(lang: Lang, config: &Config, matches: &ArgMatches) -> Result<()> {
    let now = Clock::system().now();
    let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_else(|| {
        let local = thao_base::locale::local(now);
        config.data.join(format!("thao-{}.backup", local.strftime("%Y%m%d-%H%M%S")))
    });
    let db = Db::open(&config.database)?;
    let bar = progress::spinner(lang.t("cli.backup.writing"));
    let (path, shown) = (file.clone(), bar.clone());
    let runtime = Handle::current();
    let rows = tokio::task::spawn_blocking(move || {
        db.read_blocking(&runtime, |tx| {
            archive::write(tx, &path, now, |_, rows| shown.set_position(rows))
        })
    })
    .await
    .map_err(thao_base::Error::internal)??;
    bar.finish_and_clear();
    let size = std::fs::metadata(&file)?.len() / 1024;
    terminal::say(&lang.f(
        "cli.backup.done",
        &[
            ("rows", &lang.number(i64::try_from(rows).unwrap_or(i64::MAX))),
            ("size", &lang.number(i64::try_from(size).unwrap_or(i64::MAX))),
            ("file", &file.display()),
        ],
    ));
    Ok(())
}
