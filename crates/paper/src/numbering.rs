//! How headings are numbered: I. → 1. → a), and annexes: Phụ lục I.

use crate::document::Level;

/// Where the numbering of headings stands.
#[derive(Default)]
pub(crate) struct Numbering {
    roman: usize,
    number: usize,
    letter: usize,
}

impl Numbering {
    /// The mark of the next heading of a level, with its sign.
    pub(crate) fn next(&mut self, level: Level) -> String {
        match level {
            Level::Roman => {
                *self = Numbering { roman: self.roman + 1, ..Numbering::default() };
                format!("{}.", roman(self.roman))
            }
            Level::Number => {
                (self.number, self.letter) = (self.number + 1, 0);
                format!("{}.", self.number)
            }
            Level::Letter => {
                self.letter += 1;
                format!("{})", letter(self.letter))
            }
        }
    }
}

pub(crate) fn roman(mut number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            out.push_str(sign);
            number -= value;
        }
    }
    out
}

/// In the order of the Vietnamese alphabet, without ă, â and other marked vowels: a, b, c, d, đ,
/// e, g; after y comes aa.
fn letter(number: usize) -> String {
    const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";
    let letters = LETTERS.chars().count();
    let at = number.saturating_sub(1);
    let letter = LETTERS.chars().nth(at % letters).unwrap_or('a');
    String::from(letter).repeat(at / letters + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_count_within_the_one_above() {
        use Level::{Letter, Number, Roman};
        let mut numbering = Numbering::default();
        let levels = [Roman, Number, Letter, Letter, Number, Letter, Roman, Number];
        let marks = levels.map(|level| numbering.next(level));
        assert_eq!(marks, ["I.", "1.", "a)", "b)", "2.", "a)", "II.", "1."]);
    }

    #[test]
    fn signs() {
        for (number, sign) in [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (148, "CXLVIII")] {
            assert_eq!(roman(number), sign);
        }
        let letters: String = (1..=8).map(letter).collect();
        assert_eq!(letters, "abcdđegh");
        assert_eq!((letter(23), letter(24)), ("y".to_owned(), "aa".to_owned()));
    }
}
