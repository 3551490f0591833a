//! The fields of a text, and the places it can have.

use maud::{Markup, html};
use thao_base::Lang;
use thao_web::components::{
    Button, Column, Field, FieldErrors, Form as Sending, Icon, Table, details, hidden,
};
use thao_web::{Ask, Chrome};

use crate::form::{Form, Line};

/// What stands in the fields.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) title: String,
    pub(super) body: String,
}

pub(super) fn fields(
    ask: &Ask,
    chrome: &Chrome,
    action: &str,
    form: &Form,
    lines: &[Line],
    typed: &Typed,
    errors: &FieldErrors,
) -> Markup {
    let lang = chrome.lang;
    let sending = Sending::post(chrome, action.to_owned()).once(ask.form_id()).body(html! {
        (hidden("form", &form.id.to_string()))
        (Field::text("title", lang.t("report.templates.name"))
            .value(typed.title.as_str()).errors(errors))
        (Field::long("body", lang.t("report.templates.body")).lines(18)
            .value(typed.body.as_str()).hint(lang.t("report.templates.body_hint")).errors(errors))
        (Button::primary(lang.t("report.templates.save")).icon(Icon::Check))
    });
    html! {
        (sending)
        (details(lang.t("report.templates.places"), places(lang, lines)))
    }
}

/// Every place with what it gives: the one documentation of them.
fn places(lang: Lang, lines: &[Line]) -> Markup {
    let code = lines.first().map_or("BD-1", |line| line.code.as_str());
    let whole = |name: &str| format!("{{{{{name}}}}}");
    let of_line = |aspect: &str| format!("{{{{chi_tieu {code}: {aspect}}}}}");
    let rows = [
        ("# …, ## …".to_owned(), "report.place.heading"),
        (whole("ky"), "report.place.ky"),
        (whole("ky_truoc"), "report.place.ky_truoc"),
        (whole("tu_ngay"), "report.place.tu_ngay"),
        (whole("den_ngay"), "report.place.den_ngay"),
        (whole("don_vi"), "report.place.don_vi"),
        (whole("so_don_vi"), "report.place.so_don_vi"),
        (whole("da_nop"), "report.place.da_nop"),
        (whole("da_duyet"), "report.place.da_duyet"),
        (whole("cho_duyet"), "report.place.cho_duyet"),
        (whole("cham_nop"), "report.place.cham_nop"),
        (whole("danh_sach_cham"), "report.place.danh_sach_cham"),
        (of_line("ten"), "report.place.ten"),
        (of_line("don_vi_tinh"), "report.place.don_vi_tinh"),
        (of_line("so_lieu"), "report.place.so_lieu"),
        (of_line("tu_so"), "report.place.tu_so"),
        (of_line("mau_so"), "report.place.mau_so"),
        (of_line("ty_le"), "report.place.ty_le"),
        (of_line("ky_truoc"), "report.place.line_before"),
        (of_line("so_sanh"), "report.place.so_sanh"),
        (format!("{{{{tinh [{code}.tu_so] / [{code}.mau_so] * 100; 1}}}}"), "report.place.tinh"),
        (whole("bang"), "report.place.bang"),
    ];
    let cells = rows.map(|(place, key)| [html! { code { (place) } }, html! { (lang.t(key)) }]);
    html! {
        (Table::new(lang, lang.t("report.templates.places"))
            .caption_only_heard()
            .dense()
            .column(Column::text(lang.t("report.place.place")))
            .column(Column::text(lang.t("report.place.gives")))
            .rows(cells))
        ul { @for line in lines { li { (line.code) ": " (line.title(lang)) } } }
    }
}
