//! What is done with a file: decisions, confirming, going on, taking back, removing.

use thao_base::ImportId;
use thao_web::{Ask, Reply, Sent, saying, saying_n};

use super::files::reach_file;
use crate::imports::{self, Came, Decision, Desk, Paths, State, direct};

pub(super) async fn decide(ask: Ask, id: ImportId, sent: Sent, desk: &'static Desk) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit(desk.act, &sent, move |tx, actor, stamp, sent| {
            let file = reach_file(tx, actor, desk, id, today)?;
            let decided: Vec<(i32, Option<Decision>)> = sent
                .fields()
                .iter()
                .filter_map(|(name, value)| {
                    let row = name.strip_prefix("row_")?.parse().ok()?;
                    Some((row, Decision::from_code(value)))
                })
                .collect();
            let n = direct::decide(tx, stamp, desk, &file, &decided)?;
            let path = format!("{}?show=ask", Paths::of(desk.paths.one, id));
            Ok(saying_n(&path, "people.imports.notice.decided", n))
        })
        .await?)
}

pub(super) async fn confirm(ask: Ask, id: ImportId, sent: Sent, desk: &'static Desk) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit(desk.act, &sent, move |tx, actor, stamp, _| {
            reach_file(tx, actor, desk, id, today)?;
            direct::confirm(tx, stamp, desk, id)?;
            let path = Paths::of(desk.paths.one, id);
            Ok(match imports::get(tx, desk.code, id)?.state() {
                State::Applied => {
                    let done = imports::counts(tx, id)?.came(Came::Done);
                    saying_n(&path, "people.imports.notice.applied", done)
                }
                State::Applying => saying(&path, "people.imports.notice.applying"),
                _ => path,
            })
        })
        .await?)
}

pub(super) async fn go_on(ask: Ask, id: ImportId, sent: Sent, desk: &'static Desk) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit(desk.act, &sent, move |tx, actor, stamp, _| {
            reach_file(tx, actor, desk, id, today)?;
            direct::go_on(tx, stamp, desk, id)?;
            Ok(saying(&Paths::of(desk.paths.one, id), "people.imports.notice.going_on"))
        })
        .await?)
}

pub(super) async fn undo(ask: Ask, id: ImportId, sent: Sent, desk: &'static Desk) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit(desk.undo_act, &sent, move |tx, actor, stamp, _| {
            reach_file(tx, actor, desk, id, today)?;
            direct::take_back(tx, stamp, desk, id)?;
            let path = Paths::of(desk.paths.one, id);
            Ok(match imports::get(tx, desk.code, id)?.state() {
                State::Undone => saying(&path, "people.imports.notice.undone"),
                State::Undoing => saying(&path, "people.imports.notice.undoing"),
                _ => path,
            })
        })
        .await?)
}

pub(super) async fn remove(ask: Ask, id: ImportId, sent: Sent, desk: &'static Desk) -> Reply {
    let today = ask.today();
    Ok(ask
        .submit(desk.act, &sent, move |tx, actor, _, _| {
            let file = reach_file(tx, actor, desk, id, today)?;
            imports::forget(tx, &file)?;
            Ok(saying(desk.paths.list, "people.imports.notice.removed"))
        })
        .await?)
}
