//! Pages under load, 64 connections: requests per second and CPU per request, against a bare
//! handler that returns a page of the same size; and what one answer of a learner costs.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::Result;
use crate::client::Client;
use crate::process::Server;
use crate::report::{Bar, Report};
use crate::world::{World, uuid_text};

const CONNECTIONS: usize = 64;
const ROUND: Duration = Duration::from_secs(5);

struct Page {
    name: &'static str,
    login: &'static str,
    path: String,
    cpu_bar: Option<f64>,
}

pub fn measure(world: &World, report: &mut Report) -> Result<()> {
    let server = Server::thao(&world.thao, &world.loaded)?;
    for page in pages(world)? {
        let cookie = World::sign_in(&server.host, page.login)?;
        let mut client = Client::connect(&server.host)?;
        client.cookie = Some(cookie.clone());
        let once = client.get(&page.path)?;
        if once.status != 200 {
            return Err(format!("{}: {} answers {}", page.name, page.path, once.status).into());
        }
        let bare = Server::bare(once.body.len())?;
        let (bare_rate, bare_cpu) = load(&bare, None, "/")?;
        let (rate, cpu) = load(&server, Some(&cookie), &page.path)?;
        report.add(format!("{}: requests", page.name), rate, "requests/s", None);
        report.add(
            format!("{}: bare handler, same {} bytes", page.name, once.body.len()),
            bare_rate,
            "requests/s",
            None,
        );
        report.add(format!("{}: bare handler, CPU", page.name), bare_cpu, "ms/request", None);
        report.add(
            format!("{}: CPU, 64 connections", page.name),
            cpu,
            "ms/request",
            page.cpu_bar.map(Bar::AtMost),
        );
    }
    answers(&server, world, report)
}

fn pages(world: &World) -> Result<Vec<Page>> {
    let db = World::database(&world.loaded)?;
    let id = |sql: &str| -> Result<String> {
        uuid_text(&db.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0))?)
    };
    let (course, lesson): (String, String) = db.query_row(
        "SELECT c.slug, l.slug FROM course c JOIN lesson l ON l.course_id = c.id \
         WHERE c.slug = 'an-toan-thong-tin-co-ban' AND l.no = 1",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    // The meeting with the most people, in the organiser's commune, not closed.
    let meeting = id("SELECT m.id FROM meeting m JOIN class c ON c.id = m.class_id \
         JOIN account a ON a.person_id = c.organiser_id AND a.login = 'tochuc' \
         WHERE m.closed_at IS NULL \
         ORDER BY (SELECT COUNT(*) FROM registration r WHERE r.class_id = c.id) DESC LIMIT 1")?;
    let target = id("SELECT id FROM target WHERE withdrawn_at IS NULL ORDER BY code LIMIT 1")?;
    Ok(vec![
        Page { name: "learner's home", login: "canbo", path: "/".into(), cpu_bar: Some(1.0) },
        Page {
            name: "lesson",
            login: "canbo",
            path: format!("/learn/{course}/{lesson}?step=1"),
            cpu_bar: Some(1.0),
        },
        Page {
            name: "attendance page",
            login: "tochuc",
            path: format!("/classes/meetings/{meeting}/attendance"),
            cpu_bar: Some(1.0),
        },
        Page {
            name: "target board",
            login: "sokhcn",
            path: format!("/plan/targets/{target}"),
            cpu_bar: Some(5.0),
        },
        Page {
            name: "overview of a province",
            login: "sokhcn",
            path: "/plan/board".into(),
            cpu_bar: Some(10.0),
        },
    ])
}

/// Requests per second, and CPU milliseconds per request of the server.
fn load(server: &Server, cookie: Option<&str>, path: &str) -> Result<(f64, f64)> {
    let count = AtomicU64::new(0);
    let before = server.cpu()?;
    let started = Instant::now();
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|_| {
                let count = &count;
                scope.spawn(move || -> Result<()> {
                    let mut client = Client::connect(&server.host)?;
                    client.cookie = cookie.map(str::to_owned);
                    while started.elapsed() < ROUND {
                        let answer = client.get(path)?;
                        if answer.status != 200 {
                            return Err(format!("{path} answers {}", answer.status).into());
                        }
                        count.fetch_add(1, Ordering::Relaxed);
                    }
                    Ok(())
                })
            })
            .collect();
        for worker in workers {
            worker.join().map_err(|_| "a client panicked")??;
        }
        Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    let seconds = started.elapsed().as_secs_f64();
    let cpu = (server.cpu()? - before).as_secs_f64() * 1000.0;
    let count = count.load(Ordering::Relaxed) as f64;
    Ok((count / seconds, cpu / count))
}

