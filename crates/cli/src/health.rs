//! `/healthz`: the program runs. `/readyz`: it can also read its database.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use thao_base::args;
use thao_web::{Ask, Need, Pages, Reply};

pub(crate) fn pages() -> Pages {
    Pages::new().get("/healthz", Need::Public, alive).get("/readyz", Need::Public, ready)
}

async fn alive() -> Reply {
    Ok((StatusCode::OK, "ok\n").into_response())
}

async fn ready(ask: Ask) -> Reply {
    ask.app.db.read(|tx| tx.value::<i64>("SELECT COUNT(*) FROM node", args![])).await?;
    Ok((StatusCode::OK, "ready\n").into_response())
}
