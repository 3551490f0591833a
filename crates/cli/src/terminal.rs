//! Words on a terminal: in the language of the person, errors with what to do next.

use std::io::Write;
use std::process::ExitCode;

use thao_base::{Error, Lang};

/// Vietnamese, unless `THAO_LANG` or the terminal's own setting asks for English.
pub(crate) fn lang(env: impl Fn(&str) -> Option<String>) -> Lang {
    ["THAO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(env)
        .find(|value| !value.is_empty() && value != "C.UTF-8" && value != "C" && value != "POSIX")
        .and_then(|value| Lang::from_code(&value))
        .unwrap_or_default()
}

/// A line for the person.
pub(crate) fn say(words: &str) {
    let _ = writeln!(std::io::stdout(), "{words}");
}

/// Says what went wrong; the cause below it, for whoever mends it.
pub(crate) fn fail(lang: Lang, error: &Error) -> ExitCode {
    let mut out = std::io::stderr();
    let _ = writeln!(out, "{} {}", lang.t("cli.error"), error.words(lang));
    if let Some(cause) = std::error::Error::source(error) {
        let _ = writeln!(out, "  {cause}");
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_speaks_vietnamese_unless_asked_for_english() {
        let check = |vars: &[(&str, &str)], expected| {
            let env = |name: &str| {
                vars.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(lang(env), expected, "{vars:?}");
        };
        check(&[], Lang::Vi);
        check(&[("LANG", "C.UTF-8")], Lang::Vi);
        check(&[("LANG", "en_GB.UTF-8")], Lang::En);
        check(&[("LANG", "en_GB.UTF-8"), ("THAO_LANG", "vi")], Lang::Vi);
        check(&[("LANG", "fr_FR.UTF-8")], Lang::Vi);
    }
}
