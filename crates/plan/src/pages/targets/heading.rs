//! Where a target is heading, in words and on its chart.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_web::components::{Badge, Icon, Line};

use crate::board::{self, Row, missing_people};
use crate::pages::words;
use crate::projection::{Asked, Heading, LEAST, Outlook, Projection, WEEKS, project};
use crate::target::Target;

/// A projection with what it was held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    heading: Heading,
    wanted: i64,
    whole: i64,
}

/// Where the unit of a row is heading. None when nobody knows what would be enough.
pub(super) fn load(tx: &mut Tx<'_>, target: &Target, row: &Row, on: Date) -> Result<Option<Shown>> {
    let path = row.path(target);
    let Some(whole) = row.whole.value() else { return Ok(None) };
    let Some(missing) = missing_people(&path, row.part, Some(whole)) else { return Ok(None) };
    let unit = row.place.unit;
    let Some(weeks) = board::weeks(tx, target.measure, unit, row.part, on, WEEKS)? else {
        return Ok(None);
    };
    let wanted = row.part + missing;
    let asked = Asked { weeks: &weeks, on, due: target.due, wanted, most: Some(whole) };
    Ok(Some(Shown { heading: project(&asked), wanted, whole }))
}

/// What it says, words first. Nothing for what is reached or past: the standing says so.
pub(super) fn words_of(lang: Lang, target: &Target, shown: &Shown) -> Markup {
    match shown.heading {
        Heading::Reached | Heading::Past => html! {},
        Heading::TooShort(weeks) => {
            let (n, least) = (lang.number(weeks as i64), lang.number(LEAST as i64));
            html! {
                p.quiet { (lang.f("plan.heading.short", &[("n", &n), ("least", &least)])) }
            }
        }
        Heading::To(projection) => projected(lang, target, shown, &projection),
    }
}

fn projected(lang: Lang, target: &Target, shown: &Shown, projection: &Projection) -> Markup {
    let outlook = projection.outlook(shown.wanted);
    let badge = match outlook {
        Outlook::Likely => Badge::good(lang.t("plan.heading.likely")).icon(Icon::ArrowUp),
        Outlook::Open => Badge::info(lang.t("plan.heading.open")).icon(Icon::Question),
        Outlook::Unlikely => Badge::warn(lang.t("plan.heading.unlikely")).icon(Icon::Warning),
    };
    let range = range(lang, projection, shown.whole);
    let due = lang.date(target.due);
    let needed = rate(lang, projection.needed);
    let last = rate(lang, projection.last_4);
    let pace = match projection.last_12 {
        Some(rate_12) => lang.f(
            "plan.heading.pace_12",
            &[("needed", &needed), ("last", &last), ("before", &rate(lang, rate_12))],
        ),
        None => lang.f("plan.heading.pace", &[("needed", &needed), ("last", &last)]),
    };
    html! {
        section.flow #heading {
            h2 { (lang.t("plan.heading.title")) }
            p { (badge) }
            p { (lang.f("plan.heading.range", &[("range", &range), ("due", &due)])) }
            p { (pace) }
            @if outlook != Outlook::Likely {
                p {
                    @match projection.reached_on {
                        Some(day) => {
                            (lang.f("plan.heading.reached_on", &[("day", &lang.date(day))]))
                        }
                        None => (lang.t("plan.heading.never")),
                    }
                }
            }
        }
    }
}

/// The chart goes on dotted to the due day; a point a month.
pub(super) fn drawn<'a>(
    lang: Lang,
    line: Line<'a>,
    target: &Target,
    shown: Option<&Shown>,
    on: Date,
) -> Line<'a> {
    let Some(Shown { heading: Heading::To(projection), whole, .. }) = shown else { return line };
    let share = |n: i64| n as f64 * 100.0 / (*whole).max(1) as f64;
    let at = [projection.low, projection.middle, projection.high].map(share);
    let months = i32::from(target.due.year() - on.year()) * 12 + i32::from(target.due.month())
        - i32::from(on.month());
    let label = lang.f("plan.heading.estimate", &[("day", &lang.date(target.due))]);
    let steps = usize::try_from(months).unwrap_or_default();
    line.ahead(label, range(lang, projection, *whole), at, steps)
}

/// "62–71%": rounded away from the middle, to whole percentages.
fn range(lang: Lang, projection: &Projection, whole: i64) -> String {
    let whole = i128::from(whole.max(1));
    let low = i128::from(projection.low) * 100 / whole;
    let high = (i128::from(projection.high) * 100 + whole - 1) / whole;
    let percent = |n: i128| i64::try_from(n).map(|n| n * 10).unwrap_or(i64::MAX);
    if low == high {
        return words::percent(lang, percent(low));
    }
    format!("{}–{}", words::number(lang, percent(low)), words::percent(lang, percent(high)))
}

/// Thousandths a week as people: with a decimal while they are few.
fn rate(lang: Lang, thousandths: i64) -> String {
    let few = thousandths.abs() < 10_000 && thousandths % 1000 != 0;
    lang.decimal(thousandths as f64 / 1000.0, usize::from(few))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn projection(low: i64, high: i64) -> Projection {
        Projection { low, middle: low, high, needed: 0, last_4: 0, last_12: None, reached_on: None }
    }

    #[test]
    fn a_range_is_rounded_outwards() {
        assert_eq!(range(Lang::Vi, &projection(629, 701), 1_000), "62–71%");
        assert_eq!(range(Lang::En, &projection(620, 620), 1_000), "62%");
        assert_eq!(range(Lang::Vi, &projection(0, 1_000), 1_000), "0–100%");
        assert_eq!(range(Lang::Vi, &projection(1, 3), 0), "100–300%");
    }

    #[test]
    fn a_rate_has_a_decimal_while_it_is_small() {
        assert_eq!(rate(Lang::Vi, 31_250), "31");
        assert_eq!(rate(Lang::Vi, 1_500), "1,5");
        assert_eq!(rate(Lang::Vi, 2_000), "2");
        assert_eq!(rate(Lang::Vi, 0), "0");
    }
}
