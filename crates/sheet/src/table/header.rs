//! Finding the header: the row, or the two rows, that name most of the columns wanted.

use super::Heading;
use crate::Cell;
use crate::columns::Vocabulary;
use crate::read::Grid;

/// Where the header stands, rows from 0, and how well it fits.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) score: usize,
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) headings: Vec<Heading>,
}

/// The best header in the top of a worksheet; of equal ones the first, of one and two rows one.
pub(crate) fn find_header(head: &Grid, wanted: &Vocabulary) -> Option<Header> {
    let widest = head.rows.values().map(|cells| filled(cells)).max()?;
    // One column may carry its name by chance in a title; two do not, unless there is only one.
    let least = widest.min(2);
    let mut best: Option<Header> = None;
    let mut consider = |first: u32, last: u32, headings: Vec<Heading>| {
        let found = wanted.assign(&headings);
        let score: usize = found.iter().map(|found| found.weight).sum();
        if found.len() >= least && best.as_ref().is_none_or(|best| best.score < score) {
            best = Some(Header { score, first, last, headings });
        }
    };
    for (number, cells) in &head.rows {
        consider(*number, *number, one_row(cells));
    }
    for ((upper, above), (lower, below)) in head.rows.iter().zip(head.rows.iter().skip(1)) {
        if upper + 1 == *lower && could_be_two_rows(above, below) {
            consider(*upper, *lower, two_rows(above, below));
        }
    }
    best
}

fn filled(cells: &[Cell]) -> usize {
    cells.iter().filter(|cell| !cell.is_empty()).count()
}

fn one_row(cells: &[Cell]) -> Vec<Heading> {
    two_rows(cells, &[])
}

/// The lower row holds words only, and stands under a heading that has room beside it.
fn could_be_two_rows(above: &[Cell], below: &[Cell]) -> bool {
    let words = below.iter().all(|cell| cell.is_empty() || matches!(cell, Cell::Text(_)));
    let is_blank = |cells: &[Cell], at: usize| cells.get(at).is_none_or(Cell::is_empty);
    words && (0..below.len()).any(|at| !is_blank(below, at) && is_blank(above, at))
}

fn two_rows(above: &[Cell], below: &[Cell]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut over = String::new();
    for column in 0..above.len().max(below.len()) {
        let upper = above.get(column).map(Cell::text).unwrap_or_default();
        let lower = below.get(column).map(Cell::text).unwrap_or_default();
        if upper.is_empty() && lower.is_empty() {
            continue;
        }
        // A merged heading holds its words in its first column only.
        if !upper.is_empty() {
            over.clone_from(&upper);
        }
        let upper = over.clone();
        let text = format!("{upper} {lower}").trim().to_owned();
        headings.push(Heading { column, span: 1, text, parts: (upper, lower) });
    }
    headings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headings::PEOPLE;

    fn people() -> Vocabulary {
        Vocabulary::new(PEOPLE)
    }

    fn grid(rows: &[&[&str]]) -> Grid {
        let mut grid = Grid::default();
        for (number, cells) in (0..).zip(rows) {
            let cells: Vec<Cell> = cells
                .iter()
                .map(|text| match text.parse::<f64>() {
                    Ok(number) => Cell::number(number),
                    Err(_) if text.is_empty() => Cell::Empty,
                    Err(_) => Cell::Text((*text).to_owned()),
                })
                .collect();
            if filled(&cells) > 0 {
                grid.rows.insert(number, cells);
            }
        }
        grid
    }

    fn rows_of(rows: &[&[&str]]) -> Option<(u32, u32)> {
        find_header(&grid(rows), &people()).map(|header| (header.first, header.last))
    }

    #[test]
    fn below_titles() {
        assert_eq!(
            rows_of(&[
                &["UBND XÃ MINH HÒA"],
                &["DANH SÁCH CÁN BỘ, CÔNG CHỨC"],
                &["Đơn vị: Xã Minh Hòa"],
                &[],
                &["STT", "Họ và tên", "Ngày sinh"],
                &["1", "Nguyễn Thị Hoa", "05/02/1987"],
            ]),
            Some((4, 4))
        );
    }

    #[test]
    fn two_rows_under_merged_headings() {
        let rows: &[&[&str]] = &[
            &["DANH SÁCH"],
            &["TT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Chức vụ"],
            &["", "", "Nam", "Nữ", ""],
            &["1", "Nguyễn Thị Hoa", "", "05/02/1987", "Công chức"],
        ];
        assert_eq!(rows_of(rows), Some((1, 2)));
        let header = find_header(&grid(rows), &people()).unwrap();
        let texts: Vec<&str> =
            header.headings.iter().map(|heading| heading.text.as_str()).collect();
        assert_eq!(
            texts,
            ["TT", "Họ và tên", "Ngày, tháng, năm sinh Nam", "Ngày, tháng, năm sinh Nữ", "Chức vụ"]
        );
    }

    #[test]
    fn a_first_row_of_data_is_not_part_of_the_header() {
        assert_eq!(
            rows_of(&[&["Họ tên", "Giới tính", "Đơn vị"], &["Lê Văn An", "Nam", "Xã Minh Hòa"]]),
            Some((0, 0))
        );
    }

    #[test]
    fn no_header() {
        assert_eq!(rows_of(&[&["1", "Lê Văn An", "05/02/1987"], &["2", "Trần B", "1990"]]), None);
        assert_eq!(rows_of(&[]), None);
        assert_eq!(rows_of(&[&["Họ và tên"], &["Lê Văn An"]]), Some((0, 0)));
        assert_eq!(rows_of(&[&["Họ và tên"], &["Lê Văn An", "Xã Minh Hòa"]]), None);
    }
}
