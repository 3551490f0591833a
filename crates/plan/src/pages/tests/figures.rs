//! Official figures: typed in, corrected, imported from a file, taken back.

use axum::http::StatusCode;
use thao_cast::{Answer, Client, Who};

use super::*;

fn one(stage: &Stage) -> String {
    let (measure, unit) = (stage.scene.official_measure, stage.cast.commune());
    format!("/plan/figures/new?measure={measure}&unit={unit}")
}

async fn whole(stage: &Stage, client: &Client) -> String {
    let unit = stage.cast.commune();
    let page = client.get(&format!("/plan/targets/{}?unit={unit}", stage.scene.official)).await;
    page.css(".stat-figure")[0].clone()
}

async fn type_in(stage: &Stage, client: &Client, value: &str, day: &str) -> Answer {
    let (measure, unit) =
        (stage.scene.official_measure.to_string(), stage.cast.commune().to_string());
    let fields = [
        ("measure", measure.as_str()),
        ("unit", unit.as_str()),
        ("value", value),
        ("source", "Thống kê tỉnh, Niên giám 2025"),
        ("as_of", day),
    ];
    client.post("/plan/figures", &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_typed_corrected_and_withdrawn() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        assert_eq!(whole(&stage, &manager).await, "0");
        let page = type_in(&stage, &manager, "1.2x", "31/12/2099").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(page.attr("input[name=value]", "aria-invalid"), "true");
        assert_eq!(page.attr("input[name=as_of]", "aria-invalid"), "true");
        let answer = type_in(&stage, &manager, "1.200", "31/12/2025").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(whole(&stage, &manager).await, "0 / 1.200 (0,0%)");
        type_in(&stage, &manager, "1.250", "31/12/2025").await;
        assert_eq!(whole(&stage, &manager).await, "0 / 1.250 (0,0%)");
        // Both stand, the later counts; withdrawing it brings the former back.
        let page = manager.get(&one(&stage)).await;
        assert_eq!(page.css("tbody th"), ["1.250", "1.200"]);
        let withdraw = page.attr("tbody form", "action");
        assert_eq!(manager.post(&withdraw, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(whole(&stage, &manager).await, "0 / 1.200 (0,0%)");

        let other = stage.client(Who::OtherManager);
        assert_eq!(other.get(&one(&stage)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&withdraw, &[]).await.status, StatusCode::NOT_FOUND);
        let organiser = stage.client(Who::Organiser);
        assert_eq!(organiser.get(&one(&stage)).await.status, StatusCode::FORBIDDEN);
        assert!(organiser.get("/plan/figures").await.status.is_success());
    }
}

const FILE: &str = "UBND TỈNH THỬ,,,\n\
    Dân số theo xã năm 2025,,,\n\
    TT,Mã xã,Tên xã,Dân số trong độ tuổi lao động\n\
    1,991,Xã Hoà Bình,\"4.321\"\n\
    2,00992,Xã Đồng Mẫu,3000\n\
    3,00993,Xã Hòa Bình,5000\n\
    4,,Phường Ví Dụ,\n\
    5,,Xã Không Có,100\n\
    ,,Tổng cộng,12000\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_figures_is_looked_at_confirmed_and_taken_back() {
    for stage in stages().await {
        let manager = stage.client(Who::ProvinceManager);
        let (measure, unit) =
            (stage.scene.official_measure.to_string(), stage.cast.units.province.to_string());
        let fields = [
            ("measure", measure.as_str()),
            ("unit", unit.as_str()),
            ("source", "Thống kê tỉnh, Niên giám 2025"),
            ("as_of", "31/12/2025"),
        ];
        let file = ("file", "dan-so.csv", FILE.as_bytes());
        let answer = manager.upload("/plan/figures/imports", &fields, file).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = manager.follow(&answer).await;
        let text = page.text();
        assert!(text.contains("2 số liệu mới"), "{}: {text}", stage.db.name());
        assert!(text.contains("Mã 00993 là của Phường Ví Dụ"), "{text}");
        assert!(text.contains("Thiếu con số"), "{text}");
        assert!(text.contains("Không có đơn vị “Xã Không Có”"), "{text}");
        assert!(text.contains("4.321"));
        assert_eq!(whole(&stage, &manager).await, "0", "nothing before it is confirmed");

        let confirm = page.attr("form[action$='/confirmation']", "action");
        let answer = manager.post(&confirm, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(whole(&stage, &manager).await, "0 / 4.321 (0,0%)");
        // The same file again changes nothing.
        let again = manager.upload("/plan/figures/imports", &fields, file).await;
        let text = manager.follow(&again).await.text();
        assert!(!text.contains("2 số liệu mới"), "{text}");

        let page = manager.follow(&answer).await;
        let undo = page.attr("form[action$='/undoing']", "action");
        let answer = manager.post(&undo, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert_eq!(whole(&stage, &manager).await, "0");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_units_that_are_not_ones_own_are_refused() {
    for stage in stages().await {
        let manager = stage.client(Who::CommuneManager);
        let (measure, unit) =
            (stage.scene.official_measure.to_string(), stage.cast.commune().to_string());
        let fields = [
            ("measure", measure.as_str()),
            ("unit", unit.as_str()),
            ("source", "Thống kê tỉnh"),
            ("as_of", "31/12/2025"),
        ];
        let file = ("file", "dan-so.csv", FILE.as_bytes());
        let answer = manager.upload("/plan/figures/imports", &fields, file).await;
        let page = manager.follow(&answer).await;
        assert!(page.text().contains("không thuộc đơn vị bạn quản lý"), "{}", page.text());
        assert!(page.text().contains("1 số liệu mới"), "{}", page.text());
        // A picture is no spreadsheet.
        let file = ("file", "anh.xlsx", &b"\x89PNG\r\n\x1a\n"[..]);
        let answer = manager.upload("/plan/figures/imports", &fields, file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
