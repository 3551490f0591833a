//! A stage for imports: the cast, files made of rows, and what came of them.

use jiff::civil::Date;
use thao_base::{Db, ImportId, Stamp, Tx, UnitId};
use thao_cast::{Cast, Who, cast};
use thao_people::AffiliationKind;
use thao_people::affiliation::{self, Affiliation};
use thao_people::imports::people::{DESK, Options};
use thao_people::imports::{self, Counts, Incoming, Outcome, Row, Show, direct, rows};
use thao_people::person::{self, Person};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_testkit::{TestDb, World, databases, world};

pub const TODAY: Date = Date::constant(2026, 11, 20);

/// One database with the cast, and whoever imports.
pub struct Stage {
    pub db: TestDb,
    pub world: World,
    pub cast: Cast,
    pub who: Who,
    pub options: Options,
}

/// A stage on each database; the manager of commune 1 imports staff.
pub async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let options = Options::new(AffiliationKind::Staff, TODAY, false);
        out.push(Stage { db, world, cast, who: Who::CommuneManager, options });
    }
    out
}

/// What stands in a cell.
pub fn cell(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.to_owned()) }
}

/// A workbook: a title, a header, rows.
pub fn workbook(headings: &[&str], rows: Vec<Vec<Value>>) -> Vec<u8> {
    let columns = headings.iter().map(|heading| TableColumn::new(*heading, Kind::Text)).collect();
    let table = Table {
        name: "DS".into(),
        title: "DANH SÁCH CÁN BỘ, CÔNG CHỨC".into(),
        notes: vec!["Kèm theo Công văn số 12".into()],
        columns,
        rows,
    };
    thao_sheet::write(&[table], "2026-11-20T01:30:00Z".parse().unwrap()).unwrap()
}

/// A .csv of texts.
pub fn csv(lines: &[&str]) -> Vec<u8> {
    lines.join("\r\n").into_bytes()
}

impl Stage {
    pub fn stamp(&self) -> Stamp {
        self.cast.stamp(&self.world, self.who, "people.act.import_people")
    }

    pub fn unit(&self) -> UnitId {
        match self.who {
            Who::ProvinceManager | Who::Administrator => self.cast.units.province,
            Who::OtherManager => self.cast.other_commune(),
            _ => self.cast.commune(),
        }
    }

    pub fn incoming(&self, name: &str, bytes: Vec<u8>) -> Incoming {
        Incoming {
            name: name.to_owned(),
            bytes,
            unit: self.unit(),
            options: self.options.json().unwrap(),
            today: TODAY,
        }
    }

    /// Sends a file in; its rows are worked out.
    pub async fn send(&self, name: &str, bytes: Vec<u8>) -> thao_base::Result<ImportId> {
        let incoming = self.incoming(name, bytes);
        let received = imports::receive(&self.db, &DESK, incoming.clone()).await?;
        direct::plan_here(&self.db, &self.stamp(), &DESK, incoming, &received, &|_, _| ()).await
    }

    /// Sends texts in as a workbook.
    pub async fn send_rows(&self, headings: &[&str], rows: &[&[&str]]) -> ImportId {
        let rows = rows.iter().map(|row| row.iter().map(|text| cell(text)).collect()).collect();
        self.send("danh sách.xlsx", workbook(headings, rows)).await.unwrap()
    }

    /// Does what a file announces.
    pub async fn confirm(&self, id: ImportId) {
        direct::apply_here(&self.db, &self.stamp(), &DESK, id, &|_, _| ()).await.unwrap();
    }

    pub async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> thao_base::Result<T> + Send + 'static,
    ) -> T {
        self.db.read(work).await.unwrap()
    }

    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Stamp) -> thao_base::Result<T> + Send + 'static,
    ) -> T {
        let stamp = self.stamp();
        self.db.write(move |tx| work(tx, &stamp)).await.unwrap()
    }

    pub async fn counts(&self, id: ImportId) -> Counts {
        self.read(move |tx| imports::counts(tx, id)).await
    }

    pub async fn rows(&self, id: ImportId) -> Vec<Row> {
        self.read(move |tx| rows::list(tx, id, Show::All, 0, 1_000_000)).await
    }

    /// Outcome and the keys of the notes, row by row.
    pub async fn outcomes(&self, id: ImportId) -> Vec<(Outcome, Vec<String>)> {
        let notes = |row: &Row| {
            let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
            row.notes.iter().map(|note| last(&note.key)).collect()
        };
        self.rows(id).await.iter().map(|row| (row.outcome, notes(row))).collect()
    }

    /// All persons but the cast, by name, with what they ever belonged to.
    pub async fn people(&self) -> Vec<(Person, Vec<Affiliation>)> {
        let known: Vec<_> = self.cast.members().iter().map(|member| member.person).collect();
        everybody(&self.db)
            .await
            .into_iter()
            .filter(|(person, _)| !known.contains(&person.id))
            .collect()
    }
}

/// All persons with what they ever belonged to, by name and id.
pub async fn everybody(db: &Db) -> Vec<(Person, Vec<Affiliation>)> {
    db.read(|tx| {
        let ids = tx.values("SELECT id FROM person ORDER BY name_sort, id", thao_base::args![])?;
        let mut out = Vec::new();
        for id in ids {
            out.push((person::get(tx, id)?, affiliation::list_of_persons(tx, &[id])?));
        }
        Ok(out)
    })
    .await
    .unwrap()
}

/// `[(Create, 2), (Refuse, 1)]`: how many rows there are of each outcome.
pub fn numbers(counts: &Counts) -> Vec<(Outcome, i64)> {
    Outcome::ALL
        .into_iter()
        .map(|outcome| (outcome, counts.of(outcome)))
        .filter(|(_, n)| *n > 0)
        .collect()
}
