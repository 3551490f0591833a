//! The world of this crate's tests: the cast, the starter courses, one of them assigned.

use jiff::civil::Date;
use thao_base::{AudienceId, Id, Lang, PersonId, Tx, ids};
use thao_cast::{Answer, Cast, Client, Who, app, cast};
use thao_catalog::assignment::{self, NewAssignment};
use thao_catalog::course::{self, Course};
use thao_catalog::item::{Question, Task};
use thao_catalog::lesson;
use thao_catalog::library;
use thao_people::audience::{self, Audience};
use thao_record::statement::{Statement, list_of_persons};
use thao_testkit::{TestDb, World, world};

use crate::shuffle::order;

/// The course the tests learn.
pub(crate) const COURSE: &str = "an-toan-thong-tin-co-ban";
pub(crate) const LEARN: &str = "/learn/an-toan-thong-tin-co-ban";
/// Its first lesson: seven steps, with a question in each but the first and the last.
pub(crate) const LESSON: &str = "/learn/an-toan-thong-tin-co-ban/mat-khau-va-xac-thuc-hai-buoc";

const TELLS: &str = r#"
id = "0199c0ff-0000-7000-8000-000000000000"
slug = "khoa-doc"
version = 1
pass_percent = 80
tiet = 1
minutes = 10
title = { vi = "Khoá đọc", en = "A course to read" }
summary = { vi = "Chỉ để đọc.", en = "Only to be read." }
audience = { vi = "Người thử", en = "Testers" }
review = { ai_assisted = false, date = "2026-11-20", vi = "Đã xem", en = "Reviewed" }
lessons = [
  { id = "0199c0ff-0100-7000-8000-000000000000", slug = "bai-mot", minutes = 5, title = { vi = "Một", en = "One" } },
  { id = "0199c0ff-0200-7000-8000-000000000000", slug = "bai-hai", minutes = 5, title = { vi = "Hai", en = "Two" } },
]
sources = [{ title = "Nguồn", accessed = "2026-11-20" }]
"#;

/// A service with everything in it.
pub(crate) struct Stage {
    pub db: TestDb,
    pub world: World,
    pub cast: Cast,
    pub app: axum::Router,
}

/// On both databases, one after the other.
pub(crate) async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in thao_testkit::databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let stamp = world.stamp("catalog.act.publish");
        db.write(move |tx| thao_catalog::publish_starter(tx, &stamp)).await.unwrap();
        let app = app(&db, crate::pages(), &world);
        out.push(Stage { db, world, cast, app });
    }
    out
}

impl Stage {
    pub(crate) fn client(&self, who: Who) -> Client {
        self.cast.client(&self.app, who)
    }

    /// Assigns the course to the civil servants of commune 1.
    pub(crate) async fn assign(&self, due: Option<Date>) {
        let stamp = self.world.stamp("catalog.act.assign");
        let unit = self.cast.commune();
        self.db
            .write(move |tx| {
                let audience = Audience {
                    id: AudienceId::new(stamp.at, &stamp.entropy),
                    code: "cong_chuc".into(),
                    name_vi: "Công chức".into(),
                    name_en: "Civil servants".into(),
                    affiliation_kind: "staff".into(),
                    categories: serde_json::json!(["cong_chuc"]),
                    age_from: None,
                    age_below: None,
                };
                audience::add(tx, &stamp, &audience)?;
                let course = course::get_by_slug(tx, COURSE)?.id;
                let audience = audience.id;
                assignment::add(tx, &stamp, &NewAssignment { course, audience, unit, due })
            })
            .await
            .unwrap();
    }

    /// The lessons of the course: address, and each question with its step.
    pub(crate) async fn lessons(&self) -> Vec<(String, Vec<(usize, Question)>)> {
        self.db
            .read(|tx| {
                let course = course::get_by_slug(tx, COURSE)?;
                let mut out = Vec::new();
                for row in lesson::list_of_course(tx, course.id)? {
                    let content = lesson::open(tx, &row)?;
                    let steps = content.steps(Lang::Vi).iter().enumerate();
                    let asked = steps.filter_map(|(i, s)| Some((i + 1, s.question()?.clone())));
                    out.push((format!("{LEARN}/{}", row.slug), asked.collect()));
                }
                Ok(out)
            })
            .await
            .unwrap()
    }

