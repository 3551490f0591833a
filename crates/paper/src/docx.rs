//! The paper for a word processor: Office Open XML (ECMA-376), as little of it as papers need.

mod head;
mod package;
mod table;
mod xml;

use jiff::Timestamp;
use thao_base::Result;

use crate::Press;
use crate::document::{Align, Annex, Block, Document, Level, Orientation, Run};
use crate::layout::{MM, Page};
use crate::numbering::Numbering;
use crate::phrases;
use xml::{Para, paragraph, twips};

pub(crate) fn write(press: &Press, document: &Document, made_at: Timestamp) -> Result<Vec<u8>> {
    let layout = &press.layout;
    let mut body = String::new();
    head::letterhead(press, document, &mut body);
    blocks(press, &phrases::closed(&layout.words, document), layout.page, &mut body);
    head::signature(press, document, &mut body);
    for (number, annex) in (1..).zip(&document.annexes) {
        // A section ends with the paragraph that says how its pages were.
        let before =
            number == 1 || annex_page(press, document.annexes.get(number - 2)) == layout.page;
        let page = if before { layout.page } else { layout.page.turned() };
        xml::ending(&section(page), &mut body);
        write_annex(press, document, annex, number, &mut body);
    }
    let last = annex_page(press, document.annexes.last());
    xml::ending("", &mut body);
    body.push_str(&section(last));
    package::pack(layout, &document.head, &body, made_at)
}

fn annex_page(press: &Press, annex: Option<&Annex>) -> Page {
    match annex.map(|annex| annex.orientation) {
        Some(Orientation::Landscape) => press.layout.page.turned(),
        Some(Orientation::Portrait) | None => press.layout.page,
    }
}

/// How the pages of a section are: each begins anew at page 1, which shows no number.
fn section(page: Page) -> String {
    let turned = if page.height < page.width { " w:orient=\"landscape\"" } else { "" };
    let mm = |length: f32| twips(length * MM);
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/>\
         <w:headerReference w:type=\"first\" r:id=\"rId4\"/><w:type w:val=\"nextPage\"/>\
         <w:pgSz w:w=\"{}\" w:h=\"{}\"{turned}/>\
         <w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" w:header=\"{}\" \
         w:footer=\"{}\" w:gutter=\"0\"/><w:pgNumType w:start=\"1\"/><w:titlePg/></w:sectPr>",
        mm(page.width),
        mm(page.height),
        mm(page.top),
        mm(page.right),
        mm(page.bottom),
        mm(page.left),
        mm(page.top / 2.0),
        mm(page.bottom / 2.0),
    )
}

fn write_annex(press: &Press, document: &Document, annex: &Annex, number: usize, out: &mut String) {
    let words = &press.layout.words;
    let size = press.layout.sizes.annex;
    let centred = Para { align: Align::Center, size, keep_next: true, ..Para::default() };
    let name = phrases::annex(words, number, document.annexes.len());
    paragraph(&Para { outline: Some(0), ..centred }, &[Run::new(name).bold()], out);
    paragraph(&centred, &[Run::new(&annex.title).bold()], out);
    let attached = Run::new(phrases::attached(words, &document.head)).italic();
    paragraph(&Para { after: 12.0, ..centred }, &[attached], out);
    blocks(press, &annex.blocks, annex_page(press, Some(annex)), out);
}

fn blocks(press: &Press, blocks: &[Block], page: Page, out: &mut String) {
    let layout = &press.layout;
    let text = Para {
        justify: true,
        size: layout.sizes.body,
        after: layout.spacing.paragraph,
        line: layout.spacing.line,
        first: layout.spacing.first_line * MM,
        ..Para::default()
    };
    let mut numbering = Numbering::default();
    for block in blocks {
        match block {
            Block::Heading(level, words) => {
                let heading = Run::new(format!("{} {words}", numbering.next(*level)));
                let heading = match level {
                    Level::Roman | Level::Number => heading.bold(),
                    Level::Letter => heading.bold().italic(),
                };
                let outline = match level {
                    Level::Roman => 0,
                    Level::Number => 1,
                    Level::Letter => 2,
                };
                paragraph(
                    &Para { keep_next: true, outline: Some(outline), ..text },
                    &[heading],
                    out,
                );
            }
            Block::Paragraph(runs) => paragraph(&text, runs, out),
            Block::List(items) => {
                for item in items {
                    let dash = item.first().map(|run| Run { text: "- ".into(), ..run.clone() });
                    let runs: Vec<Run> = dash.into_iter().chain(item.iter().cloned()).collect();
                    paragraph(&text, &runs, out);
                }
            }
            Block::Table(table) => table::write(press, table, page.room(), out),
            Block::PageBreak => out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        }
    }
}
