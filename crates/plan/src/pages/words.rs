//! Targets and measures in words.

use jiff::civil::Date;
use thao_base::Lang;
use thao_people::UnitKind;
use thao_record::Rung;

use crate::board::{Row, Value, Whole};
use crate::fold::{Need, Rule};
use crate::kind::{Family, Kind, Shape};
use crate::list;
use crate::measure::{Better, Definition, Measure};
use crate::target::{Qualifier, Target};

/// Thousandths as `62,5%`, whole percentages without a decimal.
pub(crate) fn percent(lang: Lang, permille: i64) -> String {
    lang.decimal(permille as f64 / 10.0, usize::from(permille % 10 != 0)) + "%"
}

/// Thousandths of a unit of measure in words: "62,5%", "300 người", "hạng 4".
pub(crate) fn value(lang: Lang, unit_code: &str, thousandths: i64) -> String {
    match list::measure_unit(unit_code) {
        _ if unit_code == "percent" => percent(lang, thousandths),
        Some(unit) => unit.words(lang, &lang.thousandths(thousandths)),
        None => lang.thousandths(thousandths),
    }
}

/// Thousandths as they are typed: a percentage without its mark.
pub(crate) fn typed(lang: Lang, unit_code: &str, thousandths: i64) -> String {
    match unit_code {
        "percent" => lang.decimal(thousandths as f64 / 10.0, usize::from(thousandths % 10 != 0)),
        _ => lang.thousandths(thousandths),
    }
}

/// So many of what a measure counts, or takes a share of: "12 xã", "300 người".
pub(crate) fn counted(lang: Lang, measure: &Measure, n: i64) -> String {
    value(lang, counted_in(&measure.rule).unwrap_or(&measure.unit_code), n.saturating_mul(1000))
}

/// What the parts of a share are counted in.
pub(super) fn counted_in(rule: &Rule) -> Option<&str> {
    let things = || rule.thing_kind.as_deref().and_then(list::thing_kind);
    match rule.kind {
        Kind::SharePeople | Kind::LeastTraining => Some("person"),
        Kind::ShareUnits | Kind::PerUnit | Kind::Milestone => rule.unit_kind.as_deref(),
        Kind::ShareThings => things().map(|kind| kind.unit.as_str()),
        Kind::ShareOf => rule.bases.first().and_then(|base| match base.kind.family() {
            Some(Family::People) => Some("person"),
            Some(Family::Units) => base.unit_kind.as_deref(),
            Some(Family::Things) => {
                let kind = base.thing_kind.as_deref().and_then(list::thing_kind);
                kind.map(|kind| kind.unit.as_str())
            }
            _ => counted_in(base),
        }),
        _ => None,
    }
}

