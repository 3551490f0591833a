//! Text whose encoding nobody wrote down.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

/// The text and the name of the encoding it was read in.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static str) {
    let encoding = guess(bytes);
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    (text.into_owned(), encoding.name())
}

/// The beginning of a file as text; `None` when it is not text.
pub(super) fn start_as_text(bytes: &[u8]) -> Option<String> {
    let start = bytes.get(..4096).unwrap_or(bytes);
    let (text, _) = decode(start);
    let strange = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    let broken = text.chars().filter(|c| *c == '\u{FFFD}').count();
    let all = text.chars().count();
    // A sequence cut by the end of the start breaks at most a few characters.
    (all > 0 && strange * 100 <= all && broken * 100 <= all + 300).then_some(text)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => return UTF_8,
        // Only the last character is cut.
        Err(e) if e.error_len().is_none() => return UTF_8,
        Err(_) => {}
    }
    if reads_as_vietnamese(bytes) { WINDOWS_1258 } else { WINDOWS_1252 }
}

/// Latin letters in two bytes have a zero in every second one.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..2000).unwrap_or(bytes);
    let zeros = |offset: usize| start.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let many = start.len() / 2 * 3 / 10;
    if many == 0 {
        None
    } else if odd > many && even * 10 < odd {
        Some(UTF_16LE)
    } else if even > many && odd * 10 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Windows-1258 writes tones as characters after their vowel. In another encoding those bytes are
/// letters, which stand anywhere.
fn reads_as_vietnamese(bytes: &[u8]) -> bool {
    let (text, _, _) = WINDOWS_1258.decode(bytes);
    let (mut after_vowel, mut elsewhere) = (0_usize, 0_usize);
    let mut previous = ' ';
    for c in text.chars() {
        if matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
            if "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".contains(previous) {
                after_vowel += 1;
            } else {
                elsewhere += 1;
            }
        }
        previous = c;
    }
    elsewhere <= after_vowel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_offices_save_in() {
        let text = "STT;Họ và tên\r\n1;Nguyễn Thị Hòa\r\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), "UTF-8"),
            ([b"\xFF\xFE", &utf16[..]].concat(), "UTF-16LE"),
            ([b"\xFE\xFF", &utf16_be[..]].concat(), "UTF-16BE"),
            (utf16, "UTF-16LE"),
            (utf16_be, "UTF-16BE"),
        ] {
            assert_eq!(decode(&bytes), (text.to_owned(), name));
        }
    }

    #[test]
    fn old_code_pages() {
        // "Họ và tên": in 1258 o + nặng, a + huyền, ê.
        let (text, name) = decode(b"H\x6F\xF2 v\x61\xCC t\xEAn");
        assert_eq!((thao_base::text::nfc(&text).as_str(), name), ("Họ và tên", "windows-1258"));
        let (text, name) = decode(b"Ni\xF1o, fa\xF1ade, \xF2\xD2");
        assert_eq!((text.as_str(), name), ("Niño, fañade, òÒ", "windows-1252"));
    }

    #[test]
    fn binary_is_no_text() {
        assert_eq!(start_as_text(&[1, 2, 3, 4, 5]), None);
        assert_eq!(start_as_text(&(0..=255).collect::<Vec<u8>>()), None);
        assert!(start_as_text("Họ tên".as_bytes()).is_some());
        // A file of UTF-8 longer than the start, cut in the middle of a letter.
        assert!(start_as_text("ễ".repeat(3000).as_bytes()).is_some());
    }
}
