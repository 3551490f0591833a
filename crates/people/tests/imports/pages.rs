//! The pages, through the router.

use thao_base::ImportId;
use thao_cast::{Answer, Client, Who, app};
use thao_people::imports::{Came, State};

use crate::stage::{Stage, cell, stages, workbook};

fn file() -> Vec<u8> {
    workbook(
        &["Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị"],
        vec![
            ["Nguyễn Thị Hoa", "05/02/1987", "099187000001", ""].map(cell).to_vec(),
            ["Nguyễn Văn An", "19/05/1990", "", ""].map(cell).to_vec(),
            ["Lê Thị Cúc", "1/1/2030", "", ""].map(cell).to_vec(),
            ["Nguyễn Văn Ân", "19/05/1990", "", ""].map(cell).to_vec(),
            ["Trần Văn Dũng", "1/1/1990", "", "Xã Đồng Mẫu"].map(cell).to_vec(),
        ],
    )
}

async fn send(stage: &Stage, client: &Client, form_id: &str) -> Answer {
    let unit = stage.unit().to_string();
    let fields = [
        ("unit", unit.as_str()),
        ("kind", "staff"),
        ("from", "20/11/2026"),
        ("accounts", "on"),
        ("form_id", form_id),
    ];
    client.upload("/people/imports", &fields, ("file", "Cán bộ xã.xlsx", &file())).await
}

