//! Adding a person, seeing one, changing one, putting one into units and roles.

use thao_cast::Who;

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_outside_ones_units_does_not_exist() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let own = stage.page(Who::An);
        assert_eq!(manager.get(&own).await.one("h1"), "Nguyễn Văn An");
        let other = stage.page(Who::OtherLearner);
        for path in ["", "/edit", "/affiliations"] {
            let page = manager.get(&format!("{other}{path}")).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(!page.text().contains("Cúc"));
        }
        for path in ["", "/affiliations", "/accounts", "/slips"] {
            let sent = [("full_name", "Bùi Thị Cúc"), ("unit", ""), ("kind", "staff")];
            let answer = manager.post(&format!("{other}{path}"), &sent).await;
            assert_eq!(answer.status, 404, "{path}");
        }
        for path in ["/people/1", "/people/abc", "/people/01900000-0000-7000-8000-000000000000"] {
            let page = manager.get(path).await;
            assert_eq!(page.status, 404, "{path}");
            assert!(page.text().contains("Không tìm thấy"), "{path}");
        }
        assert_eq!(manager.get(&format!("{own}/appointments")).await.status, 403);
        assert_eq!(stage.client(Who::Organiser).get(&own).await.status, 403);
        let looks = stage.client(Who::Administrator).get("/people/audit?log=looks").await;
        assert_eq!(looks.css("tbody tr").len(), 1, "only what was shown is on record");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_added_once_though_the_form_is_sent_twice() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let form = manager.get("/people/new").await;
        let id = form.attr("input[name=form_id]", "value");
        let unit = stage.cast.commune().to_string();
        let sent = [
            ("form_id", id.as_str()),
            ("full_name", "TRẦN  THỊ MẪU"),
            ("birth", "5/3/1991"),
            ("sex", "female"),
            ("citizen_id", "099 091 000 777"),
            ("phone", "+84 900 000 777"),
            ("email", "Mau@Xa.Example"),
            ("unit", unit.as_str()),
            ("kind", "staff"),
            ("category", "vien_chuc"),
            ("position", "Giáo viên"),
            ("from", "01/09/2025"),
        ];
        let added = manager.post("/people", &sent).await;
        assert_eq!(added.status, 303, "{}", added.text());
        let twice = manager.post("/people", &sent).await;
        assert_eq!(twice.location(), added.location());
        let page = manager.follow(&added).await;
        assert_eq!(page.one("h1"), "Trần Thị Mẫu");
        let text = page.text();
        for words in [
            "05/03/1991",
            "Nữ",
            "099091000777",
            "0900000777",
            "mau@xa.example",
            "Xã Hòa Bình",
            "Viên chức",
            "Giáo viên",
            "từ 01/09/2025",
            "Hiện nay",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert_eq!(manager.get("/people?q=tran+thi+mau").await.css("tbody tr").len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let commune = stage.cast.commune().to_string();
        let other = stage.cast.other_commune().to_string();
        for (field, value, words) in [
            ("full_name", "", "Nhập họ và tên"),
            ("full_name", "Số 12", "Nhập họ và tên"),
            ("birth", "31/02/1990", "Nhập ngày sinh"),
            ("birth", "01/01/2030", "tương lai"),
            ("citizen_id", "1.2345E+11", "12 chữ số"),
            ("citizen_id", "1234567890", "12 chữ số"),
            ("phone", "12345", "10 chữ số"),
            ("email", "khong-co", "thư điện tử"),
            ("unit", "", "Hãy chọn đơn vị"),
            ("unit", other.as_str(), "không thuộc phạm vi"),
            ("kind", "", "quan hệ"),
            ("from", "hôm qua", "Nhập ngày"),
        ] {
            let mut sent = vec![
                ("full_name", "Lê Văn Mẫu"),
                ("unit", commune.as_str()),
                ("kind", "staff"),
                ("from", "01/07/2025"),
            ];
            sent.retain(|(name, _)| *name != field);
            sent.push((field, value));
            let page = manager.post("/people", &sent).await;
            assert_eq!(page.status, 422, "{field} {value}: {}", page.text());
            let control = format!("[name={field}][aria-invalid=true]");
            assert!(page.has(&control), "{field} {value}: {}", page.text());
            assert!(page.text().contains(words), "{field} {value}: {}", page.text());
            if field != "full_name" {
                assert_eq!(page.attr("input[name=full_name]", "value"), "Lê Văn Mẫu");
            }
        }
        assert!(manager.get("/people?q=mau").await.css("tbody tr").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_alike_is_asked_about_first() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let unit = stage.cast.commune().to_string();
        let mut sent = vec![
            ("full_name", "Nguyễn văn an"),
            ("birth", "19/05/1990"),
            ("unit", unit.as_str()),
            ("kind", "resident"),
            ("from", "01/07/2025"),
        ];
        let asked = manager.post("/people", &sent).await;
        assert_eq!(asked.status, 422);
        assert_eq!(asked.attr(".notice a", "href"), stage.page(Who::An));
        assert!(asked.has("input[type=checkbox][name=sure]"));
        sent.push(("sure", "on"));
        let added = manager.post("/people", &sent).await;
        assert!(added.location().contains("people.notice.added_alike"), "{}", added.location());
        assert_eq!(manager.get("/people?q=nguyen+van+an").await.css("tbody tr").len(), 2);

        // Nobody learns about people elsewhere this way: An's number typed in commune 2.
        let unit = stage.cast.other_commune().to_string();
        let sent = [
            ("full_name", "Lê Văn Lạ"),
            ("citizen_id", "099090000105"),
            ("unit", unit.as_str()),
            ("kind", "resident"),
            ("from", "01/07/2025"),
        ];
        let other = stage.client(Who::OtherManager);
        let added = other.post("/people", &sent).await;
        assert_eq!(added.status, 303, "{}", added.text());
        // The pair goes to somebody who may see both.
        assert!(other.get("/people/duplicates").await.css("article").is_empty());
        let all = stage.client(Who::ProvinceManager).get("/people/duplicates").await;
        assert!(all.text().contains("Lê Văn Lạ"), "{}", all.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organiser_adds_people_but_does_not_see_them_afterwards() {
    for stage in Stage::all().await {
        let organiser = stage.client(Who::Organiser);
        let unit = stage.cast.units.villages[0][1].to_string();
        let sent = [
            ("full_name", "Phạm Văn Khách"),
            ("unit", unit.as_str()),
            ("kind", "resident"),
            ("from", "01/07/2025"),
        ];
        let added = organiser.post("/people", &sent).await;
        assert!(added.location().starts_with("/people/new?unit="), "{}", added.location());
        let page = organiser.follow(&added).await;
        assert!(page.one("[role=status]").contains("Đã thêm"));
        assert_eq!(page.attr("select[name=unit] option[selected]", "value"), unit);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_changes_what_differs_and_is_in_the_journal() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let path = stage.page(Who::An);
        let form = manager.get(&format!("{path}/edit")).await;
        assert_eq!(form.attr("input[name=birth]", "value"), "19/05/1990");
        assert_eq!(form.attr("input[name=citizen_id]", "value"), "099090000105");
        let same = [
            ("full_name", "Nguyễn Văn An"),
            ("birth", "19/05/1990"),
            ("citizen_id", "099090000105"),
            ("phone", "0900000105"),
        ];
        let done = manager.post(&path, &same).await;
        assert!(done.location().ends_with("people.notice.unchanged"), "{}", done.location());
        // A year in place of the day, and no telephone any more.
        let sent =
            [("full_name", "Nguyễn Văn Ân"), ("birth", "1990"), ("citizen_id", "099090000105")];
        let done = manager.post(&path, &sent).await;
        let page = manager.follow(&done).await;
        assert_eq!(page.one("h1"), "Nguyễn Văn Ân");
        assert!(!page.text().contains("0900000105"));
        assert_eq!(page.css("dl.facts dd"), ["1990", "099090000105"]);
        let audit = stage.client(Who::Administrator).get("/people/audit?login=quanly.xa").await;
        let row = audit.css("tbody tr").remove(0);
        assert!(row.contains("Sửa thông tin người"), "{row}");
        assert!(row.contains("điện thoại, họ và tên, ngày sinh"), "{row}");
        assert!(!audit.text().contains("Nguyễn Văn Ân") && !audit.text().contains("1990"));
        let bad = manager.post(&path, &[("full_name", "")]).await;
        assert_eq!(bad.status, 422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_affiliation_is_added_and_ended() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let path = format!("{}/affiliations", stage.page(Who::An));
        let village = stage.cast.units.villages[0][0].to_string();
        let sent = [("unit", village.as_str()), ("kind", "resident"), ("from", "01/08/2026")];
        let added = manager.post(&path, &sent).await;
        assert_eq!(added.status, 303, "{}", added.text());
        let twice = manager.post(&path, &sent).await;
        assert_eq!(twice.status, 422);
        assert!(twice.text().contains("đang thuộc đơn vị đó rồi"), "{}", twice.text());
        let other = stage.cast.other_commune().to_string();
        let sent = [("unit", other.as_str()), ("kind", "resident"), ("from", "01/08/2026")];
        assert_eq!(manager.post(&path, &sent).await.status, 422);

        let page = manager.get(&path).await;
        let ends = page.attrs("form[action$='/end']", "action");
        assert_eq!(ends.len(), 2);
        let staff =
            page.css("details.confirm").iter().position(|words| !words.contains("Thôn")).unwrap();
        let early = manager.post(&ends[staff], &[("to", "01/01/2020")]).await;
        assert_eq!(early.status, 422);
        assert!(early.text().contains("sớm hơn ngày bắt đầu"), "{}", early.text());
        let done = manager.post(&ends[staff], &[("to", "01/11/2026")]).await;
        assert_eq!(done.status, 303);
        let page = manager.get(&stage.page(Who::An)).await;
        let rows = page.css("#units-part tbody tr");
        assert!(rows[0].contains("Thôn Một") && rows[0].contains("Hiện nay"), "{rows:?}");
        assert!(rows[1].contains("01/07/2025 – 31/10/2026"), "{rows:?}");
        assert!(rows[1].contains("Đã kết thúc"), "{rows:?}");
        let foreign = stage.client(Who::OtherManager).post(&ends[0], &[("to", "01/11/2026")]).await;
        assert_eq!(foreign.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_left_is_still_looked_after_by_the_last_unit() {
    for stage in Stage::all().await {
        let manager = stage.client(Who::CommuneManager);
        let path = format!("{}/affiliations", stage.page(Who::An));
        let end = manager.get(&path).await.attr("form[action$='/end']", "action");
        manager.post(&end, &[("to", "20/11/2026")]).await;
        assert_eq!(manager.get("/people?q=nguyen").await.css("tbody tr").len(), 0);
        assert_eq!(manager.get(&stage.page(Who::An)).await.status, 200);
        assert_eq!(stage.client(Who::OtherManager).get(&stage.page(Who::An)).await.status, 404);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_give_roles_and_take_them_but_not_their_own() {
    for stage in Stage::all().await {
        let admin = stage.client(Who::Administrator);
        let path = format!("{}/appointments", stage.page(Who::An));
        let unit = stage.cast.commune().to_string();
        let sent = [("role", "organiser"), ("unit", unit.as_str()), ("from", "20/11/2026")];
        for (field, words) in [("role", "vai trò"), ("unit", "đơn vị"), ("from", "ngày")] {
            let mut sent = sent.to_vec();
            sent.retain(|(name, _)| *name != field);
            let page = admin.post(&path, &sent).await;
            assert_eq!(page.status, 422, "{field}");
            assert!(page.has(&format!("[name={field}][aria-invalid=true]")), "{field}");
            assert!(page.text().contains(words));
        }
        assert_eq!(stage.client(Who::An).get("/people/new").await.status, 403);
        assert_eq!(admin.post(&path, &sent).await.status, 303);
        assert_eq!(stage.client(Who::An).get("/people/new").await.status, 200);
        assert_eq!(admin.post(&path, &sent).await.status, 422, "the same twice");
        let end = admin.get(&path).await.attr("form[action$='/end']", "action");
        assert_eq!(admin.post(&end, &[]).await.status, 303);
        assert_eq!(stage.client(Who::An).get("/people/new").await.status, 403);
        // What has ended is not ended again: the first end stays.
        stage.world.hand.advance(jiff::Span::new().hours(72));
        let again = admin.post(&end, &[]).await;
        assert_eq!(again.status, 409);
        assert!(again.text().contains("đã thôi từ ngày 20/11/2026"), "{}", again.text());
        let ended = "SELECT valid_to FROM appointment WHERE valid_to IS NOT NULL";
        let ended: Vec<String> = stage.read(move |tx| tx.values(ended, thao_base::args![])).await;
        assert_eq!(ended, ["2026-11-20"]);

        let own = format!("{}/appointments", stage.page(Who::Administrator));
        let page = admin.get(&own).await;
        assert!(!page.has("form[action$='/end']"));
        for who in [Who::CommuneManager, Who::ProvinceManager] {
            assert_eq!(stage.client(who).post(&path, &sent).await.status, 403, "{who:?}");
        }
    }
}
