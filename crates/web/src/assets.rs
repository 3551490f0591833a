//! The files a browser loads: one style sheet, one icon, the scripts; inside the program, with
//! their hash in the address, so that a browser keeps each for ever.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

#[cfg(test)]
mod minify;

/// One file, as the build put it into the program.
struct File {
    name: &'static str,
    hash: &'static str,
    url: &'static str,
    mime: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
}

const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `GET /assets/{hash}/{name}`, open to everybody.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{hash}/{name}", get(serve))
}

/// The address of the style sheet.
pub fn stylesheet_url() -> &'static str {
    url("app.css").unwrap_or("/assets/missing/app.css")
}

/// The address of the icon.
pub fn icon_url() -> &'static str {
    url("icon.svg").unwrap_or("/assets/missing/icon.svg")
}

/// The address of the script; none when the program was built without Node.
pub fn script_url() -> Option<&'static str> {
    url("app.js")
}

/// The address of a file by its name, such as a script of one page.
pub fn url(name: &str) -> Option<&'static str> {
    find(name).map(|file| file.url)
}

/// The style sheet's text, for pages that leave the server as one file.
pub fn stylesheet() -> &'static str {
    find("app.css").and_then(|file| std::str::from_utf8(file.plain).ok()).unwrap_or_default()
}

fn find(name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.name == name)
}

async fn serve(Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    let Some(file) = find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    // A page kept from before an update asks by the old hash: it gets today's file, not kept.
    let keep = if hash == file.hash { "public, max-age=31536000, immutable" } else { "no-store" };
    let head = [
        (CONTENT_TYPE, file.mime),
        (CACHE_CONTROL, keep),
        (VARY, "accept-encoding"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    if takes_gzip(&headers) {
        (head, [(CONTENT_ENCODING, "gzip")], file.gzip).into_response()
    } else {
        (head, file.plain).into_response()
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let listed = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    listed.flat_map(|value| value.split(',')).any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        let name = pieces.next().unwrap_or_default();
        let refused = pieces.any(|p| {
            p.strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).is_some_and(|q| q <= 0.0)
        });
        name.eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use axum::body::Body;
    use axum::http::Request;
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(path: &str, encodings: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = Request::get(path).header(ACCEPT_ENCODING, encodings);
        let response = routes::<()>().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        (head.status, head.headers, body.collect().await.unwrap().to_bytes().to_vec())
    }

    #[tokio::test]
    async fn every_file_is_kept_for_ever_under_its_hash() {
        for file in FILES {
            let (status, headers, body) = ask(file.url, "").await;
            assert_eq!(status, StatusCode::OK, "{}", file.name);
            assert_eq!(headers[CONTENT_TYPE], file.mime);
            assert!(headers[CACHE_CONTROL].to_str().unwrap().contains("immutable"));
            assert_eq!(body, file.plain);
        }
    }

    #[tokio::test]
    async fn who_takes_gzip_gets_the_same_bytes_smaller() {
        let (_, headers, body) = ask(stylesheet_url(), "br, gzip;q=0.8").await;
        assert_eq!(headers[CONTENT_ENCODING], "gzip");
        let mut text = String::new();
        flate2::read::GzDecoder::new(body.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, stylesheet());
        let (_, headers, _) = ask(stylesheet_url(), "gzip;q=0, br").await;
        assert!(!headers.contains_key(CONTENT_ENCODING));
    }

    #[tokio::test]
    async fn an_old_hash_gets_todays_file_but_may_not_keep_it() {
        let (status, headers, _) = ask("/assets/000000000000/app.css", "").await;
        assert_eq!(
            (status, &headers[CACHE_CONTROL]),
            (StatusCode::OK, &"no-store".parse().unwrap())
        );
        assert_eq!(ask("/assets/x/../../etc/passwd", "").await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask("/assets/x/none.css", "").await.0, StatusCode::NOT_FOUND);
    }

    #[test]
    fn the_style_sheet_and_scripts_leave_room_for_a_page_of_forty_kilobytes() {
        let wire: usize = FILES
            .iter()
            .filter(|f| ["app.css", "app.js", "icon.svg"].contains(&f.name))
            .map(|f| f.gzip.len())
            .sum();
        assert!(wire < 24 * 1024, "{wire} bytes on the wire before any page");
    }
}
