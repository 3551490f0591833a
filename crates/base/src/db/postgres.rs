//! PostgreSQL: a pool, serialisable transactions that run again when the server asks, TLS.

use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Transaction};
use futures_util::future::try_join_all;
use tokio::runtime::Handle;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use tokio_postgres::{IsolationLevel, NoTls, Statement};

use super::sql::{Dialect, render};
use super::tx::{On, Tx, TxKind};
use super::value::{Arg, Column, storable};
use super::{Failure, Outcome};
use crate::error::Error;

/// How often a transaction is run again before the person is told that the database is busy.
const TRIES: u32 = 8;
/// How many statements are under way at once in [`exec_many`].
const PIPELINE: usize = 256;
/// How long a new connection may take when the URL does not say.
const CONNECT: Duration = Duration::from_secs(5);
/// 2000-01-01 in microseconds since 1970-01-01, the zero of the server's `timestamptz`.
const EPOCH_2000: i64 = 946_684_800_000_000;

#[derive(Clone)]
pub(super) struct Postgres {
    pool: Pool,
}

impl Postgres {
    pub(super) fn open(url: &str, connections: usize) -> Result<Postgres, Failure> {
        let mut config: tokio_postgres::Config = url.parse()?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        // `sslmode=disable` in the URL is for a server on the same machine.
        let manager = match config.get_ssl_mode() {
            tokio_postgres::config::SslMode::Disable => {
                Manager::from_config(config, NoTls, manager)
            }
            _ => Manager::from_config(config, tls()?, manager),
        };
        let pool = Pool::builder(manager)
            .max_size(connections)
            .build()
            .map_err(|e| Failure::Pool(e.to_string()))?;
        Ok(Postgres { pool })
    }

