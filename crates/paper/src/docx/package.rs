//! The parts of the file and how they hang together.

use std::io::{Cursor, Write as _};

use jiff::Timestamp;
use thao_base::{Error, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::xml::escape;
use crate::document::Letterhead;
use crate::layout::Layout;
use crate::phrases::clean;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const NAMESPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

pub(super) fn pack(
    layout: &Layout,
    head: &Letterhead,
    body: &str,
    made_at: Timestamp,
) -> Result<Vec<u8>> {
    let parts = [
        ("[Content_Types].xml", content_types()),
        (
            "_rels/.rels",
            relations(&[
                (format!("{OFFICE}/officeDocument"), "word/document.xml"),
                (format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml"),
            ]),
        ),
        ("docProps/core.xml", properties(head, made_at)),
        (
            "word/document.xml",
            format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/_rels/document.xml.rels",
            relations(&[
                (format!("{OFFICE}/styles"), "styles.xml"),
                (format!("{OFFICE}/settings"), "settings.xml"),
                (format!("{OFFICE}/header"), "header1.xml"),
                (format!("{OFFICE}/header"), "header2.xml"),
            ]),
        ),
        ("word/styles.xml", styles(layout)),
        (
            "word/settings.xml",
            format!(
                "<w:settings {NAMESPACES}><w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
            ),
        ),
        ("word/header1.xml", page_number(layout)),
        ("word/header2.xml", format!("<w:hdr {NAMESPACES}><w:p/></w:hdr>")),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        zip.start_file(name, options).map_err(Error::internal)?;
        zip.write_all(HEAD.as_bytes())?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish().map_err(Error::internal)?.into_inner())
}

fn content_types() -> String {
    let parts = [
        ("word/document.xml", format!("{KIND}.document.main+xml")),
        ("word/styles.xml", format!("{KIND}.styles+xml")),
        ("word/settings.xml", format!("{KIND}.settings+xml")),
        ("word/header1.xml", format!("{KIND}.header+xml")),
        ("word/header2.xml", format!("{KIND}.header+xml")),
        (
            "docProps/core.xml",
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
    ];
    let parts: String = parts
        .iter()
        .map(|(name, kind)| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"))
        .collect();
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

fn relations(targets: &[(String, &str)]) -> String {
    let each: String = (1..)
        .zip(targets)
        .map(|(id, (kind, target))| {
            let id: usize = id;
            format!("<Relationship Id=\"rId{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
        })
        .collect();
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{each}</Relationships>")
}

fn properties(head: &Letterhead, made_at: Timestamp) -> String {
    let title = format!("{} {}", head.kind.as_deref().unwrap_or_default(), head.subject);
    let (title, creator) = (clean(title.trim()), clean(&head.issuer));
    // Whole seconds: the schema's W3CDTF knows no more.
    let at = made_at.strftime("%Y-%m-%dT%H:%M:%SZ");
    format!(
        "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>vi-VN</dc:language>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created></cp:coreProperties>",
        escape(&title),
        escape(&creator)
    )
}

fn styles(layout: &Layout) -> String {
    let font = escape(&layout.font);
    let size = (layout.sizes.body * 2.0).round();
    let headings: String = (1..=3)
        .map(|level| {
            format!(
                "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\">\
                 <w:name w:val=\"heading {level}\"/><w:basedOn w:val=\"Normal\"/>\
                 <w:next w:val=\"Normal\"/><w:qFormat/><w:pPr><w:keepNext/>\
                 <w:outlineLvl w:val=\"{}\"/></w:pPr></w:style>",
                level - 1
            )
        })
        .collect();
    format!(
        "<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{font}\" w:eastAsia=\"{font}\" w:hAnsi=\"{font}\" w:cs=\"{font}\"/>\
         <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
         <w:lang w:val=\"vi-VN\" w:eastAsia=\"vi-VN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">\
         <w:name w:val=\"Normal\"/><w:qFormat/></w:style>{headings}</w:styles>"
    )
}

fn page_number(layout: &Layout) -> String {
    let size = (layout.sizes.page_number * 2.0).round();
    format!(
        "<w:hdr {NAMESPACES}><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>\
         <w:fldSimple w:instr=\" PAGE \"><w:r><w:rPr><w:sz w:val=\"{size}\"/>\
         <w:szCs w:val=\"{size}\"/></w:rPr><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>"
    )
}
