//! Boundaries: a file is sent, looked at, used, drawn, taken back.

use axum::http::StatusCode;
use thao_cast::{Answer, Who};

use super::*;

const HERE: &str = "/plan/boundaries";

/// Two neighbours and a stranger; codes and names as offices have them.
const FILE: &str = r#"{"type":"FeatureCollection","features":[
  {"type":"Feature","properties":{"MA_XA":"00991","TEN":"Hoà Bình"},"geometry":{"type":"Polygon",
   "coordinates":[[[105,21],[105.1,21],[105.1,21.05],[105.1,21.1],[105,21.1],[105,21]]]}},
  {"type":"Feature","properties":{"MA_XA":"00992","TEN":"Đồng Mẫu"},"geometry":{"type":"MultiPolygon",
   "coordinates":[[[[105.1,21],[105.2,21],[105.2,21.1],[105.1,21.1],[105.1,21.05],[105.1,21]]]]}},
  {"type":"Feature","properties":{"MA_XA":"77777","TEN":"Xã Lạ"},"geometry":{"type":"Polygon",
   "coordinates":[[[106,21],[106.1,21],[106.1,21.1],[106,21]]]}}]}"#;

impl Stage {
    async fn send(&self, who: Who, file: &[u8], source: &str) -> Answer {
        let unit = self.cast.units.province.to_string();
        let fields = [("unit", unit.as_str()), ("source", source)];
        self.client(who).upload(HERE, &fields, ("file", "xa.geojson", file)).await
    }

    async fn act(&self, address: &str, act: &str) -> Answer {
        let client = self.client(Who::ProvinceManager);
        client.post(&format!("{address}/{act}"), &[("by", "MA_XA")]).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_looked_at_used_drawn_and_taken_back() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let sent = stage.send(Who::ProvinceManager, FILE.as_bytes(), "Sở NN&MT, 30/06/2026").await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let here = sent.location();
        let page = manager.get(&here).await;
        assert!(page.one(".notice-warn, .notice").contains("2/3 đơn vị có hình, từ 3 vùng"));
        assert!(page.text().contains("Phường Ví Dụ"), "a unit without a shape is named");
        assert!(page.text().contains("77777"), "an area that is no unit is named");
        assert_eq!(page.css("svg.map-shapes a").len(), 2);
        let options = page.css("select[name=by] option");
        assert_eq!(options, ["MA_XA (2)", "TEN (2)"]);
        let by_name = manager.get(&format!("{here}?by=TEN")).await;
        assert!(by_name.text().contains("Xã Lạ"));
        // Until it is used the board draws tiles.
        assert!(manager.get("/plan/board").await.has("svg.map-tiles"));
        let used = stage.act(&here, "confirmation").await;
        assert_eq!(used.status, StatusCode::SEE_OTHER, "{}", used.text());
        let board = manager.get("/plan/board").await;
        assert_eq!(board.css("svg.map-shapes a").len(), 2, "{}", stage.db.name());
        assert!(board.one(".map-figure-frame figcaption").contains("Sở NN&MT, 30/06/2026"));
        assert!(board.one(".map-figure-frame figcaption").contains("1 đơn vị chưa có ranh giới"));
        assert!(board.css("svg.map-shapes title")[0].contains(": "));
        // Once is enough; what was used can be looked at still.
        let twice = stage.act(&here, "confirmation").await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        assert!(manager.get(&here).await.text().contains("2/3 đơn vị có hình"));
        assert!(manager.get(HERE).await.css("tbody tr")[0].contains("Đang dùng"));
        let gone = stage.act(&here, "withdrawal").await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER);
        assert!(manager.get("/plan/board").await.has("svg.map-tiles"));
        assert_eq!(manager.get(&here).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_file_is_said_beside_it_and_nothing_is_kept() {
    for stage in stages().await {
        let open = FILE.replace("[105,21.1],[105,21]]]", "[105,21.1]]]");
        for (file, source, words) in [
            (FILE.as_bytes(), "", "nguồn"),
            (b"".as_slice(), "x", "Chọn một tệp"),
            (b"{".as_slice(), "x", "không phải JSON"),
            (b"{}".as_slice(), "x", "FeatureCollection"),
            (open.as_bytes(), "x", "Vùng 1 (Hoà Bình), đường 1 không khép kín"),
        ] {
            let answer = stage.send(Who::ProvinceManager, file, source).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            assert!(answer.one(".field-error").contains(words), "{}", answer.one(".field-error"));
            assert!(answer.has(".errors a, .error-summary a, [role=alert] a"));
        }
        // Larger than this server takes.
        let heavy = vec![b' '; 9 << 20];
        let answer = stage.send(Who::ProvinceManager, &heavy, "x").await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(stage.client(Who::ProvinceManager).get(HERE).await.css("tbody tr").is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn boundaries_are_for_whoever_sets_targets_there() {
    for stage in stages().await {
        let refused = stage.send(Who::CommuneManager, FILE.as_bytes(), "x").await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", refused.text());
        let organiser = stage.client(Who::Organiser).get(HERE).await;
        assert_eq!(organiser.status, StatusCode::FORBIDDEN);
        let sent = stage.send(Who::ProvinceManager, FILE.as_bytes(), "x").await;
        let hidden = stage.client(Who::OtherManager).get(&sent.location()).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        let strangers = FILE.replace("0099", "5599").replace("Hoà", "Không").replace("Đồng", "Nào");
        let sent = stage.send(Who::ProvinceManager, strangers.as_bytes(), "x").await;
        let page = stage.client(Who::ProvinceManager).get(&sent.location()).await;
        assert!(page.has(".notice-bad, [class*=bad]"));
        assert!(!page.has("form[action$=confirmation]"));
        let used = stage.act(&sent.location(), "confirmation").await;
        assert_eq!(used.status, StatusCode::CONFLICT);
    }
}
