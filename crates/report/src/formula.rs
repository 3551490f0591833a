//! Small formulas in a text: numbers, `[CODE.tu_so]`, `+ - * /` and parentheses. Pure. What is
//! wrong is said with the place it stands at, and never stops the text.

/// Why a formula has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// Not to be read from this character on, counted from 1.
    Syntax {
        at: usize,
    },
    /// It names a figure that the form does not have.
    Unknown {
        name: String,
    },
    DividesByZero {
        at: usize,
    },
}

/// How deep parentheses may stand in each other.
const DEEPEST: usize = 50;

struct Reader<'a, F> {
    text: Vec<char>,
    at: usize,
    depth: usize,
    figure: &'a F,
}

/// The value of a formula; none when a figure in it is missing. `figure` gives the value of a
/// name, or says that there is no such name.
///
/// # Errors
/// What is wrong with it, and where.
pub fn value<F>(text: &str, figure: &F) -> Result<Option<f64>, Wrong>
where
    F: Fn(&str) -> Option<Option<f64>>,
{
    let mut reader = Reader { text: text.chars().collect(), at: 0, depth: 0, figure };
    let value = reader.sum()?;
    reader.blanks();
    if reader.at < reader.text.len() {
        return Err(reader.syntax());
    }
    Ok(value)
}

impl<F: Fn(&str) -> Option<Option<f64>>> Reader<'_, F> {
    fn syntax(&self) -> Wrong {
        Wrong::Syntax { at: self.at + 1 }
    }

    fn blanks(&mut self) {
        while self.text.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
    }

    /// The next sign, when it is one of these.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        self.blanks();
        let found = self.text.get(self.at).copied().filter(|c| signs.contains(c))?;
        self.at += 1;
        Some(found)
    }

    fn sum(&mut self) -> Result<Option<f64>, Wrong> {
        let mut left = self.product()?;
        while let Some(sign) = self.sign(&['+', '-', '−']) {
            let right = self.product()?;
            left = left.zip(right).map(|(a, b)| if sign == '+' { a + b } else { a - b });
        }
        Ok(left)
    }

    fn product(&mut self) -> Result<Option<f64>, Wrong> {
        let mut left = self.one()?;
        while let Some(sign) = self.sign(&['*', '/', '×', ':']) {
            let at = self.at;
            let right = self.one()?;
            let divides = matches!(sign, '/' | ':');
            if divides && right == Some(0.0) {
                return Err(Wrong::DividesByZero { at });
            }
            left = left.zip(right).map(|(a, b)| if divides { a / b } else { a * b });
        }
        Ok(left)
    }

    fn one(&mut self) -> Result<Option<f64>, Wrong> {
        self.blanks();
        match self.text.get(self.at) {
            Some('(') if self.depth < DEEPEST => {
                self.at += 1;
                self.depth += 1;
                let inside = self.sum()?;
                self.depth -= 1;
                if self.sign(&[')']).is_none() {
                    return Err(self.syntax());
                }
                Ok(inside)
            }
            Some('[') => self.named(),
            Some(c) if c.is_ascii_digit() => self.number(),
            _ => Err(self.syntax()),
        }
    }

    fn named(&mut self) -> Result<Option<f64>, Wrong> {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let Some(length) = rest.iter().position(|c| *c == ']') else { return Err(self.syntax()) };
        let name: String = rest.iter().take(length).collect();
        self.at += length + 2;
        (self.figure)(name.trim()).ok_or_else(|| Wrong::Unknown { name: name.trim().to_owned() })
    }

    fn number(&mut self) -> Result<Option<f64>, Wrong> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let digits: String = rest
            .iter()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.'))
            .map(|c| if *c == ',' { '.' } else { *c })
            .collect();
        let value = digits.parse().map_err(|_| self.syntax())?;
        self.at += digits.len();
        Ok(Some(value))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figure(name: &str) -> Option<Option<f64>> {
        match name {
            "A-1.tu_so" => Some(Some(30.0)),
            "A-1.mau_so" => Some(Some(120.0)),
            "B.tu_so" => Some(Some(0.0)),
            "C.tu_so" => Some(None),
            _ => None,
        }
    }

    #[test]
    fn formulas_are_computed_as_written() {
        for (text, wanted) in [
            ("1 + 2 * 3", Some(7.0)),
            ("(1 + 2) * 3", Some(9.0)),
            ("[A-1.tu_so] / [A-1.mau_so] * 100", Some(25.0)),
            ("10 - 2 - 3", Some(5.0)),
            ("1,5 * 2", Some(3.0)),
            ("[C.tu_so] + 1", None),
            ("[C.tu_so] / [B.tu_so]", Some(f64::NAN)),
        ] {
            match (value(text, &figure), wanted) {
                (Err(Wrong::DividesByZero { .. }), Some(wanted)) if wanted.is_nan() => {}
                (found, wanted) => assert_eq!(found, Ok(wanted), "{text}"),
            }
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (text, wrong) in [
            ("1 / [B.tu_so]", Wrong::DividesByZero { at: 3 }),
            ("1 / (2 - 2)", Wrong::DividesByZero { at: 3 }),
            ("1 +", Wrong::Syntax { at: 4 }),
            ("(1", Wrong::Syntax { at: 3 }),
            ("1 1", Wrong::Syntax { at: 3 }),
            ("[A-1.tu_so", Wrong::Syntax { at: 1 }),
            ("[X.tu_so]", Wrong::Unknown { name: "X.tu_so".to_owned() }),
            ("1.2.3", Wrong::Syntax { at: 1 }),
            ("", Wrong::Syntax { at: 1 }),
        ] {
            assert_eq!(value(text, &figure), Err(wrong), "{text}");
        }
        let deep = "(".repeat(10_000);
        assert!(matches!(value(&deep, &figure), Err(Wrong::Syntax { .. })));
    }

    proptest! {
        /// Whatever is typed: an answer, never a panic.
        #[test]
        fn anything_is_answered(text in "[0-9+*/()\\[\\]A-Z. ,:−-]{0,40}") {
            let _ = value(&text, &figure);
        }
    }
}
