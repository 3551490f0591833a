//! Where a target is heading, in words and on its chart.

use jiff::civil::Date;
use maud::{Markup, html};
use thao_base::{Lang, Result, Tx};
use thao_record::evidence::day;
use thao_web::components::{Badge, Icon, Line};

use crate::board::{self, Row};
use crate::kind::Shape;
use crate::measure::{Better, Measure};
use crate::pages::view::View;
use crate::pages::{pace, words};
use crate::projection::{Asked, Heading, LEAST, Outlook, Projection, WEEKS, project};

/// A projection with what it was held against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    heading: Heading,
    wanted: i64,
    /// Of shares.
    whole: Option<i64>,
    due: Date,
    on: Date,
}

/// Where the unit of a row is heading. None when nobody knows what would be enough, and of what is
/// done at once, given by others, or better when it is less.
pub(super) fn load(tx: &mut Tx<'_>, view: &View, row: &Row, on: Date) -> Result<Option<Shown>> {
    let target = &view.target;
    if target.better == Better::Less {
        return Ok(None);
    }
    let (whole, due, weeks) = match target.kind.shape() {
        Shape::Share => (row.whole.value(), target.due, WEEKS),
        Shape::Count => (None, target.due, WEEKS),
        // What begins anew each January has no history before it, and is due by its end.
        Shape::PerYear => {
            let (first, last) = (on.first_of_year(), on.last_of_year());
            let weeks = (day(on) - day(first)) / 7;
            (None, target.due.min(last), WEEKS.min(usize::try_from(weeks).unwrap_or_default()))
        }
        Shape::Milestone | Shape::Figure => return Ok(None),
    };
    let Some(missing) = row.missing(target, on) else { return Ok(None) };
    let unit = row.place.unit;
    let Some(weeks) = board::weeks(tx, target.measure, unit, row.part, on, weeks)? else {
        return Ok(None);
    };
    let wanted = row.part + missing;
    let asked = Asked { weeks: &weeks, on, due, wanted, most: whole };
    Ok(Some(Shown { heading: project(&asked), wanted, whole, due, on }))
}

/// What it says, words first. Nothing for what is reached or past: the standing says so.
pub(super) fn words_of(lang: Lang, view: &View, shown: &Shown) -> Markup {
    match shown.heading {
        Heading::Reached | Heading::Past => html! {},
        Heading::TooShort(weeks) => {
            let (n, least) = (lang.number(weeks as i64), lang.number(LEAST as i64));
            html! {
                p.quiet { (lang.f("plan.heading.short", &[("n", &n), ("least", &least)])) }
            }
        }
        Heading::To(projection) => projected(lang, view, shown, &projection),
    }
}

fn projected(lang: Lang, view: &View, shown: &Shown, projection: &Projection) -> Markup {
    let measure = &view.measure;
    let outlook = projection.outlook(shown.wanted);
    let badge = match outlook {
        Outlook::Likely => Badge::good(lang.t("plan.heading.likely")).icon(Icon::ArrowUp),
        Outlook::Open => Badge::info(lang.t("plan.heading.open")).icon(Icon::Question),
        Outlook::Unlikely => Badge::warn(lang.t("plan.heading.unlikely")).icon(Icon::Warning),
    };
    let range = range(lang, measure, projection, shown.whole);
    let due = lang.date(shown.due);
    let needed = pace::needed(lang, measure, projection.needed);
    let last = pace::rate(lang, measure, projection.last_4);
    let words = match projection.last_12 {
        Some(rate_12) => lang.f(
            "plan.heading.pace_12",
            &[
                ("needed", &needed),
                ("last", &last),
                ("before", &pace::rate(lang, measure, rate_12)),
            ],
        ),
        None => lang.f("plan.heading.pace", &[("needed", &needed), ("last", &last)]),
    };
    html! {
        section.flow #heading {
            h2 { (lang.t("plan.heading.title")) }
            p { (badge) }
            p { (lang.f("plan.heading.range", &[("range", &range), ("due", &due)])) }
            p { (words) }
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
    view: &View,
    shown: Option<&Shown>,
) -> Line<'a> {
    let Some(Shown { heading: Heading::To(projection), whole, due, on, .. }) = shown else {
        return line;
    };
    let at = [projection.low, projection.middle, projection.high].map(|n| match whole {
        Some(whole) => n as f64 * 100.0 / (*whole).max(1) as f64,
        None => n as f64,
    });
    let months =
        i32::from(due.year() - on.year()) * 12 + i32::from(due.month()) - i32::from(on.month());
    let label = lang.f("plan.heading.estimate", &[("day", &lang.date(*due))]);
    let steps = usize::try_from(months).unwrap_or_default();
    line.ahead(label, range(lang, &view.measure, projection, *whole), at, steps)
}

/// "62–71%", rounded away from the middle to whole percentages; "412–530 người".
fn range(lang: Lang, measure: &Measure, projection: &Projection, whole: Option<i64>) -> String {
    let Some(whole) = whole else {
        let high = words::counted(lang, measure, projection.high);
        if projection.low == projection.high {
            return high;
        }
        return format!("{}–{high}", lang.number(projection.low));
    };
    let [low, high] = percents(projection, whole);
    if low == high {
        return words::percent(lang, low * 10);
    }
    format!("{}–{}", lang.number(low), words::percent(lang, high * 10))
}

fn percents(projection: &Projection, whole: i64) -> [i64; 2] {
    let whole = i128::from(whole.max(1));
    let low = i128::from(projection.low) * 100 / whole;
    let high = (i128::from(projection.high) * 100 + whole - 1) / whole;
    [low, high].map(|n| i64::try_from(n).unwrap_or(i64::MAX / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_rounded_outwards() {
        let of = |low, high| Projection {
            low,
            middle: low,
            high,
            needed: 0,
            last_4: 0,
            last_12: None,
            reached_on: None,
        };
        assert_eq!(percents(&of(629, 701), 1_000), [62, 71]);
        assert_eq!(percents(&of(620, 620), 1_000), [62, 62]);
        assert_eq!(percents(&of(0, 1_000), 1_000), [0, 100]);
        assert_eq!(percents(&of(1, 3), 0), [100, 300]);
    }
}
