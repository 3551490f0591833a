//! The list of routes: each names its method, its path and what one must be allowed to do.
//!
//! The need is declared once, here, and enforced wherever a handler opens a transaction through
//! [`crate::Ask`]; the sweep over every route × role reads the same list.

use axum::Router;
use axum::extract::Extension;
use axum::handler::Handler;
use axum::routing::{get, post};

use jiff::Timestamp;
use jiff::civil::Date;
use maud::Markup;
use thao_base::{Lang, Result, Tx};

use crate::access::{Action, Actor};
use crate::app::{App, Nav};

/// What a route asks of whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: sign-in, activation, the public page of a class.
    Public,
    /// To be signed in.
    SignedIn,
    /// To be allowed this in some unit; the handler checks the unit itself.
    Can(Action),
}

/// A route as the sweeps see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    pub need: Need,
}

/// What a part of the main page is given.
#[derive(Debug, Clone)]
pub struct HomeContext {
    pub lang: Lang,
    pub now: Timestamp,
    pub today: Date,
    /// Seats of a class that is suggested.
    pub class_size: u32,
    /// The token for forms on the main page.
    pub csrf: Option<String>,
}

/// A part of the main page, `/`: a context shows the actor what is next for them, or nothing.
/// Parts stand in the order of their number, the most urgent lowest.
pub type HomePart = fn(&mut Tx<'_>, &HomeContext, &Actor) -> Result<Option<(i32, Markup)>>;

/// The pages (or calls) of one context.
#[derive(Default)]
pub struct Pages {
    router: Router<App>,
    routes: Vec<Route>,
    nav: Vec<Nav>,
    home: Vec<HomePart>,
}

impl Pages {
    pub fn new() -> Pages {
        Pages::default()
    }

    #[must_use]
    pub fn get<H, T>(mut self, path: &'static str, need: Need, handler: H) -> Pages
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.router = self.router.route(path, get(handler).layer(Extension(need)));
        self.routes.push(Route { method: "GET", path, need });
        self
    }

    #[must_use]
    pub fn post<H, T>(mut self, path: &'static str, need: Need, handler: H) -> Pages
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.router = self.router.route(path, post(handler).layer(Extension(need)));
        self.routes.push(Route { method: "POST", path, need });
        self
    }

    /// A place in the navigation.
    #[must_use]
    pub fn nav(mut self, nav: Nav) -> Pages {
        self.nav.push(nav);
        self
    }

    /// A part of the main page.
    #[must_use]
    pub fn home(mut self, part: HomePart) -> Pages {
        self.home.push(part);
        self
    }

    /// Both lists in one.
    #[must_use]
    pub fn and(mut self, other: Pages) -> Pages {
        self.router = self.router.merge(other.router);
        self.routes.extend(other.routes);
        self.nav.extend(other.nav);
        self.home.extend(other.home);
        self
    }

    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    pub fn navigation(&self) -> &[Nav] {
        &self.nav
    }

    pub fn home_parts(&self) -> &[HomePart] {
        &self.home
    }

    pub fn into_router(self) -> Router<App> {
        self.router
    }
}
