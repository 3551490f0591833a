//! Targets and measures in words.

use thao_base::Lang;
use thao_record::Rung;

use crate::board::Whole;
use crate::fold::Need;
use crate::measure::Measure;
use crate::target::{Qualifier, Target};
use crate::view::TreeView;

/// Thousandths as `62,5%`, whole percentages without a decimal.
pub(crate) fn percent(lang: Lang, permille: i64) -> String {
    number(lang, permille) + "%"
}

/// [`percent`] without its mark: as it is typed.
pub(crate) fn number(lang: Lang, permille: i64) -> String {
    lang.decimal(permille as f64 / 10.0, usize::from(permille % 10 != 0))
}

/// A text as it stands in an address.
pub(crate) fn escaped(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    text.bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// "ít nhất 80%".
pub(crate) fn goal(lang: Lang, target: &Target) -> String {
    let qualifier = qualifier(lang, target.qualifier());
    let goal = percent(lang, target.goal.into());
    lang.f("plan.goal.words", &[("qualifier", &qualifier), ("goal", &goal)])
}

/// "Mục tiêu: ít nhất 80% vào 31/12/2030".
pub(crate) fn goal_long(lang: Lang, target: &Target) -> String {
    let goal = goal(lang, target);
    lang.f("plan.goal.long", &[("goal", &goal), ("due", &lang.date(target.due))])
}

pub(crate) fn qualifier(lang: Lang, qualifier: Qualifier) -> &'static str {
    lang.t(match qualifier {
        Qualifier::AtLeast => "plan.qualifier.at_least",
        Qualifier::MoreThan => "plan.qualifier.more_than",
        Qualifier::About => "plan.qualifier.about",
        Qualifier::Nearly => "plan.qualifier.nearly",
        Qualifier::Exactly => "plan.qualifier.exactly",
    })
}

/// What somebody who holds a rung has done: "đã đạt bài kiểm tra".
pub(crate) fn rung(lang: Lang, rung: Rung) -> &'static str {
    lang.t(match rung {
        Rung::None | Rung::Attended => "plan.rung.attended",
        Rung::Completed => "plan.rung.completed",
        Rung::Passed => "plan.rung.passed",
        Rung::Observed => "plan.rung.observed",
        Rung::Confirmed => "plan.rung.confirmed",
        Rung::StillAble => "plan.rung.still_able",
    })
}

/// Who counts, for what: "Công chức đã đạt bài kiểm tra “An toàn thông tin”".
pub(crate) fn definition(
    lang: Lang,
    audience: &str,
    held: Rung,
    need: Need,
    courses: &[String],
) -> String {
    let named = |course: &String| lang.f("plan.board.course", &[("course", course)]);
    let list = courses.iter().map(named).collect::<Vec<String>>().join(", ");
    let key = match (courses.len(), need) {
        (0 | 1, _) => "plan.board.definition",
        (_, Need::Any) => "plan.board.definition_any",
        (_, Need::All) => "plan.board.definition_all",
    };
    let rung = rung(lang, held);
    lang.f(key, &[("audience", &audience), ("rung", &rung), ("courses", &list)])
}

/// [`definition`] of a measure, with how long evidence counts.
pub(crate) fn definition_of(lang: Lang, measure: &Measure, courses: &[String]) -> String {
    let rule = &measure.rule;
    let mut out = definition(lang, rule.audience.name(lang), rule.rung, rule.need, courses);
    out.push('.');
    if let Some(months) = rule.valid_months {
        out.push(' ');
        out.push_str(&lang.f("plan.board.valid", &[("months", &months)]));
    }
    out
}

/// Where a denominator comes from.
pub(crate) fn whole(lang: Lang, whole: &Whole, audience: &str) -> String {
    match whole {
        Whole::Computed(_) => lang.f("plan.whole.computed", &[("audience", &audience)]),
        Whole::Figure { as_of, source, .. } => {
            lang.f("plan.whole.figure", &[("as_of", &lang.date(*as_of)), ("source", source)])
        }
        Whole::Sum { units, from, to, .. } if from == to => {
            lang.f("plan.whole.sum", &[("units", units), ("from", &lang.date(*from))])
        }
        Whole::Sum { units, from, to, .. } => lang.f(
            "plan.whole.sum_between",
            &[("units", units), ("from", &lang.date(*from)), ("to", &lang.date(*to))],
        ),
        Whole::Apportioned { units, from, to, .. } => lang.f(
            "plan.whole.apportioned",
            &[("units", units), ("from", &lang.date(*from)), ("to", &lang.date(*to))],
        ),
        Whole::Partial { given, units } => {
            lang.f("plan.whole.partial", &[("given", given), ("units", units)])
        }
        Whole::Missing => lang.t("plan.whole.missing").to_owned(),
    }
}

/// By which tree of units a board is counted.
pub(crate) fn tree(lang: Lang, view: TreeView) -> String {
    match view {
        TreeView::Now => lang.t("plan.view.now_words").to_owned(),
        TreeView::Then => lang.t("plan.view.then_words").to_owned(),
        TreeView::At(day) => lang.f("plan.view.at_words", &[("day", &lang.date(day))]),
    }
}
