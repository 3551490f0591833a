//! `POST /api/statements`: appends a JSON array of statements, at most [`MOST`] at once.
//!
//! Idempotent: ids are made by the caller, a batch sent again answers the same. All or nothing.

use axum::Json;
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde::Deserialize;
use thao_api::Call;
use thao_base::{ActivityId, Error, Kind, PersonId, RowId, StatementId, UnitId};
use thao_web::{Action, Need, Pages, Reply, Resource, check};

use crate::statement::{Draft, Verb, append};

const ACTION: Action = Action::AppendStatements;
/// Statements in one call.
pub const MOST: usize = 1000;

pub fn pages() -> Pages {
    Pages::new().post("/api/statements", Need::Can(ACTION), add)
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    id: StatementId,
    verb: String,
    person: Option<PersonId>,
    unit: UnitId,
    activity: Option<ActivityId>,
    context: Option<RowId>,
    success: Option<bool>,
    /// 0 to 1 of the whole.
    score: Option<f64>,
    at: Timestamp,
    voids: Option<StatementId>,
    detail: Option<serde_json::Value>,
}

async fn add(call: Call<Vec<Sent>>) -> Reply {
    if MOST < call.body.len() {
        return Err(Error::new(Kind::TooLarge, "record.error.batch").with("most", MOST).into());
    }
    let drafts = call.body.into_iter().map(draft).collect::<thao_base::Result<Vec<Draft>>>()?;
    let done = call
        .ask
        .write("record.act.append", move |tx, actor, stamp| {
            // Any unit may be in the batch: only who answers for all of them appends.
            check(actor, ACTION, ACTION, Resource::Everything, stamp.today())?;
            append(tx, stamp, &drafts)
        })
        .await?;
    let body = serde_json::json!({ "new": done.it.new, "known": done.it.known });
    Ok(Json(body).into_response())
}

fn draft(sent: Sent) -> thao_base::Result<Draft> {
    let verb = Verb::from_code(&sent.verb).ok_or_else(|| {
        Error::invalid("record.error.verb").with("found", &sent.verb).field("verb")
    })?;
    let score = match sent.score {
        Some(score) if (0.0..=1.0).contains(&score) => Some((score * 1000.0).round() as i32),
        Some(_) => {
            return Err(Error::invalid("record.error.score").with("id", sent.id).field("score"));
        }
        None => None,
    };
    Ok(Draft {
        id: sent.id,
        verb,
        person: sent.person,
        unit: sent.unit,
        activity: sent.activity,
        context: sent.context,
        success: sent.success,
        score,
        at: thao_base::clock::whole_micros(sent.at),
        voids: sent.voids,
        detail: None,
        raw: sent.detail,
    })
}
