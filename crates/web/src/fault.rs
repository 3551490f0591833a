//! What a handler answers when it cannot: the error travels with the response and is put into
//! the asker's words by [`tell`], once, at the boundary, where it is also logged.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use thao_base::{Error, Kind, Lang};

use crate::access::Actor;
use crate::app::App;
use crate::ask;
use crate::page::{Chrome, Page};

/// What handlers return.
pub type Reply = Result<Response, Fault>;

/// An error on its way to a person.
#[derive(Debug)]
pub struct Fault(Error);

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault(error)
    }
}

impl Fault {
    pub fn error(&self) -> &Error {
        &self.0
    }
}

#[derive(Clone)]
struct Told(Arc<Error>);

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = status(self.0.kind()).into_response();
        response.extensions_mut().insert(Told(Arc::new(self.0)));
        response
    }
}

pub fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::SignIn => StatusCode::UNAUTHORIZED,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Layer: turns an error into a page, or into JSON under `/api`.
pub async fn tell(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let route = request.uri().path().to_owned();
    let is_get = request.method() == axum::http::Method::GET;
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let Some(Told(error)) = response.extensions().get::<Told>().cloned() else {
        return response;
    };
    match error.kind() {
        // Never the query nor the values of the words: they may hold a name, a login, a code.
        Kind::Internal | Kind::Unavailable => {
            let cause = std::error::Error::source(&*error).map(ToString::to_string);
            tracing::error!(key = error.key(), cause, route, "request failed");
        }
        kind => tracing::debug!(?kind, key = error.key(), route, "request refused"),
    }
    let lang = ask::lang(&headers).unwrap_or_default();
    if path.starts_with("/api/") {
        return json(&error, lang);
    }
    if error.kind() == Kind::SignIn && is_get {
        let had_session = ask::cookie(&headers, ask::SESSION_COOKIE).is_some();
        return sign_in(&path, had_session);
    }
    page(&app, &headers, &path, lang, &error)
}

fn sign_in(path: &str, had_session: bool) -> Response {
    let back: String = path
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    let ended = if had_session { "&ended=1" } else { "" };
    Redirect::to(&format!("/sign-in?back={back}{ended}")).into_response()
}

fn json(error: &Error, lang: Lang) -> Response {
    let body = serde_json::json!({
        "error": {
            "code": error.key(),
            "field": error.field_name(),
            "message": error.words(lang),
        }
    });
    (status(error.kind()), axum::Json(body)).into_response()
}

fn page(app: &App, headers: &HeaderMap, path: &str, lang: Lang, error: &Error) -> Response {
    let request_id =
        headers.get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    let title = lang.t(match error.kind() {
        Kind::NotFound => "web.fault.not_found",
        Kind::Forbidden | Kind::SignIn => "web.fault.forbidden",
        Kind::Invalid | Kind::TooLarge => "web.fault.invalid",
        Kind::Conflict => "web.fault.conflict",
        Kind::TooMany => "web.fault.too_many",
        Kind::Unavailable => "web.fault.unavailable",
        Kind::Internal => "web.fault.internal",
    });
    let mut chrome = Chrome::new(lang, path);
    if let crate::app::Credential::Session(hash) = ask::credential(headers) {
        chrome.csrf = Some(crate::secret::csrf(&hash));
    }
    let _ = (app, Actor::nobody);
    let back = html! {
        p { (error.words(lang)) }
        p { a.button.button-quiet href="/" { (lang.t("web.fault.home")) } }
        @if !request_id.is_empty() && matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
            p.quiet { (lang.t("web.fault.request")) " " code { (request_id) } }
        }
    };
    let body = Page::new(&chrome, title).narrow().body(back);
    let mut response = (status(error.kind()), body).into_response();
    if error.kind() == Kind::TooMany {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    response
}
