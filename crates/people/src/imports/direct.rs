//! The steps of a file done here and now, chunk by chunk: for the command line and for whoever
//! goes on with what was interrupted.

use thao_base::locale::local_date;
use thao_base::{Db, Error, ImportId, Result, Stamp, Tx};
use thao_sheet::SheetError;

use super::file::{self, File, NewFile, State};
use super::job;
use super::kind::{Desk, Drafted};
use super::receive::{Incoming, Received};
use super::row::Decision;
use super::{SMALL, row, step};

/// Keeps a file that was read, and works its rows out at once when they are few; else a job does.
pub fn keep(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    desk: &Desk,
    incoming: &Incoming,
    received: &Received,
) -> Result<ImportId> {
    let id = add(tx, stamp, desk, incoming, received)?;
    let file = file::get(tx, desk.code, id)?;
    if received.rows.len() <= SMALL {
        step::plan(tx, desk, &file, &received.rows, stamp.today())?;
        step::end_plan(tx, stamp, &file)?;
    } else {
        job::enqueue(tx, stamp, desk, &file)?;
    }
    Ok(id)
}

/// Confirms a file: what its rows announce is done, at once when they are few, else by a job.
/// `false` when somebody confirmed it before.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] while its rows are still being worked out.
pub fn confirm(tx: &mut Tx<'_>, stamp: &Stamp, desk: &Desk, id: ImportId) -> Result<bool> {
    let file = file::get(tx, desk.code, id)?;
    match file.state() {
        State::Planning => return Err(Error::conflict("people.imports.error.not_ready")),
        State::Ready => file.check_kept()?,
        State::Applying | State::Applied | State::Undoing | State::Undone => return Ok(false),
    }
    file::enter(tx, id, State::Applying, stamp.at)?;
    begin(tx, stamp, desk, id)?;
    Ok(true)
}

/// Decides about rows that were asked about, before the file is confirmed; how many.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] once it is confirmed.
pub fn decide(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    desk: &Desk,
    file: &File,
    decided: &[(i32, Option<Decision>)],
) -> Result<usize> {
    file.check_kept()?;
    if file.state() != State::Ready {
        return Err(Error::conflict("people.imports.error.decided_late"));
    }
    let mut n = 0;
    for one in decided {
        n += usize::from(step::decide(tx, stamp, desk, file, *one)?);
    }
    Ok(n)
}

/// Takes a file back, at once when its rows are few, else by a job. `false` when that was begun
/// before.
///
/// # Errors
/// [`thao_base::Kind::Conflict`] while it is not done.
pub fn take_back(tx: &mut Tx<'_>, stamp: &Stamp, desk: &Desk, id: ImportId) -> Result<bool> {
    let file = file::get(tx, desk.code, id)?;
    match file.state() {
        State::Undoing | State::Undone => return Ok(false),
        State::Applied => file.check_kept()?,
        State::Applying if is_stuck(tx, &file)? => {}
        State::Planning | State::Ready | State::Applying => {
            return Err(Error::conflict("people.imports.error.not_done"));
        }
    }
    file::enter(tx, id, State::Undoing, stamp.at)?;
    begin(tx, stamp, desk, id)?;
    Ok(true)
}

/// Goes on with a step that nobody is at. `false` when there is none, or somebody is.
pub fn go_on(tx: &mut Tx<'_>, stamp: &Stamp, desk: &Desk, id: ImportId) -> Result<bool> {
    let file = file::get(tx, desk.code, id)?;
    if file.state().step().is_none() || !is_stuck(tx, &file)? {
        return Ok(false);
    }
    file.check_kept()?;
    begin(tx, stamp, desk, id)?;
    Ok(true)
}

/// Whether a step is under way and the job that was to do it has failed or is gone.
pub fn is_stuck(tx: &mut Tx<'_>, file: &File) -> Result<bool> {
    if file.state().step().is_none() {
        return Ok(false);
    }
    let Some(job) = file.job else { return Ok(true) };
    Ok(thao_jobs::find(tx, job)?.is_none_or(|job| job.ended_at.is_some()))
}