    /// The questions of the first lesson.
    pub(crate) async fn questions(&self) -> Vec<(usize, Question)> {
        self.lessons().await.remove(0).1
    }

    pub(crate) async fn statements(&self, who: Who) -> Vec<Statement> {
        let person = self.cast.person(who);
        self.db.read(move |tx: &mut Tx<'_>| list_of_persons(tx, &[person])).await.unwrap()
    }

    /// How many statements of a kind somebody has.
    pub(crate) async fn count(&self, who: Who, kind: &str) -> usize {
        self.statements(who).await.iter().filter(|statement| statement.kind == kind).count()
    }

    /// Answers every question of every lesson; those named wrongly.
    pub(crate) async fn study(&self, who: Who, wrong: &[(usize, usize)]) {
        let client = self.client(who);
        for (no, (path, questions)) in self.lessons().await.into_iter().enumerate() {
            for (i, (_, question)) in questions.iter().enumerate() {
                let right = !wrong.contains(&(no, i));
                let fields = fields(question, self.cast.person(who), right);
                let done = post(&client, &path, &fields).await;
                assert_eq!(done.status, 303, "{}", done.text());
            }
        }
    }

    /// A course of two lessons that only tell.
    pub(crate) async fn publish_without_questions(&self) {
        let file = |path: &str, text: &str| library::File {
            path: path.to_owned(),
            bytes: text.as_bytes().to_vec().into(),
        };
        let text = "## Một\n\nChữ.\n\n---\n\n## Hai\n\nChữ.\n";
        let lessons = ["01-bai-mot.md", "01-bai-mot.en.md", "02-bai-hai.md", "02-bai-hai.en.md"];
        let mut files = vec![file("course.toml", TELLS)];
        files.extend(lessons.iter().map(|path| file(path, text)));
        let package = library::Package::read(&files).unwrap();
        let stamp = self.world.stamp("catalog.act.publish");
        self.db.write(move |tx| library::publish(tx, &stamp, &package)).await.unwrap();
    }

    pub(crate) async fn course(&self) -> Course {
        self.db.read(|tx| course::get_by_slug(tx, COURSE)).await.unwrap()
    }
}

pub(crate) async fn post(client: &Client, lesson: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    client.post(&format!("{lesson}/answers"), &fields).await
}

/// What the form of a question sends when it is answered rightly or wrongly.
pub(crate) fn fields(question: &Question, person: PersonId, right: bool) -> Vec<(String, String)> {
    let mut out = vec![
        ("step".to_owned(), "1".to_owned()),
        ("item".to_owned(), question.id.to_string()),
        ("version".to_owned(), question.version.to_string()),
    ];
    let mut send = |name: String, value: String| out.push((name, value));
    let order = order(person, question);
    match &question.task {
        Task::Choice { options } => {
            let option = options.iter().find(|option| option.correct == right).unwrap();
            send("answer".into(), option.id.clone());
        }
        Task::Multiple { options } => {
            for option in options.iter().filter(|option| option.correct == right) {
                send("answer".into(), option.id.clone());
            }
        }
        Task::Text { accept } => {
            let text = if right { accept[0].clone() } else { "không biết".into() };
            send("answer".into(), text);
        }
        Task::Order { items } => {
            for (shown, part) in order.iter().enumerate() {
                // All shifted by one is wrong everywhere.
                let place = if right { *part } else { (part + 1) % items.len() };
                send(format!("answer-{shown}"), (place + 1).to_string());
            }
        }
        Task::Match { pairs } => {
            for left in 0..pairs.len() {
                let side = if right { left } else { (left + 1) % pairs.len() };
                let shown = order.iter().position(|part| *part == side).unwrap();
                send(format!("answer-{left}"), (shown + 1).to_string());
            }
        }
    }
    out
}

/// An id such as a form carries.
pub(crate) fn form_id(world: &World) -> String {
    let id: thao_base::SubmissionId = world.stamp("test.act").id();
    ids::cast::<_, thao_base::StatementId>(id).to_string()
}
