//! What a change ends, begins and moves, or why it cannot be. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use thao_base::{Error, Lang, Result, UnitId, text};

use super::{Act, Into, NewChange, NewOne, Picture, SplitPart};
use crate::unit::Tree;

/// Thousandths that make the whole.
const WHOLE: i32 = 1000;
const LONGEST_NAME: usize = 200;

/// A unit that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fresh {
    pub id: UnitId,
    pub kind: String,
    pub form: Option<String>,
    pub name: String,
    pub code: Option<String>,
    pub parent: Option<UnitId>,
}

/// Who follows whom, with what part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Follow {
    pub from: UnitId,
    pub to: UnitId,
    pub share: i32,
    pub main: bool,
}

/// All a change does, from its day on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deeds {
    pub begins: Vec<Fresh>,
    pub ends: Vec<UnitId>,
    /// A unit and what it lies below from then on.
    pub moves: Vec<(UnitId, UnitId)>,
    /// A unit, its new name, its new form when it has another.
    pub names: Vec<(UnitId, String, Option<String>)>,
    pub follows: Vec<Follow>,
}

impl Deeds {
    /// The unit that takes on what belonged to one that ends.
    pub fn heir(&self, unit: UnitId) -> Option<UnitId> {
        self.follows.iter().find(|f| f.main && f.from == unit && f.to != unit).map(|f| f.to)
    }
}

/// Works out what a change does.
///
/// # Errors
/// [`thao_base::Kind::Invalid`] with the field: why it cannot be.
pub fn deeds(picture: &Picture, change: &NewChange) -> Result<Deeds> {
    let judge = Judge { picture, on: change.on, tree: picture.forest.at(change.on) };
    if text::tidy(&change.title).is_empty() {
        return Err(refused("people.change.refused.title").field("title"));
    }
    let deeds = match &change.act {
        Act::Rename { unit, name } => judge.named(*unit, name, None),
        Act::Form { unit, form, name } => judge.named(*unit, name, Some(form)),
        Act::Move { unit, parent } => judge.moved(*unit, *parent),
        Act::Abolish { unit, into } => judge.abolished(*unit, *into),
        Act::Merge { from, into } => judge.merged(from, into),
        Act::Split { unit, parts } => judge.split(*unit, parts),
    }?;
    judge.allow(&deeds)?;
    Ok(deeds)
}

fn refused(key: &'static str) -> Error {
    Error::invalid(key)
}

struct Judge<'a> {
    picture: &'a Picture,
    on: Date,
    tree: Tree,
}

