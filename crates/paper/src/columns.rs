//! How wide the columns of a table are, and into which groups it is divided when it is wider than
//! its page.

use crate::document::{Align, Column, Row, RowKind, Table};
use crate::fonts::{Fonts, Style};
use crate::layout::{Layout, MM};
use crate::phrases::clean;

/// How a table is laid out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    /// The height of its letters in points.
    pub(crate) size: f32,
    pub(crate) groups: Vec<Group>,
}

/// Columns that stand side by side, with their widths in points.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Group {
    pub(crate) columns: Vec<(usize, f32)>,
}

/// What a column asks for, in letters one point high, or in points once it has a size.
#[derive(Debug, Clone, Copy)]
struct Wish {
    least: f32,
    natural: f32,
    /// With its heading on one line, and some air.
    ease: f32,
}

/// Lines a heading may take before it asks for more width.
const HEADING_LINES: f32 = 4.0;
/// Headings longer than this go on in the next line anyway.
const EASE: f32 = 9.0;
/// In points: what a word processor may measure differently.
const SLACK: f32 = 1.5;
/// The widest that text asks for; longer text goes on in the next line.
const WIDEST: f32 = 18.0;

impl Plan {
    /// The first size at which the table fits `room` as it wishes; else the smallest size, with
    /// columns squeezed, or divided into groups of much the same width.
    pub(crate) fn new(table: &Table, layout: &Layout, fonts: &Fonts, room: f32) -> Plan {
        let wishes: Vec<Wish> =
            (0..).zip(&table.columns).map(|(at, c)| wish(table, at, c, fonts)).collect();
        let pad = 2.0 * side_pad(layout) + SLACK;
        let mut smallest = (10.0, Vec::new());
        for &size in &layout.sizes.table {
            let sized: Vec<Wish> = wishes
                .iter()
                .zip(&table.columns)
                .map(|(wish, column)| wish.at(size, pad, column, room))
                .collect();
            if sized.iter().map(|wish| wish.natural).sum::<f32>() <= room {
                let widths: Vec<f32> = sized.iter().map(|wish| wish.natural).collect();
                let ease: Vec<f32> = sized.iter().map(|wish| wish.ease).collect();
                let columns = (0..).zip(widths).collect();
                return Plan { size, groups: vec![spread(table, columns, &ease, room)] };
            }
            smallest = (size, sized);
        }
        let (size, wishes) = smallest;
        let least: f32 = wishes.iter().map(|wish| wish.least).sum();
        if least <= room {
            let slack: f32 = wishes.iter().map(|wish| wish.natural - wish.least).sum();
            let share = if slack > 0.0 { (room - least) / slack } else { 0.0 };
            let widths = wishes.iter().map(|wish| wish.least + (wish.natural - wish.least) * share);
            return Plan { size, groups: vec![Group { columns: (0..).zip(widths).collect() }] };
        }
        Plan { size, groups: divide(table, &wishes, room) }
    }
}

/// Between the side of a cell and its text.
pub(crate) fn side_pad(layout: &Layout) -> f32 {
    layout.spacing.cell * 1.5
}

impl Wish {
    fn at(self, size: f32, pad: f32, column: &Column, room: f32) -> Wish {
        if let Some(width) = column.width {
            let width = (f32::from(width) * MM).min(room / 2.0);
            return Wish { least: width, natural: width, ease: width };
        }
        // No word is so long that its column takes more than a third of the page.
        let fit = |width: f32| (width * size + pad).min(room / 3.0);
        Wish {
            least: fit(self.least),
            natural: fit(self.natural.max(self.least)),
            ease: fit(self.ease.max(self.natural + 0.6)),
        }
    }
}

fn wish(table: &Table, at: usize, column: &Column, fonts: &Fonts) -> Wish {
    let heading = clean(&column.heading);
    let mut least = longest_word(&heading, Style::BOLD, fonts);
    let mut natural = fonts.width(Style::BOLD, &heading) / HEADING_LINES;
    for row in table.rows.iter().filter(|row| row.kind != RowKind::Section) {
        let Some(cell) = row.cells.get(at) else { continue };
        let cell = clean(cell);
        let style = row_style(row);
        let width = cell.lines().map(|line| fonts.width(style, line)).fold(0.0, f32::max);
        // Numbers stay on one line.
        let word = if column.align == Align::Left || width > WIDEST {
            longest_word(&cell, style, fonts)
        } else {
            width
        };
        least = least.max(word);
        natural = natural.max(width.min(WIDEST));
    }
    let ease = fonts.width(Style::BOLD, &heading).min(EASE);
    Wish { least, natural, ease }
}

pub(crate) fn row_style(row: &Row) -> Style {
    if row.kind == RowKind::Plain { Style::PLAIN } else { Style::BOLD }
}

fn longest_word(text: &str, style: Style, fonts: &Fonts) -> f32 {
    text.split([' ', '\n']).map(|word| fonts.width(style, word)).fold(0.0, f32::max)
}

