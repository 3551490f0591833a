//! `thao demo`: makes the demo province in an empty data folder.

use clap::{Arg, ArgMatches, Command};
use jiff::civil::Date;
use thao_base::config::Config;
use thao_base::locale::local_date;
use thao_base::{Clock, Entropy, Lang, Result};

use crate::{demo, open, terminal};

pub(super) fn command(lang: Lang) -> Command {
    Command::new("demo")
        .about(lang.t("cli.help.demo"))
        .arg(
            Arg::new("people")
                .long("people")
                .value_name("N")
                .default_value("5000")
                .value_parser(clap::value_parser!(usize))
                .help(lang.t("cli.help.demo_people")),
        )
        .arg(
            Arg::new("seed")
                .long("seed")
                .value_name("S")
                .default_value("1")
                .value_parser(clap::value_parser!(u64))
                .help(lang.t("cli.help.demo_seed")),
        )
        .arg(
            Arg::new("until")
                .long("until")
                .value_name("YYYY-MM-DD")
                .value_parser(clap::value_parser!(Date))
                .help(lang.t("cli.help.demo_until")),
        )
        .arg(
            Arg::new("statements")
                .long("statements")
                .value_name("N")
                .value_parser(clap::value_parser!(usize))
                .help(lang.t("cli.help.demo_statements")),
        )
}

pub(super) async fn run(lang: Lang, config: &Config, matches: &ArgMatches) -> Result<()> {
    let (clock, entropy) = (Clock::system(), Entropy::system());
    let options = demo::Options {
        people: matches.get_one("people").copied().unwrap_or(5000),
        seed: matches.get_one("seed").copied().unwrap_or(1),
        until: matches.get_one("until").copied().unwrap_or_else(|| local_date(clock.now())),
        statements: matches.get_one("statements").copied(),
    };
    let db = open::database(config, &clock, &entropy).await?;
    open::library(&db).await?;
    let statements = demo::load(&db, lang, &options).await?;
    terminal::say(&lang.f(
        "cli.demo.done",
        &[
            ("people", &lang.number(i64::try_from(options.people).unwrap_or(i64::MAX))),
            ("statements", &lang.number(i64::try_from(statements).unwrap_or(i64::MAX))),
        ],
    ));
    terminal::say(&demo::sign_in_words(lang));
    Ok(())
}
