//! The target board over 1,000,000 people: any unit, any day, equal to a brute-force count.

use std::time::Instant;

use rusqlite::Connection;

use crate::Result;
use crate::client::Client;
use crate::process::Server;
use crate::report::{Bar, Report};
use crate::world::{World, uuid_text};

/// Units looked at, each on several days.
const UNITS: usize = 12;
const DAYS: [&str; 4] = ["2025-12-15", "2026-03-31", "2026-07-01", "2026-11-15"];

pub fn measure(world: &World, report: &mut Report) -> Result<()> {
    let db = World::database(&world.many)?;
    let target = uuid_text(&db.query_row(
        "SELECT t.id FROM target t WHERE t.code = 'PT-01'",
        [],
        |row| row.get::<_, Vec<u8>>(0),
    )?)?;
    let server = Server::thao(&world.thao, &world.many)?;
    let mut client = Client::connect(&server.host)?;
    client.cookie = Some(World::sign_in(&server.host, "sokhcn")?);
    let mut units = db.prepare(
        "SELECT unit_id, pos, last FROM unit_place WHERE kind IN ('province', 'commune') ORDER BY pos",
    )?;
    let units: Vec<(Vec<u8>, i64, i64)> = units
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<std::result::Result<_, _>>()?;
    let step = (units.len() / UNITS).max(1);
    let (mut slowest, mut checked, mut wrong) = (0.0_f64, 0, 0);
    for (unit, pos, last) in units.iter().step_by(step) {
        let unit = uuid_text(unit)?;
        for day in DAYS {
            let path = format!("/plan/targets/{target}?unit={unit}&day={day}");
            let started = Instant::now();
            let page = client.get(&path)?;
            slowest = slowest.max(started.elapsed().as_secs_f64() * 1000.0);
            if page.status != 200 {
                return Err(format!("{path} answers {}", page.status).into());
            }
            let counted = brute_force(&db, *pos, *last, day)?;
            let shown = shown(&page.text());
            checked += 1;
            if shown != Some(counted) {
                wrong += 1;
                eprintln!("{path}: the board shows {shown:?}, counting gives {counted:?}");
            }
        }
    }
    report.add(
        "target board over 1,000,000 people, slowest of all units and days",
        slowest,
        "ms",
        Some(Bar::AtMost(50.0)),
    );
    report.add(
        format!("target board: figures that differ from a brute-force count, of {checked}"),
        f64::from(wrong),
        "figures",
        Some(Bar::AtMost(0.0)),
    );
    Ok(())
}

/// Numerator and denominator counted from register and record alone: officials affiliated in the
/// span on the day, and those among them with a completion (or a pass) by the end of that day.
fn brute_force(db: &Connection, pos: i64, last: i64, day: &str) -> Result<(i64, i64)> {
    let mut count = db.prepare_cached(
        "SELECT COUNT(*), COALESCE(SUM(met), 0) FROM ( \
           SELECT EXISTS ( \
             SELECT 1 FROM statement s WHERE s.person_id = a.person_id AND s.rung >= 2 \
               AND s.success = 1 AND s.activity_id = (SELECT id FROM course \
                 WHERE slug = 'an-toan-thong-tin-co-ban') \
               AND s.at < (CAST(strftime('%s', ?3) AS INTEGER) + 86400 - 25200) * 1000000 \
               AND NOT EXISTS (SELECT 1 FROM statement v WHERE v.voids_id = s.id)) AS met \
           FROM affiliation a JOIN unit_place u ON u.unit_id = a.unit_id \
           WHERE u.pos BETWEEN ?1 AND ?2 AND a.kind = 'staff' \
             AND a.category IN ('can_bo', 'cong_chuc', 'vien_chuc') \
             AND a.valid_from <= ?3 AND (a.valid_to IS NULL OR ?3 < a.valid_to) \
           GROUP BY a.person_id)",
    )?;
    Ok(count.query_row((pos, last, day), |row| Ok((row.get(1)?, row.get(0)?)))?)
}

/// The board's own total, as its page carries it for machines: `data-met` and `data-base`.
fn shown(html: &str) -> Option<(i64, i64)> {
    let number = |name: &str| -> Option<i64> {
        let (_, rest) = html.split_once(&format!("{name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    Some((number("data-met")?, number("data-base")?))
}
