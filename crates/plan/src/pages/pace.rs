//! Paces in words: so many a week.

use thao_base::Lang;

use super::words;
use crate::measure::Measure;

/// Thousandths a week of what a measure counts: "74 người", with a decimal while they are few.
pub(crate) fn rate(lang: Lang, measure: &Measure, thousandths: i64) -> String {
    rate_of(lang, measure, thousandths + step_of(thousandths) / 2)
}

/// A pace that is needed: rounded up, so that it is enough.
pub(crate) fn needed(lang: Lang, measure: &Measure, thousandths: i64) -> String {
    rate_of(lang, measure, thousandths + step_of(thousandths) - 1)
}

fn step_of(thousandths: i64) -> i64 {
    if thousandths.abs() < 10_000 { 100 } else { 1000 }
}

fn rate_of(lang: Lang, measure: &Measure, thousandths: i64) -> String {
    let step = step_of(thousandths);
    let rounded = thousandths.div_euclid(step) * step;
    words::value(lang, words::counted_in(&measure.rule).unwrap_or(&measure.unit_code), rounded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::Kind;
    use crate::measure::{Better, Denominator};

    #[test]
    fn a_pace_has_a_decimal_while_it_is_small() {
        let measure = Measure {
            id: crate::world::small_id(1),
            kind: Kind::CountPeople,
            title_vi: "x".into(),
            title_en: "x".into(),
            denominator: Denominator::Unasked,
            better: Better::More,
            unit_code: "person".into(),
            bases: Default::default(),
            rule: crate::fold::Rule::new(Kind::CountPeople),
        };
        for (thousandths, had, needs) in [
            (31_250, "31 người", "32 người"),
            (1_540, "1,5 người", "1,6 người"),
            (0, "0 người", "0 người"),
        ] {
            assert_eq!(rate(Lang::Vi, &measure, thousandths), had);
            assert_eq!(needed(Lang::Vi, &measure, thousandths), needs);
        }
    }
}
