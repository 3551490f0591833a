//! The cast of tests: a small province with its people, and a client that speaks HTTP.
//!
//! ```no_run
//! # use thao_cast::{app, cast, Who};
//! # async fn test(pages: fn() -> thao_web::Pages) {
//! for db in thao_testkit::databases().await {
//!     let world = thao_testkit::world();
//!     let cast = cast(&db, &world).await;
//!     let app = app(&db, pages(), &world);
//!     let manager = cast.client(&app, Who::CommuneManager);
//!     let page = manager.get("/people").await;
//!     assert_eq!(page.status, 200);
//!     assert_eq!(page.css("h1"), ["Con người"]);
//! }
//! # }
//! ```
//!
//! A development dependency only. Ids are fixed and sort before those a test makes. Its failures
//! are panics with a sentence, because a test that cannot run must fail.
#![expect(clippy::panic, reason = "a test that cannot be set up fails where it stands")]

mod answer;
mod app;
mod client;
mod members;
mod units;

pub use answer::Answer;
pub use app::{app, app_at, site};
pub use client::Client;
pub use members::{Member, PASSWORD, Who};
pub use units::Units;

use axum::Router;
use thao_base::{Db, Entropy, PersonId, Stamp, UnitId};
use thao_testkit::World;

/// Everything was made on this morning, before any test begins.
const MADE: &str = "2026-01-05T01:00:00Z";

/// The province and its people.
#[derive(Debug, Clone)]
pub struct Cast {
    pub units: Units,
    members: Vec<Member>,
}

impl Cast {
    /// One of the people.
    pub fn member(&self, who: Who) -> &Member {
        match self.members.iter().find(|member| member.who == who) {
            Some(member) => member,
            None => panic!("{who:?} has no part in the cast"),
        }
    }

    pub fn members(&self) -> &[Member] {
        &self.members
    }

    pub fn person(&self, who: Who) -> PersonId {
        self.member(who).person
    }

    /// Commune 1, where most of the cast is: "Xã Hòa Bình".
    pub fn commune(&self) -> UnitId {
        let [first, ..] = self.units.communes;
        first
    }

    /// Commune 2, where the others are: "Xã Đồng Mẫu".
    pub fn other_commune(&self) -> UnitId {
        let [_, second, _] = self.units.communes;
        second
    }

    /// A browser in which `who` is signed in.
    pub fn client(&self, app: &Router, who: Who) -> Client {
        Client::signed_in(app, &self.member(who).token)
    }

    /// An act of `who`, now: for store functions called without a page.
    pub fn stamp(&self, world: &World, who: Who, act: &'static str) -> Stamp {
        let member = self.member(who);
        Stamp { account: Some(member.account), person: Some(member.person), ..world.stamp(act) }
    }
}

/// Makes the cast in a fresh, migrated database.
pub async fn cast(db: &Db, world: &World) -> Cast {
    let now = world.now();
    let made = match MADE.parse() {
        Ok(made) => made,
        Err(e) => panic!("{MADE} is no instant: {e}"),
    };
    let done = db
        .write(move |tx| {
            // Inside, so that a transaction that runs twice makes the same.
            let entropy = Entropy::seeded(1);
            let stamp = Stamp::program("people.act.set_up", made, entropy);
            thao_record::node::ensure(tx, &stamp, "Máy chủ thử")?;
            let units = units::add(tx, &stamp, now)?;
            let members = members::add(tx, &stamp, &units, now)?;
            Ok(Cast { units, members })
        })
        .await;
    match done {
        Ok(cast) => cast,
        Err(e) => panic!("the cast cannot be made: {e}"),
    }
}

/// A fixed id: `no` is all that tells it from the others.
fn fixed<T: thao_base::Id>(no: u8) -> T {
    const MADE_MILLIS: u64 = 1_767_574_800_000;
    let random = [0, 0, 0, 0, 0, 0, 0, 0, 0, no];
    T::from_uuid(uuid::Builder::from_unix_timestamp_millis(MADE_MILLIS, &random).into_uuid())
}

#[cfg(test)]
mod tests;
