//! Paragraphs and their text as XML. Text is escaped here, and nowhere else.

use std::fmt::Write as _;

use crate::document::{Align, Run};
use crate::phrases::clean;

/// A paragraph's look; lengths in points.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Para {
    pub(super) align: Align,
    /// Both sides straight, instead of `align`.
    pub(super) justify: bool,
    pub(super) size: f32,
    pub(super) before: f32,
    pub(super) after: f32,
    /// As a multiple of the letters' height; 0 is single.
    pub(super) line: f32,
    /// How far its first line begins to the right of the others.
    pub(super) first: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) keep_next: bool,
    /// Begins a page.
    pub(super) new_page: bool,
    /// Its place in the outline, from 0.
    pub(super) outline: Option<u8>,
    /// The thickness of a line along its top.
    pub(super) rule: Option<f32>,
}

/// Twentieths of a point.
pub(super) fn twips(points: f32) -> i32 {
    (points * 20.0).round() as i32
}

pub(super) fn paragraph(para: &Para, runs: &[Run], out: &mut String) {
    out.push_str("<w:p>");
    properties(para, out);
    for run in runs {
        write_run(run, para.size, out);
    }
    out.push_str("</w:p>");
}

/// Elements stand in the order of the schema (CT_PPr): Word refuses any other.
fn properties(para: &Para, out: &mut String) {
    out.push_str("<w:pPr>");
    if let Some(level) = para.outline {
        let _ = write!(out, "<w:pStyle w:val=\"Heading{}\"/>", level + 1);
    }
    if para.keep_next {
        out.push_str("<w:keepNext/>");
    }
    if para.new_page {
        out.push_str("<w:pageBreakBefore/>");
    }
    if let Some(thickness) = para.rule {
        let eighths = (thickness * 8.0).round() as i32;
        let _ = write!(
            out,
            "<w:pBdr><w:top w:val=\"single\" w:sz=\"{eighths}\" w:space=\"0\" \
             w:color=\"000000\"/></w:pBdr>"
        );
    }
    let (before, after) = (twips(para.before), twips(para.after));
    let line = match (para.rule, para.line) {
        // A rule needs no more room than itself.
        (Some(_), _) => " w:line=\"80\" w:lineRule=\"exact\"".to_owned(),
        (None, line) if line > 0.0 => {
            format!(" w:line=\"{}\" w:lineRule=\"auto\"", (line * 240.0).round() as i32)
        }
        (None, _) => String::new(),
    };
    let _ = write!(out, "<w:spacing w:before=\"{before}\" w:after=\"{after}\"{line}/>");
    if para.left != 0.0 || para.right != 0.0 || para.first != 0.0 {
        let (left, right, first) = (twips(para.left), twips(para.right), twips(para.first));
        let _ =
            write!(out, "<w:ind w:left=\"{left}\" w:right=\"{right}\" w:firstLine=\"{first}\"/>");
    }
    let align = match (para.justify, para.align) {
        (true, _) => "both",
        (false, Align::Left) => "left",
        (false, Align::Center) => "center",
        (false, Align::Right) => "right",
    };
    let _ = write!(out, "<w:jc w:val=\"{align}\"/></w:pPr>");
}

fn write_run(run: &Run, size: f32, out: &mut String) {
    out.push_str("<w:r><w:rPr>");
    if run.bold {
        out.push_str("<w:b/><w:bCs/>");
    }
    if run.italic {
        out.push_str("<w:i/><w:iCs/>");
    }
    let half_points = (size * 2.0).round() as i32;
    let _ = write!(out, "<w:sz w:val=\"{half_points}\"/><w:szCs w:val=\"{half_points}\"/></w:rPr>");
    for (at, line) in clean(&run.text).split('\n').enumerate() {
        if at > 0 {
            out.push_str("<w:br/>");
        }
        let _ = write!(out, "<w:t xml:space=\"preserve\">{}</w:t>", escape(line));
    }
    out.push_str("</w:r>");
}

/// The paragraph at the end of a section or of the paper, as low as can be.
pub(super) fn ending(section: &str, out: &mut String) {
    let _ = write!(
        out,
        "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>\
         <w:rPr><w:sz w:val=\"2\"/></w:rPr>{section}</w:pPr></w:p>"
    );
}

pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
    out
}

/// A table that only places things: no lines, two columns of these widths.
pub(super) fn side_by_side(left: f32, right: f32, rows: &[(String, String)], out: &mut String) {
    let (a, b) = (twips(left), twips(right));
    let _ = write!(
        out,
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
         <w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{a}\"/><w:gridCol w:w=\"{b}\"/>\
         </w:tblGrid>",
        a + b
    );
    for (left, right) in rows {
        let _ = write!(
            out,
            "<w:tr><w:trPr><w:cantSplit/></w:trPr>\
             <w:tc><w:tcPr><w:tcW w:w=\"{a}\" w:type=\"dxa\"/></w:tcPr>{left}</w:tc>\
             <w:tc><w:tcPr><w:tcW w:w=\"{b}\" w:type=\"dxa\"/></w:tcPr>{right}</w:tc></w:tr>"
        );
    }
    out.push_str("</w:tbl>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_only_text() {
        let mut out = String::new();
        let run = Run::new("A & <B> \"C\"\nđ\u{1}é").bold();
        paragraph(&Para { size: 14.0, ..Para::default() }, &[run], &mut out);
        assert_eq!(
            out,
            "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/><w:jc w:val=\"left\"/></w:pPr>\
             <w:r><w:rPr><w:b/><w:bCs/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>\
             <w:t xml:space=\"preserve\">A &amp; &lt;B&gt; &quot;C&quot;</w:t><w:br/>\
             <w:t xml:space=\"preserve\">đé</w:t></w:r></w:p>"
        );
    }
}
