//! One SQL text for both databases.
//!
//! Statements live in `<noun>.sql` beside `<noun>.rs`, in blocks headed `-- name: block`, and are
//! found at compile time by [`sql!`]. What the two databases spell differently is written as a
//! word in braces and put in when the statement is first prepared on a connection:
//!
//! | word | SQLite | PostgreSQL |
//! | --- | --- | --- |
//! | `{id}` `{bool}` `{time}` `{json}` `{bytes}` `{real}` | storage classes | types |
//! | `x {in:$1}` | `IN (SELECT value FROM rarray(?1))` | `= ANY($1)` |
//! | `{spans:$1}` | table of `lo`, `hi` out of a JSON list of pairs | the same |
//! | `{skip_locked}` | nothing: writers take turns | `FOR UPDATE SKIP LOCKED` |
//! | `){keyed};` | rows kept in the order of their key | nothing: always a heap |
//! | `{append_only:t}` | triggers that refuse UPDATE and DELETE | the same, and TRUNCATE |

use std::borrow::Cow;

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    Sqlite,
    Postgres,
}

/// The statement named `name` in the text `src`; a name that is missing does not compile.
pub const fn block(src: &'static str, name: &str) -> &'static str {
    let text = src.as_bytes();
    let tag = b"-- name: ";
    let name = name.as_bytes();
    let mut i = 0;
    while i < text.len() {
        let head = i + tag.len() + name.len();
        if starts(text, i, tag)
            && starts(text, i + tag.len(), name)
            && head < text.len()
            && starts(text, head, b"\n")
        {
            let mut end = head + 1;
            while end < text.len() && !starts(text, end, tag) {
                end += 1;
            }
            return src.split_at(end).0.split_at(head + 1).1;
        }
        i += 1;
    }
    #[expect(clippy::panic, reason = "at compile time only: the block is missing")]
    {
        panic!("no SQL block of this name")
    }
}

#[expect(clippy::indexing_slicing, reason = "const functions have no get(); bounds are checked")]
const fn starts(text: &[u8], at: usize, prefix: &[u8]) -> bool {
    if text.len() < at + prefix.len() {
        return false;
    }
    let mut i = 0;
    while i < prefix.len() {
        if text[at + i] != prefix[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// `sql!(TEXT, "find")`: the block `find` of the SQL text `TEXT`, found at compile time.
#[macro_export]
macro_rules! sql {
    ($text:expr, $name:literal) => {
        const { $crate::db::sql::block($text, $name) }
    };
}

/// Puts in what this database calls each word.
pub fn render(sql: &str, dialect: Dialect) -> Cow<'_, str> {
    if !sql.contains('{') {
        return Cow::Borrowed(sql);
    }
    let mut out = String::with_capacity(sql.len() + 64);
    let mut rest = sql;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        let Some((word, after)) = tail.split_once('}') else {
            out.push('{');
            rest = tail;
            continue;
        };
        let (name, of) = word.split_once(':').unwrap_or((word, ""));
        expand(name, of, dialect, &mut out);
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn expand(name: &str, of: &str, dialect: Dialect, out: &mut String) {
    use Dialect::{Postgres, Sqlite};
    let text = match (name, dialect) {
        ("id", Sqlite) | ("bytes", Sqlite) => "BLOB".to_owned(),
        ("id", Postgres) => "uuid".to_owned(),
        ("bytes", Postgres) => "bytea".to_owned(),
        ("bool", Sqlite) | ("time", Sqlite) => "INTEGER".to_owned(),
        ("bool", Postgres) => "boolean".to_owned(),
        ("time", Postgres) => "timestamptz".to_owned(),
        ("json", Sqlite) => "TEXT".to_owned(),
        ("json", Postgres) => "jsonb".to_owned(),
        ("real", Sqlite) => "REAL".to_owned(),
        ("real", Postgres) => "double precision".to_owned(),
        ("keyed", Sqlite) => " WITHOUT ROWID, STRICT".to_owned(),
        ("keyed", Postgres) | ("skip_locked", Sqlite) => String::new(),
        ("skip_locked", Postgres) => "FOR UPDATE SKIP LOCKED".to_owned(),
        ("in", Sqlite) => format!("IN (SELECT value FROM rarray({of}))"),
        ("in", Postgres) => format!("= ANY({of})"),
        ("spans", Sqlite) => format!(
            "(SELECT CAST(json_extract(value, '$[0]') AS INTEGER) AS lo, \
             CAST(json_extract(value, '$[1]') AS INTEGER) AS hi FROM json_each({of}))"
        ),
        ("spans", Postgres) => format!(
            "(SELECT (value->>0)::bigint AS lo, (value->>1)::bigint AS hi \
             FROM jsonb_array_elements(CAST({of} AS jsonb)))"
        ),
        ("append_only", Sqlite) => format!(
            "CREATE TRIGGER {of}_no_update BEFORE UPDATE ON {of} \
             BEGIN SELECT RAISE(ABORT, '{of} is append-only'); END;\n\
             CREATE TRIGGER {of}_no_delete BEFORE DELETE ON {of} \
             BEGIN SELECT RAISE(ABORT, '{of} is append-only'); END;"
        ),
        ("append_only", Postgres) => format!(
            "CREATE FUNCTION {of}_refuse() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION '{of} is append-only' \
             USING ERRCODE = 'integrity_constraint_violation'; END $$;\n\
             CREATE TRIGGER {of}_no_change BEFORE UPDATE OR DELETE ON {of} \
             FOR EACH ROW EXECUTE FUNCTION {of}_refuse();\n\
             CREATE TRIGGER {of}_no_truncate BEFORE TRUNCATE ON {of} \
             FOR EACH STATEMENT EXECUTE FUNCTION {of}_refuse();"
        ),
        _ => format!("{{{name}{}{of}}}", if of.is_empty() { "" } else { ":" }),
    };
    out.push_str(&text);
}

/// Like [`render`], for definitions of tables: text sorts bytewise and SQLite tables are strict.
pub fn render_ddl(sql: &str, dialect: Dialect) -> String {
    let sql = render(sql, dialect);
    let mut out = String::with_capacity(sql.len() + 256);
    for line in sql.lines() {
        let code = line.split("--").next().unwrap_or(line);
        match dialect {
            Dialect::Sqlite if code.trim_end() == ");" => out.push_str(") STRICT;"),
            Dialect::Sqlite => out.push_str(&code.replace(" bigint", " INTEGER")),
            Dialect::Postgres => {
                for (i, part) in code.split(" text").enumerate() {
                    if i > 0 {
                        let word_ends = part.chars().next().is_none_or(|c| !c.is_alphanumeric());
                        out.push_str(if word_ends { " text COLLATE \"C\"" } else { " text" });
                    }
                    out.push_str(part);
                }
            }
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "-- name: first\nSELECT 1;\n-- name: first_two\nSELECT 2;\n";

    #[test]
    fn blocks_are_found_by_their_whole_name() {
        assert_eq!(sql!(TEXT, "first").trim(), "SELECT 1;");
        assert_eq!(sql!(TEXT, "first_two").trim(), "SELECT 2;");
    }

    #[test]
    fn words_become_what_the_database_calls_them() {
        let sql = "SELECT CAST($1 AS {id}) WHERE x {in:$2} AND '{' <> ''";
        assert_eq!(
            render(sql, Dialect::Postgres),
            "SELECT CAST($1 AS uuid) WHERE x = ANY($2) AND '{' <> ''"
        );
        assert_eq!(
            render_ddl(
                "CREATE TABLE a (\n  b text NOT NULL,\n  texture bigint\n);",
                Dialect::Postgres
            ),
            "CREATE TABLE a (\n  b text COLLATE \"C\" NOT NULL,\n  texture bigint\n);\n"
        );
        assert_eq!(
            render_ddl("CREATE TABLE a (\n  b text,\n  c bigint\n);", Dialect::Sqlite),
            "CREATE TABLE a (\n  b text,\n  c INTEGER\n) STRICT;\n"
        );
    }
}