/// What is left of the page goes to headings that would rather stand on one line, then to the
/// columns of text, or to all where there are none.
fn spread(table: &Table, mut columns: Vec<(usize, f32)>, ease: &[f32], room: f32) -> Group {
    let used: f32 = columns.iter().map(|(_, width)| width).sum();
    let wanted: Vec<f32> =
        columns.iter().zip(ease).map(|((_, width), ease)| (ease - width).max(0.0)).collect();
    let share = ((room - used) / wanted.iter().sum::<f32>().max(1.0)).min(1.0);
    for ((_, width), wanted) in columns.iter_mut().zip(wanted) {
        *width += wanted * share;
    }
    let left = room - columns.iter().map(|(_, width)| width).sum::<f32>();
    let takes = |at: usize| {
        table.columns.get(at).is_some_and(|c| c.width.is_none() && c.align == Align::Left)
    };
    let takers = columns.iter().filter(|(at, _)| takes(*at)).count();
    let all = columns.len();
    for (at, width) in &mut columns {
        if takers == 0 {
            *width += left / all.max(1) as f32;
        } else if takes(*at) {
            *width += left / takers as f32;
        }
    }
    Group { columns }
}

/// The leading columns with as many others as fit, again and again.
fn divide(table: &Table, wishes: &[Wish], room: f32) -> Vec<Group> {
    let (leading, others) = wishes.split_at(table.leading.min(wishes.len()));
    let natural: f32 = leading.iter().map(|wish| wish.natural).sum();
    // Leading columns leave at least half of the page to the others.
    let shrink = (room / 2.0 / natural.max(1.0)).min(1.0);
    let leading: Vec<f32> = leading.iter().map(|wish| wish.natural * shrink).collect();
    let room_left = room - leading.iter().sum::<f32>();
    let widths: Vec<f32> = others.iter().map(|wish| wish.natural.min(room_left)).collect();
    let groups = fill(&widths, room_left).len();
    // The narrowest groups of which there are no more than that: all much the same.
    let (mut low, mut high) = (0.0, room_left);
    for _ in 0..24 {
        let middle = (low + high) / 2.0;
        if fill(&widths, middle).len() <= groups { high = middle } else { low = middle }
    }
    let mut first = leading.len();
    let mut out = Vec::new();
    for count in fill(&widths, high) {
        let own = (first..).zip(widths.iter().skip(first - leading.len()).take(count).copied());
        let used: f32 = own.clone().map(|(_, width)| width).sum();
        let more = (room_left - used) / count.max(1) as f32;
        let own = own.map(|(at, width)| (at, width + more));
        out.push(Group { columns: (0..).zip(leading.iter().copied()).chain(own).collect() });
        first += count;
    }
    out
}

/// How many columns go into each group.
fn fill(widths: &[f32], room: f32) -> Vec<usize> {
    let mut groups = Vec::new();
    let (mut count, mut used) = (0, 0.0);
    for width in widths {
        if 0 < count && room < used + width {
            groups.push(count);
            (count, used) = (0, 0.0);
        }
        count += 1;
        used += width;
    }
    groups.push(count);
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(measures: usize, name: &str) -> Table {
        let mut columns =
            vec![Column::new("TT", Align::Center), Column::new("Xã, phường", Align::Left)];
        columns.extend(
            (1..=measures)
                .map(|n| Column::new(format!("Tỷ lệ người dân đạt chuẩn số {n}"), Align::Right)),
        );
        let mut cells = vec!["1".to_owned(), name.to_owned()];
        cells.extend((0..measures).map(|n| format!("1.234,{n}")));
        let rows = vec![Row { kind: RowKind::Plain, cells }];
        Table { columns, leading: 2, rows, ..Table::default() }
    }

    fn plan(table: &Table, room: f32) -> Plan {
        let plan =
            Plan::new(table, &Layout::built_in().unwrap(), &Fonts::built_in().unwrap(), room);
        for group in &plan.groups {
            let used: f32 = group.columns.iter().map(|(_, width)| width).sum();
            assert!((used - room).abs() < 0.1, "{used} of {room}");
        }
        plan
    }

    #[test]
    fn a_small_table_fits_at_the_first_size() {
        let plan = plan(&table(2, "Xã Minh Hòa"), 450.0);
        assert_eq!((plan.size, plan.groups.len()), (12.0, 1));
        // The names get what is left.
        assert!(plan.groups[0].columns[1].1 > 150.0);
    }

    #[test]
    fn a_wide_table_is_divided_with_its_leading_columns_in_each_group() {
        let plan = plan(&table(40, "Phường Hà Giang 1"), 728.0);
        assert_eq!((plan.size, plan.groups.len()), (10.0, 3));
        let mut seen = Vec::new();
        for group in &plan.groups {
            let columns: Vec<usize> = group.columns.iter().map(|(at, _)| *at).collect();
            assert_eq!(columns[..2], [0, 1]);
            assert!((13..=14).contains(&(columns.len() - 2)), "{columns:?}");
            seen.extend_from_slice(&columns[2..]);
        }
        assert_eq!(seen, (2..42).collect::<Vec<_>>());
    }

    #[test]
    fn long_words_and_long_names_leave_room_for_the_rest() {
        let plan = plan(&table(30, &"dài".repeat(200)), 450.0);
        assert!(plan.groups.iter().all(|group| group.columns[1].1 <= 225.0));
    }
}
