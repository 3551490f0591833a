//! Activation slips on paper: who, where, login, code, until when, and a picture to scan.

use axum::http::HeaderMap;
use jiff::Timestamp;
use maud::{Markup, PreEscaped, html};
use qrcode::{Color, EcLevel, QrCode};
use thao_base::{Error, Lang, Result};
use thao_web::Site;
use thao_web::components::{Slip, slips};

use super::kit::{escape, origin};

/// What one slip says. The code is known only while it is made: it is kept as a hash.
#[derive(Debug, Clone)]
pub struct ActivationSlip {
    pub name: String,
    pub unit: String,
    pub login: String,
    /// Ten letters and digits, as `account::add_slip` gives them.
    pub code: String,
    pub expires: Timestamp,
    /// Where the code is typed or scanned to: see [`activation_url`].
    pub url: String,
}

/// The address a slip's picture holds: of the program as it is reached from outside, or as this
/// request reached it.
pub fn activation_url(site: &Site, headers: &HeaderMap, code: &str) -> String {
    format!("{}/activate?code={}", origin(site, headers), escape(code))
}

/// Slips to print and cut, eight on an A4 page.
///
/// # Errors
/// A defect when an address does not fit into a picture.
pub fn slip_sheet(lang: Lang, all: &[ActivationSlip]) -> Result<Markup> {
    let mut out = Vec::with_capacity(all.len());
    for slip in all {
        let (site, _) = slip.url.split_once('?').unwrap_or((&slip.url, ""));
        let words = html! {
            p.quiet { (slip.unit) }
            p { (lang.t("people.field.login")) ": " b { (slip.login) } }
            p { (lang.t("people.activate.code")) ": " br; span.code { (spaced(&slip.code)) } }
            p { (lang.f("people.slip.how", &[("address", &site)])) }
            p.quiet { (lang.f("people.slip.until", &[("day", &lang.instant(slip.expires))])) }
        };
        out.push(Slip::new(slip.name.clone(), words).picture(picture(lang, &slip.url)?));
    }
    Ok(slips(out))
}

/// A code in two halves, easier to read and to type.
fn spaced(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, second)) => format!("{first} {second}"),
        None => code.to_owned(),
    }
}

/// A QR code as one path, dark on white whatever the colours of the page.
fn picture(lang: Lang, text: &str) -> Result<Markup> {
    const MARGIN: usize = 2;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                let length = run.len();
                path.push_str(&format!("M{} {}h{length}v1h-{length}z", x + MARGIN, y + MARGIN));
            }
            x += run.len();
        }
    }
    let size = width + 2 * MARGIN;
    let view = format!("0 0 {size} {size}");
    Ok(html! {
        svg viewBox=(view) role="img" aria-label=(lang.t("people.slip.picture")) shape-rendering="crispEdges" {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(PreEscaped(path)) fill="#000" {}
        }
    })
}

#[cfg(test)]
mod tests {
    use scraper::{Html, Selector};

    use super::*;

    fn site(public_url: Option<&str>) -> Site {
        Site {
            public_url: public_url.map(str::to_owned),
            upload_limit: 0,
            trust_proxy: false,
            session_days: 30,
            import_days: 90,
            export_rows: 1,
            class_size: 40,
            demo: false,
        }
    }

    #[test]
    fn the_address_is_the_public_one_or_the_one_asked() {
        let mut headers = HeaderMap::new();
        headers.insert("host", "10.0.0.2:8080".parse().unwrap());
        let url = activation_url(&site(None), &headers, "ABCDE");
        assert_eq!(url, "http://10.0.0.2:8080/activate?code=ABCDE");
        let url = activation_url(&site(Some("https://hoc.example/")), &headers, "ABCDE");
        assert_eq!(url, "https://hoc.example/activate?code=ABCDE");
    }

    #[test]
    fn a_slip_says_who_and_how_and_its_picture_has_the_modules_of_the_code() {
        let url = "http://localhost/activate?code=ABCDEFGHJK";
        let slip = ActivationSlip {
            name: "Nguyễn Văn An".into(),
            unit: "Xã Hòa Bình".into(),
            login: "an".into(),
            code: "ABCDEFGHJK".into(),
            expires: "2026-12-04T01:30:00Z".parse().unwrap(),
            url: url.into(),
        };
        let sheet = slip_sheet(Lang::Vi, &[slip]).unwrap().into_string();
        let page = Html::parse_fragment(&sheet);
        let text = |selector: &str| -> String {
            let selector = Selector::parse(selector).unwrap();
            page.select(&selector).flat_map(|found| found.text()).collect()
        };
        assert_eq!(text("h2"), "Nguyễn Văn An");
        assert_eq!(text(".code"), "ABCDE FGHJK");
        assert!(text(".slip").contains("08:30 04/12/2026"), "{}", text(".slip"));
        assert!(text(".slip").contains("http://localhost/activate"));

        // What is drawn is the code, module by module.
        let selector = Selector::parse("path").unwrap();
        let path = page.select(&selector).next().unwrap().attr("d").unwrap();
        let code = QrCode::with_error_correction_level(url, EcLevel::M).unwrap();
        let dark = code.to_colors().iter().filter(|c| **c == Color::Dark).count();
        let drawn: usize = path
            .split('M')
            .skip(1)
            .map(|run| run.split(['h', 'v']).nth(1).unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn, dark);
    }
}
