//! Why a person counts or does not: a verdict on each piece of their evidence. Pure.
//!
//! The verdicts and the fold say the same: in an activity the rung is held on a day exactly when
//! some evidence there is [`Verdict::Counts`].

use jiff::Span;
use jiff::civil::Date;
use thao_base::locale::local_date;
use thao_base::{ActivityId, StatementId};
use thao_record::Rung;
use thao_record::evidence::{day, day_of};

use crate::fold::{Rule, year_after};
use crate::kind::Shape;

/// A statement as it is judged: voided ones included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub id: StatementId,
    pub activity: Option<ActivityId>,
    pub rung: Rung,
    pub success: bool,
    pub at: jiff::Timestamp,
    pub voided: bool,
}

/// What a piece of evidence does for a measure on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Counts,
    /// Somebody took it back.
    Voided,
    /// It happened after the day asked about.
    Later,
    /// It happened before the day from which the measure counts.
    Before,
    /// It happened in another year than the one asked about, and each year counts anew.
    OtherYear,
    /// It is about something the measure does not ask for.
    OtherActivity,
    /// It is weaker than what the measure asks for.
    BelowRung,
    /// A later outcome of the same kind took its place.
    Replaced,
    /// The latest outcome of its kind, and not passed.
    Failed,
    /// It counted until this day.
    Expired(Date),
}

/// Judges each piece, in the order given.
pub fn judge(rule: &Rule, pieces: &[Piece], on: Date) -> Vec<Verdict> {
    pieces.iter().map(|piece| verdict(rule, pieces, piece, on)).collect()
}

fn verdict(rule: &Rule, pieces: &[Piece], piece: &Piece, on: Date) -> Verdict {
    if piece.voided {
        return Verdict::Voided;
    }
    let Some(activity) = piece.activity.filter(|a| rule.activities.contains(a)) else {
        return Verdict::OtherActivity;
    };
    if piece.rung < rule.rung {
        return Verdict::BelowRung;
    }
    if on < local_date(piece.at) {
        return Verdict::Later;
    }
    if let Some(verdict) = outside(rule, piece, on) {
        return verdict;
    }
    if rule.kind.counts_each() {
        return match (piece.success, piece.rung == rule.rung) {
            (true, true) => Verdict::Counts,
            (false, _) => Verdict::Failed,
            (true, false) => Verdict::OtherActivity,
        };
    }
    let same_kind = pieces.iter().filter(|other| {
        !other.voided
            && other.activity == Some(activity)
            && other.rung == piece.rung
            && day_of(other.at) <= day(on)
            && outside(rule, other, on).is_none()
    });
    let latest = same_kind.max_by_key(|other| (other.at, other.id));
    if latest.is_some_and(|latest| latest.id != piece.id) {
        return Verdict::Replaced;
    }
    if !piece.success {
        return Verdict::Failed;
    }
    match until(rule, piece) {
        Some(until) if until <= on => Verdict::Expired(until),
        _ => Verdict::Counts,
    }
}

/// Whether a piece lies outside the days the measure counts.
fn outside(rule: &Rule, piece: &Piece, on: Date) -> Option<Verdict> {
    let at = day_of(piece.at);
    if at < rule.counts_from() {
        return Some(Verdict::Before);
    }
    let yearly = rule.kind.shape() == Shape::PerYear;
    (yearly && year_after(at) != year_after(day(on))).then_some(Verdict::OtherYear)
}

/// The first day a piece no longer counts, when the measure has an end to it.
pub fn until(rule: &Rule, piece: &Piece) -> Option<Date> {
    let months = rule.valid_months?;
    local_date(piece.at).checked_add(Span::new().months(months)).ok()
}

#[cfg(test)]
mod tests;
