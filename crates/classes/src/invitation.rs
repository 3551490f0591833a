//! What goes into a village's chat group: a text, a link, and the link as a picture.

use axum::http::{HeaderMap, header};
use maud::{Markup, html};
use qrcode::{Color, EcLevel, QrCode};
use thao_base::{Error, Lang, Result};
use thao_web::Site;

use crate::class::Class;
use crate::schedule::Evening;
use crate::words;

/// How many evenings a text names; more would be read by nobody.
const NAMED: usize = 5;

/// The public address of a class: the configured one, else the one this request came by.
pub fn link(site: &Site, headers: &HeaderMap, code: &str) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    match &site.public_url {
        Some(url) => format!("{}/c/{code}", url.trim_end_matches('/')),
        None => format!("http://{host}/c/{code}"),
    }
}

/// The text to paste.
pub fn text(lang: Lang, class: &Class, evenings: &[Evening], link: &str) -> String {
    let mut lines = vec![
        lang.f("classes.invitation.text.call", &[("place", &class.place_words())]),
        lang.f("classes.invitation.text.class", &[("title", &class.title)]),
    ];
    match evenings {
        [one] => lines
            .push(lang.f("classes.invitation.text.time", &[("time", &words::when(lang, *one))])),
        many => {
            lines.push(lang.t("classes.invitation.text.times").to_owned());
            lines.extend(
                many.iter().take(NAMED).map(|evening| format!("– {}", words::when(lang, *evening))),
            );
            if NAMED < many.len() {
                lines.push(lang.f("classes.invitation.text.more", &[("n", &(many.len() - NAMED))]));
            }
        }
    }
    lines.push(lang.f("classes.invitation.text.venue", &[("venue", &class.venue)]));
    if let Some(bring) = &class.bring {
        lines.push(lang.f("classes.invitation.text.bring", &[("bring", bring)]));
    }
    lines.push(lang.f("classes.invitation.text.link", &[("link", &link)]));
    lines.join("\n")
}

/// A link as a QR code, drawn as one path.
///
/// # Errors
/// A defect: no address of ours is too long for one.
pub fn picture(lang: Lang, link: &str) -> Result<Markup> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(link, EcLevel::M).map_err(Error::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (i, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (i % width + QUIET, i / width + QUIET);
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    let side = width + 2 * QUIET;
    Ok(html! {
        svg viewBox={ "0 0 " (side) " " (side) } width="240" height="240" role="img"
            aria-label=(lang.t("classes.invitation.qr")) shape-rendering="crispEdges"
        {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(public_url: Option<&str>) -> Site {
        Site {
            public_url: public_url.map(str::to_owned),
            upload_limit: 1,
            trust_proxy: false,
            session_days: 1,
            import_days: 90,
            export_rows: 1,
            class_size: 40,
            demo: false,
        }
    }

    #[test]
    fn the_link_is_the_one_people_can_reach() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "192.168.1.5:8080".parse().unwrap());
        assert_eq!(link(&site(None), &headers, "ab2"), "http://192.168.1.5:8080/c/ab2");
        let public = site(Some("https://hoc.example.vn/"));
        assert_eq!(link(&public, &headers, "ab2"), "https://hoc.example.vn/c/ab2");
    }

    #[test]
    fn a_picture_is_square_and_has_its_three_corners() {
        let drawn = picture(Lang::Vi, "http://localhost/c/k7m2xq").unwrap().into_string();
        // The top left corner of three finder patterns, inside a quiet zone of four.
        for corner in ["M4 4h1v1h-1z", "M10 4h1v1h-1z", "M4 10h1v1h-1z"] {
            assert!(drawn.contains(corner), "{corner}");
        }
        assert!(!drawn.contains("M3 "));
    }
}
