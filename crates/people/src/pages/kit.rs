//! Small parts the pages of this context share.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Path};
use axum::http::header::{HOST, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use maud::{Markup, html};
use serde::de::DeserializeOwned;
use thao_base::{Error, Kind, Lang, Result};
use thao_web::components::FieldErrors;
use thao_web::sent::pairs;
use thao_web::{App, Ask, Fault, SESSION_COOKIE, Site};

/// The ids in a path; one that is no id names nothing that exists (404).
pub(crate) struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for At<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<At<T>, Fault> {
        match Path::<T>::from_request_parts(parts, app).await {
            Ok(Path(ids)) => Ok(At(ids)),
            Err(_) => Err(Error::not_found().into()),
        }
    }
}

/// What the address asks for after its question mark; a word that is missing is empty.
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    pub(crate) fn of(ask: &Ask) -> Query {
        let query = ask.path.split_once('?').map_or("", |(_, query)| query);
        Query(pairs(query.as_bytes()))
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.trim())
    }

    pub(crate) fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    pub(crate) fn parse<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.some(name)?.parse().ok()
    }

    /// The address with one word changed and the place in the list left out.
    pub(crate) fn with(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.0.iter().filter(|(n, v)| {
            let fleeting = matches!(n.as_str(), "after" | "before" | "said" | "n" | "as");
            n != name && !fleeting && !v.is_empty()
        });
        let mut words: Vec<String> = kept.map(|(n, v)| format!("{n}={}", escape(v))).collect();
        words.push(format!("{name}={}", escape(value)));
        format!("{path}?{}", words.join("&"))
    }
}

/// A value as it stands in an address.
pub(crate) fn escape(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

/// Where a request comes from, when that is known; of IPv6 the network a household has.
#[derive(Debug, Clone)]
pub(crate) struct Address(pub Option<String>);

impl FromRequestParts<App> for Address {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Address, Fault> {
        let near = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        // The last name in the list is the one our own proxy saw; those before it are hearsay.
        let told = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let told =
            told.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        let address = if app.site.trust_proxy { told.or(near) } else { near };
        Ok(Address(address.map(network)))
    }
}

fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::")
        }
    }
}

/// How the program is reached: the configured address, or the one this request used.
pub(crate) fn origin(site: &Site, headers: &HeaderMap) -> String {
    match &site.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => {
            let host = headers.get(HOST).and_then(|host| host.to_str().ok());
            format!("http://{}", host.unwrap_or("localhost"))
        }
    }
}

/// Sets the cookie of a session.
pub(crate) fn remember(response: &mut Response, token: &str, site: &Site) {
    let secure = if site.secure() { "; Secure" } else { "" };
    let seconds = u64::from(site.session_days) * 24 * 60 * 60;
    set_cookie(
        response,
        &format!(
            "{SESSION_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"
        ),
    );
}

/// Takes a cookie back.
pub(crate) fn forget(response: &mut Response, name: &str) {
    set_cookie(response, &format!("{name}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"));
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, value);
    }
}

/// Takes an error of a field into the form's; any other goes on its way.
pub(crate) fn field_error(errors: &mut FieldErrors, error: Error, lang: Lang) -> Result<()> {
    match (error.kind(), error.field_name()) {
        (Kind::Invalid | Kind::Conflict, Some(field)) => {
            errors.add(field, error.words(lang));
            Ok(())
        }
        _ => Err(error),
    }
}

/// A part of a page under a heading of its own.
pub(crate) fn section(id: &str, heading: &str, body: &Markup) -> Markup {
    html! {
        div.flow id=(id) {
            h2 { (heading) }
            (body)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_version_6_is_its_network() {
        assert_eq!(network("192.0.2.7".parse().unwrap()), "192.0.2.7");
        assert_eq!(network("::ffff:192.0.2.7".parse().unwrap()), "192.0.2.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6".parse().unwrap()), "2001:db8:1:2::");
    }

    #[test]
    fn an_address_keeps_its_filters_and_drops_its_place() {
        let query =
            Query(pairs("q=L%C3%AA+An&kind=staff&after=1&said=a.notice.b&unit=".as_bytes()));
        assert_eq!(query.with("/people", "kind", "pupil"), "/people?q=L%C3%AA%20An&kind=pupil");
        assert_eq!(query.text("q"), "Lê An");
        assert_eq!(query.some("unit"), None);
    }
}
