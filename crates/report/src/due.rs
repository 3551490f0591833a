//! What is due: for a unit, the periods that ended and were not filed; for whoever receives a
//! form, how far its latest period is.

use jiff::civil::Date;
use thao_base::{Result, Tx};
use thao_people::unit::Place;

use crate::filing::{self, Standing};
use crate::form::{self, Form};
use crate::period::{Period, containing};
use crate::state::State;
use crate::{calendar, period};

/// Ended periods a unit is reminded of: a year of months.
const MOST: usize = 12;

/// A return a unit has to file.
#[derive(Debug, Clone)]
pub struct Due {
    pub form: Form,
    pub period: Period,
    pub place: Place,
    /// None while nobody opened it.
    pub standing: Option<Standing>,
    pub due: Date,
}

impl Due {
    pub fn state(&self) -> State {
        self.standing.as_ref().map_or(State::Open, Standing::state)
    }

    pub fn is_late(&self, today: Date) -> bool {
        self.due < today
    }
}

/// What a unit has to file: what came back first, then the oldest.
pub fn of_unit(tx: &mut Tx<'_>, form: &Form, place: &Place, today: Date) -> Result<Vec<Due>> {
    let rules = calendar::rules(tx, &form.calendar)?;
    let mut filed = filing::of_unit(tx, form.id, place.unit)?;
    let mut out = Vec::new();
    for period in form.ended(&rules, today, MOST) {
        let key = period.name.key();
        let at = filed.iter().position(|standing| standing.period == key);
        let standing = at.map(|at| filed.swap_remove(at));
        if standing.as_ref().is_some_and(|standing| standing.state().is_filed()) {
            continue;
        }
        let due = standing.as_ref().map_or_else(|| form.due(&period), |standing| standing.due);
        out.push(Due { form: form.clone(), period, place: place.clone(), standing, due });
    }
    out.sort_by_key(|due| (due.state() != State::Returned, due.due));
    Ok(out)
}

/// The period that runs now, when the form asks for it: what comes next.
pub fn running(tx: &mut Tx<'_>, form: &Form, today: Date) -> Result<Option<Period>> {
    let rules = calendar::rules(tx, &form.calendar)?;
    Ok(containing(&rules, form.length(), today).filter(|period| form.asks_for(period)))
}

/// The periods of a form that ended, newest first.
pub fn ended(tx: &mut Tx<'_>, form: &Form, today: Date, most: usize) -> Result<Vec<Period>> {
    let rules = calendar::rules(tx, &form.calendar)?;
    Ok(form.ended(&rules, today, most))
}

/// A period of a form by its name; 404 when the form does not ask for it.
///
/// # Errors
/// 404 when there is no such period.
pub fn period(tx: &mut Tx<'_>, form: &Form, key: &str) -> Result<Period> {
    let rules = calendar::rules(tx, &form.calendar)?;
    period::Name::from_key(key)
        .and_then(|name| period::named(&rules, name))
        .filter(|period| form.asks_for(period))
        .ok_or_else(thao_base::Error::not_found)
}

/// How far the units of a period are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    pub units: usize,
    /// Submitted or approved.
    pub filed: usize,
    pub approved: usize,
    pub waiting: usize,
    pub returned: usize,
    /// Past the due day and not filed.
    pub late: usize,
}

/// The units that file a form, each with its return of a period.
pub fn matrix(
    tx: &mut Tx<'_>,
    form: &Form,
    period: &Period,
) -> Result<Vec<(Place, Option<Standing>)>> {
    let mut filed = filing::of_period(tx, form.id, &period.name.key())?;
    let mut out = Vec::new();
    for place in form::filers(tx, form)? {
        let at = filed.iter().position(|standing| standing.unit == place.unit);
        out.push((place, at.map(|at| filed.swap_remove(at))));
    }
    Ok(out)
}

/// Counts them.
pub fn count(
    form: &Form,
    period: &Period,
    rows: &[(Place, Option<Standing>)],
    today: Date,
) -> Count {
    let mut out = Count { units: rows.len(), ..Count::default() };
    for (_, standing) in rows {
        let state = standing.as_ref().map_or(State::Open, Standing::state);
        let due = standing.as_ref().map_or_else(|| form.due(period), |standing| standing.due);
        out.filed += usize::from(state.is_filed());
        out.approved += usize::from(matches!(state, State::Approved | State::Locked));
        out.waiting += usize::from(state == State::Submitted);
        out.returned += usize::from(state == State::Returned);
        out.late += usize::from(!state.is_filed() && due < today);
    }
    out
}
