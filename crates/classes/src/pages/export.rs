//! `/classes/{id}/attendance.xlsx`: who was there on which evening, for Excel.

use std::collections::HashSet;

use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use thao_base::locale::local_date;
use thao_base::{ClassId, Error, Lang, MeetingId, PersonId, Result, Tx};
use thao_people::Birth;
use thao_people::viewing::{self, Look};
use thao_sheet::{Kind, Table, TableColumn, Value};
use thao_web::{Action, Actor, Ask, Reply};

use crate::access::visit;
use crate::class::Class;
use crate::meeting::{self, Meeting};
use crate::registration::{self, Entry};
use crate::{attendance, words};

struct Seen {
    class: Class,
    meetings: Vec<Meeting>,
    roster: Vec<Entry>,
    present: HashSet<(MeetingId, PersonId)>,
}

pub(super) async fn download(ask: Ask, Path(id): Path<ClassId>) -> Reply {
    let today = ask.today();
    let seen = viewing::read(&ask, move |tx, actor, looks| {
        let seen = load(tx, actor, id, today)?;
        let look = Look::file("classes.view.export", seen.roster.len());
        looks.push(look.about(id).within(Some(seen.class.unit)));
        Ok(seen)
    })
    .await?;
    let it = &seen.it;
    let (lang, now) = (ask.lang(&seen.actor), ask.app.clock.now());
    let name = format!("{}-{}.xlsx", lang.t("classes.export.file"), it.class.code);
    let tables = [people(lang, it), attendances(lang, it)];
    let written = tokio::task::spawn_blocking(move || thao_sheet::write(&tables, now)).await;
    let bytes = written.map_err(Error::internal)??;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

fn load(tx: &mut Tx<'_>, actor: &Actor, id: ClassId, today: jiff::civil::Date) -> Result<Seen> {
    let class = visit(tx, actor, id, Action::SeeClasses, today)?;
    let meetings = meeting::list_of_class(tx, id)?;
    let ids: Vec<MeetingId> = meetings.iter().map(|meeting| meeting.id).collect();
    Ok(Seen {
        present: attendance::list_present(tx, &ids)?.into_iter().collect(),
        roster: registration::roster(tx, id, today)?,
        class,
        meetings,
    })
}

/// One line a person, one column an evening.
fn people(lang: Lang, seen: &Seen) -> Table {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let mut columns = vec![
        column("classes.roll.no", Kind::Whole),
        column("classes.person.name", Kind::Text),
        column("classes.person.birth", Kind::Date),
        column("classes.person.year", Kind::Code),
        column("classes.person.sex", Kind::Text),
        column("classes.person.village", Kind::Text),
        column("classes.export.registered", Kind::Date),
    ];
    let evening = |meeting: &Meeting| lang.date(local_date(meeting.starts_at));
    columns.extend(seen.meetings.iter().map(|m| TableColumn::new(evening(m), Kind::Text)));
    columns.push(column("classes.export.total", Kind::Whole));
    let rows = (1..).zip(&seen.roster).map(|(no, entry)| {
        let mut row = vec![
            Value::Whole(no),
            Value::Text(entry.full_name.clone()),
            entry.birth_date.map_or(Value::Empty, Value::Date),
            year(entry),
            sex(lang, entry),
            village(entry),
            Value::Date(local_date(entry.made_at)),
        ];
        let was_there = |meeting: &Meeting| seen.was_there(meeting, entry);
        row.extend(seen.meetings.iter().map(|meeting| match was_there(meeting) {
            true => Value::Text("x".to_owned()),
            false => Value::Empty,
        }));
        let total = seen.meetings.iter().filter(|meeting| was_there(meeting)).count();
        row.push(Value::Whole(i64::try_from(total).unwrap_or(i64::MAX)));
        row
    });
    seen.table(lang, "classes.export.people", columns, rows.collect())
}

/// One line for each person and evening, for sums of one's own.
fn attendances(lang: Lang, seen: &Seen) -> Table {
    let column = |key, kind| TableColumn::new(lang.t(key), kind);
    let columns = vec![
        column("classes.field.date", Kind::Date),
        column("classes.export.hours", Kind::Text),
        column("classes.person.name", Kind::Text),
        column("classes.person.year", Kind::Code),
        column("classes.person.village", Kind::Text),
        column("classes.attendance.present", Kind::Text),
    ];
    let rows = seen.meetings.iter().flat_map(|meeting| {
        seen.roster.iter().map(move |entry| {
            let key = match seen.was_there(meeting, entry) {
                true => "web.table.yes",
                false => "web.table.no",
            };
            vec![
                Value::Date(local_date(meeting.starts_at)),
                Value::Text(words::hours(lang, meeting.evening())),
                Value::Text(entry.full_name.clone()),
                year(entry),
                village(entry),
                Value::Text(lang.t(key).to_owned()),
            ]
        })
    });
    seen.table(lang, "classes.export.attendances", columns, rows.collect())
}

impl Seen {
    fn was_there(&self, meeting: &Meeting, entry: &Entry) -> bool {
        self.present.contains(&(meeting.id, entry.canonical))
    }

    fn table(
        &self,
        lang: Lang,
        name: &str,
        columns: Vec<TableColumn>,
        rows: Vec<Vec<Value>>,
    ) -> Table {
        let class = &self.class;
        Table {
            name: lang.t(name).to_owned(),
            title: class.title.clone(),
            notes: vec![
                lang.f("classes.roll.course", &[("course", &class.course_title(lang))]),
                format!("{}, {}", class.venue, class.place_words()),
            ],
            columns,
            rows,
        }
    }
}

fn year(entry: &Entry) -> Value {
    entry.birth().map_or(Value::Empty, |birth: Birth| Value::Text(birth.year().to_string()))
}

fn sex(lang: Lang, entry: &Entry) -> Value {
    match entry.sex.as_deref() {
        Some("female") => Value::Text(lang.t("classes.person.female").to_owned()),
        Some("male") => Value::Text(lang.t("classes.person.male").to_owned()),
        _ => Value::Empty,
    }
}

fn village(entry: &Entry) -> Value {
    entry.village.clone().map_or(Value::Empty, Value::Text)
}
