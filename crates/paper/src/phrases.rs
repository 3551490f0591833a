//! The set phrases of a paper: number and date, to whom, from which paper an annex is.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::document::{Block, Document, Letterhead, Run};
use crate::layout::Words;
use crate::numbering::roman;

/// Text as it can be printed: composed letters, no signs that neither show nor are allowed in
/// XML. A new line stays.
pub(crate) fn clean(text: &str) -> String {
    let printable = |c: &char| {
        *c == '\n'
            || !(c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
    };
    text.replace("\r\n", "\n").replace(['\t', '\r'], " ").nfc().filter(printable).collect()
}

/// `Số: 05/BC-UBND`, with room for the number while there is none.
pub(crate) fn number(words: &Words, head: &Letterhead) -> String {
    const BLANK: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
    let number = head.number.as_deref().unwrap_or(BLANK);
    format!("{}\u{a0}{}/{}", words.number, clean(number), clean(&head.suffix))
}

/// `Bắc Ninh, ngày 05 tháng 02 năm 2026`
pub(crate) fn place_and_date(words: &Words, head: &Letterhead) -> String {
    format!("{}, {}", clean(&head.place), date(words, head.date))
}

/// Days before the 10th and the months January and February have a leading zero, so that nobody
/// puts a digit before them.
fn date(words: &Words, date: Option<Date>) -> String {
    let (day, month, year) = match date {
        Some(date) => {
            let month = date.month();
            let month = if month <= 2 { format!("{month:02}") } else { month.to_string() };
            (format!("{:02}", date.day()), month, date.year().to_string())
        }
        None => ("…".to_owned(), "…".to_owned(), "…".to_owned()),
    };
    words.date.replace("{day}", &day).replace("{month}", &month).replace("{year}", &year)
}

/// `Phụ lục II`; the number only where there are several.
pub(crate) fn annex(words: &Words, number: usize, of: usize) -> String {
    if of < 2 { words.annex.clone() } else { format!("{} {}", words.annex, roman(number)) }
}

/// `(Kèm theo Báo cáo số …/BC-UBND ngày … tháng … năm … của Ủy ban nhân dân tỉnh Bắc Ninh)`
pub(crate) fn attached(words: &Words, head: &Letterhead) -> String {
    let kind = clean(head.kind.as_deref().unwrap_or(&words.letter)).to_lowercase();
    let mut letters = kind.chars();
    let kind: String =
        letters.next().iter().flat_map(|c| c.to_uppercase()).chain(letters).collect();
    let number =
        format!("{}/{}", head.number.as_deref().map_or("…".to_owned(), clean), clean(&head.suffix));
    // In one pass, so that braces in a name stay as they are.
    let mut out = String::from("(");
    let mut rest = words.attached.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (place, tail) = after.split_once('}').unwrap_or((after, ""));
        match place {
            "kind" => out.push_str(&kind),
            "number" => out.push_str(&number),
            "date" => out.push_str(&date(words, head.date)),
            "issuer" => out.push_str(&clean(&head.issuer)),
            _ => {}
        }
        rest = tail;
    }
    out.push_str(rest);
    out.push(')');
    out
}

/// Each with its dash and its sign: `- Như trên;`, the last one with a full stop.
pub(crate) fn recipients(document: &Document) -> Vec<String> {
    let last = document.recipients.len().saturating_sub(1);
    let lines = document.recipients.iter().enumerate().map(|(at, name)| {
        let name = clean(name);
        let name = name.trim().trim_start_matches(['-', '–']).trim_end_matches([';', '.', ',']);
        format!("- {}{}", name.trim(), if at == last { '.' } else { ';' })
    });
    lines.collect()
}

/// To whom it is sent: one on the same line, several below each other.
pub(crate) fn addressees(words: &Words, head: &Letterhead) -> Vec<String> {
    match head.to.as_slice() {
        [] => vec![],
        [one] => vec![format!("{} {}", words.to, clean(one))],
        several => {
            let names = several.iter().map(|name| format!("- {}", clean(name)));
            [words.to.clone()].into_iter().chain(names).collect()
        }
    }
}

