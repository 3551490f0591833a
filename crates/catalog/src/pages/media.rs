//! `/catalog/media/{course}/{name}?v={hash}`: a picture, film or caption file, whole or in part.
//!
//! Films are sought by ranges (RFC 9110, section 14); a file named with its hash is kept by the
//! browser for ever.

use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use thao_base::{Error, Result};
use thao_web::{Ask, Reply};

use crate::media::{self, Facts};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    v: Option<String>,
}

pub(super) async fn serve(
    ask: Ask,
    Path((course, name)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Reply {
    let seen = ask
        .read(move |tx, _| {
            let facts = media::find(tx, &course, &name)?.ok_or_else(Error::not_found)?;
            let part = wanted(&headers, &facts);
            let bytes = match part {
                Part::Known | Part::Outside => Vec::new(),
                Part::Range(from, to) => media::bytes(tx, &course, &name, from, to - from + 1)?,
                Part::Whole => media::bytes(tx, &course, &name, 0, facts.length)?,
            };
            Ok((facts, part, bytes))
        })
        .await?;
    let (facts, part, bytes) = seen.it;
    let named = asked.v.as_ref() == Some(&facts.hash);
    Ok(response(&facts, part, bytes, named)?)
}

/// What of a file is asked for; ranges with both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Range(i64, i64),
    /// The browser has it already.
    Known,
    /// A range that lies behind the end.
    Outside,
}

fn wanted(headers: &HeaderMap, facts: &Facts) -> Part {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let etag = etag(facts);
    if text(header::IF_NONE_MATCH).is_some_and(|known| known == "*" || known.contains(&etag)) {
        return Part::Known;
    }
    match text(header::RANGE) {
        // A range of what the file was before is no range of what it is now.
        Some(_) if text(header::IF_RANGE).is_some_and(|known| known != etag) => Part::Whole,
        Some(range) => read_range(range, facts.length),
        None => Part::Whole,
    }
}

/// One range of bytes; several at once, or what is no range, get the whole file.
fn read_range(range: &str, length: i64) -> Part {
    let ends = range.strip_prefix("bytes=").and_then(|ends| ends.trim().split_once('-'));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let Some((from, to)) = ends.filter(|(from, to)| digits(from) && digits(to)) else {
        return Part::Whole;
    };
    match (from.parse::<i64>(), to.parse::<i64>()) {
        (Ok(from), _) if length <= from => Part::Outside,
        (Ok(from), Ok(to)) if from <= to => Part::Range(from, to.min(length - 1)),
        (Ok(from), Err(_)) if to.is_empty() => Part::Range(from, length - 1),
        // The last bytes.
        (Err(_), Ok(last)) if from.is_empty() => match last {
            0 => Part::Outside,
            last => Part::Range((length - last).max(0), length - 1),
        },
        _ => Part::Whole,
    }
}

fn etag(facts: &Facts) -> String {
    format!("\"{}\"", facts.hash)
}

fn response(facts: &Facts, part: Part, bytes: Vec<u8>, named: bool) -> Result<Response> {
    let keep = match named {
        true => "public, max-age=31536000, immutable",
        false => "public, no-cache",
    };
    let value = |text: &str| HeaderValue::from_str(text).map_err(Error::internal);
    let (status, range) = match part {
        Part::Whole => (StatusCode::OK, None),
        Part::Known => (StatusCode::NOT_MODIFIED, None),
        Part::Range(from, to) => {
            let range = format!("bytes {from}-{to}/{}", facts.length);
            (StatusCode::PARTIAL_CONTENT, Some(range))
        }
        Part::Outside => {
            (StatusCode::RANGE_NOT_SATISFIABLE, Some(format!("bytes */{}", facts.length)))
        }
    };
    let mut response = (status, bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, value(&facts.mime)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::ETAG, value(&etag(facts))?);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(range) = range {
        headers.insert(header::CONTENT_RANGE, value(&range)?);
    }
    Ok(response)
}

#[cfg(test)]
mod tests;
