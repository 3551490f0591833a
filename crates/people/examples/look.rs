//! Serves these pages with the cast of the tests, to be looked at in a browser:
//! `cargo run -p thao-people --example look -- 127.0.0.1:8090`. Everybody's password is
//! `thao_cast::PASSWORD`; the first line says the logins and the cookies.
#![expect(clippy::print_stdout, reason = "says where to look")]

use std::net::SocketAddr;

use thao_base::db::{Place, migrate};
use thao_base::{Clock, Db, Entropy, Stamp};
use thao_people::affiliation::{self, NewAffiliation};
use thao_people::person::{self, NewPerson};
use thao_people::{AffiliationKind, Birth, duplicate, pages};
use thao_record::statement::{self, Draft, Verb};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8090".to_owned());
    let folder = std::env::temp_dir().join(format!("thao-look-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let db = Db::open(&Place::Sqlite(folder.join("thao.db")))?;
    let clock = Clock::system();
    migrate::up(&db, None, &clock).await?;
    let world = thao_testkit::World { clock, ..thao_testkit::world() };
    let cast = thao_cast::cast(&db, &world).await;
    more(&db, &cast, &world).await?;
    for member in cast.members() {
        println!("{:?} {} thao_session={}", member.who, member.login, member.token);
    }
    let app = thao_cast::app(&db, pages(), &world)
        .merge(thao_web::assets::routes())
        .into_make_service_with_connect_info::<SocketAddr>();
    println!("http://{address}/people");
    axum::serve(tokio::net::TcpListener::bind(&address).await?, app).await?;
    Ok(())
}

/// More people, some alike, some with results: enough for a second page of the list.
async fn more(
    db: &Db,
    cast: &thao_cast::Cast,
    world: &thao_testkit::World,
) -> thao_base::Result<()> {
    let stamp = Stamp::program("people.act.set_up", world.now(), Entropy::seeded(3));
    let (units, an) = (cast.units.clone(), cast.person(thao_cast::Who::An));
    db.write(move |tx| {
        let family = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ"];
        let middle = ["Văn", "Thị", "Minh", "Thu", "Đức"];
        let given = ["Mẫu", "Ví", "Dụ", "Thử", "Ánh", "Bảo", "Chi", "Dũng"];
        let mut made = Vec::new();
        for (no, given) in given.iter().cycle().take(120).enumerate() {
            let family = family.get(no % 10).unwrap_or(&"Nguyễn");
            let middle = middle.get(no % 5).unwrap_or(&"Văn");
            let year = i16::try_from(1950 + no % 50).unwrap_or(1950);
            let person = NewPerson {
                full_name: format!("{family} {middle} {given}"),
                birth: Some(Birth::Day(jiff::civil::date(year, 1 + (no % 12) as i8, 5))),
                phone: Some(format!("09{no:08}")),
                ..NewPerson::default()
            };
            let id = person::add(tx, &stamp, person)?;
            let unit = units.villages.first().and_then(|v| v.get(no % 3)).copied();
            let kind = AffiliationKind::Resident;
            let unit = unit.unwrap_or(units.province);
            let new = NewAffiliation::new(id, unit, kind, jiff::civil::date(2025, 7, 1));
            affiliation::add_many(tx, &stamp, &[new])?;
            made.push(id);
        }
        let twin = NewPerson {
            full_name: "Nguyễn Văn An".to_owned(),
            birth: Some(Birth::Day(jiff::civil::date(1990, 5, 19))),
            ..NewPerson::default()
        };
        let id = person::add(tx, &stamp, twin)?;
        let new = NewAffiliation::new(
            id,
            cast_village(&units),
            AffiliationKind::Resident,
            jiff::civil::date(2025, 9, 1),
        );
        affiliation::add_many(tx, &stamp, &[new])?;
        duplicate::look(tx, &stamp, &[id])?;
        let unit = cast_village(&units);
        let activity = Some(stamp.id());
        let draft = |verb, success, score| Draft {
            activity,
            success,
            score,
            ..Draft::new(&stamp, verb, an, unit)
        };
        statement::append(
            tx,
            &stamp,
            &[
                draft(Verb::Attended, None, None),
                draft(Verb::Passed, Some(false), Some(400)),
                draft(Verb::Passed, Some(true), Some(850)),
                draft(Verb::Answered, Some(true), None),
            ],
        )?;
        thao_people::consent::add(
            tx,
            &stamp,
            an,
            "training_record",
            "2026-01",
            thao_people::consent::Manner::SignedRoll,
            None,
        )?;
        Ok(())
    })
    .await
}

fn cast_village(units: &thao_cast::Units) -> thao_base::UnitId {
    let [[first, ..], ..] = units.villages;
    first
}
