//! `/people/{id}`: one person. Who they are, where they belong, how they sign in, what they may
//! do, what is on record about them.

use axum::extract::Extension;
use axum::response::{IntoResponse, Redirect};
use jiff::Timestamp;
use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{AccountId, Lang, PersonId, Result, Tx};
use thao_web::components::{
    Badge, Button, Column, Empty, Facts, Form, Icon, LinkButton, Notice, Table, below,
};
use thao_web::{Action, Actor, Ask, Chrome, Page, Reply, Resource, may};

use super::evidence::{self, Evidence};
use super::kit::{At, section};
use super::person_form::birth_words;
use super::reach::{Reached, reach};
use super::{Outside, words};
use crate::account::{self, Account};
use crate::affiliation::{self, Affiliation};
use crate::appointment::{self, Appointed};
use crate::duplicate::{self, Pair};
use crate::person::{self, Person};
use crate::viewing::{self, Look};
use crate::{cluster, unit};

/// A look at one person, on whichever of their pages.
pub(super) const PERSON: &str = "people.view.person";

struct Shown {
    reached: Reached,
    belongs: Vec<(Affiliation, String)>,
    accounts: Vec<Account>,
    slips: Vec<(AccountId, Timestamp)>,
    /// Whether the actor may do all that the person may: only then may they renew a password.
    covers: bool,
    roles: Vec<Appointed>,
    /// The other rows that are this person, each with the decision that says so.
    others: Vec<(Person, Option<Pair>)>,
    evidence: Evidence,
}

pub(crate) async fn show(
    At(id): At<PersonId>,
    Extension(outside): Extension<Outside>,
    ask: Ask,
) -> Reply {
    let at = ask.clone();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let shown = load(tx, actor, id, &at, outside)?;
        looks.push(Look::page(PERSON, 1).about(shown.reached.person.id));
        Ok(shown)
    })
    .await?;
    let stands = seen.it.reached.person.id;
    if stands != id {
        return Ok(Redirect::to(&format!("/people/{stands}")).into_response());
    }
    Ok(page(&ask, &seen.actor, &seen.it).into_response())
}

fn load(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: PersonId,
    ask: &Ask,
    outside: Outside,
) -> Result<Shown> {
    let today = ask.today();
    let reached = reach(tx, actor, id, Action::SeePeople, today)?;
    let rows = reached.rows.clone();
    let belongs = with_units(tx, &rows)?;
    let (mut accounts, mut slips, mut covers, mut others) = (vec![], vec![], true, vec![]);
    for row in &rows {
        accounts.extend(account::list_of_person(tx, *row)?);
        slips.extend(account::list_open_slips(tx, *row, ask.app.clock.now())?);
        covers &= appointment::covers(actor, &appointment::list_of_person(tx, *row)?, today);
        if *row != reached.person.id {
            let pair = pair_of(tx, *row, &rows)?;
            others.push((person::get(tx, *row)?, pair));
        }
    }
    Ok(Shown {
        belongs,
        accounts,
        slips,
        covers,
        roles: appointment::list_of_persons(tx, &rows)?,
        others,
        evidence: evidence::load(tx, &rows, outside, ask.lang(actor))?,
        reached,
    })
}

/// A decided pair that holds a row in its cluster.
fn pair_of(tx: &mut Tx<'_>, row: PersonId, rows: &[PersonId]) -> Result<Option<Pair>> {
    for merge in cluster::list_merges(tx, &[row])? {
        if rows.contains(&merge.a)
            && let Some(pair) = duplicate::find(tx, merge.a, merge.b)?
        {
            return Ok(Some(pair));
        }
    }
    Ok(None)
}

/// The affiliations of some rows, with the path of their unit as it stands now, or as it was last
/// called.
pub(crate) fn with_units(tx: &mut Tx<'_>, rows: &[PersonId]) -> Result<Vec<(Affiliation, String)>> {
    let all = affiliation::list_of_persons(tx, rows)?;
    let mut out = Vec::with_capacity(all.len());
    for affiliation in all {
        let path = match unit::place(tx, affiliation.unit) {
            Ok(place) => place.path,
            Err(e) if e.kind() == thao_base::Kind::NotFound => {
                let names = unit::list_names(tx, affiliation.unit)?;
                names.into_iter().next().map(|named| named.name).unwrap_or_default()
            }
            Err(e) => return Err(e),
        };
        out.push((affiliation, path));
    }
    // What holds now first, then what ended last.
    out.sort_by_key(|(a, _)| {
        (a.valid_to.is_some(), std::cmp::Reverse(a.valid_to), std::cmp::Reverse(a.valid_from))
    });
    Ok(out)
}

