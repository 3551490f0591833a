//! The list of people: each person once, in Vietnamese order, page after page by key.

use jiff::civil::Date;
use thao_base::db::{Arg, ToArg};
use thao_base::{Kind, PersonId, Result, Tx, args, row, sql, text};
use thao_web::{Scope, Span};

use crate::affiliation::AffiliationKind;
use crate::unit;

const SQL: &str = include_str!("list.sql");

row! {
    /// A line of the list of people, with the affiliation for which they are in it.
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: PersonId,
        pub full_name: String,
        pub birth_date: Option<Date>,
        pub birth_year: Option<i16>,
        pub unit: String,
        pub position: Option<String>,
        pub login: Option<String>,
        pub sort: String,
        pub kind: String,
        pub category: Option<String>,
        /// The unit's code, where it has one.
        pub code: Option<String>,
    }
}

/// Where a page of a list goes on: after this name and id.
#[derive(Debug, Clone)]
pub struct After {
    pub sort: String,
    pub id: PersonId,
}

impl After {
    /// After a person, wherever their name stands now.
    pub fn person(tx: &mut Tx<'_>, id: PersonId) -> Result<Option<After>> {
        let sort = tx.find::<(String,)>(sql!(SQL, "sort_of"), args![id])?;
        Ok(sort.map(|(sort,)| After { sort, id }))
    }
}

/// Who is looked for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    pub scope: &'a Scope,
    /// Words at the start of any word of the name, in any spelling or without accents; twelve or
    /// nine digits are an identity number.
    pub search: &'a str,
    pub kind: Option<AffiliationKind>,
    /// A category of staff.
    pub category: Option<&'a str>,
    /// Affiliations count that hold on this day.
    pub on: Date,
}

/// People of a scope, `limit` of them after `after`: see [`list_wanted`].
pub fn list_page(
    tx: &mut Tx<'_>,
    scope: &Scope,
    search: &str,
    on: Date,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Line>> {
    list_wanted(tx, &Wanted { scope, search, kind: None, category: None, on }, after, limit)
}

/// The people wanted, in Vietnamese order, `limit` of them after `after`. A person of several
/// rows is one line, named by the row that stands for all.
pub fn list_wanted(
    tx: &mut Tx<'_>,
    wanted: &Wanted<'_>,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Line>> {
    let keys = Keys::of(wanted, after);
    if let Some(number) = &keys.number {
        // So few have it that there is one page.
        let ids: Vec<PersonId> = tx.values(sql!(SQL, "by_number"), args![number])?;
        return if after.is_none() { lines(tx, &keys, &ids) } else { Ok(Vec::new()) };
    }
    let ids: Vec<PersonId> = if is_wide(tx, wanted.scope)? {
        tx.values(sql!(SQL, "walk"), &keys.args(limit))?
    } else {
        tx.values(sql!(SQL, "gather"), &keys.args(limit))?
    };
    lines(tx, &keys, &ids)
}

/// The `limit` people wanted that stand just before a place of the list, in Vietnamese order.
pub fn list_before(
    tx: &mut Tx<'_>,
    wanted: &Wanted<'_>,
    before: &After,
    limit: i64,
) -> Result<Vec<Line>> {
    let keys = Keys::of(wanted, Some(before));
    if keys.number.is_some() {
        return Ok(Vec::new());
    }
    let ids: Vec<PersonId> = if is_wide(tx, wanted.scope)? {
        tx.values(sql!(SQL, "walk_back"), &keys.args(limit))?
    } else {
        tx.values(sql!(SQL, "gather_back"), &keys.args(limit))?
    };
    lines(tx, &keys, &ids)
}

fn lines(tx: &mut Tx<'_>, keys: &Keys, ids: &[PersonId]) -> Result<Vec<Line>> {
    tx.list(sql!(SQL, "lines"), args![ids, keys.spans, keys.on, keys.kind, keys.category])
}

/// What is wanted, as the statements take it.
struct Keys {
    spans: serde_json::Value,
    on: Date,
    first: Option<String>,
    inner: Option<String>,
    sort: Option<String>,
    id: Option<PersonId>,
    kind: Option<String>,
    category: Option<String>,
    number: Option<String>,
}

impl Keys {
    fn of(wanted: &Wanted<'_>, place: Option<&After>) -> Keys {
        let digits: String = wanted.search.chars().filter(char::is_ascii_digit).collect();
        let number = matches!(digits.len(), 9 | 12).then_some(digits);
        let search = text::fold(wanted.search);
        let by_name = !search.is_empty() && number.is_none();
        Keys {
            spans: wanted.scope.json(),
            on: wanted.on,
            first: by_name.then(|| format!("{search}%")),
            inner: by_name.then(|| format!("% {search}%")),
            sort: place.map(|place| place.sort.clone()),
            id: place.map(|place| place.id),
            kind: wanted.kind.map(|kind| kind.code().to_owned()),
            category: wanted.category.map(str::to_owned),
            number,
        }
    }

    fn args(&self, limit: i64) -> Vec<Arg<'_>> {
        vec![
            self.spans.arg(),
            self.on.arg(),
            self.first.arg(),
            self.inner.arg(),
            self.sort.arg(),
            self.id.arg(),
            Arg::Int(limit),
            self.kind.arg(),
            self.category.arg(),
        ]
    }
}

/// Whether most people lie in the scope: then the names are walked in their order until a page
/// is full; otherwise the people of the few units are gathered and put in order.
fn is_wide(tx: &mut Tx<'_>, scope: &Scope) -> Result<bool> {
    let all = match unit::root(tx) {
        Ok(root) => root.last + 1,
        Err(e) if e.kind() == Kind::NotFound => return Ok(false),
        Err(e) => return Err(e),
    };
    let held: i64 = scope.spans().iter().map(|Span { lo, hi }| hi - lo + 1).sum();
    Ok(all < held * 4)
}
