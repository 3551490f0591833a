//! Who may renew whose password: the manager of the unit, and never upwards.

use thao_cast::Who;
use thao_web::Role;

use crate::stage::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn only_in_ones_own_unit() {
    for stage in Stage::all().await {
        for (by, of, status) in [
            (Who::CommuneManager, Who::An, 200),
            (Who::CommuneManager, Who::Binh, 200),
            (Who::ProvinceManager, Who::An, 200),
            (Who::CommuneManager, Who::OtherLearner, 404),
            (Who::OtherManager, Who::An, 404),
            (Who::Organiser, Who::An, 403),
            (Who::Instructor, Who::An, 403),
            (Who::An, Who::Binh, 403),
        ] {
            let path = format!("{}/slips", stage.page(of));
            let answer = stage.client(by).post(&path, &[]).await;
            assert_eq!(answer.status, status, "{by:?} {of:?}");
        }
        let path = format!("{}/slips", stage.page(Who::An));
        assert_eq!(stage.nobody().post(&path, &[]).await.status, 401);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn never_of_somebody_with_more_rights() {
    for stage in Stage::all().await {
        // The administrator of the province also lives in commune 1.
        let (admin, unit) = (stage.cast.person(Who::Administrator), stage.cast.commune());
        stage
            .write(move |tx, stamp| {
                let from = jiff::civil::date(2026, 1, 1);
                let kind = thao_people::AffiliationKind::Resident;
                let new = thao_people::affiliation::NewAffiliation::new(admin, unit, kind, from);
                thao_people::affiliation::add_many(tx, stamp, &[new])
            })
            .await;
        let manager = stage.client(Who::CommuneManager);
        let page = manager.get(&stage.page(Who::Administrator)).await;
        assert_eq!(page.status, 200);
        assert!(!page.has("form[action$='/slips']"));
        assert!(page.text().contains("chỉ người quản lý cấp trên"), "{}", page.text());
        let path = format!("{}/slips", stage.page(Who::Administrator));
        let refused = manager.post(&path, &[]).await;
        assert_eq!(refused.status, 403);
        assert!(refused.text().contains("quyền ở nơi bạn không quản lý"), "{}", refused.text());
        let path = format!("{}/accounts", stage.page(Who::Administrator));
        assert_eq!(manager.post(&path, &[]).await.status, 403);
        // Nor through an appointment that only begins next month.
        let (an, one) = (stage.cast.person(Who::An), stage.cast.commune());
        stage
            .write(move |tx, stamp| {
                let from = jiff::civil::date(2026, 12, 20);
                thao_people::appointment::add(tx, stamp, an, Role::Administrator, one, from)
            })
            .await;
        let path = format!("{}/slips", stage.page(Who::An));
        assert_eq!(manager.post(&path, &[]).await.status, 403);
        // A manager of the same unit is no more than oneself.
        let path = format!("{}/slips", stage.page(Who::CommuneManager));
        assert_eq!(stage.client(Who::ProvinceManager).post(&path, &[]).await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_slip_is_on_record() {
    for stage in Stage::all().await {
        let path = format!("{}/slips", stage.page(Who::An));
        stage.client(Who::CommuneManager).post(&path, &[]).await;
        let page = stage.client(Who::Administrator).get("/people/audit?log=looks").await;
        let row = page.css("tbody tr").remove(0);
        assert!(row.contains("In phiếu kích hoạt") && row.contains("quanly.xa"), "{row}");
    }
}
