//! The commands, each in a file of its own, and what they have in common.

mod backup;
mod demo;
mod doctor;
mod import;
mod rebuild;
pub(crate) mod restore;
mod serve;
mod user;

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command};
use thao_base::config::Config;
use thao_base::{Lang, Result};

/// The whole command line, with help in the person's language.
pub(crate) fn command(lang: Lang) -> Command {
    Command::new("thao")
        .version(env!("CARGO_PKG_VERSION"))
        .about(lang.t("cli.help.about"))
        .after_help(lang.t("cli.help.first_steps"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(
            Arg::new("data")
                .long("data")
                .value_name("DIR")
                .global(true)
                .value_parser(clap::value_parser!(PathBuf))
                .help(lang.t("cli.help.data")),
        )
        .arg(
            Arg::new("config")
                .long("config")
                .value_name("FILE")
                .global(true)
                .value_parser(clap::value_parser!(PathBuf))
                .help(lang.t("cli.help.config")),
        )
        .subcommand(serve::command(lang))
        .subcommand(demo::command(lang))
        .subcommand(import::command(lang))
        .subcommand(rebuild::command(lang))
        .subcommand(backup::command(lang))
        .subcommand(restore::command(lang))
        .subcommand(user::command(lang))
        .subcommand(doctor::command(lang))
}

/// Carries out what was asked.
pub(crate) async fn run(lang: Lang, matches: &ArgMatches) -> Result<()> {
    let Some((name, own)) = matches.subcommand() else { return Ok(()) };
    let config = config(own)?;
    match name {
        "serve" => serve::run(lang, &config).await,
        "demo" => demo::run(lang, &config, own).await,
        "import" => import::run(lang, &config, own).await,
        "rebuild" => rebuild::run(lang, &config).await,
        "backup" => backup::run(lang, &config, own).await,
        "restore" => restore::run(lang, &config, own).await,
        "user" => user::run(lang, &config, own).await,
        _ => doctor::run(lang, &config).await,
    }
}

/// The configuration file, then the environment, then the command line.
fn config(matches: &ArgMatches) -> Result<Config> {
    let mut overrides: Vec<(&'static str, String)> = Vec::new();
    if let Some(data) = matches.get_one::<PathBuf>("data") {
        overrides.push(("data", data.to_string_lossy().into_owned()));
    }
    if let Ok(Some(listen)) = matches.try_get_one::<String>("listen") {
        overrides.push(("listen", listen.clone()));
    }
    let file = matches.get_one::<PathBuf>("config").map(PathBuf::as_path);
    Config::load(file, std::env::vars(), overrides)
}
