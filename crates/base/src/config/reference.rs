//! The page about all settings, out of the same table that reads them.

use std::fmt::Write as _;

use super::settings::SETTINGS;
use crate::Lang;

/// The text of docs/configuration.md: every setting with its default and what it is for.
pub fn reference(lang: Lang) -> String {
    let mut out =
        format!("# {}\n\n{}\n\n", lang.t("base.config.title"), lang.t("base.config.intro"));
    let (key, default, about) = (
        lang.t("base.config.column_key"),
        lang.t("base.config.column_default"),
        lang.t("base.config.column_about"),
    );
    let _ = write!(out, "| {key} | {default} | {about} |\n| --- | --- | --- |\n");
    for setting in SETTINGS {
        let default = setting.default.map_or_else(|| "–".to_owned(), |text| format!("`{text}`"));
        let _ = writeln!(out, "| `{}` | {default} | {} |", setting.key, lang.t(setting.about));
    }
    let _ = write!(out, "\n{}\n\n```toml\n", lang.t("base.config.example"));
    for setting in SETTINGS {
        let _ = writeln!(out, "{} = {}", setting.key, setting.example);
    }
    out.push_str("```\n");
    out
}
