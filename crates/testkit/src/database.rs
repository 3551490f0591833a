//! Both databases, fresh for each test.

use std::cell::Cell;
use std::future::Future;
use std::ops::Deref;

use thao_base::db::{Place, migrate};
use thao_base::{Clock, Db};

use crate::postgres::Schema;
use crate::sqlite::Folder;

/// A database of one test; gone when it is dropped. Dereferences to [`Db`].
pub struct TestDb {
    // Dropped in this order: the door first, then the house.
    db: Db,
    place: Place,
    name: &'static str,
    _home: Home,
}

#[expect(dead_code, reason = "kept for what happens when they are dropped")]
enum Home {
    Folder(Folder),
    Schema(Schema),
}

impl TestDb {
    /// `sqlite` or `postgres`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Where it is: opening it again is what a restart does.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// A second handle with its own connections, as another process has.
    pub fn reopen(&self) -> Db {
        open(&self.place)
    }

    fn at(place: Place, name: &'static str, home: Home) -> TestDb {
        TestDb { db: open(&place), place, name, _home: home }
    }
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

thread_local! {
    static NAMED: Cell<bool> = const { Cell::new(false) };
}

impl Drop for TestDb {
    /// When a test fails, says on which database. The one in use is dropped before the ones that
    /// wait for their turn.
    fn drop(&mut self) {
        if std::thread::panicking() && !NAMED.replace(true) {
            eprintln!("the test failed on the database: {}", self.name);
        }
    }
}

/// A fresh, migrated database of each kind.
///
/// ```no_run
/// # use thao_testkit::databases;
/// # async fn test() {
/// for db in databases().await {
///     db.read(|tx| tx.value::<i64>("SELECT 1", thao_base::args![])).await.unwrap();
/// }
/// # }
/// ```
pub async fn databases() -> Vec<TestDb> {
    let all = empty_databases().await;
    for db in &all {
        if let Err(e) = migrate::up(db, None, &Clock::system()).await {
            panic!("the migrations fail on {}: {e}", db.name);
        }
    }
    all
}

/// A fresh database of each kind with nothing in it, for tests of the migrations.
pub async fn empty_databases() -> Vec<TestDb> {
    let folder = Folder::new();
    let file = Place::Sqlite(folder.path().join("thao.db"));
    let schema = Schema::new().await;
    let server = schema.place();
    vec![
        TestDb::at(file, "sqlite", Home::Folder(folder)),
        TestDb::at(server, "postgres", Home::Schema(schema)),
    ]
}

/// Runs `test` on a fresh, migrated database of each kind, one after the other.
pub async fn each_database<F, T>(test: F)
where
    F: Fn(TestDb) -> T,
    T: Future<Output = ()>,
{
    for db in databases().await {
        test(db).await;
    }
}

fn open(place: &Place) -> Db {
    match Db::open(place) {
        Ok(db) => db,
        Err(e) => panic!("cannot open {place:?}: {e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thao_base::args;

    #[tokio::test(flavor = "multi_thread")]
    async fn each_test_has_databases_of_its_own() {
        let one = databases().await;
        let other = databases().await;
        for (one, other) in one.iter().zip(&other) {
            let add = "INSERT INTO node (no, id, name, here) VALUES ($1, $2, $3, $4)";
            let id: thao_base::NodeId = crate::world().stamp("test.act").id();
            one.write(move |tx| tx.exec(add, args![1i32, id, "a", true])).await.unwrap();
            let count =
                |tx: &mut thao_base::Tx<'_>| tx.value::<i64>("SELECT COUNT(*) FROM node", args![]);
            assert_eq!(one.read(count).await.unwrap(), 1);
            assert_eq!(other.read(count).await.unwrap(), 0);
            assert_eq!(one.reopen().read(count).await.unwrap(), 1);
        }
        assert_eq!(one.iter().map(TestDb::name).collect::<Vec<_>>(), ["sqlite", "postgres"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_test_made_is_gone_after_it() {
        let places: Vec<Place> = databases().await.iter().map(|db| db.place().clone()).collect();
        for place in places {
            match &place {
                Place::Sqlite(file) => assert!(!file.exists()),
                Place::Postgres { .. } => {
                    // Where the schema was nothing has ever been migrated.
                    assert_eq!(open(&place).read(migrate::version).await.unwrap(), 0);
                }
            }
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_database_gets_its_turn() {
        let turns = std::sync::Mutex::new(Vec::new());
        each_database(|db| {
            turns.lock().unwrap().push(db.name());
            async move { assert!(db.read(migrate::version).await.unwrap() > 0) }
        })
        .await;
        assert_eq!(*turns.lock().unwrap(), ["sqlite", "postgres"]);
    }
}
