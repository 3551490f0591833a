//! Least training and templates: rules taken in, looked at, ended; a plan made of a template.

use axum::http::StatusCode;
use thao_cast::Who;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn rules_are_taken_in_and_who_is_behind_is_seen_by_those_who_may() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let page = manager.get("/plan/minimum").await;
        assert!(page.text().contains("Không có quy định nào cho ngày này"), "{}", page.text());
        let commune = stage.client(Who::CommuneManager);
        for path in ["/plan/rules", "/plan/rules/list"] {
            let answer = commune.post(path, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }
        let answer = manager.post("/plan/rules/list", &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        catch_up(&stage.db).await.unwrap();
        let rules = manager.follow(&answer).await;
        assert_eq!(rules.css("tbody tr").len(), crate::training_rule::entries().len());
        assert!(rules.text().contains("Chưa xác nhận"));

        let page = manager.get("/plan/minimum").await;
        assert!(page.text().contains("Công chức: 40 tiết mỗi năm"), "{}", page.text());
        assert!(page.text().contains("0 / 8 (0,0%)"), "{}", page.text());
        // Somebody is meant by the rule of civil servants; the first in the list means nobody here.
        let links = page.attrs("main section a", "href").into_iter();
        let (mut names, mut meant) = (String::new(), 0);
        for href in links.filter(|href| href.contains("/people") && !href.contains("/units/")) {
            let people = manager.get(&href).await.css("tbody tr").len();
            if meant < people {
                (names, meant) = (href, people);
            }
        }
        assert_eq!(meant, 8);
        let list = manager.get(&names).await;
        assert_eq!(list.status, StatusCode::OK, "{}", list.text());
        assert_eq!(stage.looks().await.last().unwrap().0, "plan.view.minimum");
        // Names of another commune stay there; an organiser sees numbers.
        let rule = names.split('/').nth(3).unwrap().to_owned();
        let unit = stage.cast.commune();
        let people = format!("/plan/minimum/{rule}/people?unit={unit}");
        assert_eq!(commune.get(&people).await.status, StatusCode::OK);
        assert_eq!(stage.client(Who::OtherManager).get(&people).await.status, 404);
        assert_eq!(stage.client(Who::Organiser).get(&people).await.status, 403);
        assert_eq!(stage.client(Who::Organiser).get("/plan/minimum").await.status, 200);
        // A day on which another rule held.
        let before = manager.get("/plan/minimum?day=30/06/2025").await;
        assert!(before.text().contains("1 tuần"), "{}", before.text());
        let file = manager.get("/plan/minimum/export").await;
        let rows = cells(&file, "Đào tạo tối thiểu mỗi năm");
        assert!(rows.iter().any(|row| row.contains(&"40 tiết mỗi năm".to_owned())), "{rows:?}");

        let wrong = [("title", ""), ("amount", "0"), ("minutes", "45"), ("unit", "tiet")];
        let answer = manager.post("/plan/rules", &wrong).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for field in ["title", "amount", "source"] {
            assert_eq!(answer.attr(&format!("input[name={field}]"), "aria-invalid"), "true");
        }
        let good = [
            ("title", "Người hoạt động không chuyên trách"),
            ("categories", "khong_chuyen_trach"),
            ("amount", "2"),
            ("unit", "day"),
            ("minutes", "360"),
            ("valid_from", "01/01/2026"),
            ("source", "Quyết định của tỉnh"),
            ("established", "1"),
        ];
        let answer = manager.post("/plan/rules", &good).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("2 ngày mỗi năm"));
        let end = page.attr("tbody form", "action");
        let answer = manager.post(&end, &[("to", "01/01/2030")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_template_becomes_a_plan_with_its_targets_and_says_what_is_left() {
    for stage in stages().await {
        let stamp = stage.world.stamp("catalog.act.publish");
        stage.db.write(move |tx| thao_catalog::publish_starter(tx, &stamp)).await.unwrap();
        let manager = stage.client(Who::ProvinceManager);
        let list = manager.get("/plan/templates").await;
        assert_eq!(list.css(".card").len(), 5, "{}", list.text());
        let unit = stage.cast.units.province.to_string();
        for template in crate::template::all() {
            let code = &template.plan.province;
            let path = format!("/plan/templates/{code}");
            let page = manager.get(&path).await;
            assert_eq!(page.status, StatusCode::OK, "{code}: {}", page.text());
            let refused = manager.post(&format!("{path}/plans"), &[]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            let answer = manager.post(&format!("{path}/plans"), &[("unit", &unit)]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{code}: {}", answer.text());
            catch_up(&stage.db).await.unwrap();
            let plan = manager.follow(&answer).await;
            let text = plan.text();
            assert_eq!(plan.status, StatusCode::OK, "{text}");
            let (mut set, mut left) = (0, 0);
            for row in template.targets() {
                // What a target needs is there, but for a base that is itself a choice to make.
                let bases = row.here.as_ref().map_or(&[][..], |here| &here.bases);
                let ready =
                    |id: &String| template.targets().any(|row| row.id == *id && row.is_ready());
                match row.is_ready() && bases.iter().all(ready) {
                    true => set += 1,
                    false => left += 1,
                }
                assert!(text.contains(&row.id), "{} is neither set nor left", row.id);
            }
            assert!(text.contains(&format!("với {set} chỉ tiêu")), "{code}: {text}");
            assert_eq!(text.contains("Chỉ tiêu của mẫu chưa đặt"), 0 < left, "{code}");
        }
        let other = stage.client(Who::OtherManager);
        let answer = other.post("/plan/templates/25/plans", &[("unit", &unit)]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.get("/plan/templates/99").await.status, StatusCode::NOT_FOUND);
    }
}
