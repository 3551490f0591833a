//! Typed ids: one newtype over a UUIDv7 per noun, so that a person's id cannot stand where a
//! unit's is wanted. The registry below is alphabetical and only ever grows.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Entropy;

/// An id of some noun.
pub trait Id: Copy + Eq + Ord + fmt::Display + Send + Sync + 'static {
    fn from_uuid(uuid: Uuid) -> Self;
    fn uuid(self) -> Uuid;

    /// A new id of the instant `at` (RFC 9562, version 7): sorts by time of making.
    fn new(at: Timestamp, entropy: &Entropy) -> Self {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or_default();
        let random = entropy.bytes::<10>();
        Self::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl Id for $name {
            fn from_uuid(uuid: Uuid) -> Self { $name(uuid) }
            fn uuid(self) -> Uuid { self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, uuid::Error> { text.parse().map($name) }
        }
        impl crate::db::ToArg for $name {
            fn arg(&self) -> crate::db::Arg<'_> { crate::db::Arg::Id(self.0) }
        }
        impl crate::db::FromColumn for $name {
            const WANTED: &'static str = stringify!($name);
            fn from_column(column: crate::db::Column<'_>) -> Option<Self> {
                Uuid::from_column(column).map($name)
            }
        }
    )*};
}

ids! {
    AccountId
    /// A thing that is learnt or done: a course, a lesson, an item. What a statement is about.
    ActivityId
    AffiliationId
    AllotmentId
    AppointmentId
    AssignmentId
    AudienceId
    ClassId
    ConsentId
    CourseId
    CoursePlanId
    CriterionId
    EntryId
    FigureId
    FileId
    ImportId
    ItemId
    JobId
    LessonId
    MeasureId
    MeetingId
    MergeId
    NodeId
    PaymentId
    PersonId
    PlanId
    RegistrationId
    ReportFormId
    ReportLineId
    ReturnId
    /// Any row of the register, when the noun is known from elsewhere.
    RowId
    SlipId
    StatementId
    SubmissionId
    TargetId
    TaskId
    ThingId
    TokenId
    TrainingRuleId
    UnitId
}

/// The same bits as an id of another noun: a course is also an activity.
pub fn cast<A: Id, B: Id>(id: A) -> B {
    B::from_uuid(id.uuid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_of_making() {
        let entropy = Entropy::seeded(1);
        let at = |s: &str| s.parse::<Timestamp>().unwrap();
        let first = PersonId::new(at("2026-01-01T00:00:00Z"), &entropy);
        let second = PersonId::new(at("2026-01-01T00:00:01Z"), &entropy);
        assert!(first < second);
        assert_eq!(first.to_string().parse::<PersonId>().unwrap(), first);
    }
}
