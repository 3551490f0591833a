//! The part of the board that moves: the unit's own figures and the table of units.

use jiff::civil::Date;
use maud::{Markup, Render, html};
use thao_base::Lang;
use thao_web::components::{
    Board as Table, BoardColumn, BoardOf, BoardRow, Empty, Line, Notice, Order, Stat, stats,
};

use super::board::Shown;
use super::{heading, holding, steps};
use crate::board::{Board, Path, Point, Row, Value, Whole, expected};
use crate::kind::{Kind, Shape};
use crate::list;
use crate::measure::Measure;
use crate::pages::view::View;
use crate::pages::words;
use crate::target::Target;

/// How the units are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Name,
    Share,
    ShareFalling,
    Part,
    PartFalling,
    Gap,
}

impl Sort {
    const ALL: [Sort; 6] =
        [Sort::Name, Sort::Share, Sort::ShareFalling, Sort::Part, Sort::PartFalling, Sort::Gap];

    pub(super) fn code(self) -> &'static str {
        match self {
            Sort::Name => "name",
            Sort::Share => "share",
            Sort::ShareFalling => "-share",
            Sort::Part => "part",
            Sort::PartFalling => "-part",
            Sort::Gap => "gap",
        }
    }

    pub(super) fn from_code(code: &str) -> Sort {
        Sort::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or(Sort::Name)
    }

    /// The rows in order; those nobody can sort by (no denominator) come last, by name.
    pub(super) fn sorted<'b>(self, board: &'b Board, target: &Target, on: Date) -> Vec<&'b Row> {
        let mut rows: Vec<&Row> = board.rows.iter().collect();
        let share = |row: &Row| row.thousandths();
        match self {
            Sort::Name => {}
            Sort::Share => rows.sort_by_key(|row| share(row).unwrap_or(i64::MAX)),
            Sort::ShareFalling => rows.sort_by_key(|row| -share(row).unwrap_or(-1)),
            Sort::Part => rows.sort_by_key(|row| row.part),
            Sort::PartFalling => rows.sort_by_key(|row| -row.part),
            Sort::Gap => rows.sort_by_key(|row| -row.missing(target, on).unwrap_or(-1)),
        }
        rows
    }
}

pub(super) fn board(lang: Lang, shown: &Shown) -> Markup {
    let Some(board) = &shown.board else {
        let (done, all) = shown.filling.map_or((0, 0), |filling| (filling.filled, filling.people));
        let words = counting(lang, "plan.board.counting", done, all);
        return Notice::info(words).render();
    };
    let names = over(board);
    html! {
        @if let Some(filling) = shown.filling {
            (Notice::info(counting(lang, "plan.board.recounting", filling.filled, filling.people)))
        }
        @if !names.is_empty() {
            (Notice::warn(lang.f("plan.board.over", &[("units", &names.join(", "))])))
        }
        (figures(lang, shown, board))
        @if let Some(found) = &shown.heading {
            (heading::words_of(lang, &shown.view, found))
        }
        (steps::steps(lang, &shown.view.about(board, shown.today, shown.size), &shown.steps))
        (holding::holding(lang, &shown.view, board, shown.on()))
        (units(lang, shown, board))
    }
}

fn counting(lang: Lang, key: &str, done: i64, all: i64) -> String {
    lang.f(key, &[("done", &lang.number(done)), ("all", &lang.number(all))])
}

/// Units with more people in the numerator than the denominator has.
fn over(board: &Board) -> Vec<String> {
    let all = std::iter::once(&board.total).chain(&board.rows);
    all.filter(|row| row.is_over()).map(|row| row.place.name.clone()).collect()
}

/// The unit's own figures, large.
fn figures(lang: Lang, shown: &Shown, board: &Board) -> Markup {
    let View { target, measure, .. } = &shown.view;
    let total = &board.total;
    let note = match shown.done {
        Some(done) => lang.f("plan.milestone.since", &[("day", &lang.date(done))]),
        None => words::whole(lang, &total.whole, &shown.view.whole_of(lang)),
    };
    let path = total.path(target);
    let expected = words::expected(lang, target, expected(&path, shown.on()), shown.day);
    html! {
        // For machines: the figures as they are, whatever the language.
        div data-met=(total.part) data-base=[total.whole.value()] {
        (stats(html! {
            (have(lang, measure, total, shown.on()).note(note))
            div.stat {
                p.stat-words { (lang.t("plan.board.standing")) }
                p.stat-figure { (total.standing.badge(lang)) }
                p.stat-note { (words::goal_of_row(lang, target, total)) }
                @if path.goal_on(shown.on()) != path.goal {
                    p.stat-note { (this_year(lang, target, &path, shown.on())) }
                }
                @if let Some(expected) = expected { p.stat-note { (expected) } }
                @if let Some(words) = missing_words(lang, shown, total) {
                    p.stat-note { (words) }
                }
            }
            @if measure.kind != Kind::Milestone && let Some(history) = &shown.history {
                @let line = chart(lang, target, total, history, lang.t("plan.board.history"));
                (heading::drawn(lang, line, &shown.view, shown.heading.as_ref()))
            }
        }))
        }
    }
}

/// What the unit has, large: with its whole, or alone.
pub(super) fn have<'a>(lang: Lang, measure: &Measure, row: &Row, on: Date) -> Stat<'a> {
    match (row.value, measure.kind.shape()) {
        (Value::Share { part, whole: Some(whole) }, Shape::Share) => {
            Stat::part(lang, lang.t("plan.board.reached"), part, whole)
        }
        (_, Shape::PerYear) => {
            let words = lang.f("plan.board.in_year", &[("year", &on.year())]);
            Stat::figure(words, words::have(lang, measure, row))
        }
        (_, Shape::Share) => {
            Stat::figure(lang.t("plan.board.reached"), words::have(lang, measure, row))
        }
        _ => Stat::figure(lang.t("plan.board.so_far"), words::have(lang, measure, row)),
    }
}

