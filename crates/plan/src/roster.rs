//! The people behind a number: those of the audience in a unit on a day, met or not, by name.

use jiff::civil::Date;
use thao_base::{Id, MeasureId, PersonId, Result, Tx, args, row, sql, text};
use thao_record::evidence::day;
use thao_web::Span;

use crate::readings;

const SQL: &str = include_str!("roster.sql");

/// More people than this are walked in the order of their names; fewer are fetched and sorted.
const MANY: i64 = 5_000;

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    All,
    Met,
    NotMet,
}

impl Which {
    pub const ALL: [Which; 3] = [Which::All, Which::Met, Which::NotMet];

    pub fn code(self) -> &'static str {
        match self {
            Which::All => "all",
            Which::Met => "met",
            Which::NotMet => "not",
        }
    }

    pub fn from_code(code: &str) -> Option<Which> {
        Which::ALL.into_iter().find(|which| which.code() == code)
    }

    fn met(self) -> Option<bool> {
        match self {
            Which::All => None,
            Which::Met => Some(true),
            Which::NotMet => Some(false),
        }
    }
}

row! {
    /// Somebody behind a number.
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: PersonId,
        pub full_name: String,
        pub birth_date: Option<Date>,
        pub birth_year: Option<i16>,
        pub sort: String,
        pub met: bool,
        /// Where they belong; of several units the first in the tree.
        pub unit: String,
    }
}

/// After whom a page goes on.
#[derive(Debug, Clone)]
pub struct After {
    pub sort: String,
    pub id: PersonId,
}

impl After {
    /// The place of a person in the order; none when there is no such person.
    pub fn of(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<After>> {
        let found = tx.find::<(String,)>(sql!(SQL, "sort_of"), args![id])?;
        Ok(found.map(|(sort,)| After { sort, id }))
    }
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub measure: MeasureId,
    pub within: Span,
    pub on: Date,
    pub which: Which,
    /// Looked for at the start of any word of the name, without accents.
    pub search: String,
}

/// `limit` people after `after`, in Vietnamese order. None until the measure's first book is
/// whole.
pub fn page(
    tx: &mut Tx<'_>,
    asked: &Asked,
    after: Option<&After>,
    limit: i64,
) -> Result<Option<Vec<Line>>> {
    let Some(no) = readings::open(tx, asked.measure)? else { return Ok(None) };
    let Span { lo, hi } = asked.within;
    let some: i64 = tx.value(sql!(SQL, "some"), args![no, lo, hi, MANY + 1])?;
    let sql = if some <= MANY { sql!(SQL, "page_of_few") } else { sql!(SQL, "page_of_many") };
    run(tx, sql, no, asked, after, limit).map(Some)
}

fn run(
    tx: &mut Tx<'_>,
    sql: &str,
    no: i32,
    asked: &Asked,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Line>> {
    let on = day(asked.on);
    let Span { lo, hi } = asked.within;
    let search = text::fold(&asked.search);
    let first = (!search.is_empty()).then(|| format!("{search}%"));
    let inner = (!search.is_empty()).then(|| format!("% {search}%"));
    // Before everybody: no key is less than the empty one, no id less than nil.
    let start = After { sort: String::new(), id: PersonId::from_uuid(uuid::Uuid::nil()) };
    let After { sort, id } = after.unwrap_or(&start);
    let met = asked.which.met();
    tx.list(sql, args![no, lo, hi, on, met, first, inner, sort, id, limit])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use thao_cast::{Who, cast};
    use thao_people::affiliation::{NewAffiliation, add_many};
    use thao_people::{AffiliationKind, unit};
    use thao_record::Verb;
    use thao_testkit::{databases, world};

    use super::*;
    use crate::readings::catch_up;
    use crate::world::scene;

    #[tokio::test(flavor = "multi_thread")]
    async fn walking_and_fetching_list_the_same_people_once_each() {
        for db in databases().await {
            let world = world();
            let cast = cast(&db, &world).await;
            let scene = scene(&db, &world, &cast).await;
            // An belongs to three units, and passed.
            let (an, units) = (cast.person(Who::An), cast.units.clone());
            let stamp = world.stamp("people.act.add_person");
            db.write(move |tx| {
                let stays = [units.communes[1], units.villages[0][1]].map(|unit| NewAffiliation {
                    category: Some("cong_chuc".into()),
                    ..NewAffiliation::new(an, unit, AffiliationKind::Staff, date(2026, 3, 1))
                });
                add_many(tx, &stamp, &stays)
            })
            .await
            .unwrap();
            let day = date(2026, 11, 2);
            scene.outcome(&db, &world, an, cast.commune(), Verb::Passed, day).await;
            catch_up(&db).await.unwrap();
            let measure = scene.measure;
            let lists = db
                .read(move |tx| {
                    let within = unit::root(tx)?.span();
                    let no = readings::open(tx, measure)?.unwrap();
                    let mut out = Vec::new();
                    for which in Which::ALL {
                        for search in ["", "an", "thi"] {
                            let search = search.to_owned();
                            let asked = Asked { measure, within, on: day, which, search };
                            let mut both = Vec::new();
                            for sql in [sql!(SQL, "page_of_few"), sql!(SQL, "page_of_many")] {
                                let mut lines = run(tx, sql, no, &asked, None, 3)?;
                                while let Some(last) = lines.last().cloned() {
                                    let after = After { sort: last.sort, id: last.id };
                                    let next = run(tx, sql, no, &asked, Some(&after), 3)?;
                                    if next.is_empty() {
                                        break;
                                    }
                                    lines.extend(next);
                                }
                                let line = |l: &Line| (l.id, l.met, l.unit.clone());
                                both.push(lines.iter().map(line).collect::<Vec<_>>());
                            }
                            out.push(both);
                        }
                    }
                    Ok(out)
                })
                .await
                .unwrap();
            for both in &lists {
                assert_eq!(both[0], both[1], "{}", db.name());
            }
            assert_eq!(lists[0][0].len(), 8, "everybody once");
            assert_eq!(lists[3][0].len(), 1, "who met it");
        }
    }
}