    /// Runs `work` in a transaction of its own, again when the server asks for it. Blocks.
    pub(super) fn run<T>(
        &self,
        runtime: &Handle,
        kind: TxKind,
        work: &dyn Fn(&mut Tx<'_>) -> Outcome<T>,
    ) -> Outcome<T> {
        let mut tries = 1;
        loop {
            match self.attempt(runtime, kind, work) {
                Err((error, true)) if tries < TRIES => {
                    tracing::debug!(%error, tries, "running the transaction again");
                    tries += 1;
                }
                Err((error, _)) => return Err(error),
                Ok(value) => return Ok(value),
            }
        }
    }

    fn attempt<T>(
        &self,
        runtime: &Handle,
        kind: TxKind,
        work: &dyn Fn(&mut Tx<'_>) -> Outcome<T>,
    ) -> Result<T, (Error, bool)> {
        let plain = |e: tokio_postgres::Error| {
            let failure = Failure::from(e);
            let retry = failure.is_retryable();
            if failure.is_lost() {
                // A server that was restarted closed the idle connections too.
                self.pool.retain(|_, _| false);
            }
            (Error::from(failure), retry)
        };
        let mut client = runtime
            .block_on(self.pool.get())
            .map_err(|e| (Failure::Pool(e.to_string()).into(), false))?;
        let builder = client.build_transaction();
        let builder = match kind {
            TxKind::Read => builder.isolation_level(IsolationLevel::RepeatableRead).read_only(true),
            TxKind::Write => builder.isolation_level(IsolationLevel::Serializable),
            TxKind::Note => builder.isolation_level(IsolationLevel::ReadCommitted),
        };
        let tx = runtime.block_on(builder.start()).map_err(plain)?;
        if kind == TxKind::Write {
            // Before the snapshot is taken: writers take turns, so that `seq` is gap-free in
            // commit order and serialisation failures are rare (docs/decisions).
            runtime
                .block_on(tx.batch_execute("LOCK TABLE series IN EXCLUSIVE MODE"))
                .map_err(plain)?;
        }
        let mut ours = Tx::new(On::Postgres(&tx, runtime.clone()), kind);
        let result = work(&mut ours);
        let (result, retry) = (ours.outcome(result), ours.retry);
        match result {
            Ok(value) => {
                runtime.block_on(tx.commit()).map_err(|e| {
                    let failure = Failure::from(e);
                    // Nobody knows whether a COMMIT without an answer happened: not again.
                    let retry = failure.is_retryable() && !failure.is_lost();
                    (Error::from(failure), retry)
                })?;
                Ok(value)
            }
            Err(error) => {
                let _ = runtime.block_on(tx.rollback());
                Err((error, retry))
            }
        }
    }
}

fn tls() -> Result<tokio_postgres_rustls::MakeRustlsConnect, Failure> {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in rustls_native_certs::load_native_certs().certs {
        // One certificate that cannot be read does not spoil the others.
        let _ = roots.add(certificate);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| Failure::Pool(e.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(tokio_postgres_rustls::MakeRustlsConnect::new(config))
}

pub(super) async fn prepare(tx: &Transaction<'_>, sql: &str) -> Result<Statement, Failure> {
    Ok(tx.prepare_cached(&render(sql, Dialect::Postgres)).await?)
}

pub(super) fn exec(
    tx: &Transaction<'_>,
    runtime: &Handle,
    sql: &str,
    args: &[Arg<'_>],
) -> Result<u64, Failure> {
    runtime.block_on(async {
        let statement = prepare(tx, sql).await?;
        Ok(tx.execute_raw(&statement, params(args)?).await?)
    })
}

pub(super) fn exec_many<'a>(
    tx: &Transaction<'_>,
    runtime: &Handle,
    sql: &str,
    lists: impl IntoIterator<Item = Vec<Arg<'a>>>,
) -> Result<u64, Failure> {
    runtime.block_on(async {
        let statement = prepare(tx, sql).await?;
        let mut lists = lists.into_iter();
        let mut changed = 0;
        loop {
            let part: Vec<Vec<Arg<'a>>> = lists.by_ref().take(PIPELINE).collect();
            if part.is_empty() {
                return Ok(changed);
            }
            let params = part.iter().map(|args| params(args)).collect::<Result<Vec<_>, _>>()?;
            let sent = params.into_iter().map(|params| tx.execute_raw(&statement, params));
            changed += try_join_all(sent).await?.into_iter().sum::<u64>();
        }
    })
}

pub(super) fn params<'a>(
    args: &'a [Arg<'a>],
) -> Result<impl ExactSizeIterator<Item = Param<'a>>, Failure> {
    storable(args)?;
    Ok(args.iter().map(Param))
}

/// An argument as PostgreSQL takes it. The server says which type it wants; what does not fit is
/// refused here rather than turned into something near.
#[derive(Debug)]
pub(super) struct Param<'a>(pub(super) &'a Arg<'a>);

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn StdError + Sync + Send>> {
        match (self.0, ty) {
            (Arg::Null, _) => Ok(IsNull::Yes),
            (Arg::Bool(v), &Type::BOOL) => v.to_sql(ty, out),
            (Arg::Int(v), &Type::INT2) => i16::try_from(*v)?.to_sql(ty, out),
            (Arg::Int(v), &Type::INT4) => i32::try_from(*v)?.to_sql(ty, out),
            (Arg::Int(v), &Type::INT8) => v.to_sql(ty, out),
            (Arg::Int(v), &Type::FLOAT8) => (*v as f64).to_sql(ty, out),
            (Arg::Real(v), &Type::FLOAT8) => v.to_sql(ty, out),
            (Arg::Text(v), &Type::JSON | &Type::JSONB) => {
                serde_json::from_str::<serde_json::Value>(v)?.to_sql(ty, out)
            }
            (Arg::Text(v), &Type::TEXT | &Type::VARCHAR | &Type::NAME) => v.to_sql(ty, out),
            (Arg::Bytes(v), &Type::BYTEA) => v.to_sql(ty, out),
            (Arg::Id(v), &Type::UUID) => v.to_sql(ty, out),
            (Arg::Time(v), &Type::TIMESTAMPTZ) => {
                let micros = v.as_microsecond() - EPOCH_2000;
                out.extend_from_slice(&micros.to_be_bytes());
                Ok(IsNull::No)
            }
            (Arg::Date(v), &Type::TEXT) => v.to_string().to_sql(ty, out),
            (Arg::Json(v), &Type::JSONB | &Type::JSON) => v.to_sql(ty, out),
            (Arg::Json(v), &Type::TEXT) => v.to_string().to_sql(ty, out),
            (Arg::Ids(v), &Type::UUID_ARRAY) => v.to_sql(ty, out),
            (Arg::Ints(v), &Type::INT8_ARRAY) => v.to_sql(ty, out),
            (Arg::Ints(v), &Type::INT4_ARRAY) => v
                .iter()
                .map(|v| i32::try_from(*v))
                .collect::<Result<Vec<i32>, _>>()?
                .to_sql(ty, out),
            (Arg::Texts(v), &Type::TEXT_ARRAY) => v.to_sql(ty, out),
            (arg, ty) => {
                let kind = format!("{arg:?}");
                let kind = kind.split('(').next().unwrap_or_default();
                Err(format!("an argument {kind} stands where the server wants {ty}").into())
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

pub(super) fn column(row: &tokio_postgres::Row, i: usize) -> Result<Column<'_>, Failure> {
    let ty = row.columns().get(i).map(|column| column.type_().clone()).ok_or_else(|| {
        Failure::Column { column: i, found: "no such column".into(), wanted: "a column" }
    })?;
    Ok(match ty {
        Type::BOOL => row.try_get::<_, Option<bool>>(i)?.map(Column::Bool),
        Type::INT2 => row.try_get::<_, Option<i16>>(i)?.map(|v| Column::Int(v.into())),
        Type::INT4 => row.try_get::<_, Option<i32>>(i)?.map(|v| Column::Int(v.into())),
        Type::INT8 => row.try_get::<_, Option<i64>>(i)?.map(Column::Int),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(i)?.map(Column::Real),
        Type::BYTEA => row.try_get::<_, Option<&[u8]>>(i)?.map(Column::Bytes),
        Type::UUID => row.try_get::<_, Option<uuid::Uuid>>(i)?.map(Column::Id),
        Type::TIMESTAMPTZ => row.try_get::<_, Option<Instant>>(i)?.map(|v| Column::Time(v.0)),
        Type::JSON | Type::JSONB => {
            row.try_get::<_, Option<JsonText<'_>>>(i)?.map(|v| Column::Text(v.0))
        }
        _ => row.try_get::<_, Option<&str>>(i)?.map(Column::Text),
    }
    .unwrap_or(Column::Null))
}

/// An instant of the server: microseconds since 2000, eight bytes.
struct Instant(jiff::Timestamp);

impl<'a> FromSql<'a> for Instant {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        let micros = i64::from_be_bytes(raw.try_into()?);
        let micros = micros.checked_add(EPOCH_2000).ok_or("an instant without end")?;
        Ok(Instant(jiff::Timestamp::from_microsecond(micros)?))
    }

    fn accepts(ty: &Type) -> bool {
        *ty == Type::TIMESTAMPTZ
    }
}

/// JSON as the text the server sent.
struct JsonText<'a>(&'a str);

impl<'a> FromSql<'a> for JsonText<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn StdError + Sync + Send>> {
        // The binary form of jsonb starts with its version, 1.
        let text = match (ty, raw) {
            (&Type::JSONB, [1, text @ ..]) => text,
            (&Type::JSONB, _) => return Err("unknown version of jsonb".into()),
            (_, text) => text,
        };
        Ok(JsonText(std::str::from_utf8(text)?))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(ty, &Type::JSON | &Type::JSONB)
    }
}
