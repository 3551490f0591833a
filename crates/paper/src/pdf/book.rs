//! Pages with what stands where, the tree that screen readers follow, and the writing of both.

use std::collections::BTreeMap;
use std::num::NonZeroU16;

use jiff::Timestamp;
use krilla::Document as Pdf;
use krilla::SerializeSettings;
use krilla::configure::Configuration;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::KrillaGlyph;
use thao_base::{Error, Result};

use super::lines::Span;
use crate::Press;
use crate::document::Letterhead;
use crate::layout::{MM, Page};
use crate::phrases::clean;

#[derive(Default)]
pub(super) struct Book {
    pub(super) sheets: Vec<Sheet>,
    pub(super) tree: Vec<Node>,
    pub(super) outline: Vec<Entry>,
    leaves: usize,
}

/// A page: lengths in points from its upper left corner.
pub(super) struct Sheet {
    pub(super) page: Page,
    /// Within its section, from 1.
    pub(super) number: usize,
    pub(super) texts: Vec<Text>,
    /// From where to where lines are drawn, each track in order.
    rules: BTreeMap<Track, Vec<(f32, f32)>>,
}

pub(super) struct Text {
    pub(super) x: f32,
    /// Where its letters stand.
    pub(super) y: f32,
    pub(super) span: Span,
    pub(super) size: f32,
    /// What each of its spaces grows by.
    pub(super) stretch: f32,
    pub(super) leaf: Leaf,
}

/// Where drawn lines of one direction and thickness lie side by side, in hundredths of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Track {
    thickness: i32,
    direction: Direction,
    place: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Direction {
    Level,
    Upright,
}

/// A piece of the page in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    Read(usize),
    /// Repeated or decorative: not read.
    Skipped,
}

pub(super) enum Node {
    Leaf(usize),
    Group(TagKind, Vec<Node>),
}

/// A line of the outline.
pub(super) struct Entry {
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) sheet: usize,
    pub(super) y: f32,
}

impl Book {
    pub(super) fn add_sheet(&mut self, page: Page, number: usize) {
        self.sheets.push(Sheet { page, number, texts: Vec::new(), rules: BTreeMap::new() });
    }

    /// A new piece of the tree.
    pub(super) fn leaf(&mut self) -> (Leaf, Node) {
        self.leaves += 1;
        (Leaf::Read(self.leaves - 1), Node::Leaf(self.leaves - 1))
    }

    /// Puts text on the last page.
    pub(super) fn text(&mut self, at: (f32, f32), span: Span, size: f32, stretch: f32, leaf: Leaf) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.texts.push(Text { x: at.0, y: at.1, span, size, stretch, leaf });
        }
    }

    /// Draws a level or upright line on the last page; one that goes on where another ended makes
    /// that one longer, and one that is there already adds nothing.
    pub(super) fn rule(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32) {
        let Some(sheet) = self.sheets.last_mut() else { return };
        let hundredths = |points: f32| (points * 100.0).round() as i32;
        let (direction, place, from, to) = if hundredths(from.1) == hundredths(to.1) {
            (Direction::Level, from.1, from.0, to.0)
        } else {
            (Direction::Upright, from.0, from.1, to.1)
        };
        let (thickness, place) = (hundredths(thickness), hundredths(place));
        let lines = sheet.rules.entry(Track { thickness, direction, place }).or_default();
        match lines.last_mut() {
            Some((start, end)) if *start - 0.05 <= from && from <= *end + 0.05 => {
                *end = end.max(to);
            }
            _ => lines.push((from, to)),
        }
    }

    pub(super) fn write(
        self,
        press: &Press,
        head: &Letterhead,
        made_at: Timestamp,
        configuration: Configuration,
    ) -> Result<Vec<u8>> {
        let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
        let mut pdf = Pdf::new_with(settings);
        let mut found = vec![None; self.leaves];
        for sheet in &self.sheets {
            let (width, height) = (sheet.page.width * MM, sheet.page.height * MM);
            let size = PageSettings::from_wh(width, height);
            let mut page = pdf.start_page_with(size.ok_or_else(|| Error::internal("page size"))?);
            let mut surface = page.surface();
            sheet.draw(press, &mut surface, &mut found);
            surface.finish();
            page.finish();
        }
        let mut tree = TagTree::new().with_lang(Some("vi-VN".to_owned()));
        for node in self.tree {
            match node.grown(&found) {
                Some(Grown::Group(group)) => tree.push(group),
                Some(Grown::Leaf(leaf)) => tree.push(leaf),
                None => {}
            }
        }
        pdf.set_tag_tree(tree);
        pdf.set_outline(outline(&self.outline));
        pdf.set_metadata(metadata(head, made_at));
        pdf.finish().map_err(|e| Error::internal(format!("{e:?}")))
    }
}

enum Grown {
    Leaf(Identifier),
    Group(TagGroup),
}