/// "Năm 2027: khoảng 400 người".
fn this_year(lang: Lang, target: &Target, path: &Path, on: Date) -> String {
    let goal = words::value(lang, &target.unit_code, path.goal_on(on));
    lang.f("plan.goal.of_year", &[("year", &on.year()), ("goal", &goal)])
}

/// How a target's figure moved.
pub(super) fn chart<'a>(
    lang: Lang,
    target: &Target,
    row: &Row,
    history: &[Point],
    caption: &'a str,
) -> Line<'a> {
    let path = row.path(target);
    let goal = history.last().map_or(path.goal, |last| path.goal_on(last.on));
    let words = words::goal_of(lang, target, goal);
    let words = lang.f("plan.goal.line", &[("goal", &words)]);
    let of_one = if target.unit_code == "percent" { 10.0 } else { 1000.0 };
    let mut line = Line::new(lang, caption).goal(words, goal as f64 / of_one);
    for Point { on, value } in history {
        let label = lang.date(*on);
        line = match (value, value.thousandths()) {
            (Value::Share { part, whole: Some(whole) }, Some(_)) => {
                line.share(label, *part, *whole)
            }
            (Value::Share { .. }, _) | (_, None) => line.missing(label),
            (_, Some(n)) => line.thousandths(label, n),
        };
    }
    line
}

/// "còn thiếu 12 người", when somebody is missing.
fn missing_words(lang: Lang, shown: &Shown, row: &Row) -> Option<String> {
    words::missing(lang, &shown.view.measure, row.missing(&shown.view.target, shown.on()))
}

/// The board of a unit below, as seen from here: short, because a board has hundreds of them.
fn below(shown: &Shown, row: &Row) -> String {
    match shown.day {
        Some(day) => format!("?unit={}&day={day}", row.place.unit),
        None => format!("?unit={}", row.place.unit),
    }
}

fn units(lang: Lang, shown: &Shown, board: &Board) -> Markup {
    let view = &shown.view;
    let target = &view.target;
    let of = match view.measure.kind.shape() {
        Shape::Share | Shape::Milestone => BoardOf::Shares,
        Shape::Count | Shape::PerYear => BoardOf::Counts,
        Shape::Figure => BoardOf::Thousandths,
    };
    let note = |row: &Row| match (row.is_over(), missing_words(lang, shown, row), row.own) {
        (true, ..) => Some(lang.t("plan.board.over_note").to_owned()),
        (_, missing, Some(own)) if own != target.goal => {
            let goal = words::value(lang, &target.unit_code, own);
            let own = lang.f("plan.board.own_note", &[("goal", &goal)]);
            Some(missing.map_or(own.clone(), |missing| format!("{own}, {missing}")))
        }
        (_, missing, _) => missing,
    };
    let to_row = |row: &Row, href: Option<String>| BoardRow {
        name: row.place.name.clone().into(),
        href: href.map(Into::into),
        part: (!matches!((of, &row.whole), (BoardOf::Thousandths, Whole::Missing)))
            .then_some(row.part),
        whole: row.whole.value(),
        standing: row.standing,
        trend: row.trend,
        note: note(row).map(Into::into),
    };
    let sort = shown.sort;
    let by =
        |to: Sort| format!("{}&sort={}", view.address("", view.place.unit, shown.day), to.code());
    let (share, share_now) = match sort {
        Sort::Share => (Sort::ShareFalling, Some(Order::Rising)),
        Sort::ShareFalling => (Sort::Share, Some(Order::Falling)),
        _ => (Sort::Share, None),
    };
    let (part_sort, part_now) = match sort {
        Sort::PartFalling => (Sort::Part, Some(Order::Falling)),
        Sort::Part => (Sort::PartFalling, Some(Order::Rising)),
        _ => (Sort::PartFalling, None),
    };
    let rows = sort.sorted(board, target, shown.on());
    let caption = lang.f("plan.board.caption", &[("day", &lang.date(shown.on()))]);
    let part_words = match (of, list::measure_unit(&view.measure.unit_code)) {
        (BoardOf::Counts | BoardOf::Thousandths, Some(unit)) => {
            lang.f("plan.board.number_of", &[("unit", &unit.name.of(lang))])
        }
        _ => lang.t("plan.board.part").to_owned(),
    };
    let table = Table::new(lang, caption, part_words, lang.t("plan.board.whole"))
        .of(of)
        .sort(BoardColumn::Unit, by(Sort::Name), (sort == Sort::Name).then_some(Order::Rising))
        .sort(BoardColumn::Part, by(part_sort), part_now)
        .sort(BoardColumn::Share, by(share), share_now)
        .rows(rows.into_iter().map(|row| to_row(row, Some(below(shown, row)))))
        .total(to_row(&board.total, None))
        .empty(Empty::new(lang.t("plan.board.no_units"), lang.t("plan.board.no_units_words")));
    html! {
        @if !board.rows.is_empty() {
            p.no-print {
                @if sort == Sort::Gap {
                    a href=(by(Sort::Name)) { (lang.t("plan.board.sort_name")) }
                } @else {
                    a href=(by(Sort::Gap)) { (lang.t("plan.board.sort_gap")) }
                }
            }
        }
        (table)
    }
}
