//! Noticing what changed after it was approved: facts that came late, were voided, or belong to
//! somebody who moved. The frozen figure stays; what it would be is written beside it.

use std::time::Duration;

use thao_base::{Db, Entropy, Result, Stamp, Tx};
use thao_people::unit;
use thao_plan::readings;
use thao_web::App;
use tokio::sync::watch;

use crate::figure::Figure;
use crate::form::{self, Entry, Form};
use crate::{live, lock};

const ACT: &str = "report.act.notice";
/// How often somebody looks: a correction is no alarm.
const LOOK: Duration = Duration::from_secs(60);

/// Looks at what is locked whenever readings moved, for as long as the server runs.
pub async fn follow(app: App, mut stopping: watch::Receiver<bool>) {
    let mut seen = None;
    loop {
        let version = app.db.read(readings::version_of_all).await.ok();
        if version.is_some() && version != seen {
            let clock = app.clock.clone();
            match notice(&app.db, &clock, &app.entropy).await {
                Ok(_) => seen = version,
                Err(error) => tracing::error!(%error, "locked figures were not compared"),
            }
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stopping.changed() => return,
        }
    }
}

/// Compares every locked figure that is computed with what the facts say now, a period at a time.
/// How many corrections were added.
pub async fn notice(db: &Db, clock: &thao_base::Clock, entropy: &Entropy) -> Result<usize> {
    let forms = db.read(form::list_all).await?;
    let mut added = 0;
    for form in forms {
        let id = form.id;
        for (period, ends) in db.read(move |tx| lock::periods(tx, id)).await? {
            let (form, stamp) = (form.clone(), Stamp::program(ACT, clock.now(), entropy.clone()));
            // Most of the time nothing changed: then nothing is written.
            let (own, key) = (form.clone(), period.clone());
            let changed = db.read(move |tx| changes(tx, &own, &key, ends)).await?;
            if changed.is_empty() {
                continue;
            }
            added += db
                .write(move |tx| {
                    let changed = changes(tx, &form, &period, ends)?;
                    for (frozen, figure) in &changed {
                        lock::correct(tx, &stamp, *frozen, figure, None)?;
                    }
                    Ok(changed.len())
                })
                .await?;
        }
    }
    Ok(added)
}

/// The frozen figures of a period that would be others today than they were last known to be.
fn changes(
    tx: &mut Tx<'_>,
    form: &Form,
    period: &str,
    ends: jiff::civil::Date,
) -> Result<Vec<(thao_base::RowId, Figure)>> {
    let place = unit::place(tx, form.unit)?;
    let filers = form::filers(tx, form)?;
    let known = lock::of_period(tx, form.id, period)?;
    let mut out = Vec::new();
    for line in form::list_lines(tx, form.id, ends)? {
        if line.entry() != Entry::Target {
            continue;
        }
        let found = live::below(tx, &line, &place, &filers, ends)?;
        if !found.known {
            continue;
        }
        for known in known.iter().filter(|known| known.line == line.id) {
            if let Some(now) = found.below.get(&known.unit)
                && !now.agrees(&known.is())
            {
                out.push((known.id, now.clone()));
            }
        }
    }
    Ok(out)
}
