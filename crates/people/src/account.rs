//! Accounts: how a person signs in. Passwords are kept as Argon2id hashes; activation codes and
//! sessions only as hashes.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use jiff::{SignedDuration, Timestamp};
use thao_base::db::{Arg, ToArg};
use thao_base::{
    AccountId, Entropy, Error, Kind, Lang, PersonId, Result, SlipId, Stamp, Tx, args, row, sql,
    text,
};
use thao_record::{Col, Noun, register};
use thao_web::{Credential, secret};

use crate::session;

const SQL: &str = include_str!("account.sql");
/// How long an activation slip is good for.
pub const SLIP_DAYS: i64 = 14;
/// The shortest password taken (NIST SP 800-63B asks for 8).
pub const PASSWORD_LEAST: usize = 8;
const PASSWORD_MOST: usize = 256;
/// A hash no password has, as slow to try as any other.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub const ACCOUNT: Noun = Noun {
    table: "account",
    columns: &[
        Col::open("person_id"),
        Col::personal("login"),
        Col::secret("password_hash"),
        Col::open("lang"),
        Col::open("made_at"),
        Col::open("closed_at"),
    ],
};

row! {
    #[derive(Debug, Clone)]
    pub struct Account {
        pub id: AccountId,
        pub person: PersonId,
        pub login: String,
        pub password_hash: Option<String>,
        pub lang: String,
        pub closed_at: Option<Timestamp>,
    }
}

/// Makes an account; it opens with an activation slip or with [`set_password`].
///
/// # Errors
/// [`Kind::Conflict`] when the login is taken.
pub fn add(tx: &mut Tx<'_>, stamp: &Stamp, person: PersonId, login: &str) -> Result<AccountId> {
    let id: AccountId = stamp.id();
    let login = login.trim().to_lowercase();
    if find_by_login(tx, &login)?.is_some() {
        return Err(Error::conflict("people.error.login_taken")
            .with("login", login)
            .field("login"));
    }
    register::insert(
        tx,
        stamp,
        &ACCOUNT,
        id,
        Some(person),
        &[
            ("person_id", person.arg()),
            ("login", Arg::Text(&login)),
            ("lang", Arg::Text("vi")),
            ("made_at", Arg::Time(stamp.at)),
        ],
    )?;
    Ok(id)
}

/// A login made of the name: given name, then initials, then a number when it is taken:
/// `Nguyễn Văn An` → `annv`, `annv2`.
pub fn free_login(tx: &mut Tx<'_>, full_name: &str) -> Result<String> {
    let folded = text::fold(full_name);
    let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    let mut stem = words.pop().unwrap_or("nguoi").to_owned();
    stem.extend(words.iter().filter_map(|word| word.chars().next()));
    stem.retain(|c| c.is_ascii_alphanumeric());
    if stem.is_empty() {
        stem.push_str("nguoi");
    }
    let taken: Vec<String> = tx.values(sql!(SQL, "logins_like"), args![format!("{stem}%")])?;
    let free = |login: &String| !taken.contains(login);
    if free(&stem) {
        return Ok(stem);
    }
    let mut numbered = (2..).map(|n: u32| format!("{stem}{n}"));
    numbered.find(free).ok_or_else(|| Error::internal("no login is free"))
}

pub fn get(tx: &mut Tx<'_>, id: AccountId) -> Result<Account> {
    tx.find(sql!(SQL, "get"), args![id])?.ok_or_else(Error::not_found)
}

pub fn find_by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<Account>> {
    tx.find(sql!(SQL, "by_login"), args![login.trim().to_lowercase()])
}

/// The open accounts of a person, oldest first.
pub fn list_of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Account>> {
    tx.list(sql!(SQL, "of_person"), args![person])
}

/// The Argon2id hash of a password (RFC 9106, the library's recommended cost: 19 MiB, 2 passes).
/// Slow on purpose: make it before the transaction.
///
/// # Errors
/// [`Kind::Invalid`] when it is too short, too long, or the login itself.
pub fn hash_password(login: &str, password: &str, entropy: &Entropy) -> Result<String> {
    let length = password.chars().count();
    if length < PASSWORD_LEAST {
        return Err(Error::invalid("people.error.password_short")
            .with("least", PASSWORD_LEAST)
            .field("password"));
    }
    if PASSWORD_MOST < length || password.eq_ignore_ascii_case(login) {
        return Err(Error::invalid("people.error.password_login").field("password"));
    }
    hash_unchecked(password, entropy)
}

/// [`hash_password`] without its rules: demo accounts. Vietnamese letters are composed first:
/// keyboards send them either way.
pub fn hash_unchecked(password: &str, entropy: &Entropy) -> Result<String> {
    let hash = Argon2::default()
        .hash_password_with_salt(text::nfc(password).as_bytes(), &entropy.bytes::<16>())
        .map_err(|e| Error::internal(e.to_string()))?;
    Ok(hash.to_string())
}

