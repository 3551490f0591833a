//! The part of the board that moves: the unit's own figures and the table of units.

use maud::{Markup, Render, html};
use thao_base::Lang;
use thao_web::components::{
    Board as Table, BoardColumn, BoardRow, Empty, Line, Notice, Order, Stat, stats,
};

use super::board::Shown;
use crate::board::{Board, Path, Point, Row, expected_permille, missing_people};
use crate::pages::words;
use crate::view::TreeView;

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
    pub(super) fn sorted<'b>(self, board: &'b Board, path: &Path) -> Vec<&'b Row> {
        let mut rows: Vec<&Row> = board.rows.iter().collect();
        let share = |row: &Row| row.permille();
        match self {
            Sort::Name => {}
            Sort::Share => rows.sort_by_key(|row| share(row).unwrap_or(i64::MAX)),
            Sort::ShareFalling => rows.sort_by_key(|row| -share(row).unwrap_or(-1)),
            Sort::Part => rows.sort_by_key(|row| row.part),
            Sort::PartFalling => rows.sort_by_key(|row| -row.part),
            Sort::Gap => rows.sort_by_key(|row| {
                -missing_people(path, row.part, row.whole.value()).unwrap_or(-1)
            }),
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
    let target = &shown.view.target;
    let total = &board.total;
    let audience = shown.view.measure.rule.audience.name(lang);
    let note = words::whole(lang, &total.whole, audience);
    let have = match total.whole.value() {
        Some(whole) => Stat::part(lang, lang.t("plan.board.reached"), total.part, whole),
        None => Stat::count(lang, lang.t("plan.board.reached"), total.part),
    };
    let path = Path::of(target);
    let expected = words::percent(lang, expected_permille(&path, shown.on()));
    let expected = match shown.day {
        None => lang.f("plan.goal.expected", &[("share", &expected)]),
        Some(day) => {
            lang.f("plan.goal.expected_on", &[("share", &expected), ("day", &lang.date(day))])
        }
    };
    html! {
        // For machines: the figures as they are, whatever the language.
        div data-met=(total.part) data-base=[total.whole.value()] {
        (stats(html! {
            (have.note(note))
            div.stat {
                p.stat-words { (lang.t("plan.board.standing")) }
                p.stat-figure { (total.standing.badge(lang)) }
                p.stat-note { (words::goal_long(lang, target)) }
                p.stat-note { (expected) }
                @if let Some(words) = missing_words(lang, &path, total) {
                    p.stat-note { (words) }
                }
            }
            @if let Some(history) = &shown.history { (chart(lang, shown, history)) }
        }))
        }
    }
}

fn chart(lang: Lang, shown: &Shown, history: &[Point]) -> Markup {
    let target = &shown.view.target;
    let goal = lang.f("plan.goal.line", &[("goal", &words::goal(lang, target))]);
    let mut line =
        Line::new(lang, lang.t("plan.board.history")).goal(goal, f64::from(target.goal) / 10.0);
    for Point { on, part, whole } in history {
        let label = lang.date(*on);
        line = match whole.filter(|whole| 0 < *whole) {
            Some(whole) => line.share(label, *part, whole),
            None => line.missing(label),
        };
    }
    html! { (line) }
}

/// "còn thiếu 12 người", when somebody is missing.
fn missing_words(lang: Lang, path: &Path, row: &Row) -> Option<String> {
    let missing = missing_people(path, row.part, row.whole.value()).filter(|n| 0 < *n)?;
    Some(lang.f("plan.list.missing_people", &[("n", &lang.number(missing))]))
}

/// The board of a unit below, as seen from here: short, because a board has hundreds of them.
fn below(shown: &Shown, row: &Row) -> String {
    let mut out = format!("?unit={}", row.place.unit);
    if let Some(day) = shown.day {
        out.push_str(&format!("&day={day}"));
    }
    if shown.view.tree != TreeView::Now {
        out.push_str(&format!("&view={}", shown.view.tree.code()));
    }
    out
}

fn units(lang: Lang, shown: &Shown, board: &Board) -> Markup {
    let view = &shown.view;
    let path = Path::of(&view.target);
    let note = |row: &Row| match row.is_over() {
        true => Some(lang.t("plan.board.over_note").to_owned()),
        false => missing_words(lang, &path, row),
    };
    let to_row = |row: &Row, href: Option<String>| BoardRow {
        name: row.place.name.clone().into(),
        href: href.map(Into::into),
        part: row.part,
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
    let (part, part_now) = match sort {
        Sort::PartFalling => (Sort::Part, Some(Order::Falling)),
        Sort::Part => (Sort::PartFalling, Some(Order::Rising)),
        _ => (Sort::PartFalling, None),
    };
    let rows = sort.sorted(board, &path);
    let caption = lang.f("plan.board.caption", &[("day", &lang.date(shown.on()))]);
    let table = Table::new(lang, caption, lang.t("plan.board.part"), lang.t("plan.board.whole"))
        .sort(BoardColumn::Unit, by(Sort::Name), (sort == Sort::Name).then_some(Order::Rising))
        .sort(BoardColumn::Part, by(part), part_now)
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
