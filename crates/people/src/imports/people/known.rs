//! The people a row may be about: those of the register with its numbers, or its name and birth.
//!
//! A person of several rows of the register is one. The number on the identity card decides, then
//! the older number, then name, birth and unit together; less than that is only alike.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::Hash;

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::text::fold;
use thao_base::{PersonId, Result, Tx, UnitId, args, sql};

use super::draft::{Names, births_agree, names};
use super::plan::{birth_words, masked};
use crate::Birth;
use crate::affiliation::{self, Affiliation};
use crate::imports::{Reach, Units};
use crate::person::Person;

const SQL: &str = include_str!("known.sql");

/// Who is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub name: &'a str,
    pub birth: Option<Birth>,
    pub citizen_id: Option<&'a str>,
    pub old_id: Option<&'a str>,
    /// Where the row has them.
    pub unit: Option<UnitId>,
}

/// Somebody of the register: all rows that are this person, and all they belonged to.
#[derive(Debug, Clone)]
pub struct Someone {
    /// The id that stands for all rows.
    pub id: PersonId,
    /// By id.
    pub rows: Vec<Person>,
    /// Oldest first.
    pub affiliations: Vec<Affiliation>,
    pub has_account: bool,
}

impl Why {
    /// The key of the words that ask about it, with a place for `{who}` was found.
    pub fn ask_key(self) -> &'static str {
        match self {
            Why::NumberOfOther => "people.imports.ask.number_of_other",
            Why::SeveralNumbers => "people.imports.ask.several_numbers",
            Why::OtherNumber => "people.imports.ask.other_number",
            Why::OtherUnit => "people.imports.ask.other_unit",
            Why::OtherAccents => "people.imports.ask.other_accents",
            Why::SeveralNames => "people.imports.ask.several_names",
        }
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub enum Match<'a> {
    Nobody,
    /// Surely this one; the row of the register it was recognised by.
    One(&'a Someone, PersonId),
    /// Perhaps one of these.
    Like(Vec<&'a Someone>, Why),
}

/// Why it is not sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The number belongs to somebody of another name and birth.
    NumberOfOther,
    /// Several rows of the register, not known to be one person, have the number.
    SeveralNumbers,
    /// Name and birth are the same, the number is another.
    OtherNumber,
    /// Name and birth are the same, in another unit.
    OtherUnit,
    /// The birth is the same, the name differs in its accents.
    OtherAccents,
    /// Several people of the unit have this name and birth.
    SeveralNames,
}

impl Someone {
    /// The row of the register with this id.
    pub fn row(&self, id: PersonId) -> Option<&Person> {
        self.rows.iter().find(|row| row.id == id)
    }

    /// Whether a row is beyond doubt about them: the full number of the identity card, the name
    /// and the birth are those of one row of the register.
    pub fn is_exactly(&self, wanted: &Wanted<'_>) -> bool {
        wanted.citizen_id.is_some()
            && wanted.birth.is_some()
            && self.rows.iter().any(|row| {
                row.citizen_id.as_deref() == wanted.citizen_id
                    && row.birth() == wanted.birth
                    && matches!(names(&row.full_name, wanted.name), Names::Same | Names::Plainer)
            })
    }

    /// Who they are, to be told from others: name, birth, number but for its middle, unit.
    pub fn describe(&self, units: &Units, today: Date) -> String {
        let mut parts = Vec::new();
        if let Some(row) = self.rows.first() {
            parts.push(row.full_name.clone());
            parts.extend(row.birth().map(birth_words));
            parts.extend(row.citizen_id.as_deref().map(masked));
        }
        let now = self.open_affiliations(today).last();
        parts.extend(now.map(|a| units.name(a.unit)).filter(|name| !name.is_empty()));
        parts.join(", ")
    }

    /// What they belong to on a day, or will.
    pub fn open_affiliations(&self, on: Date) -> impl Iterator<Item = &Affiliation> {
        self.affiliations.iter().filter(move |a| a.valid_to.is_none_or(|to| on < to))
    }

