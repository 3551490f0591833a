//! Which column of a sheet holds what, by the many ways offices name it.

use thao_base::text::fold;

use crate::table::{Heading, Row, Sheet};
use crate::{Cell, SheetError};

/// A column that is looked for: its key in the program and the headings it goes by, the usual one
/// first. Headings are compared without case, accents and punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub key: &'static str,
    pub names: &'static [&'static str],
    pub required: bool,
}

impl Column {
    pub const fn new(key: &'static str, names: &'static [&'static str]) -> Column {
        Column { key, names, required: false }
    }

    /// The same column, without which a sheet is refused.
    #[must_use]
    pub const fn required(self) -> Column {
        Column { required: true, ..self }
    }

    /// The heading it usually has.
    pub fn title(&self) -> Option<&'static str> {
        self.names.first().copied()
    }
}

/// The columns of a sheet that were understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    found: Vec<Found>,
    unknown: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub key: &'static str,
    /// The column from 0, and over how many columns its heading stands.
    pub column: usize,
    pub span: usize,
    /// The heading as the file has it.
    pub heading: String,
}

impl Columns {
    /// Finds the wanted columns by their headings, each heading for one column at most. Refuses a
    /// sheet that misses a required one.
    pub fn find(sheet: &Sheet, wanted: &[Column]) -> Result<Columns, SheetError> {
        let assigned = Vocabulary::new(wanted).assign(&sheet.headings);
        let mut found = Vec::new();
        let mut unknown = Vec::new();
        for (at, heading) in sheet.headings.iter().enumerate() {
            match assigned.iter().find(|assigned| assigned.heading == at) {
                Some(assigned) => found.push(Found {
                    key: assigned.key,
                    column: heading.column,
                    span: heading.span,
                    heading: heading.text.clone(),
                }),
                None => unknown.push(heading.text.clone()),
            }
        }
        let columns = Columns { found, unknown };
        let missing: Vec<&'static str> = wanted
            .iter()
            .filter(|column| column.required && !columns.has(column.key))
            .filter_map(Column::title)
            .collect();
        if missing.is_empty() {
            Ok(columns)
        } else {
            Err(SheetError::MissingColumns { missing, unknown: columns.unknown })
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    pub fn get(&self, key: &str) -> Option<&Found> {
        self.found.iter().find(|found| found.key == key)
    }

    /// What was found, from left to right.
    pub fn found(&self) -> &[Found] {
        &self.found
    }

    /// Headings nobody asked for, as the file has them.
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// The cell of a row under a heading; empty when the sheet has no such column.
    pub fn cell<'a>(&self, row: &'a Row, key: &str) -> &'a Cell {
        self.get(key).map_or(&Cell::EMPTY, |found| row.cell(found.column))
    }

    /// The text of all columns the heading stands over, with spaces between.
    pub fn text(&self, row: &Row, key: &str) -> String {
        let Some(found) = self.get(key) else { return String::new() };
        let texts: Vec<String> = (found.column..found.column + found.span)
            .map(|column| row.cell(column).text())
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(" ")
    }
}

/// A wanted column and the heading it got.
pub(crate) struct Assigned {
    pub(crate) key: &'static str,
    pub(crate) heading: usize,
    /// How surely the heading means it.
    pub(crate) weight: usize,
}

/// The names of wanted columns, folded once for all headings they are compared with.
pub(crate) struct Vocabulary {
    columns: Vec<(&'static str, Vec<String>)>,
}

impl Vocabulary {
    pub(crate) fn new(wanted: &[Column]) -> Vocabulary {
        let folded = |column: &Column| column.names.iter().map(|name| fold(name)).collect();
        Vocabulary { columns: wanted.iter().map(|column| (column.key, folded(column))).collect() }
    }

    /// Gives each column the heading that fits it best: surer fits first, then from the left.
    pub(crate) fn assign(&self, headings: &[Heading]) -> Vec<Assigned> {
        let mut fits = Vec::new();
        for (heading, words) in headings.iter().map(Words::of).enumerate() {
            for (order, (key, names)) in self.columns.iter().enumerate() {
                if let Some((weight, tie)) = words.fit(names) {
                    fits.push((weight, tie, heading, order, *key));
                }
            }
        }
        fits.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        let mut assigned: Vec<Assigned> = Vec::new();
        for (weight, _, heading, _, key) in fits {
            if !assigned.iter().any(|done| done.heading == heading || done.key == key) {
                assigned.push(Assigned { key, heading, weight });
            }
        }
        assigned
    }
}

/// The forms in which a heading is compared.
struct Words {
    whole: String,
    /// Without hints in brackets.
    bare: String,
    upper: String,
    lower: String,
}

impl Words {
    fn of(heading: &Heading) -> Words {
        let (upper, lower) = &heading.parts;
        Words {
            whole: fold(&heading.text),
            bare: fold(&without_brackets(&heading.text)),
            upper: fold(&without_brackets(upper)),
            lower: fold(&without_brackets(lower)),
        }
    }

