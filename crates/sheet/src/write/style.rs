//! How written tables look: Times New Roman as in the papers of offices, thin lines, quiet header.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

pub(super) struct Styles {
    pub(super) title: Format,
    pub(super) note: Format,
    pub(super) header: Format,
    pub(super) text: Format,
    /// Text that a person's next key press would turn into a formula.
    pub(super) guarded: Format,
    pub(super) date: Format,
    pub(super) date_time: Format,
    pub(super) whole: Format,
    pub(super) percent: Format,
}

impl Styles {
    pub(super) fn new() -> Styles {
        let font = || Format::new().set_font_name("Times New Roman").set_font_size(12);
        let lined = || {
            font()
                .set_border(FormatBorder::Thin)
                .set_border_color(0x00BF_BFBF)
                .set_align(FormatAlign::Top)
        };
        let text = || lined().set_num_format("@").set_text_wrap();
        let center = |format: Format| format.set_align(FormatAlign::Center);
        Styles {
            title: font().set_font_size(14).set_bold(),
            note: font().set_italic(),
            header: center(lined())
                .set_align(FormatAlign::VerticalCenter)
                .set_bold()
                .set_text_wrap()
                .set_background_color(0x00EA_F1EE),
            text: text(),
            guarded: text().set_quote_prefix(),
            date: center(lined()).set_num_format("dd/mm/yyyy"),
            date_time: center(lined()).set_num_format("dd/mm/yyyy hh:mm"),
            whole: lined().set_num_format("#,##0"),
            percent: lined().set_num_format("0.0%"),
        }
    }

    /// A number with this many decimals, thousands apart.
    pub(super) fn decimal(&self, places: u8) -> Format {
        let format = match places {
            0 => "#,##0".to_owned(),
            places => format!("#,##0.{}", "0".repeat(usize::from(places.min(15)))),
        };
        self.whole.clone().set_num_format(format)
    }
}
