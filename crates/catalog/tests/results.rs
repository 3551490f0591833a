//! Imports of results, on both databases: announced, written once, taken back.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use thao_base::{ActivityId, CourseId, ImportId, RowId, Stamp, Tx, ids};
use thao_cast::{Cast, Who, app, cast};
use thao_catalog::results::{DESK, Options};
use thao_people::imports::Outcome::{Ask, Create, Refuse, Same};
use thao_people::imports::{self, Came, Decision, Incoming, Outcome, Row, Show, direct, rows};
use thao_record::statement::{self, Draft};
use thao_record::{Verb, evidence};
use thao_testkit::{TestDb, World, databases, world};

const HEADINGS: &str = "TT;Họ và tên;Ngày sinh;Số CCCD;Đơn vị;Tên khóa học;Ngày;Kết quả;Xếp loại";
const SAFETY: &str = "An toàn thông tin cơ bản";

struct Stage {
    db: TestDb,
    world: World,
    cast: Cast,
    who: Who,
    course: CourseId,
    options: Options,
}

async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let stamp = world.stamp("catalog.act.publish");
        let course = db
            .write(move |tx| {
                thao_catalog::publish_starter(tx, &stamp)?;
                let courses = thao_catalog::course::list(tx)?;
                Ok(courses.iter().find(|course| course.title_vi == SAFETY).map(|course| course.id))
            })
            .await
            .unwrap()
            .unwrap();
        let who = Who::CommuneManager;
        out.push(Stage { db, world, cast, who, course, options: Options::default() });
    }
    out
}

impl Stage {
    fn stamp(&self) -> Stamp {
        self.cast.stamp(&self.world, self.who, "catalog.act.import_results")
    }

    async fn send(&self, lines: &[&str]) -> ImportId {
        let mut all = vec![HEADINGS];
        all.extend(lines);
        let incoming = Incoming {
            name: "kết quả.csv".into(),
            bytes: all.join("\n").into_bytes(),
            unit: match self.who {
                Who::ProvinceManager => self.cast.units.province,
                _ => self.cast.commune(),
            },
            options: self.options.json().unwrap(),
            today: self.stamp().today(),
        };
        let received = imports::receive(&self.db, &DESK, incoming.clone()).await.unwrap();
        let stamp = self.stamp();
        direct::plan_here(&self.db, &stamp, &DESK, incoming, &received, &|_, _| ()).await.unwrap()
    }

    async fn confirm(&self, id: ImportId) {
        direct::apply_here(&self.db, &self.stamp(), &DESK, id, &|_, _| ()).await.unwrap();
    }

