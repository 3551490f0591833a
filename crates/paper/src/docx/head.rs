//! The head of a paper and its end: who writes what to whom, and who signs.

use super::xml::{Para, paragraph, side_by_side};
use crate::Press;
use crate::document::{Align, Document, Run, Stage};
use crate::fonts::Style;
use crate::phrases::{self, clean};

pub(super) fn letterhead(press: &Press, document: &Document, out: &mut String) {
    let head = &document.head;
    let room = press.layout.page.room();
    let right = press.head_right();
    let left = room - right;
    let rows = [
        (office(press, document, left), nation(press, right)),
        (number(press, document), date(press, document)),
    ];
    side_by_side(left, right, &rows, out);
    let sizes = &press.layout.sizes;
    let centred = Para { align: Align::Center, ..Para::default() };
    if let Some(kind) = &head.kind {
        let para = Para { size: sizes.kind, before: 18.0, ..centred };
        paragraph(&para, &[Run::new(kind).bold()], out);
        let para = Para { size: sizes.subject, ..centred };
        paragraph(&para, &[Run::new(&head.subject).bold()], out);
        let line = press.subject_rule(&head.subject);
        rule(press, room, line, out);
    }
    let to = phrases::addressees(&press.layout.words, head);
    for (at, line) in to.iter().enumerate() {
        let before = if at == 0 { 12.0 } else { 0.0 };
        paragraph(&Para { size: sizes.body, before, ..centred }, &[Run::new(line)], out);
    }
    paragraph(&Para { size: 6.0, ..centred }, &[], out);
}

/// The upper left: the office above, and the office.
fn office(press: &Press, document: &Document, room: f32) -> String {
    let head = &document.head;
    let size = press.layout.sizes.agency;
    let centred = Para { align: Align::Center, size, ..Para::default() };
    let mut out = String::new();
    if let Some(superior) = &head.superior {
        paragraph(&centred, &[Run::new(superior)], &mut out);
    }
    paragraph(&centred, &[Run::new(&head.agency).bold()], &mut out);
    rule(press, room, press.agency_rule(&head.agency, room), &mut out);
    out
}

/// The upper right: the nation and its motto.
fn nation(press: &Press, room: f32) -> String {
    let (words, sizes) = (&press.layout.words, &press.layout.sizes);
    let centred = Para { align: Align::Center, ..Para::default() };
    let mut out = String::new();
    let nation = Para { size: sizes.national, ..centred };
    paragraph(&nation, &[Run::new(words.nation.replace(' ', "\u{a0}")).bold()], &mut out);
    paragraph(&Para { size: sizes.motto, ..centred }, &[Run::new(&words.motto).bold()], &mut out);
    let line = press.fonts.width(Style::BOLD, &clean(&words.motto)) * sizes.motto;
    rule(press, room, line * press.layout.rules.motto, &mut out);
    out
}

/// The lower left: the number, the subject of a letter, and that it is a draft.
fn number(press: &Press, document: &Document) -> String {
    let (layout, head) = (&press.layout, &document.head);
    let number = Para { align: Align::Center, size: layout.sizes.number, ..Para::default() };
    let mut out = String::new();
    paragraph(&number, &[Run::new(phrases::number(&layout.words, head))], &mut out);
    if head.kind.is_none() {
        let about = Run::new(format!("{} {}", layout.words.about, head.subject));
        paragraph(&Para { size: layout.sizes.agency, ..number }, &[about], &mut out);
    }
    if document.stage == Stage::Draft {
        let draft = Run::new(&layout.words.draft).bold();
        paragraph(&Para { before: 4.0, ..number }, &[draft], &mut out);
    }
    out
}

/// The lower right: place and date.
fn date(press: &Press, document: &Document) -> String {
    let layout = &press.layout;
    let para = Para { align: Align::Center, size: layout.sizes.place, ..Para::default() };
    let mut out = String::new();
    let date = phrases::place_and_date(&layout.words, &document.head);
    paragraph(&para, &[Run::new(date).italic()], &mut out);
    out
}

/// A drawn line in the middle.
fn rule(press: &Press, room: f32, length: f32, out: &mut String) {
    let side = ((room - length) / 2.0).max(0.0);
    let thickness = Some(press.layout.rules.thickness);
    let para = Para {
        left: side,
        right: side,
        rule: thickness,
        size: 1.0,
        before: press.layout.rules.below,
        ..Para::default()
    };
    paragraph(&para, &[], out);
}

pub(super) fn signature(press: &Press, document: &Document, out: &mut String) {
    let (words, sizes) = (&press.layout.words, &press.layout.sizes);
    let room = press.layout.page.room();
    let mut left = String::new();
    let recipients = phrases::recipients(document);
    let title = Run::new(&words.recipients).bold().italic();
    let title = if recipients.is_empty() { Run::default() } else { title };
    paragraph(&Para { size: sizes.recipients_title, ..Para::default() }, &[title], &mut left);
    for line in recipients {
        paragraph(
            &Para { size: sizes.recipients, ..Para::default() },
            &[Run::new(line)],
            &mut left,
        );
    }
    let mut right = String::new();
    let centred = Para { align: Align::Center, size: sizes.signature, ..Para::default() };
    for title in &document.signature.titles {
        paragraph(&centred, &[Run::new(title).bold()], &mut right);
    }
    // Room for the signature and the seal.
    for _ in 0..4 {
        paragraph(&centred, &[Run::default()], &mut right);
    }
    let name = document.signature.name.as_deref().unwrap_or_default();
    paragraph(&centred, &[Run::new(name).bold()], &mut right);
    paragraph(&Para { size: 6.0, ..Para::default() }, &[], out);
    side_by_side(room * 0.45, room * 0.55, &[(left, right)], out);
}
