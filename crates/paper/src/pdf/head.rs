//! The head of a paper and its end: who writes what to whom, and who signs.

use krilla::tagging::Tag;

use super::book::{Node, heading};
use super::flow::{Flow, Look, Strip};
use crate::document::{Align, Document, Letterhead, Run, Stage};
use crate::fonts::Style;
use crate::phrases::{self, clean};

impl Flow<'_> {
    pub(super) fn letterhead(&mut self, document: &Document) {
        let (head, layout) = (&document.head, &self.press.layout);
        let (sizes, whole) = (&layout.sizes, self.strip());
        let right = self.press.head_right();
        let left = Strip { x: whole.x, width: whole.width - right };
        let right = Strip { x: left.x + left.width, width: right };
        let top = self.y;
        let (ends_left, ends_right) = (self.office(head, left, top), self.nation(right, top));
        // Number and date stand side by side.
        let y = ends_left.max(ends_right) + layout.rules.below + 5.0;
        let ends_left = self.number(document, left, y);
        let date = Run::new(phrases::place_and_date(&layout.words, head)).italic();
        let ends_right = self.column(&Look::new(sizes.place, Align::Center), right, y, date);
        self.y = ends_left.max(ends_right);
        if let Some(kind) = &head.kind {
            self.y += 18.0;
            let look = Look::new(sizes.kind, Align::Center);
            let mut nodes = self.paragraph(&look, &[Run::new(kind).bold()]);
            let look = Look::new(sizes.subject, Align::Center);
            nodes.extend(self.paragraph(&look, &[Run::new(&head.subject).bold()]));
            let title = clean(&format!("{kind} {}", head.subject));
            self.book.tree.push(Node::Group(heading(1, title), nodes));
            self.rule(whole, self.y, self.press.subject_rule(&head.subject));
            self.y += layout.rules.below + 4.0;
        }
        let look = Look::new(sizes.body, Align::Center);
        for (at, line) in phrases::addressees(&layout.words, head).iter().enumerate() {
            self.y += if at == 0 { 12.0 } else { 0.0 };
            let nodes = self.paragraph(&look, &[Run::new(line)]);
            self.book.tree.push(Node::Group(Tag::P.into(), nodes));
        }
        self.y += 10.0;
    }

    /// A paragraph within a strip, all on this page; where it ends.
    fn column(&mut self, look: &Look, strip: Strip, y: f32, run: Run) -> f32 {
        let lines = self.lines(look, &[run], strip.width);
        let height = self.line_height(look);
        let mut nodes = Vec::new();
        let mut at = y;
        for line in &lines {
            nodes.push(self.line(look, line, strip, at, 0.0));
            at += height;
        }
        self.book.tree.push(Node::Group(Tag::P.into(), nodes));
        at
    }

    /// The upper left: the office above, and the office.
    fn office(&mut self, head: &Letterhead, strip: Strip, mut y: f32) -> f32 {
        let look = Look::new(self.press.layout.sizes.agency, Align::Center);
        if let Some(superior) = &head.superior {
            y = self.column(&look, strip, y, Run::new(superior));
        }
        y = self.column(&look, strip, y, Run::new(&head.agency).bold());
        self.rule(strip, y, self.press.agency_rule(&head.agency, strip.width));
        y
    }

    /// The upper right: the nation and its motto.
    fn nation(&mut self, strip: Strip, y: f32) -> f32 {
        let layout = &self.press.layout;
        let (words, sizes) = (&layout.words, &layout.sizes);
        let nation = Run::new(words.nation.replace(' ', "\u{a0}")).bold();
        let y = self.column(&Look::new(sizes.national, Align::Center), strip, y, nation);
        let motto = Look::new(sizes.motto, Align::Center);
        let y = self.column(&motto, strip, y, Run::new(&words.motto).bold());
        let length = self.press.fonts.width(Style::BOLD, &clean(&words.motto)) * sizes.motto;
        self.rule(strip, y, length * layout.rules.motto);
        y
    }

    /// The lower left: the number, the subject of a letter, and that it is a draft.
    fn number(&mut self, document: &Document, strip: Strip, y: f32) -> f32 {
        let (head, layout) = (&document.head, &self.press.layout);
        let look = Look::new(layout.sizes.number, Align::Center);
        let number = Run::new(phrases::number(&layout.words, head));
        let mut y = self.column(&look, strip, y, number);
        if head.kind.is_none() {
            let about = Run::new(format!("{} {}", layout.words.about, head.subject));
            y = self.column(&Look::new(layout.sizes.agency, Align::Center), strip, y, about);
        }
        if document.stage == Stage::Draft {
            y = self.column(&look, strip, y + 4.0, Run::new(&layout.words.draft).bold());
        }
        y
    }

    /// Who gets it at the left, who signs at the right; never divided.
    pub(super) fn signature(&mut self, document: &Document) {
        let (layout, whole) = (&self.press.layout, self.strip());
        let sizes = &layout.sizes;
        let left = Strip { width: whole.width * 0.45, ..whole };
        let right = Strip { x: whole.x + left.width, width: whole.width - left.width };
        let recipients = phrases::recipients(document);
        let small = Look::new(sizes.recipients, Align::Left);
        let name = Look::new(sizes.signature, Align::Center);
        // Four lines are room for the signature and the seal.
        let lines = document
            .signature
            .titles
            .iter()
            .map(|title| self.lines(&name, &[Run::new(title).bold()], right.width).len());
        let signing = (lines.sum::<usize>() + 5) as f32 * self.line_height(&name);
        let lines =
            recipients.iter().map(|line| self.lines(&small, &[Run::new(line)], left.width).len());
        let sending = (lines.sum::<usize>() + 2) as f32 * self.line_height(&small);
        self.y += 6.0;
        self.need(signing.max(sending));
        let top = self.y;
        let mut y = top;
        if !recipients.is_empty() {
            let title = Run::new(&layout.words.recipients).bold().italic();
            y = self.column(&Look::new(sizes.recipients_title, Align::Left), left, y, title);
        }
        for line in recipients {
            y = self.column(&small, left, y, Run::new(line));
        }
        let mut end = top;
        for title in &document.signature.titles {
            end = self.column(&name, right, end, Run::new(title).bold());
        }
        end += 4.0 * self.line_height(&name);
        if let Some(signer) = &document.signature.name {
            self.column(&name, right, end, Run::new(signer).bold());
        }
        self.y = y.max(end + self.line_height(&name));
    }
}
