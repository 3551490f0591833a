//! A lesson's Markdown taken apart into steps. Pure. The format: content/README.md.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use serde::Deserialize;
use thao_base::{Lang, Result};

use crate::flaw::At;
use crate::item::{self, Question};

/// One screen of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub heading: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Paragraphs and lists as HTML: made here, without any HTML of the author's.
    Text(String),
    Picture(Picture),
    Video(Video),
    Question(Box<Question>),
}

/// `name`: a file of the course's `media/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub name: String,
    pub alt: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Video {
    pub name: String,
    pub poster: Option<String>,
    pub captions: Vec<(Lang, String)>,
    /// What is seen and said.
    pub transcript: String,
}

impl Step {
    /// The question of the step: at most one.
    pub fn question(&self) -> Option<&Question> {
        self.blocks.iter().find_map(|block| match block {
            Block::Question(question) => Some(question.as_ref()),
            _ => None,
        })
    }

    /// The names of all files it shows.
    pub fn media(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().flat_map(|block| -> Vec<&str> {
            match block {
                Block::Text(_) | Block::Question(_) => Vec::new(),
                Block::Picture(picture) => vec![&picture.name],
                Block::Video(video) => {
                    let captions = video.captions.iter().map(|(_, name)| name);
                    let names = std::iter::once(&video.name).chain(&video.poster).chain(captions);
                    names.map(String::as_str).collect()
                }
            }
        })
    }
}

/// Takes a lesson apart; `file` is what its mistakes are told by.
///
/// # Errors
/// [`thao_base::Kind::Invalid`] with file and line: HTML, a step without heading, a second
/// question in a step, an unknown block, a broken question.
pub fn parse(file: &str, markdown: &str) -> Result<Vec<Step>> {
    split(file, markdown).into_iter().map(|(at, text)| step(at, text)).collect()
}

/// Steps are apart by a line `---` that stands in no fenced block.
fn split<'a>(file: &'a str, markdown: &'a str) -> Vec<(At<'a>, &'a str)> {
    let mut out = Vec::new();
    let mut at = At::start(file);
    let (mut start, mut end, mut fence) = (0, 0, 0);
    for (i, line) in markdown.split_inclusive('\n').enumerate() {
        let ticks = line.bytes().take_while(|b| *b == b'`').count();
        if fence == 0 && line.trim_end() == "---" {
            out.push((at, markdown.get(start..end).unwrap_or_default()));
            start = end + line.len();
            at = At { file, line: i + 2 };
        } else if fence == 0 && 3 <= ticks {
            fence = ticks;
        } else if 0 < fence && fence <= ticks && line.trim_end().len() == ticks {
            fence = 0;
        }
        end += line.len();
    }
    out.push((at, markdown.get(start..).unwrap_or_default()));
    out
}

type Spanned<'a> = (Event<'a>, std::ops::Range<usize>);

fn step(at: At<'_>, text: &str) -> Result<Step> {
    let mut parts = parts(text).into_iter();
    let here = |part: &[Spanned<'_>]| {
        let start = part.first().map_or(0, |(_, range)| range.start);
        at.down(text.get(..start).unwrap_or_default().matches('\n').count())
    };
    let heading = match parts.next() {
        Some(part) => match part.as_slice() {
            [(Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }), _), inner @ .., _] => {
                words(inner)
            }
            _ => return Err(here(&part).wrong("catalog.error.heading")),
        },
        None => return Err(at.wrong("catalog.error.heading")),
    };
    let mut step = Step { heading, blocks: Vec::new() };
    for part in parts {
        let at = here(&part);
        match block(at, part)? {
            Block::Question(_) if step.question().is_some() => {
                return Err(at.wrong("catalog.error.second_question"));
            }
            // Paragraphs that follow each other are one text.
            Block::Text(more) => match step.blocks.last_mut() {
                Some(Block::Text(text)) => text.push_str(&more),
                _ => step.blocks.push(Block::Text(more)),
            },
            block => step.blocks.push(block),
        }
    }
    Ok(step)
}

