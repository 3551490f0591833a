//! Samples of what shows: notices, badges, cards, stats, tables, boards, charts.

use maud::{Markup, Render, html};
use thao_base::Lang;

use super::{part, people};
use crate::components::{
    Badge, Bars, Board, BoardColumn, BoardRow, Button, Card, Column, Confirm, Empty, Facts, Icon,
    Line, LinkButton, Notice, Order, Pages, Progress, Standing, Stat, Table, Tabs, below, cards,
    copy_text, details, live_part, print_button, stats, toolbar, yes_no,
};

pub(super) fn show(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    html! {
        (Tabs::new(w("web.gallery.parts"))
            .tab("#a", w("web.gallery.overview"))
            .counted("#b", w("web.gallery.people"), "40")
            .tab("#c", w("web.gallery.journal"))
            .current("#a"))
        (stats(html! {
            (Stat::part(lang, w("web.gallery.passed"), 1_234, 5_678).note(w("web.gallery.as_of")))
            (Stat::part(lang, w("web.gallery.working_age"), 812_004, 1_015_005).href("#x"))
            (Stat::count(lang, w("web.gallery.open_classes"), 12))
        }))
        (part(w("web.gallery.notices"), &notices(lang)))
        (part(w("web.gallery.board"), &board(lang)))
        (part(w("web.gallery.charts"), &charts(lang)))
        (part(w("web.gallery.table"), &table(lang)))
        (part(w("web.gallery.cards"), &some_cards(lang)))
        (part(w("web.gallery.facts"), &facts(lang)))
        (part(w("web.gallery.icons"), &html! {
            div.toolbar { @for icon in Icon::ALL { (icon) } }
        }))
    }
}

fn notices(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    html! {
        (Notice::info(w("web.gallery.note_info")))
        (Notice::warn(w("web.gallery.note_warn")).title(w("web.gallery.note_warn_title")))
        (Notice::bad(w("web.gallery.note_bad")).more(toolbar(html! {
            (LinkButton::quiet("#again", w("web.gallery.try_again")))
        })))
        p.toolbar {
            @for standing in [
                Standing::Reached, Standing::OnTrack, Standing::AtRisk, Standing::Missed, Standing::Unknown,
            ] { (standing.badge(lang)) }
        }
    }
}

fn board(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    let row = |key, part, whole, standing, trend| BoardRow {
        name: lang.t(key).into(),
        href: Some("#unit".into()),
        part: Some(part),
        whole,
        standing,
        trend,
        note: None,
    };
    let board =
        Board::new(lang, w("web.gallery.by_commune"), w("web.gallery.have"), w("web.gallery.must"))
            .sort(BoardColumn::Unit, "#s1", None)
            .sort(BoardColumn::Share, "#s2", Some(Order::Falling))
            .rows([
                row("web.gallery.commune_1", 312, Some(312), Standing::Reached, Some(8)),
                row("web.gallery.commune_2", 1_204, Some(2_318), Standing::OnTrack, Some(32)),
                row("web.gallery.commune_3", 97, Some(1_871), Standing::AtRisk, Some(0)),
                row("web.gallery.commune_4", 40, Some(900), Standing::Missed, Some(-12)),
                row("web.gallery.commune_5", 12, None, Standing::Unknown, None),
            ])
            .total(row("web.gallery.province", 1_665, Some(5_401), Standing::AtRisk, Some(11)));
    live_part("board", 5, board)
}

fn charts(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    html! {
        div.columns {
            (Bars::new(lang, w("web.gallery.bars"))
                .share(w("web.gallery.commune_1"), 312, 312)
                .share(w("web.gallery.commune_2"), 1_204, 2_318)
                .share(w("web.gallery.commune_3"), 97, 1_871)
                .missing(w("web.gallery.commune_5"))
                .goal(w("web.gallery.goal"), 80.0))
            (Bars::new(lang, w("web.gallery.open_classes"))
                .count(w("web.gallery.commune_2"), 9)
                .count(w("web.gallery.commune_3"), 3))
        }
        (Line::new(lang, w("web.gallery.line"))
            .share("01/2026", 310, 5_401)
            .share("02/2026", 702, 5_401)
            .share("03/2026", 1_010, 5_401)
            .missing("04/2026")
            .share("05/2026", 1_402, 5_401)
            .share("06/2026", 1_665, 5_401)
            .goal(w("web.gallery.goal"), 80.0))
    }
}

fn table(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    let columns = |caption| {
        Table::new(lang, caption)
            .column(Column::text(w("web.gallery.name")).sort("#n", Some(Order::Rising)))
            .column(Column::text(w("web.gallery.state")))
            .column(Column::number(w("web.gallery.hours")).sort("#h", None))
            .column(Column::text(w("web.gallery.counts")))
            .column(Column::actions(w("web.gallery.actions")))
    };
    let rows = people(lang).into_iter().enumerate().map(|(i, (name, place))| {
        let hours = i64::try_from(i).unwrap_or(0) * 4;
        let state = if i % 2 == 0 {
            Badge::good(w("web.gallery.passed_short"))
        } else {
            Badge::plain(w("web.gallery.not_yet"))
        };
        vec![
            html! { a href="#p" { (name) } (below(&place)) },
            state.render(),
            html! { (lang.number(hours)) },
            yes_no(lang, i % 2 == 0),
            html! { (LinkButton::quiet("#e", w("web.gallery.edit")).icon(Icon::Edit).context(name)) },
        ]
    });
    html! {
        (columns(w("web.gallery.people")).rows(rows)
            .pages(Pages::new(lang).previous("#b").next("#a").shown(5, Some(1_234))))
        (columns(w("web.gallery.people"))
            .empty(Empty::new(w("web.gallery.none_title"), w("web.gallery.none_words"))
                .action("#new", w("web.gallery.open_class"))))
    }
}

fn some_cards(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    cards(html! {
        (Card::new(w("web.gallery.course")).above(w("web.gallery.due")).href("#c")
            .mark(Badge::warn(w("web.gallery.due_soon")).icon(Icon::Clock))
            .body(Progress::new(lang, w("web.gallery.studied"), 3, 7)))
        (Card::new(w("web.gallery.class")).icon(Icon::Class)
            .body(html! { p { (w("web.gallery.class_words")) } })
            .actions(html! {
                (LinkButton::primary("#t", w("web.gallery.take")))
                (Button::quiet(w("web.gallery.edit")))
            }))
        (Card::new(w("web.gallery.reading")).body(Progress::new(lang, w("web.gallery.reading_file"), 0, 0)))
    })
}

fn facts(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    html! {
        (Facts::new()
            .fact(w("web.gallery.name"), w("web.gallery.person_2"))
            .fact(w("web.gallery.place"), w("web.gallery.village_1"))
            .fact(w("web.gallery.state"), Badge::good(w("web.gallery.passed_short"))))
        (details(w("web.gallery.how"), html! { p { (w("web.gallery.how_words")) } }))
        (copy_text(lang, w("web.gallery.message"), w("web.gallery.message_words")))
        div.toolbar {
            (print_button(lang))
            (Confirm::new(w("web.gallery.delete"), w("web.gallery.delete_words"),
                html! { form { (Button::danger(w("web.gallery.delete_now"))) } }))
        }
    }
}
