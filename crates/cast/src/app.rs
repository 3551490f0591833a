//! The pages of a context as a whole service: everything that stands around routes is there.

use axum::Router;
use thao_base::Db;
use thao_testkit::World;
use thao_web::app::Parts;
use thao_web::{App, Pages, Site, language, page, shell};
use tokio::sync::Notify;

/// The settings of tests.
pub fn site() -> Site {
    Site {
        public_url: None,
        upload_limit: 8 * 1024 * 1024,
        trust_proxy: false,
        session_days: 30,
        import_days: 90,
        export_rows: 200_000,
        class_size: 40,
        demo: false,
    }
}

/// The service made of `pages` and, where it is not among them, the choice of language; actors
/// are known as in the program.
pub fn app(db: &Db, pages: Pages, world: &World) -> Router {
    app_at(db, pages, world, site())
}

/// [`app`] with other settings.
pub fn app_at(db: &Db, pages: Pages, world: &World, site: Site) -> Router {
    let whole = pages.routes().iter().any(|route| route.path == page::LANGUAGE_PATH);
    let pages = if whole { pages } else { pages.and(language::pages()) };
    let parts = Parts {
        db: db.clone(),
        clock: world.clock.clone(),
        entropy: world.entropy.clone(),
        site,
        load_actor: thao_people::session::load_actor,
        nav: pages.navigation().to_vec(),
        home: pages.home_parts().to_vec(),
        written: Notify::new(),
        kept: thao_web::Kept::default(),
    };
    shell::shell(pages.into_router(), App::new(parts))
}
