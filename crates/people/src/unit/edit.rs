//! Changes of the tree by hand: a new unit below another, a new name from a day on.

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Error, Result, RowId, Stamp, Tx, UnitId, text};
use thao_record::register;

use super::{
    NewUnit, Place, UNIT_NAME, UnitKind, add_many, find_by_code, list_children, list_names, place,
    settle,
};

impl UnitKind {
    /// What can stand below a unit of this kind. Provinces and communes come from the official
    /// list, never by hand.
    pub fn below(self) -> &'static [UnitKind] {
        use UnitKind as K;
        match self {
            K::Province => &[K::Agency, K::School, K::Enterprise, K::Centre],
            K::Commune => &[K::Village, K::Agency, K::School, K::Enterprise, K::Centre],
            K::Agency => &[K::Agency, K::School, K::Centre],
            K::Village | K::School | K::Enterprise | K::Centre => &[],
        }
    }
}

/// Adds a unit below another and settles the tree.
///
/// # Errors
/// 404 when there is no such upper unit; [`thao_base::Kind::Invalid`] with the field when the
/// name is missing or taken by a sister, the kind cannot stand there, or the code is taken.
pub fn add_below(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    parent: UnitId,
    kind: UnitKind,
    name: &str,
    code: Option<&str>,
) -> Result<UnitId> {
    let above = place(tx, parent)?;
    let allowed = above.kind().map_or(&[][..], UnitKind::below);
    if !allowed.contains(&kind) {
        return Err(Error::invalid("people.error.unit_kind")
            .with("name", &above.name)
            .field("kind"));
    }
    let name = named(tx, &above, None, name)?;
    if let Some(code) = code
        && let Some(holder) = find_by_code(tx, code)?
    {
        return Err(Error::invalid("people.error.unit_code")
            .with("code", code)
            .with("name", holder.name)
            .field("code"));
    }
    let id = stamp.id();
    let unit = NewUnit {
        id,
        kind,
        form: None,
        name,
        code: code.map(str::to_owned),
        aliases: Vec::new(),
        parent: Some(parent),
        valid_from: stamp.today(),
    };
    add_many(tx, stamp, &[unit])?;
    settle(tx, stamp.today())?;
    Ok(id)
}

/// A name a unit bears from a day on.
#[derive(Debug, Clone)]
pub struct NewName {
    pub name: String,
    pub from: Date,
}

/// Gives a unit another name from a day on, and settles the tree. From the day the present name
/// began, it is a correction of that name.
///
/// # Errors
/// [`thao_base::Kind::Invalid`] with the field when the name is missing or a sister's, or the day
/// lies ahead or before the present name.
pub fn rename(tx: &mut Tx<'_>, stamp: &Stamp, unit: UnitId, new: &NewName) -> Result<()> {
    let here = place(tx, unit)?;
    let name = match here.parent {
        Some(parent) => {
            let above = place(tx, parent)?;
            named(tx, &above, Some(unit), &new.name)?
        }
        None => spelled(&new.name)?,
    };
    let today = stamp.today();
    if today < new.from {
        return Err(Error::invalid("people.error.name_ahead").field("from"));
    }
    let names = list_names(tx, unit)?;
    let present = names.iter().find(|n| n.valid_to.is_none());
    match present {
        Some(present) if new.from < present.valid_from => {
            return Err(Error::invalid("people.error.name_before")
                .with("name", &present.name)
                .with("day", thao_base::Lang::default().date(present.valid_from))
                .field("from"));
        }
        Some(present) if new.from == present.valid_from => {
            let values = [("name", Arg::Text(&name))];
            register::update(tx, stamp, &UNIT_NAME, present.id, None, &values)?;
        }
        Some(present) if present.name == name => {}
        other => {
            if let Some(present) = other {
                let values = [("valid_to", new.from.arg())];
                register::update(tx, stamp, &UNIT_NAME, present.id, None, &values)?;
            }
            let values = [
                ("unit_id", unit.arg()),
                ("name", Arg::Text(&name)),
                ("valid_from", new.from.arg()),
            ];
            register::insert(tx, stamp, &UNIT_NAME, stamp.id::<RowId>(), None, &values)?;
        }
    }
    settle(tx, today)
}

/// The name as it is kept; refused when it is none, or a sister bears it.
fn named(tx: &mut Tx<'_>, above: &Place, own: Option<UnitId>, name: &str) -> Result<String> {
    let name = spelled(name)?;
    let key = text::same_spelling(&name);
    let sisters = list_children(tx, above.unit)?;
    let taken = sisters.iter().find(|s| Some(s.unit) != own && text::same_spelling(&s.name) == key);
    match taken {
        None => Ok(name),
        Some(sister) => Err(Error::invalid("people.error.unit_name_taken")
            .with("name", &sister.name)
            .with("above", &above.name)
            .field("name")),
    }
}

fn spelled(name: &str) -> Result<String> {
    const MOST: usize = 200;
    let name = text::tidy(name);
    if text::fold(&name).is_empty() || MOST < name.chars().count() {
        return Err(Error::invalid("people.error.unit_name").field("name"));
    }
    Ok(name)
}
