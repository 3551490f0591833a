//! Sessions, and how a cookie or a token becomes an actor.

use jiff::{SignedDuration, Timestamp};
use thao_base::{AccountId, Entropy, Error, Lang, PersonId, Result, TokenId, Tx, args, row, sql};
use thao_web::{Actor, Credential, secret};

use crate::appointment;

const SQL: &str = include_str!("session.sql");

/// Starts a session; the token goes into the cookie and is kept nowhere.
pub fn start(
    tx: &mut Tx<'_>,
    account: AccountId,
    now: Timestamp,
    days: u32,
    entropy: &Entropy,
) -> Result<String> {
    let token = secret::token(entropy);
    let expires = now
        .checked_add(SignedDuration::from_hours(24 * i64::from(days)))
        .map_err(Error::internal)?;
    tx.exec(sql!(SQL, "add"), args![secret::hash(&token), account, now, now, expires])?;
    Ok(token)
}

/// Ends the session of a cookie; nothing for anything else.
pub fn end(tx: &mut Tx<'_>, credential: &Credential) -> Result<()> {
    if let Credential::Session(hash) = credential {
        tx.exec(sql!(SQL, "end"), args![hash])?;
    }
    Ok(())
}

/// Adds an access token by its hash, for another program that speaks for an account.
pub fn add_token(
    tx: &mut Tx<'_>,
    id: TokenId,
    hash: &[u8; 32],
    account: AccountId,
    name: &str,
    now: Timestamp,
    expires: Option<Timestamp>,
) -> Result<()> {
    tx.exec(sql!(SQL, "add_token"), args![id, hash, account, name, now, expires])?;
    Ok(())
}

/// Forgets sessions that have run out.
pub fn forget_expired(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64> {
    tx.exec(sql!(SQL, "forget_expired"), args![now])
}

/// Ends all sessions of an account but the one of `credential`; how many there were.
pub fn end_others(tx: &mut Tx<'_>, account: AccountId, credential: &Credential) -> Result<u64> {
    match credential {
        Credential::Session(hash) => tx.exec(sql!(SQL, "end_others"), args![account, hash]),
        Credential::Nothing | Credential::Token(_) => tx.exec(sql!(SQL, "end_all"), args![account]),
    }
}

row! {
    /// A session as its owner sees it.
    #[derive(Debug, Clone)]
    pub struct Session { pub made_at: Timestamp, pub expires_at: Timestamp, pub here: bool }
}

/// The sessions of an account that go on, newest first; `here` is the one of `credential`.
pub fn list_of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    credential: &Credential,
    now: Timestamp,
) -> Result<Vec<Session>> {
    let hash = match credential {
        Credential::Session(hash) => Some(hash),
        Credential::Nothing | Credential::Token(_) => None,
    };
    tx.list(sql!(SQL, "of_account"), args![account, now, hash])
}

row! {
    struct Known { account: AccountId, person: PersonId, name: String, lang: String }
}

/// The actor behind a credential: [`thao_web::app::LoadActor`].
pub fn load_actor(
    tx: &mut Tx<'_>,
    credential: &Credential,
    now: Timestamp,
) -> Result<Option<Actor>> {
    let known: Option<Known> = match credential {
        Credential::Nothing => None,
        Credential::Session(hash) => tx.find(sql!(SQL, "of_session"), args![hash, now])?,
        Credential::Token(hash) => tx.find(sql!(SQL, "of_token"), args![hash, now])?,
    };
    let Some(known) = known else { return Ok(None) };
    Ok(Some(Actor {
        account: Some(known.account),
        person: Some(known.person),
        name: known.name,
        lang: Lang::from_code(&known.lang).unwrap_or_default(),
        appointments: appointment::list_of_person(tx, known.person)?,
    }))
}
