//! The matrix against the boards of single targets, and what it keeps, on both databases.

use jiff::civil::date;
use thao_base::args;
use thao_cast::{Cast, Who, cast};
use thao_people::AffiliationKind;
use thao_record::Verb;
use thao_testkit::{TestDb, World, databases, world};

use super::*;
use crate::board::{Board, by_child};
use crate::figure::NewFigure;
use crate::readings::catch_up;
use crate::world::{Scene, scene};

const TODAY: Date = date(2026, 11, 20);

struct Stage {
    db: TestDb,
    world: World,
    cast: Cast,
    scene: Scene,
    kept: Arc<Kept>,
}

async fn stages() -> Vec<Stage> {
    let mut out = Vec::new();
    for db in databases().await {
        let world = world();
        let cast = cast(&db, &world).await;
        let scene = scene(&db, &world, &cast).await;
        out.push(Stage { db, world, cast, scene, kept: Arc::default() });
    }
    out
}

impl Stage {
    async fn matrix(&self, unit: UnitId, on: Date) -> Matrix {
        let kept = Arc::clone(&self.kept);
        let read = self.db.read(move |tx| {
            let place = unit::place(tx, unit)?;
            matrix(tx, &kept, &place, on)
        });
        read.await.unwrap()
    }

    async fn board(&self, column: &Column, unit: UnitId, on: Date) -> Board {
        let (target, measure) = (column.target.clone(), column.measure.clone());
        let read = self.db.read(move |tx| {
            let place = unit::place(tx, unit)?;
            by_child(tx, &target, &measure, &place, on)
        });
        read.await.unwrap().unwrap()
    }

    async fn figures(&self, given: &[(UnitId, i64, Date)]) {
        let new: Vec<NewFigure> = given
            .iter()
            .map(|(unit, value, as_of)| NewFigure {
                measure: self.scene.official_measure,
                unit: *unit,
                value: *value,
                as_of: *as_of,
                source: "Thống kê tỉnh".into(),
                import: None,
            })
            .collect();
        let stamp = self.world.stamp("plan.act.add_figure");
        self.db.write(move |tx| figure::add_many(tx, &stamp, &new)).await.unwrap();
    }

    async fn outcome(&self, who: Who, verb: Verb, day: Date) {
        let (person, unit) = (self.cast.person(who), self.cast.commune());
        self.scene.outcome(&self.db, &self.world, person, unit, verb, day).await;
        catch_up(&self.db).await.unwrap();
    }

    /// The matrix says what the board of each target says, unit by unit and day by day.
    async fn compare(&self) {
        let units = &self.cast.units;
        let all = [units.province, units.departments[0], units.communes[0], units.communes[2]];
        let mut compared = 0;
        for unit in all {
            for on in [date(2026, 1, 31), date(2026, 10, 4), date(2026, 11, 2), TODAY] {
                let matrix = self.matrix(unit, on).await;
                for column in &matrix.columns {
                    let figures = column.figures.as_ref().unwrap();
                    let board = self.board(column, unit, on).await;
                    let told = format!("{:?} in {unit} on {on}", column.target.code);
                    let same = |cell: &Cell, row: &crate::board::Row| {
                        let found = (cell.part, cell.whole, cell.value, cell.standing, cell.own);
                        let whole = row.whole.value();
                        let shown = (row.part, whole, row.value, row.standing, row.own);
                        assert_eq!(found, shown, "{told}");
                    };
                    same(&figures.total, &board.total);
                    for (place, cell) in matrix.places.iter().zip(&figures.cells) {
                        match board.rows.iter().find(|row| row.place.unit == place.unit) {
                            Some(row) => same(cell, row),
                            None => assert!(!cell.is_of_somebody(), "{told}: {}", place.name),
                        }
                        compared += 1;
                    }
                }
            }
        }
        assert!(20 < compared, "only {compared} cells");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_cell_is_what_the_targets_own_board_shows() {
    for stage in stages().await {
        let units = stage.cast.units.clone();
        stage.compare().await;
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        stage.outcome(Who::OtherLearner, Verb::Passed, date(2026, 10, 3)).await;
        let [village, second, third] = units.villages[0];
        for (name, unit) in [("Lò Thị Mai", village), ("Lò Thị Hoa", second)] {
            let resident = AffiliationKind::Resident;
            let (db, world) = (&stage.db, &stage.world);
            let person = stage.scene.person(db, world, name, 1990, unit, resident).await;
            stage.scene.outcome(db, world, person, unit, Verb::Attended, date(2026, 10, 5)).await;
        }
        catch_up(&stage.db).await.unwrap();
        stage.compare().await;
        // A commune with figures of its villages only, one with its own, one with none yet.
        let villages = [village, second, third].map(|unit| (unit, 40, date(2026, 2, 1)));
        stage.figures(&villages).await;
        stage.figures(&[(units.communes[1], 300, date(2026, 1, 1))]).await;
        stage.compare().await;
        stage.figures(&[(units.communes[2], 9, date(2026, 10, 1))]).await;
        stage.figures(&[(units.communes[2], 7, date(2026, 3, 1))]).await;
        stage.compare().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_department_has_its_own_targets_and_no_residents() {
    for stage in stages().await {
        let department = stage.matrix(stage.cast.units.departments[0], TODAY).await;
        let codes: Vec<_> = department.columns.iter().map(|c| c.target.code.clone()).collect();
        assert_eq!(codes, [Some("PT-01".to_owned())], "{}", stage.db.name());
        let province = stage.matrix(stage.cast.units.province, TODAY).await;
        assert_eq!(province.columns.len(), 2);
        assert_eq!(province.places.len(), 5, "civil servants are in communes and departments");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_read_is_kept_until_its_book_changes() {
    for stage in stages().await {
        let province = stage.cast.units.province;
        let part = |matrix: &Matrix| matrix.columns[0].figures.as_ref().unwrap().total.part;
        assert_eq!(part(&stage.matrix(province, TODAY).await), 0);
        // Behind the back of the readings, so that nobody counts it as a change.
        let cheat = |tx: &mut Tx<'_>| tx.exec("UPDATE reading_sum SET met = met + 100", args![]);
        stage.db.write(cheat).await.unwrap();
        assert_eq!(part(&stage.matrix(province, TODAY).await), 0, "{}", stage.db.name());
        // Another day was not read before.
        assert!(100 <= part(&stage.matrix(province, date(2026, 11, 19)).await));
        stage.outcome(Who::An, Verb::Passed, date(2026, 11, 2)).await;
        assert!(101 <= part(&stage.matrix(province, TODAY).await));
    }
}
