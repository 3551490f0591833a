//! Text flows down the page and on to the next.

use krilla::tagging::{ListNumbering, Tag};

use super::book::{Book, Entry, Leaf, Node, heading};
use super::lines::{Line, Span, lines};
use crate::Press;
use crate::document::{Align, Annex, Block, Document, Level, Run};
use crate::fonts::Style;
use crate::layout::{MM, Page};
use crate::numbering::Numbering;
use crate::phrases;

pub(super) struct Flow<'a> {
    pub(super) press: &'a Press,
    pub(super) book: Book,
    pub(super) page: Page,
    /// Where the next line begins.
    pub(super) y: f32,
}

/// How a paragraph looks; lengths in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) size: f32,
    pub(super) align: Align,
    pub(super) justify: bool,
    /// As a multiple of the letters' height.
    pub(super) line: f32,
    /// How far its first line begins to the right of the others.
    pub(super) first: f32,
}

impl Look {
    pub(super) fn new(size: f32, align: Align) -> Look {
        Look { size, align, justify: false, line: 1.0, first: 0.0 }
    }
}

/// A column of the page: where it begins and how wide it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Strip {
    pub(super) x: f32,
    pub(super) width: f32,
}

impl<'a> Flow<'a> {
    pub(super) fn new(press: &'a Press, page: Page) -> Flow<'a> {
        let mut flow = Flow { press, book: Book::default(), page, y: 0.0 };
        flow.section(page);
        flow
    }

    /// Begins pages of a kind, numbered anew.
    pub(super) fn section(&mut self, page: Page) {
        self.page = page;
        self.book.add_sheet(page, 1);
        self.y = page.top * MM;
    }

    pub(super) fn new_page(&mut self) {
        let number = self.book.sheets.last().map_or(1, |sheet| sheet.number + 1);
        self.book.add_sheet(self.page, number);
        self.y = self.page.top * MM;
        let size = self.press.layout.sizes.page_number;
        let text = number.to_string();
        let width = self.press.fonts.width(Style::PLAIN, &text) * size;
        let strip = self.strip();
        let at = (strip.x + (strip.width - width) / 2.0, self.page.top * MM / 2.0 + size / 2.0);
        self.book.text(at, Span { style: Style::PLAIN, text }, size, 0.0, Leaf::Skipped);
    }

    /// The page between its margins.
    pub(super) fn strip(&self) -> Strip {
        Strip { x: self.page.left * MM, width: self.page.room() }
    }

    pub(super) fn bottom(&self) -> f32 {
        (self.page.height - self.page.bottom) * MM
    }

    /// Goes to a new page unless so much fits on this one.
    pub(super) fn need(&mut self, height: f32) {
        if self.bottom() < self.y + height && self.page.top * MM < self.y {
            self.new_page();
        }
    }

    pub(super) fn line_height(&self, look: &Look) -> f32 {
        look.size * self.press.fonts.height() * look.line
    }

    /// Breaks text into lines for a strip.
    pub(super) fn lines(&self, look: &Look, runs: &[Run], width: f32) -> Vec<Line> {
        lines(&self.press.fonts, runs, look.size, width - look.first, width)
    }

    /// Puts one line at a height, as a leaf of its own.
    pub(super) fn line(
        &mut self,
        look: &Look,
        line: &Line,
        strip: Strip,
        y: f32,
        first: f32,
    ) -> Node {
        let (leaf, node) = self.book.leaf();
        self.line_as(look, line, Strip { x: strip.x + first, width: strip.width - first }, y, leaf);
        node
    }

    pub(super) fn line_as(&mut self, look: &Look, line: &Line, strip: Strip, y: f32, leaf: Leaf) {
        let fonts = &self.press.fonts;
        let left = strip.width - line.width;
        let (shift, stretch) = match look.align {
            _ if look.justify && !line.ends && 0 < line.gaps => (0.0, left / line.gaps as f32),
            _ if look.justify => (0.0, 0.0),
            Align::Left => (0.0, 0.0),
            Align::Center => (left / 2.0, 0.0),
            Align::Right => (left, 0.0),
        };
        let lead = self.line_height(look) - look.size * fonts.height();
        let baseline = y + lead + look.size * fonts.ascent();
        let mut x = strip.x + shift;
        for span in &line.spans {
            self.book.text((x, baseline), span.clone(), look.size, stretch, leaf);
            let spaces = span.text.matches(' ').count() as f32;
            x += fonts.width(span.style, &span.text) * look.size + spaces * stretch;
        }
    }

    /// A paragraph that may go on to the next page; never one line of it alone.
    pub(super) fn paragraph(&mut self, look: &Look, runs: &[Run]) -> Vec<Node> {
        let strip = self.strip();
        let lines = self.lines(look, runs, strip.width);
        let height = self.line_height(look);
        let mut nodes = Vec::new();
        let count = lines.len();
        for (at, line) in lines.iter().enumerate() {
            let last_two = 2 < count && at + 2 == count;
            let together = if (at == 0 && 1 < count) || last_two { 2.0 } else { 1.0 };
            self.need(height * together - 0.01);
            let first = if at == 0 { look.first } else { 0.0 };
            nodes.push(self.line(look, line, strip, self.y, first));
            self.y += height;
        }
        nodes
    }

    /// A drawn line in the middle of a strip, clear of the text above `y`.
    pub(super) fn rule(&mut self, strip: Strip, y: f32, length: f32) {
        let side = ((strip.width - length) / 2.0).max(0.0);
        let (left, right) = (strip.x + side, strip.x + strip.width - side);
        let thickness = self.press.layout.rules.thickness;
        let y = y + self.press.layout.rules.below;
        self.book.rule((left, y), (right, y), thickness);
    }

    pub(super) fn entry(&mut self, level: u8, text: &str) {
        let sheet = self.book.sheets.len().saturating_sub(1);
        let text = phrases::clean(text);
        self.book.outline.push(Entry { level, text, sheet, y: self.y });
    }

    pub(super) fn annex(&mut self, document: &Document, annex: &Annex, number: usize) {
        let words = &self.press.layout.words;
        let look = Look::new(self.press.layout.sizes.annex, Align::Center);
        let name = phrases::annex(words, number, document.annexes.len());
        let attached = phrases::attached(words, &document.head);
        self.entry(1, &format!("{name}. {}", annex.title));
        let mut nodes = self.paragraph(&look, &[Run::new(&name).bold()]);
        nodes.extend(self.paragraph(&look, &[Run::new(&annex.title).bold()]));
        self.book.tree.push(Node::Group(heading(1, name), nodes));
        let nodes = self.paragraph(&look, &[Run::new(attached).italic()]);
        self.book.tree.push(Node::Group(Tag::P.into(), nodes));
        self.y += 12.0;
        self.blocks(&annex.blocks);
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let layout = &self.press.layout;
        let after = layout.spacing.paragraph;
        let look = Look {
            justify: true,
            line: layout.spacing.line,
            first: layout.spacing.first_line * MM,
            ..Look::new(layout.sizes.body, Align::Left)
        };
        let mut numbering = Numbering::default();
        for block in blocks {
            match block {
                Block::Heading(level, words) => {
                    let text = format!("{} {words}", numbering.next(*level));
                    self.heading(&look, *level, &text);
                    self.y += after;
                }
                Block::Paragraph(runs) => {
                    let nodes = self.paragraph(&look, runs);
                    self.book.tree.push(Node::Group(Tag::P.into(), nodes));
                    self.y += after;
                }
                Block::List(items) => self.list(&look, items),
                Block::Table(table) => self.table(table),
                Block::PageBreak => self.new_page(),
            }
        }
    }

    fn heading(&mut self, look: &Look, level: Level, text: &str) {
        let (depth, run) = match level {
            Level::Roman => (1, Run::new(text).bold()),
            Level::Number => (2, Run::new(text).bold()),
            Level::Letter => (3, Run::new(text).bold().italic()),
        };
        // With at least two lines of what follows.
        let lines = self.lines(look, std::slice::from_ref(&run), self.strip().width).len();
        self.need(
            self.line_height(look) * (lines + 2) as f32 + self.press.layout.spacing.paragraph,
        );
        self.entry(depth, text);
        let nodes = self.paragraph(look, &[run]);
        // The title of the paper is the first level.
        self.book.tree.push(Node::Group(heading(depth + 1, phrases::clean(text)), nodes));
    }

    fn list(&mut self, look: &Look, items: &[Vec<Run>]) {
        let mut nodes = Vec::new();
        for item in items {
            let dash = item.first().map(|run| Run { text: "- ".into(), ..run.clone() });
            let runs: Vec<Run> = dash.into_iter().chain(item.iter().cloned()).collect();
            let body = Node::Group(Tag::LBody.into(), self.paragraph(look, &runs));
            nodes.push(Node::Group(Tag::LI.into(), vec![body]));
            self.y += self.press.layout.spacing.paragraph;
        }
        self.book.tree.push(Node::Group(Tag::L(ListNumbering::None).into(), nodes));
    }
}
