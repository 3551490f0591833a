//! A small province in which every kind of thing exists once, in commune 1, so that every address
//! of the program can be asked for.

use axum::Router;
use jiff::civil::date;
use thao_base::{Db, Result, Stamp, Tx};
use thao_cast::{Cast, Client, Who};
use thao_catalog::assignment::{self, NewAssignment};
use thao_classes::class::{self, Details};
use thao_classes::meeting;
use thao_classes::registration::{self, Manner};
use thao_classes::schedule::Evening;
use thao_people::audience::{self, Audience};
use thao_people::{affiliation, consent, duplicate, person};
use thao_plan::allotment::{self, Again};
use thao_plan::course_plan::{self, NewCoursePlan, NewPayment};
use thao_plan::figure::{self, NewFigure};
use thao_plan::kind::Kind as MeasureKind;
use thao_plan::measure::{self, Definition, Denominator};
use thao_plan::plan::{self, NewPlan};
use thao_plan::target::{self, NewTarget, Qualifier, Years};
use thao_plan::task::{self, NewTask};
use thao_record::Rung;
use thao_testkit::World;

use crate::filed::{PERIOD, report};

/// The course of the examples.
pub(crate) const COURSE: &str = "an-toan-thong-tin-co-ban";

/// Everybody who asks, nobody first.
pub(crate) const ALL: [Option<Who>; 10] = [
    None,
    Some(Who::Binh),
    Some(Who::An),
    Some(Who::OtherLearner),
    Some(Who::Instructor),
    Some(Who::Organiser),
    Some(Who::CommuneManager),
    Some(Who::OtherManager),
    Some(Who::ProvinceManager),
    Some(Who::Administrator),
];

/// The province, its people, and one of everything.
pub(crate) struct Whole {
    pub(crate) app: Router,
    pub(crate) cast: Cast,
    examples: Vec<(&'static str, String)>,
}

impl Whole {
    /// Makes it in a fresh database.
    pub(crate) async fn new(db: &Db, world: &World) -> Whole {
        let cast = thao_cast::cast(db, world).await;
        let app = thao_cast::app(db, thao::pages(), world);
        let stamp = cast.stamp(world, Who::CommuneManager, "people.act.set_up");
        let own = cast.clone();
        let examples = db.write(move |tx| make(tx, &stamp, &own)).await;
        let mut whole = Whole { app, cast, examples: examples.unwrap() };
        whole.send_files().await;
        thao_plan::readings::rebuild(db, &world.clock, |_, _| {}).await.unwrap();
        whole
    }

    pub(crate) fn client(&self, who: Option<Who>) -> Client {
        match who {
            Some(who) => self.cast.client(&self.app, who),
            None => Client::new(&self.app),
        }
    }

    /// The address of a route with the examples in its places. Each place needs one: a new kind
    /// of thing is added to [`make`].
    pub(crate) fn address(&self, route: &str) -> String {
        let (mut pattern, mut out) = (String::new(), String::new());
        for part in route.split('/').skip(1) {
            pattern.push('/');
            pattern.push_str(part);
            out.push('/');
            if part.starts_with('{') {
                out.push_str(&self.example(&pattern));
            } else {
                out.push_str(part);
            }
        }
        if let Some((_, query)) = QUERIES.iter().find(|(path, _)| *path == route) {
            let pairs = query.iter().map(|(name, of)| format!("{name}={}", self.example(of)));
            out.push('?');
            out.push_str(&pairs.collect::<Vec<_>>().join("&"));
        }
        out
    }

    /// What a form of a route holds, so that it would be carried out if it were allowed.
    pub(crate) fn form(&self, route: &str) -> Vec<(&'static str, String)> {
        let found = FORMS.iter().find(|(path, _)| *path == route);
        let fields = found.map_or(&[][..], |(_, fields)| *fields);
        fields
            .iter()
            .map(|(name, value)| match value.starts_with('/') {
                true => (*name, self.example(value)),
                false => (*name, (*value).to_owned()),
            })
            .collect()
    }

    fn example(&self, pattern: &str) -> String {
        let found = self.examples.iter().find(|(known, _)| *known == pattern);
        found.unwrap_or_else(|| panic!("no example for {pattern} (tests/it/world.rs)")).1.clone()
    }

