//! `thao import`: lists of people and results of training from spreadsheets, for the whole
//! province or one unit; the same steps as on the pages, and the same words.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command};
use jiff::civil::Date;
use thao_base::config::Config;
use thao_base::locale::local_date;
use thao_base::{Clock, Db, Entropy, Error, ImportId, Kind, Lang, Result, Stamp, UnitId};
use thao_catalog::{course, results};
use thao_people::imports::{self, Counts, Desk, Incoming, Outcome, Row, Show, direct, rows};
use thao_people::{AffiliationKind, unit};
use thao_web::components::date_typed;

use crate::{open, progress, terminal};

pub(super) fn command(lang: Lang) -> Command {
    let file = || {
        Arg::new("file")
            .value_name("FILE")
            .required(true)
            .value_parser(clap::value_parser!(PathBuf))
            .help(lang.t("cli.help.import_file"))
    };
    let unit =
        || Arg::new("unit").long("unit").value_name("CODE").help(lang.t("cli.help.import_unit"));
    let dry_run = || {
        Arg::new("dry_run")
            .long("dry-run")
            .action(ArgAction::SetTrue)
            .help(lang.t("cli.help.import_dry_run"))
    };
    Command::new("import")
        .about(lang.t("cli.help.import"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("people")
                .about(lang.t("cli.help.import_people"))
                .arg(file())
                .arg(unit())
                .arg(
                    Arg::new("kind")
                        .long("kind")
                        .value_name("KIND")
                        .default_value(AffiliationKind::Staff.code())
                        .value_parser(AffiliationKind::ALL.map(AffiliationKind::code))
                        .help(lang.t("cli.help.import_kind")),
                )
                .arg(
                    Arg::new("from")
                        .long("from")
                        .value_name("DD/MM/YYYY")
                        .help(lang.t("cli.help.import_from")),
                )
                .arg(
                    Arg::new("accounts")
                        .long("accounts")
                        .action(ArgAction::SetTrue)
                        .help(lang.t("cli.help.import_accounts")),
                )
                .arg(dry_run()),
        )
        .subcommand(
            Command::new("results")
                .about(lang.t("cli.help.import_results"))
                .arg(file())
                .arg(unit())
                .arg(
                    Arg::new("course")
                        .long("course")
                        .value_name("NAME")
                        .help(lang.t("cli.help.import_course")),
                )
                .arg(dry_run()),
        )
}

pub(super) async fn run(lang: Lang, config: &Config, matches: &ArgMatches) -> Result<()> {
    let Some((name, own)) = matches.subcommand() else { return Ok(()) };
    let (clock, entropy) = (Clock::system(), Entropy::system());
    let db = open::database(config, &clock, &entropy).await?;
    open::library(&db).await?;
    let today = local_date(clock.now());
    let (desk, options): (&'static Desk, _) = match name {
        "people" => (&imports::people::DESK, people_options(own, today)?),
        _ => (&results::DESK, results_options(&db, own).await?),
    };
    let stamp = Stamp::program(desk.act, clock.now(), entropy);
    let path = own.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let bytes = std::fs::read(&path).map_err(|e| {
        Error::new(Kind::Invalid, "cli.import.no_file").with("file", path.display()).because(e)
    })?;
    let incoming = Incoming {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes,
        unit: unit_of(&db, own.get_one::<String>("unit").cloned()).await?,
        options,
        today,
    };
    let id = look(lang, &db, desk, &stamp, incoming).await?;
    let counts = db.read(move |tx| imports::counts(tx, id)).await?;
    show(lang, &db, desk, id, &counts).await?;
    if own.get_flag("dry_run") {
        db.write(move |tx| {
            let file = imports::get(tx, desk.code, id)?;
            imports::forget(tx, &file)
        })
        .await?;
        terminal::say(lang.t("cli.import.nothing_written"));
        return Ok(());
    }
    write(lang, &db, desk, &stamp, id).await
}

/// Reads the file and works its rows out.
async fn look(
    lang: Lang,
    db: &Db,
    desk: &'static Desk,
    stamp: &Stamp,
    incoming: Incoming,
) -> Result<ImportId> {
    let reading = progress::spinner(lang.t("cli.import.reading"));
    let received = imports::receive(db, desk, incoming.clone()).await?;
    reading.finish_and_clear();
    let bar = progress::bar(lang.t("people.imports.planning"), received.rows.len() as u64);
    let watch = |done: usize, _: usize| bar.set_position(done as u64);
    let id = direct::plan_here(db, stamp, desk, incoming, &received, &watch).await?;
    bar.finish_and_clear();
    Ok(id)
}

/// Does what was announced.
async fn write(
    lang: Lang,
    db: &Db,
    desk: &'static Desk,
    stamp: &Stamp,
    id: ImportId,
) -> Result<()> {
    let waiting = db.read(move |tx| imports::counts(tx, id)).await?.waiting();
    let bar = progress::bar(lang.t("people.imports.applying"), waiting.unsigned_abs());
    let watch = |done: usize, _: usize| bar.set_position(done as u64);
    direct::apply_here(db, stamp, desk, id, &watch).await?;
    bar.finish_and_clear();
    let counts = db.read(move |tx| imports::counts(tx, id)).await?;
    let number = |n: i64| lang.number(n);
    terminal::say(&lang.f(
        "cli.import.written",
        &[
            ("done", &number(counts.came(imports::Came::Done))),
            ("left", &number(counts.came(imports::Came::Left))),
            ("id", &id),
        ],
    ));
    Ok(())
}

/// Rows shown of each outcome; the pages show all of them.
const SHOWN: i64 = 20;

/// The numbers, and the first rows of each outcome but those that stay as they are.
async fn show(
    lang: Lang,
    db: &Db,
    desk: &'static Desk,
    id: ImportId,
    counts: &Counts,
) -> Result<()> {
    for outcome in Outcome::ALL {
        let n = counts.of(outcome);
        if n == 0 {
            continue;
        }
        terminal::say(&format!("{}: {}", outcome_words(lang, outcome), lang.number(n)));
        if outcome == Outcome::Same {
            continue;
        }
        let listed =
            db.read(move |tx| rows::list(tx, id, Show::Outcome(outcome), 0, SHOWN)).await?;
        for row in &listed {
            terminal::say(&line(lang, desk, row));
        }
        if SHOWN < n {
            terminal::say(&lang.f("cli.import.more", &[("n", &lang.number(n - SHOWN))]));
        }
    }
    Ok(())
}

fn line(lang: Lang, desk: &Desk, row: &Row) -> String {
    let (who, what) = desk.kind.line(lang, row);
    let mut parts = vec![who];
    parts.extend(Some(what).filter(|what| !what.is_empty()));
    parts.extend(row.notes.iter().map(|note| note.words(lang)));
    format!("{:>7}  {}", row.no, parts.join(" · "))
}

fn outcome_words(lang: Lang, outcome: Outcome) -> &'static str {
    lang.t(match outcome {
        Outcome::Create => "people.imports.outcome.create",
        Outcome::Change => "people.imports.outcome.change",
        Outcome::Same => "people.imports.outcome.same",
        Outcome::Refuse => "people.imports.outcome.refuse",
        Outcome::Ask => "people.imports.outcome.ask",
    })
}

