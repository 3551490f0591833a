//! A PostgreSQL schema of its own for each test, on a server that several test runs share.

use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use thao_base::db::Place;
use thao_base::{Db, Result, args};

/// Connections of one test's pool at most; opened when they are needed.
const CONNECTIONS: usize = 8;
/// Seconds after which a schema belongs to a run that was killed.
const ABANDONED: u64 = 2 * 60 * 60;

static MADE: AtomicU32 = AtomicU32::new(0);
static SWEPT: AtomicBool = AtomicBool::new(false);

/// A fresh, empty schema, dropped with everything in it when it is dropped.
pub(crate) struct Schema {
    name: String,
}

impl Schema {
    pub(crate) async fn new() -> Schema {
        let no = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("test_{}_{}_{no}", seconds(), std::process::id());
        if let Err(e) = create(name.clone()).await {
            panic!(
                "PostgreSQL does not answer at {}: {e}\n\
                 Tests run on both databases. Start a server with `scripts/postgres.sh`, or name \
                 one: THAO_TEST_POSTGRES=postgres://user@host/database",
                server()
            );
        }
        Schema { name }
    }

    /// Where the schema is, for [`Db::open`]. Each connection bears the schema's name as its
    /// `application_name`.
    pub(crate) fn place(&self) -> Place {
        // What a test loses in a power cut does not matter; waiting for the disk would.
        let options = format!("-c search_path={} -c synchronous_commit=off", self.name);
        let url = with_settings(
            &server(),
            &[("options", &options), ("application_name", &self.name), ("sslmode", "disable")],
        );
        Place::Postgres { url, connections: CONNECTIONS }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // A thread of its own: the test's runtime may be shutting down.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(drop_schemas(vec![name]))
        })
        .join();
        if let Ok(Err(e)) = dropped {
            eprintln!("a schema of a test stays behind until a later run sweeps it away: {e}");
        }
    }
}

/// The server the tests use.
fn server() -> String {
    std::env::var("THAO_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/test".to_owned())
}

fn admin() -> Result<Db> {
    let url = with_settings(
        &server(),
        &[
            ("options", "-c synchronous_commit=off -c client_min_messages=warning"),
            ("sslmode", "disable"),
        ],
    );
    Db::open(&Place::Postgres { url, connections: 1 })
}

async fn create(name: String) -> Result<()> {
    let admin = admin()?;
    if !SWEPT.swap(true, Ordering::Relaxed) {
        let abandoned = admin.note(abandoned).await?;
        // Another run may be sweeping too; what it takes first is not missed.
        let _ = drop_schemas(abandoned).await;
    }
    admin.note(move |tx| tx.exec(&format!("CREATE SCHEMA {name}"), args![]).map(|_| ())).await
}

/// Schemas whose run is long over.
fn abandoned(tx: &mut thao_base::Tx<'_>) -> Result<Vec<String>> {
    let names: Vec<String> = tx.values(
        "SELECT CAST(nspname AS text) FROM pg_namespace WHERE nspname LIKE 'test\\_%'",
        args![],
    )?;
    let old = |name: &String| {
        let made = name.split('_').nth(1).and_then(|seconds| seconds.parse::<u64>().ok());
        made.is_some_and(|made| made + ABANDONED < seconds())
    };
    Ok(names.into_iter().filter(old).collect())
}

async fn drop_schemas(names: Vec<String>) -> Result<()> {
    let admin = admin()?;
    for name in names {
        admin
            .note(move |tx| {
                // A connection the test left open must not hold the schema.
                tx.list::<(bool,)>(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE application_name = $1",
                    args![name],
                )?;
                tx.exec(&format!("DROP SCHEMA IF EXISTS {name} CASCADE"), args![]).map(|_| ())
            })
            .await?;
    }
    Ok(())
}

/// Adds settings to `postgres://…` or to `host=… user=…`.
fn with_settings(server: &str, settings: &[(&str, &str)]) -> String {
    let mut out = server.to_owned();
    let is_url = server.starts_with("postgres://") || server.starts_with("postgresql://");
    for (name, value) in settings {
        if is_url {
            out.push(if out.contains('?') { '&' } else { '?' });
            let value = value.replace(' ', "%20").replace('=', "%3D");
            out.push_str(&format!("{name}={value}"));
        } else {
            out.push_str(&format!(" {name}='{value}'"));
        }
    }
    out
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map(|d| d.as_secs()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_join_either_way_of_naming_a_server() {
        assert_eq!(
            with_settings("postgres://u@h/d?a=1", &[("options", "-c x=1")]),
            "postgres://u@h/d?a=1&options=-c%20x%3D1"
        );
        assert_eq!(with_settings("host=h", &[("options", "-c x=1")]), "host=h options='-c x=1'");
    }
}