    /// What only a request can make: a file of each kind, kept and not confirmed.
    async fn send_files(&mut self) {
        let manager = self.client(Some(Who::CommuneManager));
        let (unit, measure) = (self.cast.commune().to_string(), self.address("/{measure}"));
        let measure = measure.trim_start_matches('/');
        for (desk, fields, table) in FILES {
            let list = desk.trim_end_matches("/{id}");
            let mut fields = fields.to_vec();
            fields.extend([("unit", unit.as_str()), ("measure", measure)]);
            let file = ("file", "danh-sach.csv", table.as_bytes());
            let answer = manager.upload(list, &fields, file).await;
            assert_eq!(answer.status, 303, "{list}: {}", answer.text());
            let location = answer.location();
            let path = location.split('?').next().unwrap_or_default();
            let id = path.rsplit('/').next().unwrap_or_default().to_owned();
            self.examples.push((desk, id));
        }
    }
}

/// Pages that are about something their query names, as examples.
const QUERIES: &[(&str, Fields)] = &[
    ("/plan/figures/new", &[("measure", "/{measure}"), ("unit", "/people/units/{id}")]),
    ("/plan/minimum/{rule}/people", &[("unit", "/people/units/{id}")]),
    ("/report/templates/new", &[("form", "/report/forms/{id}")]),
];

/// Forms that are read before anybody asks who sent them: what they hold, examples by `/pattern`.
type Fields = &'static [(&'static str, &'static str)];
const FORMS: &[(&str, Fields)] = &[
    ("/account/language", &[("lang", "en")]),
    (
        "/learn/{course}/{lesson}/answers",
        &[("item", "/{item}"), ("version", "1"), ("answer", "a"), ("form_id", FORM)],
    ),
    ("/classes/meetings/{id}/ticks", &[("on", "/people/{id}"), ("form_id", FORM)]),
    ("/people/{id}/affiliations/{row}/end", &[("to", "20/11/2026")]),
    ("/people/duplicates/{id}", &[("decision", "different")]),
];
/// The id of a form made on a device.
const FORM: &str = "019372a8-2b00-7000-8000-00000000f0f0";

/// A file of each desk: its address, what is chosen for it, its rows.
type Sent = (&'static str, &'static [(&'static str, &'static str)], &'static str);
const FILES: [Sent; 3] = [
    (
        "/people/imports/{id}",
        &[("kind", "staff")],
        "Họ và tên,Ngày sinh,Số CCCD,Chức vụ\nLò Thị Mẫu,02/09/1990,099190000555,Văn thư\n",
    ),
    (
        "/catalog/results/{id}",
        &[],
        "Họ và tên,Ngày sinh,Tên khóa học,Ngày,Kết quả\n\
         Lò Thị Mẫu,02/09/1990,An toàn thông tin cơ bản,10/09/2026,Đạt\n",
    ),
    (
        "/plan/figures/imports/{id}",
        &[("as_of", "30/09/2026"), ("source", "Thống kê xã")],
        "Mã xã,Tên xã,Dân số\n00991,Xã Hòa Bình,130\n",
    ),
];

/// Two people who may be one, for the list to decide.
const TWIN: (&str, i16) = ("Nguyễn Văn An", 1990);

fn make(tx: &mut Tx<'_>, stamp: &Stamp, cast: &Cast) -> Result<Vec<(&'static str, String)>> {
    let (commune, an, binh) = (cast.commune(), cast.person(Who::An), cast.person(Who::Binh));
    thao_catalog::publish_starter(tx, stamp)?;
    let course = thao_catalog::course::get_by_slug(tx, COURSE)?;
    let lesson = thao_catalog::lesson::list_of_course(tx, course.id)?.remove(0);
    let media = thao_catalog::media::list(tx, course.id)?.remove(0);
    let item = thao_catalog::lesson::list_items(tx, lesson.id)?.remove(0).0;

    let details = Details {
        course: course.id,
        unit: commune,
        title: "Lớp mẫu".to_owned(),
        venue: "Nhà văn hoá".to_owned(),
        bring: None,
        capacity: Some(40),
    };
    let hour = jiff::SignedDuration::from_hours(1);
    let evening = Evening { starts_at: stamp.at, ends_at: stamp.at + hour };
    let class = class::open(tx, stamp, cast.person(Who::Organiser), &details, &[evening])?;
    registration::add(tx, stamp, class, &[an, binh], Manner::Organiser)?;
    let entry = registration::roster(tx, class, stamp.today())?.remove(0);
    let meeting = meeting::list_of_class(tx, class)?.remove(0);
    let code = class::get(tx, class)?.code;

    let audience = Audience {
        id: stamp.id(),
        code: "officials".to_owned(),
        name_vi: "Cán bộ, công chức".to_owned(),
        name_en: "Officials".to_owned(),
        affiliation_kind: "staff".to_owned(),
        categories: serde_json::json!(["cong_chuc"]),
        age_from: None,
        age_below: None,
    };
    audience::add(tx, stamp, &audience)?;
    let new = NewAssignment { course: course.id, audience: audience.id, unit: commune, due: None };
    let assignment = assignment::add(tx, stamp, &new)?;
    let plan = NewPlan {
        unit: commune,
        title: "Kế hoạch mẫu".to_owned(),
        legal_basis: None,
        valid_from: date(2026, 1, 1),
        valid_to: None,
    };
    let plan = plan::add(tx, stamp, &plan)?;
    let task = NewTask {
        plan,
        no: None,
        title: "Nhiệm vụ mẫu".to_owned(),
        unit: commune,
        taking_part: None,
        deadline: Some(date(2026, 6, 30)),
        product: None,
    };
    let task = task::add(tx, stamp, &task)?;
    let row = NewCoursePlan {
        year: 2026,
        unit: commune,
        area: commune,
        course: Some(course.id),
        title: "Đào tạo mẫu".to_owned(),
        audience: None,
        classes: Some(2),
        places: Some(80),
        budget: Some(10_000_000),
        funds: None,
        due: None,
    };
    let row_of_year = course_plan::add(tx, stamp, &row)?;
    let payment =
        NewPayment {
            amount: 1_000_000, on: date(2026, 5, 4), document: "Chứng từ mẫu".to_owned()
        };
    let payment = course_plan::pay(tx, stamp, row_of_year, &payment)?;
    thao_plan::training_rule::take_list(tx, stamp)?;
    let rule = thao_plan::training_rule::list(tx)?.remove(0).id;
    let definition = Definition {
        activities: [thao_base::ids::cast(course.id)].into(),
        rung: Rung::Completed,
        denominator: Denominator::Official,
        ..Definition::people(MeasureKind::SharePeople, audience.id)
    };
    let measure = measure::ensure(tx, stamp, ["Đo mẫu", "A measure"], &definition)?;
    let target = NewTarget {
        plan,
        measure,
        unit: commune,
        code: Some("M-01".to_owned()),
        title_vi: "100% học xong".to_owned(),
        title_en: "100% have completed".to_owned(),
        qualifier: Qualifier::AtLeast,
        goal: 1000,
        baseline: 0,
        starts: date(2026, 1, 1),
        due: date(2030, 12, 31),
        years: Years::new(),
    };
    let target = target::add(tx, stamp, &target)?;
    let [village, ..] = cast.units.villages[0];
    allotment::propose(tx, stamp, target, village, Some(900), Again::No)?;
    let figure = NewFigure {
        measure,
        unit: commune,
        value: 120,
        as_of: date(2026, 6, 30),
        source: "Thống kê xã".to_owned(),
        import: None,
    };
    let figure = figure::add_many(tx, stamp, &[figure])?.remove(0);

    let report = report(tx, stamp, cast)?;

    let consent = consent::add(
        tx,
        &Stamp { person: Some(an), ..stamp.clone() },
        an,
        "training_record",
        "1",
        consent::Manner::Oral,
        None,
    )?;
    let twin = person::NewPerson {
        full_name: TWIN.0.to_owned(),
        birth: Some(thao_people::Birth::Day(date(TWIN.1, 5, 19))),
        ..person::NewPerson::default()
    };
    let twin = person::add(tx, stamp, twin)?;
    let kind = thao_people::AffiliationKind::Staff;
    let works = affiliation::NewAffiliation::new(twin, commune, kind, date(2026, 1, 1));
    affiliation::add_many(tx, stamp, &[works])?;
    duplicate::look(tx, stamp, &[twin])?;
    let pair = duplicate::find(tx, twin, an)?.map(|pair| pair.id.to_string());
    let row = affiliation::list_of_persons(tx, &[an])?.remove(0).id;
    let organiser = [cast.person(Who::Organiser)];
    let role = thao_people::appointment::list_of_persons(tx, &organiser)?.remove(0).id;

    Ok(vec![
        ("/{measure}", measure.to_string()),
        ("/{item}", item.to_string()),
        ("/c/{code}", code),
        ("/classes/{id}", class.to_string()),
        ("/classes/{id}/registrations/{registration}", entry.id.to_string()),
        ("/classes/meetings/{id}", meeting.id.to_string()),
        ("/learn/{course}", COURSE.to_owned()),
        ("/learn/{course}/{lesson}", lesson.slug),
        ("/catalog/courses/{slug}", COURSE.to_owned()),
        ("/catalog/assignments/{id}", assignment.to_string()),
        ("/catalog/media/{course}", COURSE.to_owned()),
        ("/catalog/media/{course}/{name}", media.name),
        ("/plan/plans/{id}", plan.to_string()),
        ("/plan/tasks/{id}", task.to_string()),
        ("/plan/training/{id}", row_of_year.to_string()),
        ("/plan/templates/{code}", "25".to_owned()),
        ("/plan/minimum/{rule}", rule.to_string()),
        ("/plan/rules/{id}", rule.to_string()),
        ("/plan/training/{id}/payments/{payment}", payment.to_string()),
        ("/plan/targets/{id}", target.to_string()),
        ("/plan/targets/{id}/allotments/{unit}", village.to_string()),
        ("/plan/targets/{id}/people/{person}", an.to_string()),
        ("/plan/figures/{id}", figure.to_string()),
        ("/report/forms/{id}", report.form.clone()),
        ("/report/forms/{id}/lines/{line}", report.line),
        ("/report/periods/{form}", report.form),
        ("/report/periods/{form}/{period}", PERIOD.to_owned()),
        ("/report/returns/{id}", report.filed),
        ("/report/templates/{id}", report.text),
        ("/people/{id}", an.to_string()),
        ("/people/{id}/affiliations/{row}", row.to_string()),
        ("/people/{id}/appointments/{row}", role.to_string()),
        ("/people/units/{id}", commune.to_string()),
        ("/people/duplicates/{id}", pair.unwrap_or_default()),
        ("/account/consents/{id}", consent.to_string()),
    ])
}
