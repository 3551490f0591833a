//! What the form of a target means. Pure: a form as it was typed in, what was meant or everything
//! that is wrong out.

use std::collections::BTreeSet;

use jiff::civil::Date;
use thao_base::{ActivityId, AudienceId, Lang, PlanId, UnitId, text};
use thao_people::AffiliationKind;
use thao_people::audience::Audience;
use thao_record::Rung;
use thao_web::components::{date_typed, number_typed};

use super::typed::{CATEGORIES, NEW, RUNGS, Typed};
use crate::fold::Need;
use crate::measure::Denominator;
use crate::target::Qualifier;

const LONGEST: usize = 300;
const OLDEST: i32 = 120;

/// Field and key of the words.
pub(super) type Wrong = (&'static str, &'static str);

/// An audience that is there, or one to be added.
#[derive(Debug, Clone)]
pub(super) enum WantedAudience {
    Known(AudienceId),
    New {
        name: String,
        kind: AffiliationKind,
        categories: Vec<String>,
        age_from: Option<i32>,
        age_below: Option<i32>,
    },
}

#[derive(Debug, Clone)]
pub(super) enum WantedPlan {
    Known(PlanId),
    New { title: String, legal_basis: Option<String> },
}

/// What was meant.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub(super) unit: UnitId,
    pub(super) audience: WantedAudience,
    pub(super) denominator: Denominator,
    pub(super) courses: BTreeSet<ActivityId>,
    pub(super) need: Need,
    pub(super) rung: Rung,
    pub(super) valid_months: Option<i32>,
    pub(super) qualifier: Qualifier,
    pub(super) goal: i64,
    pub(super) baseline: i64,
    pub(super) starts: Date,
    pub(super) due: Date,
    pub(super) plan: WantedPlan,
    pub(super) title_vi: Option<String>,
    pub(super) title_en: Option<String>,
    pub(super) code: Option<String>,
}

impl Typed {
    /// What was meant, or everything that is wrong with it.
    pub(super) fn read(&self, lang: Lang) -> Result<Wanted, Vec<Wrong>> {
        let mut wrong: Vec<Wrong> = Vec::new();
        let unit = self.unit.parse().ok();
        if unit.is_none() {
            wrong.push(("unit", "plan.error.unit"));
        }
        let audience = self.read_audience(&mut wrong);
        let courses: BTreeSet<ActivityId> =
            self.courses.iter().filter_map(|course| course.parse().ok()).collect();
        if courses.is_empty() {
            wrong.push(("courses", "plan.error.courses"));
        }
        let rung = RUNGS.into_iter().find(|rung| rung.code() == self.rung);
        if rung.is_none() {
            wrong.push(("rung", "plan.error.rung"));
        }
        let valid_months = whole(&self.valid_months, 1, 600).unwrap_or_else(|| {
            wrong.push(("valid_months", "plan.error.valid_months"));
            None
        });
        let goal = share(lang, &self.goal).filter(|goal| 0 < *goal);
        if goal.is_none() {
            wrong.push(("goal", "plan.error.goal"));
        }
        let baseline = match self.baseline.is_empty() {
            true => Some(0),
            false => share(lang, &self.baseline),
        };
        match (baseline, goal) {
            (None, _) => wrong.push(("baseline", "plan.error.baseline")),
            (Some(baseline), Some(goal)) if goal < baseline => {
                wrong.push(("baseline", "plan.error.baseline_above"));
            }
            _ => {}
        }
        let (starts, due) = (date_typed(&self.starts), date_typed(&self.due));
        if starts.is_none() {
            wrong.push(("starts", "plan.error.date"));
        }
        match (starts, due) {
            (_, None) => wrong.push(("due", "plan.error.date")),
            (Some(starts), Some(due)) if due <= starts => {
                wrong.push(("due", "plan.error.due_before"));
            }
            _ => {}
        }
        let plan = self.read_plan(&mut wrong);
        for (field, typed) in
            [("title_vi", &self.title_vi), ("title_en", &self.title_en), ("code", &self.code)]
        {
            if LONGEST < typed.chars().count() {
                wrong.push((field, "plan.error.too_long"));
            }
        }
        let choice = (
            Denominator::from_code(&self.denominator).unwrap_or(Denominator::Computed),
            Need::from_code(&self.need).unwrap_or(Need::All),
            Qualifier::from_code(&self.qualifier).unwrap_or(Qualifier::AtLeast),
        );
        let (Some(unit), Some(audience), Some(rung), Some(goal), Some(plan)) =
            (unit, audience, rung, goal, plan)
        else {
            return Err(wrong);
        };
        let (Some(baseline), Some(starts), Some(due)) = (baseline, starts, due) else {
            return Err(wrong);
        };
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let (denominator, need, qualifier) = choice;
        let title = |typed: &str| Some(text::tidy(typed)).filter(|title| !title.is_empty());
        Ok(Wanted {
            unit,
            audience,
            denominator,
            courses,
            need,
            rung,
            valid_months,
            qualifier,
            goal,
            baseline,
            starts,
            due,
            plan,
            title_vi: title(&self.title_vi),
            title_en: title(&self.title_en),
            code: title(&self.code),
        })
    }

