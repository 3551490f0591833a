//! Lists and boards: who sees which unit, what the figures say, what moves.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use jiff::civil::date;
use thao_cast::Who;
use thao_people::AffiliationKind;
use thao_record::Verb;
use thao_web::SESSION_COOKIE;
use tower::ServiceExt;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn each_sees_the_targets_of_their_units() {
    for stage in stages().await {
        let province = stage.client(Who::ProvinceManager).get("/plan/targets").await;
        assert_eq!(province.css(".card-title").len(), 2, "{}", stage.db.name());
        assert!(province.has("a[href='/plan/targets/new']"));
        assert_eq!(province.css(".card .stat-figure").first().unwrap(), "0 / 8 (0,0%)");
        // A commune sees its own part of the province's targets.
        let commune = stage.client(Who::CommuneManager).get("/plan/targets").await;
        let figures = commune.css(".card .stat-figure");
        assert_eq!(figures.first().unwrap(), "0 / 3 (0,0%)");
        assert!(commune.css(".card-above")[0].contains("Xã Hòa Bình"));
        assert!(stage.client(Who::Organiser).get("/plan/targets").await.status.is_success());
        let learner = stage.client(Who::An).get("/plan/targets").await;
        assert_eq!(learner.status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_goes_down_by_unit_and_not_beyond_ones_own() {
    for stage in stages().await {
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        let manager = stage.client(Who::ProvinceManager);
        let board = manager.get(&stage.board()).await;
        assert_eq!(board.css(".stat-figure").first().unwrap(), "1 / 8 (12,5%)");
        let row = |name: &str| {
            let names = board.css(".table-board tbody th");
            let at = names.iter().position(|found| found.starts_with(name)).unwrap();
            board.css(".table-board tbody tr")[at].clone()
        };
        assert!(row("Xã Hòa Bình").contains("33,3%"), "{}", row("Xã Hòa Bình"));
        assert!(row("Xã Hòa Bình").contains("còn thiếu 2"));
        assert!(row("Xã Đồng Mẫu").contains("Có nguy cơ"));
        assert_eq!(board.css("tfoot td").first().unwrap(), "1");
        // Down into a commune: the way back is there.
        let below = format!("?unit={}", stage.cast.commune());
        assert!(board.attrs("tbody th a", "href").contains(&below));
        let commune = manager.get(&format!("{}{below}", stage.board())).await;
        assert!(commune.css(".crumbs a, nav a").iter().any(|name| name == "Tỉnh Thử"));
        assert_eq!(commune.css(".stat-figure").first().unwrap(), "1 / 3 (33,3%)");
        assert!(commune.has(".empty"), "villages have no civil servants");

        let own = stage.client(Who::CommuneManager);
        assert_eq!(own.get(&stage.board()).await.css(".stat-figure")[0], "1 / 3 (33,3%)");
        let other = format!("{}?unit={}", stage.board(), stage.cast.other_commune());
        assert_eq!(own.get(&other).await.status, StatusCode::NOT_FOUND);
        let province = format!("{}?unit={}", stage.board(), stage.cast.units.province);
        assert_eq!(own.get(&province).await.status, StatusCode::NOT_FOUND);
        assert_eq!(manager.get("/plan/targets/none").await.status, StatusCode::NOT_FOUND);
        let unknown = format!("/plan/targets/{}", stage.scene.measure);
        assert_eq!(manager.get(&unknown).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_shows_another_day_and_another_order() {
    for stage in stages().await {
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        stage.outcome(Who::OtherLearner, Verb::Passed, date(2026, 11, 19)).await;
        let manager = stage.client(Who::ProvinceManager);
        let board = stage.board();
        let october = manager.get(&format!("{board}?day=31/10/2026")).await;
        assert_eq!(october.css(".stat-figure")[0], "0 / 8 (0,0%)");
        assert!(october.text().contains("31/10/2026"));
        let future = manager.get(&format!("{board}?day=31/10/2099")).await;
        assert_eq!(future.css(".stat-figure")[0], "2 / 8 (25,0%)");
        let order = |answer: &thao_cast::Answer| {
            let names = answer.css("tbody th a");
            names.into_iter().collect::<Vec<String>>()
        };
        let by_name = order(&manager.get(&board).await);
        assert_eq!(by_name[0], "Phường Ví Dụ");
        let falling = manager.get(&format!("{board}?sort=-share")).await;
        assert_eq!(order(&falling)[0], "Xã Đồng Mẫu");
        assert!(falling.has("th[aria-sort=descending]"));
        let gap = order(&manager.get(&format!("{board}?sort=gap")).await);
        // Two are missing in three units: of these the first by name.
        assert_eq!(gap[0], "Sở Khoa học và Công nghệ");
        assert_eq!(gap.last().map(String::as_str), Some("Phường Ví Dụ"));
    }
}

/// Asks for the part that moves, with the tag of the last answer.
async fn part(stage: &Stage, tag: Option<&str>) -> (StatusCode, Option<String>, String) {
    let token = &stage.cast.member(Who::ProvinceManager).token;
    let mut request = Request::builder()
        .uri(format!("{}?part=board", stage.board()))
        .header(header::COOKIE, format!("{SESSION_COOKIE}={token}"));
    if let Some(tag) = tag {
        request = request.header(header::IF_NONE_MATCH, tag);
    }
    let answer = stage.app.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let tag = answer.headers().get(header::ETAG).map(|tag| tag.to_str().unwrap().to_owned());
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
    (status, tag, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_part_that_moves_is_sent_when_it_moved() {
    for stage in stages().await {
        let (status, first, body) = part(&stage, None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!body.contains("<html"), "only the inside");
        assert!(body.contains("0,0%"));
        let (status, _, body) = part(&stage, first.as_deref()).await;
        assert_eq!((status, body.as_str()), (StatusCode::NO_CONTENT, ""));
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        let (status, second, body) = part(&stage, first.as_deref()).await;
        assert_eq!(status, StatusCode::OK);
        assert_ne!(first, second);
        assert!(body.contains("12,5%"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_people_than_the_denominator_are_shown_with_a_warning() {
    for stage in stages().await {
        let [village, ..] = stage.cast.units.villages[0];
        for n in 0..3 {
            let name = format!("Lò Thị {n}");
            let resident = AffiliationKind::Resident;
            let id = stage.scene.person(&stage.db, &stage.world, &name, 1990, village, resident);
            let id = id.await;
            stage.outcome_of(id, village, Verb::Attended, date(2026, 10, 5)).await;
        }
        let stamp = stage.world.stamp("plan.act.add_figure");
        let figure = crate::figure::NewFigure {
            measure: stage.scene.official_measure,
            unit: stage.cast.commune(),
            value: 2,
            as_of: date(2026, 1, 1),
            source: "Thống kê tỉnh".into(),
            import: None,
        };
        let add = move |tx: &mut thao_base::Tx<'_>| {
            crate::figure::add_many(tx, &stamp, std::slice::from_ref(&figure)).map(|_| ())
        };
        stage.db.write(add).await.unwrap();
        catch_up(&stage.db).await.unwrap();
        let manager = stage.client(Who::ProvinceManager);
        let page = manager.get(&format!("/plan/targets/{}", stage.scene.official)).await;
        assert!(
            page.one(".notice-warn, .notice.warn, [class*=warn][role]").contains("Xã Hòa Bình")
        );
        assert!(page.text().contains("150,0%"));
        // Two communes have no figure: that is said, not taken for zero.
        assert!(page.text().contains("1/3 đơn vị trực thuộc"));
        assert!(page.css("tbody tr").iter().any(|row| row.contains("chưa có số liệu")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_page_says_what_is_at_risk_and_where_to_open_a_class() {
    for stage in stages().await {
        stage.outcome(Who::OtherLearner, Verb::Passed, date(2026, 11, 2)).await;
        let part = |who| {
            let actor = stage.cast.member(who);
            let token = thao_web::secret::hash(&actor.token);
            let now = stage.world.now();
            stage.db.read(move |tx| {
                let credential = thao_web::Credential::Session(token);
                let actor = thao_people::session::load_actor(tx, &credential, now)?.unwrap();
                let context = thao_web::HomeContext {
                    lang: thao_base::Lang::Vi,
                    now,
                    today: date(2026, 11, 20),
                    class_size: 40,
                    csrf: None,
                };
                Ok(crate::pages::home::part(tx, &context, &actor)?.map(|(_, part)| part.0))
            })
        };
        let html = part(Who::ProvinceManager).await.unwrap().unwrap();
        // Nobody was given the course, and three of the commune have not passed.
        assert!(
            html.contains("Giao khoá “An toàn thông tin cơ bản” ở Tỉnh Thử: 7 người"),
            "{html}"
        );
        assert!(html.contains("Mở một lớp ở Xã Hòa Bình: 3 người ở đó chưa đạt"), "{html}");
        let commune = stage.cast.commune();
        let course = stage.scene.course;
        let href = format!(
            "/classes/new?area={commune}&amp;unit={commune}&amp;course={course}&amp;capacity=40"
        );
        assert!(html.contains(&href), "{html}");
        assert!(part(Who::An).await.unwrap().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_says_where_it_is_heading_and_who_holds_it_back() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let page = manager.get(&stage.board()).await;
        assert!(page.text().contains("Mới có 0 tuần số liệu"), "{}", page.text());
        assert!(!page.has(".line-ahead"));
        for (who, day) in [
            (Who::OtherLearner, date(2026, 8, 3)),
            (Who::OtherManager, date(2026, 9, 14)),
            (Who::ProvinceManager, date(2026, 10, 26)),
        ] {
            stage.outcome(who, Verb::Passed, day).await;
        }
        let page = manager.get(&stage.board()).await;
        let heading = page.one("#heading");
        assert!(heading.contains("đến 31/12/2030 sẽ đạt khoảng 100%"), "{heading}");
        assert!(heading.contains("4 tuần qua mỗi tuần có 0,3"), "{heading}");
        assert!(page.has(".line-ahead") && page.has(".line-range"));
        // One in some seven weeks is eight long before 2030.
        assert_eq!(page.css(".stats figure.chart td.number").last().unwrap(), "100%");
        // Three of eight passed: behind are those in whose units nobody did.
        let holding = page.one("#holding");
        assert!(holding.contains("Xã Hòa Bình") && !holding.contains("Xã Đồng Mẫu"), "{holding}");
        // In the commune nobody passed: nothing to say yet.
        let below = format!("{}?unit={}", stage.board(), stage.cast.commune());
        assert!(manager.get(&below).await.text().contains("Mới có 0 tuần số liệu"));
        // A learner's organiser sees the board and may open classes, but assigns nothing.
        let organiser = stage.client(Who::Organiser).get(&stage.board()).await;
        let steps = organiser.one("#steps");
        assert!(steps.contains("Mở một lớp") && !steps.contains("Giao khoá"), "{steps}");
        // Of another day there is nothing to do any more.
        assert!(!manager.get(&format!("{}?day=31/10/2026", stage.board())).await.has("#steps"));
    }
}
