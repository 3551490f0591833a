//! The settings of one installation: defaults, `thao.toml`, `THAO_*`, the command line, in this
//! order; what comes later wins. Everything is checked before the program starts, and whatever is
//! not known or not right is refused by name. All settings: docs/configuration.md.

mod file;
mod reference;
mod settings;

use std::path::{Path, PathBuf};

pub use self::reference::reference;
use self::settings::{SETTINGS, Setting};
use crate::db::{Place, without_password};
use crate::{Error, Lang, Result};

/// The file that is read when it is there and no other is named.
pub const FILE: &str = "thao.toml";

/// Checked settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The folder that holds the embedded database, backups and files.
    pub data: PathBuf,
    /// `host:port` to listen on.
    pub listen: String,
    /// How the program is reached from outside: scheme and host, no slash at the end.
    pub public_url: Option<String>,
    pub database: Place,
    pub log_format: LogFormat,
    pub log_level: LogLevel,
    /// Days without use after which a person signs in again.
    pub session_days: u32,
    /// Seats of a class that is suggested.
    pub class_size: u32,
    /// The most one sent form may weigh, in MiB.
    pub upload_limit_mb: u32,
    /// Days after which the rows of an imported file are cleared of what names people.
    pub import_days: u32,
    /// The most rows of one file that is downloaded.
    pub export_rows: u32,
    pub province_code: Option<String>,
    pub province_name: Option<String>,
    /// The language of who has not chosen one.
    pub lang: Lang,
    /// Whether `X-Forwarded-For` is believed.
    pub trust_proxy: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    /// The name that log filters know.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Error => "error",
            LogLevel::Warn => "warn",
            LogLevel::Info => "info",
            LogLevel::Debug => "debug",
            LogLevel::Trace => "trace",
        }
    }
}

impl Config {
    /// Reads the settings. `path`: the file named on the command line, which must be there;
    /// without one, [`FILE`] in the current folder is read when there is one. `overrides`: keys
    /// of the file with what the command line says.
    ///
    /// # Errors
    /// The first setting that is unknown or wrong: where it stands, what was found, what fits.
    pub fn load(
        path: Option<&Path>,
        env: impl Iterator<Item = (String, String)>,
        overrides: impl IntoIterator<Item = (&'static str, String)>,
    ) -> Result<Config> {
        let mut found = file::read(path)?;
        found.extend(environment(env)?);
        for (key, text) in overrides {
            let place = format!("--{key}");
            found.push(Found { setting: known(key, &place)?, text, place });
        }
        Draft::default().fill(found)
    }

    /// Whether people come over TLS: cookies and browsers are told to use nothing else.
    pub fn secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// A value somebody gave, and where.
struct Found {
    setting: &'static Setting,
    text: String,
    place: String,
}

/// The settings while they are being read: `None` is not set.
#[derive(Default)]
struct Draft {
    data: Option<PathBuf>,
    listen: Option<String>,
    public_url: Option<String>,
    /// The URL of a PostgreSQL server.
    server: Option<String>,
    connections: Option<usize>,
    log_format: Option<LogFormat>,
    log_level: Option<LogLevel>,
    session_days: Option<u32>,
    class_size: Option<u32>,
    upload_limit_mb: Option<u32>,
    import_days: Option<u32>,
    export_rows: Option<u32>,
    province_code: Option<String>,
    province_name: Option<String>,
    lang: Option<Lang>,
    trust_proxy: Option<bool>,
}

impl Draft {
    fn fill(mut self, found: Vec<Found>) -> Result<Config> {
        for setting in SETTINGS {
            if let Some(text) = setting.default {
                (setting.read)(&mut self, text).ok_or_else(|| missing(setting.key))?;
            }
        }
        for Found { setting, text, place } in found {
            (setting.read)(&mut self, text.trim()).ok_or_else(|| {
                Error::invalid(setting.wrong)
                    .with("place", place)
                    .with("key", setting.key)
                    .with("found", without_password(&text))
            })?;
        }
        let data = self.data.ok_or_else(|| missing("data"))?;
        let database = match self.server {
            Some(url) => Place::Postgres {
                url,
                connections: self.connections.ok_or_else(|| missing("connections"))?,
            },
            None => Place::Sqlite(data.join("thao.db")),
        };
        Ok(Config {
            data,
            listen: self.listen.ok_or_else(|| missing("listen"))?,
            public_url: self.public_url,
            database,
            log_format: self.log_format.ok_or_else(|| missing("log_format"))?,
            log_level: self.log_level.ok_or_else(|| missing("log_level"))?,
            session_days: self.session_days.ok_or_else(|| missing("session_days"))?,
            class_size: self.class_size.ok_or_else(|| missing("class_size"))?,
            upload_limit_mb: self.upload_limit_mb.ok_or_else(|| missing("upload_limit_mb"))?,
            import_days: self.import_days.ok_or_else(|| missing("import_days"))?,
            export_rows: self.export_rows.ok_or_else(|| missing("export_rows"))?,
            province_code: self.province_code,
            province_name: self.province_name,
            lang: self.lang.ok_or_else(|| missing("lang"))?,
            trust_proxy: self.trust_proxy.ok_or_else(|| missing("trust_proxy"))?,
        })
    }
}

/// A default of ours that does not hold; a test reads all of them.
fn missing(key: &'static str) -> Error {
    Error::internal(format!("the setting {key} has no good default"))
}

/// `THAO_LISTEN` is the setting `listen`. An empty value is none, as in a file of a service
/// manager where a line was left open.
fn environment(env: impl Iterator<Item = (String, String)>) -> Result<Vec<Found>> {
    let mut out = Vec::new();
    for (name, text) in env {
        let Some(key) = name.strip_prefix("THAO_") else { continue };
        // Named apart: where the file is, and what only tests read.
        if key == "CONFIG" || key.starts_with("TEST_") || text.trim().is_empty() {
            continue;
        }
        out.push(Found { setting: known(&key.to_lowercase(), &name)?, text, place: name });
    }
    Ok(out)
}

/// The setting of a name, or an error that suggests the one that was probably meant.
fn known(key: &str, place: &str) -> Result<&'static Setting> {
    if let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) {
        return Ok(setting);
    }
    let near = SETTINGS
        .iter()
        .map(|setting| (distance(setting.key, key), setting.key))
        .filter(|(distance, near)| *distance <= 1 + near.len() / 4)
        .min();
    Err(match near {
        Some((_, near)) => Error::invalid("base.config.unknown_near").with("near", near),
        None => Error::invalid("base.config.unknown"),
    }
    .with("place", place)
    .with("key", key))
}

/// How many letters must be changed, added or left out to come from one word to the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (y, up) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(x != *y)).min(left + 1).min(up + 1);
            diagonal = *up;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests;
