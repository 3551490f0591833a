//! Folders read and published: the starter courses, small ones with mistakes, changes over time.

use thao_base::{Kind, Lang};
use thao_testkit::{databases, world};

use super::*;
use crate::lesson::parse::Block;
use crate::{course, lesson};

const COURSE: &str = r#"
id = "0199c0ff-0000-7000-8000-000000000000"
slug = "khoa-thu"
version = 1
pass_percent = 80
tiet = 1
minutes = 5
title = { vi = "Khoá thử", en = "A trial course" }
summary = { vi = "Để thử.", en = "For trying." }
audience = { vi = "Người thử", en = "Testers" }
review = { ai_assisted = true, date = "2026-11-21", vi = "Nhãn", en = "Label" }
[[lessons]]
id = "0199c0ff-0100-7000-8000-000000000000"
slug = "bai-mot"
minutes = 5
title = { vi = "Bài một", en = "Lesson one" }
[[sources]]
title = "Nguồn"
url = "https://vi-du.example/"
accessed = "2026-11-21"
"#;

const VI: &str = r#"## Một

Chữ.

![Một hình vuông](media/vuong.svg)

---

## Hai

```item
id = "0199c0ff-0101-7000-8000-000000000000"
version = 1
kind = "choice"
stem = "Chọn?"
options = [
  { id = "a", text = "Một", correct = true, feedback = "Rồi." },
  { id = "b", text = "Hai", correct = false, feedback = "Chưa." },
]
feedback.right = "Đúng."
feedback.wrong = "Xem lại."
```
"#;

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"30\"></svg>";

fn folder() -> Vec<File> {
    let file = |path: &str, bytes: &[u8]| File { path: path.into(), bytes: bytes.to_vec().into() };
    vec![
        file("course.toml", COURSE.as_bytes()),
        file("01-bai-mot.md", VI.as_bytes()),
        file("01-bai-mot.en.md", VI.replace("Chữ.", "Words.").as_bytes()),
        file("media/vuong.svg", SVG),
    ]
}

/// The folder with `from` replaced by `to` in one of its files.
fn changed(path: &str, from: &str, to: &str) -> Vec<File> {
    let mut files = folder();
    for file in files.iter_mut().filter(|file| file.path == path) {
        let text = String::from_utf8(file.bytes.to_vec()).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        file.bytes = text.replace(from, to).into_bytes().into();
    }
    files
}

#[test]
fn every_starter_course_reads_in_both_languages() {
    let courses = starter().unwrap();
    assert!(2 <= courses.len());
    for course in &courses {
        assert!(!course.about.review.words(Lang::Vi).is_empty());
        for lesson in &course.lessons {
            assert_eq!(lesson.vi.len(), lesson.en.len(), "{}", lesson.slug);
            let questions = lesson.vi.iter().filter(|step| step.question().is_some()).count();
            assert!(2 <= questions, "{} has {questions} questions", lesson.slug);
        }
        let mut films = course.lessons.iter().flat_map(|l| &l.vi).flat_map(|step| &step.blocks);
        let film = films.any(|block| matches!(block, Block::Video(_)));
        let film_files = course.media.iter().any(|media| media.mime == "video/webm");
        assert_eq!(film, film_files, "{}", course.slug);
    }
}

