//! The scene of this crate's tests: the cast's province, a course, a class tonight in a village.

use axum::Router;
use jiff::civil::date;
use thao_base::db::Arg;
use thao_base::{
    ActivityId, ClassId, CourseId, Id, MeetingId, PersonId, Result, Stamp, Tx, cast as same,
};
use thao_cast::{Cast, Client, Who};
use thao_catalog::course::COURSE;
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::person::{self, NewPerson};
use thao_people::{AffiliationKind, Birth};
use thao_record::register;
use thao_testkit::{TestDb, World, databases, world};

use crate::class::{self, Class, Details};
use crate::meeting::{self, Meeting};
use crate::registration::{self, Manner};
use crate::schedule::Evening;

/// 19:30–21:00 in Vietnam, tonight.
const STARTS: &str = "2026-11-20T12:30:00Z";
const ENDS: &str = "2026-11-20T14:00:00Z";
/// The evening before the meeting.
pub(crate) const THE_DAY_BEFORE: &str = "2026-11-19T13:00:00Z";
/// Ten minutes after the class began.
pub(crate) const DURING: &str = "2026-11-20T12:40:00Z";

pub(crate) struct Scene {
    pub db: TestDb,
    pub world: World,
    pub cast: Cast,
    pub course: CourseId,
    pub class: ClassId,
    pub meeting: MeetingId,
    /// Who is registered, in the order they were.
    pub people: Vec<PersonId>,
    pub app: Router,
}

/// The scene on each database, with so many residents registered for tonight's class.
pub(crate) async fn scenes(registered: usize) -> Vec<Scene> {
    let mut out = Vec::new();
    for db in databases().await {
        out.push(Scene::new(db, registered).await);
    }
    out
}

impl Scene {
    async fn new(db: TestDb, registered: usize) -> Scene {
        let world = world();
        let cast = thao_cast::cast(&db, &world).await;
        let app = thao_cast::app(&db, crate::pages(), &world);
        let stamp = cast.stamp(&world, Who::Organiser, "classes.act.open_class");
        let village = cast.units.villages[0][0];
        let organiser = cast.person(Who::Organiser);
        let (course, class, meeting, people) = db
            .write(move |tx| {
                let course = add_course(tx, &stamp, "ky-nang-so", "Kỹ năng số")?;
                let people = add_residents(tx, &stamp, village, registered)?;
                let details = Details {
                    course,
                    unit: village,
                    title: "Kỹ năng số – Thôn Một".into(),
                    venue: "Nhà văn hoá".into(),
                    bring: Some("Điện thoại".into()),
                    capacity: Some(40),
                };
                let class = class::open(tx, &stamp, organiser, &details, &[tonight()])?;
                registration::add(tx, &stamp, class, &people, Manner::Organiser)?;
                let meeting = meeting::list_of_class(tx, class)?[0].id;
                Ok((course, class, meeting, people))
            })
            .await
            .unwrap();
        Scene { db, world, cast, course, class, meeting, people, app }
    }

    pub(crate) fn client(&self, who: Who) -> Client {
        self.cast.client(&self.app, who)
    }

    pub(crate) fn stamp(&self) -> Stamp {
        self.cast.stamp(&self.world, Who::Organiser, "classes.act.tick")
    }

    /// Turns the clock.
    pub(crate) fn at(&self, instant: &str) {
        self.world.hand.set(instant.parse().unwrap());
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Stamp) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let stamp = self.stamp();
        self.db.write(move |tx| work(tx, &stamp)).await
    }

    pub(crate) async fn loaded(&self) -> (Class, Meeting) {
        let (class, meeting) = (self.class, self.meeting);
        self.db
            .read(move |tx| Ok((class::get(tx, class)?, meeting::get(tx, meeting)?)))
            .await
            .unwrap()
    }

    /// Statements of tonight's meeting that say somebody attended and are not voided.
    pub(crate) async fn standing(&self) -> usize {
        let meeting = same(self.meeting);
        let all = self
            .db
            .read(move |tx| thao_record::statement::list_of_context(tx, meeting))
            .await
            .unwrap();
        all.iter().filter(|s| s.kind == "attended" && s.voided_by.is_none()).count()
    }

    /// Everything the record holds of tonight's meeting.
    pub(crate) async fn statements(&self) -> Vec<thao_record::statement::Statement> {
        let meeting = same(self.meeting);
        let list = move |tx: &mut Tx<'_>| thao_record::statement::list_of_context(tx, meeting);
        self.db.read(list).await.unwrap()
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        self.db.read(move |tx| tx.value(sql, thao_base::args![])).await.unwrap()
    }

    pub(crate) fn path(&self, noun: &str) -> String {
        format!("/classes/{}{noun}", self.class)
    }

    pub(crate) fn meeting_path(&self, noun: &str) -> String {
        format!("/classes/meetings/{}/{noun}", self.meeting)
    }
}

pub(crate) fn tonight() -> Evening {
    Evening { starts_at: STARTS.parse().unwrap(), ends_at: ENDS.parse().unwrap() }
}

pub(crate) fn add_course(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    slug: &str,
    title: &str,
) -> Result<CourseId> {
    let id: CourseId = stamp.id();
    let empty = serde_json::json!({});
    let none = serde_json::json!([]);
    let values = [
        ("slug", Arg::Text(slug)),
        ("version", Arg::Int(1)),
        ("hash", Arg::Text("")),
        ("title_vi", Arg::Text(title)),
        ("title_en", Arg::Text("Digital skills")),
        ("summary_vi", Arg::Text("")),
        ("summary_en", Arg::Text("")),
        ("minutes", Arg::Int(90)),
        ("pass_percent", Arg::Int(80)),
        ("about", Arg::Json(&empty)),
        ("sources", Arg::Json(&none)),
        ("published_at", Arg::Time(stamp.at)),
    ];
    register::insert(tx, stamp, &COURSE, id, None, &values)?;
    let _: ActivityId = same(id);
    Ok(id)
}

/// Residents of a village with names in the order of class rolls: "Mẫu Thị An" … .
pub(crate) fn add_residents(
    tx: &mut Tx<'_>,
    stamp: &Stamp,
    village: thao_base::UnitId,
    count: usize,
) -> Result<Vec<PersonId>> {
    const GIVEN: [&str; 5] = ["An", "Bưởi", "Cúc", "Dần", "Đào"];
    const MIDDLE: [&str; 4] = ["Thị", "Văn", "Thuỳ", "Đức"];
    const FAMILY: [&str; 3] = ["Mẫu", "Thử", "Nháp"];
    let people: Vec<(PersonId, NewPerson)> = (0..count)
        .map(|i| {
            let (given, middle) = (GIVEN[i % 5], MIDDLE[(i / 5) % 4]);
            let full_name = format!("{} {middle} {given}", FAMILY[(i / 20) % 3]);
            let year = 1950 + i16::try_from(i).unwrap();
            let birth = Some(Birth::Year(year));
            (stamp.id(), NewPerson { full_name, birth, ..NewPerson::default() })
        })
        .collect();
    person::add_many(tx, stamp, &people)?;
    let since = date(2026, 1, 1);
    let lives: Vec<NewAffiliation> = people
        .iter()
        .map(|(id, _)| NewAffiliation::new(*id, village, AffiliationKind::Resident, since))
        .collect();
    affiliation::add_many(tx, stamp, &lives)?;
    Ok(people.into_iter().map(|(id, _)| id).collect())
}

/// A made-up id, for what does not exist.
pub(crate) fn nowhere<T: Id>() -> T {
    T::from_uuid(uuid::Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000))
}
