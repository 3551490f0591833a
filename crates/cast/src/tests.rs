//! The cast and its client, tried out on a page of their own.

use axum::response::IntoResponse;
use maud::html;
use thao_base::{Error, Result};
use thao_testkit::{databases, world};
use thao_web::{Action, Ask, Need, Page, Pages, Reply, Resource, Sent, check};

use super::*;

fn pages() -> Pages {
    Pages::new()
        .get("/try", Need::SignedIn, show)
        .get("/try/people", Need::Can(Action::SeePeople), show)
        .post("/try", Need::SignedIn, add)
}

async fn show(ask: Ask) -> Reply {
    let seen = ask.read(own).await?;
    let chrome = ask.chrome(&seen.actor);
    let page = Page::new(&chrome, seen.actor.name.clone()).body(html! { p #pos { (seen.it) } });
    Ok(page.into_response())
}

fn own(tx: &mut thao_base::Tx<'_>, actor: &thao_web::Actor) -> Result<i64> {
    let places =
        thao_people::person::positions(tx, actor.person()?, jiff::civil::date(2026, 11, 20))?;
    places.into_iter().next().ok_or_else(Error::not_found)
}

async fn add(ask: Ask, sent: Sent) -> Reply {
    let act = move |_: &mut thao_base::Tx<'_>, _: &thao_web::Actor, _: &Stamp, sent: &Sent| {
        let size = sent.file("file").map_or(0, |file| file.bytes.len());
        Ok(format!("/try?name={}&size={size}", sent.text("name").len()))
    };
    Ok(ask.submit("people.act.set_up", &sent, act).await?)
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_signed_in_and_belongs_somewhere() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let app = app(&db, pages(), &world);
        for member in cast.members() {
            let page = cast.client(&app, member.who).get("/try").await;
            assert_eq!(page.status, 200, "{}", page.text());
            assert_eq!(page.one("h1"), member.name);
        }
        let nobody = Client::new(&app).get("/try").await;
        assert_eq!(nobody.location(), "/sign-in?back=/try");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_reach_as_far_as_their_unit() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let app = app(&db, pages(), &world);
        for (who, status) in [
            (Who::Administrator, 200),
            (Who::ProvinceManager, 200),
            (Who::CommuneManager, 200),
            (Who::OtherManager, 200),
            (Who::Organiser, 403),
            (Who::Instructor, 403),
            (Who::An, 403),
            (Who::Binh, 403),
        ] {
            assert_eq!(cast.client(&app, who).get("/try/people").await.status, status, "{who:?}");
        }
        let day = jiff::civil::date(2026, 11, 20);
        let (one, two) = (cast.commune(), cast.other_commune());
        let hash = thao_web::secret::hash(&cast.member(Who::CommuneManager).token);
        let now = world.now();
        db.read(move |tx| {
            let credential = thao_web::Credential::Session(hash);
            let found = thao_people::session::load_actor(tx, &credential, now)?;
            let actor = found.ok_or_else(Error::not_found)?;
            let see = Action::SeePeople;
            let at = |pos| check(&actor, see, see, Resource::At(pos), day);
            assert!(at(thao_people::unit::place(tx, one)?.pos).is_ok());
            assert!(at(thao_people::unit::place(tx, two)?.pos).is_err());
            Ok(())
        })
        .await
        .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_and_files_are_sent_with_the_token_and_cookies_are_kept() {
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let app = app(&db, pages(), &world);
        let an = cast.client(&app, Who::An);
        let done = an.post("/try", &[("name", "Hoà & Bình")]).await;
        assert_eq!(done.location(), "/try?name=12&size=0");
        let done = an.upload("/try", &[("name", "a")], ("file", "a.csv", b"12345")).await;
        assert_eq!(done.location(), "/try?name=1&size=5");
        let forged = Client::new(&app)
            .with_cookie(thao_web::SESSION_COOKIE, &cast.member(Who::An).token)
            .send(
                axum::http::Method::POST,
                "/try",
                Some("application/x-www-form-urlencoded".to_owned()),
                axum::body::Body::from("name=a&csrf=b"),
            )
            .await;
        assert_eq!(forged.status, 403);
        an.post("/language", &[("lang", "en"), ("back", "/try")]).await;
        assert_eq!(an.get("/try").await.attr("html", "lang"), "en");
    }
}