#[test]
fn a_mistake_in_a_folder_names_its_file() {
    let wrong = |files: &[File]| {
        let error = Package::read(files).unwrap_err();
        assert_eq!(error.kind(), Kind::Invalid);
        (error.key(), error.words(Lang::En))
    };
    let check = |files: &[File], key: &str, start: &str| {
        let (found, words) = wrong(files);
        assert_eq!(found, key, "{words}");
        assert!(words.starts_with(start), "{words}");
    };
    let toml = |from: &str, to: &str| changed("course.toml", from, to);
    check(
        &toml("pass_percent = 80", "pass_percent = 0"),
        "catalog.error.pass_percent",
        "course.toml, line 5: ",
    );
    check(
        &toml("slug = \"khoa-thu\"", "slug = \"Khoá\""),
        "catalog.error.slug",
        "course.toml, line 3: ",
    );
    check(
        &toml("minutes = 5\ntitle = { vi = \"Khoá", "minutes = 9\ntitle = { vi = \"Khoá"),
        "catalog.error.minutes",
        "course.toml, line 7: ",
    );
    check(&toml("version = 1", "version = \"1\""), "catalog.error.toml", "course.toml, line 4: ");
    check(&toml("A trial course", ""), "catalog.error.both_languages", "course.toml, line 8: ");
    check(&toml("bai-mot", "bai-hai"), "catalog.error.missing_file", "01-bai-hai.md");
    let en = |from: &str, to: &str| changed("01-bai-mot.en.md", from, to);
    check(&en("---", ""), "catalog.error.heading", "01-bai-mot.en.md, line 9: ");
    check(
        &en("correct = true", "correct = false"),
        "catalog.error.item_right",
        "01-bai-mot.en.md, line",
    );
    check(&en("version = 1", "version = 2"), "catalog.error.other_question", "01-bai-mot.en.md");
    check(&en("vuong.svg", "tron.svg"), "catalog.error.missing_file", "media/tron.svg");
    let mut more = folder();
    more.push(File { path: "02-bai-hai.md".into(), bytes: b"## A".to_vec().into() });
    check(&more, "catalog.error.unused_file", "02-bai-hai.md");
    let mut bad = folder();
    bad.push(File { path: "media/x.html".into(), bytes: b"<html>".to_vec().into() });
    check(&bad, "catalog.error.media_type", "media/x.html");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_starter_courses_are_published_once() {
    for db in databases().await {
        let world = world();
        let stamp = world.stamp("catalog.act.publish");
        let first = stamp.clone();
        let (new, again) = db
            .write(move |tx| {
                thao_record::node::ensure(tx, &first, "Máy thử")?;
                Ok((publish_starter(tx, &first)?, publish_starter(tx, &first)?))
            })
            .await
            .unwrap();
        assert_eq!((new, again), (starter().unwrap().len(), 0));
        db.read(|tx| {
            for package in starter()? {
                let course = course::get_by_slug(tx, &package.slug)?;
                let lessons = lesson::list_of_course(tx, course.id)?;
                assert_eq!(lessons.len(), package.lessons.len());
                for (row, read) in lessons.iter().zip(&package.lessons) {
                    let content = lesson::open(tx, row)?;
                    assert_eq!(content.steps(Lang::Vi), read.vi);
                    assert_eq!(content.steps(Lang::En), read.en);
                    let names = read.vi.iter().flat_map(crate::lesson::parse::Step::media);
                    for name in names {
                        assert!(content.shown(name).is_some(), "{name}");
                    }
                }
            }
            Ok(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_folder_changes_only_what_differs() {
    for db in databases().await {
        let world = world();
        let stamp = world.stamp("catalog.act.publish");
        let at = stamp.clone();
        db.write(move |tx| thao_record::node::ensure(tx, &at, "Máy thử")).await.unwrap();
        let publish_files = async |files: Vec<File>| {
            let package = Package::read(&files).unwrap();
            let stamp = stamp.clone();
            db.write(move |tx| publish(tx, &stamp, &package)).await
        };
        let state = async || {
            db.read(|tx| {
                let course = course::get_by_slug(tx, "khoa-thu")?;
                let lessons = lesson::list_of_course(tx, course.id)?;
                let lesson = lessons.first().cloned().unwrap();
                let items: Vec<(i32,)> =
                    tx.list("SELECT version FROM item ORDER BY version", thao_base::args![])?;
                let content = lesson::open(tx, &lesson)?;
                let picture = content.shown("vuong.svg").map(|shown| shown.url.clone());
                let items: Vec<i32> = items.into_iter().map(|(version,)| version).collect();
                Ok((lesson.hash, items, picture, content))
            })
            .await
            .unwrap()
        };
        assert_eq!(publish_files(folder()).await.unwrap(), Published::New);
        let before = state().await;
        assert_eq!(publish_files(folder()).await.unwrap(), Published::Same);

        let words = changed("01-bai-mot.md", "Chữ.", "Chữ khác.");
        assert_eq!(publish_files(words).await.unwrap(), Published::Changed);
        let after = state().await;
        assert_ne!(before.0, after.0);
        assert_eq!(before.1, after.1);
        assert!(format!("{:?}", after.3.steps(Lang::Vi)).contains("Chữ khác."));

        // Another right answer needs another version; the old one stays for those who had it.
        let turn = |files: Vec<File>, version: &str| {
            let files = files.into_iter().map(|mut file| {
                if file.path.ends_with(".md") {
                    let text = String::from_utf8(file.bytes.to_vec()).unwrap();
                    let text = text.replace("correct = true", "correct = x");
                    let text = text.replace("correct = false", "correct = true");
                    let text = text.replace("correct = x", "correct = false");
                    file.bytes = text.replace("version = 1", version).into_bytes().into();
                }
                file
            });
            files.collect::<Vec<File>>()
        };
        let error = publish_files(turn(folder(), "version = 1")).await.unwrap_err();
        assert_eq!((error.kind(), error.key()), (Kind::Conflict, "catalog.error.same_version"));
        assert_eq!(state().await.0, after.0, "nothing half-published");
        publish_files(turn(folder(), "version = 2")).await.unwrap();
        assert_eq!(state().await.1, [1, 2]);

        // Another picture is another address.
        let redrawn = changed("media/vuong.svg", "width=\"40\"", "width=\"41\"");
        publish_files(redrawn).await.unwrap();
        assert_ne!(state().await.2, before.2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_taken_out_is_withdrawn_and_comes_back_as_it_was() {
    const MORE: &str = r#"
[[lessons]]
id = "0199c0ff-0200-7000-8000-000000000000"
slug = "bai-hai"
minutes = 4
title = { vi = "Bài hai", en = "Lesson two" }
[[sources]]"#;
    for db in databases().await {
        let world = world();
        let stamp = world.stamp("catalog.act.publish");
        let mut two = changed("course.toml", "\n[[sources]]", MORE);
        for file in two.iter_mut().filter(|file| file.path == "course.toml") {
            let text = String::from_utf8(file.bytes.to_vec()).unwrap();
            file.bytes = text.replacen("minutes = 5", "minutes = 9", 1).into_bytes().into();
        }
        for path in ["02-bai-hai.md", "02-bai-hai.en.md"] {
            two.push(File { path: path.into(), bytes: b"## A\n\nB.\n".to_vec().into() });
        }
        let (one, two) = (Package::read(&folder()).unwrap(), Package::read(&two).unwrap());
        let counts = db
            .write(move |tx| {
                thao_record::node::ensure(tx, &stamp, "Máy thử")?;
                let mut counts = Vec::new();
                for package in [&two, &one, &two] {
                    publish(tx, &stamp, package)?;
                    counts.push(lesson::list_of_course(tx, package.id)?.len());
                }
                Ok(counts)
            })
            .await
            .unwrap();
        assert_eq!(counts, [2, 1, 2]);
    }
}