fn begin(tx: &mut Tx<'_>, stamp: &Stamp, desk: &Desk, id: ImportId) -> Result<()> {
    let file = file::get(tx, desk.code, id)?;
    if file.state() == State::Planning || !step::finish_small(tx, stamp, desk, id)? {
        job::enqueue(tx, stamp, desk, &file)?;
    }
    Ok(())
}

fn add(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    desk: &Desk,
    incoming: &Incoming,
    received: &Received,
) -> Result<ImportId> {
    if received.rows.is_empty() {
        return Err(SheetError::Empty.into());
    }
    let id: ImportId = stamp.id();
    let new = NewFile {
        id,
        kind: desk.code,
        name: incoming.name.clone(),
        content: incoming.bytes.clone(),
        unit: incoming.unit,
        options: incoming.options.clone(),
        about: received.about.clone(),
        rows: i32::try_from(received.rows.len()).map_err(Error::internal)?,
    };
    file::add(tx, stamp, &new)?;
    Ok(id)
}

/// Told how many rows of how many a step has been through.
pub type Watch<'w> = &'w (dyn Fn(usize, usize) + Sync);

/// Keeps a file and works its rows out, here, chunk by chunk.
pub async fn plan_here(
    db: &Db,
    stamp: &Stamp,
    desk: &'static Desk,
    incoming: Incoming,
    received: &Received,
    watch: Watch<'_>,
) -> Result<ImportId> {
    let (own, kept) = (stamp.clone(), received.clone());
    let id = db.write(move |tx| add(tx, &own, desk, &incoming, &kept)).await?;
    let all = received.rows.len();
    for from in (0..all).step_by(step::PLAN_CHUNK) {
        let to = all.min(from + step::PLAN_CHUNK);
        let (rows, own) = (received.rows.clone(), stamp.clone());
        db.write(move |tx| {
            let file = file::get(tx, desk.code, id)?;
            let rows: &[Drafted] = rows.get(from..to).unwrap_or_default();
            step::plan(tx, desk, &file, rows, local_date(own.at))
        })
        .await?;
        watch(to, all);
    }
    let own = stamp.clone();
    db.write(move |tx| {
        let file = file::get(tx, desk.code, id)?;
        step::end_plan(tx, &own, &file)
    })
    .await?;
    Ok(id)
}

/// Does what a file announces, here, chunk by chunk; goes on where an earlier run stopped.
pub async fn apply_here(
    db: &Db,
    stamp: &Stamp,
    desk: &'static Desk,
    id: ImportId,
    watch: Watch<'_>,
) -> Result<()> {
    let own = stamp.clone();
    let all = db
        .write(move |tx| {
            let file = file::get(tx, desk.code, id)?;
            file.check_kept()?;
            if file.state() == State::Ready {
                file::enter(tx, id, State::Applying, own.at)?;
            }
            Ok(row::counts(tx, id)?.waiting())
        })
        .await?;
    let all = usize::try_from(all).map_err(Error::internal)?;
    let mut done = 0;
    loop {
        let gone = apply_chunk(db, stamp, desk, id).await?;
        if gone == 0 {
            return Ok(());
        }
        done += gone;
        watch(done, all);
    }
}

/// Does the next chunk of a file that was confirmed; how many rows, 0 at the end.
pub async fn apply_chunk(
    db: &Db,
    stamp: &Stamp,
    desk: &'static Desk,
    id: ImportId,
) -> Result<usize> {
    let own = stamp.clone();
    db.write(move |tx| {
        let file = file::get(tx, desk.code, id)?;
        match file.state() {
            State::Applying => step::apply(tx, &own, desk, &file),
            _ => Ok(0),
        }
    })
    .await
}
