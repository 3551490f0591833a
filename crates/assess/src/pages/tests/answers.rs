//! Answering: graded with feedback, once, and what follows from it.

use jiff::Span;
use jiff::civil::date;
use thao_base::{ActivityId, Lang, ids};
use thao_cast::Who;
use thao_people::cluster;

use crate::world::{LEARN, LESSON, fields, form_id, post, stages};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_answer_says_why_and_can_be_tried_again_until_it_is_right() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        let questions = stage.questions().await;
        let (step, question) = &questions[0];
        let person = stage.cast.person(Who::An);

        let open = an.get(&format!("{LESSON}?step={step}")).await;
        assert_eq!(open.css("fieldset.question input[type=radio]").len(), 4);
        assert_eq!(open.one(".save-bar button"), "Trả lời");
        assert!(!open.has(".feedback"));

        let done = post(&an, LESSON, &fields(question, person, false)).await;
        assert_eq!(done.location(), format!("{LESSON}?step={step}#feedback"));
        let page = an.get(&format!("{LESSON}?step={step}")).await;
        assert_eq!(page.one("#feedback .feedback-title"), "Chưa đúng");
        assert!(page.one("#feedback").contains(&question.feedback.wrong));
        assert_eq!(page.one(".answer-wrong .answer-mark"), "Bạn chọn");
        // What is right is still to be found.
        assert!(!page.has(".answer-right"));
        assert_eq!(page.css("input[type=radio]:not([disabled])").len(), 0);
        assert_eq!(page.one(".save-bar a.button-primary"), "Tiếp tục");

        let again = an.get(&page.attr("#feedback a", "href")).await;
        assert_eq!(again.css("input[type=radio]:not([disabled])").len(), 4);
        assert!(!again.has("input[checked]"));
        let done = post(&an, LESSON, &fields(question, person, true)).await;
        let page = an.follow(&done).await;
        assert_eq!(page.one("#feedback .feedback-title"), "Đúng");
        assert_eq!(page.one(".answer-right .answer-mark"), "Đáp án đúng");
        assert!(!page.has("#feedback a"));
        assert_eq!(stage.count(Who::An, "answered").await, 2);

        // Right stays right: nothing more is recorded, and trying again shows what was found.
        for right in [false, true] {
            let done = post(&an, LESSON, &fields(question, person, right)).await;
            assert_eq!(done.status, 303);
        }
        assert_eq!(stage.count(Who::An, "answered").await, 2);
        let page = an.get(&format!("{LESSON}?step={step}&again=1")).await;
        assert!(page.has(".answer-right"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_question_is_answered_and_shown_again() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        let person = stage.cast.person(Who::An);
        let mut kinds = std::collections::BTreeSet::new();
        for (path, questions) in stage.lessons().await {
            for (step, question) in &questions {
                let kind = question.task.kind();
                for right in [false, true] {
                    let done = post(&an, &path, &fields(question, person, right)).await;
                    assert_eq!(done.status, 303, "{kind} {}", done.text());
                    let page = an.get(&format!("{path}?step={step}")).await;
                    let title = page.one("#feedback .feedback-title");
                    assert_eq!(title, if right { "Đúng" } else { "Chưa đúng" }, "{kind}");
                    if kind != "text" && right {
                        assert!(page.has(".answer-right"), "{kind}");
                        assert!(!page.has(".answer-wrong"), "{kind}");
                    }
                }
                kinds.insert(kind);
            }
        }
        assert_eq!(kinds.len(), 5, "{kinds:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_twice_is_one_answer() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        let (_, question) = &stage.questions().await[0];
        let mut sent = fields(question, stage.cast.person(Who::An), false);
        sent.push(("form_id".into(), form_id(&stage.world)));
        for _ in 0..2 {
            assert_eq!(post(&an, LESSON, &sent).await.status, 303);
            stage.world.hand.advance(Span::new().minutes(1));
        }
        assert_eq!(stage.count(Who::An, "answered").await, 1);
        // Another form is another answer.
        sent.pop();
        sent.push(("form_id".into(), form_id(&stage.world)));
        post(&an, LESSON, &sent).await;
        assert_eq!(stage.count(Who::An, "answered").await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_answer_is_refused_beside_the_question_and_nothing_is_lost() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        for (step, question) in &stage.questions().await {
            let person = stage.cast.person(Who::An);
            let kept: Vec<_> = fields(question, person, true)
                .into_iter()
                .filter(|(name, _)| name != "answer" && name != "answer-0")
                .map(|(name, value)| {
                    let value = if name == "step" { step.to_string() } else { value };
                    (name, value)
                })
                .collect();
            let page = post(&an, LESSON, &kept).await;
            assert_eq!(page.status, 422, "{}", question.task.kind());
            assert!(page.has("#f-answer-error") && page.has("#f-answer"), "{}", page.html());
            assert!(page.one("title").starts_with("Lỗi: "));
            // The parts that were placed stay placed.
            let placed = kept.iter().filter(|(name, _)| name.starts_with("answer-")).count();
            assert_eq!(page.css("select option[selected]").len(), placed);
        }
        let (_, question) = &stage.questions().await[0];
        let mut forged = fields(question, stage.cast.person(Who::An), true);
        for (name, value) in &mut forged {
            if name == "answer" {
                *value = "zz".into();
            }
        }
        assert_eq!(post(&an, LESSON, &forged).await.status, 422);
        assert_eq!(stage.count(Who::An, "answered").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_course_is_completed_and_passed_once() {
    for stage in stages().await {
        stage.assign(Some(date(2026, 12, 31))).await;
        let lessons = stage.lessons().await;
        stage.study(Who::An, &[(0, 1)]).await;
        let all: usize = lessons.iter().map(|(_, questions)| questions.len()).sum();
        assert_eq!(stage.count(Who::An, "answered").await, all);
        assert_eq!(stage.count(Who::An, "completed").await, lessons.len() + 1);
        assert_eq!(stage.count(Who::An, "passed").await, 1);

        let course: ActivityId = ids::cast(stage.course().await.id);
        let statements = stage.statements(Who::An).await;
        let passed = statements.iter().find(|s| s.kind == "passed").unwrap();
        assert_eq!(passed.activity, Some(course));
        assert_eq!(passed.success, Some(true));
        let score = i32::try_from((all - 1) * 1000 / all).unwrap();
        assert_eq!(passed.score, Some(score));
        // An is staff of the commune.
        assert!(statements.iter().all(|s| s.unit == stage.cast.commune()));
        let answered = statements.iter().find(|s| s.kind == "answered").unwrap();
        let detail = answered.detail.as_ref().unwrap();
        assert_eq!(detail["version"], 1);
        assert!(detail["response"].is_array());

        // Mending the wrong one appends the answer and nothing else.
        let (path, questions) = &lessons[0];
        let an = stage.client(Who::An);
        post(&an, path, &fields(&questions[1].1, stage.cast.person(Who::An), true)).await;
        assert_eq!(stage.count(Who::An, "answered").await, all + 1);
        assert_eq!(stage.count(Who::An, "completed").await, lessons.len() + 1);
        assert_eq!(stage.count(Who::An, "passed").await, 1);

        let (last, _) = lessons.last().unwrap();
        let end = an.get(&format!("{last}/result")).await;
        assert_eq!(end.one("h1"), "Bạn đã học xong bài này");
        assert!(end.text().contains("đạt khoá học"), "{}", end.text());
        let page = an.get(LEARN).await;
        assert_eq!(page.one(".badges .badge"), "Đã đạt");
        assert!(page.one(".notice").contains("Bạn đạt khoá học này ngày 20/11/2026"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_too_few_rightly_is_told_which_and_passes_when_they_are_mended() {
    for stage in stages().await {
        let lessons = stage.lessons().await;
        let wrong: Vec<(usize, usize)> =
            (0..lessons.len()).flat_map(|no| [(no, 0), (no, 1)]).collect();
        stage.study(Who::An, &wrong).await;
        assert_eq!(stage.count(Who::An, "completed").await, lessons.len() + 1);
        assert_eq!(stage.count(Who::An, "passed").await, 0);
        let an = stage.client(Who::An);
        let page = an.get(LEARN).await;
        assert_eq!(page.one(".badges .badge"), "Học hết, chưa đạt");
        assert_eq!(page.css(".notice li a").len(), wrong.len());

        // From the list of what does not count to the question, and its form is the open one.
        let href = page.attr(".notice li a", "href");
        let again = an.get(&format!("{href}&again=1")).await;
        assert!(again.has("form#answer"));
        let mend = async || {
            for (no, i) in &wrong {
                let (path, questions) = &lessons[*no];
                let sent = fields(&questions[*i].1, stage.cast.person(Who::An), true);
                assert_eq!(post(&an, path, &sent).await.status, 303);
            }
        };
        // On the same day it teaches and does not count.
        mend().await;
        assert_eq!(stage.count(Who::An, "passed").await, 0);
        let page = an.get(LEARN).await;
        assert_eq!(page.css(".notice li a").len(), wrong.len());
        assert!(page.one(".notice").contains("vào ngày khác"), "{}", page.text());
        let step = an.get(&href).await;
        assert!(step.one("main .notice").contains("trả lời lại vào ngày mai để được tính"));
        assert!(!an.get(&format!("{href}&again=1")).await.has("form#answer"));
        let answers = stage.count(Who::An, "answered").await;
        mend().await;
        assert_eq!(stage.count(Who::An, "answered").await, answers, "nothing new to record");

        stage.world.hand.advance(Span::new().hours(24));
        let step = an.get(&href).await;
        let again = step.attr("main .notice a", "href");
        assert!(an.get(&again).await.has("form#answer"));
        mend().await;
        assert_eq!(stage.count(Who::An, "passed").await, 1);
        assert_eq!(stage.count(Who::An, "completed").await, lessons.len() + 1);
        assert!(!an.get(&href).await.has("main .notice"), "there is nothing left to count");
        assert_eq!(an.get(LEARN).await.one(".badges .badge"), "Đã đạt");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_row_of_a_person_did_counts_for_the_other() {
    for stage in stages().await {
        stage.study(Who::OtherLearner, &[]).await;
        let (one, other) = (stage.cast.person(Who::An), stage.cast.person(Who::OtherLearner));
        let an = stage.client(Who::An);
        assert!(!an.get(LEARN).await.has(".badges"));
        let stamp = stage.world.stamp("people.act.merge");
        stage.db.write(move |tx| cluster::merge(tx, &stamp, one, other)).await.unwrap();
        assert_eq!(an.get(LEARN).await.one(".badges .badge"), "Đã đạt");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_was_changed_meanwhile_is_asked_again() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        let (step, question) = &stage.questions().await[0];
        let mut old = fields(question, stage.cast.person(Who::An), true);
        for (name, value) in &mut old {
            if name == "version" {
                *value = "7".into();
            }
        }
        let done = post(&an, LESSON, &old).await;
        assert!(done.location().starts_with(&format!("{LESSON}?step={step}&said=")));
        let page = an.follow(&done).await;
        assert!(page.one(".notice").contains("vừa được sửa"), "{}", page.text());
        assert_eq!(stage.count(Who::An, "answered").await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_may_be_written_in_either_language() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        let lessons = stage.lessons().await;
        let found = lessons.iter().find_map(|(path, questions)| {
            let text = questions.iter().find(|(_, q)| q.task.kind() == "text")?;
            Some((path, &text.1))
        });
        let (path, question) = found.unwrap();
        let mut sent = fields(question, stage.cast.person(Who::An), true);
        sent.retain(|(name, _)| name != "answer");
        sent.push(("answer".into(), " Seventy-Two  hours ".into()));
        post(&an, path, &sent).await;
        let statements = stage.statements(Who::An).await;
        assert_eq!(statements[0].success, Some(true));
        let english = stage.client(Who::An).with_cookie(thao_web::LANG_COOKIE, Lang::En.code());
        let page = english.get(&format!("{path}/result")).await;
        assert_eq!(page.one("h1"), "Some questions are open");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_that_asks_nothing_is_completed_by_going_through_it() {
    for stage in stages().await {
        stage.publish_without_questions().await;
        let an = stage.client(Who::An);
        let lessons = ["/learn/khoa-doc/bai-mot", "/learn/khoa-doc/bai-hai"];
        for (i, lesson) in lessons.iter().enumerate() {
            let last = an.get(&format!("{lesson}?step=2")).await;
            assert_eq!(last.one(".save-bar form button"), "Xong bài");
            let action = last.attr(".save-bar form", "action");
            // Pressed twice is once.
            for _ in 0..2 {
                let end = an.follow(&an.post(&action, &[]).await).await;
                assert_eq!(end.one("h1"), "Bạn đã học xong bài này");
                assert_eq!(end.text().contains("học hết các bài"), i == 1, "{}", end.text());
            }
        }
        assert_eq!(stage.count(Who::An, "completed").await, 3);
        assert_eq!(stage.count(Who::An, "passed").await, 0);
        assert_eq!(an.get("/learn/khoa-doc").await.one(".badges .badge"), "Đã học xong");
        // A lesson with questions is not completed by a button.
        let path = format!("{LESSON}/completion");
        let end = an.follow(&an.post(&path, &[]).await).await;
        assert_eq!(end.one("h1"), "Còn câu chưa trả lời");
        assert_eq!(stage.count(Who::An, "completed").await, 3);
    }
}
