//! The tree of units: walking it, adding below, renaming.

use thao_cast::Who;

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn one_walks_down_from_the_top_of_ones_scope() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let top = manager.get("/people/units").await;
        assert_eq!(top.location(), format!("/people/units/{}", stage.cast.commune()));
        let page = manager.follow(&top).await;
        assert_eq!(page.one("h1"), "Xã Hòa Bình");
        assert!(page.one("dl.facts").contains("00991"));
        let rows = page.css("table tbody tr");
        assert_eq!(rows.len(), 3);
        assert!(rows[2].starts_with("Thôn Một") && rows[2].ends_with('1'), "{rows:?}");
        // The province above is not theirs: no way leads there.
        assert!(!page.css("nav.crumbs a").contains(&"Tỉnh Thử".to_owned()));
        assert!(!page.has(&format!("a[href='/people/units/{}/edit']", stage.cast.commune())));
        for unit in [stage.cast.units.province, stage.cast.other_commune()] {
            assert_eq!(manager.get(&format!("/people/units/{unit}")).await.status, 404);
        }
        let all = stage.client(Who::Administrator);
        let page = all.get(&format!("/people/units/{}", stage.cast.units.villages[0][0])).await;
        assert_eq!(page.css("nav.crumbs a")[2..], ["Tỉnh Thử", "Xã Hòa Bình"]);
        assert_eq!(stage.client(Who::An).get("/people/units").await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn units_are_found_by_name_in_any_spelling_and_by_code() {
    for stage in Stage::all().await {
        let admin = stage.client(Who::Administrator);
        for (words, found) in [
            ("hoa+binh", vec!["Xã Hòa Bình"]),
            ("Ho%C3%A0+B%C3%ACnh", vec!["Xã Hòa Bình"]),
            ("00992", vec!["Xã Đồng Mẫu"]),
            ("khong+co", vec![]),
        ] {
            let page = admin.get(&format!("/people/units?q={words}")).await;
            assert_eq!(page.css("tbody tr > :first-child"), found, "{words}");
        }
        let manager = stage.client(Who::CommuneManager);
        let page = manager.get("/people/units?q=dong+mau").await;
        assert!(page.css("tbody tr").is_empty());
        assert!(page.text().contains("Không tìm thấy đơn vị"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_village_is_added_below_a_commune() {
    for stage in Stage::all().await {
        let admin = stage.client(Who::Administrator);
        let path = format!("/people/units/{}/units", stage.cast.commune());
        for (kind, name, code, field) in [
            ("", "Thôn Tư", "", "kind"),
            ("province", "Tỉnh Nữa", "", "kind"),
            ("village", "", "", "name"),
            ("village", "thôn một", "", "name"),
            ("village", "Thôn Tư", "00992", "code"),
        ] {
            let sent = [("kind", kind), ("name", name), ("code", code)];
            let page = admin.post(&path, &sent).await;
            assert_eq!(page.status, 422, "{kind} {name} {code}: {}", page.text());
            assert!(page.has(&format!("[name={field}][aria-invalid=true]")), "{kind} {name}");
        }
        let sent = [("kind", "village"), ("name", "Thôn  Tư"), ("code", "")];
        let added = admin.post(&path, &sent).await;
        let page = admin.follow(&added).await;
        assert_eq!(page.one("h1"), "Thôn Tư");
        let above = admin.get(&format!("/people/units/{}", stage.cast.commune())).await;
        assert_eq!(above.css("table tbody tr").len(), 4);
        let manager = stage.client(Who::CommuneManager);
        assert_eq!(manager.post(&path, &sent).await.status, 403);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_renamed_from_a_day_on_and_keeps_its_old_name_in_mind() {
    for stage in Stage::all().await {
        let admin = stage.client(Who::Administrator);
        let unit = stage.cast.units.villages[0][0];
        let path = format!("/people/units/{unit}/names");
        for (name, from, field) in [
            ("", "01/10/2026", "name"),
            ("Thôn Hai", "01/10/2026", "name"),
            ("Thôn Đông", "01/10/2030", "from"),
            ("Thôn Đông", "01/01/2020", "from"),
            ("Thôn Đông", "mai", "from"),
        ] {
            let page = admin.post(&path, &[("name", name), ("from", from)]).await;
            assert_eq!(page.status, 422, "{name} {from}");
            let control = format!("[action$='/names'] [name={field}][aria-invalid=true]");
            assert!(page.has(&control), "{name} {from}: {}", page.text());
        }
        let done = admin.post(&path, &[("name", "Thôn Đông"), ("from", "01/10/2026")]).await;
        let page = admin.follow(&done).await;
        assert_eq!(page.one("h1"), "Thôn Đông");
        let facts = page.one("dl.facts");
        assert!(facts.contains("Thôn Đông – từ 01/10/2026"), "{facts}");
        assert!(facts.contains("Thôn Một – 01/07/2025 – 30/09/2026"), "{facts}");
        // A slip of the pen, put right from the same day.
        admin.post(&path, &[("name", "Thôn Đông Mới"), ("from", "01/10/2026")]).await;
        let page = admin.get(&format!("/people/units/{unit}")).await;
        assert_eq!(page.one("h1"), "Thôn Đông Mới");
        assert!(!page.one("dl.facts").contains("Thôn Đông –"));
        // Where people belong shows it at once.
        let binh = admin.get(&stage.page(Who::Binh)).await;
        assert!(binh.text().contains("Xã Hòa Bình › Thôn Đông Mới"), "{}", binh.text());
    }
}