    fn read_audience(&self, wrong: &mut Vec<Wrong>) -> Option<WantedAudience> {
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

    fn read_plan(&self, wrong: &mut Vec<Wrong>) -> Option<WantedPlan> {
        if self.plan != NEW && !self.plan.is_empty() {
            let known = self.plan.parse().ok().map(WantedPlan::Known);
            if known.is_none() {
                wrong.push(("plan", "plan.error.plan"));
            }
            return known;
        }
        let title = text::tidy(&self.plan_title);
        if title.is_empty() || LONGEST < title.chars().count() {
            wrong.push(("plan_title", "plan.error.plan_title"));
            return None;
        }
        let basis = text::tidy(&self.plan_basis);
        Some(WantedPlan::New { title, legal_basis: Some(basis).filter(|b| !b.is_empty()) })
    }
}

impl WantedAudience {
    /// The audience to add, with an id and a code made by the caller.
    pub(super) fn build(&self, id: AudienceId, code: String) -> Option<Audience> {
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

/// A percentage as thousandths: `62,5` is 625. None when it is none between 0 and 100.
fn share(lang: Lang, typed: &str) -> Option<i64> {
    let typed = typed.trim_end_matches(['%', ' ']);
    let number = number_typed(lang, typed).filter(|n| (0.0..=100.0).contains(n))?;
    Some((number * 10.0).round() as i64)
}

/// A whole number, or none when nothing was typed; `None` when it is no number between.
fn whole(typed: &str, least: i32, most: i32) -> Option<Option<i32>> {
    if typed.is_empty() {
        return Some(None);
    }
    typed.parse().ok().filter(|n| (least..=most).contains(n)).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::small_id;
    use jiff::civil::date;

    fn good() -> Typed {
        Typed {
            audience: small_id::<AudienceId>(1).to_string(),
            courses: vec![small_id::<ActivityId>(2).to_string()],
            goal: "62,5%".into(),
            plan: NEW.into(),
            plan_title: " Kế hoạch  01 ".into(),
            ..Typed::fresh(Lang::Vi, date(2026, 11, 20), Some(small_id(3)))
        }
    }

    #[test]
    fn a_good_form_says_what_is_meant() {
        let wanted = good().read(Lang::Vi).unwrap();
        assert_eq!((wanted.goal, wanted.baseline), (625, 0));
        assert_eq!((wanted.starts, wanted.due), (date(2026, 11, 20), date(2030, 12, 31)));
        assert!(
            matches!(wanted.plan, WantedPlan::New { title, legal_basis: None } if title == "Kế hoạch 01")
        );
        assert_eq!(wanted.title_vi, None);
    }

    #[test]
    fn each_field_that_is_wrong_is_named() {
        type Change = fn(&mut Typed);
        let cases: [(Change, &str, &str); 15] = [
            (|t| t.unit = "x".into(), "unit", "plan.error.unit"),
            (|t| t.audience.clear(), "audience", "plan.error.audience"),
            (|t| t.audience = NEW.into(), "audience_name", "plan.error.audience_name"),
            (|t| t.courses.clear(), "courses", "plan.error.courses"),
            (|t| t.rung = "observed".into(), "rung", "plan.error.rung"),
            (|t| t.valid_months = "0".into(), "valid_months", "plan.error.valid_months"),
            (|t| t.goal = "101".into(), "goal", "plan.error.goal"),
            (|t| t.goal = "0".into(), "goal", "plan.error.goal"),
            (|t| t.baseline = "70".into(), "baseline", "plan.error.baseline_above"),
            (|t| t.baseline = "−1".into(), "baseline", "plan.error.baseline"),
            (|t| t.starts = "31/02/2026".into(), "starts", "plan.error.date"),
            (|t| t.due.clear(), "due", "plan.error.date"),
            (|t| t.due = "20/11/2026".into(), "due", "plan.error.due_before"),
            (|t| t.plan_title.clear(), "plan_title", "plan.error.plan_title"),
            (|t| t.code = "x".repeat(400), "code", "plan.error.too_long"),
        ];
        for (change, field, key) in cases {
            let mut typed = good();
            change(&mut typed);
            assert_eq!(typed.read(Lang::Vi).unwrap_err(), [(field, key)]);
        }
    }

    #[test]
    fn an_audience_can_be_described() {
        let new = |kind: &str, from: &str, to: &str| Typed {
            audience: NEW.into(),
            audience_name: "Người trong độ tuổi lao động".into(),
            audience_kind: kind.into(),
            categories: vec!["cong_chuc".into(), "khác".into()],
            age_from: from.into(),
            age_to: to.into(),
            ..good()
        };
        let built = |typed: Typed| {
            typed.read(Lang::Vi).unwrap().audience.build(small_id(9), "x".into()).unwrap()
        };
        let adults = built(new("resident", "15", "59"));
        assert_eq!((adults.age_from, adults.age_below), (Some(15), Some(60)));
        assert_eq!(adults.categories, serde_json::json!([]));
        assert_eq!(built(new("staff", "", "")).categories, serde_json::json!(["cong_chuc"]));
        let wrong = new("resident", "60", "15").read(Lang::Vi).unwrap_err();
        assert_eq!(wrong, [("age_to", "plan.error.age_order")]);
        let wrong = new("robot", "1x", "").read(Lang::Vi).unwrap_err();
        let names = [("audience_kind", "plan.error.audience_kind"), ("age_from", "plan.error.age")];
        assert_eq!(wrong, names);
    }
}
