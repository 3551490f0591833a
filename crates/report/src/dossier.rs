//! A return with everything around it: its form, unit, lines with their figures now and in the
//! period before, findings and answers; and the moves it makes, each of which can be refused.

use std::collections::HashMap;

use jiff::civil::Date;
use thao_base::{Error, Kind, Lang, ReportLineId, Result, ReturnId, RowId, Stamp, Tx};
use thao_people::person;
use thao_people::unit::{self, Place};

use crate::calendar;
use crate::check::{Filled, Finding, findings};
use crate::figure::Figure;
use crate::filing::{self, Return, Step};
use crate::form::{self, Entry, Form, Line};
use crate::live::{self, Live};
use crate::lock::{self, Correction, Frozen, Lock};
use crate::period::{Period, previous};
use crate::state::{Act, Refusal, State};

pub struct Dossier {
    pub form: Form,
    pub place: Place,
    pub filed: Return,
    pub period: Period,
    pub before: Option<Period>,
    pub steps: Vec<Step>,
    /// Each line with what counts: typed or computed, and the frozen figure once it is locked.
    pub lines: Vec<Filled>,
    /// What the facts say today of computed lines.
    pub live: HashMap<ReportLineId, Live>,
    pub answers: HashMap<String, String>,
    pub lock: Option<Lock>,
    pub frozen: HashMap<ReportLineId, Frozen>,
    pub corrections: HashMap<RowId, Correction>,
}

/// Loads a return.
///
/// # Errors
/// 404 when there is none or its unit or form no longer stands.
pub fn load(tx: &mut Tx<'_>, id: ReturnId) -> Result<Dossier> {
    let filed = filing::get(tx, id)?;
    let form = form::get(tx, filed.form)?;
    let place = unit::place(tx, filed.unit)?;
    let period = filed.period()?;
    let before = previous(&calendar::rules(tx, &form.calendar)?, period.name);
    let lines = form::list_lines(tx, form.id, filed.ends)?;
    let mut live = HashMap::new();
    for line in lines.iter().filter(|line| line.entry() == Entry::Target) {
        live.insert(line.id, live::in_unit(tx, line, &place, filed.ends)?);
    }
    let lock = lock::find(tx, id)?;
    let frozen = lock::figures(tx, id)?;
    let typed = filing::entries(tx, id)?;
    let last = match &before {
        Some(before) => figures_before(tx, &form, before, &place, &lines)?,
        None => HashMap::new(),
    };
    let now = |line: &Line| match (&lock, frozen.get(&line.id), live.get(&line.id)) {
        (Some(_), frozen, _) => frozen.map(|frozen| Figure {
            source: typed.get(&line.id).and_then(|typed| typed.source.clone()),
            ..frozen.figure.clone()
        }),
        (None, _, Some(live)) => Some(live.clone().figure()),
        (None, _, None) => typed.get(&line.id).cloned(),
    };
    let lines = lines
        .into_iter()
        .map(|line| Filled {
            now: now(&line).unwrap_or_default(),
            before: last.get(&line.id).cloned(),
            line,
        })
        .collect();
    Ok(Dossier {
        steps: filing::steps(tx, id)?,
        answers: filing::answers(tx, id)?,
        corrections: lock::corrections(tx, id)?,
        form,
        place,
        period,
        before,
        lines,
        live,
        lock,
        frozen,
        filed,
    })
}

/// What stood in the lines the period before: approved figures, else what was typed, else, of
/// computed lines, what the facts say of its last day.
fn figures_before(
    tx: &mut Tx<'_>,
    form: &Form,
    before: &Period,
    place: &Place,
    lines: &[Line],
) -> Result<HashMap<ReportLineId, Figure>> {
    let filed = filing::find(tx, form.id, &before.name.key(), place.unit)?;
    let (mut typed, mut frozen) = (HashMap::new(), HashMap::new());
    if let Some(filed) = &filed {
        typed = filing::entries(tx, filed.id)?;
        frozen = lock::figures(tx, filed.id)?;
    }
    let mut out = HashMap::new();
    for line in lines {
        let figure = match (frozen.remove(&line.id), line.entry()) {
            (Some(frozen), _) => Some(frozen.figure),
            (None, Entry::Target) if form.asks_for(before) => {
                Some(live::in_unit(tx, line, place, before.ends)?.figure())
            }
            (None, _) => typed.remove(&line.id),
        };
        if let Some(figure) = figure.filter(|figure| figure.part.is_some()) {
            out.insert(line.id, figure);
        }
    }
    Ok(out)
}