    /// How surely the heading has one of the names; of equal fits the more usual name, and of
    /// beginnings the longer one, has the greater second number.
    fn fit(&self, names: &[String]) -> Option<(usize, usize)> {
        let fit = |(order, name): (usize, &String)| {
            let weight = self.fit_name(name)?;
            Some((weight, if weight == BEGINNING { name.len() } else { usize::MAX - order }))
        };
        names.iter().enumerate().filter_map(fit).max()
    }

    fn fit_name(&self, name: &str) -> Option<usize> {
        // `Họ và tên cán bộ` begins with a name; one word alone, as `Ngày`, begins too much.
        let begins = |text: &str| {
            name.contains(' ') && text.strip_prefix(name).is_some_and(|rest| rest.starts_with(' '))
        };
        if self.whole == name {
            Some(6)
        } else if self.bare == name {
            Some(5)
        } else if !self.lower.is_empty() && self.lower == name {
            Some(4)
        } else if !self.lower.is_empty() && self.upper == name {
            Some(3)
        } else if begins(&self.bare) {
            Some(BEGINNING)
        } else {
            None
        }
    }
}

/// The weight of a heading that only begins with a name.
const BEGINNING: usize = 2;

fn without_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            other if depth == 0 => out.push(other),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headings::{FIGURES, PEOPLE, RESULTS};

    fn keys(texts: &[&str], wanted: &[Column]) -> Vec<&'static str> {
        let headings: Vec<Heading> = texts
            .iter()
            .enumerate()
            .map(|(column, text)| {
                let (upper, lower) = text.split_once('|').unwrap_or((text, ""));
                let (upper, lower) = (upper.to_owned(), lower.to_owned());
                let text = format!("{upper} {lower}").trim().to_owned();
                Heading { column, span: 1, text, parts: (upper, lower) }
            })
            .collect();
        let assigned = Vocabulary::new(wanted).assign(&headings);
        (0..texts.len())
            .map(|at| assigned.iter().find(|a| a.heading == at).map_or("", |a| a.key))
            .collect()
    }

    #[test]
    fn people_in_the_ways_offices_name_them() {
        for (heading, key) in [
            ("Họ và tên", "full_name"),
            ("HỌ TÊN", "full_name"),
            ("Họ và tên khai sinh", "full_name"),
            ("Họ và tên cán bộ, công chức", "full_name"),
            ("Ho va ten", "full_name"),
            ("Họ, chữ đệm", "family_name"),
            ("Tên", "given_name"),
            ("Ngày sinh", "birth"),
            ("Ngày, tháng, năm sinh", "birth"),
            ("Ngày tháng năm sinh (dd/mm/yyyy)", "birth"),
            ("Năm sinh", "birth"),
            ("Năm sinh|Nam", "birth_male"),
            ("Ngày, tháng, năm sinh|Nữ", "birth_female"),
            ("Giới tính", "sex"),
            ("Số CCCD", "citizen_id"),
            ("CCCD/CMND", "citizen_id"),
            ("Số CCCD*", "citizen_id"),
            ("Số định danh cá nhân", "citizen_id"),
            ("Đơn vị", "unit"),
            ("Đơn vị công tác", "unit"),
            ("Cơ quan, đơn vị công tác hiện nay", "unit"),
            ("Phòng ban", "unit"),
            ("Chức vụ", "position"),
            ("Chức danh", "position"),
            ("Vị trí việc làm", "job_position"),
            ("Mã ngạch", "rank_code"),
            ("Ngạch", "rank"),
            ("Số điện thoại", "phone"),
            ("SĐT", "phone"),
            ("Email", "email"),
            ("Thư điện tử", "email"),
            ("Dân tộc", "ethnicity"),
            ("Xã/phường", "commune"),
            ("Thôn/Tổ", "village"),
            ("Nơi ở hiện nay", "address"),
            ("Ghi chú", "note"),
            ("STT", "ordinal"),
            ("Màu mắt", ""),
        ] {
            assert_eq!(keys(&[heading], PEOPLE), [key], "{heading}");
        }
    }

    #[test]
    fn results_and_figures() {
        for (heading, key) in [
            ("Tên khóa học", "course"),
            ("Nội dung bồi dưỡng", "course"),
            ("Lớp", "class"),
            ("Ngày", "date"),
            ("Thời gian", "period"),
            ("Thời gian|Từ ngày", "from"),
            ("Đến ngày", "to"),
            ("Kết quả", "result"),
            ("Xếp loại", "grade"),
            ("Điểm", "score"),
        ] {
            assert_eq!(keys(&[heading], RESULTS), [key], "{heading}");
        }
        assert_eq!(
            keys(&["Mã xã", "Tên đơn vị", "Dân số trong độ tuổi lao động", "Số người"], FIGURES),
            ["unit_code", "unit_name", "working_age", "people"]
        );
    }

    #[test]
    fn one_heading_for_one_column_and_the_surer_first() {
        assert_eq!(
            keys(&["Họ và tên cha", "Họ và tên", "Họ tên"], PEOPLE),
            ["", "full_name", ""],
            "the exact heading wins over one that only begins so"
        );
        assert_eq!(keys(&["Giới tính|Nam", "Giới tính|Nữ"], PEOPLE), ["sex_male", "sex_female"]);
        assert_eq!(keys(&["Đơn vị", "Chức vụ", "Chức danh"], PEOPLE), ["unit", "position", ""]);
    }
}
