//! A year of monthly reports of all communes: the five ratios of digital literacy, most of them
//! approved, some late, one sent back. Made up, like everything in the demo; computed lines are
//! the demo's own facts.

use std::collections::HashMap;

use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use thao_base::locale::{instant_at, instant_of};
use thao_base::{Db, Entropy, Error, PersonId, ReportLineId, Result, TargetId, Tx, UnitId, args};
use thao_people::{UnitKind, account, unit};
use thao_report::figure::Figure;
use thao_report::form::{self, Entry, Line, NewForm, NewLine};
use thao_report::past::{self, Past, PastStep};
use thao_report::period::{Length, Period, containing};
use thao_report::starter::{self, StarterLine};
use thao_report::state::State;
use thao_report::{calendar, live, template};

use super::learning::rng_of;
use super::{Options, Province, stamp};

/// Which target of the demo computes which line of the five ratios.
const COMPUTED: [(&str, &str); 2] = [("BD-1", "PT-01"), ("BD-3", "PT-05")];
/// The commune, by its place in the list, whose latest report was sent back.
const SENT_BACK: usize = 3;
/// Ended periods of the year.
const PERIODS: usize = 12;

/// Adds the form and its year; the readings must be there.
pub(crate) async fn add(
    db: &Db,
    options: &Options,
    province: &Province,
    entropy: &Entropy,
) -> Result<()> {
    let start = options.until.saturating_sub(Span::new().years(1));
    let opening = stamp(instant_of(start), entropy);
    let root = province.units.province;
    let form = db
        .write(move |tx| {
            let id = add_form(tx, &opening, root, start)?;
            form::get(tx, id)
        })
        .await?;
    let until = options.until;
    let own = form.clone();
    let periods = db
        .read(move |tx| Ok(own.ended(&calendar::rules(tx, &own.calendar)?, until, PERIODS)))
        .await?;
    let home = province.units.communes.get(province.cast.commune).map(|commune| commune.id);
    for (age, period) in periods.into_iter().enumerate() {
        let (form, seed) = (form.clone(), options.seed);
        let made = stamp(instant_of(period.ends), entropy);
        db.write(move |tx| {
            let lines = form::list_lines(tx, form.id, period.ends)?;
            let place = unit::place(tx, form.unit)?;
            let filers = form::filers(tx, &form)?;
            let mut computed: HashMap<ReportLineId, HashMap<UnitId, Figure>> = HashMap::new();
            for line in lines.iter().filter(|line| line.entry() == Entry::Target) {
                let found = live::below(tx, line, &place, &filers, period.ends)?;
                computed.insert(line.id, found.below);
            }
            let decides = account::find_by_login(tx, "sokhcn")?.map(|account| account.person);
            let mut all = Vec::new();
            for (index, place) in filers.iter().enumerate() {
                let mut rng = rng_of(seed, index, 0xbaca ^ (age as u64) << 8);
                let steps = match home == Some(place.unit) && age == 0 {
                    // The commune of the story has this one before it.
                    true => Vec::new(),
                    false => steps(&mut rng, &period, age, index, until, decides),
                };
                let Some(first) = steps.first() else { continue };
                let figures = lines.iter().map(|line| {
                    let figure = computed.get(&line.id).and_then(|found| found.get(&place.unit));
                    let figure = figure.cloned().unwrap_or_else(|| typed(seed, line, index, age));
                    (line.clone(), figure)
                });
                all.push(Past {
                    unit: place.unit,
                    opened: first.at,
                    figures: figures.collect(),
                    steps,
                });
            }
            past::add_many(tx, &made, &form, &period, &all)
        })
        .await?;
    }
    Ok(())
}