impl Dossier {
    pub fn state(&self) -> State {
        self.steps.last().map_or(State::Open, Step::state)
    }

    pub fn is_late(&self, today: Date) -> bool {
        self.filed.due < today && !self.state().is_filed()
    }

    pub fn findings(&self) -> Vec<Finding> {
        findings(&self.lines, self.form.change_percent)
    }

    /// Findings that nobody answered.
    pub fn unanswered(&self) -> Vec<Finding> {
        let mut all = self.findings();
        all.retain(|finding| !self.answers.contains_key(&finding.about()));
        all
    }

    /// Whether the figures are still those whose digest was kept.
    pub fn is_intact(&self) -> Option<bool> {
        let lock = self.lock.as_ref()?;
        let lines = self.lines.iter().filter(|filled| self.frozen.contains_key(&filled.line.id));
        let hash =
            lock::hash(&self.filed, lines.map(|filled| (filled.line.code.as_str(), &filled.now)));
        Some(hash == lock.hash)
    }

    /// Keeps what was typed.
    ///
    /// # Errors
    /// 409 when the return lies with the unit above or is approved.
    pub fn enter(
        &self,
        tx: &mut Tx<'_>,
        stamp: &Stamp,
        typed: &[(ReportLineId, Figure)],
    ) -> Result<()> {
        let after = self.after(tx, Act::Enter)?;
        let open = |line: &ReportLineId| {
            let found = self.lines.iter().find(|filled| filled.line.id == *line);
            found.is_some_and(|filled| filled.line.entry() != Entry::Target)
        };
        let typed: Vec<(ReportLineId, Figure)> =
            typed.iter().filter(|(line, _)| open(line)).cloned().collect();
        let differs = filing::save(tx, stamp, self.filed.id, &typed)?;
        if differs && self.state() != after {
            self.step(tx, stamp, after, None)?;
        }
        Ok(())
    }

    /// Answers findings by what they are about; an empty note leaves them open.
    ///
    /// # Errors
    /// 409 when the return lies with the unit above or is approved.
    pub fn answer(&self, tx: &mut Tx<'_>, stamp: &Stamp, notes: &[(String, String)]) -> Result<()> {
        self.after(tx, Act::Enter)?;
        let known: Vec<String> = self.findings().iter().map(Finding::about).collect();
        for (about, note) in notes.iter().filter(|(_, note)| !note.trim().is_empty()) {
            if known.contains(about) {
                filing::answer(tx, stamp, self.filed.id, about, note.trim())?;
            }
        }
        Ok(())
    }

    /// Marks it checked when no finding is open. Whether it is checked now.
    ///
    /// # Errors
    /// 409 when the return lies with the unit above or is approved.
    pub fn check(&self, tx: &mut Tx<'_>, stamp: &Stamp) -> Result<bool> {
        let after = self.after(tx, Act::Check)?;
        if !self.unanswered().is_empty() {
            return Ok(false);
        }
        if self.state() != after {
            self.step(tx, stamp, after, None)?;
        }
        Ok(true)
    }

    /// Hands it to the unit above.
    ///
    /// # Errors
    /// 409 when the period has not ended, it was not checked, facts that came since ask for an
    /// answer, or it was submitted already.
    pub fn submit(&self, tx: &mut Tx<'_>, stamp: &Stamp) -> Result<()> {
        let after = self.after(tx, Act::Submit)?;
        if stamp.today() <= self.filed.ends {
            let day = Lang::default().date(self.filed.ends);
            return Err(Error::conflict("report.error.not_ended").with("day", day));
        }
        if !self.unanswered().is_empty() {
            return Err(Error::conflict("report.error.findings"));
        }
        self.step(tx, stamp, after, None)
    }

