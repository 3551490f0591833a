//! Opening the program's data: logs, database, schema, node, and the work that goes on beside
//! the pages.

use std::time::Duration;

use thao_base::config::{Config, LogFormat};
use thao_base::db::migrate;
use thao_base::{Clock, Db, Entropy, Error, Kind, Result, Stamp, args};
use thao_jobs::Runner;
use thao_web::App;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing_subscriber::EnvFilter;

/// Starts the log, to standard error.
pub(crate) fn logs(config: &Config) {
    let filter = EnvFilter::new(config.log_level.name());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first log.
    let _ = match config.log_format {
        LogFormat::Json => log.json().try_init(),
        LogFormat::Text => log.with_target(false).try_init(),
    };
}

/// Opens the database, brings it to the newest schema and makes its node.
pub(crate) async fn database(config: &Config, clock: &Clock, entropy: &Entropy) -> Result<Db> {
    std::fs::create_dir_all(&config.data).map_err(|e| {
        Error::new(Kind::Unavailable, "cli.open.cannot_make_folder")
            .with("folder", config.data.display())
            .because(e)
    })?;
    own_only(&config.data)?;
    let db = Db::open(&config.database)?;
    migrate::up(&db, None, clock).await?;
    let stamp = Stamp::program("cli.act.open", clock.now(), entropy.clone());
    let name = config.province_name.clone().unwrap_or_else(|| "thao".to_owned());
    db.write(move |tx| thao_record::node::ensure(tx, &stamp, &name)).await?;
    Ok(db)
}

/// The data folder is its owner's alone.
fn own_only(folder: &std::path::Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// How long a form may be sent again and still be known.
const FORMS_KEPT: jiff::SignedDuration = jiff::SignedDuration::from_hours(30 * 24);

/// Whether the database holds the demo province: it is labelled on every page.
pub(crate) async fn is_demo(db: &Db) -> Result<bool> {
    db.read(|tx| {
        tx.value::<bool>(
            "SELECT EXISTS (SELECT 1 FROM journal WHERE node = 1 AND seq = 1 AND act = $1)",
            args![crate::demo::ACT],
        )
    })
    .await
}

/// The work beside the pages: readings that follow, jobs, housekeeping.
pub(crate) struct Background(JoinSet<()>);

/// Starts it; it ends when `stopping` turns true.
pub(crate) fn background(app: &App, stopping: watch::Receiver<bool>) -> Background {
    let mut work = JoinSet::new();
    work.spawn(thao_plan::readings::follow(app.clone(), stopping.clone()));
    work.spawn(thao_report::notice::follow(app.clone(), stopping.clone()));
    work.spawn(jobs(app.clone(), stopping.clone()));
    work.spawn(housekeeping(app.clone(), stopping));
    Background(work)
}

/// Runs the jobs of all contexts; told after each write, so that nobody waits for the next look.
async fn jobs(app: App, mut stopping: watch::Receiver<bool>) {
    let runner =
        Runner::new(app.db.clone(), app.clock.clone(), app.entropy.clone(), crate::router::jobs());
    let running = match runner.start().await {
        Ok(running) => running,
        Err(error) => {
            tracing::error!(%error, "jobs cannot be run");
            return;
        }
    };
    let wake = runner.wake();
    loop {
        tokio::select! {
            () = app.written.notified() => wake.now(),
            _ = stopping.changed() => break,
        }
    }
    running.stop().await;
}

impl Background {
    /// Waits until all of it has ended.
    pub(crate) async fn finish(mut self) {
        while self.0.join_next().await.is_some() {}
    }
}

/// Once an hour: sessions that ran out, forms that can no longer be sent twice, and rows of
/// imported files that are no longer needed.
async fn housekeeping(app: App, mut stopping: watch::Receiver<bool>) {
    const HOUR: Duration = Duration::from_secs(3600);
    loop {
        let now = app.clock.now();
        let swept = app
            .db
            .note(move |tx| {
                thao_people::session::forget_expired(tx, now)?;
                let old = now.checked_sub(FORMS_KEPT).map_err(Error::internal)?;
                thao_web::ask::forget_forms(tx, old)
            })
            .await;
        if let Err(error) = swept {
            tracing::warn!(%error, "housekeeping");
        }
        if let Err(error) = clear_imports(&app).await {
            tracing::warn!(%error, "imported rows were not cleared");
        }
        tokio::select! {
            _ = tokio::time::sleep(HOUR) => {}
            _ = stopping.changed() => return,
        }
    }
}

async fn clear_imports(app: &App) -> Result<()> {
    let (now, days) = (app.clock.now(), app.site.import_days);
    while app.db.note(move |tx| thao_people::imports::clear(tx, now, days)).await? {}
    Ok(())
}
