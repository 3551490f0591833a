//! `/plan/figures`: official figures by measure and unit, with source and day.

pub(super) mod list;
pub(super) mod one;

use serde::Deserialize;
use thao_base::{Lang, MeasureId, UnitId};

use super::words;
use crate::kind::Kind;
use crate::measure::Measure;

#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct Asked {
    measure: Option<String>,
    unit: Option<String>,
}

impl Asked {
    fn measure(&self) -> Option<MeasureId> {
        self.measure.as_deref().and_then(|id| id.parse().ok())
    }

    fn unit(&self) -> Option<UnitId> {
        self.unit.as_deref().and_then(|id| id.parse().ok())
    }
}

/// A figure in words: of a number that is a figure itself with what it is counted in.
fn value(lang: Lang, measure: &Measure, value: i64) -> String {
    match measure.kind {
        Kind::Figure => words::value(lang, &measure.unit_code, value),
        _ => lang.number(value),
    }
}