/// Whether a password fits. A missing hash costs the same time as a wrong password.
pub fn verify_password(hash: Option<&str>, password: &str) -> bool {
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    let typed = text::nfc(password);
    let fits = Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok();
    fits && hash.is_some()
}

/// Sets a password by its hash, ends all sessions and voids open slips and access tokens.
pub fn set_password(tx: &mut Tx<'_>, stamp: &Stamp, id: AccountId, hash: &str) -> Result<()> {
    let account = get(tx, id)?;
    let values = [("password_hash", Arg::Text(hash))];
    register::update(tx, stamp, &ACCOUNT, id, Some(account.person), &values)?;
    tx.exec(sql!(SQL, "end_sessions"), args![id])?;
    tx.exec(sql!(SQL, "void_slips"), args![id, stamp.at])?;
    tx.exec(sql!(SQL, "void_tokens"), args![id, stamp.at])?;
    Ok(())
}

/// Sets a password its owner chose: open slips are void, sessions elsewhere end, the one of
/// `credential` goes on.
pub fn change_password(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    id: AccountId,
    hash: &str,
    credential: &Credential,
) -> Result<()> {
    let account = get(tx, id)?;
    let values = [("password_hash", Arg::Text(hash))];
    register::update(tx, stamp, &ACCOUNT, id, Some(account.person), &values)?;
    session::end_others(tx, id, credential)?;
    tx.exec(sql!(SQL, "void_slips"), args![id, stamp.at])?;
    tx.exec(sql!(SQL, "void_tokens"), args![id, stamp.at])?;
    Ok(())
}

/// The language of an account's pages, where no other was chosen in the browser.
pub fn set_lang(tx: &mut Tx<'_>, stamp: &Stamp, id: AccountId, lang: Lang) -> Result<bool> {
    let account = get(tx, id)?;
    let values = [("lang", Arg::Text(lang.code()))];
    register::update(tx, stamp, &ACCOUNT, id, Some(account.person), &values)
}

/// The instant from which a slip made at `at` is no longer good.
pub fn slip_expiry(at: Timestamp) -> Result<Timestamp> {
    at.checked_add(SignedDuration::from_hours(24 * SLIP_DAYS)).map_err(Error::internal)
}

/// Makes an activation slip; earlier ones of the account are void. The code is shown once:
/// ten characters without those that look alike.
pub fn add_slip(tx: &mut Tx<'_>, stamp: &Stamp, account: AccountId) -> Result<String> {
    const LETTERS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    let code: String = stamp
        .entropy
        .bytes::<10>()
        .iter()
        .filter_map(|byte| LETTERS.get(usize::from(*byte) % LETTERS.len()))
        .map(|letter| char::from(*letter))
        .collect();
    tx.exec(sql!(SQL, "void_slips"), args![account, stamp.at])?;
    let expires = slip_expiry(stamp.at)?;
    let id: SlipId = stamp.id();
    let hash = secret::hash(&code);
    tx.exec(sql!(SQL, "add_slip"), args![id, account, hash, stamp.at, expires])?;
    Ok(code)
}

/// Until when each account of a person has an open slip: `(account, expires)`.
pub fn list_open_slips(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<(AccountId, Timestamp)>> {
    tx.list(sql!(SQL, "open_slips"), args![person, now])
}

row! {
    /// An activation slip that is still good.
    #[derive(Debug, Clone)]
    pub struct Slip { pub id: SlipId, pub account: AccountId, pub login: String, pub name: String }
}

/// The slip a code belongs to; spaces, dashes and small letters are forgiven.
///
/// # Errors
/// [`Kind::Invalid`] when there is none, or it was used, made void or has run out.
pub fn open_slip(tx: &mut Tx<'_>, code: &str, now: Timestamp) -> Result<Slip> {
    let code: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    let hash = secret::hash(&code);
    tx.find(sql!(SQL, "open_slip"), args![hash, now])?
        .ok_or_else(|| Error::new(Kind::Invalid, "people.error.slip").field("code"))
}

/// Uses a slip up: the account has its password now.
pub fn use_slip(tx: &mut Tx<'_>, stamp: &Stamp, slip: &Slip, password_hash: &str) -> Result<()> {
    tx.exec(sql!(SQL, "use_slip"), args![slip.id, stamp.at])?;
    set_password(tx, stamp, slip.account, password_hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_s_hash_costs_what_every_hash_costs() {
        let real = hash_unchecked("x", &Entropy::seeded(1)).unwrap();
        let real = PasswordHash::new(&real).unwrap();
        let nobody = PasswordHash::new(NOBODY).unwrap();
        assert_eq!(nobody.algorithm, real.algorithm);
        assert_eq!(nobody.version, real.version);
        assert_eq!(nobody.params, real.params);
        assert_eq!(nobody.hash.unwrap().as_bytes().len(), real.hash.unwrap().as_bytes().len());
    }
}