    /// Whether whoever imports may act for them: by where they belong now, or else last did.
    pub fn is_within(&self, reach: &Reach, units: &Units, today: Date) -> bool {
        let at = |a: &Affiliation| units.get(a.unit).is_some_and(|place| reach.holds(place.pos));
        let now: Vec<&Affiliation> =
            self.open_affiliations(today).filter(|a| a.valid_from <= today).collect();
        match (now.is_empty(), self.affiliations.iter().max_by_key(|a| a.valid_to)) {
            (false, _) => now.into_iter().any(at),
            (true, Some(last)) => at(last),
            (true, None) => reach.holds(0),
        }
    }
}

/// The people near some rows.
#[derive(Debug, Clone, Default)]
pub struct Known {
    all: Vec<Someone>,
    by_citizen_id: HashMap<String, Vec<usize>>,
    by_old_id: HashMap<String, Vec<usize>>,
    /// By name without accents and year of birth.
    by_name: HashMap<(String, i16), Vec<usize>>,
}

impl Known {
    /// Loads everybody who may be one of those wanted, but not `except`.
    pub fn load(
        tx: &mut Tx<'_>,
        wanted: &[Wanted<'_>],
        except: impl FnOnce(&mut Tx<'_>, &[PersonId]) -> Result<Vec<PersonId>>,
    ) -> Result<Known> {
        let texts = |of: &dyn Fn(&Wanted<'_>) -> Option<String>| -> Vec<String> {
            let all: BTreeSet<String> = wanted.iter().filter_map(of).collect();
            all.into_iter().collect()
        };
        let citizen_ids = texts(&|w| w.citizen_id.map(str::to_owned));
        let old_ids = texts(&|w| w.old_id.map(str::to_owned));
        let mut rows: Vec<Person> =
            tx.list(sql!(SQL, "with_number"), &[Arg::Texts(&citizen_ids), Arg::Texts(&old_ids)])?;
        let mut names: BTreeMap<i16, BTreeSet<String>> = BTreeMap::new();
        for wanted in wanted {
            if let Some(birth) = wanted.birth {
                names.entry(birth.year()).or_default().insert(fold(wanted.name));
            }
        }
        for (year, names) in names {
            let names: Vec<String> = names.into_iter().collect();
            rows.extend(tx.list::<Person>(
                sql!(SQL, "with_name"),
                &[Arg::Int(i64::from(year)), Arg::Texts(&names)],
            )?);
        }
        rows.sort_by_key(|row| row.id);
        rows.dedup_by_key(|row| row.id);
        let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
        let except: HashSet<PersonId> = except(tx, &ids)?.into_iter().collect();
        rows.retain(|row| !except.contains(&row.id));
        gather(tx, rows)
    }

    /// All rows of the register that were loaded.
    pub fn persons(&self) -> impl Iterator<Item = PersonId> {
        self.all.iter().flat_map(|someone| someone.rows.iter().map(|row| row.id))
    }

    /// Who of them it is.
    pub fn find(&self, wanted: &Wanted<'_>, units: &Units) -> Match<'_> {
        self.find_among(wanted, units, &|_| true)
    }

    /// Who it is of those that `may` be looked at.
    pub fn find_among(
        &self,
        wanted: &Wanted<'_>,
        units: &Units,
        may: &dyn Fn(&Someone) -> bool,
    ) -> Match<'_> {
        if let Some(id) = wanted.citizen_id {
            match self.with(&self.by_citizen_id, id, may).as_slice() {
                [] => {}
                [one] => {
                    return self
                        .by_number(one, wanted, |row| row.citizen_id.as_deref() == Some(id));
                }
                several => return Match::Like(several.to_vec(), Why::SeveralNumbers),
            }
        }
        if let Some(id) = wanted.old_id {
            let known = self.with(&self.by_old_id, id, may);
            match known.as_slice() {
                [] => {}
                [one] if other_number(one, wanted) => {
                    return Match::Like(known, Why::OtherNumber);
                }
                [one] => {
                    return self.by_number(one, wanted, |row| row.old_id.as_deref() == Some(id));
                }
                several => return Match::Like(several.to_vec(), Why::SeveralNumbers),
            }
        }
        self.by_name(wanted, units, may)
    }

    fn with<K, Q>(
        &self,
        index: &HashMap<K, Vec<usize>>,
        key: &Q,
        may: &dyn Fn(&Someone) -> bool,
    ) -> Vec<&Someone>
    where
        K: Borrow<Q> + Eq + Hash,
        Q: Eq + Hash + ?Sized,
    {
        let at = index.get(key).map_or(&[][..], Vec::as_slice);
        at.iter().filter_map(|at| self.all.get(*at)).filter(|someone| may(someone)).collect()
    }

    /// A number decides, unless both name and birth are somebody else's.
    fn by_number<'a>(
        &self,
        one: &'a Someone,
        wanted: &Wanted<'_>,
        has: impl Fn(&Person) -> bool,
    ) -> Match<'a> {
        let named = one.rows.iter().any(|row| names(&row.full_name, wanted.name) != Names::Other);
        let born = match wanted.birth {
            Some(birth) => one.rows.iter().any(|row| agrees(row, birth)),
            None => false,
        };
        if !named && !born {
            return Match::Like(vec![one], Why::NumberOfOther);
        }
        let row = one.rows.iter().find(|row| has(row)).map_or(one.id, |row| row.id);
        Match::One(one, row)
    }

