//! People of other units whom a list names: what its sender may do, and learns.

use thao_base::Lang;
use thao_cast::Who;
use thao_people::imports::Outcome::{Change, Create, Same};
use thao_people::imports::people::DESK;
use thao_people::{affiliation, duplicate, person};

use crate::stage::{Stage, TODAY, numbers, stages};

const HEADINGS: [&str; 6] =
    ["Họ và tên", "Ngày sinh", "Số CCCD", "Chức vụ", "Số điện thoại", "Dân tộc"];
/// Bùi Thị Cúc of the other commune.
const NUMBER: &str = "099095000108";

/// All that is known of Cúc, and where she belongs.
async fn cuc(stage: &Stage) -> (String, Vec<affiliation::Affiliation>) {
    let id = stage.cast.person(Who::OtherLearner);
    stage
        .read(move |tx| {
            let known = person::get(tx, id)?;
            Ok((format!("{known:?}"), affiliation::list_of_persons(tx, &[id])?))
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_exactly_known_comes_to_the_unit_and_nothing_else_of_them_is_changed_or_told() {
    for stage in stages().await {
        let (before, belonged) = cuc(&stage).await;
        let list: &[&[&str]] =
            &[&["BÙI THỊ CÚC", "19/05/1995", NUMBER, "Chuyên viên", "0911222333", "Mường"]];
        let id = stage.send_rows(&HEADINGS, list).await;
        assert_eq!(stage.outcomes(id).await, [(Change, vec!["of_other_unit".to_owned()])]);
        let rows = stage.rows(id).await;
        assert_eq!(
            DESK.kind.line(Lang::Vi, &rows[0]).1,
            "Đơn vị: Xã Hòa Bình; Chức vụ: Chuyên viên",
            "neither telephone nor ethnicity, known or not, is told"
        );
        stage.confirm(id).await;
        let (after, belongs) = cuc(&stage).await;
        assert_eq!(after, before, "{}", stage.db.name());
        assert_eq!(belongs.len(), 2);
        assert_eq!(belongs[0].unit, belonged[0].unit);
        assert_eq!(belongs[0].valid_to, None, "the other commune ends what is the other's");
        assert_eq!((belongs[1].unit, belongs[1].valid_from), (stage.cast.commune(), TODAY));
        assert_eq!(stage.people().await.len(), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn less_than_exactly_is_somebody_new_and_a_pair_to_decide() {
    for stage in stages().await {
        let before = cuc(&stage).await;
        let rows: [[&str; 3]; 5] = [
            ["Bùi Thu Cúc", "19/05/1995", NUMBER],
            ["Bùi Thị Cúc", "20/05/1995", NUMBER],
            ["Bùi Thị Cúc", "1995", NUMBER],
            ["Bùi Thị Cúc", "", NUMBER],
            ["Bùi Thị Cúc", "19/05/1995", ""],
        ];
        for [name, birth, number] in rows {
            let row: &[&str] = &[name, birth, number, "", "0911222333", ""];
            let id = stage.send_rows(&HEADINGS, &[row]).await;
            let found = stage.outcomes(id).await;
            assert_eq!(found[0].0, Create, "{row:?}");
            assert_eq!(found[0].1.last().unwrap(), "like_outside", "{row:?}");
            let kept = format!("{:?}", stage.rows(id).await);
            let cuc = stage.cast.person(Who::OtherLearner).to_string();
            for secret in ["0900000108", "Kế toán", "Đồng Mẫu", cuc.as_str()] {
                assert!(!kept.contains(secret), "{secret}: {kept}");
            }
        }
        let list: &[&[&str]] = &[&["Bùi Thu Cúc", "19/05/1995", NUMBER, "", "0911222333", ""]];
        let id = stage.send_rows(&HEADINGS, list).await;
        stage.confirm(id).await;
        let people = stage.people().await;
        let (made, belongs) = &people[0];
        assert_eq!((made.full_name.as_str(), belongs.len()), ("Bùi Thu Cúc", 1));
        let (made, cuc_id) = (made.id, stage.cast.person(Who::OtherLearner));
        let pair = stage.read(move |tx| duplicate::find(tx, cuc_id, made)).await;
        assert_eq!(pair.unwrap().reason, "citizen_id");
        let after = cuc(&stage).await;
        assert_eq!((after.0, after.1.len()), (before.0, before.1.len()));
        // The same list again is about the one it made.
        let again = stage.send_rows(&HEADINGS, list).await;
        assert_eq!(numbers(&stage.counts(again).await), [(Same, 1)]);
    }
}
