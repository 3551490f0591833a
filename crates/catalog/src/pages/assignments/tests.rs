//! Assigning through the router: who may, what is said, what is refused and kept.

use jiff::civil::date;
use serde_json::json;
use thao_base::{Id, Stamp};
use thao_cast::{Cast, Client, Who, app, cast};
use thao_people::affiliation;
use thao_people::audience::Audience;
use thao_testkit::{World, databases, world};

use super::*;

const SLUG: &str = "an-toan-thong-tin-co-ban";
const PAGE: &str = "/catalog/courses/an-toan-thong-tin-co-ban/assignments";

#[test]
fn dates_are_read_as_offices_write_them() {
    for (text, expected) in [
        ("31/12/2026", Some(date(2026, 12, 31))),
        ("5/1/2027", Some(date(2027, 1, 5))),
        ("05-01-2027", Some(date(2027, 1, 5))),
        (" 5 / 1 / 2027 ", Some(date(2027, 1, 5))),
        ("31/02/2027", None),
        ("31/12/26", None),
        ("2026/12/31", None),
        ("31/12/2026/1", None),
        ("mai", None),
    ] {
        assert_eq!(read_date(text.trim()), expected, "{text}");
    }
}

async fn set_up(db: &thao_base::Db, world: &World) -> (Cast, AudienceId) {
    let cast = cast(db, world).await;
    let stamp = world.stamp("catalog.act.publish");
    let audience = db
        .write(move |tx| {
            crate::publish_starter(tx, &stamp)?;
            add_audience(tx, &stamp)
        })
        .await
        .unwrap();
    (cast, audience)
}

fn add_audience(tx: &mut Tx<'_>, stamp: &Stamp) -> Result<AudienceId> {
    let audience = Audience {
        id: AudienceId::new(stamp.at, &stamp.entropy),
        code: "cong_chuc".into(),
        name_vi: "Công chức".into(),
        name_en: "Civil servants".into(),
        affiliation_kind: "staff".into(),
        categories: json!(["cong_chuc"]),
        age_from: None,
        age_below: None,
    };
    audience::add(tx, stamp, &audience)?;
    Ok(audience.id)
}

