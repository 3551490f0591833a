//! The form of allotments: a row for each unit, and what the rows come to.

use maud::{Markup, html};
use thao_base::Lang;
use thao_base::locale::local_date;
use thao_web::components::{
    Badge, Button, Check, Column, Empty, Field, FieldErrors, Form, Icon, Notice, Table, below,
    toolbar,
};
use thao_web::{Ask, Chrome, Page};

use super::Shown;
use super::typed::{self, Typed};
use crate::allotment::{Adds, Allotment, Compared, Standing, State, Verdict, compare};
use crate::board::Row;
use crate::pages::words;
use crate::target::Target;

pub(super) fn page(
    ask: &Ask,
    chrome: &Chrome,
    shown: &Shown,
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let target = &shown.target;
    let here = format!("/plan/targets/{}", target.id);
    let page = Page::new(chrome, lang.t("plan.allot.title"))
        .wide()
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb(here.clone(), target.title(lang))
        .above(words::goal_long(lang, target))
        .lead(lang.t("plan.allot.lead"))
        .errors(errors);
    let parts = super::adds(target);
    if shown.rows().is_empty() || parts.is_none() {
        let words = match (&shown.board, parts) {
            (_, None) => "plan.allot.no_parts",
            (Some(_), _) => "plan.allot.no_units_words",
            (None, _) => "plan.allot.counting",
        };
        return page.body(html! { (Empty::new(lang.t("plan.allot.no_units"), lang.t(words))) });
    }
    page.body(html! {
        (Form::post(chrome, format!("{here}/allotments")).once(ask.form_id()).body(html! {
            (sum(lang, shown, typed))
            (toolbar(html! {
                (Button::quiet(lang.t("plan.allot.check")).sends("do", "check").icon(Icon::Check))
                (Button::quiet(lang.t("plan.allot.fill")).sends("do", "fill"))
                (Button::quiet(lang.t("plan.allot.refill")).sends("do", "refill"))
            }))
            (table(lang, shown, typed, errors))
            p.quiet { (lang.t("plan.allot.empty_words")) }
            (Button::primary(lang.t("plan.allot.propose")).sends("do", "propose").icon(Icon::ArrowRight))
        }))
    })
}

/// What the parts come to beside the whole, in words.
fn sum(lang: Lang, shown: &Shown, typed: &Typed) -> Markup {
    let goals = typed.goals(lang, shown.adds());
    let found = compare(shown.adds(), shown.target.goal, &shown.parts(&goals));
    let words = sum_words(lang, shown, &found);
    let mut more = Vec::new();
    if found.given < found.units {
        let n = lang.number((found.units - found.given) as i64);
        more.push(lang.f("plan.allot.not_given", &[("n", &n)]));
    }
    if 0 < found.unknown {
        let n = lang.number(found.unknown as i64);
        more.push(lang.f("plan.allot.no_size", &[("n", &n)]));
    }
    let notice = match found.verdict {
        Verdict::Equal => Notice::good(words),
        Verdict::Over | Verdict::Unknown => Notice::info(words),
        Verdict::Short => Notice::warn(words),
    };
    html! { div #sum { (notice.more(html! { @for words in more { p { (words) } } })) } }
}

fn sum_words(lang: Lang, shown: &Shown, found: &Compared) -> String {
    let amount = |thousandths| words::value(lang, &shown.target.unit_code, thousandths);
    let (sum, goal) = (amount(found.sum), amount(shown.target.goal));
    let gap = match shown.adds() {
        Adds::Weighted => words::counted(lang, &shown.measure, found.gap),
        Adds::Summed => amount(found.gap),
    };
    let key = match found.verdict {
        _ if found.given == 0 => "plan.allot.none",
        Verdict::Unknown => "plan.allot.unknown",
        Verdict::Equal => "plan.allot.equal",
        Verdict::Over => "plan.allot.over",
        Verdict::Short => "plan.allot.short",
    };
    lang.f(key, &[("sum", &sum), ("goal", &goal), ("gap", &gap)])
}

fn table(lang: Lang, shown: &Shown, typed: &Typed, errors: &FieldErrors) -> Markup {
    let label = match shown.adds() {
        Adds::Weighted => "plan.allot.share",
        Adds::Summed => "plan.allot.count",
    };
    let size = match shown.people.is_empty() {
        true => "plan.allot.size",
        false => "plan.allot.people",
    };
    let none = Standing::default();
    let missing = lang.t("web.chart.missing").to_owned();
    let sizes = shown.parts(&Default::default());
    let rows = shown.rows().iter().zip(sizes).map(|(row, part)| {
        let unit = row.place.unit;
        let now = shown.standing.get(&unit).unwrap_or(&none);
        let field =
            Field::number(typed::name(unit), format!("{}: {}", lang.t(label), row.place.name))
                .label_only_heard()
                .value(typed.goal(unit))
                .errors(errors);
        [
            html! { (row.place.name) },
            html! { (part.weight.map_or_else(|| missing.clone(), |n| lang.number(n))) },
            html! { (words::have(lang, &shown.measure, row)) },
            html! { (field) },
            html! { (state(lang, shown, now, typed, row)) },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.allot.units"))
            .caption_only_heard()
            .dense()
            .column(Column::text(lang.t("web.board.unit")))
            .column(Column::number(lang.t(size)))
            .column(Column::number(lang.t("plan.allot.now")))
            .column(Column::text(lang.t(label)))
            .column(Column::text(lang.t("plan.allot.state")))
            .rows(rows))
    }
}

/// What stands for a unit, in words; with what it returned, the way to ask once more.
fn state(lang: Lang, shown: &Shown, now: &Standing, typed: &Typed, row: &Row) -> Markup {
    let unit = row.place.unit;
    html! {
        @if let Some(agreed) = &now.agreed { (badge(lang, &shown.target, agreed)) }
        @if let Some(open) = &now.open {
            (badge(lang, &shown.target, open))
            @if let Some(reason) = &open.reason {
                (below(&lang.f("plan.allot.reason_words", &[("reason", reason)])))
            }
            @if open.state() == State::Returned {
                (Check::new(typed::again(unit), lang.t("plan.allot.again"))
                    .checked(typed.is_again(unit)))
            }
        }
        @if now.latest().is_none() { "–" }
    }
}

/// "Đã đồng ý 70% (12/11/2026)".
fn badge(lang: Lang, target: &Target, allotment: &Allotment) -> Markup {
    let goal = words::value(lang, &target.unit_code, allotment.goal);
    let (key, at) = match allotment.state() {
        State::Proposed => ("plan.allot.proposed", Some(allotment.proposed_at)),
        State::Agreed => ("plan.allot.agreed", allotment.agreed_at),
        State::Returned => ("plan.allot.returned", allotment.returned_at),
    };
    let day = at.map(|at| lang.date(local_date(at))).unwrap_or_default();
    let words = lang.f(key, &[("goal", &goal), ("day", &day)]);
    html! {
        @match allotment.state() {
            State::Proposed => (Badge::info(words).icon(Icon::Clock)),
            State::Agreed => (Badge::good(words).icon(Icon::Check)),
            State::Returned => (Badge::warn(words).icon(Icon::Warning)),
        }
    }
}
