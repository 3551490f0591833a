//! Ids in a path: one that is no id names nothing that exists.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;
use thao_base::Error;
use thao_web::{App, Fault};

/// The ids in a path, or 404.
pub(crate) struct At<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<At<T>, Fault> {
        let found = Path::<T>::from_request_parts(parts, app).await;
        found.map(|Path(ids)| At(ids)).map_err(|_| Error::not_found().into())
    }
}
