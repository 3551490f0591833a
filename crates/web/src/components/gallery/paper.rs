//! Samples of what is printed: slips, a roll with signatures.

use maud::{Markup, html};
use thao_base::Lang;

use super::{part, people};
use crate::components::{Column, Slip, Table, paper_head, signatures, slips};

pub(super) fn show(lang: Lang) -> Markup {
    let slip = |(name, below): (&'static str, String)| {
        Slip::new(name, html! {
            p { (below) }
            p { span.code { "THAO-4K7Q" } }
            p.quiet { (lang.t("web.gallery.valid")) }
        })
        .picture(html! {
            svg viewBox="0 0 8 8" aria-hidden="true" { path d="M0 0h3v3H0zM5 0h3v3H5zM0 5h3v3H0zM4 4h2v2H4z" {} }
        })
    };
    part(lang.t("web.gallery.slips"), &slips(people(lang).into_iter().take(2).map(slip)))
}

pub(super) fn roll(lang: Lang) -> Markup {
    let w = |key| lang.t(key);
    let rows = people(lang).into_iter().enumerate().map(|(i, (name, below))| {
        [html! { (i + 1) }, html! { (name) }, html! { (below) }, html! {}]
    });
    html! {
        (paper_head(lang, Some(w("web.gallery.office_above")), w("web.gallery.office"), w("web.gallery.place_date")))
        h1 { (w("web.gallery.roll")) }
        p { (w("web.gallery.session")) }
        (Table::new(lang, w("web.gallery.roll")).caption_only_heard().always_table()
            .column(Column::text("#"))
            .column(Column::text(w("web.gallery.name")))
            .column(Column::text(w("web.gallery.place")))
            .column(Column::blank(w("web.gallery.signature")))
            .rows(rows))
        (signatures(lang, &[w("web.gallery.maker"), w("web.gallery.head")]))
    }
}
