//! States and figures in words.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{Badge, Icon};

use crate::figure::{self, Figure};
use crate::period::Period;
use crate::state::State;

pub(super) fn state(lang: Lang, state: State) -> &'static str {
    lang.t(match state {
        State::Open => "report.state.open",
        State::Checked => "report.state.checked",
        State::Submitted => "report.state.submitted",
        State::Returned => "report.state.returned",
        State::Approved => "report.state.approved",
        State::Locked => "report.state.locked",
    })
}

/// How a return stands, for one that may be late.
pub(super) fn badge(lang: Lang, of: State, is_late: bool) -> Badge<'static> {
    match of {
        State::Locked | State::Approved => Badge::good(state(lang, of)).icon(Icon::Lock),
        State::Submitted => Badge::info(state(lang, of)),
        State::Returned => Badge::bad(state(lang, of)),
        _ if is_late => Badge::warn(lang.t("report.state.late")).icon(Icon::Clock),
        _ => Badge::plain(state(lang, of)),
    }
}

/// "Tháng 11/2026 (15/10/2026 – 14/11/2026)".
pub(super) fn period(lang: Lang, period: &Period) -> String {
    lang.f(
        "report.period.days",
        &[
            ("period", &period.name.words(lang)),
            ("starts", &lang.date(period.starts)),
            ("ends", &lang.date(period.ends)),
        ],
    )
}

/// A figure with its unit; missing is said.
pub(super) fn figure(lang: Lang, of: &Figure) -> Markup {
    let over = of.is_over();
    html! {
        @match of.part {
            None => span.unknown { (figure::words(lang, of)) },
            Some(_) => (figure::words(lang, of)),
        }
        @if over { " " (Badge::bad(lang.t("report.figure.over"))) }
    }
}