    /// Gives it back to the unit with a reason.
    ///
    /// # Errors
    /// [`Kind::Invalid`] without a reason; 409 when it was not submitted.
    pub fn send_back(&self, tx: &mut Tx<'_>, stamp: &Stamp, reason: &str) -> Result<()> {
        let after = self.after(tx, Act::Return)?;
        if reason.trim().is_empty() {
            return Err(Error::invalid("report.error.reason").field("reason"));
        }
        self.step(tx, stamp, after, Some(reason.trim()))
    }

    /// Approves it and freezes its figures.
    ///
    /// # Errors
    /// 409 when it was not submitted, was approved already (by whom and when), or a figure is
    /// still being computed.
    pub fn approve(&self, tx: &mut Tx<'_>, stamp: &Stamp) -> Result<()> {
        let approved = self.after(tx, Act::Approve)?;
        if self.live.values().any(|live| *live == Live::Counting) {
            return Err(Error::conflict("report.error.counting"));
        }
        let lines: Vec<(&Line, &Figure)> =
            self.lines.iter().map(|filled| (&filled.line, &filled.now)).collect();
        lock::freeze(tx, stamp, &self.filed, &lines).map_err(|error| {
            match error.is_duplicate() {
                true => Error::conflict("report.error.approved_meanwhile").because(error),
                false => error,
            }
        })?;
        let no = self.next_no();
        filing::add_step(tx, stamp, self.filed.id, no, approved, None)?;
        filing::add_step(tx, stamp, self.filed.id, no + 1, State::Locked, None)
    }

    /// Sets a corrected number beside a frozen figure that was typed.
    ///
    /// # Errors
    /// 404 when there is no such figure, 409 when it is not locked or computed, [`Kind::Invalid`]
    /// without a reason.
    pub fn correct(
        &self,
        tx: &mut Tx<'_>,
        stamp: &Stamp,
        line: ReportLineId,
        figure: &Figure,
        reason: &str,
    ) -> Result<()> {
        let filled = self.lines.iter().find(|filled| filled.line.id == line);
        let filled = filled.ok_or_else(Error::not_found)?;
        let frozen = self.frozen.get(&line).ok_or_else(Error::not_found)?;
        if self.lock.is_none() || filled.line.entry() == Entry::Target {
            return Err(Error::conflict("report.error.not_corrected"));
        }
        if reason.trim().is_empty() {
            return Err(Error::invalid("report.error.reason").field("reason"));
        }
        lock::correct(tx, stamp, frozen.id, figure, Some(reason.trim()))
    }

    fn next_no(&self) -> i32 {
        self.steps.last().map_or(1, |step| step.no + 1)
    }

    fn step(
        &self,
        tx: &mut Tx<'_>,
        stamp: &Stamp,
        state: State,
        reason: Option<&str>,
    ) -> Result<()> {
        filing::add_step(tx, stamp, self.filed.id, self.next_no(), state, reason)
    }

    fn after(&self, tx: &mut Tx<'_>, act: Act) -> Result<State> {
        let refusal = match self.state().after(act) {
            Ok(state) => return Ok(state),
            Err(refusal) => refusal,
        };
        Err(match refusal {
            Refusal::Submitted => Error::conflict("report.error.submitted"),
            Refusal::NotChecked => Error::conflict("report.error.not_checked"),
            Refusal::NotSubmitted => Error::conflict("report.error.not_submitted"),
            Refusal::Approved => self.approved(tx)?,
        })
    }

    /// That it was approved, by whom and when.
    fn approved(&self, tx: &mut Tx<'_>) -> Result<Error> {
        let lang = Lang::default();
        let Some(lock) = &self.lock else {
            return Ok(Error::conflict("report.error.approved_meanwhile"));
        };
        let who = name(tx, lock.person)?;
        Ok(Error::conflict("report.error.approved")
            .with("who", who.unwrap_or_else(|| lang.t("report.by_program").to_owned()))
            .with("at", lang.instant(lock.at)))
    }
}

/// The name of who acted; none for the program, or somebody who was erased.
pub(crate) fn name(tx: &mut Tx<'_>, person: Option<thao_base::PersonId>) -> Result<Option<String>> {
    let Some(person) = person else { return Ok(None) };
    match person::get(tx, person) {
        Ok(person) => Ok(Some(person.full_name)),
        Err(error) if error.kind() == Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
