//! Lessons taken apart: what is kept, what is refused and where it says so.

use proptest::prelude::*;
use thao_base::Lang;

use super::*;

const LESSON: &str = r#"## Bước một

Chào **bạn**, xem [trang](https://vi-du.example/a?b=1&c=2).

- một
- hai

![Cánh cửa có hai ổ khoá](media/cua.svg)

---

## Câu hỏi `mã`

Đọc rồi trả lời.

```item
id = "0199c010-0101-7000-8000-000000000000"
version = 2
kind = "order"
stem = "Sắp xếp"
items = ["x", "y", "z"]
feedback.right = "Đúng."
feedback.wrong = "Xem lại."
```

Câu cuối.

---

## Phim

```video
src = "media/phim.webm"
poster = "media/phim.svg"
captions.vi = "media/phim.vi.vtt"
captions.en = "media/phim.en.vtt"
transcript = "Không có tiếng."
```
"#;

#[test]
fn a_lesson_comes_apart_into_steps_and_blocks() {
    let steps = parse("01-a.md", LESSON).unwrap();
    let headings: Vec<&str> = steps.iter().map(|step| step.heading.as_str()).collect();
    assert_eq!(headings, ["Bước một", "Câu hỏi mã", "Phim"]);
    let [one, two, three] = steps.as_slice() else { panic!("three steps") };
    let [Block::Text(text), Block::Picture(picture)] = one.blocks.as_slice() else {
        panic!("{one:?}")
    };
    assert_eq!(
        text,
        "<p>Chào <strong>bạn</strong>, xem \
         <a href=\"https://vi-du.example/a?b=1&amp;c=2\">trang</a>.</p>\n\
         <ul>\n<li>một</li>\n<li>hai</li>\n</ul>\n"
    );
    assert_eq!(
        (picture.name.as_str(), picture.alt.as_str()),
        ("cua.svg", "Cánh cửa có hai ổ khoá")
    );
    assert!(matches!(two.blocks.as_slice(), [Block::Text(_), Block::Question(_), Block::Text(_)]));
    assert_eq!(two.question().map(|q| (q.version, q.task.kind())), Some((2, "order")));
    let [Block::Video(video)] = three.blocks.as_slice() else { panic!("{three:?}") };
    assert_eq!(video.captions.last(), Some(&(Lang::En, "phim.en.vtt".to_owned())));
    let media: Vec<&str> = steps.iter().flat_map(Step::media).collect();
    assert_eq!(media, ["cua.svg", "phim.webm", "phim.svg", "phim.vi.vtt", "phim.en.vtt"]);
}

#[track_caller]
fn refused(markdown: &str, key: &str, line: usize) {
    let error = parse("bai/01-a.md", markdown).unwrap_err();
    assert_eq!(error.key(), key, "{markdown}");
    let words = error.words(Lang::En);
    assert!(words.starts_with(&format!("bai/01-a.md, line {line}: ")), "{words}");
}

#[test]
fn what_does_not_belong_in_a_lesson_is_refused_with_its_line() {
    let step = |rest: &str| format!("## Một\n\nChữ.\n\n---\n\n## Hai\n\n{rest}\n");
    refused("", "catalog.error.heading", 1);
    refused("Chữ trước.\n", "catalog.error.heading", 1);
    refused("# Một\n", "catalog.error.heading", 1);
    refused("## Một\n\n---\n\nKhông có đề mục.\n", "catalog.error.heading", 5);
    refused(&step("Chữ.\n\n### Ba"), "catalog.error.heading", 11);
    refused(&step("<script>alert(1)</script>"), "catalog.error.html", 9);
    refused(&step("Chữ <b onclick=x>đậm</b>."), "catalog.error.html", 9);
    refused(&step("- một\n- <i>hai</i>"), "catalog.error.html", 9);
    refused(&step("[x](javascript:alert(1))"), "catalog.error.link", 9);
    refused(&step("[x](//evil.example)"), "catalog.error.link", 9);
    refused(&step("![](media/a.svg)"), "catalog.error.alt", 9);
    refused(&step("Chữ ![hình](media/a.svg) chữ."), "catalog.error.inline_image", 9);
    refused(&step("![hình](https://vi-du.example/a.png)"), "catalog.error.media_path", 9);
    refused(&step("![hình](media/../a.svg)"), "catalog.error.media_path", 9);
    refused(&step("```python\nprint()\n```"), "catalog.error.block", 9);
    refused(&step("```video\nsrc = 1\n```"), "catalog.error.toml", 10);
    refused(&step("```item\nid = \"a\"\n```"), "catalog.error.toml", 10);
    let item = LESSON.lines().skip_while(|l| !l.starts_with("```item")).take(9);
    let item = item.collect::<Vec<_>>().join("\n");
    let again = item.replace("0101", "0102");
    refused(&step(&format!("{item}\n\n{again}")), "catalog.error.second_question", 19);
}

#[test]
fn a_rule_inside_a_fenced_block_parts_nothing() {
    let steps = parse("a.md", "## Một\n\n````\n---\n```\n---\n````\n\n---\n\n## Hai\n").unwrap();
    assert_eq!(steps.len(), 2);
    // Nor does a line of text right above make it a heading.
    let steps = parse("a.md", "## Một\n\nChữ\n---\n## Hai\n").unwrap();
    assert_eq!(steps.len(), 2);
}

proptest! {
    #[test]
    fn any_text_is_taken_apart_or_refused_and_never_lets_html_through(
        text in "[a-z<>&\"'`#!\\[\\]()/:\\-\\n *_=.]{0,200}",
    ) {
        if let Ok(steps) = parse("a.md", &format!("## A\n\n{text}")) {
            for block in steps.iter().flat_map(|step| &step.blocks) {
                if let Block::Text(html) = block {
                    prop_assert!(!html.contains("<script") && !html.contains("<img"));
                    prop_assert!(!html.contains("href=\"javascript"));
                }
            }
        }
    }
}
