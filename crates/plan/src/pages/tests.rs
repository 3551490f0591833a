//! The pages through the router, on both databases.

mod board;
mod figures;
mod form;
mod names;
mod things;

use axum::Router;
use jiff::civil::Date;
use thao_base::{PersonId, UnitId};
use thao_cast::{Cast, Client, Who, app, cast};
use thao_record::Verb;
use thao_testkit::{TestDb, World, databases, world};

use crate::readings::catch_up;
use crate::world::{Scene, scene};

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

    fn board(&self) -> String {
        format!("/plan/targets/{}", self.scene.target)
    }

    /// What the log of looks at names holds: page and number of people.
    async fn looks(&self) -> Vec<(String, i32)> {
        let sql = "SELECT page, people FROM viewing ORDER BY at, id";
        self.db.read(move |tx| tx.list(sql, thao_base::args![])).await.unwrap()
    }
}