/// The body with the sign that nothing follows, on its last text.
pub(crate) fn closed(words: &Words, document: &Document) -> Vec<Block> {
    let mut body = document.body.clone();
    let text = match body.last_mut() {
        Some(Block::Paragraph(runs)) => Some(runs),
        Some(Block::List(items)) => items.last_mut(),
        _ => None,
    };
    match text.and_then(|runs| runs.last_mut()) {
        Some(run) => {
            let bare = run.text.trim_end();
            if !bare.ends_with(&words.end) {
                run.text = format!("{}{}", bare.trim_end_matches('.'), words.end);
            }
        }
        None => body.push(Block::Paragraph(vec![Run::new(&words.end)])),
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Layout;
    use jiff::civil::date as day;

    fn words() -> Words {
        Layout::built_in().unwrap().words
    }

    fn head() -> Letterhead {
        Letterhead {
            issuer: "Ủy ban nhân dân tỉnh {Bắc} Ninh".into(),
            place: "Bắc Ninh".into(),
            suffix: "BC-UBND".into(),
            kind: Some("BÁO CÁO".into()),
            ..Letterhead::default()
        }
    }

    #[test]
    fn dates_have_leading_zeros_where_a_digit_could_be_added() {
        for (given, written) in [
            (Some(day(2026, 2, 5)), "Bắc Ninh, ngày 05 tháng 02 năm 2026"),
            (Some(day(2026, 3, 9)), "Bắc Ninh, ngày 09 tháng 3 năm 2026"),
            (Some(day(2026, 12, 15)), "Bắc Ninh, ngày 15 tháng 12 năm 2026"),
            (None, "Bắc Ninh, ngày … tháng … năm …"),
        ] {
            assert_eq!(place_and_date(&words(), &Letterhead { date: given, ..head() }), written);
        }
    }

    #[test]
    fn an_annex_names_its_paper() {
        let numbered =
            Letterhead { number: Some("05".into()), date: Some(day(2026, 2, 5)), ..head() };
        assert_eq!(
            attached(&words(), &numbered),
            "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh \
             {Bắc} Ninh)"
        );
        assert!(attached(&words(), &head()).contains("số …/BC-UBND ngày … tháng … năm … của"));
        assert_eq!(number(&words(), &numbered), "Số:\u{a0}05/BC-UBND");
        assert_eq!(
            (annex(&words(), 1, 1), annex(&words(), 2, 3)),
            ("Phụ lục".into(), "Phụ lục II".into())
        );
    }

    #[test]
    fn the_last_text_says_that_nothing_follows() {
        let closed = |body: Vec<Block>| {
            let document = Document { body, ..Document::default() };
            closed(&words(), &document)
        };
        assert_eq!(closed(vec![Block::text("Hết. ")]), [Block::text("Hết./.")]);
        assert_eq!(closed(vec![Block::text("Hết./.")]), [Block::text("Hết./.")]);
        assert_eq!(
            closed(vec![Block::List(vec![vec![Run::new("một")]])]),
            [Block::List(vec![vec![Run::new("một./.")]])]
        );
        assert_eq!(closed(vec![Block::PageBreak]), [Block::PageBreak, Block::text("./.")]);
    }

    #[test]
    fn recipients_have_their_signs() {
        let document = Document {
            recipients: vec!["Như trên".into(), "- Sở KH&CN;".into(), "Lưu: VT.".into()],
            ..Document::default()
        };
        assert_eq!(recipients(&document), ["- Như trên;", "- Sở KH&CN;", "- Lưu: VT."]);
    }

    #[test]
    fn text_is_composed_and_printable() {
        assert_eq!(clean("Ho\u{61}\u{300}\u{0}\u{200b}\tBi\u{300}nh\r\n#*"), "Hoà Bình\n#*");
    }
}
