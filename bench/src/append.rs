//! Statement appends over HTTP, 100 a call, against raw inserts of the same rows into the same
//! table definition, indexes, triggers and settings, 100 rows a transaction.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::json;
use uuid::Uuid;

use crate::Result;
use crate::client::Client;
use crate::process::Server;
use crate::report::{Bar, Report, median};
use crate::world::World;

const BATCH: usize = 100;
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(3);
const CONNECTIONS: usize = 16;

/// What a statement is made from.
struct Parts {
    people: Vec<Uuid>,
    unit: Uuid,
    activity: Uuid,
}

pub fn measure(world: &World, report: &mut Report) -> Result<()> {
    let folder = Path::new("target/bench/append");
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder)?;
    // Both sides start from the same million statements.
    for name in ["http", "raw"] {
        std::fs::create_dir_all(folder.join(name))?;
        std::fs::copy(world.loaded.join("thao.db"), folder.join(name).join("thao.db"))?;
    }
    let parts = parts(&World::database(&world.loaded)?)?;
    let token = world.token(&folder.join("http"))?;
    let server = Server::thao(&world.thao, &folder.join("http"))?;
    let raw = raw_connection(&folder.join("raw/thao.db"))?;
    let (mut raws, mut https, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let a = raw_round(&raw, &parts)?;
        let b = http_round(&server.host, &token, &parts)?;
        raws.push(a);
        https.push(b);
        ratios.push(b / a);
    }
    report.add("raw inserts, SQLite, 100 rows a transaction", median(raws), "rows/s", None);
    report.add(
        "statement append, SQLite, POST /api/statements of 100",
        median(https),
        "statements/s",
        None,
    );
    report.add(
        "statement append over HTTP / raw batched inserts, SQLite",
        median(ratios),
        "ratio",
        Some(Bar::AtLeast(0.5)),
    );
    Ok(())
}

fn parts(db: &Connection) -> Result<Parts> {
    let mut select = db.prepare("SELECT id FROM person ORDER BY id LIMIT 10000")?;
    let people = select
        .query_map([], |row| row.get::<_, Vec<u8>>(0))?
        .map(|id| Ok(Uuid::from_slice(&id?)?))
        .collect::<Result<Vec<Uuid>>>()?;
    let one = |sql| -> Result<Uuid> {
        Ok(Uuid::from_slice(&db.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0))?)?)
    };
    Ok(Parts {
        people,
        unit: one("SELECT unit_id FROM unit_place WHERE kind = 'commune' LIMIT 1")?,
        activity: one("SELECT id FROM course ORDER BY slug LIMIT 1")?,
    })
}

fn new_id() -> Uuid {
    #[expect(clippy::disallowed_methods, reason = "a measurement stands outside the program")]
    Uuid::now_v7()
}

fn now() -> i64 {
    #[expect(clippy::disallowed_methods, reason = "a measurement stands outside the program")]
    jiff::Timestamp::now().as_microsecond()
}

fn raw_connection(path: &Path) -> Result<Connection> {
    let db = Connection::open(path)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", "ON")?;
    db.pragma_update(None, "cache_size", "-8192")?;
    Ok(db)
}

fn raw_round(db: &Connection, parts: &Parts) -> Result<f64> {
    let mut insert = db.prepare(
        "INSERT INTO statement (id, node, seq, kind, person_id, unit_id, activity_id, context_id, \
         rung, success, score, at, recorded_at, by_id, voids_id, detail) \
         VALUES (?1, 1, ?2, 'attended', ?3, ?4, ?5, NULL, 1, 1, NULL, ?6, ?6, NULL, NULL, NULL)",
    )?;
    let mut seq: i64 = db.query_row("SELECT MAX(seq) FROM statement", [], |row| row.get(0))?;
    let (started, mut rows) = (Instant::now(), 0_usize);
    while started.elapsed() < ROUND {
        db.execute_batch("BEGIN IMMEDIATE")?;
        let at = now();
        for person in parts.people.iter().cycle().skip(rows % parts.people.len()).take(BATCH) {
            seq += 1;
            insert.execute((
                new_id().as_bytes(),
                seq,
                person.as_bytes(),
                parts.unit.as_bytes(),
                parts.activity.as_bytes(),
                at,
            ))?;
        }
        db.execute_batch("COMMIT")?;
        rows += BATCH;
    }
    Ok(rows as f64 / started.elapsed().as_secs_f64())
}

fn http_round(host: &str, token: &str, parts: &Parts) -> Result<f64> {
    let done = AtomicU64::new(0);
    let started = Instant::now();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|n| {
                let done = &done;
                scope.spawn(move || -> Result<()> {
                    let mut client = Client::connect(host)?;
                    client.token = Some(token.to_owned());
                    let mut at = n * 997;
                    while started.elapsed() < ROUND {
                        let answer = client.json("/api/statements", &batch(parts, at))?;
                        if answer.status != 200 {
                            return Err(format!("{}: {}", answer.status, answer.text()).into());
                        }
                        done.fetch_add(BATCH as u64, Ordering::Relaxed);
                        at += BATCH;
                    }
                    Ok(())
                })
            })
            .collect();
        for worker in workers {
            worker.join().map_err(|_| "a client panicked")??;
        }
        Ok(done.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64())
    })
}

fn batch(parts: &Parts, at: usize) -> Vec<u8> {
    let when = jiff::Timestamp::from_microsecond(now()).unwrap_or_default().to_string();
    let people = parts.people.iter().cycle().skip(at % parts.people.len()).take(BATCH);
    let list: Vec<_> = people
        .map(|person| {
            json!({
                "id": new_id(), "verb": "attended", "person": person, "unit": parts.unit,
                "activity": parts.activity, "success": true, "at": when,
            })
        })
        .collect();
    serde_json::to_vec(&list).unwrap_or_default()
}