impl Node {
    /// As the writer has it; `None` for what was never drawn.
    fn grown(self, found: &[Option<Identifier>]) -> Option<Grown> {
        match self {
            Node::Leaf(leaf) => found.get(leaf).copied().flatten().map(Grown::Leaf),
            Node::Group(kind, children) => {
                let mut group = TagGroup::new(kind);
                for child in children {
                    match child.grown(found) {
                        Some(Grown::Leaf(leaf)) => group.push(leaf),
                        Some(Grown::Group(inner)) => group.push(inner),
                        None => {}
                    }
                }
                Some(Grown::Group(group))
            }
        }
    }
}

impl Sheet {
    fn draw(&self, press: &Press, surface: &mut Surface<'_>, found: &mut [Option<Identifier>]) {
        let artifact = |kind| ContentTag::Artifact(Artifact::with_kind(kind));
        if !self.rules.is_empty() {
            surface.start_tagged(artifact(ArtifactType::Layout));
            self.draw_rules(surface);
            surface.end_tagged();
        }
        for texts in self.texts.chunk_by(|a, b| a.leaf == b.leaf) {
            let Some(first) = texts.first() else { continue };
            let tag = match first.leaf {
                Leaf::Read(_) => ContentTag::Span(SpanTag::empty()),
                Leaf::Skipped => artifact(ArtifactType::Other),
            };
            let identifier = surface.start_tagged(tag);
            if let Leaf::Read(leaf) = first.leaf
                && let Some(place) = found.get_mut(leaf)
            {
                *place = Some(identifier);
            }
            for text in texts {
                draw_text(press, surface, text);
            }
            surface.end_tagged();
        }
    }

    fn draw_rules(&self, surface: &mut Surface<'_>) {
        let tracks: Vec<_> = self.rules.iter().collect();
        for same in tracks.chunk_by(|a, b| a.0.thickness == b.0.thickness) {
            let mut path = PathBuilder::new();
            for (track, lines) in same {
                let place = track.place as f32 / 100.0;
                for &(from, to) in *lines {
                    let (from, to) = match track.direction {
                        Direction::Level => ((from, place), (to, place)),
                        Direction::Upright => ((place, from), (place, to)),
                    };
                    path.move_to(from.0, from.1);
                    path.line_to(to.0, to.1);
                }
            }
            let width = same.first().map_or(0.5, |(track, _)| track.thickness as f32 / 100.0);
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke { width, ..Stroke::default() }));
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
            surface.set_stroke(None);
        }
    }
}

fn draw_text(press: &Press, surface: &mut Surface<'_>, text: &Text) {
    let Span { style, text: letters } = &text.span;
    let glyphs: Vec<KrillaGlyph> = letters
        .char_indices()
        .map(|(at, letter)| {
            let (glyph, width) = press.fonts.glyph(*style, letter);
            let more = if letter == ' ' { text.stretch / text.size } else { 0.0 };
            let range = at..at + letter.len_utf8();
            KrillaGlyph::new(glyph, width + more, 0.0, 0.0, 0.0, range, None)
        })
        .collect();
    let at = Point::from_xy(text.x, text.y);
    surface.draw_glyphs(at, &glyphs, press.fonts.font(*style), letters, text.size, false);
}

/// The outline of a document: each entry below the last one of a higher level.
fn outline(entries: &[Entry]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = entries;
    while !rest.is_empty() {
        let (node, taken) = branch(rest);
        if let Some(node) = node {
            outline.push_child(node);
        }
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    outline
}

/// The first entry with all below it, and how many that were.
fn branch(entries: &[Entry]) -> (Option<OutlineNode>, usize) {
    let Some((first, below)) = entries.split_first() else { return (None, 0) };
    let target = XyzDestination::new(first.sheet, Point::from_xy(0.0, first.y));
    let mut node = OutlineNode::new(first.text.clone(), target);
    let mut taken = 0;
    while let Some(rest) = below.get(taken..)
        && rest.first().is_some_and(|entry| first.level < entry.level)
    {
        let (child, more) = branch(rest);
        if let Some(child) = child {
            node.push_child(child);
        }
        taken += more.max(1);
    }
    (Some(node), taken + 1)
}

fn metadata(head: &Letterhead, made_at: Timestamp) -> Metadata {
    let title = format!("{} {}", head.kind.as_deref().unwrap_or_default(), head.subject);
    let utc = made_at.to_zoned(jiff::tz::TimeZone::UTC);
    let date = DateTime::new(utc.year().unsigned_abs())
        .month(utc.month().unsigned_abs())
        .day(utc.day().unsigned_abs())
        .hour(utc.hour().unsigned_abs())
        .minute(utc.minute().unsigned_abs())
        .second(utc.second().unsigned_abs())
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(clean(title.trim()))
        .authors(vec![clean(&head.issuer)])
        .language("vi-VN".to_owned())
        .creation_date(date)
}

/// A heading in the tree.
pub(super) fn heading(level: u8, title: String) -> TagKind {
    let level = NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN);
    Tag::Hn(level, Some(title)).into()
}
