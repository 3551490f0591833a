//! `thao`: the one program. [`router`] lists every page, [`commands`] what can be typed.

mod archive;
mod commands;
mod content;
mod demo;
mod health;
mod home;
mod open;
mod progress;
mod router;
mod schema;
mod terminal;

use std::process::ExitCode;

pub use router::pages;

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let lang = terminal::lang(|name| std::env::var(name).ok());
    let matches = match commands::command(lang).try_get_matches() {
        Ok(matches) => matches,
        Err(e) => {
            let _ = e.print();
            return ExitCode::from(if e.use_stderr() { 2 } else { 0 });
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => return terminal::fail(lang, &e.into()),
    };
    let done = runtime.block_on(commands::run(lang, &matches));
    // What still sleeps in a thread (a reader, a fold between two facts) holds nothing back.
    runtime.shutdown_timeout(std::time::Duration::from_secs(5));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => terminal::fail(lang, &error),
    }
}
