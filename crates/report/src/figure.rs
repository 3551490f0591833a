//! A figure of a line: a number, or a numerator and its denominator, in thousandths of the line's
//! unit, so that 300 people are 300 000 and 1,5 billion are 1 500. Missing is not zero.

use thao_base::Lang;

/// Thousandths in one.
pub const ONE: i64 = 1000;

/// What stands, or does not stand, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figure {
    pub part: Option<i64>,
    /// The denominator, of lines that are shares.
    pub whole: Option<i64>,
    /// Where a typed figure comes from.
    pub source: Option<String>,
}

impl Figure {
    pub fn share(part: i64, whole: i64) -> Figure {
        Figure { part: Some(part * ONE), whole: Some(whole * ONE), source: None }
    }

    pub fn count(part: i64) -> Figure {
        Figure { part: Some(part * ONE), ..Figure::default() }
    }

    /// The same numbers, wherever they come from.
    pub fn agrees(&self, other: &Figure) -> bool {
        (self.part, self.whole) == (other.part, other.whole)
    }

    /// Tenths of a percent of the denominator, rounded down, so that 100% means all.
    pub fn permille(&self) -> Option<i64> {
        let (part, whole) = (i128::from(self.part?), i128::from(self.whole?));
        if whole <= 0 {
            return None;
        }
        i64::try_from(part * 1000 / whole).ok()
    }

    /// More than the denominator has: one of the two is wrong.
    pub fn is_over(&self) -> bool {
        self.part.zip(self.whole).is_some_and(|(part, whole)| whole < part)
    }
}

/// Thousandths as they are written: `1.234`, `1,5`.
pub fn number(lang: Lang, thousandths: i64) -> String {
    let places = match thousandths.unsigned_abs() {
        n if n.is_multiple_of(1000) => 0,
        n if n.is_multiple_of(100) => 1,
        n if n.is_multiple_of(10) => 2,
        _ => 3,
    };
    lang.decimal(thousandths as f64 / 1000.0, places)
}

/// Tenths of a percent: `62,5%`.
pub fn percent(lang: Lang, permille: i64) -> String {
    lang.decimal(permille as f64 / 10.0, 1) + "%"
}

/// "12.345/20.000 (61,7%)", "300", or that there is none.
pub fn words(lang: Lang, figure: &Figure) -> String {
    match (figure.part, figure.whole) {
        (None, None) => lang.t("report.figure.missing").to_owned(),
        (None, Some(whole)) => lang.f("report.figure.no_part", &[("whole", &number(lang, whole))]),
        (Some(part), None) => number(lang, part),
        (Some(part), Some(whole)) => {
            let share = figure.permille().map_or_else(|| "–".to_owned(), |p| percent(lang, p));
            lang.f(
                "report.figure.share",
                &[
                    ("part", &number(lang, part)),
                    ("whole", &number(lang, whole)),
                    ("share", &share),
                ],
            )
        }
    }
}

/// The largest number that is taken: a typing slip is longer.
const MOST: f64 = 1e12;

/// What was typed is no number from 0 up with at most three decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoNumber;

/// What was typed, in thousandths: nothing when the field is empty.
///
/// # Errors
/// [`NoNumber`].
pub fn read(lang: Lang, text: &str) -> Result<Option<i64>, NoNumber> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = thao_web::components::number_typed(lang, text).ok_or(NoNumber)?;
    let scaled = value * 1000.0;
    let whole = scaled.round();
    if !(0.0..MOST).contains(&value) || 1e-4 < (scaled - whole).abs() {
        return Err(NoNumber);
    }
    Ok(Some(whole as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_are_written_as_short_as_they_are() {
        for (thousandths, text) in
            [(1_234_000, "1.234"), (1_500, "1,5"), (1_250, "1,25"), (1, "0,001"), (0, "0")]
        {
            assert_eq!(number(Lang::Vi, thousandths), text);
            assert_eq!(read(Lang::Vi, text), Ok(Some(thousandths)));
        }
    }

    #[test]
    fn an_empty_field_is_missing_and_nonsense_is_refused() {
        assert_eq!(read(Lang::Vi, "  "), Ok(None));
        for text in ["-1", "1,2345", "12a", "9999999999999", "1.2.3"] {
            assert_eq!(read(Lang::Vi, text), Err(NoNumber), "{text}");
        }
    }

    #[test]
    fn a_share_rounds_down_and_needs_a_denominator() {
        assert_eq!(Figure::share(999, 1000).permille(), Some(999));
        assert_eq!(Figure::share(9_999, 10_000).permille(), Some(999));
        assert_eq!(Figure::share(1, 0).permille(), None);
        assert_eq!(Figure::count(5).permille(), None);
        assert!(Figure::share(11, 10).is_over());
        assert_eq!(words(Lang::Vi, &Figure::share(1_234, 2_000)), "1.234/2.000 (61,7%)");
    }
}
