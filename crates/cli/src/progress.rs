//! A bar for work one waits for; silent when nobody watches (a script, a log file).

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of `total` steps under `words`.
pub(crate) fn bar(words: &str, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total);
    if let Ok(style) =
        ProgressStyle::with_template("{msg:32} [{bar:30}] {human_pos}/{human_len} {elapsed}")
    {
        bar.set_style(style.progress_chars("█▌ "));
    }
    bar.set_message(words.to_owned());
    bar
}

/// For work whose length is not known before.
pub(crate) fn spinner(words: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg:32} {human_pos} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(words.to_owned());
    bar
}
