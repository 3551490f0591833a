//! Units with a memory over 1,000,000 people: 50 communes merged into one and the merge taken
//! back, until the boards show it.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::Result;
use crate::client::Client;
use crate::process::Server;
use crate::report::{Bar, Report};
use crate::world::{World, uuid_text};

/// Communes merged in one act.
const MERGED: usize = 50;
/// How long is waited for a board at most.
const MOST: Duration = Duration::from_secs(120);
const CHANGES: &str = "/people/units/changes";

pub fn measure(world: &World, report: &mut Report) -> Result<()> {
    let db = World::database(&world.many)?;
    let all = communes(&db)?;
    let merged = all.get(..MERGED).ok_or("too few communes in the demo")?;
    let target = uuid_text(&db.query_row(
        "SELECT id FROM target WHERE code = 'PT-01' AND withdrawn_at IS NULL",
        [],
        |row| row.get::<_, Vec<u8>>(0),
    )?)?;
    let server = Server::thao(&world.thao, &world.many)?;
    let mut client = Client::connect(&server.host)?;
    client.cookie = Some(World::sign_in(&server.host, "quantri")?);
    let before: Vec<(i64, i64)> =
        merged.iter().map(|unit| board(&mut client, &target, unit)).collect::<Result<_>>()?;
    let people: i64 = before.iter().map(|figures| figures.1).sum();

    let mut query = format!(
        "{CHANGES}/new?kind=merge&preview=1&into=new&name=X%C3%A3+G%E1%BB%99p&title=Bench&on={}",
        today(&db)?
    );
    for unit in merged {
        query.push_str(&format!("&from={unit}"));
    }
    let started = Instant::now();
    let page = client.get(&query)?;
    let preview = started.elapsed();
    let page = page.text();
    let fields = hidden(&page, CHANGES);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let started = Instant::now();
    let answer = client.form(CHANGES, &fields)?;
    if answer.status != 303 {
        return Err(format!("the merge answers {}: {page}", answer.status).into());
    }
    let change = answer.header("location").unwrap_or_default().to_owned();
    let change = change.split('?').next().unwrap_or_default().to_owned();
    // Distinct people: at most as many as in all the communes, and nearly all of them.
    let first = merged.first().ok_or("no communes")?;
    let whole = wait(|| {
        // The address of a unit that ended shows the one it counts in.
        let found = board(&mut client, &target, first)?;
        Ok((people * 95 / 100 < found.1 && found.1 <= people).then_some(found))
    })?;
    let merging = started.elapsed();
    let counted = brute_force(&db, &change)?;
    let wrong = i32::from(whole.1 != counted);

    let page = client.get(&change)?.text();
    let withdrawal = format!("{change}/withdrawal");
    let fields = hidden(&page, &withdrawal);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let started = Instant::now();
    let answer = client.form(&withdrawal, &fields)?;
    if answer.status != 303 {
        return Err(format!("the withdrawal answers {}", answer.status).into());
    }
    let last = merged.last().ok_or("no communes")?;
    wait(|| {
        let found = [board(&mut client, &target, first)?, board(&mut client, &target, last)?];
        Ok((Some(&found[0]) == before.first() && Some(&found[1]) == before.last()).then_some(()))
    })?;
    let withdrawing = started.elapsed();
    let bar = Some(Bar::AtMost(5.0));
    report.add("preview of merging 50 communes", preview.as_secs_f64(), "s", None);
    let name = "merging 50 communes of 1,000,000 people, until the board shows it";
    report.add(name, merging.as_secs_f64(), "s", bar);
    let name = "the same merge taken back, until the boards show it";
    report.add(name, withdrawing.as_secs_f64(), "s", Some(Bar::AtMost(5.0)));
    report.add(
        "merged commune: figures that differ from a brute-force count",
        f64::from(wrong),
        "figures",
        Some(Bar::AtMost(0.0)),
    );
    Ok(())
}

fn communes(db: &Connection) -> Result<Vec<String>> {
    let mut found = db.prepare(
        "SELECT unit_id FROM unit_place WHERE kind = 'commune' AND NOT gone ORDER BY pos",
    )?;
    let rows = found.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    rows.map(|id| uuid_text(&id?)).collect()
}

/// The last day of the demo: its clock is that of the machine.
fn today(db: &Connection) -> Result<String> {
    Ok(db.query_row("SELECT strftime('%d/%m/%Y', 'now', '+7 hours')", [], |row| row.get(0))?)
}

/// The figures of a unit as its board carries them for machines.
fn board(client: &mut Client, target: &str, unit: &str) -> Result<(i64, i64)> {
    let page = client.get(&format!("/plan/targets/{target}?unit={unit}"))?;
    let html = page.text();
    let number = |name: &str| -> Option<i64> {
        let (_, rest) = html.split_once(&format!("{name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    number("data-met").zip(number("data-base")).ok_or_else(|| {
        format!("the board of {unit} answers {} without figures", page.status).into()
    })
}

fn wait<T>(mut look: impl FnMut() -> Result<Option<T>>) -> Result<T> {
    let started = Instant::now();
    while started.elapsed() < MOST {
        if let Some(found) = look()? {
            return Ok(found);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Err("the boards never showed the change".into())
}

/// The hidden fields of the page's form for an address, as they would be sent.
fn hidden(html: &str, action: &str) -> Vec<(String, String)> {
    let action = format!("action=\"{action}\"");
    let form = html.split("<form").skip(1).find(|form| form.contains(&action)).unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    let inputs = form.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\""));
    let value = |input: &str, name: &str| {
        let (_, rest) = input.split_once(&format!(" {name}=\""))?;
        Some(rest.split('"').next()?.replace("&amp;", "&").replace("&quot;", "\""))
    };
    inputs.filter_map(|input| value(input, "name").zip(value(input, "value"))).collect()
}

/// Civil servants of the units that ended and of what lay below them, each once.
fn brute_force(db: &Connection, change: &str) -> Result<i64> {
    let id: uuid::Uuid = change.rsplit('/').next().unwrap_or_default().parse()?;
    Ok(db.query_row(
        "SELECT COUNT(DISTINCT a.person_id) FROM affiliation a WHERE a.kind = 'staff' \
           AND a.category IN ('can_bo', 'cong_chuc', 'vien_chuc') AND a.valid_to IS NULL \
           AND a.unit_id IN ( \
             SELECT unit_id FROM unit_change_row WHERE change_id = ?1 AND noun = 'unit_parent' \
             UNION SELECT p.unit_id FROM unit_parent p JOIN unit_change_row r \
               ON r.unit_id = p.parent_id AND r.change_id = ?1)",
        [id.as_bytes().to_vec()],
        |row| row.get(0),
    )?)
}
