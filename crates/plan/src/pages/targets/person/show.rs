//! The page of one person's evidence.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::Lang;
use thao_base::locale::local_date;
use thao_people::affiliation::Affiliation;
use thao_people::{AffiliationKind, Birth};
use thao_record::Rung;
use thao_record::evidence::{FOREVER, date_of};
use thao_web::components::{Badge, Column, Empty, Facts, Icon, Notice, Table, below};
use thao_web::{Chrome, Page};

use super::Shown;
use crate::evidence::{Piece, Verdict, until};
use crate::pages::targets::form::{category_words, kind_words};
use crate::pages::targets::people::met_badge;
use crate::pages::words;

pub(super) fn page(chrome: &Chrome, shown: &Shown, today: Date) -> Markup {
    let lang = chrome.lang;
    let view = &shown.view;
    let on = shown.day.unwrap_or(today);
    let to = |below| view.address(below, view.place.unit, shown.day);
    let notice = match shown.met {
        true => Notice::good(lang.f("plan.person.met", &[("day", &lang.date(on))])),
        false => Notice::info(lang.f("plan.person.not", &[("day", &lang.date(on))])),
    };
    let born = match shown.person.birth() {
        Some(Birth::Day(date)) => lang.date(date),
        Some(Birth::Year(year)) => year.to_string(),
        None => "–".to_owned(),
    };
    Page::new(chrome, shown.person.full_name.as_str())
        .crumb("/plan/targets", lang.t("plan.list.title"))
        .crumb(to(""), view.target.title(lang))
        .crumb(to("/people"), lang.t("plan.people.title"))
        .lead(view.definition(lang))
        .body(html! {
            (notice)
            (Facts::new().fact(lang.t("plan.people.born"), born))
            h2 { (lang.t("plan.person.evidence")) }
            (evidence(lang, shown))
            h2 { (lang.t("plan.person.audience")) }
            (stays(lang, shown))
            (days(lang, shown))
            p.quiet { (lang.t("plan.people.logged")) }
        })
}

fn evidence(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.pieces.iter().map(|(piece, verdict, title)| {
        [
            html! { (lang.date(local_date(piece.at))) },
            html! { div { (evidence_words(lang, piece)) (below(title)) } },
            html! { (badge(lang, *verdict)) },
            html! { (reason(lang, shown, piece, *verdict)) },
        ]
    });
    html! {
        (Table::new(lang, lang.t("plan.person.evidence"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.person.day")))
            .column(Column::text(lang.t("plan.person.what")))
            .column(Column::text(lang.t("plan.person.counts")))
            .column(Column::text(lang.t("plan.person.why")))
            .rows(rows)
            .empty(Empty::new(
                lang.t("plan.person.no_evidence"),
                lang.t("plan.person.no_evidence_words"),
            )))
    }
}

/// "Kiểm tra: đạt".
fn evidence_words(lang: Lang, piece: &Piece) -> String {
    let kind = lang.t(match piece.rung {
        Rung::None | Rung::Attended => "plan.evidence.attended",
        Rung::Completed => "plan.evidence.completed",
        Rung::Passed => "plan.evidence.passed",
        Rung::Observed => "plan.evidence.observed",
        Rung::Confirmed => "plan.evidence.confirmed",
        Rung::StillAble => "plan.evidence.still_able",
    });
    match (piece.rung, piece.success) {
        (Rung::Attended | Rung::Completed, true) => kind.to_owned(),
        (_, true) => lang.f("plan.evidence.success", &[("kind", &kind)]),
        (_, false) => lang.f("plan.evidence.failure", &[("kind", &kind)]),
    }
}

fn badge(lang: Lang, verdict: Verdict) -> Markup {
    let badge = match verdict {
        Verdict::Counts => Badge::good(lang.t("plan.person.yes")).icon(Icon::Check),
        _ => Badge::plain(lang.t("plan.person.no")).icon(Icon::Dash),
    };
    html! { (badge) }
}

fn reason(lang: Lang, shown: &Shown, piece: &Piece, verdict: Verdict) -> String {
    let rule = &shown.view.measure.rule;
    match verdict {
        Verdict::Counts => match until(rule, piece) {
            Some(day) => lang.f("plan.verdict.counts_until", &[("day", &lang.date(day))]),
            None => lang.t("plan.verdict.counts").to_owned(),
        },
        Verdict::Voided => lang.t("plan.verdict.voided").to_owned(),
        Verdict::Later => lang.t("plan.verdict.later").to_owned(),
        Verdict::Before => lang.t("plan.verdict.before").to_owned(),
        Verdict::OtherYear => lang.t("plan.verdict.other_year").to_owned(),
        Verdict::OtherActivity => lang.t("plan.verdict.other").to_owned(),
        Verdict::BelowRung => {
            let asked = words::rung(lang, rule.rung);
            lang.f("plan.verdict.below", &[("rung", &asked)])
        }
        Verdict::Replaced => lang.t("plan.verdict.replaced").to_owned(),
        Verdict::Failed => lang.t("plan.verdict.failed").to_owned(),
        Verdict::Expired(day) => lang.f("plan.verdict.expired", &[("day", &lang.date(day))]),
    }
}

fn stays(lang: Lang, shown: &Shown) -> Markup {
    let Some(audience) = &shown.view.measure.rule.audience else { return html! {} };
    let rows = shown.stays.iter().map(|(stay, path)| {
        let counts = audience.takes(stay);
        let kind = AffiliationKind::from_code(&stay.kind);
        [
            html! {
                (kind.map_or("–", |kind| kind_words(lang, kind)))
                @if let Some(category) = &stay.category {
                    (below(category_words(lang, category)))
                }
            },
            html! { (path) },
            html! { (period(lang, stay)) },
            html! {
                @if counts { (Badge::good(lang.t("plan.person.in_audience")).icon(Icon::Check)) }
                @else { (Badge::plain(lang.t("plan.person.out_of_audience")).icon(Icon::Dash)) }
            },
        ]
    });
    html! {
        p { (lang.f("plan.person.audience_words", &[("audience", &audience.name(lang))])) }
        (Table::new(lang, lang.t("plan.person.audience"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.person.as_what")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::text(lang.t("plan.person.period")))
            .column(Column::text(lang.t("plan.person.counts")))
            .rows(rows))
    }
}

fn period(lang: Lang, stay: &Affiliation) -> String {
    let from = lang.date(stay.valid_from);
    match stay.valid_to.and_then(|to| to.yesterday().ok()) {
        Some(last) => lang.f("plan.person.from_to", &[("from", &from), ("to", &lang.date(last))]),
        None => lang.f("plan.person.from", &[("from", &from)]),
    }
}

/// The stretches of days of the audience, met or not: what the sums are made of.
fn days(lang: Lang, shown: &Shown) -> Markup {
    let rows = shown.intervals.iter().map(|(interval, path)| {
        let from = lang.date(date_of(interval.from));
        let words = match interval.to {
            FOREVER => lang.f("plan.person.from", &[("from", &from)]),
            to => {
                let last = lang.date(date_of(to - 1));
                lang.f("plan.person.from_to", &[("from", &from), ("to", &last)])
            }
        };
        [html! { (words) }, html! { (path) }, met_badge(lang, interval.met)]
    });
    html! {
        h2 { (lang.t("plan.person.days")) }
        (Table::new(lang, lang.t("plan.person.days"))
            .caption_only_heard()
            .column(Column::text(lang.t("plan.person.period")))
            .column(Column::text(lang.t("plan.people.unit")))
            .column(Column::text(lang.t("plan.people.state")))
            .rows(rows))
    }
}
