//! Forms, field by field.

use thao_base::AudienceId;

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
        ..Typed::fresh(Lang::Vi, Kind::SharePeople, date(2026, 11, 20), Some(small_id(3)))
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
        typed.read(Lang::Vi).unwrap().audience.unwrap().build(small_id(9), "x".into()).unwrap()
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

#[test]
fn each_kind_asks_for_what_it_needs_and_for_nothing_else() {
    let of = |kind: Kind| Typed {
        goal: "80".into(),
        plan: NEW.into(),
        plan_title: "Kế hoạch 01".into(),
        ..Typed::fresh(Lang::Vi, kind, date(2026, 11, 20), Some(small_id(3)))
    };
    let fields = |kind| -> Vec<&str> {
        of(kind).read(Lang::Vi).err().unwrap_or_default().iter().map(|(field, _)| *field).collect()
    };
    for (kind, missing) in [
        (Kind::SharePeople, vec!["audience", "courses"]),
        (Kind::CountPeople, vec!["audience", "courses"]),
        (Kind::PeoplePerYear, vec!["audience", "courses"]),
        (Kind::Turns, vec!["courses"]),
        (Kind::TurnsPerYear, vec!["courses"]),
        (Kind::Classes, vec!["courses"]),
        (Kind::ClassesPerYear, vec!["courses"]),
        (Kind::ShareUnits, vec!["unit_kind", "criterion"]),
        (Kind::CountUnits, vec!["unit_kind"]),
        (Kind::ShareThings, vec!["thing_kind", "criterion"]),
        (Kind::CountThings, vec!["thing_kind"]),
        (Kind::PerUnit, vec!["unit_kind", "thing_kind"]),
        (Kind::Milestone, vec!["criterion"]),
        (Kind::Figure, vec!["unit_code", "title_vi"]),
        (Kind::ShareOf, vec!["courses", "bases"]),
    ] {
        assert_eq!(fields(kind), missing, "{kind:?}");
    }
    let turns = Typed { courses: vec![small_id::<ActivityId>(2).to_string()], ..of(Kind::Turns) };
    let wanted = turns.read(Lang::Vi).unwrap();
    assert_eq!((wanted.goal, wanted.denominator), (80_000, Denominator::Unasked));
    assert_eq!(wanted.since, Some(date(2026, 11, 20)));
    let milestone = Typed {
        criterion: NEW.into(),
        criterion_title: "Có hệ sinh thái đào tạo trực tuyến".into(),
        criterion_source: "Kế hoạch 01".into(),
        ..of(Kind::Milestone)
    };
    let wanted = milestone.read(Lang::Vi).unwrap();
    assert_eq!((wanted.goal, wanted.qualifier), (1000, Qualifier::Exactly));
}

#[test]
fn numbers_are_read_in_their_unit() {
    let figure = |code: &str, goal: &str, baseline: &str, years: &str| Typed {
        unit_code: code.into(),
        goal: goal.into(),
        baseline: baseline.into(),
        years: years.into(),
        title_vi: "Chỉ số".into(),
        plan: NEW.into(),
        plan_title: "Kế hoạch 01".into(),
        ..Typed::fresh(Lang::Vi, Kind::Figure, date(2026, 11, 20), Some(small_id(3)))
    };
    let read = |typed: Typed| {
        let wanted = typed.read(Lang::Vi)?;
        Ok((wanted.goal, wanted.baseline, wanted.years.into_iter().collect::<Vec<_>>()))
    };
    assert_eq!(read(figure("points", "7,05", "", "")), Ok((7_050, 7_050, vec![])));
    let years = vec![(2026, 6_600), (2028, 7_000)];
    assert_eq!(
        read(figure("points", "7,05", "6,5", "2026: 6,6\n2028 = 7")),
        Ok((7_050, 6_500, years))
    );
    assert_eq!(read(figure("rank", "4", "10", "")), Ok((4_000, 10_000, vec![])));
    for (typed, field, key) in [
        (figure("rank", "4,5", "10", ""), "goal", "plan.error.goal_whole"),
        (figure("rank", "4", "2", ""), "baseline", "plan.error.baseline_below"),
        (figure("points", "x", "1", ""), "goal", "plan.error.goal_number"),
        (figure("points", "2", "3", ""), "baseline", "plan.error.baseline_above"),
        (figure("points", "2", "1", "2026"), "years", "plan.error.years"),
        (figure("points", "2", "1", "2026: 1\n2026: 2"), "years", "plan.error.years"),
        (figure("percent", "120", "1", ""), "goal", "plan.error.goal"),
    ] {
        assert_eq!(read(typed), Err(vec![(field, key)]));
    }
}
