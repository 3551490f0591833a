//! Whether what was assigned to one audience reaches another. Pure.

use thao_people::audience::Audience;

/// Everybody of `meant` is of `assigned` too, as far as their descriptions say.
pub fn covers(assigned: &Audience, meant: &Audience) -> bool {
    let categories = |audience: &Audience| -> Vec<String> {
        let all = audience.categories.as_array().into_iter().flatten();
        all.filter_map(|category| category.as_str().map(str::to_owned)).collect()
    };
    let (wide, narrow) = (categories(assigned), categories(meant));
    // No category named means all of them.
    let any_category = wide.is_empty()
        || (!narrow.is_empty() && narrow.iter().all(|category| wide.contains(category)));
    let from = assigned.age_from.is_none_or(|from| meant.age_from.is_some_and(|age| from <= age));
    let below =
        assigned.age_below.is_none_or(|below| meant.age_below.is_some_and(|age| age <= below));
    assigned.affiliation_kind == meant.affiliation_kind && any_category && from && below
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_id;

    fn audience(
        kind: &str,
        categories: &[&str],
        from: Option<i32>,
        below: Option<i32>,
    ) -> Audience {
        Audience {
            id: small_id(1),
            code: "x".into(),
            name_vi: "x".into(),
            name_en: "x".into(),
            affiliation_kind: kind.into(),
            categories: serde_json::json!(categories),
            age_from: from,
            age_below: below,
        }
    }

    #[test]
    fn a_wider_audience_covers_a_narrower_one() {
        let staff = |categories: &[&str]| audience("staff", categories, None, None);
        let aged = |from, below| audience("resident", &[], from, below);
        for (assigned, meant, expected) in [
            (staff(&[]), staff(&["cong_chuc"]), true),
            (staff(&["cong_chuc"]), staff(&[]), false),
            (staff(&["cong_chuc", "can_bo"]), staff(&["cong_chuc"]), true),
            (staff(&["cong_chuc"]), staff(&["cong_chuc", "can_bo"]), false),
            (aged(None, None), aged(Some(15), Some(60)), true),
            (aged(Some(15), Some(60)), aged(Some(15), Some(60)), true),
            (aged(Some(15), Some(60)), aged(None, Some(60)), false),
            (aged(Some(16), None), aged(Some(15), None), false),
            (aged(None, Some(50)), aged(None, Some(60)), false),
            (aged(None, None), staff(&[]), false),
        ] {
            assert_eq!(covers(&assigned, &meant), expected, "{assigned:?} of {meant:?}");
        }
    }
}