    async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>) -> thao_base::Result<T> + Send + 'static,
    ) -> T {
        self.db.read(work).await.unwrap()
    }

    async fn rows(&self, id: ImportId) -> Vec<Row> {
        self.read(move |tx| rows::list(tx, id, Show::All, 0, 10_000)).await
    }

    async fn outcomes(&self, id: ImportId) -> Vec<(Outcome, String)> {
        let last = |row: &Row| row.notes.last().map(|note| note.key.clone()).unwrap_or_default();
        let short = |key: String| key.rsplit('.').next().unwrap_or_default().to_owned();
        self.rows(id).await.iter().map(|row| (row.outcome, short(last(row)))).collect()
    }

    /// What the record holds of somebody in the course: `(verb, how it ended)`, voided left out.
    async fn record(&self, who: Who) -> Vec<(Verb, Option<bool>)> {
        let (person, course) = (self.cast.person(who), self.course);
        let activity: ActivityId = ids::cast(course);
        let all = self.read(move |tx| statement::list_of_activity(tx, person, activity)).await;
        all.iter().map(|found| (found.verb().unwrap(), found.success)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_announced_written_once_and_taken_back() {
    for stage in stages().await {
        let lines = [
            "1;Nguyễn Văn An;19/05/1990;;;An toàn thông tin cơ bản;15/06/2026;Đạt;Khá",
            "2;TRẦN THỊ BÌNH;19/5/1958;;;AN TOAN THONG TIN CO BAN;2026-06-15;Không đạt;",
            "3;Hoàng Văn Tổ;;099092000103;;An toàn thông tin cơ bản;1/6/2026;Hoàn thành;",
            "4;Phạm Thị Xã;;99083000102;;An toàn thông tin cơ bản;1/6/2026;Tham dự;",
            "5;Nguyễn Văn An;19/05/1990;;;Khóa không có;15/06/2026;Đạt;",
            "6;Nguyễn Văn An;19/05/1990;;;An toàn thông tin cơ bản;15/06/2027;Đạt;",
            "7;Nguyễn Văn An;19/05/1990;;;An toàn thông tin cơ bản;15/06/2026;Tạm;",
            "8;Lê Văn Lạ;01/01/1980;099080000999;;An toàn thông tin cơ bản;15/06/2026;Đạt;",
            "9;Bùi Thị Cúc;;099095000108;;An toàn thông tin cơ bản;15/06/2026;Đạt;",
            "10;Nguyễn Văn An;;099090000105;Phòng gì đó;An toàn thông tin cơ bản;15/06/2026;Đạt;",
            "11;Nguyễn Văn An;;099090000105;;An toàn thông tin cơ bản;15/06/2026;Không đạt;",
            "12;Nguyễn Văn An;;099090000105;;An toàn thông tin cơ bản;2026;Đạt;",
            "13;Nguyễn Văn An;;;;An toàn thông tin cơ bản;15/06/2026;Đạt;",
            "14;Nguyễn Văn An;19/05/1990;;;An toàn thông tin cơ bản;16/06/2026;Đạt;Yếu",
            "15;Nguyễn Văn An;19/05/1990;;;An toàn thông tin cơ bản;17/06/2026;Vắng;",
        ];
        let id = stage.send(&lines).await;
        let found = stage.outcomes(id).await;
        let expected = [
            (Create, ""),
            (Create, ""),
            (Create, ""),
            (Create, "citizen_id_padded"),
            (Refuse, "course_unknown"),
            (Refuse, "date_future"),
            (Refuse, "word_unknown"),
            (Refuse, "person_unknown"),
            (Refuse, "person_outside"),
            (Same, "same_as_row"),
            (Refuse, "row_contradicts"),
            (Refuse, "date_year"),
            (Refuse, "unidentified"),
            (Refuse, "words_contradict"),
            (Refuse, "absent"),
        ];
        let found: Vec<(Outcome, &str)> = found
            .iter()
            .map(|(outcome, key)| {
                let key = if key == "no_identifier" { "" } else { key.as_str() };
                (*outcome, key)
            })
            .collect();
        assert_eq!(found, expected);
        assert_eq!(stage.record(Who::An).await, []);

        stage.confirm(id).await;
        assert_eq!(stage.record(Who::An).await, [(Verb::Passed, Some(true))]);
        assert_eq!(stage.record(Who::Binh).await, [(Verb::Passed, Some(false))]);
        assert_eq!(stage.record(Who::Organiser).await, [(Verb::Completed, Some(true))]);
        assert_eq!(stage.record(Who::CommuneManager).await, [(Verb::Attended, None)]);
        let context: RowId = ids::cast(id);
        let written = stage.read(move |tx| statement::list_of_context(tx, context)).await;
        assert_eq!(written.len(), 4);
        let binh = written.iter().find(|s| s.success == Some(false)).unwrap();
        assert_eq!(binh.unit, stage.cast.units.villages[0][0], "where she belonged that day");
        assert_eq!(thao_base::Lang::Vi.date(thao_base::locale::local_date(binh.at)), "15/06/2026");

        let again = stage.send(&lines).await;
        let found: Vec<Outcome> = stage.outcomes(again).await.iter().map(|(o, _)| *o).collect();
        assert_eq!(found[..4], [Same, Same, Same, Same]);
        stage.confirm(again).await;
        assert_eq!(stage.record(Who::An).await.len(), 1);

        let stamp = stage.stamp();
        let undo = move |tx: &mut Tx<'_>| direct::take_back(tx, &stamp, &DESK, id);
        assert!(stage.db.write(undo).await.unwrap());
        for who in [Who::An, Who::Binh, Who::Organiser, Who::CommuneManager] {
            assert_eq!(stage.record(who).await, [], "{who:?}");
        }
        let counts = stage.read(move |tx| imports::counts(tx, id)).await;
        assert_eq!(counts.came(Came::Undone), 4);
        // Taken back, the same file counts again.
        let third = stage.send(&lines).await;
        stage.confirm(third).await;
        assert_eq!(stage.record(Who::An).await, [(Verb::Passed, Some(true))]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_record_holds_already_is_the_same_whoever_wrote_it() {
    for stage in stages().await {
        let (an, unit, course) = (stage.cast.person(Who::An), stage.cast.commune(), stage.course);
        let stamp = stage.stamp();
        let passed = Draft {
            activity: Some(ids::cast(course)),
            success: Some(true),
            at: "2026-06-15T02:00:00Z".parse().unwrap(),
            ..Draft::new(&stamp, Verb::Passed, an, unit)
        };
        stage
            .db
            .write(move |tx| statement::append(tx, &stamp, std::slice::from_ref(&passed)))
            .await
            .unwrap();
        let id = stage
            .send(&[
                "1;Nguyễn Văn An;19/05/1990;;;An toàn thông tin cơ bản;15/06/2026;Giỏi;",
                "2;Nguyễn Văn An;19/05/1990;;;An toàn thông tin cơ bản;16/06/2026;Đạt;",
            ])
            .await;
        let found: Vec<Outcome> = stage.outcomes(id).await.iter().map(|(o, _)| *o).collect();
        assert_eq!(found, [Same, Create]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_course_for_the_whole_file_and_a_person_to_decide_about() {
    for mut stage in stages().await {
        stage.who = Who::ProvinceManager;
        stage.options = Options { course: Some(stage.course) };
        let id = stage
            .send(&[
                "1;Nguyễn Văn An;19/05/1990;;Xã Hoà Bình;;15/06/2026;Đạt;",
                "2;Bùi Thị Cúc;19/05/1995;;Xã Hòa Bình;;15/06/2026;Đạt;",
            ])
            .await;
        assert_eq!(
            stage.outcomes(id).await,
            [(Create, "no_identifier".to_owned()), (Ask, "other_unit".to_owned()),]
        );
        let stamp = stage.stamp();
        let decide = move |tx: &mut Tx<'_>| {
            let file = imports::get(tx, "results", id)?;
            let rows = rows::list(tx, id, Show::Outcome(Ask), 0, 10)?;
            let no = rows.first().map_or(0, |row| row.no);
            direct::decide(tx, &stamp, &DESK, &file, &[(no, Some(Decision::Same))])
        };
        assert_eq!(stage.db.write(decide).await.unwrap(), 1);
        stage.confirm(id).await;
        assert_eq!(stage.record(Who::OtherLearner).await, [(Verb::Passed, Some(true))]);
        let cuc = stage.cast.person(Who::OtherLearner);
        let facts = stage.read(move |tx| statement::facts(tx, &[cuc])).await;
        let facts: Vec<_> = facts.into_iter().map(|(_, fact)| fact).collect();
        let days = evidence::held(&facts, evidence::Rung::Attended, None);
        assert_eq!(evidence::date_of(days[0].from).to_string(), "2026-06-15");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn through_the_pages() {
    for stage in stages().await {
        let app = app(&stage.db, thao_catalog::pages(), &stage.world);
        let manager = stage.cast.client(&app, Who::CommuneManager);
        let list = manager.get("/catalog/results").await;
        assert_eq!(list.one("h1"), "Nhập kết quả đã có");
        assert!(list.css("select[name=course] option").contains(&SAFETY.to_owned()));
        let unit = stage.cast.commune().to_string();
        let course = stage.course.to_string();
        let file = "Họ tên;Ngày sinh;Từ ngày;Đến ngày;Kết quả\n\
                    Nguyễn Văn An;19/05/1990;10/6/2026;15/6/2026;Đạt\n\
                    Trần Thị Bình;1958;10/6/2026;15/6/2026;x\n";
        let fields = [("unit", unit.as_str()), ("course", course.as_str())];
        let sent = manager
            .upload("/catalog/results", &fields, ("file", "lớp tháng 6.csv", file.as_bytes()))
            .await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let page = manager.follow(&sent).await;
        assert_eq!(page.css(".tabs a"), ["Tất cả 2", "Thêm mới 1", "Từ chối 1"]);
        let button = page.one("form[action$='/confirmation'] button");
        assert_eq!(button, "Xác nhận: ghi 1 kết quả");
        assert!(page.text().contains("An toàn thông tin cơ bản: Đạt, 15/06/2026"));
        let path = page.attr("form[action$='/confirmation']", "action");
        let done = manager.post(&path, &[]).await;
        assert_eq!(manager.follow(&done).await.status, 200);
        assert_eq!(stage.record(Who::An).await, [(Verb::Passed, Some(true))]);
        for (who, status) in [(Who::OtherManager, 404), (Who::An, 403), (Who::ProvinceManager, 200)]
        {
            let path = path.trim_end_matches("/confirmation");
            assert_eq!(stage.cast.client(&app, who).get(path).await.status, status, "{who:?}");
        }
        let template = manager.get("/catalog/results/template.xlsx").await;
        assert_eq!(template.status, 200);
    }
}