    fn by_name(
        &self,
        wanted: &Wanted<'_>,
        units: &Units,
        may: &dyn Fn(&Someone) -> bool,
    ) -> Match<'_> {
        let Some(birth) = wanted.birth else { return Match::Nobody };
        let mut sure: Vec<(&Someone, PersonId)> = Vec::new();
        let mut like: Vec<(&Someone, Why)> = Vec::new();
        for someone in self.with(&self.by_name, &(fold(wanted.name), birth.year()), may) {
            let born = |row: &&Person| agrees(row, birth);
            let Some(row) = someone
                .rows
                .iter()
                .find(|row| born(row) && names(&row.full_name, wanted.name) != Names::Other)
            else {
                continue;
            };
            let here = someone
                .affiliations
                .iter()
                .any(|a| wanted.unit.is_some_and(|unit| units.one_place(unit, a.unit)));
            let by_day = matches!((row.birth(), birth), (Some(Birth::Day(_)), Birth::Day(_)));
            if other_number(someone, wanted) {
                if by_day {
                    like.push((someone, Why::OtherNumber));
                }
            } else if names(&row.full_name, wanted.name) == Names::Near {
                if by_day {
                    like.push((someone, Why::OtherAccents));
                }
            } else if here {
                sure.push((someone, row.id));
            } else if by_day {
                like.push((someone, Why::OtherUnit));
            }
        }
        match (sure.as_slice(), like.first()) {
            ([(one, row)], _) => Match::One(one, *row),
            ([_, ..], _) => {
                Match::Like(sure.into_iter().map(|(one, _)| one).collect(), Why::SeveralNames)
            }
            ([], Some((_, why))) => {
                let why = *why;
                Match::Like(like.into_iter().map(|(one, _)| one).collect(), why)
            }
            ([], None) => Match::Nobody,
        }
    }
}

fn agrees(row: &Person, birth: Birth) -> bool {
    row.birth().is_some_and(|known| births_agree(known, birth))
}

/// Whether both have a number and it is another.
fn other_number(someone: &Someone, wanted: &Wanted<'_>) -> bool {
    let differs = |wanted: Option<&str>, of: fn(&Person) -> Option<&str>| {
        let known: Vec<&str> = someone.rows.iter().filter_map(of).collect();
        wanted.is_some_and(|wanted| !known.is_empty() && !known.contains(&wanted))
    };
    differs(wanted.citizen_id, |row| row.citizen_id.as_deref())
        || (wanted.citizen_id.is_none() && differs(wanted.old_id, |row| row.old_id.as_deref()))
}

/// Makes persons of rows, with what they belong to.
fn gather(tx: &mut Tx<'_>, mut rows: Vec<Person>) -> Result<Known> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let clusters: Vec<(PersonId, PersonId)> = tx.list(sql!(SQL, "clusters"), args![ids])?;
    let canonical: HashMap<PersonId, PersonId> = clusters.into_iter().collect();
    let known: HashSet<PersonId> = ids.into_iter().collect();
    let missing: Vec<PersonId> =
        canonical.keys().filter(|id| !known.contains(id)).copied().collect();
    if !missing.is_empty() {
        rows.extend(tx.list::<Person>(sql!(SQL, "of_ids"), args![missing])?);
    }
    rows.sort_by_key(|row| row.id);
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let affiliations = affiliation::list_of_persons(tx, &ids)?;
    let with_account: Vec<PersonId> = tx.values(sql!(SQL, "with_account"), &[ids.arg()])?;
    let mut out = Known::default();
    let mut at_of: HashMap<PersonId, usize> = HashMap::new();
    for row in rows {
        let id = canonical.get(&row.id).copied().unwrap_or(row.id);
        let at = *at_of.entry(id).or_insert(out.all.len());
        if at == out.all.len() {
            let new =
                Someone { id, rows: Vec::new(), affiliations: Vec::new(), has_account: false };
            out.all.push(new);
        }
        if let Some(number) = row.citizen_id.clone() {
            index(&mut out.by_citizen_id, number, at);
        }
        if let Some(number) = row.old_id.clone() {
            index(&mut out.by_old_id, number, at);
        }
        if let Some(birth) = row.birth() {
            index(&mut out.by_name, (fold(&row.full_name), birth.year()), at);
        }
        if let Some(someone) = out.all.get_mut(at) {
            someone.has_account |= with_account.contains(&row.id);
            someone.rows.push(row);
        }
    }
    for affiliation in affiliations {
        let person = affiliation.person;
        let id = canonical.get(&person).copied().unwrap_or(person);
        if let Some(someone) = at_of.get(&id).and_then(|at| out.all.get_mut(*at)) {
            someone.affiliations.push(affiliation);
        }
    }
    for someone in &mut out.all {
        someone.affiliations.sort_by_key(|a| (a.valid_from, a.id));
    }
    Ok(out)
}

fn index<K: Eq + Hash>(map: &mut HashMap<K, Vec<usize>>, key: K, at: usize) {
    let found = map.entry(key).or_default();
    if !found.contains(&at) {
        found.push(at);
    }
}
