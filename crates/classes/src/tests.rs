//! The stores of classes on both databases.

use thao_base::{Id, Result, StatementId};

use crate::attendance::{self, Marked};
use crate::registration;
use crate::sheet::Mark;
use crate::world::Scene;

mod attending;
mod classes;
mod registering;

pub(super) fn fixed(no: u128) -> StatementId {
    StatementId::from_uuid(uuid::Uuid::from_u128((0x0193_7000 << 96) | no))
}

pub(super) async fn mark(
    scene: &Scene,
    marks: Vec<Mark>,
    reason: Option<&'static str>,
) -> Result<Marked> {
    let (class, meeting) = scene.loaded().await;
    scene
        .write(move |tx, stamp| {
            let roster = registration::roster(tx, class.id, stamp.today())?;
            attendance::mark(tx, stamp, &class, &meeting, &roster, &marks, reason)
        })
        .await
}

pub(super) async fn scope_of_commune(scene: &Scene) -> thao_web::Scope {
    let hash = thao_web::secret::hash(&scene.cast.member(thao_cast::Who::Organiser).token);
    let (now, today) = (scene.world.now(), scene.stamp().today());
    scene
        .db
        .read(move |tx| {
            let credential = thao_web::Credential::Session(hash);
            let actor = thao_people::session::load_actor(tx, &credential, now)?.unwrap();
            Ok(actor.scope(thao_web::Action::SeeClasses, today))
        })
        .await
        .unwrap()
}
