//! Values on their way into and out of a database, the same for both.

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::Failure;
use crate::clock::whole_micros;

/// A value on its way in.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Id(Uuid),
    Time(Timestamp),
    /// A date of law: ISO text in both databases, so that it sorts and reads the same.
    Date(Date),
    Json(&'a serde_json::Value),
    /// A list for `{in:$n}`.
    Ids(Vec<Uuid>),
    Ints(&'a [i64]),
    Texts(&'a [String]),
}

/// A value on its way out, borrowed from the row.
#[derive(Debug, Clone, Copy)]
pub enum Column<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
    Id(Uuid),
    Time(Timestamp),
}

pub trait ToArg {
    fn arg(&self) -> Arg<'_>;
}

/// Reads a column strictly: a value of another type or out of range is an error, not a default.
pub trait FromColumn: Sized {
    const WANTED: &'static str;
    fn from_column(column: Column<'_>) -> Option<Self>;
}

macro_rules! values {
    ($($type:ty, $self:ident => $arg:expr, $($pattern:pat => $value:expr),+;)*) => {$(
        impl ToArg for $type {
            fn arg(&$self) -> Arg<'_> { $arg }
        }
        impl FromColumn for $type {
            const WANTED: &'static str = stringify!($type);
            fn from_column(column: Column<'_>) -> Option<Self> {
                match column { $($pattern => $value,)+ _ => None }
            }
        }
    )*};
}
values! {
    bool, self => Arg::Bool(*self), Column::Bool(v) => Some(v), Column::Int(0) => Some(false), Column::Int(1) => Some(true);
    i64, self => Arg::Int(*self), Column::Int(v) => Some(v);
    i32, self => Arg::Int(i64::from(*self)), Column::Int(v) => i32::try_from(v).ok();
    i16, self => Arg::Int(i64::from(*self)), Column::Int(v) => i16::try_from(v).ok();
    u32, self => Arg::Int(i64::from(*self)), Column::Int(v) => u32::try_from(v).ok();
    f64, self => Arg::Real(*self), Column::Real(v) => Some(v), Column::Int(v) => Some(v as f64);
    String, self => Arg::Text(self), Column::Text(v) => Some(v.to_owned());
    Vec<u8>, self => Arg::Bytes(self), Column::Bytes(v) => Some(v.to_vec());
    Uuid, self => Arg::Id(*self), Column::Id(v) => Some(v), Column::Bytes(v) => Uuid::from_slice(v).ok();
    Timestamp, self => Arg::Time(whole_micros(*self)), Column::Time(v) => Some(v), Column::Int(v) => Timestamp::from_microsecond(v).ok();
    Date, self => Arg::Date(*self), Column::Text(v) => iso_date(v);
    serde_json::Value, self => Arg::Json(self), Column::Text(v) => serde_json::from_str(v).ok();
}

/// A date of law exactly as [`Arg::Date`] writes it: anything else would sort wrongly.
fn iso_date(text: &str) -> Option<Date> {
    text.parse::<Date>().ok().filter(|date| date.to_string() == text)
}

/// Refuses what one of the databases cannot keep, on both.
pub(super) fn storable(args: &[Arg<'_>]) -> Result<(), Failure> {
    for (i, arg) in args.iter().enumerate() {
        let nul = match arg {
            Arg::Text(text) => text.contains('\0'),
            Arg::Texts(texts) => texts.iter().any(|text| text.contains('\0')),
            Arg::Json(value) => json_has_nul(value),
            // SQLite turns it into NULL, which is something else.
            Arg::Real(value) if !value.is_finite() => {
                return Err(Failure::Use(format!("argument ${} is {value}, no number", i + 1)));
            }
            _ => false,
        };
        if nul {
            return Err(Failure::Nul(i + 1));
        }
    }
    Ok(())
}

fn json_has_nul(value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(json_has_nul),
        Value::Object(map) => {
            map.iter().any(|(name, value)| name.contains('\0') || json_has_nul(value))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

impl ToArg for str {
    fn arg(&self) -> Arg<'_> {
        Arg::Text(self)
    }
}
impl ToArg for [u8] {
    fn arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}
impl<const N: usize> ToArg for [u8; N] {
    fn arg(&self) -> Arg<'_> {
        Arg::Bytes(self)
    }
}
impl<T: ToArg + ?Sized> ToArg for &T {
    fn arg(&self) -> Arg<'_> {
        (**self).arg()
    }
}
impl<T: ToArg> ToArg for Option<T> {
    fn arg(&self) -> Arg<'_> {
        self.as_ref().map_or(Arg::Null, ToArg::arg)
    }
}
impl ToArg for Arg<'_> {
    fn arg(&self) -> Arg<'_> {
        self.clone()
    }
}
/// A list of ids for `{in:$n}`.
impl<T: crate::ids::Id> ToArg for [T] {
    fn arg(&self) -> Arg<'_> {
        Arg::Ids(self.iter().map(|id| id.uuid()).collect())
    }
}
impl<T: crate::ids::Id> ToArg for Vec<T> {
    fn arg(&self) -> Arg<'_> {
        self.as_slice().arg()
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    const WANTED: &'static str = T::WANTED;
    fn from_column(column: Column<'_>) -> Option<Self> {
        match column {
            Column::Null => Some(None),
            other => T::from_column(other).map(Some),
        }
    }
}

/// The arguments of a statement: `args![id, name, None::<i64>]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::db::ToArg::arg(&$value)),*] as &[$crate::db::Arg<'_>] };
}
