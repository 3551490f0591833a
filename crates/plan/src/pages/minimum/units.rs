//! `/plan/minimum?unit=&day=`: of each rule, how many have reached it, by unit.

use axum::extract::Query;
use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::Lang;
use thao_people::unit::Place;
use thao_web::components::{
    Column, Empty, Field, Filters, Icon, LinkButton, Notice, Stat, Table, stats, toolbar,
};
use thao_web::{Ask, Chrome, Page, Reply};

use super::load::{OfRule, Shown, shown};
use super::{Asked, amount, source};
use crate::board::Reached;

pub(crate) async fn show(ask: Ask, Query(asked): Query<Asked>) -> Reply {
    let today = ask.today();
    let of = asked.clone();
    let seen = ask.read(move |tx, actor| shown(tx, actor, &of, today)).await?;
    let chrome = ask.chrome(&seen.actor);
    Ok(page(&chrome, &seen.it, today == seen.it.on).into_response())
}

fn page(chrome: &Chrome, shown: &Shown, now: bool) -> Markup {
    let lang = chrome.lang;
    let mut export = format!("/plan/minimum/export?unit={}", shown.place.unit);
    if !now {
        export.push_str(&format!("&day={}", shown.on));
    }
    let mut page =
        Page::new(chrome, lang.t("plan.minimum.title"))
            .wide()
            .crumb("/plan/targets", lang.t("plan.list.title"))
            .lead(lang.f(
                "plan.minimum.lead",
                &[("year", &shown.on.year()), ("day", &lang.date(shown.on))],
            ))
            .above(shown.place.path.clone())
            .actions(toolbar(html! {
                (LinkButton::download(export, lang.t("plan.board.export")))
                (LinkButton::quiet("/plan/rules", lang.t("plan.minimum.rules")).icon(Icon::Report))
            }));
    for up in &shown.above {
        let href = format!("/plan/minimum?unit={}", up.unit);
        page = page.crumb(href, up.name.clone());
    }
    page.body(html! {
        (day(lang, shown))
        @if shown.rules.is_empty() {
            (Empty::new(lang.t("plan.minimum.none"), lang.t("plan.minimum.none_words"))
                .action("/plan/rules", lang.t("plan.minimum.rules")))
        }
        @for of in &shown.rules { (section(lang, shown, of, now)) }
        p.quiet { (lang.t("plan.minimum.how")) }
    })
}

fn day(lang: Lang, shown: &Shown) -> Markup {
    html! {
        (Filters::new(lang, "/plan/minimum")
            .keep("unit", &shown.place.unit.to_string())
            .field(Field::date(lang, "day", lang.t("plan.board.day"))
                .value(lang.date(shown.on))))
    }
}

fn section(lang: Lang, shown: &Shown, of: &OfRule, now: bool) -> Markup {
    let rule = &of.rule;
    let day = if now { String::new() } else { format!("&day={}", shown.on) };
    let names =
        |place: &Place| format!("/plan/minimum/{}/people?unit={}{day}", rule.id, place.unit);
    html! {
        section.flow {
            h2 { (rule.title(lang)) ": " (amount(lang, rule)) }
            (source(lang, rule))
            @match &of.reached {
                None => {
                    @let (done, all) = of.filling.map_or((0, 0), |f| (f.filled, f.people));
                    (Notice::info(lang.f("plan.board.counting",
                        &[("done", &lang.number(done)), ("all", &lang.number(all))])))
                }
                Some((own, rows)) => {
                    (stats(html! {
                        (Stat::part(lang, lang.t("plan.minimum.reached"), own.met, own.base))
                        (Stat::count(lang, lang.t("plan.minimum.not_reached"), own.base - own.met))
                    }))
                    @if shown.may_see_names {
                        p { a href=(names(&shown.place)) { (lang.t("plan.minimum.who")) } }
                    }
                    @if !rows.is_empty() { (table(lang, rows, &day)) }
                }
            }
        }
    }
}

fn table(lang: Lang, rows: &[Reached], day: &str) -> Markup {
    let cells = rows.iter().map(|row| {
        let href = format!("/plan/minimum?unit={}{day}", row.place.unit);
        [
            html! { a href=(href) { (row.place.name) } },
            html! { (lang.number(row.met)) },
            html! { (lang.number(row.base)) },
            html! { (lang.percent(row.met, row.base)) },
            html! { (lang.number(row.base - row.met)) },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.minimum.by_unit"))
            .caption_only_heard()
            .dense()
            .column(Column::text(lang.t("plan.figures.unit")))
            .column(Column::number(lang.t("plan.minimum.reached")))
            .column(Column::number(lang.t("plan.minimum.all")))
            .column(Column::number(lang.t("plan.export.share")))
            .column(Column::number(lang.t("plan.minimum.not_reached")))
            .rows(cells))
    }
}