/// A text as it stands in an address.
pub(crate) fn escaped(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    text.bytes()
        .map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// "ít nhất 80%", "khoảng 300 người mỗi năm", "hoàn thành".
pub(crate) fn goal(lang: Lang, target: &Target) -> String {
    goal_of(lang, target, target.goal)
}

/// [`goal`] with the goal of the year of a day, of what is counted each year.
pub(crate) fn goal_of(lang: Lang, target: &Target, thousandths: i64) -> String {
    let shape = target.kind.shape();
    if shape == Shape::Milestone {
        return lang.t("plan.goal.milestone").to_owned();
    }
    let qualifier = qualifier(lang, target.qualifier, target.better);
    let goal = value(lang, &target.unit_code, thousandths);
    let key = match shape {
        Shape::PerYear => "plan.goal.words_per_year",
        _ => "plan.goal.words",
    };
    lang.f(key, &[("qualifier", &qualifier), ("goal", &goal)])
}

/// The goal a row is held against, with the common one beside it where it has its own: "Mục tiêu
/// của đơn vị: ít nhất 70% vào 31/12/2030 (chỉ tiêu chung: ít nhất 80%)".
pub(crate) fn goal_of_row(lang: Lang, target: &Target, row: &Row) -> String {
    let Some(own) = row.own else { return goal_long(lang, target) };
    let (goal, common) = (goal_of(lang, target, own), self::goal(lang, target));
    let due = lang.date(target.due);
    lang.f("plan.goal.own_long", &[("goal", &goal), ("due", &due), ("common", &common)])
}

/// "Mục tiêu: ít nhất 80% vào 31/12/2030".
pub(crate) fn goal_long(lang: Lang, target: &Target) -> String {
    let goal = goal(lang, target);
    let key = match target.kind.shape() {
        Shape::PerYear => "plan.goal.long_per_year",
        Shape::Milestone => "plan.goal.long_milestone",
        _ => "plan.goal.long",
    };
    lang.f(key, &[("goal", &goal), ("due", &lang.date(target.due))])
}

pub(crate) fn qualifier(lang: Lang, qualifier: Qualifier, better: Better) -> &'static str {
    lang.t(match (qualifier, better) {
        (Qualifier::AtLeast, Better::More) => "plan.qualifier.at_least",
        (Qualifier::AtLeast, Better::Less) => "plan.qualifier.at_most",
        (Qualifier::MoreThan, Better::More) => "plan.qualifier.more_than",
        (Qualifier::MoreThan, Better::Less) => "plan.qualifier.less_than",
        (Qualifier::About, _) => "plan.qualifier.about",
        (Qualifier::Nearly, _) => "plan.qualifier.nearly",
        (Qualifier::Exactly, _) => "plan.qualifier.exactly",
    })
}

/// What a row of a target has, in words: "1.234 / 5.678 (21,7%)", "12 lớp", "Đã đạt".
pub(crate) fn have(lang: Lang, measure: &Measure, row: &Row) -> String {
    match row.value {
        Value::Share { part, .. } if measure.kind == Kind::Milestone => {
            lang.t(if 0 < part { "plan.milestone.done" } else { "plan.milestone.open" }).to_owned()
        }
        Value::Share { part, whole: Some(whole) } => format!(
            "{} / {} ({})",
            lang.number(part),
            lang.number(whole),
            lang.percent(part, whole)
        ),
        Value::Share { part, whole: None } => lang.number(part),
        Value::Count(n) => value(lang, &measure.unit_code, n.saturating_mul(1000)),
        Value::Given(Some(given)) => value(lang, &measure.unit_code, given),
        Value::Given(None) => lang.t("plan.whole.no_figure").to_owned(),
    }
}

/// "còn thiếu 12 người", when something is missing.
pub(crate) fn missing(lang: Lang, measure: &Measure, missing: Option<i64>) -> Option<String> {
    let missing = missing.filter(|missing| 0 < *missing)?;
    match measure.kind.shape() {
        Shape::Milestone => None,
        Shape::Figure => {
            let unit = list::measure_unit(&measure.unit_code);
            let name = unit.map_or("", |unit| unit.name.of(lang));
            let n = match measure.unit_code.as_str() {
                "percent" => percent(lang, missing),
                _ => format!("{} {name}", lang.thousandths(missing)),
            };
            Some(lang.f("plan.list.missing_figure", &[("n", &n)]))
        }
        _ => Some(lang.f("plan.list.missing", &[("n", &counted(lang, measure, missing))])),
    }
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

/// What a measure is made of, by name.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    pub(crate) audience: Option<String>,
    pub(crate) courses: Vec<String>,
    pub(crate) criterion: Option<String>,
    pub(crate) bases: Vec<String>,
}

/// What is said of a measure beside names.
pub(crate) struct Said<'a> {
    kind: Kind,
    rung: Rung,
    need: Need,
    unit_kind: Option<&'a str>,
    thing_kind: Option<&'a str>,
    at_least: i32,
}

