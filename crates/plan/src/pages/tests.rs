//! The pages through the router, on both databases.

mod allotments;
mod board;
mod figures;
mod form;
mod minimum;
mod names;
mod plans;
mod things;
mod training;

use axum::Router;
use jiff::civil::Date;
use thao_base::{PersonId, UnitId};
use thao_cast::{Cast, Client, Who, app, cast};
use thao_people::unit;
use thao_record::Verb;
use thao_testkit::{TestDb, World, databases, world};

use crate::board::in_unit;
use crate::readings::catch_up;
use crate::world::{Scene, scene};
use crate::{measure, target};

/// The cast, its targets, and a service around them.
struct Stage {
    db: TestDb,
    world: World,
    cast: Cast,
    scene: Scene,
    app: Router,
}

async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let scene = scene(&db, &world, &cast).await;
        let pages = crate::pages();
        let app = app(&db, pages, &world);
        out.push(Stage { db, world, cast, scene, app });
    }
    out
}

impl Stage {
    fn client(&self, who: Who) -> Client {
        self.cast.client(&self.app, who)
    }

    /// Somebody of the cast passes the course's test, or attends it; readings follow.
    async fn outcome(&self, who: Who, verb: Verb, day: Date) {
        let person = self.cast.person(who);
        self.outcome_of(person, self.cast.commune(), verb, day).await;
    }

    async fn outcome_of(&self, person: PersonId, unit: UnitId, verb: Verb, day: Date) {
        self.scene.outcome(&self.db, &self.world, person, unit, verb, day).await;
        catch_up(&self.db).await.unwrap();
    }

    /// Numerator and denominator of the target in a unit on a day.
    async fn figures(&self, unit: UnitId, day: Date) -> (usize, usize) {
        let id = self.scene.target;
        let row = self
            .db
            .read(move |tx| {
                let target = target::get(tx, id)?;
                let measure = measure::get(tx, target.measure)?;
                let place = unit::place(tx, unit)?;
                in_unit(tx, &target, &measure, &place, day)
            })
            .await
            .unwrap()
            .unwrap();
        let count = |n: i64| usize::try_from(n).unwrap();
        (count(row.part), count(row.whole.value().unwrap()))
    }

    fn board(&self) -> String {
        format!("/plan/targets/{}", self.scene.target)
    }

    /// What the log of looks at names holds: page and number of people.
    async fn looks(&self) -> Vec<(String, i32)> {
        let sql = "SELECT page, people FROM viewing ORDER BY at, id";
        self.db.read(move |tx| tx.list(sql, thao_base::args![])).await.unwrap()
    }
}

/// The cells of a workbook's worksheet, as text.
fn cells(answer: &thao_cast::Answer, worksheet: &str) -> Vec<Vec<String>> {
    use calamine::{Reader, Xlsx, open_workbook_from_rs};
    let bytes = std::io::Cursor::new(answer.body.to_vec());
    let mut book: Xlsx<_> = open_workbook_from_rs(bytes).unwrap();
    let sheet = book.worksheet_range(worksheet).unwrap();
    sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}