async fn assign(
    client: &Client,
    audience: AudienceId,
    unit: UnitId,
    due: &str,
) -> thao_cast::Answer {
    let (audience, unit) = (audience.to_string(), unit.to_string());
    client.post(PAGE, &[("audience", &audience), ("unit", &unit), ("due", due)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_assigns_a_course_sees_how_many_are_meant_and_takes_it_back() {
    for db in databases().await {
        let world = world();
        let (cast, audience) = set_up(&db, &world).await;
        let app = app(&db, crate::pages(), &world);
        let manager = cast.client(&app, Who::CommuneManager);

        let empty = manager.get(PAGE).await;
        assert_eq!(empty.one(".empty-title"), "Chưa giao cho ai");
        assert!(empty.has("select[name=audience]") && empty.has("input[name=due]"));

        let done = assign(&manager, audience, cast.commune(), "31/12/2026").await;
        assert_eq!(done.status, 303, "{}", done.text());
        let page = manager.follow(&done).await;
        // The manager, the organiser and An belong to the commune.
        assert_eq!(page.one(".notice"), "Đã giao. Khoá học này dành cho 3 người.");
        assert_eq!(
            page.css("tbody th, tbody td:not(.actions)"),
            ["Công chức", "Xã Hòa BìnhGiao ngày 20/11/2026", "31/12/2026", "3"]
        );
        assert_eq!(page.one(".tabs a[aria-current]"), "Giao học 1");

        let path = page.attr(".confirm-box form", "action");
        let done = manager.post(&path, &[]).await;
        let page = manager.follow(&done).await;
        assert!(page.has(".empty"), "{}", page.text());
        // Twice is the same.
        assert_eq!(manager.post(&path, &[]).await.status, 303);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays() {
    for db in databases().await {
        let world = world();
        let (cast, audience) = set_up(&db, &world).await;
        let app = app(&db, crate::pages(), &world);
        let manager = cast.client(&app, Who::CommuneManager);

        let page = manager.post(PAGE, &[("audience", ""), ("unit", ""), ("due", "mai")]).await;
        assert_eq!(page.status, 422);
        assert_eq!(page.css(".field-error").len(), 3);
        assert_eq!(page.attr("input[name=due]", "value"), "mai");

        let page = assign(&manager, audience, cast.commune(), "19/11/2026").await;
        assert_eq!(page.status, 422);
        assert_eq!(
            page.one(".field-error"),
            "Hạn đã qua. Hãy chọn từ hôm nay trở đi, hoặc bỏ trống."
        );
        assert_eq!(
            page.attr("select[name=unit] option[selected]", "value"),
            cast.commune().to_string()
        );

        assert_eq!(assign(&manager, audience, cast.commune(), "").await.status, 303);
        let again = assign(&manager, audience, cast.commune(), "").await;
        assert_eq!(again.status, 422);
        assert_eq!(again.css("tbody tr").len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_assigns_where_they_may_not() {
    for db in databases().await {
        let world = world();
        let (cast, audience) = set_up(&db, &world).await;
        let app = app(&db, crate::pages(), &world);
        for (who, status) in [
            (Who::An, 403),
            (Who::Organiser, 403),
            (Who::OtherManager, 404),
            (Who::ProvinceManager, 303),
        ] {
            let answer = assign(&cast.client(&app, who), audience, cast.commune(), "").await;
            assert_eq!(answer.status, status, "{who:?}");
        }
        let province = cast.client(&app, Who::ProvinceManager).get(PAGE).await;
        let path = province.attr(".confirm-box form", "action");
        let other = cast.client(&app, Who::OtherManager);
        assert_eq!(other.get(PAGE).await.css("tbody tr th").len(), 0);
        assert_eq!(other.post(&path, &[]).await.status, 404);
        assert_eq!(cast.client(&app, Who::An).get("/catalog/courses").await.status, 403);
        let unknown = province_get(&cast, &app, "/catalog/courses/khong-co").await;
        assert_eq!(unknown, 404);
    }
}

async fn province_get(cast: &Cast, app: &axum::Router, path: &str) -> u16 {
    cast.client(app, Who::ProvinceManager).get(path).await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_course_pages_show_lessons_label_and_sources() {
    for db in databases().await {
        let world = world();
        let (cast, _) = set_up(&db, &world).await;
        let app = app(&db, crate::pages(), &world);
        let manager = cast.client(&app, Who::ProvinceManager);
        let list = manager.get("/catalog/courses").await;
        assert_eq!(list.css(".card").len(), crate::starter().unwrap().len());
        let page = manager.get(&format!("/catalog/courses/{SLUG}")).await;
        assert_eq!(page.one("h1"), "An toàn thông tin cơ bản");
        assert_eq!(page.css("tbody tr").len(), 5);
        assert!(page.css(".sources li").len() >= 5);
        assert!(page.one(".notice-title").contains("trí tuệ nhân tạo"));
        let english = manager.with_cookie(thao_web::LANG_COOKIE, "en");
        let page = english.get(&format!("/catalog/courses/{SLUG}")).await;
        assert_eq!(page.one("h1"), "Basic information security");
        assert!(page.one(".notice-title").contains("AI"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_counted_once_in_ten_minutes() {
    for db in databases().await {
        let world = world();
        let (cast, audience) = set_up(&db, &world).await;
        let (meant, today) = (Meant::default(), world.stamp("test.act").today());
        let count = async |now| {
            let (meant, commune) = (meant.clone(), cast.commune());
            db.read(move |tx| {
                let (place, audience) = (unit::place(tx, commune)?, audience::get(tx, audience)?);
                meant.count(tx, &audience, place.span(), today, now)
            })
            .await
            .unwrap()
        };
        let start = world.now();
        assert_eq!(count(start).await, 3);
        let (stamp, binh) = (world.stamp("test.act"), cast.person(Who::Binh));
        let commune = cast.commune();
        db.write(move |tx| {
            let kind = thao_people::AffiliationKind::Staff;
            let mut new = affiliation::NewAffiliation::new(binh, commune, kind, today);
            new.category = Some("cong_chuc".into());
            affiliation::add_many(tx, &stamp, &[new])
        })
        .await
        .unwrap();
        let later = |seconds: i64| start + jiff::SignedDuration::from_secs(seconds);
        assert_eq!(count(later(599)).await, 3);
        assert_eq!(count(later(600)).await, 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_from_a_board_fills_the_form_in() {
    for db in databases().await {
        let world = world();
        let (cast, audience) = set_up(&db, &world).await;
        let service = app(&db, crate::pages(), &world);
        let manager = cast.client(&service, Who::CommuneManager);
        let unit = cast.commune();
        let link = format!("{PAGE}?audience={audience}&unit={unit}&due=31%2F01%2F2027");
        let page = manager.get(&link).await;
        assert_eq!(page.css("select[name=audience] option[selected]"), ["Công chức"]);
        assert_eq!(page.css("select[name=unit] option[selected]"), ["Xã Hòa Bình"]);
        assert_eq!(page.attr("input[name=due]", "value"), "31/01/2027");
    }
}
