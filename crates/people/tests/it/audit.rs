//! Who did what: for administrators of the whole only.

use thao_cast::Who;
use thao_web::Role;

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn only_the_whole_provinces_administrator_sees_it() {
    for stage in Stage::all().await {
        for who in [Who::CommuneManager, Who::ProvinceManager, Who::An] {
            assert_eq!(stage.client(who).get("/people/audit").await.status, 403, "{who:?}");
        }
        let (an, one) = (stage.cast.person(Who::An), stage.cast.commune());
        stage
            .write(move |tx, stamp| {
                let from = jiff::civil::date(2026, 1, 1);
                thao_people::appointment::add(tx, stamp, an, Role::Administrator, one, from)
            })
            .await;
        assert_eq!(stage.client(Who::An).get("/people/audit").await.status, 403);
        assert_eq!(stage.client(Who::Administrator).get("/people/audit").await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn edits_are_filtered_and_paged_newest_first() {
    for stage in Stage::all().await {
        let admin = stage.client(Who::Administrator);
        let manager = stage.client(Who::CommuneManager);
        stage.world.hand.advance(jiff::Span::new().hours(24));
        for no in 0..55 {
            let phone = format!("09{no:08}");
            let sent = [("full_name", "Nguyễn Văn An"), ("birth", "19/05/1990"), ("phone", &phone)];
            assert_eq!(manager.post(&stage.page(Who::An), &sent).await.status, 303);
        }
        let mine = "/people/audit?login=quanly.xa";
        let first = admin.get(mine).await;
        assert_eq!(first.css("tbody tr").len(), 50);
        let second = admin.get(&first.attr("nav.pages a[rel=next]", "href")).await;
        assert_eq!(second.css("tbody tr").len(), 5, "the rest, and nobody else's");
        assert!(!second.has("nav.pages a[rel=next]"));

        for (query, rows) in [
            ("login=quanly.xa&day=21/11/2026", 50),
            ("login=quanly.xa&day=20/11/2026", 0),
            ("act=people.act.edit_person&noun=person", 50),
            ("act=people.act.edit_person&noun=account", 0),
            ("noun=unit_name", 15),
            ("login=an", 0),
        ] {
            let page = admin.get(&format!("/people/audit?{query}")).await;
            assert_eq!(page.css("tbody tr").len(), rows, "{query}");
        }
        let unknown = admin.get("/people/audit?login=khongcoai").await;
        assert!(unknown.text().contains("Không có tên đăng nhập “khongcoai”"));
        assert!(unknown.css("tbody tr").is_empty());
        let day = admin.get("/people/audit?day=hom-qua").await;
        assert!(day.has("input[name=day][aria-invalid=true]"));
        assert!(!first.html().contains("0900000000"), "values are not shown");
    }
}
