//! What was typed into the form of a change, and the change it means.

use std::collections::BTreeSet;

use jiff::civil::Date;
use thao_base::{Error, Result, Tx, UnitId};
use thao_web::components::date_typed;
use thao_web::sent::pairs;
use thao_web::{Action, Actor, Ask, Resource, Sent, may};

use crate::unit;
use crate::unit::change::{Act, ChangeKind, Into, NewChange, NewOne, SplitPart};

/// Parts of a split that the form has room for.
pub(crate) const PARTS: usize = 4;
/// Chosen as what several units are merged into.
pub(crate) const NEW: &str = "new";

/// The words of a form by their names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

impl Typed {
    pub(crate) fn of_query(ask: &Ask) -> Typed {
        let query = ask.path.split_once('?').map_or("", |(_, query)| query);
        Typed(pairs(query.as_bytes()))
    }

    pub(crate) fn of_sent(sent: &Sent) -> Typed {
        Typed(sent.fields().to_vec())
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }

    pub(crate) fn some(&self, name: &str) -> Option<String> {
        Some(self.text(name).to_owned()).filter(|text| !text.is_empty())
    }

    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn unit(&self, name: &str) -> Option<UnitId> {
        self.text(name).parse().ok()
    }

    pub(crate) fn set(&mut self, name: &str, value: String) {
        self.0.retain(|(n, _)| n != name);
        self.0.push((name.to_owned(), value));
    }

    pub(crate) fn wants_preview(&self) -> bool {
        !self.text("preview").is_empty()
    }

    pub(crate) fn kind(&self) -> ChangeKind {
        ChangeKind::from_code(self.text("kind")).unwrap_or(ChangeKind::Merge)
    }

    /// What a form that carries the change out holds of it, and the address of the form again.
    pub(crate) fn kept(&self) -> impl Iterator<Item = (&str, &str)> {
        let fleeting = ["preview", "said", "n", "csrf", "form", "form_id", "go_on"];
        let kept =
            self.0.iter().filter(move |(n, v)| !fleeting.contains(&n.as_str()) && !v.is_empty());
        kept.map(|(n, v)| (n.as_str(), v.as_str()))
    }

    /// The change that is meant; `new_id` names the units it makes.
    ///
    /// # Errors
    /// What is missing, with its field.
    pub(crate) fn read(&self, new_id: &mut dyn FnMut() -> UnitId) -> Result<NewChange> {
        let on = date_typed(self.text("on"));
        let on = on.ok_or_else(|| Error::invalid("people.error.date").field("on"))?;
        let title = self.text("title").to_owned();
        if title.is_empty() {
            return Err(Error::invalid("people.change.refused.title").field("title"));
        }
        let go_on = self.all("go_on").filter_map(|id| id.parse().ok()).collect();
        Ok(NewChange { on, title, legal_basis: self.some("legal"), act: self.act(new_id)?, go_on })
    }

    fn act(&self, new_id: &mut dyn FnMut() -> UnitId) -> Result<Act> {
        let name = || self.text("name").to_owned();
        Ok(match self.kind() {
            ChangeKind::Rename => Act::Rename { unit: self.asked("unit")?, name: name() },
            ChangeKind::Form => {
                let form = unit::form_of(self.text("name")).unwrap_or_default().to_owned();
                Act::Form { unit: self.asked("unit")?, form, name: name() }
            }
            ChangeKind::Move => {
                Act::Move { unit: self.asked("unit")?, parent: self.asked("parent")? }
            }
            ChangeKind::Abolish => {
                Act::Abolish { unit: self.asked("unit")?, into: self.unit("into") }
            }
            ChangeKind::Merge => {
                let from = self.all("from").filter_map(|id| id.parse().ok()).collect();
                let into = match self.unit("into") {
                    Some(unit) => Into::Unit(unit),
                    None => Into::New(NewOne {
                        id: new_id(),
                        form: unit::form_of(self.text("name")).map(str::to_owned),
                        name: name(),
                        code: self.some("code"),
                    }),
                };
                Act::Merge { from, into }
            }
            ChangeKind::Split => {
                Act::Split { unit: self.asked("unit")?, parts: self.parts(new_id)? }
            }
        })
    }

    fn asked(&self, name: &'static str) -> Result<UnitId> {
        self.unit(name).ok_or_else(|| Error::invalid("people.error.unit_missing").field(name))
    }

    /// The parts that were filled in; the first may be the unit itself, which goes on.
    fn parts(&self, new_id: &mut dyn FnMut() -> UnitId) -> Result<Vec<SplitPart>> {
        let whole = self.asked("unit")?;
        let mut out = Vec::new();
        for n in 1..=PARTS {
            let field = |what: &str| format!("{what}_{n}");
            let goes_on = n == 1 && !self.text("goes_on").is_empty();
            let name = self.text(&field("name"));
            if !goes_on && name.is_empty() && self.text(&field("share")).is_empty() {
                continue;
            }
            let below_field = field("below");
            let below: BTreeSet<UnitId> =
                self.all(&below_field).filter_map(|id| id.parse().ok()).collect();
            let into = match goes_on {
                true => Into::Unit(whole),
                false => Into::New(NewOne {
                    id: new_id(),
                    name: name.to_owned(),
                    form: unit::form_of(name).map(str::to_owned),
                    code: self.some(&field("code")),
                }),
            };
            let share = self.text(&field("share")).parse().unwrap_or(0);
            out.push(SplitPart { into, share, below });
        }
        Ok(out)
    }
}

/// Ids for units that are only looked at before they are made.
pub(crate) fn unborn() -> impl FnMut() -> UnitId {
    let mut n = 0u128;
    move || {
        n += 1;
        thao_base::Id::from_uuid(uuid::Uuid::from_u128(n))
    }
}

/// The actor may edit every unit the change names and the unit above what is merged or split.
///
/// # Errors
/// The field of the unit that lies elsewhere.
pub(crate) fn check_scope(tx: &mut Tx<'_>, actor: &Actor, act: &Act, on: Date) -> Result<()> {
    let (named, field): (Vec<UnitId>, &'static str) = match act {
        Act::Rename { unit, .. } | Act::Form { unit, .. } => (vec![*unit], "unit"),
        Act::Move { unit, parent } => (vec![*unit, *parent], "unit"),
        Act::Abolish { unit, into } => (std::iter::once(*unit).chain(*into).collect(), "unit"),
        Act::Split { unit, .. } => (vec![*unit], "unit"),
        Act::Merge { from, into } => {
            let into = match into {
                Into::Unit(unit) => Some(*unit),
                Into::New(_) => None,
            };
            (from.iter().copied().chain(into).collect(), "from")
        }
    };
    for (n, unit) in named.into_iter().enumerate() {
        let outside = || Error::invalid("people.change.refused.units_outside").field(field);
        let place = unit::place_or_heir(tx, unit).map_err(|_| outside())?;
        let mut all = vec![place.pos];
        // What ends leaves a gap, and what begins a new unit, in the unit above.
        if n == 0
            && matches!(act, Act::Merge { .. } | Act::Split { .. } | Act::Abolish { .. })
            && let Some(parent) = place.parent
        {
            all.push(unit::place_or_heir(tx, parent)?.pos);
        }
        if !all.iter().all(|pos| may(actor, Action::EditUnits, Resource::At(*pos), on)) {
            return Err(outside());
        }
    }
    Ok(())
}
