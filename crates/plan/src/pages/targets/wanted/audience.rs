//! The audience a form names or describes.

use thao_base::{AudienceId, text};
use thao_people::AffiliationKind;
use thao_people::audience::Audience;

use super::{LONGEST, Wrong, whole};
use crate::pages::targets::typed::{CATEGORIES, NEW, Typed};

const OLDEST: i32 = 120;

/// An audience that is there, or one to be added.
#[derive(Debug, Clone)]
pub(in crate::pages::targets) enum WantedAudience {
    Known(AudienceId),
    New {
        name: String,
        kind: AffiliationKind,
        categories: Vec<String>,
        age_from: Option<i32>,
        age_below: Option<i32>,
    },
}

impl Typed {
    pub(super) fn read_audience(&self, wrong: &mut Vec<Wrong>) -> Option<WantedAudience> {
        if self.audience != NEW {
            let known = self.audience.parse().ok().map(WantedAudience::Known);
            if known.is_none() {
                wrong.push(("audience", "plan.error.audience"));
            }
            return known;
        }
        let before = wrong.len();
        let name = text::tidy(&self.audience_name);
        if name.is_empty() || LONGEST < name.chars().count() {
            wrong.push(("audience_name", "plan.error.audience_name"));
        }
        let kind = AffiliationKind::from_code(&self.audience_kind);
        if kind.is_none() {
            wrong.push(("audience_kind", "plan.error.audience_kind"));
        }
        let mut age = |field: &'static str, typed: &str| {
            whole(typed, 0, OLDEST).unwrap_or_else(|| {
                wrong.push((field, "plan.error.age"));
                None
            })
        };
        let from = age("age_from", &self.age_from);
        let to = age("age_to", &self.age_to);
        if to < from && to.is_some() {
            wrong.push(("age_to", "plan.error.age_order"));
        }
        let staff = kind == Some(AffiliationKind::Staff);
        let known = |code: &&String| staff && CATEGORIES.contains(&code.as_str());
        let categories = self.categories.iter().filter(known).cloned().collect();
        kind.filter(|_| wrong.len() == before).map(|kind| WantedAudience::New {
            name,
            kind,
            categories,
            age_from: from,
            age_below: to.map(|to| to + 1),
        })
    }
}

impl WantedAudience {
    /// The audience to add, with an id and a code made by the caller.
    pub(in crate::pages::targets) fn build(
        &self,
        id: AudienceId,
        code: String,
    ) -> Option<Audience> {
        let WantedAudience::New { name, kind, categories, age_from, age_below } = self else {
            return None;
        };
        Some(Audience {
            id,
            code,
            name_vi: name.clone(),
            name_en: name.clone(),
            affiliation_kind: kind.code().into(),
            categories: serde_json::json!(categories),
            age_from: *age_from,
            age_below: *age_below,
        })
    }
}
