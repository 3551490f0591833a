//! A table with its headings on each page, divided where it is too wide.

use std::fmt::Write as _;

use super::xml::{Para, paragraph, twips};
use crate::Press;
use crate::columns::{Group, Plan, side_pad};
use crate::document::{Align, Row, RowKind, Run, Table};
use crate::heading::{Head, Reach, above, heads};
use crate::layout::Layout;

pub(super) fn write(press: &Press, table: &Table, room: f32, out: &mut String) {
    let layout = &press.layout;
    let plan = Plan::new(table, layout, &press.fonts, room);
    let size = plan.size;
    if let Some(title) = &table.title {
        let para = Para {
            align: Align::Center,
            size: layout.sizes.body,
            before: 6.0,
            after: 3.0,
            keep_next: true,
            ..Para::default()
        };
        paragraph(&para, &[Run::new(title).bold()], out);
    }
    let parts = plan.groups.len();
    let right = Para { align: Align::Right, size, after: 3.0, keep_next: true, ..Para::default() };
    for (part, group) in (1..).zip(&plan.groups) {
        let words = above(&layout.words, table, part, parts);
        if !words.is_empty() {
            paragraph(&Para { new_page: 1 < part, ..right }, &[Run::new(words).italic()], out);
        }
        write_group(layout, table, size, group, out);
    }
    let note = table.note.as_deref().unwrap_or_default();
    let para = Para { size, before: 3.0, after: layout.spacing.paragraph, ..Para::default() };
    paragraph(&para, &[Run::new(note).italic()], out);
}

fn write_group(layout: &Layout, table: &Table, size: f32, group: &Group, out: &mut String) {
    let pad = twips(side_pad(layout));
    let widths: Vec<i32> = group.columns.iter().map(|(_, width)| twips(*width)).collect();
    let total: i32 = widths.iter().sum();
    let _ = write!(out, "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        let _ =
            write!(out, "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>");
    }
    let _ = write!(
        out,
        "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar>\
         <w:left w:w=\"{pad}\" w:type=\"dxa\"/><w:right w:w=\"{pad}\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid>"
    );
    for width in &widths {
        let _ = write!(out, "<w:gridCol w:w=\"{width}\"/>");
    }
    out.push_str("</w:tblGrid>");
    let space = layout.spacing.cell / 2.0;
    let base = Para { size, before: space, after: space, ..Para::default() };
    for row in heads(table, group) {
        out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for Head { first, columns, text, reach } in row {
            let width: i32 = widths.iter().skip(first).take(columns).sum();
            let merge = match reach {
                Reach::One => "",
                Reach::Both => "<w:vMerge w:val=\"restart\"/>",
                Reach::Below => "<w:vMerge/>",
            };
            cell(width, columns, merge, out);
            let para = Para { align: Align::Center, ..base };
            paragraph(&para, &[Run::new(text).bold()], out);
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    for row in &table.rows {
        write_row(table, group, row, &widths, &base, out);
    }
    out.push_str("</w:tbl>");
}

fn write_row(
    table: &Table,
    group: &Group,
    row: &Row,
    widths: &[i32],
    base: &Para,
    out: &mut String,
) {
    out.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
    let run =
        |text: &str| Run { text: text.to_owned(), bold: row.kind != RowKind::Plain, italic: false };
    if row.kind == RowKind::Section {
        cell(widths.iter().sum(), widths.len(), "", out);
        let text = row.cells.first().map(String::as_str).unwrap_or_default();
        paragraph(base, &[run(text)], out);
        out.push_str("</w:tc>");
    } else {
        for ((at, _), width) in group.columns.iter().zip(widths) {
            cell(*width, 1, "", out);
            let align = table.columns.get(*at).map(|column| column.align).unwrap_or_default();
            let text = row.cells.get(*at).map(String::as_str).unwrap_or_default();
            paragraph(&Para { align, ..*base }, &[run(text)], out);
            out.push_str("</w:tc>");
        }
    }
    out.push_str("</w:tr>");
}

/// The beginning of a cell.
fn cell(width: i32, columns: usize, merge: &str, out: &mut String) {
    let _ = write!(out, "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>");
    if 1 < columns {
        let _ = write!(out, "<w:gridSpan w:val=\"{columns}\"/>");
    }
    let _ = write!(out, "{merge}<w:vAlign w:val=\"center\"/></w:tcPr>");
}