fn id_in(location: &str) -> ImportId {
    let path = location.split('?').next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_sent_looked_at_confirmed_printed_and_taken_back() {
    for stage in stages().await {
        let app = app(&stage.db, thao_people::pages(), &stage.world);
        let manager = stage.cast.client(&app, Who::CommuneManager);
        let list = manager.get("/people/imports").await;
        assert_eq!(list.status, 200);
        assert_eq!(list.one("h1"), "Nhập danh sách người");
        assert_eq!(
            list.attr("select[name=unit] option[selected]", "value"),
            stage.unit().to_string()
        );
        let form_id = list.attr("form[enctype] input[name=form_id]", "value");

        let sent = send(&stage, &manager, &form_id).await;
        assert_eq!(sent.status, 303, "{}", sent.text());
        let id = id_in(&sent.location());
        // The same form sent twice is one file.
        let twice = send(&stage, &manager, &form_id).await;
        assert_eq!(twice.location(), sent.location());

        let page = manager.follow(&sent).await;
        assert_eq!(page.one("h1"), "Cán bộ xã.xlsx");
        assert_eq!(
            page.css(".tabs a"),
            ["Tất cả 5", "Chờ quyết định 1", "Thêm mới 1", "Giữ nguyên 1", "Từ chối 2"]
        );
        assert_eq!(page.one("form[action$='/confirmation'] button"), "Xác nhận: thêm mới 1 người");
        let refused = manager.get(&format!("/people/imports/{id}?show=refuse")).await;
        let why = refused.css("tbody tr td:nth-child(3)");
        assert!(why[0].contains("ở tương lai"), "{why:?}");
        assert!(why[1].contains("nằm ngoài phạm vi"), "{why:?}");
        assert_eq!(stage.people().await.len(), 0);

        let to_mend = manager.get(&format!("/people/imports/{id}/refused.xlsx")).await;
        let (sheet, columns) = thao_sheet::read_for(
            &to_mend.body,
            "x.xlsx",
            &thao_sheet::Limits::default(),
            thao_sheet::headings::PEOPLE,
        )
        .unwrap();
        assert_eq!(sheet.rows.len(), 3);
        assert_eq!(columns.text(&sheet.rows[0], "full_name"), "Lê Thị Cúc");
        assert_eq!(columns.text(&sheet.rows[0], "birth"), "1/1/2030");

        // Somebody else than the one whose name differs in an accent.
        let row = page.attr("input[type=radio][value=new]", "name");
        let decided = manager
            .post(&format!("/people/imports/{id}/decisions"), &[(row.as_str(), "new")])
            .await;
        let page = manager.follow(&decided).await;
        assert_eq!(page.one("form[action$='/confirmation'] button"), "Xác nhận: thêm mới 2 người");

        let path = format!("/people/imports/{id}/confirmation");
        let form_id = page.attr("form[action$='/confirmation'] input[name=form_id]", "value");
        let done = manager.post(&path, &[("form_id", &form_id)]).await;
        let page = manager.follow(&done).await;
        assert!(page.text().contains("Đã ghi xong 2 dòng."), "{}", page.text());
        assert_eq!(manager.post(&path, &[("form_id", &form_id)]).await.status, 303);
        assert_eq!(manager.post(&path, &[]).await.status, 303, "confirmed twice is once");
        assert_eq!(stage.people().await.len(), 2);

        let slips = manager.post(&format!("/people/imports/{id}/slips"), &[]).await;
        assert_eq!(slips.css(".slip h2"), ["Nguyễn Thị Hoa", "Nguyễn Văn Ân"]);
        assert_eq!(slips.css(".slip svg").len(), 2);
        let code = slips.css(".slip .code")[0].replace(' ', "");
        let open = Client::new(&app).get(&format!("/activate?code={code}")).await;
        assert_eq!(open.status, 200);

        let undone = manager.post(&format!("/people/imports/{id}/undoing"), &[]).await;
        let page = manager.follow(&undone).await;
        assert!(page.text().contains("Đã hoàn tác"), "{}", page.text());
        assert_eq!(stage.counts(id).await.came(Came::Undone), 2);
        let file = stage.read(move |tx| thao_people::imports::get(tx, "people", id)).await;
        assert_eq!(file.state(), State::Undone);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_told_beside_the_field() {
    for stage in stages().await {
        let app = app(&stage.db, thao_people::pages(), &stage.world);
        let manager = stage.cast.client(&app, Who::CommuneManager);
        let unit = stage.unit().to_string();
        let fields = [("unit", unit.as_str()), ("kind", "staff"), ("from", "20/11/2026")];
        for (name, bytes, words) in [
            ("ảnh.xlsx", &b"\x89PNG\r\n\x1a\n0000"[..], "hình ảnh"),
            ("ds.xlsx", b"PK\x03\x04broken", ""),
            ("ds.csv", "a;b\r\n1;2\r\n".as_bytes(), "tiêu đề"),
            ("ds.csv", "Họ và tên;Ngày sinh\r\n".as_bytes(), ""),
        ] {
            let page = manager.upload("/people/imports", &fields, ("file", name, bytes)).await;
            assert_eq!(page.status, 422, "{name}");
            let told = page.one("#f-file-error");
            assert!(told.contains(words) && told.len() > 20, "{name}: {told}");
            assert_eq!(page.attr("input[name=from]", "value"), "20/11/2026");
            assert_eq!(page.attr("select[name=unit] option[selected]", "value"), unit);
        }
        let page = manager.post("/people/imports", &[("from", "32/1/2026"), ("kind", "x")]).await;
        assert_eq!(page.status, 422);
        for field in ["file", "unit", "kind", "from"] {
            assert!(page.has(&format!("#f-{field}-error")), "{field}: {}", page.text());
        }
        let files = stage
            .read(|tx| tx.value::<i64>("SELECT COUNT(*) FROM import_file", thao_base::args![]));
        assert_eq!(files.await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_known_only_to_those_in_charge_of_its_unit() {
    for stage in stages().await {
        let app = app(&stage.db, thao_people::pages(), &stage.world);
        let manager = stage.cast.client(&app, Who::CommuneManager);
        let sent = send(&stage, &manager, "").await;
        let id = id_in(&sent.location());
        let path = format!("/people/imports/{id}");
        for (who, status) in [
            (Who::ProvinceManager, 200),
            (Who::OtherManager, 404),
            (Who::Organiser, 403),
            (Who::An, 403),
        ] {
            let client = stage.cast.client(&app, who);
            assert_eq!(client.get(&path).await.status, status, "{who:?}");
            for act in ["confirmation", "undoing", "removal", "decisions", "continuation", "slips"]
            {
                if status != 200 {
                    let answer = client.post(&format!("{path}/{act}"), &[]).await;
                    assert_eq!(answer.status, status, "{who:?} {act}");
                }
            }
            let list = client.get("/people/imports").await;
            let seen = list.status == 200 && list.text().contains("Cán bộ xã.xlsx");
            assert_eq!(seen, who == Who::ProvinceManager, "{who:?}");
        }
        let other = stage.cast.client(&app, Who::OtherManager);
        let unit = stage.unit().to_string();
        let fields = [("unit", unit.as_str()), ("kind", "staff"), ("from", "20/11/2026")];
        let page = other.upload("/people/imports", &fields, ("file", "x.xlsx", &file())).await;
        assert_eq!(page.status, 422);
        assert!(page.has("#f-unit-error"));

        let removed = manager.post(&format!("{path}/removal"), &[]).await;
        assert_eq!(removed.status, 303);
        assert_eq!(manager.get(&path).await.status, 404);
        let looks = stage.read(|tx| {
            let sql = "SELECT COUNT(*) FROM viewing WHERE page = $1";
            tx.value::<i64>(sql, thao_base::args!["people.view.import"])
        });
        assert!(looks.await > 0, "looks at names are logged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_is_a_list_that_can_be_sent() {
    let stage = stages().await.into_iter().next().unwrap();
    let app = app(&stage.db, thao_people::pages(), &stage.world);
    let manager = stage.cast.client(&app, Who::CommuneManager);
    let template = manager.get("/people/imports/template.xlsx").await;
    assert_eq!(template.status, 200);
    let id = stage.send("mẫu.xlsx", template.body.to_vec()).await.unwrap();
    assert_eq!(stage.rows(id).await.len(), 1);
    manager.post("/language", &[("lang", "en"), ("back", "/")]).await;
    let page = manager.get("/people/imports").await;
    assert_eq!(page.one("h1"), "Import a list of people");
}
