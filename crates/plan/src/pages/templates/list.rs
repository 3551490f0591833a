//! `/plan/templates`: five provinces' plans, to look at and to take over.

use axum::response::IntoResponse;
use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{Card, cards};
use thao_web::{Ask, Page, Reply};

use crate::template::{self, RowKind, Template};

pub(crate) async fn show(ask: Ask) -> Reply {
    let seen = ask.read(|_, _| Ok(())).await?;
    let chrome = ask.chrome(&seen.actor);
    let lang = chrome.lang;
    let page = Page::new(&chrome, lang.t("plan.templates.title"))
        .wide()
        .crumb("/plan/plans", lang.t("plan.plans.title"))
        .lead(lang.t("plan.templates.lead"))
        .body(cards(html! { @for template in template::all() { (card(lang, template)) } }));
    Ok(page.into_response())
}

fn card(lang: Lang, template: &Template) -> Markup {
    let count = |fits: &dyn Fn(&template::Row) -> bool| {
        let n = template.rows.iter().filter(|row| fits(row)).count();
        lang.number(i64::try_from(n).unwrap_or(i64::MAX))
    };
    let targets = count(&|row| row.kind == RowKind::Target);
    let actuals = count(&|row| row.kind == RowKind::Actual);
    let ready = count(&template::Row::is_ready);
    let counted = lang.f(
        "plan.templates.counted",
        &[("targets", &targets), ("ready", &ready), ("actuals", &actuals)],
    );
    let card = Card::new(template.plan.title.of(lang).to_owned())
        .href(format!("/plan/templates/{}", template.plan.province))
        .above(template.plan.period.of(lang).to_owned())
        .body(html! { p { (counted) } });
    html! { (card) }
}
