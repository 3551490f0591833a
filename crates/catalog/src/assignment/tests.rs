//! Who is meant by an assignment, counted in SQL and told person by person.

use jiff::civil::date;
use thao_base::{Entropy, Id, Kind};
use thao_cast::{Cast, Who, cast};
use thao_people::affiliation::NewAffiliation;
use thao_people::audience;
use thao_people::person::NewPerson;
use thao_people::{AffiliationKind, cluster, unit};
use thao_testkit::{World, databases, world};
use thao_web::{Action, Scope};

use super::*;

fn an_audience(
    no: u8,
    kind: &str,
    categories: &[&str],
    ages: (Option<i32>, Option<i32>),
) -> Audience {
    Audience {
        id: AudienceId::new("2026-01-05T01:00:00Z".parse().unwrap(), &Entropy::seeded(no.into())),
        code: format!("thu_{no}"),
        name_vi: format!("Đối tượng {no}"),
        name_en: format!("Audience {no}"),
        affiliation_kind: kind.to_owned(),
        categories: serde_json::json!(categories),
        age_from: ages.0,
        age_below: ages.1,
    }
}

fn publish_starter(tx: &mut Tx<'_>, world: &World) -> Result<CourseId> {
    let stamp = world.stamp("catalog.act.publish");
    crate::publish_starter(tx, &stamp)?;
    Ok(crate::course::list(tx)?.first().map(|course| course.id).unwrap())
}

fn everything() -> Scope {
    let actor = thao_web::Actor {
        appointments: vec![thao_web::access::Appointment {
            role: thao_web::Role::Administrator,
            unit_id: UnitId::new("2026-01-05T01:00:00Z".parse().unwrap(), &Entropy::seeded(0)),
            span: thao_web::Span { lo: 0, hi: i64::MAX },
            valid_from: date(2025, 1, 1),
            valid_to: None,
        }],
        ..thao_web::Actor::nobody()
    };
    actor.scope(Action::AssignCourses, date(2026, 1, 1))
}

#[test]
fn birthdays_are_counted_to_the_day() {
    for (on, age, born) in [
        (date(2026, 11, 20), 18, date(2008, 11, 20)),
        (date(2026, 2, 28), 18, date(2008, 2, 29)),
        (date(2028, 2, 28), 18, date(2010, 2, 28)),
        (date(2028, 2, 29), 18, date(2010, 2, 28)),
        (date(2026, 3, 1), 18, date(2008, 3, 1)),
    ] {
        assert_eq!(born_by(on, age), born, "{age} by {on}");
    }
}

