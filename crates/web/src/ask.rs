//! One request: who asks, in which language, for what; and the only door to a transaction.

use axum::extract::{Extension, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use thao_base::locale::local_date;
use thao_base::{Error, Kind, Lang, Result, Stamp, SubmissionId, Tx, args, sql};

use crate::access::Actor;
use crate::app::{App, Credential};
use crate::components::Notice;
use crate::fault::Fault;
use crate::page::{Chrome, NavEntry, Who};
use crate::routes::Need;
use crate::secret;
use crate::sent::Sent;

pub const SESSION_COOKIE: &str = "thao_session";
pub const LANG_COOKIE: &str = "thao_lang";
const SQL: &str = include_str!("submission.sql");

/// What a handler is given first.
#[derive(Clone)]
pub struct Ask {
    pub app: App,
    pub need: Need,
    pub credential: Credential,
    /// Path and query.
    pub path: String,
    /// The language asked for by cookie; an account's own comes second.
    chosen: Option<Lang>,
    said: Option<(String, Option<String>)>,
}

/// What a transaction read, and who it was for.
pub struct Seen<T> {
    pub actor: Actor,
    pub it: T,
}

impl FromRequestParts<App> for Ask {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Ask, Fault> {
        let need = Extension::<Need>::from_request_parts(parts, app)
            .await
            .map_err(|e| Error::internal(e.to_string()))?
            .0;
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        Ok(Ask {
            app: app.clone(),
            need,
            credential: match credential(&parts.headers) {
                // A token is for programs: it opens no page.
                Credential::Token(_) if !parts.uri.path().starts_with("/api/") => {
                    Credential::Nothing
                }
                other => other,
            },
            said: said(parts.uri.query().unwrap_or_default()),
            chosen: lang(&parts.headers),
            path,
        })
    }
}

impl Ask {
    /// The local date of the request.
    pub fn today(&self) -> Date {
        local_date(self.app.clock.now())
    }

    pub fn lang(&self, actor: &Actor) -> Lang {
        self.chosen.unwrap_or(actor.lang)
    }

    /// Runs `work` on a snapshot, for an actor who satisfies the route's need.
    ///
    /// # Errors
    /// [`Kind::SignIn`] or [`Kind::Forbidden`] when the need is not met; what `work` returns.
    pub async fn read<T, F>(&self, work: F) -> Result<Seen<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &Actor) -> Result<T> + Send + 'static,
    {
        let ask = self.clone();
        self.app
            .db
            .read(move |tx| {
                let actor = ask.admit(tx)?;
                let it = work(tx, &actor)?;
                Ok(Seen { actor, it })
            })
            .await
    }

    /// Runs `work` in a writing transaction, for an actor who satisfies the route's need.
    pub async fn write<T, F>(&self, act: &'static str, work: F) -> Result<Seen<T>>
    where
        T: Send + 'static,
        F: Fn(&mut Tx<'_>, &Actor, &Stamp) -> Result<T> + Send + 'static,
    {
        let ask = self.clone();
        let seen = self
            .app
            .db
            .write(move |tx| {
                let actor = ask.admit(tx)?;
                let stamp = ask.app.stamp(act, &actor);
                let it = work(tx, &actor, &stamp)?;
                Ok(Seen { actor, it })
            })
            .await?;
        self.app.written.notify_waiters();
        Ok(seen)
    }

    /// Carries out a form once: `work` returns where to go next, and the same form sent again
    /// (a double click, a retry after a lost answer) goes there without doing it again.
    pub async fn submit<F>(&self, act: &'static str, sent: &Sent, work: F) -> Result<Response>
    where
        F: Fn(&mut Tx<'_>, &Actor, &Stamp, &Sent) -> Result<String> + Send + 'static,
    {
        let sent = sent.clone();
        let seen = self
            .write(act, move |tx, actor, stamp| {
                once(tx, stamp, sent.form_id, |tx| work(tx, actor, stamp, &sent))
            })
            .await?;
        Ok(Redirect::to(&seen.it).into_response())
    }

    /// What every page needs of the request.
    pub fn chrome(&self, actor: &Actor) -> Chrome {
        let lang = self.lang(actor);
        let today = self.today();
        let mut chrome = Chrome::new(lang, self.path.clone());
        chrome.demo = self.app.site.demo;
        if let Credential::Session(hash) = &self.credential {
            chrome.csrf = Some(secret::csrf(hash));
        }
        if actor.is_signed_in() {
            let places = self.app.nav.iter().filter(|nav| actor.may_somewhere(nav.action, today));
            chrome.who = Some(Who {
                name: actor.name.clone(),
                nav: places
                    .map(|nav| NavEntry {
                        href: nav.href.into(),
                        words: lang.t(nav.key).into(),
                        icon: nav.icon,
                    })
                    .collect(),
            });
        }
        if let Some((key, n)) = &self.said
            && lang.has(key)
        {
            let n = n.clone().unwrap_or_default();
            chrome.notices.push(Notice::good(lang.f(key, &[("n", &n)])));
        }
        chrome
    }

    /// An id for a form that is about to be shown.
    pub fn form_id(&self) -> String {
        let id: SubmissionId = thao_base::Id::new(self.app.clock.now(), &self.app.entropy);
        id.to_string()
    }

    fn admit(&self, tx: &mut Tx<'_>) -> Result<Actor> {
        let now = self.app.clock.now();
        let known = match self.credential {
            Credential::Nothing => None,
            _ => (self.app.load_actor)(tx, &self.credential, now)?,
        };
        let actor = known.unwrap_or_else(Actor::nobody);
        match self.need {
            Need::Public => Ok(actor),
            _ if !actor.is_signed_in() => Err(Error::new(Kind::SignIn, "web.error.sign_in")),
            Need::SignedIn => Ok(actor),
            Need::Can(action) if actor.may_somewhere(action, local_date(now)) => Ok(actor),
            Need::Can(_) => Err(Error::forbidden()),
        }
    }
}

/// Forgets the forms of before `at`: nobody sends them again.
pub fn forget_forms(tx: &mut Tx<'_>, at: jiff::Timestamp) -> Result<u64> {
    tx.exec(sql!(SQL, "forget_before"), args![at])
}

fn once(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    form: Option<SubmissionId>,
    work: impl FnOnce(&mut Tx<'_>) -> Result<String>,
) -> Result<String> {
    let Some(form) = form else { return work(tx) };
    let before = tx.find::<(String,)>(sql!(SQL, "find"), args![form, stamp.account])?;
    if let Some((location,)) = before {
        return Ok(location);
    }
    let location = work(tx)?;
    tx.exec(sql!(SQL, "add"), args![form, stamp.account, stamp.at, location])?;
    Ok(location)
}

/// The path with `?said=` of a notice: what was done is said on the page one comes to. Only keys
/// with `.notice.` in them are ever shown.
pub fn saying(path: &str, key: &str) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}said={key}")
}

/// [`saying`] with a number for the place `{n}`.
pub fn saying_n(path: &str, key: &str, n: impl std::fmt::Display) -> String {
    format!("{}&n={n}", saying(path, key))
}

fn said(query: &str) -> Option<(String, Option<String>)> {
    let find =
        |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let key = find("said").filter(|key| key.contains(".notice."))?;
    let n = find("n").filter(|n| n.len() <= 12 && n.bytes().all(|b| b.is_ascii_digit()));
    Some((key.to_owned(), n.map(str::to_owned)))
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

pub(crate) fn credential(headers: &HeaderMap) -> Credential {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    match (bearer, cookie(headers, SESSION_COOKIE)) {
        (Some(token), _) => Credential::Token(secret::hash(token.trim())),
        (None, Some(token)) => Credential::Session(secret::hash(token)),
        (None, None) => Credential::Nothing,
    }
}

pub(crate) fn lang(headers: &HeaderMap) -> Option<Lang> {
    cookie(headers, LANG_COOKIE).and_then(Lang::from_code)
}
