//! Every page, in both languages: whole, headed, in words, and without anything the content
//! security policy forbids.

use scraper::{Html, Node};
use thao_base::Lang;
use thao_cast::{Answer, Who};
use thao_testkit::{databases, world};
use thao_web::Need;

use crate::world::Whole;

/// What the program shows where it has no words.
const NO_WORDS: &str = "…";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_whole_in_both_languages() {
    let [db, ..] = &databases().await[..] else { panic!("no database") };
    let whole = Whole::new(db, &world()).await;
    let mut wrong = Vec::new();
    let mut pages = 0;
    for route in thao::pages().routes().iter().filter(|route| route.method == "GET") {
        let who = match route.need {
            Need::Public => None,
            Need::SignedIn | Need::Can(_) => Some(Who::Administrator),
        };
        for lang in Lang::ALL {
            let client = whole.client(who).with_cookie("thao_lang", lang.code());
            let answer = client.get(&whole.address(route.path)).await;
            let html = answer.header("content-type").is_some_and(|t| t.starts_with("text/html"));
            if answer.status == 200 && html {
                pages += 1;
                let found = faults(&answer, lang);
                wrong
                    .extend(found.iter().map(|f| format!("{} ({}): {f}", route.path, lang.code())));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(pages > 40, "only {pages} pages were looked at");
}

fn faults(answer: &Answer, lang: Lang) -> Vec<String> {
    let mut out = Vec::new();
    let mut check = |holds: bool, words: &str| {
        if !holds {
            out.push(words.to_owned());
        }
    };
    check(answer.attr("html", "lang") == lang.code(), "speaks another language");
    check(answer.css("h1").len() == 1, "has not one main heading");
    check(!answer.one("title").trim().is_empty(), "has no title");
    check(!answer.has("[style]"), "has a style attribute");
    check(!answer.has("style") && !answer.has("script:not([src])"), "has a style or script inline");
    check(answer.header("cache-control") == Some("no-store"), "may be kept on the way");
    check(answer.header("content-security-policy").is_some(), "has no policy");
    let html = answer.html();
    let document = Html::parse_document(&html);
    for node in document.tree.nodes() {
        match node.value() {
            Node::Text(text) if text.trim() == NO_WORDS => out.push("misses words".to_owned()),
            Node::Text(text) if is_key(text.trim()) => {
                out.push(format!("shows the key {}", text.trim()));
            }
            Node::Element(element) => {
                for (name, value) in element.attrs() {
                    if name.starts_with("on") {
                        out.push(format!("has {name} on <{}>", element.name()));
                    }
                    if value.trim() == NO_WORDS {
                        out.push(format!("misses the words of {name} on <{}>", element.name()));
                    }
                }
                if element.name() == "form" && element.attr("method") == Some("post") {
                    let holds = |field: &str| {
                        let inside = format!(
                            "form[action='{}'] [name={field}]",
                            element.attr("action").unwrap_or("")
                        );
                        answer.has(&inside)
                    };
                    if answer.has("[name=csrf]") && !holds("csrf") {
                        out.push(format!("posts to {:?} without a token", element.attr("action")));
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// Whether a text is the name of a word, `classes.list.title`, instead of it.
fn is_key(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    3 <= parts.len()
        && parts.iter().all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        })
        && Lang::Vi.has(text)
}
