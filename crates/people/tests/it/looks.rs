//! Looks at names: logged before they leave, once in a while, by pages that only read.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Span;
use thao_base::args;
use thao_cast::Who;

use crate::stage::Stage;

/// Page and number of people, oldest first.
async fn looks(stage: &Stage) -> Vec<(String, i32)> {
    let sql = "SELECT page, people FROM viewing ORDER BY at, page, people";
    stage.read(move |tx| tx.list(sql, args![])).await
}

fn look(page: &str, people: i32) -> (String, i32) {
    (format!("people.view.{page}"), people)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_page_a_moment_later_is_the_same_look() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        manager.get("/people?q=an").await;
        manager.get("/people?q=khongai").await;
        assert_eq!(looks(&stage).await, [look("list", 1)], "no names, no look");
        // More names than were logged are another look; fewer are the same.
        manager.get("/people").await;
        manager.get("/people?q=an").await;
        assert_eq!(looks(&stage).await, [look("list", 1), look("list", 4)]);
        // Another unit, another account, and a while later too.
        let commune = stage.cast.commune();
        manager.get(&format!("/people?unit={commune}")).await;
        stage.client(Who::ProvinceManager).get("/people").await;
        stage.world.hand.advance(Span::new().minutes(15).seconds(1));
        manager.get("/people").await;
        let found = looks(&stage).await;
        assert_eq!(found[2..], [look("list", 4), look("list", 9), look("list", 4)]);
        // A file that leaves is a look each time.
        stage.world.hand.advance(Span::new().minutes(1));
        manager.get("/people/export").await;
        manager.get("/people/export").await;
        assert_eq!(looks(&stage).await[5..], [look("export", 4), look("export", 4)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_with_names_waits_for_no_writer() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let person = stage.page(Who::An);
        let paths = ["/people", person.as_str()];
        for path in paths {
            manager.get(path).await;
        }
        // Somebody writes for as long as they are let.
        let (begun, began) = channel();
        let (let_go, held) = channel::<()>();
        let held = Arc::new(Mutex::new(held));
        let db = stage.db.reopen();
        let writer = tokio::spawn(async move {
            db.write(move |_| {
                begun.send(()).unwrap();
                let _ = held.lock().unwrap().recv();
                Ok(())
            })
            .await
        });
        tokio::task::block_in_place(|| began.recv()).unwrap();
        for path in paths {
            let page = tokio::time::timeout(Duration::from_secs(4), manager.get(path)).await;
            assert_eq!(page.map(|page| page.status.as_u16()), Ok(200), "{path}");
        }
        drop(let_go);
        writer.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_forms_about_a_person_are_looks_at_them() {
    for stage in Stage::all().await {
        let person = stage.page(Who::An);
        for (below, who) in [
            ("/edit", Who::CommuneManager),
            ("/affiliations", Who::ProvinceManager),
            ("/appointments", Who::Administrator),
        ] {
            let before = looks(&stage).await.len();
            let page = stage.client(who).get(&format!("{person}{below}")).await;
            assert_eq!(page.status, 200, "{below}");
            assert!(page.text().contains("Nguyễn Văn An"));
            assert_eq!(looks(&stage).await[before..], [look("person", 1)], "{below}");
        }
        // A form that comes back shows them too: a while later it is another look.
        stage.world.hand.advance(Span::new().minutes(16));
        let sent = [("full_name", "")];
        assert_eq!(stage.client(Who::CommuneManager).post(&person, &sent).await.status, 422);
        assert_eq!(looks(&stage).await[3..], [look("person", 1)]);
        stage.world.hand.advance(Span::new().minutes(1));
        // As does the question whether somebody new is one of those there are.
        let unit = stage.cast.commune().to_string();
        let new = [
            ("full_name", "Nguyễn Văn An"),
            ("birth", "19/05/1990"),
            ("unit", unit.as_str()),
            ("kind", "staff"),
            ("category", "cong_chuc"),
            ("from", "01/01/2026"),
        ];
        let asked = stage.client(Who::CommuneManager).post("/people", &new).await;
        assert_eq!(asked.status, 422);
        assert_eq!(looks(&stage).await[4..], [look("alike", 1)], "{}", asked.text());
    }
}
