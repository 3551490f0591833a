//! What every handler is given: the database, the clock, the settings, and how actors are known.

use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;
use thao_base::{Clock, Db, Entropy, Result, Stamp, Tx};
use tokio::sync::Notify;

use crate::access::{Action, Actor};
use crate::components::Icon;
use crate::kept::Kept;
use crate::routes::HomePart;

/// A handle to the running program; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

pub struct Parts {
    pub db: Db,
    pub clock: Clock,
    pub entropy: Entropy,
    pub site: Site,
    /// How a session or a token becomes an actor. The people context gives it.
    pub load_actor: LoadActor,
    /// All places of the navigation, in order.
    pub nav: Vec<Nav>,
    /// What the main page is made of.
    pub home: Vec<HomePart>,
    /// Told after every write, so that readings follow at once.
    pub written: Notify,
    /// Parts of pages that many ask for.
    pub kept: Kept,
}

pub type LoadActor = fn(&mut Tx<'_>, &Credential, Timestamp) -> Result<Option<Actor>>;

/// The settings pages need.
#[derive(Debug, Clone)]
pub struct Site {
    /// How the program is reached from outside, without a slash at the end.
    pub public_url: Option<String>,
    /// The most a form with files may weigh, in bytes.
    pub upload_limit: usize,
    /// Whether a proxy in front says who asks (`X-Forwarded-For`).
    pub trust_proxy: bool,
    pub session_days: u32,
    /// Days after which the rows of an imported file are cleared of what names people.
    pub import_days: u32,
    /// The most rows of one file that is downloaded.
    pub export_rows: usize,
    /// Seats of a class that is suggested.
    pub class_size: u32,
    /// Demo data is labelled on every page.
    pub demo: bool,
}

impl Site {
    /// Cookies go over TLS only.
    pub fn secure(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// What a request shows to be known by. Only hashes leave the extractor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    Nothing,
    /// The hash of a session cookie.
    Session([u8; 32]),
    /// The hash of an API token.
    Token([u8; 32]),
}

/// A place in the navigation, shown to those who may act there.
#[derive(Debug, Clone, Copy)]
pub struct Nav {
    pub href: &'static str,
    pub key: &'static str,
    pub icon: Icon,
    pub action: Action,
}

impl App {
    pub fn new(parts: Parts) -> App {
        App(Arc::new(parts))
    }

    /// The circumstances of an act of `actor`, now.
    pub fn stamp(&self, act: &'static str, actor: &Actor) -> Stamp {
        Stamp {
            at: self.clock.now(),
            act,
            account: actor.account,
            person: actor.person,
            entropy: self.entropy.clone(),
        }
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
