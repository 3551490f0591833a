//! What rows say is kept as long as it is needed, and no longer.

use jiff::Span;
use serde_json::json;
use thao_base::{ImportId, args};
use thao_cast::{Who, app};
use thao_people::imports::people::DESK;
use thao_people::imports::{self, Came, Decision, clear, direct};

use crate::stage::{Stage, csv, stages};

const HEADINGS: [&str; 3] = ["Họ và tên", "Ngày sinh", "Số CCCD"];
const DAYS: u32 = 90;

async fn clear_all(stage: &Stage) {
    let now = stage.world.now();
    while stage.db.note(move |tx| clear(tx, now, DAYS)).await.unwrap() {}
}

/// Whether anything of what its rows say is there.
async fn says(stage: &Stage, id: ImportId) -> bool {
    let kept = stage
        .read(move |tx| {
            let sql = "SELECT COUNT(*) FROM import_row WHERE import_id = $1
              AND (cells IS NOT NULL OR made IS NOT NULL OR person_id IS NOT NULL)";
            tx.value::<i64>(sql, args![id])
        })
        .await;
    let rows = stage.rows(id).await;
    let empty =
        |row: &imports::Row| row.draft == json!({}) && row.notes.is_empty() && row.deed.is_null();
    0 < kept || !rows.iter().all(empty)
}

/// The key of the error of taking a file back.
async fn undo(stage: &Stage, id: ImportId) -> Result<bool, String> {
    let stamp = stage.stamp();
    let done = stage.db.write(move |tx| direct::take_back(tx, &stamp, &DESK, id)).await;
    done.map_err(|error| error.key().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_ninety_days_only_numbers_are_left_and_it_is_too_late_to_undo() {
    for stage in stages().await {
        let rows: &[&[&str]] = &[
            &["Lê Thị Hoà", "05/02/1987", "099187000001"],
            &["Nguyễn Văn Ân", "19/05/1990", ""],
            &["Lê Văn Sai", "1/1/2030", ""],
        ];
        let id = stage.send_rows(&HEADINGS, rows).await;
        stage.confirm(id).await;
        let counts = stage.counts(id).await;
        stage.world.hand.advance(Span::new().hours(90 * 24 - 1));
        clear_all(&stage).await;
        assert!(says(&stage, id).await, "one hour early: {}", stage.db.name());
        let app = app(&stage.db, thao_people::pages(), &stage.world);
        let manager = stage.cast.client(&app, Who::CommuneManager);
        let page = manager.get(&format!("/people/imports/{id}")).await;
        assert!(page.text().contains("Hoàn tác được đến hết ngày 18/02/2027"), "{}", page.text());

        stage.world.hand.advance(Span::new().hours(1));
        clear_all(&stage).await;
        assert!(!says(&stage, id).await, "{}", stage.db.name());
        assert_eq!(stage.counts(id).await, counts);
        assert_eq!(counts.came(Came::Done), 1);
        assert_eq!(undo(&stage, id).await, Err("people.imports.error.cleared".to_owned()));
        assert_eq!(stage.people().await.len(), 1, "what was done stays");

        let page = manager.get(&format!("/people/imports/{id}")).await;
        assert!(page.text().contains("đã được xoá ngày 18/02/2027"), "{}", page.text());
        assert!(!page.has("form[action$='/undoing']") && !page.text().contains("Lê Thị Hoà"));
        let late = manager.post(&format!("/people/imports/{id}/undoing"), &[]).await;
        assert_eq!(late.status, 409);
        assert!(late.text().contains("Đã quá hạn"), "{}", late.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_nobody_confirmed_goes_after_a_week() {
    for stage in stages().await {
        let rows: &[&[&str]] =
            &[&["Lê Thị Hoà", "05/02/1987", "099187000001"], &["Nguyễn Văn Ân", "19/05/1990", ""]];
        let id = stage.send_rows(&HEADINGS, rows).await;
        stage.world.hand.advance(Span::new().hours(7 * 24 - 1));
        clear_all(&stage).await;
        assert!(says(&stage, id).await);
        stage.world.hand.advance(Span::new().hours(1));
        clear_all(&stage).await;
        assert!(!says(&stage, id).await, "{}", stage.db.name());
        let stamp = stage.stamp();
        let done = stage.db.write(move |tx| direct::confirm(tx, &stamp, &DESK, id)).await;
        assert_eq!(done.unwrap_err().key(), "people.imports.error.cleared");
        let stamp = stage.stamp();
        let decided = stage.db.write(move |tx| {
            let file = imports::get(tx, "people", id)?;
            direct::decide(tx, &stamp, &DESK, &file, &[(7, Some(Decision::New))])
        });
        assert_eq!(decided.await.unwrap_err().key(), "people.imports.error.cleared");
        assert_eq!(stage.people().await.len(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_file_is_cleared_in_turns_and_one_taken_back_from_that_day_on() {
    for stage in stages().await {
        let mut lines = vec!["Họ và tên;Ngày sinh".to_owned()];
        lines.extend((0..1_203).map(|n| format!("Lê Văn Mẫu;{}", 1900 + n % 120)));
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let long = stage.send("dài.csv", csv(&lines)).await.unwrap();
        let short =
            stage.send_rows(&HEADINGS, &[&["Lê Thị Hoà", "05/02/1987", "099187000001"]]).await;
        stage.confirm(short).await;
        stage.world.hand.advance(Span::new().hours(24 * 24));
        assert_eq!(undo(&stage, short).await, Ok(true));
        let now = stage.world.now();
        let mut turns = 0;
        while stage.db.note(move |tx| clear(tx, now, DAYS)).await.unwrap() {
            turns += 1;
        }
        assert_eq!(turns, 3, "two of rows, one that finds no more");
        assert!(!says(&stage, long).await, "{}", stage.db.name());
        stage.world.hand.advance(Span::new().hours(89 * 24));
        clear_all(&stage).await;
        assert!(says(&stage, short).await, "it was taken back 89 days ago");
        stage.world.hand.advance(Span::new().hours(24));
        clear_all(&stage).await;
        assert!(!says(&stage, short).await);
        assert_eq!(stage.counts(short).await.came(Came::Undone), 1);
    }
}
