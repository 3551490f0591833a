//! What is shown first, where one goes on, what is not there.

use jiff::Span;
use jiff::civil::date;
use maud::Markup;
use thao_base::Lang;
use thao_cast::{Client, Who};
use thao_web::HomeContext;

use crate::world::{COURSE, LEARN, LESSON, Stage, fields, post, stages};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_comes_first_and_the_rest_may_be_learnt_too() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        let page = an.get("/learn").await;
        assert_eq!(page.one("h1"), "Học tập");
        assert_eq!(page.css("h2").first().map(String::as_str), Some("Có thể học thêm"));
        let all = page.css(".card").len();

        stage.assign(Some(date(2026, 11, 30))).await;
        let page = an.get("/learn").await;
        assert_eq!(page.css(".card").len(), all);
        assert_eq!(page.css(".card h2")[0], "An toàn thông tin cơ bản");
        assert_eq!(page.one(".badge"), "Còn 10 ngày, hạn 30/11/2026");
        assert!(page.one("a.button-primary").starts_with("Bắt đầu học"));
        assert_eq!(page.one(".progress-words"), "Bài đã xong 0/5");
        for (days, words) in [(10, "Hạn hôm nay"), (1, "Quá hạn từ 30/11/2026")] {
            stage.world.hand.advance(Span::new().hours(24 * days));
            assert_eq!(an.get("/learn").await.one(".badge"), words);
        }
        // Bình is nobody's official.
        assert!(!stage.client(Who::Binh).get("/learn").await.has(".badge"));
        assert_eq!(Client::new(&stage.app).get("/learn").await.location(), "/sign-in?back=/learn");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lesson_goes_on_where_it_was_left() {
    for stage in stages().await {
        stage.assign(None).await;
        let an = stage.client(Who::An);
        let first = an.get(LESSON).await;
        assert!(first.one(".step-lesson").ends_with("Bước 1/7"), "{}", first.one(".step-lesson"));
        assert_eq!(first.attr(".header-back", "href"), LEARN);
        assert_eq!(first.css(".save-bar a").len(), 1, "no way back from the first step");

        let second = an.get(&first.attr(".save-bar a.button-primary", "href")).await;
        assert!(second.one(".step-lesson").ends_with("Bước 2/7"));
        an.get(&format!("{LESSON}?step=4")).await;
        assert!(an.get(LESSON).await.one(".step-lesson").ends_with("Bước 4/7"));
        assert_eq!(an.get(LEARN).await.css(".lesson-state")[0], "Đang học · bước 4/7");
        let learn = an.get("/learn").await;
        assert!(learn.one("a.button-primary").starts_with("Học tiếp"));
        assert_eq!(learn.attr("a.button-primary", "href"), LESSON);
        // Somebody else begins at the beginning.
        let other = stage.client(Who::Binh).get(LESSON).await;
        assert!(other.one(".step-lesson").ends_with("Bước 1/7"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_lesson_says_what_is_missing_or_what_is_next() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        let person = stage.cast.person(Who::An);
        let questions = stage.questions().await;
        let last = an.get(&format!("{LESSON}?step=7")).await;
        assert_eq!(last.attr(".save-bar a.button-primary", "href"), format!("{LESSON}/result"));
        let end = an.get(&format!("{LESSON}/result")).await;
        assert_eq!(end.css(".step-links a").len(), questions.len());
        assert_eq!(end.attr("a.button-primary", "href"), format!("{LESSON}?step=2"));
        for (i, (_, question)) in questions.iter().enumerate() {
            post(&an, LESSON, &fields(question, person, i != 2)).await;
        }
        let end = an.get(&format!("{LESSON}/result")).await;
        assert_eq!(end.one(".result-mark"), "Đúng 4/5 câu");
        assert_eq!(end.css(".step-links a").len(), 1);
        assert!(end.attr("a.button-primary", "href").ends_with("/tin-nhan-va-cuoc-goi-lua-dao"));
        assert_eq!(an.get(LEARN).await.css(".lesson-state")[0], "Đã xong · đúng 4/5 câu");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_not_found() {
    for stage in stages().await {
        let an = stage.client(Who::An);
        for path in [
            "/learn/khong-co".to_owned(),
            "/learn/khong-co/bai".to_owned(),
            format!("{LEARN}/khong-co"),
            format!("{LEARN}/khong-co/result"),
            format!("{LESSON}?step=0"),
            format!("{LESSON}?step=8"),
        ] {
            let page = an.get(&path).await;
            assert_eq!(page.status, 404, "{path}");
            assert_eq!(page.one("h1"), "Không tìm thấy");
        }
        let unknown = [
            ("item".to_owned(), "0199c010-9999-7000-8000-000000000000".to_owned()),
            ("version".to_owned(), "1".to_owned()),
            ("answer".to_owned(), "a".to_owned()),
        ];
        assert_eq!(post(&an, LESSON, &unknown).await.status, 404);
        assert_eq!(post(&an, LESSON, &[]).await.status, 404);
        let nobody = Client::new(&stage.app);
        assert_eq!(nobody.get(LESSON).await.status, 303);
        assert_eq!(post(&nobody, LESSON, &unknown).await.status, 401);
    }
}

async fn home(stage: &Stage, who: Who) -> Option<(i32, String)> {
    let context = HomeContext {
        lang: Lang::Vi,
        now: stage.world.now(),
        today: thao_base::locale::local_date(stage.world.now()),
        class_size: 40,
        csrf: None,
    };
    let hash = thao_web::secret::hash(&stage.cast.member(who).token);
    let found = stage.db.read(move |tx| {
        let credential = thao_web::Credential::Session(hash);
        let actor = thao_people::session::load_actor(tx, &credential, context.now)?;
        super::super::home::next(tx, &context, &actor.unwrap())
    });
    let found: Option<(i32, Markup)> = found.await.unwrap();
    found.map(|(rank, part)| (rank, part.into_string()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_main_page_shows_the_one_next_thing() {
    for stage in stages().await {
        assert!(home(&stage, Who::An).await.is_none(), "nothing to learn, nothing begun");
        stage.assign(Some(date(2026, 11, 30))).await;
        let (rank, part) = home(&stage, Who::An).await.unwrap();
        assert_eq!(rank, 20);
        assert!(part.contains(LESSON) && part.contains("Bắt đầu học"), "{part}");
        stage.study(Who::An, &[]).await;
        let (rank, part) = home(&stage, Who::An).await.unwrap();
        assert_eq!(rank, 80);
        assert!(part.contains("học xong mọi khoá học được giao") && !part.contains(COURSE));
        // Who began by themselves goes on too.
        stage.client(Who::Binh).get(LESSON).await;
        let (rank, part) = home(&stage, Who::Binh).await.unwrap();
        assert_eq!(rank, 40);
        assert!(part.contains("Học tiếp"));
    }
}
