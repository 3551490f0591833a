//! What a learner's phone loads first: the page and everything it names, media apart.

use crate::Result;
use crate::client::Client;
use crate::process::Server;
use crate::report::{Bar, Report};
use crate::world::World;

pub fn measure(world: &World, report: &mut Report) -> Result<()> {
    let server = Server::thao(&world.thao, &world.loaded)?;
    let cookie = World::sign_in(&server.host, "canbo")?;
    let mut client = Client::connect(&server.host)?;
    client.cookie = Some(cookie);
    client.gzip = true;
    let page = client.get("/")?;
    let html = gunzipped(&page.body)?;
    let mut bytes = page.wire;
    let mut requests = 1;
    for url in named(&html) {
        let answer = client.get(&url)?;
        if answer.status != 200 {
            return Err(format!("{url} answers {}", answer.status).into());
        }
        bytes += answer.wire;
        requests += 1;
    }
    report.add(
        "first load of a learner page, on the wire",
        bytes as f64 / 1024.0,
        "KB",
        Some(Bar::AtMost(40.0)),
    );
    report.add(
        "first load of a learner page, requests",
        f64::from(requests),
        "requests",
        Some(Bar::AtMost(5.0)),
    );
    Ok(())
}

/// Style sheets, scripts and icons that the page names, each once.
fn named(html: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in html.split(['<', '>']) {
        let wanted = part.starts_with("link ") || part.starts_with("script ");
        if !wanted {
            continue;
        }
        for mark in ["href=\"", "src=\""] {
            if let Some((_, rest)) = part.split_once(mark)
                && let Some(url) = rest.split('"').next()
                && url.starts_with('/')
                && !out.iter().any(|known| known == url)
            {
                out.push(url.to_owned());
            }
        }
    }
    out
}

fn gunzipped(body: &[u8]) -> Result<String> {
    use std::io::Write;
    use std::process::{Command, Stdio};
    if !body.starts_with(&[0x1f, 0x8b]) {
        return Ok(String::from_utf8_lossy(body).into_owned());
    }
    let mut child =
        Command::new("gzip").arg("-dc").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().ok_or("no input")?.write_all(body)?;
    Ok(String::from_utf8_lossy(&child.wait_with_output()?.stdout).into_owned())
}
