//! Media through the router: whole, in parts, kept.

use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use thao_cast::{Client, app};
use thao_testkit::{databases, world};
use tower::ServiceExt;

use super::*;

#[test]
fn ranges_are_read_as_rfc_9110_says() {
    for (range, part) in [
        ("bytes=0-", Part::Range(0, 99)),
        ("bytes=0-0", Part::Range(0, 0)),
        ("bytes=10-19", Part::Range(10, 19)),
        ("bytes=90-500", Part::Range(90, 99)),
        ("bytes=-10", Part::Range(90, 99)),
        ("bytes=-500", Part::Range(0, 99)),
        ("bytes=100-", Part::Outside),
        ("bytes=-0", Part::Outside),
        ("bytes=20-10", Part::Whole),
        ("bytes=0-1,5-6", Part::Whole),
        ("bytes=-", Part::Whole),
        ("bytes=a-b", Part::Whole),
        ("bytes=+1-5", Part::Whole),
        ("lines=1-2", Part::Whole),
        ("bytes=99999999999999999999-", Part::Whole),
    ] {
        assert_eq!(read_range(range, 100), part, "{range}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn films_are_served_in_parts_and_kept() {
    for db in databases().await {
        let world = world();
        let cast = thao_cast::cast(&db, &world).await;
        let stamp = world.stamp("catalog.act.publish");
        db.write(move |tx| crate::publish_starter(tx, &stamp)).await.unwrap();
        let package = crate::starter().unwrap().into_iter().next().unwrap();
        let film = package.media.iter().find(|media| media.mime == "video/webm").unwrap();
        let path = media::url(&package.slug, &film.name, &film.hash);
        let app = app(&db, crate::pages(), &world);
        let ask = async |path: &str, name: HeaderName, value: &str| {
            let request = Request::get(path).header(name, value).body(Body::empty()).unwrap();
            let (head, body) = app.clone().oneshot(request).await.unwrap().into_parts();
            let text =
                |name: HeaderName| head.headers.get(name).map(|v| v.to_str().unwrap().to_owned());
            let range = text(header::CONTENT_RANGE);
            let encoding = text(header::CONTENT_ENCODING);
            (head.status.as_u16(), range, encoding, body.collect().await.unwrap().to_bytes())
        };

        let whole = Client::new(&app).get(&path).await;
        assert_eq!(whole.status, 200);
        assert_eq!(whole.body, film.bytes);
        assert_eq!(whole.header("content-type"), Some("video/webm"));
        assert_eq!(whole.header("accept-ranges"), Some("bytes"));
        assert_eq!(whole.header("cache-control"), Some("public, max-age=31536000, immutable"));
        let etag = whole.header("etag").unwrap().to_owned();

        let length = film.bytes.len();
        let (status, range, _, body) = ask(&path, header::RANGE, "bytes=1000-1999").await;
        assert_eq!((status, range), (206, Some(format!("bytes 1000-1999/{length}"))));
        assert_eq!(body, film.bytes[1000..2000]);
        let (status, _, _, body) = ask(&path, header::RANGE, "bytes=-5").await;
        assert_eq!((status, &body[..]), (206, &film.bytes[length - 5..]));
        let (status, range, ..) = ask(&path, header::RANGE, "bytes=99999999-").await;
        assert_eq!((status, range), (416, Some(format!("bytes */{length}"))));
        let (status, _, _, body) = ask(&path, header::IF_NONE_MATCH, &etag).await;
        assert_eq!((status, body.len()), (304, 0));

        // By another hash, or none, it is today's file, asked about each time.
        let old = Client::new(&app).get(&path.replace(&film.hash, "0000")).await;
        assert_eq!(
            (old.status.as_u16(), old.header("cache-control")),
            (200, Some("public, no-cache"))
        );
        // A film is squeezed already; drawings and captions are not.
        let (.., encoding, body) = ask(&path, header::ACCEPT_ENCODING, "gzip").await;
        assert_eq!((encoding, body.len()), (None, length));

        for path in [
            "/catalog/media/khong-co/a.svg".to_owned(),
            format!("/catalog/media/{}/khong-co.svg", package.slug),
            format!("/catalog/media/{}/..%2Fcourse.toml", package.slug),
        ] {
            assert_eq!(Client::new(&app).get(&path).await.status, 404, "{path}");
        }
        drop(cast);
    }
}
