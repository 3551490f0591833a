//! Tables as a file that is downloaded.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use thao_base::{Error, Result};
use thao_sheet::Table;

/// An answer with a workbook of these tables.
pub(crate) async fn xlsx(name: &str, tables: Vec<Table>, made_at: Timestamp) -> Result<Response> {
    let written = tokio::task::spawn_blocking(move || thao_sheet::write(&tables, made_at)).await;
    let bytes = written.map_err(Error::internal)??;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}