fn page(ask: &Ask, actor: &Actor, shown: &Shown) -> Markup {
    let chrome = ask.chrome(actor);
    let lang = chrome.lang;
    let today = ask.today();
    let person = &shown.reached.person;
    let here = format!("/people/{}", person.id);
    let may_edit = shown.reached.allows(actor, Action::EditPeople, today);
    let actions = html! {
        @if may_edit {
            (LinkButton::quiet(format!("{here}/edit"), lang.t("people.person.edit")).icon(Icon::Edit))
        }
    };
    let mut page = Page::new(&chrome, &person.full_name)
        .crumb("/people", lang.t("people.list.title"))
        .actions(actions);
    if !shown.others.is_empty() {
        page = page.notice(merged(lang, &shown.others));
    }
    page.body(html! {
        (details(lang, person))
        (section("units-part", lang.t("people.person.units"), &html! {
            (timeline(lang, today, &shown.belongs))
            @if may_edit {
                (LinkButton::quiet(format!("{here}/affiliations"), lang.t("people.person.change_units")))
            }
        }))
        (section("accounts-part", lang.t("people.person.accounts"),
            &accounts(&chrome, actor, today, shown)))
        (section("roles-part", lang.t("people.person.roles"), &html! {
            (roles(lang, today, &shown.roles))
            @if shown.reached.allows(actor, Action::Appoint, today) {
                (LinkButton::quiet(format!("{here}/appointments"), lang.t("people.person.change_roles")))
            }
        }))
        (section("evidence-part", lang.t("people.evidence.title"), &shown.evidence.table(lang)))
    })
}

/// Who a person is, as far as it is known.
pub(crate) fn details(lang: Lang, person: &Person) -> Facts<'static> {
    let known = |value: &Option<String>| value.clone().unwrap_or_default();
    let sex = person
        .sex
        .as_deref()
        .map_or_else(String::new, |sex| words::of(lang, "people.sex", sex).into_owned());
    let all = [
        ("people.field.birth", birth_words(lang, person)),
        ("people.field.sex", sex),
        ("people.field.ethnicity", known(&person.ethnicity)),
        ("people.field.citizen_id", known(&person.citizen_id)),
        ("people.field.old_id", known(&person.old_id)),
        ("people.field.phone", known(&person.phone)),
        ("people.field.email", known(&person.email)),
    ];
    let mut facts = Facts::new();
    for (key, value) in all {
        if !value.is_empty() {
            facts = facts.fact(lang.t(key), value);
        }
    }
    facts
}

fn merged(lang: Lang, others: &[(Person, Option<Pair>)]) -> Notice {
    let n = i64::try_from(others.len() + 1).unwrap_or(i64::MAX);
    Notice::info(lang.f("people.person.merged", &[("n", &lang.number(n))])).more(html! {
        ul {
            @for (other, pair) in others {
                li {
                    (other.full_name)
                    @let birth = birth_words(lang, other);
                    @if !birth.is_empty() { ", " (birth) }
                    @if let Some(pair) = pair {
                        " – "
                        a href={ "/people/duplicates?decided=1#pair-" (pair.id) } {
                            (lang.t("people.person.see_decision"))
                        }
                    }
                }
            }
        }
    })
}

/// Where somebody belongs and belonged, what holds now first.
pub(crate) fn timeline<'a>(lang: Lang, today: Date, all: &'a [(Affiliation, String)]) -> Table<'a> {
    let rows = all.iter().map(|(a, path)| {
        vec![
            html! { (path) },
            html! {
                div {
                    (words::kind(lang, &a.kind))
                    @if let Some(category) = &a.category { " – " (words::category(lang, category)) }
                    @if let Some(position) = &a.position { (below(position)) }
                }
            },
            html! { (span_words(lang, a.valid_from, a.valid_to)) },
            html! { (span_badge(lang, today, a.valid_from, a.valid_to)) },
        ]
    });
    Table::new(lang, lang.t("people.person.units"))
        .caption_only_heard()
        .column(Column::text(lang.t("people.field.unit")))
        .column(Column::text(lang.t("people.field.kind")))
        .column(Column::text(lang.t("people.field.when")))
        .column(Column::text(lang.t("people.field.state")))
        .rows(rows)
        .empty(Empty::new(lang.t("people.person.no_unit"), lang.t("people.person.no_unit_words")))
}

