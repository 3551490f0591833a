//! What a page must not hold: right answers before they are found, and too many bytes.

use maud::{Render, html};
use thao_base::Lang;
use thao_cast::Who;
use thao_catalog::item::{Question, Task};
use thao_catalog::{course, lesson};

use crate::world::stages;

/// First load of a learner's page, without style sheet and script.
const MOST_BYTES: usize = 15 * 1024;

/// Words that give a question's answer away, as HTML writes them.
fn giveaways(question: &Question) -> Vec<String> {
    let mut out = vec![question.feedback.right.clone(), question.feedback.wrong.clone()];
    match &question.task {
        Task::Choice { options } | Task::Multiple { options } => {
            out.extend(options.iter().map(|option| option.feedback.clone()));
        }
        Task::Text { .. } | Task::Order { .. } | Task::Match { .. } => {}
    }
    out.iter().map(|words| html! { (words) }.render().into_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_gives_an_answer_away_and_every_page_is_light() {
    let Some(stage) = stages().await.into_iter().next() else { panic!("no database") };
    let lessons = stage
        .db
        .read(|tx| {
            let mut out = Vec::new();
            for course in course::list(tx)? {
                for row in lesson::list_of_course(tx, course.id)? {
                    let content = lesson::open(tx, &row)?;
                    out.push((format!("/learn/{}/{}", course.slug, row.slug), content));
                }
            }
            Ok(out)
        })
        .await
        .unwrap();
    let an = stage.client(Who::An);
    let mut asked = 0;
    for lang in Lang::ALL {
        let an = an.clone().with_cookie(thao_web::LANG_COOKIE, lang.code());
        for (path, content) in &lessons {
            for (i, step) in content.steps(lang).iter().enumerate() {
                let page = an.get(&format!("{path}?step={}", i + 1)).await;
                let html = page.html();
                assert!(html.len() <= MOST_BYTES, "{path} step {}: {} bytes", i + 1, html.len());
                assert!(page.one("h1") == step.heading);
                let Some(question) = step.question() else { continue };
                asked += 1;
                for words in giveaways(question) {
                    assert!(!html.contains(&words), "{path} step {}: {words}", i + 1);
                }
                if let Task::Order { items } = &question.task {
                    assert_ne!(&page.css("label.answer-words"), items, "shown in the right order");
                }
            }
            let end = an.get(&format!("{path}/result")).await;
            assert!(end.html().len() <= MOST_BYTES);
        }
    }
    assert!(100 < asked, "{asked} questions asked");
    for path in ["/learn", crate::world::LEARN] {
        let page = an.get(path).await;
        assert!(page.html().len() <= MOST_BYTES, "{path}: {} bytes", page.html().len());
    }
}
