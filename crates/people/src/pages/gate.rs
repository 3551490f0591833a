//! What stands before passwords and codes: the count of wrong tries, and turns at the slow hash.

use std::sync::Arc;

use jiff::Timestamp;
use thao_base::{AccountId, Entropy, Error, Result};
use tokio::sync::Semaphore;

use super::kit::Address;
use crate::account;
use crate::tries::{Key, MOST_BY_ADDRESS, MOST_BY_NAME, Tries, Try};

/// Shared by all pages that take a password or a code.
#[derive(Clone)]
pub(crate) struct Gate(Arc<Inner>);

struct Inner {
    tries: Tries,
    /// Each hash takes 19 MiB and a core for a while: as many at once as there are cores.
    turns: Semaphore,
}

impl Default for Gate {
    fn default() -> Gate {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Gate(Arc::new(Inner { tries: Tries::default(), turns: Semaphore::new(cores) }))
    }
}

/// What is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tried<'a> {
    Login(&'a str),
    /// The code of an activation slip.
    Code(&'a str),
    /// The password of who is signed in already.
    Own(AccountId),
}

impl Tried<'_> {
    /// Whoever knows a login could shut its owner out if wrong tries from anywhere counted for it:
    /// a login and a code are counted together with the address they are tried from. One's own
    /// password is only tried by who is signed in.
    fn key(self, from: &Address) -> Key {
        let address = from.0.as_deref().unwrap_or_default();
        match self {
            Tried::Login(login) => Key::new("login", &format!("{address} {login}")),
            Tried::Code(code) => Key::new("code", &format!("{address} {code}")),
            Tried::Own(account) => Key::new("account", &account.to_string()),
        }
    }
}

impl Gate {
    /// Begins a try from an address.
    ///
    /// # Errors
    /// [`thao_base::Kind::TooMany`] after too many wrong ones.
    pub(crate) fn begin(&self, tried: Tried<'_>, from: &Address, now: Timestamp) -> Result<Try> {
        let mut keys = vec![(tried.key(from), MOST_BY_NAME)];
        if let Some(address) = &from.0 {
            keys.push((Key::new("address", address), MOST_BY_ADDRESS));
        }
        self.0.tries.begin(&keys, now)
    }

    /// The try was right.
    pub(crate) fn give_back(&self, right: &Try) {
        self.0.tries.give_back(right);
    }

    /// Whether a password fits a hash; no hash takes as long as a wrong password.
    pub(crate) async fn verify(&self, hash: Option<String>, password: &str) -> Result<bool> {
        let password = password.to_owned();
        self.slowly(move || Ok(account::verify_password(hash.as_deref(), &password))).await
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// [`thao_base::Kind::Invalid`] with the field when it breaks a rule.
    pub(crate) async fn hash(
        &self,
        login: &str,
        password: &str,
        entropy: &Entropy,
    ) -> Result<String> {
        let (login, password, entropy) = (login.to_owned(), password.to_owned(), entropy.clone());
        self.slowly(move || account::hash_password(&login, &password, &entropy)).await
    }

    async fn slowly<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _turn = self.0.turns.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}
