//! The paper for reading and printing. Laid out here, line by line; `krilla` writes the file.

mod book;
mod flow;
mod head;
mod lines;
mod table;

use jiff::Timestamp;
use krilla::configure::Configuration;
use thao_base::Result;

use self::book::Book;
use crate::Press;
use crate::document::{Document, Orientation};
use crate::phrases;

pub(crate) fn write(press: &Press, document: &Document, made_at: Timestamp) -> Result<Vec<u8>> {
    write_as(press, document, made_at, Configuration::default())
}

fn write_as(
    press: &Press,
    document: &Document,
    made_at: Timestamp,
    configuration: Configuration,
) -> Result<Vec<u8>> {
    lay_out(press, document).write(press, &document.head, made_at, configuration)
}

fn lay_out(press: &Press, document: &Document) -> Book {
    let layout = &press.layout;
    let mut flow = flow::Flow::new(press, layout.page);
    flow.letterhead(document);
    flow.blocks(&phrases::closed(&layout.words, document));
    flow.signature(document);
    for (number, annex) in (1..).zip(&document.annexes) {
        let page = match annex.orientation {
            Orientation::Portrait => layout.page,
            Orientation::Landscape => layout.page.turned(),
        };
        flow.section(page);
        flow.annex(document, annex, number);
    }
    flow.book
}

#[cfg(test)]
mod tests;