impl<'a> From<&'a Rule> for Said<'a> {
    fn from(rule: &'a Rule) -> Said<'a> {
        Said {
            kind: rule.kind,
            rung: rule.rung,
            need: rule.need,
            unit_kind: rule.unit_kind.as_deref(),
            thing_kind: rule.thing_kind.as_deref(),
            at_least: rule.at_least,
        }
    }
}

impl<'a> From<&'a Definition> for Said<'a> {
    fn from(definition: &'a Definition) -> Said<'a> {
        Said {
            kind: definition.kind,
            rung: definition.rung,
            need: definition.need,
            unit_kind: definition.unit_kind.as_deref(),
            thing_kind: definition.thing_kind.as_deref(),
            at_least: definition.at_least.unwrap_or(1),
        }
    }
}

/// "Xã, phường, đặc khu": units of a kind, as a sentence begins.
pub(crate) fn unit_kind(lang: Lang, code: &str) -> String {
    let name = list::measure_unit(code).map_or(code, |unit| unit.name.of(lang));
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(crate) fn thing_kind(lang: Lang, code: &str) -> String {
    list::thing_kind(code).map_or(code, |kind| kind.name.of(lang)).to_owned()
}

/// A kind of unit or of thing, as a sentence begins.
pub(crate) fn subject(lang: Lang, code: &str) -> String {
    match UnitKind::from_code(code) {
        Some(_) => unit_kind(lang, code),
        None => thing_kind(lang, code),
    }
}

/// What counts: "Công chức đã đạt bài kiểm tra “An toàn thông tin”", "Lớp đã tổ chức của khoá …",
/// "Xã, phường đạt tiêu chí “…”". Empty of figures: they are what their title says.
pub(crate) fn definition<'a>(lang: Lang, said: impl Into<Said<'a>>, names: &Names) -> String {
    let said: Said<'_> = said.into();
    let courses = courses(lang, &said, names);
    let subject = match (said.unit_kind, said.thing_kind) {
        (Some(unit), _) if said.kind.family() == Some(Family::Units) => unit_kind(lang, unit),
        (_, Some(thing)) => thing_kind(lang, thing),
        _ => String::new(),
    };
    let criterion = names.criterion.as_deref().unwrap_or_default();
    let audience = names.audience.as_deref().unwrap_or_default();
    match said.kind {
        Kind::SharePeople | Kind::CountPeople => {
            lang.f("plan.board.definition", &[("audience", &audience), ("held", &courses)])
        }
        Kind::PeoplePerYear => {
            lang.f("plan.board.definition_per_year", &[("audience", &audience), ("held", &courses)])
        }
        Kind::Turns | Kind::TurnsPerYear if names.audience.is_none() => {
            lang.f("plan.board.turns", &[("courses", &list_of(lang, &names.courses))])
        }
        Kind::Turns | Kind::TurnsPerYear => lang.f(
            "plan.board.turns_of",
            &[("audience", &audience), ("courses", &list_of(lang, &names.courses))],
        ),
        Kind::Classes | Kind::ClassesPerYear => {
            lang.f("plan.board.classes", &[("courses", &list_of(lang, &names.courses))])
        }
        Kind::ShareUnits | Kind::ShareThings => {
            lang.f("plan.board.satisfies", &[("subject", &subject), ("criterion", &criterion)])
        }
        Kind::CountUnits | Kind::CountThings if names.criterion.is_some() => {
            lang.f("plan.board.satisfies", &[("subject", &subject), ("criterion", &criterion)])
        }
        Kind::CountUnits | Kind::CountThings => subject,
        Kind::PerUnit => lang.f(
            "plan.board.per_unit",
            &[
                ("subject", &subject),
                ("n", &said.at_least),
                ("things", &said.thing_kind.map(|kind| thing_kind(lang, kind)).unwrap_or_default()),
            ],
        ),
        Kind::Milestone => criterion.to_owned(),
        // What a training rule asks is said by the rule.
        Kind::Figure | Kind::LeastTraining => String::new(),
        Kind::ShareOf => share_of(lang, &courses, names),
    }
}

