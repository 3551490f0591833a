//! `thao user`: the first administrator, forgotten passwords, tokens for other programs.

use clap::{Arg, ArgMatches, Command};
use thao_base::config::Config;
use thao_base::{Clock, Db, Entropy, Error, Kind, Lang, Result, Stamp, TokenId, UnitId};
use thao_people::person::NewPerson;
use thao_people::{account, appointment, person, session, unit};
use thao_web::{Role, secret};

use crate::{open, terminal};

/// How long an access token is good for.
const TOKEN_GOOD: jiff::SignedDuration = jiff::SignedDuration::from_hours(365 * 24);

pub(super) fn command(lang: Lang) -> Command {
    let login =
        || Arg::new("login").value_name("LOGIN").required(true).help(lang.t("cli.help.user_login"));
    Command::new("user")
        .about(lang.t("cli.help.user"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("add")
                .about(lang.t("cli.help.user_add"))
                .arg(login())
                .arg(
                    Arg::new("name")
                        .long("name")
                        .value_name("NAME")
                        .required(true)
                        .help(lang.t("cli.help.user_name")),
                )
                .arg(
                    Arg::new("role")
                        .long("role")
                        .value_name("ROLE")
                        .default_value("administrator")
                        .value_parser(Role::ALL.map(Role::code))
                        .help(lang.t("cli.help.user_role")),
                )
                .arg(
                    Arg::new("unit")
                        .long("unit")
                        .value_name("CODE")
                        .help(lang.t("cli.help.user_unit")),
                ),
        )
        .subcommand(Command::new("slip").about(lang.t("cli.help.user_slip")).arg(login()))
        .subcommand(Command::new("token").about(lang.t("cli.help.user_token")).arg(login()))
}

pub(super) async fn run(lang: Lang, config: &Config, matches: &ArgMatches) -> Result<()> {
    let (clock, entropy) = (Clock::system(), Entropy::system());
    let db = open::database(config, &clock, &entropy).await?;
    let Some((name, own)) = matches.subcommand() else { return Ok(()) };
    let login = own.get_one::<String>("login").cloned().unwrap_or_default();
    match name {
        "add" => {
            let stamp = Stamp::program("cli.act.user_add", clock.now(), entropy);
            let text = |id| own.get_one::<String>(id).cloned();
            let role = text("role").and_then(|code| Role::from_code(&code));
            let new = New {
                name: text("name").unwrap_or_default(),
                role: role.unwrap_or(Role::Administrator),
                unit: text("unit"),
            };
            let code = add(&db, stamp, login.clone(), new).await?;
            say_slip(lang, &login, &code);
        }
        "slip" => {
            let stamp = Stamp::program("cli.act.user_slip", clock.now(), entropy);
            let wanted = login.clone();
            let code = db.write(move |tx| {
                let found = known(account::find_by_login(tx, &wanted)?, &wanted)?;
                account::add_slip(tx, &stamp, found.id)
            });
            say_slip(lang, &login, &code.await?);
        }
        _ => {
            let stamp = Stamp::program("cli.act.user_token", clock.now(), entropy);
            let token = token(&db, stamp, login).await?;
            terminal::say(&token);
        }
    }
    Ok(())
}

struct New {
    name: String,
    role: Role,
    unit: Option<String>,
}

async fn add(db: &Db, stamp: Stamp, login: String, new: New) -> Result<String> {
    db.write(move |tx| {
        let unit: UnitId = match &new.unit {
            Some(code) => unit::find_by_code(tx, code)?
                .map(|place| place.unit)
                .ok_or_else(|| Error::new(Kind::NotFound, "cli.user.no_unit").with("code", code))?,
            None => {
                unit::root(tx).map_err(|_| Error::new(Kind::NotFound, "cli.user.no_units"))?.unit
            }
        };
        let person = NewPerson { full_name: new.name.clone(), ..NewPerson::default() };
        let person = person::add(tx, &stamp, person)?;
        appointment::add(tx, &stamp, person, new.role, unit, stamp.today())?;
        let account = account::add(tx, &stamp, person, &login)?;
        account::add_slip(tx, &stamp, account)
    })
    .await
}

/// Makes an access token of an account; it is shown once.
pub(crate) async fn token(db: &Db, stamp: Stamp, login: String) -> Result<String> {
    let token = secret::token(&stamp.entropy);
    let hash = secret::hash(&token);
    db.write(move |tx| {
        let found = known(account::find_by_login(tx, &login)?, &login)?;
        let expires = stamp.at.checked_add(TOKEN_GOOD).map_err(Error::internal)?;
        let id: TokenId = stamp.id();
        session::add_token(tx, id, &hash, found.id, "cli", stamp.at, Some(expires))
    })
    .await?;
    Ok(token)
}

fn known<T>(found: Option<T>, login: &str) -> Result<T> {
    found.ok_or_else(|| Error::new(Kind::NotFound, "cli.user.no_login").with("login", login))
}

fn say_slip(lang: Lang, login: &str, code: &str) {
    terminal::say(&lang.f("cli.user.slip", &[("login", &login), ("code", &code)]));
}
