//! A stage for tests: the cast and the pages of this context, on each database.

use axum::Router;
use thao_base::{Result, Stamp, Tx};
use thao_cast::{Cast, Client, Who};
use thao_testkit::{TestDb, World, databases, world};

pub struct Stage {
    pub db: TestDb,
    pub world: World,
    pub cast: Cast,
    pub app: Router,
}

impl Stage {
    /// One on each database.
    pub async fn all() -> Vec<Stage> {
        let mut out = Vec::new();
        for db in databases().await {
            let world = world();
            let cast = thao_cast::cast(&db, &world).await;
            let app = thao_cast::app(&db, thao_people::pages(), &world);
            out.push(Stage { db, world, cast, app });
        }
        out
    }

    pub fn client(&self, who: Who) -> Client {
        self.cast.client(&self.app, who)
    }

    pub fn nobody(&self) -> Client {
        Client::new(&self.app)
    }

    /// The path of somebody's page.
    pub fn page(&self, who: Who) -> String {
        format!("/people/{}", self.cast.person(who))
    }

    pub fn stamp(&self) -> Stamp {
        self.world.stamp("people.act.set_up")
    }

    /// Writes what a page cannot, as the program itself.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Stamp) -> Result<T> + Send + 'static,
    ) -> T {
        let stamp = self.stamp();
        self.db.write(move |tx| work(tx, &stamp)).await.unwrap()
    }

    pub async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.db.read(work).await.unwrap()
    }
}