/// What it costs to save one answer: the POST that saves it, less the step's page itself. Every
/// account that has a password answers, so that nobody's history grows beyond a learner's.
fn answers(server: &Server, world: &World, report: &mut Report) -> Result<()> {
    let cookies = ACCOUNTS
        .iter()
        .map(|login| World::sign_in(&server.host, login))
        .collect::<Result<Vec<String>>>()?;
    // Each account has a form of its own: the token against forgery belongs to the session.
    let forms = cookies
        .iter()
        .map(|cookie| AnswerForm::find(server, cookie, world))
        .collect::<Result<Vec<AnswerForm>>>()?;
    let form_of = |n: usize| forms.get(n).ok_or("no form");
    let around =
        cost(server, &cookies, GETS, |client, n| Ok(client.get(&form_of(n)?.page)?.status))?;
    let before = answered(world)?;
    let save = cost(server, &cookies, POSTS, |client, n| {
        let form = form_of(n)?;
        #[expect(clippy::disallowed_methods, reason = "a measurement stands outside the program")]
        let fresh = uuid::Uuid::now_v7().to_string();
        let fields: Vec<(&str, &str)> = form
            .fields
            .iter()
            .map(|(name, value)| match name.as_str() {
                "form_id" => ("form_id", fresh.as_str()),
                name => (name, value.as_str()),
            })
            .collect();
        Ok(client.form(&form.action, &fields)?.status)
    })?;
    let saved = answered(world)? - before;
    report.add("one answer of a learner: POST, CPU", save, "ms/request", None);
    report.add("the page around it: GET of the same step, CPU", around, "ms/request", None);
    report.add("answers saved by these POSTs", saved as f64, "answers", None);
    report.add(
        "one answer of a learner, saved: CPU beyond the page around it",
        (save - around).max(0.0),
        "ms",
        Some(Bar::AtMost(0.1)),
    );
    Ok(())
}

const ACCOUNTS: [&str; 7] =
    ["canbo", "nguoidan", "sokhcn", "xaquanly", "tochuc", "giangvien", "quantri"];
const GETS: usize = 300;
const POSTS: usize = 60;

fn answered(world: &World) -> Result<i64> {
    let db = World::database(&world.loaded)?;
    let sql = "SELECT COUNT(*) FROM statement WHERE kind = 'answered'";
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

/// CPU milliseconds of the server per request, `each` requests by every account in turn.
fn cost(
    server: &Server,
    cookies: &[String],
    each: usize,
    ask: impl Fn(&mut Client, usize) -> Result<u16>,
) -> Result<f64> {
    let mut clients = Vec::new();
    for cookie in cookies {
        let mut client = Client::connect(&server.host)?;
        client.cookie = Some(cookie.clone());
        clients.push(client);
    }
    let before = server.cpu()?;
    for _ in 0..each {
        for (n, client) in clients.iter_mut().enumerate() {
            let status = ask(client, n)?;
            if !matches!(status, 200 | 303) {
                return Err(format!("a learner's request answers {status}").into());
            }
        }
    }
    let cpu = (server.cpu()? - before).as_secs_f64() * 1000.0;
    Ok(cpu / (each * clients.len()) as f64)
}

/// A question of the first lesson, as its form stands in the page.
struct AnswerForm {
    page: String,
    action: String,
    fields: Vec<(String, String)>,
}

impl AnswerForm {
    fn find(server: &Server, cookie: &str, world: &World) -> Result<AnswerForm> {
        let lesson = pages(world)?.into_iter().nth(1).ok_or("no lesson page")?.path;
        let base = lesson.split('?').next().unwrap_or_default().to_owned();
        let mut client = Client::connect(&server.host)?;
        client.cookie = Some(cookie.to_owned());
        for step in 1..20 {
            let page = format!("{base}?step={step}");
            let html = client.get(&page)?.text();
            let form = html.split("<form").find(|form| form.contains("type=\"radio\""));
            let Some(form) = form else { continue };
            let form = form.split("</form>").next().unwrap_or_default();
            let action = attribute(form, "action").unwrap_or_else(|| base.clone());
            let mut fields: Vec<(String, String)> = Vec::new();
            for input in form.split("<input").skip(1) {
                let input = input.split('>').next().unwrap_or_default();
                let (Some(name), Some(value)) =
                    (attribute(input, "name"), attribute(input, "value"))
                else {
                    continue;
                };
                // The last option offered: a wrong answer may be given again and again.
                match fields.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, known)) => *known = value,
                    None => fields.push((name, value)),
                }
            }
            return Ok(AnswerForm { page, action, fields });
        }
        Err("no question with options in the first lesson".into())
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}