/// What stands side by side at the top of a step: heading, paragraphs, lists, fenced blocks.
fn parts(text: &str) -> Vec<Vec<Spanned<'_>>> {
    let mut out = Vec::new();
    let mut part = Vec::new();
    let mut depth = 0;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        part.push((event, range));
        if depth == 0 {
            out.push(std::mem::take(&mut part));
        }
    }
    out
}

fn block(at: At<'_>, part: Vec<Spanned<'_>>) -> Result<Block> {
    match part.as_slice() {
        [(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))), _), inner @ .., _]
            if !kind.is_empty() =>
        {
            // The block's own first line is the fence.
            let (inside, text) = (at.down(1), words(inner));
            match kind.trim() {
                "item" => Ok(Block::Question(Box::new(item::read(inside, &text)?))),
                "video" => Ok(Block::Video(video(inside, &text)?)),
                other => Err(at.wrong("catalog.error.block").with("found", other)),
            }
        }
        [
            (Event::Start(Tag::Paragraph), _),
            (Event::Start(Tag::Image { dest_url, .. }), _),
            inner @ ..,
            (Event::End(TagEnd::Image), _),
            (Event::End(TagEnd::Paragraph), _),
        ] if !inner.iter().any(|(event, _)| matches!(event, Event::Start(_))) => {
            let alt = words(inner);
            if alt.trim().is_empty() {
                return Err(at.wrong("catalog.error.alt").with("found", dest_url));
            }
            Ok(Block::Picture(Picture { name: media_name(at, dest_url)?, alt }))
        }
        _ => text(at, part),
    }
}

fn text(at: At<'_>, part: Vec<Spanned<'_>>) -> Result<Block> {
    for (event, _) in &part {
        match event {
            Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock) => {
                return Err(at.wrong("catalog.error.html"));
            }
            Event::Start(Tag::Heading { .. }) => return Err(at.wrong("catalog.error.heading")),
            Event::Start(Tag::Image { .. }) => return Err(at.wrong("catalog.error.inline_image")),
            Event::Start(Tag::Link { dest_url, .. }) if !may_lead_to(dest_url) => {
                return Err(at.wrong("catalog.error.link").with("found", dest_url));
            }
            _ => {}
        }
    }
    let mut out = String::new();
    html::push_html(&mut out, part.into_iter().map(|(event, _)| event));
    Ok(Block::Text(out))
}

/// Links lead to pages and phones, never to scripts.
fn may_lead_to(url: &str) -> bool {
    let ours = url.starts_with('/') && !url.starts_with("//");
    ours || ["https://", "http://", "mailto:", "tel:"].iter().any(|start| url.starts_with(start))
}

fn words(events: &[Spanned<'_>]) -> String {
    let words = events.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        Event::SoftBreak | Event::HardBreak => Some(" "),
        _ => None,
    });
    words.collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVideo {
    src: String,
    poster: Option<String>,
    captions: Captions,
    transcript: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Captions {
    vi: String,
    en: String,
}

fn video(at: At<'_>, text: &str) -> Result<Video> {
    let raw: RawVideo = at.toml(text)?;
    if raw.transcript.trim().is_empty() {
        return Err(at.wrong("catalog.error.transcript"));
    }
    Ok(Video {
        name: media_name(at, &raw.src)?,
        poster: raw.poster.map(|poster| media_name(at, &poster)).transpose()?,
        captions: vec![
            (Lang::Vi, media_name(at, &raw.captions.vi)?),
            (Lang::En, media_name(at, &raw.captions.en)?),
        ],
        transcript: raw.transcript,
    })
}

/// `media/x.svg` is the file `x.svg`; nothing else can be shown.
fn media_name(at: At<'_>, path: &str) -> Result<String> {
    let name = path.strip_prefix("media/").filter(|name| is_media_name(name));
    match name {
        Some(name) => Ok(name.to_owned()),
        None => Err(at.wrong("catalog.error.media_path").with("found", path)),
    }
}

/// Small letters, digits, hyphens and dots, so that it is the same in every address.
pub(crate) fn is_media_name(name: &str) -> bool {
    !name.starts_with('.')
        && name.contains('.')
        && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.'))
}

#[cfg(test)]
mod tests;
