//! The kit of calls: what every call under `/api` has in common.
//!
//! A call is known by its token, never by a cookie, which a browser sends by itself. Its body is
//! JSON of a bounded size, read strictly; what is wrong with it is said in words. Errors come back
//! as `{"error": {"code", "field", "message"}}` (`web::fault`). This crate must never know a context.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use serde::de::DeserializeOwned;
use thao_base::{Error, Kind};
use thao_web::{App, Ask, Credential, Fault};

/// The most a call may send.
pub const BODY_MOST: usize = 2 * 1024 * 1024;

/// A call with a body: who asks, and what was sent.
pub struct Call<T> {
    pub ask: Ask,
    pub body: T,
}

impl<T: DeserializeOwned> FromRequest<App> for Call<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Call<T>, Fault> {
        let (mut parts, body) = request.into_parts();
        let ask = Ask::from_request_parts(&mut parts, app).await?;
        if !matches!(ask.credential, Credential::Token(_)) {
            return Err(Error::new(Kind::SignIn, "api.error.token").into());
        }
        let bytes = to_bytes(body, BODY_MOST).await.map_err(|e| {
            Error::new(Kind::TooLarge, "api.error.too_large")
                .with("most", BODY_MOST / 1024)
                .because(e)
        })?;
        let body = serde_json::from_slice(&bytes)
            .map_err(|e| Error::invalid("api.error.json").with("why", e))?;
        Ok(Call { ask, body })
    }
}