/// People of all sorts: known by day, by year, not at all; past and future affiliations.
fn crowd(tx: &mut Tx<'_>, cast: &Cast, world: &World) -> Result<Vec<PersonId>> {
    let stamp = world.stamp("people.act.set_up");
    let chance = Entropy::seeded(5);
    let mut units = vec![cast.units.province];
    units.extend(cast.units.communes);
    units.extend(cast.units.villages.iter().flatten());
    let mut persons = Vec::new();
    let mut affiliations = Vec::new();
    for i in 0..160_u64 {
        let id: PersonId = stamp.id();
        let year = 1940 + i16::try_from(chance.below(86)).unwrap();
        let birth = match chance.below(8) {
            0 => None,
            1 => Some(Birth::Year(year)),
            2 => Some(Birth::Day(date(2008, 2, 29))),
            3 => Some(Birth::Day(date(year, 11, 20))),
            4 => Some(Birth::Day(date(year, 11, 21))),
            _ => Some(Birth::Day(date(year, 6, 1))),
        };
        let name = format!("Người {i}");
        persons.push((id, NewPerson { full_name: name, birth, ..NewPerson::default() }));
        for _ in 0..=chance.below(2) {
            let pick = |n: usize| usize::try_from(chance.below(n as u64)).unwrap();
            let kind = AffiliationKind::ALL[pick(4)];
            let from = [date(2025, 7, 1), date(2026, 11, 20), date(2026, 11, 21)][pick(3)];
            let to = [None, Some(date(2026, 11, 20)), Some(date(2026, 11, 21))][pick(3)];
            affiliations.push(NewAffiliation {
                category: [None, Some("cong_chuc".into()), Some("vien_chuc".into())][pick(3)]
                    .clone(),
                valid_to: to.filter(|to| from < *to),
                ..NewAffiliation::new(id, units[pick(units.len())], kind, from)
            });
        }
    }
    person::add_many(tx, &stamp, &persons)?;
    affiliation::add_many(tx, &stamp, &affiliations)?;
    // Two rows of one person, born the same day.
    for (i, (a, born)) in persons.iter().enumerate() {
        let twin = persons.iter().skip(i + 1).find(|(_, b)| b.birth == born.birth);
        if let Some((b, _)) = twin.filter(|_| i % 7 == 0) {
            cluster::merge(tx, &stamp, *a, *b)?;
        }
    }
    Ok(persons.into_iter().map(|(id, _)| id).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_count_in_sql_is_the_rule_person_by_person() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        db.write(move |tx| {
            let course = publish_starter(tx, &world)?;
            let stamp = world.stamp("catalog.act.assign");
            let crowd = crowd(tx, &cast, &world)?;
            let people = crowd.into_iter().chain(cast.members().iter().map(|m| m.person));
            let people: Vec<PersonId> = people.collect();
            let audiences = [
                an_audience(1, "staff", &[], (None, None)),
                an_audience(2, "staff", &["cong_chuc", "vien_chuc"], (None, None)),
                an_audience(3, "resident", &[], (Some(18), Some(60))),
                an_audience(4, "pupil", &[], (None, Some(18))),
                an_audience(5, "worker", &[], (Some(18), None)),
            ];
            let on = date(2026, 11, 20);
            let mut some = 0;
            for wanted in &audiences {
                audience::add(tx, &stamp, wanted)?;
                for unit in [cast.units.province, cast.commune(), cast.units.villages[0][0]] {
                    let new = NewAssignment { course, audience: wanted.id, unit, due: None };
                    let made = add(tx, &stamp, &new)?;
                    let mut meant = std::collections::BTreeSet::new();
                    for person in &people {
                        let canonical = cluster::canonical(tx, *person)?;
                        let members = cluster::members(tx, canonical)?;
                        if duties(tx, &members, on)?.iter().any(|duty| duty.course == course) {
                            meant.insert(canonical);
                        }
                    }
                    let place = unit::place(tx, unit)?;
                    let counted = count_meant(tx, wanted, place.span(), on)?;
                    let expected = i64::try_from(meant.len()).unwrap();
                    assert_eq!(counted, expected, "{} in {}", wanted.code, place.name);
                    some += counted;
                    assert!(withdraw(tx, &stamp, made)?);
                    assert!(!withdraw(tx, &stamp, made)?);
                }
            }
            assert!(100 < some, "{some} people are too few to tell");
            Ok(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_assignments_of_a_course_the_first_due_counts() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        db.write(move |tx| {
            let course = publish_starter(tx, &world)?;
            let stamp = world.stamp("catalog.act.assign");
            let staff = an_audience(1, "staff", &[], (None, None));
            let officials = an_audience(2, "staff", &["cong_chuc"], (None, None));
            for audience in [&staff, &officials] {
                audience::add(tx, &stamp, audience)?;
            }
            let mut assign = |audience: &Audience, unit, due| {
                let new = NewAssignment { course, audience: audience.id, unit, due };
                add(tx, &stamp, &new)
            };
            assign(&staff, cast.units.province, None)?;
            let earliest = assign(&officials, cast.commune(), Some(date(2026, 12, 1)))?;
            assign(&staff, cast.commune(), Some(date(2026, 12, 31)))?;
            let again = assign(&staff, cast.commune(), None).unwrap_err();
            assert_eq!((again.kind(), again.field_name()), (Kind::Conflict, Some("audience")));

            let on = date(2026, 11, 20);
            let due = |tx: &mut Tx<'_>, who| duties(tx, &[cast.person(who)], on);
            assert_eq!(
                due(tx, Who::An)?,
                [Duty { assignment: earliest, course, due: Some(date(2026, 12, 1)) }]
            );
            assert_eq!(due(tx, Who::OtherLearner)?[0].due, None);
            assert_eq!(due(tx, Who::Binh)?, []);

            let all = list_of_course(tx, course, &everything(), None, 9)?;
            assert_eq!(all.len(), 3);
            let mut walked = Vec::new();
            let mut after = None;
            while let [row] = &list_of_course(tx, course, &everything(), after, 1)?[..] {
                walked.push(row.id);
                after = After::read(&After::of(row).write());
            }
            assert_eq!(walked, all.iter().map(|row| row.id).collect::<Vec<_>>());
            assert_eq!(all[0].unit, cast.units.province, "in the order of the tree");
            assert_eq!(counts(tx, &everything())?, [(course, 3)]);
            let commune = unit::place(tx, cast.commune())?.span();
            assert_eq!(counts(tx, &everything().within(commune))?, [(course, 2)]);
            Ok(())
        })
        .await
        .unwrap();
    }
}