/// "Trong số “…”: đã đạt bài kiểm tra “…”".
fn share_of(lang: Lang, held: &str, names: &Names) -> String {
    let mut own = Vec::new();
    if !names.courses.is_empty() {
        own.push(held.to_owned());
    }
    if let Some(audience) = &names.audience {
        own.push(lang.f("plan.board.belongs", &[("audience", audience)]));
    }
    if let Some(criterion) = &names.criterion {
        own.push(lang.f("plan.board.satisfying", &[("criterion", criterion)]));
    }
    let own = own.join(", ");
    lang.f("plan.board.of", &[("bases", &list_of(lang, &names.bases)), ("own", &own)])
}

fn list_of(lang: Lang, names: &[String]) -> String {
    let named = |name: &String| lang.f("plan.board.course", &[("course", name)]);
    names.iter().map(named).collect::<Vec<String>>().join(", ")
}

/// "đã đạt bài kiểm tra cả các khoá “…”, “…”".
fn courses(lang: Lang, said: &Said<'_>, names: &Names) -> String {
    let list = list_of(lang, &names.courses);
    let key = match (names.courses.len(), said.need) {
        (0 | 1, _) => "plan.board.held",
        (_, Need::Any) => "plan.board.held_any",
        (_, Need::All) => "plan.board.held_all",
    };
    lang.f(key, &[("rung", &rung(lang, said.rung)), ("courses", &list)])
}

/// [`definition`] of a measure, with from when and how long evidence counts.
pub(crate) fn definition_of(lang: Lang, measure: &Measure, names: &Names) -> String {
    let rule = &measure.rule;
    let mut out = definition(lang, rule, names);
    if out.is_empty() {
        out.push_str(measure.title(lang));
    }
    out.push('.');
    if let Some(since) = rule.since {
        out.push(' ');
        out.push_str(&lang.f("plan.board.since", &[("since", &lang.date(since))]));
    }
    if let Some(months) = rule.valid_months {
        out.push(' ');
        out.push_str(&lang.f("plan.board.valid", &[("months", &months)]));
    }
    out
}

/// Whom or what the whole is made of, by name.
pub(crate) fn whole_of(lang: Lang, measure: &Measure, names: &Names) -> String {
    match (&measure.rule.unit_kind, &measure.rule.thing_kind) {
        _ if measure.kind == Kind::ShareOf => list_of(lang, &names.bases),
        (Some(unit), _) => unit_kind(lang, unit),
        (None, Some(thing)) => thing_kind(lang, thing),
        (None, None) => names.audience.clone().unwrap_or_default(),
    }
}

/// Where a denominator comes from.
pub(crate) fn whole(lang: Lang, whole: &Whole, of: &str) -> String {
    match whole {
        Whole::Computed(_) => lang.f("plan.whole.computed", &[("of", &of)]),
        Whole::Unasked => lang.t("plan.whole.unasked").to_owned(),
        Whole::Given { as_of, source } => {
            lang.f("plan.whole.given", &[("as_of", &lang.date(*as_of)), ("source", source)])
        }
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
        Whole::Partial { given, units } => {
            lang.f("plan.whole.partial", &[("given", given), ("units", units)])
        }
        Whole::Missing => lang.t("plan.whole.missing").to_owned(),
    }
}

/// "Theo tiến độ, hôm nay cần 21,7%"; nothing of what is done or not.
pub(crate) fn expected(
    lang: Lang,
    target: &Target,
    thousandths: i64,
    day: Option<Date>,
) -> Option<String> {
    if target.kind.shape() == Shape::Milestone {
        return None;
    }
    let share = value(lang, &target.unit_code, thousandths);
    Some(match day {
        None => lang.f("plan.goal.expected", &[("share", &share)]),
        Some(day) => {
            lang.f("plan.goal.expected_on", &[("share", &share), ("day", &lang.date(day))])
        }
    })
}
