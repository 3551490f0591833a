//! The filed part of the small province: a form of villages, a return to it, a text.

use jiff::civil::date;
use thao_base::{Result, Stamp, Tx};
use thao_cast::Cast;
use thao_report::form::{self, Entry, NewForm, NewLine};
use thao_report::period::Length;
use thao_report::{due, filing, template};

/// A period that ended, which the form of the examples asks for.
pub(crate) const PERIOD: &str = "2026-m10";

pub(crate) struct Report {
    pub(crate) form: String,
    pub(crate) line: String,
    pub(crate) filed: String,
    pub(crate) text: String,
}

/// A form of villages, filed to commune 1, a return to it, and a text.
pub(crate) fn report(tx: &mut Tx<'_>, stamp: &Stamp, cast: &Cast) -> Result<Report> {
    let new = NewForm {
        unit: cast.commune(),
        title_vi: "Báo cáo mẫu".to_owned(),
        title_en: "A report".to_owned(),
        legal_basis: None,
        calendar: "nd09".to_owned(),
        length: Length::Month,
        kinds: vec![thao_people::UnitKind::Village],
        due_days: 3,
        change_percent: 50,
        valid_from: date(2026, 1, 1),
        valid_to: None,
    };
    let id = form::add(tx, stamp, &new)?;
    let line = NewLine {
        code: "A1".to_owned(),
        entry: Entry::Count,
        target: None,
        title_vi: "Số lớp đã mở".to_owned(),
        title_en: "Classes opened".to_owned(),
        unit_vi: "lớp".to_owned(),
        unit_en: "classes".to_owned(),
        note: None,
        required: true,
        sourced: false,
        sum_of: Vec::new(),
        valid_from: new.valid_from,
    };
    let line = form::add_line(tx, stamp, id, &line)?;
    let form = form::get(tx, id)?;
    let period = due::period(tx, &form, PERIOD)?;
    let [[village, ..], ..] = cast.units.villages;
    let place = thao_people::unit::place(tx, village)?;
    let filed = filing::open(tx, stamp, &form, &period, &place)?;
    let text = template::add(tx, stamp, id, "Báo cáo mẫu", "Kết quả {{ky}}")?;
    Ok(Report {
        form: id.to_string(),
        line: line.to_string(),
        filed: filed.to_string(),
        text: text.to_string(),
    })
}