/// From when to the last day.
pub(crate) fn span_words(lang: Lang, from: Date, to: Option<Date>) -> String {
    match to.and_then(|to| to.yesterday().ok()) {
        None => lang.f("people.since", &[("day", &lang.date(from))]),
        Some(last) => {
            lang.f("people.from_to", &[("from", &lang.date(from)), ("to", &lang.date(last))])
        }
    }
}

pub(crate) fn span_badge(lang: Lang, today: Date, from: Date, to: Option<Date>) -> Badge<'static> {
    if today < from {
        Badge::info(lang.t("people.state.ahead"))
    } else if to.is_some_and(|to| to <= today) {
        Badge::plain(lang.t("people.state.ended"))
    } else {
        Badge::good(lang.t("people.state.now"))
    }
}

fn accounts(chrome: &Chrome, actor: &Actor, today: Date, shown: &Shown) -> Markup {
    let lang = chrome.lang;
    let person = shown.reached.person.id;
    let may_reset = shown.reached.allows(actor, Action::ResetPassword, today);
    let rows = shown.accounts.iter().map(|account| {
        let slip = shown.slips.iter().find(|(id, _)| *id == account.id);
        vec![
            html! { code { (account.login) } },
            html! {
                @match (slip, &account.password_hash) {
                    (Some((_, until)), _) => (Badge::info(
                        lang.f("people.account_state.slip", &[("day", &lang.instant(*until))]))),
                    (None, Some(_)) => (Badge::good(lang.t("people.account_state.open"))),
                    (None, None) => (Badge::warn(lang.t("people.account_state.waiting"))),
                }
            },
            html! {
                @if may_reset && shown.covers {
                    (Form::post(chrome, format!("/people/{person}/slips")).inline().body(html! {
                        (thao_web::components::hidden("account", &account.id.to_string()))
                        (Button::quiet(lang.t("people.person.make_slip")).icon(Icon::Print)
                            .context(account.login.clone()))
                    }))
                }
            },
        ]
    });
    html! {
        (Table::new(lang, lang.t("people.person.accounts"))
            .caption_only_heard()
            .column(Column::text(lang.t("people.field.login")))
            .column(Column::text(lang.t("people.field.state")))
            .column(Column::actions(lang.t("people.field.actions")))
            .rows(rows)
            .empty(Empty::new(
                lang.t("people.person.no_account"), lang.t("people.person.no_account_words"))))
        @if may_reset && shown.accounts.is_empty() {
            (Form::post(chrome, format!("/people/{person}/accounts")).inline().body(
                Button::primary(lang.t("people.person.make_account")).icon(Icon::Print)))
        }
        @if may_reset && !shown.covers {
            p.quiet { (lang.t("people.person.not_covered")) }
        }
    }
}

/// What somebody may do and where; ended appointments too.
pub(crate) fn roles<'a>(lang: Lang, today: Date, all: &'a [Appointed]) -> Table<'a> {
    let rows = all.iter().map(|role| {
        vec![
            html! { (words::role(lang, &role.role)) },
            html! { (role.unit_path) },
            html! { (span_words(lang, role.valid_from, role.valid_to)) },
            html! { (span_badge(lang, today, role.valid_from, role.valid_to)) },
        ]
    });
    Table::new(lang, lang.t("people.person.roles"))
        .caption_only_heard()
        .column(Column::text(lang.t("people.field.role")))
        .column(Column::text(lang.t("people.field.unit")))
        .column(Column::text(lang.t("people.field.when")))
        .column(Column::text(lang.t("people.field.state")))
        .rows(rows)
        .empty(Empty::new(lang.t("people.person.no_role"), lang.t("people.person.no_role_words")))
}

/// Whether the actor may act at a place of the tree.
pub(crate) fn may_at(actor: &Actor, action: Action, pos: i64, on: Date) -> bool {
    may(actor, action, Resource::At(pos), on)
}
