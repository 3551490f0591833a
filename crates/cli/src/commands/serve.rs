//! `thao serve`: the server, until it is told to stop.

use clap::{Arg, Command};
use thao_base::config::Config;
use thao_base::{Clock, Entropy, Error, Kind, Lang, Result};
use thao_web::{App, Parts, Site};
use tokio::net::TcpListener;
use tokio::sync::Notify;

use crate::{open, router, terminal};

pub(super) fn command(lang: Lang) -> Command {
    Command::new("serve").about(lang.t("cli.help.serve")).arg(
        Arg::new("listen").long("listen").value_name("HOST:PORT").help(lang.t("cli.help.listen")),
    )
}

pub(super) async fn run(lang: Lang, config: &Config) -> Result<()> {
    open::logs(config);
    let (clock, entropy) = (Clock::system(), Entropy::system());
    let db = open::database(config, &clock, &entropy).await?;
    let demo = open::is_demo(&db).await?;
    let pages = router::pages();
    let app = App::new(Parts {
        db,
        clock,
        entropy,
        site: Site {
            public_url: config.public_url.clone(),
            upload_limit: config.upload_limit_mb as usize * 1024 * 1024,
            trust_proxy: config.trust_proxy,
            session_days: config.session_days,
            import_days: config.import_days,
            export_rows: config.export_rows as usize,
            class_size: config.class_size,
            demo,
        },
        load_actor: thao_people::session::load_actor,
        nav: pages.navigation().to_vec(),
        home: pages.home_parts().to_vec(),
        written: Notify::new(),
        kept: thao_web::Kept::default(),
    });
    let listener = TcpListener::bind(&config.listen).await.map_err(|e| {
        Error::new(Kind::Unavailable, "cli.serve.cannot_listen")
            .with("listen", &config.listen)
            .because(e)
    })?;
    let address = listener.local_addr()?;
    let (stop, stopping) = tokio::sync::watch::channel(false);
    let work = open::background(&app, stopping.clone());
    let service =
        thao_web::shell::shell(pages.into_router().merge(thao_web::assets::routes()), app.clone());
    welcome(lang, &format!("http://{address}"), demo);
    let service = service.into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async move {
            asked_to_stop().await;
            tracing::info!("stopping: open requests are finished first");
            let _ = stop.send(true);
        })
        .await?;
    work.finish().await;
    tracing::info!("stopped");
    Ok(())
}

fn welcome(lang: Lang, url: &str, demo: bool) {
    let url = url.replace("0.0.0.0", "localhost").replace("127.0.0.1", "localhost");
    terminal::say(&lang.f("cli.serve.open", &[("url", &url)]));
    if demo {
        terminal::say(&crate::demo::sign_in_words(lang));
    }
    terminal::say(lang.t("cli.serve.stop"));
}

/// Ctrl-C, or the service manager's request.
async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
