//! `/plan/figures`: official figures by measure and unit, with source and day.

pub(super) mod list;
pub(super) mod one;

use serde::Deserialize;
use thao_base::{MeasureId, UnitId};

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
