//! The whole way: a list as offices make it, looked at, confirmed, and sent again.

use jiff::civil::date;
use thao_people::Birth;
use thao_people::imports::Outcome::{Change, Create, Refuse, Same};
use thao_people::imports::{Came, State};
use thao_sheet::Value;

use crate::stage::{cell, csv, numbers, stages, workbook};

const HEADINGS: [&str; 7] =
    ["STT", "Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị", "Chức vụ", "Số điện thoại"];

fn list() -> Vec<u8> {
    let row = |no: i64, name: &str, birth: Value, id: Value, rest: [&str; 3]| {
        let mut row = vec![Value::Whole(no), cell(name), birth, id];
        row.extend(rest.map(cell));
        row
    };
    workbook(
        &HEADINGS,
        vec![
            row(
                1,
                "NGUYỄN THỊ HOÀ",
                Value::Date(date(1987, 2, 5)),
                cell("099187000001"),
                ["Xã Hoà Bình", "Công chức Văn phòng", "0912345678"],
            ),
            row(
                2,
                "Tra\u{302}\u{300}n Va\u{306}n Bi\u{300}nh",
                cell("12/3/1990"),
                Value::Whole(99_090_000_002),
                ["", "Chủ tịch", "912345679"],
            ),
            row(3, "Lê Thị Cúc", cell("1/1/2030"), cell(""), ["", "", ""]),
            row(4, "Lê Văn Dũng", cell("7/8/1979"), cell("131234567"), ["Thôn Hai", "", ""]),
            row(
                5,
                "Nguyễn Văn An",
                cell("19/5/1990"),
                cell("099090000105"),
                ["", "Trưởng phòng", ""],
            ),
            row(6, "Phạm Thị Xã", cell("19/05/1983"), cell(""), ["", "", ""]),
            row(7, "Đỗ Thị Lan", cell(""), cell(""), ["", "", ""]),
            row(8, "Bùi Thị Cúc", cell("19/05/1995"), cell(""), ["", "", ""]),
        ],
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_looked_at_then_done_then_known() {
    for stage in stages().await {
        let id = stage.send("cán bộ.xlsx", list()).await.unwrap();
        let outcomes = stage.outcomes(id).await;
        let found: Vec<_> = outcomes.iter().map(|(outcome, _)| *outcome).collect();
        assert_eq!(
            found,
            [Create, Create, Refuse, Create, Change, Same, Refuse, Create],
            "{outcomes:#?}"
        );
        assert_eq!(outcomes[1].1, ["citizen_id_padded", "phone_zero_added"]);
        assert_eq!(outcomes[2].1, ["birth_future"]);
        assert_eq!(outcomes[3].1, ["old_id"]);
        assert_eq!(outcomes[6].1, ["unidentified"]);
        // The other commune is none of this manager's business.
        assert_eq!(outcomes[7].1.last().unwrap(), "like_outside");
        assert_eq!(stage.people().await.len(), 0, "nothing is done before it is confirmed");

        stage.confirm(id).await;
        let counts = stage.counts(id).await;
        assert_eq!(counts.came(Came::Done), 5);
        let people = stage.people().await;
        let names: Vec<&str> = people.iter().map(|(p, _)| p.full_name.as_str()).collect();
        assert_eq!(names, ["Trần Văn Bình", "Bùi Thị Cúc", "Lê Văn Dũng", "Nguyễn Thị Hoà"]);
        let (binh, belongs) = &people[0];
        assert_eq!(binh.citizen_id.as_deref(), Some("099090000002"));
        assert_eq!(binh.phone.as_deref(), Some("0912345679"));
        assert_eq!(binh.birth(), Some(Birth::Day(date(1990, 3, 12))));
        assert_eq!(belongs[0].unit, stage.cast.commune());
        assert_eq!(belongs[0].position.as_deref(), Some("Chủ tịch"));
        let (dung, belongs) = &people[2];
        assert_eq!(dung.old_id.as_deref(), Some("131234567"));
        assert_eq!(belongs[0].unit, stage.cast.units.villages[0][1]);
        let file = stage.read(move |tx| thao_people::imports::get(tx, "people", id)).await;
        assert_eq!(file.state(), State::Applied);

        let again = stage.send("cán bộ.xlsx", list()).await.unwrap();
        let counts = stage.counts(again).await;
        assert_eq!(numbers(&counts), [(Same, 6), (Refuse, 2)]);
        let same = stage
            .read(move |tx| {
                let file = thao_people::imports::get(tx, "people", again)?;
                thao_people::imports::find_same(tx, &file)
            })
            .await;
        assert_eq!(same.unwrap().id, id);
        stage.confirm(again).await;
        assert_eq!(stage.people().await.len(), 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_csv_reads_as_well() {
    for stage in stages().await {
        let file = csv(&[
            "ỦY BAN NHÂN DÂN XÃ HÒA BÌNH;;;",
            "Họ, chữ đệm;Tên;Năm sinh;CCCD/CMND",
            "NGUYỄN VĂN;GIÁP;1991;99091000003",
            "Hoàng Thị;Ất;25/12/1985;099185000004",
        ]);
        let id = stage.send("ds.csv", file).await.unwrap();
        assert_eq!(numbers(&stage.counts(id).await), [(Create, 2)]);
        stage.confirm(id).await;
        let people = stage.people().await;
        assert_eq!(people[1].0.full_name, "Nguyễn Văn Giáp");
        assert_eq!(people[1].0.citizen_id.as_deref(), Some("099091000003"));
    }
}
