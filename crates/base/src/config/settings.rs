//! Every setting there is: its name, its default, how it is read, the words about it.

use std::path::PathBuf;

use super::{Draft, LogFormat, LogLevel};
use crate::Lang;

/// One setting. `about` says what it is for, `wrong` what is told when a value does not fit.
pub(super) struct Setting {
    pub(super) key: &'static str,
    pub(super) default: Option<&'static str>,
    pub(super) example: &'static str,
    pub(super) about: &'static str,
    pub(super) wrong: &'static str,
    /// Puts a value into the draft; `None` when it does not fit.
    pub(super) read: fn(&mut Draft, &str) -> Option<()>,
}

macro_rules! settings {
    ($($key:ident, $default:expr, $example:literal, $read:expr;)*) => {
        pub(super) const SETTINGS: &[Setting] = &[$(Setting {
            key: stringify!($key),
            default: $default,
            example: $example,
            about: concat!("base.config.about.", stringify!($key)),
            wrong: concat!("base.config.wrong.", stringify!($key)),
            read: $read,
        }),*];
    };
}

settings! {
    data, Some("data"), "\"/var/lib/thao\"", |draft, text| {
        draft.data = (!text.is_empty()).then(|| PathBuf::from(text));
        draft.data.is_some().then_some(())
    };
    listen, Some("127.0.0.1:8080"), "\"0.0.0.0:8080\"", |draft, text| {
        let (host, port) = text.rsplit_once(':')?;
        port.parse::<u16>().ok()?;
        let named = !host.is_empty() && !host.contains([':', '/', ' ', '[', ']']);
        let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let numbered = bracketed.is_some_and(|host| host.parse::<std::net::Ipv6Addr>().is_ok());
        draft.listen = (named || numbered).then(|| text.to_owned());
        draft.listen.is_some().then_some(())
    };
    public_url, None, "\"https://hoc.example.vn\"", |draft, text| {
        let url = text.trim_end_matches('/');
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let fits = !host.is_empty() && !host.contains(|c: char| "/?#@\\".contains(c) || c.is_whitespace());
        draft.public_url = fits.then(|| url.to_owned());
        fits.then_some(())
    };
    database, Some("sqlite"), "\"postgres://thao@db.example.vn/thao\"", |draft, text| {
        if text == "sqlite" {
            draft.server = None;
            return Some(());
        }
        let is_url = ["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
        let fits = is_url && text.parse::<tokio_postgres::Config>().is_ok();
        draft.server = fits.then(|| text.to_owned());
        fits.then_some(())
    };
    connections, Some("16"), "32", |draft, text| {
        draft.connections = Some(usize::try_from(between(text, 1, 500)?).ok()?);
        Some(())
    };
    log_format, Some("text"), "\"json\"", |draft, text| {
        draft.log_format = Some(match text {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            _ => return None,
        });
        Some(())
    };
    log_level, Some("info"), "\"debug\"", |draft, text| {
        draft.log_level = Some(match text {
            "error" => LogLevel::Error,
            "warn" => LogLevel::Warn,
            "info" => LogLevel::Info,
            "debug" => LogLevel::Debug,
            "trace" => LogLevel::Trace,
            _ => return None,
        });
        Some(())
    };
    session_days, Some("14"), "30", |draft, text| {
        draft.session_days = Some(between(text, 1, 365)?);
        Some(())
    };
    class_size, Some("40"), "35", |draft, text| {
        draft.class_size = Some(between(text, 1, 500)?);
        Some(())
    };
    upload_limit_mb, Some("20"), "50", |draft, text| {
        draft.upload_limit_mb = Some(between(text, 1, 1024)?);
        Some(())
    };
    import_days, Some("90"), "30", |draft, text| {
        draft.import_days = Some(between(text, 1, 3650)?);
        Some(())
    };
    export_rows, Some("200000"), "500000", |draft, text| {
        draft.export_rows = Some(between(text, 1, 1_000_000)?);
        Some(())
    };
    province_code, None, "\"25\"", |draft, text| {
        let fits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        draft.province_code = fits.then(|| text.to_owned());
        fits.then_some(())
    };
    province_name, None, "\"Phú Thọ\"", |draft, text| {
        let fits = !text.is_empty() && text.chars().count() <= 60;
        draft.province_name = fits.then(|| text.to_owned());
        fits.then_some(())
    };
    lang, Some("vi"), "\"en\"", |draft, text| {
        draft.lang = Lang::ALL.into_iter().find(|lang| lang.code() == text);
        draft.lang.map(|_| ())
    };
    trust_proxy, Some("false"), "true", |draft, text| {
        draft.trust_proxy = Some(text.parse().ok()?);
        Some(())
    };
}

fn between(text: &str, least: u32, most: u32) -> Option<u32> {
    text.parse().ok().filter(|number| (least..=most).contains(number))
}