impl Judge<'_> {
    fn name(&self, unit: UnitId) -> &str {
        self.picture.name(unit, self.on)
    }

    /// The unit stands on the day.
    fn stands(&self, unit: UnitId, field: &'static str) -> Result<()> {
        if self.picture.forest.stands(unit, self.on) {
            return Ok(());
        }
        let day = Lang::default().date(self.on);
        let error = refused("people.change.refused.not_standing");
        Err(error.with("name", self.name(unit)).with("day", day).field(field))
    }

    /// It stands and is not the top of the tree.
    fn may_end(&self, unit: UnitId, field: &'static str) -> Result<UnitId> {
        self.stands(unit, field)?;
        self.tree.up.get(&unit).copied().flatten().ok_or_else(|| {
            refused("people.change.refused.top").with("name", self.name(unit)).field(field)
        })
    }

    fn named(&self, unit: UnitId, name: &str, form: Option<&String>) -> Result<Deeds> {
        self.stands(unit, "unit")?;
        let name = spelled(name)?;
        if form.is_none() && name == self.name(unit) {
            return Err(refused("people.change.refused.same_name")
                .with("name", name)
                .field("name"));
        }
        if let Some(above) = self.tree.up.get(&unit).copied().flatten() {
            self.name_is_free(&name, above, &[unit].into())?;
        }
        Ok(Deeds { names: vec![(unit, name, form.cloned())], ..Deeds::default() })
    }

    /// No unit beside it bears the name, but those that end.
    fn name_is_free(&self, name: &str, above: UnitId, but: &BTreeSet<UnitId>) -> Result<()> {
        let key = text::same_spelling(name);
        let sisters = self.tree.children(above);
        let taken = sisters.iter().find(|sister| {
            !but.contains(sister) && text::same_spelling(self.name(**sister)) == key
        });
        match taken {
            None => Ok(()),
            Some(sister) => Err(Error::invalid("people.error.unit_name_taken")
                .with("name", self.name(*sister))
                .with("above", self.name(above))
                .field("name")),
        }
    }

    fn moved(&self, unit: UnitId, parent: UnitId) -> Result<Deeds> {
        let above = self.may_end(unit, "unit")?;
        self.stands(parent, "parent")?;
        if parent == above {
            let error = refused("people.change.refused.there_already");
            return Err(error.with("name", self.name(unit)).with("above", self.name(parent)));
        }
        self.no_ring(unit, parent, "parent")?;
        Ok(Deeds { moves: vec![(unit, parent)], ..Deeds::default() })
    }

    fn no_ring(&self, unit: UnitId, below: UnitId, field: &'static str) -> Result<()> {
        if !self.tree.holds(unit, below) {
            return Ok(());
        }
        let error = refused("people.change.refused.ring");
        Err(error.with("name", self.name(unit)).with("above", self.name(below)).field(field))
    }

    fn abolished(&self, unit: UnitId, into: Option<UnitId>) -> Result<Deeds> {
        let above = self.may_end(unit, "unit")?;
        let heir = into.unwrap_or(above);
        if heir == unit {
            return Err(self.itself(unit, "into"));
        }
        self.stands(heir, "into")?;
        self.no_ring(unit, heir, "into")?;
        Ok(Deeds {
            ends: vec![unit],
            moves: self.tree.children(unit).into_iter().map(|child| (child, heir)).collect(),
            follows: vec![Follow { from: unit, to: heir, share: WHOLE, main: true }],
            ..Deeds::default()
        })
    }

    fn itself(&self, unit: UnitId, field: &'static str) -> Error {
        refused("people.change.refused.itself").with("name", self.name(unit)).field(field)
    }

    fn merged(&self, from: &[UnitId], into: &Into) -> Result<Deeds> {
        let distinct: BTreeSet<UnitId> = from.iter().copied().collect();
        if distinct.len() < from.len() {
            return Err(refused("people.change.refused.twice").field("from"));
        }
        let others: Vec<UnitId> = from.iter().copied().filter(|u| *u != into.unit()).collect();
        match (from, others.as_slice()) {
            ([], _) => return Err(refused("people.change.refused.nothing").field("from")),
            ([unit], []) => return Err(self.itself(*unit, "from")),
            ([_], [_]) if matches!(into, Into::New(_)) => {
                return Err(refused("people.change.refused.one").field("from"));
            }
            _ => {}
        }
        let mut above = None;
        for unit in from {
            let up = self.may_end(*unit, "from")?;
            above.get_or_insert(up);
        }
        self.one_kind(from.iter().chain(match into {
            Into::Unit(unit) => Some(unit),
            Into::New(_) => None,
        }))?;
        for unit in from {
            if let Some(inner) = others.iter().find(|o| *o != unit && self.tree.holds(*unit, **o)) {
                return Err(self
                    .no_ring(*unit, *inner, "from")
                    .err()
                    .unwrap_or_else(|| self.itself(*unit, "from")));
            }
            if *unit != into.unit() {
                self.no_ring(*unit, into.unit(), "into")?;
            }
        }
        let begins = match into {
            Into::Unit(unit) => {
                self.may_end(*unit, "into")?;
                Vec::new()
            }
            Into::New(new) => {
                let first = from.first().copied().unwrap_or(new.id);
                vec![self.fresh(new, first, above, &distinct)?]
            }
        };
        let into = into.unit();
        let below = others.iter().flat_map(|unit| self.tree.children(*unit));
        Ok(Deeds {
            begins,
            moves: below.map(|child| (child, into)).collect(),
            follows: others
                .iter()
                .map(|unit| Follow { from: *unit, to: into, share: WHOLE, main: true })
                .collect(),
            ends: others,
            names: Vec::new(),
        })
    }

    fn one_kind<'u>(&self, units: impl Iterator<Item = &'u UnitId>) -> Result<()> {
        let mut first: Option<(&UnitId, &str)> = None;
        for unit in units {
            let kind = self.picture.units.get(unit).map(|known| known.kind.as_str());
            let kind = kind.unwrap_or_default();
            match first {
                Some((one, other)) if kind != other => {
                    return Err(refused("people.change.refused.kinds")
                        .with("one", self.name(*one))
                        .with("other", self.name(*unit))
                        .field("from"));
                }
                Some(_) => {}
                None => first = Some((unit, kind)),
            }
        }
        Ok(())
    }

    fn fresh(
        &self,
        new: &NewOne,
        like: UnitId,
        parent: Option<UnitId>,
        ending: &BTreeSet<UnitId>,
    ) -> Result<Fresh> {
        let name = spelled(&new.name)?;
        if let Some(above) = parent {
            self.name_is_free(&name, above, ending)?;
        }
        if let Some(code) = &new.code {
            let holders = self.picture.codes.get(code).into_iter().flatten();
            let taken = holders.copied().find(|holder| {
                !ending.contains(holder) && self.picture.forest.stands(*holder, self.on)
            });
            if let Some(holder) = taken {
                return Err(Error::invalid("people.error.unit_code")
                    .with("code", code)
                    .with("name", self.name(holder))
                    .field("code"));
            }
        }
        let known = self.picture.units.get(&like);
        Ok(Fresh {
            id: new.id,
            kind: known.map(|known| known.kind.clone()).unwrap_or_default(),
            form: new.form.clone().or_else(|| known.and_then(|known| known.form.clone())),
            name,
            code: new.code.clone(),
            parent,
        })
    }

    fn split(&self, unit: UnitId, parts: &[SplitPart]) -> Result<Deeds> {
        let above = self.may_end(unit, "unit")?;
        if parts.len() < 2 {
            return Err(refused("people.change.refused.parts").field("name"));
        }
        let sum: i32 = parts.iter().map(|part| part.share).sum();
        if sum != WHOLE || parts.iter().any(|part| part.share < 1) {
            return Err(refused("people.change.refused.shares").with("sum", sum).field("share"));
        }
        let targets: BTreeSet<UnitId> = parts.iter().map(|part| part.into.unit()).collect();
        if targets.len() < parts.len() {
            return Err(refused("people.change.refused.twice").field("name"));
        }
        let goes_on = targets.contains(&unit);
        let ending: BTreeSet<UnitId> = if goes_on { BTreeSet::new() } else { [unit].into() };
        let mut out = Deeds { ends: ending.iter().copied().collect(), ..Deeds::default() };
        let mut names: BTreeSet<String> = BTreeSet::new();
        for (rank, part) in parts.iter().enumerate() {
            match &part.into {
                Into::New(new) => {
                    let fresh = self.fresh(new, unit, Some(above), &ending)?;
                    if !names.insert(text::same_spelling(&fresh.name)) {
                        return Err(refused("people.change.refused.twice").field("name"));
                    }
                    out.begins.push(fresh);
                }
                Into::Unit(other) if *other != unit => {
                    self.may_end(*other, "into")?;
                    self.one_kind([unit, *other].iter())?;
                    self.no_ring(unit, *other, "into")?;
                }
                Into::Unit(_) => {}
            }
            let (from, to) = (unit, part.into.unit());
            out.follows.push(Follow { from, to, share: part.share, main: rank == 0 });
        }
        out.moves = self.dealt_out(unit, parts)?;
        Ok(out)
    }

    /// Where the units below one that is split come to lie.
    fn dealt_out(&self, unit: UnitId, parts: &[SplitPart]) -> Result<Vec<(UnitId, UnitId)>> {
        let children = self.tree.children(unit);
        let mut homes: BTreeMap<UnitId, UnitId> = BTreeMap::new();
        for part in parts {
            for child in &part.below {
                if !children.contains(child) {
                    let error = refused("people.change.refused.not_below");
                    let error = error.with("name", self.name(*child));
                    return Err(error.with("above", self.name(unit)).field("below"));
                }
                if homes.insert(*child, part.into.unit()).is_some() {
                    return Err(refused("people.change.refused.twice").field("below"));
                }
            }
        }
        let Some(first) = parts.first() else { return Ok(Vec::new()) };
        let all = children
            .into_iter()
            .map(|child| (child, homes.get(&child).copied().unwrap_or_else(|| first.into.unit())));
        Ok(all.filter(|(_, home)| *home != unit).collect())
    }

    /// Nothing stands in the way of the rows: no change of the same units on the day or after it,
    /// no row that begins or ends then.
    fn allow(&self, deeds: &Deeds) -> Result<()> {
        let fresh: BTreeSet<UnitId> = deeds.begins.iter().map(|fresh| fresh.id).collect();
        let named = deeds.names.iter().map(|(unit, ..)| *unit);
        let moved = deeds.moves.iter().map(|(unit, _)| *unit);
        let heirs = deeds.follows.iter().map(|follow| follow.to);
        let changed: BTreeSet<UnitId> = deeds
            .ends
            .iter()
            .copied()
            .chain(named.clone())
            .chain(moved.clone())
            .chain(heirs)
            .filter(|unit| !fresh.contains(unit))
            .collect();
        for unit in &changed {
            self.untouched(*unit)?;
        }
        for unit in &deeds.ends {
            let Some(known) = self.picture.units.get(unit) else { continue };
            self.free(*unit, known.from, known.to)?;
        }
        for unit in deeds.ends.iter().copied().chain(named) {
            let known = self.picture.units.get(&unit);
            if let Some(row) = known.and_then(|known| known.name_row(self.on)) {
                self.free(unit, row.from, row.to)?;
            }
        }
        for unit in deeds.ends.iter().copied().chain(moved) {
            let known = self.picture.units.get(&unit);
            if let Some(row) = known.and_then(|known| known.parent_row(self.on)) {
                self.free(unit, row.from, row.to)?;
            }
        }
        Ok(())
    }

    fn untouched(&self, unit: UnitId) -> Result<()> {
        let touches = self.picture.touched.get(&unit).into_iter().flatten();
        let Some(touch) = touches.filter(|touch| self.on <= touch.on).min_by_key(|t| t.on) else {
            return Ok(());
        };
        let key = match touch.on == self.on {
            true => "people.change.refused.same_day",
            false => "people.change.refused.later",
        };
        Err(refused(key)
            .with("name", self.name(unit))
            .with("title", &touch.title)
            .with("day", Lang::default().date(touch.on))
            .field("on"))
    }

    /// A row that is to end on the day began before it and has no other end.
    fn free(&self, unit: UnitId, from: Date, to: Option<Date>) -> Result<()> {
        if from < self.on && to.is_none() {
            return Ok(());
        }
        let day = Lang::default().date(to.unwrap_or(from));
        let error = refused("people.change.refused.overlap");
        Err(error.with("name", self.name(unit)).with("day", day).field("on"))
    }
}

fn spelled(name: &str) -> Result<String> {
    let name = text::tidy(name);
    if text::fold(&name).is_empty() || LONGEST_NAME < name.chars().count() {
        return Err(Error::invalid("people.error.unit_name").field("name"));
    }
    Ok(name)
}
