//! Every route × everybody: who may see it sees it, who may not is sent away, who may not even
//! know of it finds nothing. And nobody who is refused changed anything.

use thao_base::{Db, args};
use thao_cast::Who;
use thao_testkit::databases;
use thao_web::{Action, Need, Role, Route};

use crate::world::{ALL, Whole};

/// What a route answers to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    /// The page, or the way on.
    Answer,
    /// The door.
    SignIn,
    /// "You may not."
    Forbidden,
    /// "There is no such thing."
    Hidden,
}

/// Addresses whose example is nobody's own, so that other communes may see it too.
const SHARED: &[(&str, &str)] = &[
    ("/learn/{course}", "courses are for everybody who is signed in"),
    ("/catalog/courses/{slug}", "the catalog is the same in the whole province"),
    (
        "/catalog/media/{course}",
        "starter media hold no personal data (crates/catalog/src/pages.rs)",
    ),
    ("/plan/criteria/{id}", "criteria are the same in the whole province"),
    ("/c/{code}", "the public page of a class, without any person"),
    ("/account/consents/{id}", "one's own: see OWN"),
    ("/plan/templates/{code}", "content of the program, the same for everybody"),
];

/// Routes whose example names something of one commune in its query.
const NAMED: &[(&str, &str)] =
    &[("/plan/figures/new", "for a unit"), ("/report/templates/new", "for a form")];

/// Routes about what is one's own alone: only An's consent is An's.
const OWN: &[(&str, Who)] = &[("/account/consents/{id}", Who::An)];

fn role(who: Who) -> Role {
    match who {
        Who::Administrator => Role::Administrator,
        Who::ProvinceManager | Who::CommuneManager | Who::OtherManager => Role::Manager,
        Who::Organiser => Role::Organiser,
        Who::Instructor => Role::Instructor,
        Who::An | Who::Binh | Who::OtherLearner => Role::Learner,
    }
}

fn may(who: Who, action: Action) -> bool {
    role(who).allows(action) || Role::Learner.allows(action)
}

fn is_of(list: &[(&str, &str)], path: &str) -> bool {
    list.iter().any(|(start, _)| path.starts_with(start))
}

