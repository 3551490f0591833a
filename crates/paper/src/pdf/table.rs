//! A table over as many pages as it takes, its headings on each, divided where it is too wide.

use std::num::NonZeroU32;

use krilla::tagging::{TableHeaderScope, Tag, TagKind};

use super::book::{Leaf, Node};
use super::flow::{Flow, Look, Strip};
use super::lines::Line;
use crate::columns::{Group, Plan, side_pad};
use crate::document::{Align, Row, RowKind, Run, Table};
use crate::heading::{Head, Reach, above, heads};
use crate::layout::MM;

/// The thickness of the lines between cells.
const THIN: f32 = 0.5;

/// A cell broken into lines.
struct Cell {
    strip: Strip,
    look: Look,
    lines: Vec<Line>,
    tag: TagKind,
}

/// The headings of a group, ready to be put on each page.
struct Heading {
    rows: Vec<Vec<(Cell, Reach)>>,
    heights: Vec<f32>,
}

impl Flow<'_> {
    pub(super) fn table(&mut self, table: &Table) {
        let layout = &self.press.layout;
        let plan = Plan::new(table, layout, &self.press.fonts, self.page.room());
        let small = Look::new(plan.size, Align::Right);
        if let Some(title) = &table.title {
            self.y += 6.0;
            let look = Look::new(layout.sizes.body, Align::Center);
            let run = Run::new(title).bold();
            let lines = self.lines(&look, std::slice::from_ref(&run), self.page.room()).len();
            // With the headings and a row.
            self.need(self.line_height(&look) * lines as f32 + self.line_height(&small) * 8.0);
            let nodes = self.paragraph(&look, &[run]);
            self.book.tree.push(Node::Group(Tag::P.into(), nodes));
            self.y += 3.0;
        }
        let parts = plan.groups.len();
        for (part, group) in (1..).zip(&plan.groups) {
            if 1 < part {
                self.new_page();
            }
            let words = above(&layout.words, table, part, parts);
            if !words.is_empty() {
                self.need(self.line_height(&small) * 8.0);
                let nodes = self.paragraph(&small, &[Run::new(words).italic()]);
                self.book.tree.push(Node::Group(Tag::P.into(), nodes));
                self.y += 3.0;
            }
            self.group(table, group, plan.size);
        }
        if let Some(note) = &table.note {
            self.y += 3.0;
            let look = Look { align: Align::Left, ..small };
            let nodes = self.paragraph(&look, &[Run::new(note).italic()]);
            self.book.tree.push(Node::Group(Tag::P.into(), nodes));
        }
        self.y += layout.spacing.paragraph;
    }

    fn group(&mut self, table: &Table, group: &Group, size: f32) {
        let heading = self.heading_rows(table, group, size);
        let high: f32 = heading.heights.iter().sum();
        let one = self.line_height(&Look::new(size, Align::Left)) + self.pads();
        self.need(high + one);
        let head = self.draw_heading(&heading, true);
        let mut body = Vec::new();
        for row in &table.rows {
            let cells = self.cells(table, group, row, size);
            body.push(self.row(cells, &heading));
        }
        let parts =
            vec![Node::Group(Tag::THead.into(), head), Node::Group(Tag::TBody.into(), body)];
        self.book.tree.push(Node::Group(Tag::Table.into(), parts));
    }

    /// Above and below the text of a cell together.
    fn pads(&self) -> f32 {
        self.press.layout.spacing.cell
    }

    fn cell(&self, strip: Strip, look: Look, text: &str, bold: bool, tag: TagKind) -> Cell {
        let pad = side_pad(&self.press.layout);
        let run = Run { text: text.to_owned(), bold, italic: false };
        let lines = self.lines(&look, &[run], strip.width - 2.0 * pad);
        Cell { strip, look, lines, tag }
    }

    fn heading_rows(&self, table: &Table, group: &Group, size: f32) -> Heading {
        let look = Look::new(size, Align::Center);
        let line = self.line_height(&look);
        let mut rows = Vec::new();
        let mut heights: Vec<f32> = Vec::new();
        for row in heads(table, group) {
            let row: Vec<(Cell, Reach)> = row
                .into_iter()
                .map(|Head { first, columns, text, reach }| {
                    let strip = self.span(group, first, columns);
                    let rows = if reach == Reach::Both { 2 } else { 1 };
                    let tag = Tag::TH(TableHeaderScope::Column)
                        .with_col_span(several(columns))
                        .with_row_span(several(rows));
                    (self.cell(strip, look, &text, true, tag.into()), reach)
                })
                .collect();
            let lines = row.iter().filter(|(_, reach)| *reach == Reach::One);
            let most = lines.map(|(cell, _)| cell.lines.len()).max().unwrap_or(1);
            heights.push(most as f32 * line + self.pads());
            rows.push(row);
        }
        // What reaches through both rows may need more than they have.
        let both = rows.iter().flatten().filter(|(_, reach)| *reach == Reach::Both);
        let most = both.map(|(cell, _)| cell.lines.len()).max().unwrap_or(0);
        let short = most as f32 * line + self.pads() - heights.iter().sum::<f32>();
        if let Some(last) = heights.last_mut()
            && 0.0 < short
        {
            *last += short;
        }
        Heading { rows, heights }
    }

    /// Where some columns of a group stand.
    fn span(&self, group: &Group, first: usize, columns: usize) -> Strip {
        let widths = |from: usize, count: usize| -> f32 {
            group.columns.iter().skip(from).take(count).map(|(_, width)| width).sum()
        };
        Strip { x: self.page.left * MM + widths(0, first), width: widths(first, columns) }
    }

    /// Draws the headings; only the first time are they read.
    fn draw_heading(&mut self, heading: &Heading, first: bool) -> Vec<Node> {
        let mut nodes = Vec::new();
        let total: f32 = heading.heights.iter().sum();
        let top = self.y;
        for (row, height) in heading.rows.iter().zip(&heading.heights) {
            let mut cells = Vec::new();
            for (cell, reach) in row {
                let height = match reach {
                    Reach::One => *height,
                    Reach::Both => total,
                    Reach::Below => continue,
                };
                self.frame(cell.strip, self.y, height);
                let text = cell.lines.len() as f32 * self.line_height(&cell.look);
                let y = self.y + (height - text) / 2.0;
                let inner = self.draw_lines(cell, 0..cell.lines.len(), y, first);
                cells.push(Node::Group(cell.tag.clone(), inner));
            }
            nodes.push(Node::Group(Tag::TR.into(), cells));
            self.y += height;
        }
        self.y = top + total;
        nodes
    }

    fn draw_lines(
        &mut self,
        cell: &Cell,
        which: std::ops::Range<usize>,
        y: f32,
        read: bool,
    ) -> Vec<Node> {
        let pad = side_pad(&self.press.layout);
        let inner = Strip { x: cell.strip.x + pad, width: cell.strip.width - 2.0 * pad };
        let height = self.line_height(&cell.look);
        let mut nodes = Vec::new();
        for (at, line) in (0..).zip(cell.lines.get(which).unwrap_or_default()) {
            let at: u16 = at;
            let y = y + f32::from(at) * height;
            // A cell that holds nothing is still read as a cell.
            let blank = Line {
                spans: vec![super::lines::Span {
                    style: crate::fonts::Style::PLAIN,
                    text: " ".into(),
                }],
                ..Line::default()
            };
            let line = if line.spans.is_empty() { &blank } else { line };
            if read {
                nodes.push(self.line(&cell.look, line, inner, y, 0.0));
            } else {
                self.line_as(&cell.look, line, inner, y, Leaf::Skipped);
            }
        }
        nodes
    }

    /// The four sides of a cell.
    fn frame(&mut self, strip: Strip, y: f32, height: f32) {
        let (left, right, below) = (strip.x, strip.x + strip.width, y + height);
        for (from, to) in [
            ((left, y), (right, y)),
            ((left, below), (right, below)),
            ((left, y), (left, below)),
            ((right, y), (right, below)),
        ] {
            self.book.rule(from, to, THIN);
        }
    }

    fn cells(&self, table: &Table, group: &Group, row: &Row, size: f32) -> Vec<Cell> {
        let bold = row.kind != RowKind::Plain;
        if row.kind == RowKind::Section {
            let strip = self.span(group, 0, group.columns.len());
            let text = row.cells.first().map(String::as_str).unwrap_or_default();
            let tag = Tag::TD.with_col_span(several(group.columns.len()));
            return vec![self.cell(strip, Look::new(size, Align::Left), text, bold, tag.into())];
        }
        let mut x = self.page.left * MM;
        let mut cells = Vec::new();
        for (at, width) in &group.columns {
            let align = table.columns.get(*at).map(|column| column.align).unwrap_or_default();
            let text = row.cells.get(*at).map(String::as_str).unwrap_or_default();
            // The last of the leading columns names the row.
            let tag: TagKind = if *at + 1 == table.leading {
                Tag::TH(TableHeaderScope::Row).into()
            } else {
                Tag::TD.into()
            };
            cells.push(self.cell(
                Strip { x, width: *width },
                Look::new(size, align),
                text,
                bold,
                tag,
            ));
            x += width;
        }
        cells
    }

    /// A row, on the next page if need be; one that is higher than a page is divided.
    fn row(&mut self, cells: Vec<Cell>, heading: &Heading) -> Node {
        let line = cells.first().map_or(10.0, |cell| self.line_height(&cell.look));
        let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(1);
        let headings: f32 = heading.heights.iter().sum();
        let page = self.bottom() - self.page.top * MM - headings;
        let whole = most as f32 * line + self.pads();
        let mut nodes: Vec<Vec<Node>> = cells.iter().map(|_| Vec::new()).collect();
        let mut from = 0;
        while from < most {
            let left = (most - from) as f32 * line + self.pads();
            let here = self.bottom() - self.y;
            let divided = page < whole && line * 3.0 < here;
            if here < left && !divided {
                self.new_page();
                self.draw_heading(heading, false);
            }
            let here = self.bottom() - self.y;
            let fit = ((here - self.pads()) / line).max(1.0) as usize;
            let to = most.min(from + fit);
            let height = (to - from) as f32 * line + self.pads();
            for (cell, nodes) in cells.iter().zip(&mut nodes) {
                self.frame(cell.strip, self.y, height);
                let range = from.min(cell.lines.len())..to.min(cell.lines.len());
                // Short cells stand in the middle of their row.
                let spare = if most <= fit { (most - cell.lines.len()) as f32 * line } else { 0.0 };
                let y = self.y + self.pads() / 2.0 + spare / 2.0;
                nodes.extend(self.draw_lines(cell, range, y, true));
            }
            self.y += height;
            from = to;
        }
        let cells = cells.into_iter().zip(nodes);
        let cells = cells.map(|(cell, nodes)| Node::Group(cell.tag, nodes)).collect();
        Node::Group(Tag::TR.into(), cells)
    }
}

/// A span of more than one, as the tree has it.
fn several(count: usize) -> Option<NonZeroU32> {
    u32::try_from(count).ok().filter(|count| 1 < *count).and_then(NonZeroU32::new)
}