fn add_form(
    tx: &mut Tx<'_>,
    stamp: &thao_base::Stamp,
    root: UnitId,
    start: Date,
) -> Result<thao_base::ReportFormId> {
    calendar::ensure(tx, stamp)?;
    let starter = starter::five_ratios()?;
    let rules = calendar::rules(tx, &starter.calendar)?;
    let first = containing(&rules, Length::Month, start);
    let first = first.ok_or_else(|| Error::internal("no calendar holds the demo's first month"))?;
    let [title_vi, title_en] = starter.titles().map(str::to_owned);
    let new = NewForm {
        unit: root,
        title_vi,
        title_en,
        legal_basis: Some(starter.source.clone()),
        calendar: starter.calendar.clone(),
        length: Length::Month,
        kinds: vec![UnitKind::Commune],
        due_days: 3,
        change_percent: 50,
        valid_from: first.starts,
        valid_to: None,
    };
    let id = form::add(tx, stamp, &new)?;
    for line in &starter.lines {
        let target = target_of(tx, line)?;
        let [title_vi, title_en] = line.titles().map(str::to_owned);
        let [unit_vi, unit_en] = line.units().map(str::to_owned);
        let new = NewLine {
            code: line.code.clone(),
            entry: if target.is_some() { Entry::Target } else { Entry::Share },
            target,
            title_vi,
            title_en,
            unit_vi,
            unit_en,
            note: line.note().map(str::to_owned),
            required: true,
            sourced: line.sourced,
            sum_of: Vec::new(),
            valid_from: first.starts,
        };
        form::add_line(tx, stamp, id, &new)?;
    }
    let lines = form::list_lines(tx, id, first.ends)?;
    template::add(tx, stamp, id, &new.title_vi, &template::starter(&lines))?;
    Ok(id)
}

fn target_of(tx: &mut Tx<'_>, line: &StarterLine) -> Result<Option<TargetId>> {
    let Some((_, code)) = COMPUTED.iter().find(|(known, _)| *known == line.code) else {
        return Ok(None);
    };
    let sql = "SELECT id FROM target WHERE code = $1 AND withdrawn_at IS NULL ORDER BY id";
    Ok(tx.values(sql, args![*code])?.into_iter().next())
}

/// What happened to a return up to the demo's day; nothing when it was not filed yet.
fn steps(
    rng: &mut ChaCha8Rng,
    period: &Period,
    age: usize,
    index: usize,
    until: Date,
    decides: Option<PersonId>,
) -> Vec<PastStep> {
    let now = instant_of(until);
    let at = |rng: &mut ChaCha8Rng, days: i64| -> Timestamp {
        let day = period.ends.saturating_add(Span::new().days(days));
        let time = Time::new(rng.random_range(7..17), rng.random_range(0..60), 0, 0);
        instant_at(day, time.unwrap_or_else(|_| Time::midnight()))
    };
    // One in twenty files after the due day; of the latest period some have not filed at all.
    let days = match rng.random_range(0..20) {
        0 => rng.random_range(4..9),
        _ => rng.random_range(1..4),
    };
    let sent_back = age == 0 && index == SENT_BACK;
    let forgets = age == 0 && rng.random_range(0..12) == 0;
    let submitted = at(rng, days);
    if (forgets && !sent_back) || now <= submitted {
        return Vec::new();
    }
    let step = |state, at, person| PastStep { state, reason: None, person, at };
    let checked = submitted - jiff::SignedDuration::from_mins(4);
    let mut out =
        vec![step(State::Checked, checked, None), step(State::Submitted, submitted, None)];
    let wait = rng.random_range(1..6);
    let decided = at(rng, days + wait);
    // One in eight of the latest period still waits.
    let waits = age == 0 && rng.random_range(0..8) == 0;
    if sent_back {
        let reason = "Số liệu minh hoạ: dòng BD-4 chưa khớp với số của công an xã, kiểm tra lại.";
        let back = submitted + jiff::SignedDuration::from_hours(3);
        out.push(PastStep {
            reason: Some(reason.to_owned()),
            ..step(State::Returned, back.min(now), decides)
        });
    } else if decided < now && !waits {
        out.push(step(State::Approved, decided, decides));
        out.push(step(State::Locked, decided, decides));
    }
    out
}

/// A share that grows a little each month, of a number that stays.
fn typed(seed: u64, line: &Line, index: usize, age: usize) -> Figure {
    let salt = u64::from(line.rank.unsigned_abs()) << 40;
    let mut rng = rng_of(seed, index, 0xf16 ^ salt);
    let whole: i64 = rng.random_range(400..2_600);
    let (first, step): (i64, i64) = (rng.random_range(250..420), rng.random_range(8..26));
    let months = i64::try_from(PERIODS.saturating_sub(age)).unwrap_or(0);
    let part = whole * (first + step * months).min(1000) / 1000;
    let source = line.sourced.then(|| "Số liệu minh hoạ / demo figures".to_owned());
    Figure { source, ..Figure::share(part, whole) }
}