fn expected(route: &Route, who: Option<Who>) -> Expect {
    let Some(who) = who else {
        return match route.need {
            Need::Public => Expect::Answer,
            Need::SignedIn | Need::Can(_) => Expect::SignIn,
        };
    };
    if let Need::Can(action) = route.need
        && !may(who, action)
    {
        return Expect::Forbidden;
    }
    if let Some((_, owner)) = OWN.iter().find(|(start, _)| route.path.starts_with(start)) {
        return if *owner == who { Expect::Answer } else { Expect::Hidden };
    }
    let about_one =
        (route.path.contains('{') || is_of(NAMED, route.path)) && !is_of(SHARED, route.path);
    let elsewhere = matches!(who, Who::OtherManager | Who::OtherLearner);
    if about_one && elsewhere { Expect::Hidden } else { Expect::Answer }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_answers_everybody_as_its_need_says() {
    for db in databases().await {
        let world = thao_testkit::world();
        let whole = Whole::new(&db, &world).await;
        let mut wrong = Vec::new();
        for route in thao::pages().routes().iter().filter(|route| route.method == "GET") {
            let address = whole.address(route.path);
            for who in ALL {
                let answer = whole.client(who).get(&address).await;
                let status = answer.status.as_u16();
                let fits = match expected(route, who) {
                    Expect::Answer => {
                        status == 200
                            || (status == 303 && !leads_to_door(&answer.location()))
                            || is_of(ELSEWHERE, route.path)
                    }
                    Expect::SignIn => status == 303 && leads_to_door(&answer.location()),
                    Expect::Forbidden => status == 403,
                    Expect::Hidden => status == 404,
                };
                if !fits {
                    let expected = expected(route, who);
                    wrong.push(format!("{} to {who:?}: {status}, not {expected:?}", route.path));
                }
            }
        }
        assert!(wrong.is_empty(), "on {}:\n{}", db.name(), wrong.join("\n"));
    }
}

/// Pages that answer with something of their own.
const ELSEWHERE: &[(&str, &str)] =
    &[("/readyz", "says no while the readings are not there yet, which here nobody makes")];

fn leads_to_door(location: &str) -> bool {
    location.starts_with("/sign-in?back=")
}

/// What was written so far: entries of the journal and statements.
async fn written(db: &Db) -> (i64, i64) {
    db.read(|tx| {
        Ok((
            tx.value::<i64>("SELECT COUNT(*) FROM journal", args![])?,
            tx.value::<i64>("SELECT COUNT(*) FROM statement", args![])?,
        ))
    })
    .await
    .unwrap()
}

/// Routes that take no forms.
const CALLS: &[(&str, &str)] =
    &[("/api/statements", "JSON with a token; a cookie counts for nothing there")];

#[tokio::test(flavor = "multi_thread")]
async fn every_form_without_its_token_is_refused() {
    for db in databases().await {
        let world = thao_testkit::world();
        let whole = Whole::new(&db, &world).await;
        let before = written(&db).await;
        let mut wrong = Vec::new();
        for route in forms() {
            let address = whole.address(route.path);
            let client = whole.client(Some(Who::Administrator));
            for (how, body) in [("none", "x=1"), ("a wrong one", "csrf=AAAA")] {
                let kind = "application/x-www-form-urlencoded".to_owned();
                let method = axum::http::Method::POST;
                let answer = client.send(method, &address, Some(kind), body.into()).await;
                if answer.status != 403 {
                    wrong.push(format!("{} with {how}: {}", route.path, answer.status));
                }
            }
        }
        assert!(wrong.is_empty(), "on {}:\n{}", db.name(), wrong.join("\n"));
        assert_eq!(written(&db).await, before, "a refused form was carried out");
    }
}

fn forms() -> Vec<Route> {
    let pages = thao::pages();
    let forms = pages.routes().iter().filter(|route| route.method == "POST");
    forms.filter(|route| !is_of(CALLS, route.path)).copied().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_changes_nothing() {
    for db in databases().await {
        let world = thao_testkit::world();
        let whole = Whole::new(&db, &world).await;
        let before = written(&db).await;
        let mut wrong = Vec::new();
        for route in forms() {
            let address = whole.address(route.path);
            let form = whole.form(route.path);
            let form: Vec<(&str, &str)> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
            for who in ALL {
                let expect = expected(&route, who);
                let fits: &[u16] = match expect {
                    Expect::Answer => continue,
                    Expect::SignIn => &[401],
                    Expect::Forbidden => &[403],
                    // A form may be found wanting before anybody looks what it is about.
                    Expect::Hidden => &[403, 404, 422],
                };
                let answer = whole.client(who).post(&address, &form).await;
                if !fits.contains(&answer.status.as_u16()) {
                    let status = answer.status;
                    wrong.push(format!("{} by {who:?}: {status}, not {expect:?}", route.path));
                }
            }
        }
        assert!(wrong.is_empty(), "on {}:\n{}", db.name(), wrong.join("\n"));
        assert_eq!(written(&db).await, before, "somebody who may not has changed something");
    }
}

#[test]
fn every_route_is_listed_once_and_every_exception_is_of_a_route() {
    let pages = thao::pages();
    let mut seen = std::collections::BTreeSet::new();
    for route in pages.routes() {
        assert!(seen.insert((route.method, route.path)), "{route:?} is listed twice");
    }
    for (start, reason) in SHARED.iter().chain(ELSEWHERE).chain(CALLS) {
        assert!(pages.routes().iter().any(|route| route.path.starts_with(start)), "{start}");
        assert!(reason.len() > 10, "{start}: why?");
    }
}