fn people_options(own: &ArgMatches, today: Date) -> Result<serde_json::Value> {
    let kind = own.get_one::<String>("kind").and_then(|code| AffiliationKind::from_code(code));
    let from = match own.get_one::<String>("from") {
        None => today,
        Some(text) => {
            date_typed(text).ok_or_else(|| Error::invalid("people.imports.error.from"))?
        }
    };
    let accounts = own.get_flag("accounts");
    imports::people::Options::new(kind.unwrap_or(AffiliationKind::Staff), from, accounts).json()
}

async fn results_options(db: &Db, own: &ArgMatches) -> Result<serde_json::Value> {
    let course = match own.get_one::<String>("course").cloned() {
        None => None,
        Some(slug) => {
            let wanted = slug.clone();
            let found = db.read(move |tx| course::get_by_slug(tx, &wanted)).await;
            Some(
                found
                    .map_err(|_| {
                        Error::new(Kind::NotFound, "cli.import.no_course").with("course", slug)
                    })?
                    .id,
            )
        }
    };
    results::Options { course }.json()
}

/// The unit of a code; without one, the whole province.
async fn unit_of(db: &Db, code: Option<String>) -> Result<UnitId> {
    db.read(move |tx| match &code {
        Some(code) => unit::find_by_code(tx, code)?
            .map(|place| place.unit)
            .ok_or_else(|| Error::new(Kind::NotFound, "cli.user.no_unit").with("code", code)),
        None => {
            Ok(unit::root(tx).map_err(|_| Error::new(Kind::NotFound, "cli.user.no_units"))?.unit)
        }
    })
    .await
}
