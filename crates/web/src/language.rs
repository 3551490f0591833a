//! The choice of language: a cookie, so that it holds before anybody signs in.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use thao_base::{Error, Lang};

use crate::fault::Reply;
use crate::routes::{Need, Pages};
use crate::sent::Sent;
use crate::{LANG_COOKIE, page};

pub fn pages() -> Pages {
    Pages::new().post(page::LANGUAGE_PATH, Need::Public, choose)
}

async fn choose(sent: Sent) -> Reply {
    let lang = Lang::from_code(sent.text("lang"))
        .ok_or_else(|| Error::invalid("web.error.language").with("found", sent.text("lang")))?;
    Ok(to(lang, inside(sent.text("back"))))
}

/// A path of this program; anything else leads home.
pub fn inside(path: &str) -> &str {
    let ours = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if ours && !path.bytes().any(|b| b.is_ascii_control()) { path } else { "/" }
}

fn to(lang: Lang, back: &str) -> Response {
    let mut response = Redirect::to(back).into_response();
    let cookie = format!("{LANG_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax", lang.code());
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}
