//! What a form sent: fields and files, checked against forgery and limits before a handler sees
//! them.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::{HeaderMap, header};
use bytes::Bytes;
use thao_base::{Error, Kind, Result, SubmissionId};

use crate::app::{App, Credential};
use crate::ask::{Ask, credential};
use crate::fault::Fault;
use crate::secret;

/// A form without files may weigh this much.
const PLAIN_LIMIT: usize = 512 * 1024;

/// Fields in the order they were sent; a name may come more than once.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
    /// Made with the form: the same form is carried out once.
    pub form_id: Option<SubmissionId>,
}

/// A file as it came.
#[derive(Debug, Clone)]
pub struct Upload {
    pub field: String,
    pub name: String,
    pub bytes: Bytes,
}

impl Sent {
    /// The text of a field, trimmed; empty when it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
    }

    /// The text of a field that holds something.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.text(name)).filter(|text| !text.is_empty())
    }

    /// All values of a field: checkboxes, selections.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The field read as something else: an id, a number.
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.some(name)?.parse().ok()
    }

    /// All fields in order.
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// A file that holds something.
    pub fn file(&self, field: &str) -> Option<&Upload> {
        self.files.iter().find(|file| file.field == field && !file.bytes.is_empty())
    }
}

impl FromRequest<App> for Sent {
    type Rejection = Fault;

    async fn from_request(request: Request, app: &App) -> Result<Sent, Fault> {
        let headers = request.headers().clone();
        same_site(&headers)?;
        let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        let mut sent = if kind.starts_with("multipart/form-data") {
            // Nothing large is held for somebody who may not send it.
            let (mut head, body) = request.into_parts();
            let ask = Ask::from_request_parts(&mut head, app).await?;
            ask.read(|_, _| Ok(())).await?;
            let most = match ask.credential {
                Credential::Nothing => PLAIN_LIMIT,
                _ => app.site.upload_limit,
            };
            parts(Request::from_parts(head, body), app, most).await?
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            plain(request.into_body()).await?
        } else {
            return Err(Error::invalid("web.error.not_a_form").into());
        };
        if let Credential::Session(hash) = credential(&headers)
            && !secret::same(sent.text("csrf"), &secret::csrf(&hash))
        {
            return Err(Error::new(Kind::Forbidden, "web.error.stale_form").into());
        }
        sent.form_id = sent.parse("form_id");
        Ok(sent)
    }
}

/// A browser says where a form comes from; another site's is refused.
fn same_site(headers: &HeaderMap) -> Result<()> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return match site {
            "same-origin" | "none" => Ok(()),
            _ => Err(Error::new(Kind::Forbidden, "web.error.other_site")),
        };
    }
    // Browsers on plain HTTP say only this; `null` (a sandboxed frame) is no origin of ours.
    let host = text("host").unwrap_or_default();
    match text("origin") {
        Some(origin) if origin.split_once("://").is_none_or(|(_, from)| from != host) => {
            Err(Error::new(Kind::Forbidden, "web.error.other_site"))
        }
        _ => Ok(()),
    }
}

async fn plain(body: Body) -> Result<Sent, Fault> {
    let bytes = to_bytes(body, PLAIN_LIMIT)
        .await
        .map_err(|e| Error::new(Kind::TooLarge, "web.error.form_too_large").because(e))?;
    Ok(Sent { fields: pairs(&bytes), ..Sent::default() })
}

/// Reads `a=1&b=2` with percent signs and pluses.
pub fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    bytes
        .split(|b| *b == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |b| *b == b'=');
            let mut half = || unescape(halves.next().unwrap_or_default());
            (half(), half())
        })
        .collect()
}

fn unescape(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, after @ ..]) => {
                match (char::from(*high).to_digit(16), char::from(*low).to_digit(16)) {
                    (Some(high), Some(low)) => {
                        out.push(u8::try_from(high * 16 + low).unwrap_or_default());
                        rest = after;
                    }
                    _ => out.push(b'%'),
                }
            }
            (other, _) => out.push(*other),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

async fn parts(request: Request, app: &App, most: usize) -> Result<Sent, Fault> {
    let bad = |e: axum::extract::multipart::MultipartError| {
        Error::new(Kind::TooLarge, "web.error.upload_broken").because(e)
    };
    let mut left = most;
    let mut sent = Sent::default();
    let mut parts = Multipart::from_request(request, app)
        .await
        .map_err(|e| Error::invalid("web.error.not_a_form").because(e.to_string()))?;
    while let Some(mut part) = parts.next_field().await.map_err(bad)? {
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(bad)? {
            left = left.checked_sub(chunk.len()).ok_or_else(|| {
                Error::new(Kind::TooLarge, "web.error.file_too_large").with("most", most >> 20)
            })?;
            bytes.extend_from_slice(&chunk);
        }
        match file {
            Some(name) => sent.files.push(Upload { field, name, bytes: bytes.into() }),
            None => sent.fields.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(sent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_read_as_browsers_write_them() {
        let found = pairs("a=Nguy%E1%BB%85n+V%C4%83n&b=&tick=1&tick=2&c=100%25&d=%zz".as_bytes());
        let sent = Sent { fields: found, ..Sent::default() };
        assert_eq!(sent.text("a"), "Nguyễn Văn");
        assert_eq!(sent.some("b"), None);
        assert_eq!(sent.all("tick").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(sent.text("c"), "100%");
        assert_eq!(sent.text("d"), "%zz");
    }
}
