//! A Vietnamese letter taken apart: the letter of the alphabet, and the tone it carries.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, compose};

/// The five written tones, in dictionary order; the level tone (ngang) has no mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tone {
    Huyen,
    Hoi,
    Nga,
    Sac,
    Nang,
}

impl Tone {
    pub(super) fn of_mark(mark: char) -> Option<Tone> {
        match mark {
            '\u{0300}' => Some(Tone::Huyen),
            '\u{0309}' => Some(Tone::Hoi),
            '\u{0303}' => Some(Tone::Nga),
            '\u{0301}' => Some(Tone::Sac),
            '\u{0323}' => Some(Tone::Nang),
            _ => None,
        }
    }

    pub(super) fn mark(self) -> char {
        match self {
            Tone::Huyen => '\u{0300}',
            Tone::Hoi => '\u{0309}',
            Tone::Nga => '\u{0303}',
            Tone::Sac => '\u{0301}',
            Tone::Nang => '\u{0323}',
        }
    }
}

/// One written character: `base` is a letter of the alphabet in its own case (`ă`, `Đ`), with its
/// breve, circumflex, horn or stroke but without tone; `foreign` holds marks Vietnamese has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) base: char,
    pub(super) tone: Option<Tone>,
    pub(super) foreign: Vec<char>,
}

impl Letter {
    /// Whether it belongs to a word.
    pub(super) fn is_alphabetic(&self) -> bool {
        self.base.is_alphabetic()
    }

    /// The base in lower case.
    pub(super) fn lower(&self) -> char {
        lower(self.base)
    }

    /// Writes the letter decomposed; the caller composes the whole.
    pub(super) fn write(&self, out: &mut String) {
        out.push(self.base);
        out.extend(self.tone.map(Tone::mark));
        out.extend(&self.foreign);
    }
}

/// Takes text apart into letters. The order in which marks were typed does not matter, and a
/// second tone on one letter is kept as a foreign mark.
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(text.len());
    for c in text.nfd() {
        if canonical_combining_class(c) == 0 {
            out.push(Letter { base: stroke(c), tone: None, foreign: Vec::new() });
            continue;
        }
        let Some(last) = out.last_mut() else {
            out.push(Letter { base: c, tone: None, foreign: Vec::new() });
            continue;
        };
        match (Tone::of_mark(c), quality(last.base, c)) {
            (Some(tone), _) if last.tone.is_none() && last.base.is_alphabetic() => {
                last.tone = Some(tone);
            }
            (None, Some(letter)) => last.base = letter,
            _ => last.foreign.push(c),
        }
    }
    out
}

/// The first lower-case character; no letter of Vietnamese has more.
pub(super) fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// Old fonts and code pages write Đ as the Icelandic eth or the African d with tail.
fn stroke(c: char) -> char {
    match c {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' | 'ɖ' => 'đ',
        other => other,
    }
}

fn quality(base: char, mark: char) -> Option<char> {
    let known = match mark {
        '\u{0306}' => "aA",
        '\u{0302}' => "aAeEoO",
        '\u{031B}' => "oOuU",
        _ => "",
    };
    if known.contains(base) { compose(base, mark) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_any_order() {
        for text in ["ấ", "a\u{302}\u{301}", "a\u{301}\u{302}", "á\u{302}", "â\u{301}"] {
            let got = letters(text);
            let want = Letter { base: 'â', tone: Some(Tone::Sac), foreign: vec![] };
            assert_eq!(got, [want], "{text:?}");
        }
        assert_eq!(letters("Ð").first().map(|l| l.base), Some('Đ'));
        assert_eq!(letters("\u{301}a").len(), 2);
    }
}
