//! Evening classes of the demo year: opened, attended, closed; and one tonight, for the story.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Span};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thao_base::{
    CourseId, Db, Entropy, Error, Id, MeetingId, PersonId, Result, StatementId, UnitId, ids,
};
use thao_classes::class::{self, Details};
use thao_classes::meeting;
use thao_classes::registration::{self, Manner};
use thao_classes::schedule::Evening;
use thao_record::{Draft, Verb};

use super::learning::{Course, rng_of};
use super::people::Demo;
use super::{Options, Province, evening, stamp};

/// Classes a commune holds in the year, and the most who come to one.
const A_YEAR: usize = 3;
const SEATS: usize = 40;

/// Holds the classes; what people attended comes back as statements.
pub(crate) async fn hold(
    db: &Db,
    province: &Province,
    options: &Options,
    start: Date,
    entropy: &Entropy,
) -> Result<Vec<Draft>> {
    let course = province
        .courses
        .iter()
        .find(|course| course.slug == "dich-vu-cong-truc-tuyen")
        .ok_or_else(|| Error::internal("the starter course on public services is missing"))?;
    let mut by_commune: HashMap<usize, Vec<Demo>> = HashMap::new();
    for person in province.people.iter().filter(|person| !person.staff) {
        if let Some(commune) = person.commune {
            by_commune.entry(commune).or_default().push(*person);
        }
    }
    let days = (options.until - start).get_days();
    let mut drafts = Vec::new();
    for index in 0..province.units.communes.len() {
        let residents = by_commune.remove(&index).unwrap_or_default();
        let mut rng = rng_of(options.seed, index, 0xc1a5);
        let mut plans = Vec::new();
        for part in 0..A_YEAR {
            let share = days / A_YEAR as i32;
            let day = start.saturating_add(
                Span::new().days(share * part as i32 + rng.random_range(1..share.max(2))),
            );
            plans.push(plan(&mut rng, province, index, day, &residents, part));
        }
        let held = open(db, province, course, plans, entropy).await?;
        drafts.extend(held);
    }
    tonight(db, province, course, options, entropy).await?;
    Ok(drafts)
}

/// A class about to be opened, and who will come.
#[derive(Clone)]
struct Plan {
    unit: UnitId,
    title: String,
    day: Date,
    registered: Vec<PersonId>,
    present: Vec<PersonId>,
}

fn plan(
    rng: &mut ChaCha8Rng,
    province: &Province,
    commune: usize,
    day: Date,
    residents: &[Demo],
    part: usize,
) -> Plan {
    let found = province.units.communes.get(commune);
    let village = found.and_then(|commune| {
        commune.villages.get(rng.random_range(0..commune.villages.len().max(1)))
    });
    let (unit, name) = match (village, found) {
        (Some((id, name)), _) => (*id, name.clone()),
        (None, Some(commune)) => (commune.id, commune.name.clone()),
        (None, None) => (province.units.province, String::new()),
    };
    // A third of the commune's residents, in turn, as many as find a seat.
    let third = residents.len().div_ceil(A_YEAR);
    let registered: Vec<PersonId> =
        residents.iter().skip(part * third).take(third.min(SEATS)).map(|p| p.id).collect();
    let turnout = rng.random_range(35..95);
    let present =
        registered.iter().copied().filter(|_| rng.random_range(0..100) < turnout).collect();
    Plan {
        unit, title: format!("Dịch vụ công trực tuyến – {name}"), day, registered, present
    }
}

async fn open(
    db: &Db,
    province: &Province,
    course: &Course,
    plans: Vec<Plan>,
    entropy: &Entropy,
) -> Result<Vec<Draft>> {
    let (organiser, course_id, activity) = (province.cast.organiser, course.course_id, course.id);
    let entropy = entropy.clone();
    db.write(move |tx| {
        let mut drafts = Vec::new();
        for plan in &plans {
            let evening =
                Evening { starts_at: evening(plan.day, 19), ends_at: evening(plan.day, 21) };
            let before = stamp(evening.starts_at - SignedDuration::from_hours(72), &entropy);
            let class = class::open(tx, &before, organiser, &details(course_id, plan), &[evening])?;
            registration::add(tx, &before, class, &plan.registered, Manner::Organiser)?;
            let after = stamp(evening.ends_at, &entropy);
            for meeting in meeting::list_of_class(tx, class)? {
                meeting::close(tx, &after, &meeting)?;
                drafts.extend(attended(plan, meeting.id, evening, activity, &entropy));
            }
        }
        Ok(drafts)
    })
    .await
}

fn details(course: CourseId, plan: &Plan) -> Details {
    Details {
        course,
        unit: plan.unit,
        title: plan.title.clone(),
        venue: "Nhà văn hoá".to_owned(),
        bring: Some("Điện thoại, căn cước".to_owned()),
        capacity: Some(SEATS as i32),
    }
}

fn attended(
    plan: &Plan,
    meeting: MeetingId,
    evening: Evening,
    activity: thao_base::ActivityId,
    entropy: &Entropy,
) -> Vec<Draft> {
    let at = evening.starts_at + SignedDuration::from_mins(10);
    plan.present
        .iter()
        .map(|person| Draft {
            id: StatementId::new(at, entropy),
            verb: Verb::Attended,
            person: Some(*person),
            unit: plan.unit,
            activity: Some(activity),
            context: Some(ids::cast(meeting)),
            success: Some(true),
            score: None,
            at,
            voids: None,
            detail: None,
            raw: None,
        })
        .collect()
}

/// A class on the last day, in the organiser's commune, with forty people on its roll.
async fn tonight(
    db: &Db,
    province: &Province,
    course: &Course,
    options: &Options,
    entropy: &Entropy,
) -> Result<()> {
    let near = |person: &&Demo| !person.staff && person.commune == Some(province.cast.commune);
    let far = |person: &&Demo| !person.staff && person.commune != Some(province.cast.commune);
    let people = province.people.iter().filter(near).chain(province.people.iter().filter(far));
    let registered: Vec<PersonId> = people.take(SEATS).map(|person| person.id).collect();
    let Some(commune) = province.units.communes.get(province.cast.commune) else { return Ok(()) };
    let (unit, name) = commune
        .villages
        .first()
        .map_or((commune.id, commune.name.clone()), |(id, name)| (*id, name.clone()));
    let plan = Plan {
        unit,
        title: format!("Dịch vụ công trực tuyến – {name}, {}", commune.name),
        day: options.until,
        registered,
        present: Vec::new(),
    };
    let (organiser, course_id) = (province.cast.organiser, course.course_id);
    let evening = Evening { starts_at: evening(plan.day, 19), ends_at: evening(plan.day, 21) };
    let before = stamp(evening.starts_at - SignedDuration::from_hours(72), entropy);
    db.write(move |tx| {
        let class = class::open(tx, &before, organiser, &details(course_id, &plan), &[evening])?;
        registration::add(tx, &before, class, &plan.registered, Manner::Organiser)?;
        Ok(())
    })
    .await
}
