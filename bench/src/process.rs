//! A server as a process of its own: started, watched through /proc, stopped.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;
use crate::client::Client;
use crate::report::{Bar, Report, median};
use crate::world::World;

pub struct Server {
    child: Child,
    pub host: String,
    /// From the start of the process to its first answer.
    pub started_in: Duration,
}

impl Server {
    /// `thao serve` on a data folder, waited for until it answers.
    pub fn thao(thao: &Path, data: &Path) -> Result<Server> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let host = format!("127.0.0.1:{port}");
        let started = Instant::now();
        let child = Command::new(thao)
            .args(["serve", "--data"])
            .arg(data)
            .args(["--listen", &host])
            .env("THAO_LOG_LEVEL", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()?;
        let mut server = Server { child, host, started_in: Duration::ZERO };
        while started.elapsed() < Duration::from_secs(60) {
            if let Ok(mut client) = Client::connect(&server.host)
                && client.get("/readyz").is_ok_and(|answer| answer.status == 200)
            {
                server.started_in = started.elapsed();
                return Ok(server);
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Err("thao serve did not answer within a minute".into())
    }

    /// The bare handler, in a process of its own.
    pub fn bare(bytes: usize) -> Result<Server> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["bare", &bytes.to_string()])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut host = String::new();
        let out = child.stdout.take().ok_or("no output")?;
        BufReader::new(out).read_line(&mut host)?;
        Ok(Server { child, host: host.trim().to_owned(), started_in: Duration::ZERO })
    }

    /// CPU time spent so far, all threads, user and kernel.
    pub fn cpu(&self) -> Result<Duration> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let after = stat.rsplit(')').next().unwrap_or_default();
        let ticks: u64 =
            after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
        // USER_HZ is 100 on Linux.
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Resident memory in MB (10⁶ bytes).
    pub fn memory(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).ok_or("no VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).unwrap_or("0").parse()?;
        Ok(kib * 1024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Start-up and idle memory, empty and loaded.
pub fn start_up(world: &World, report: &mut Report) -> Result<()> {
    let cases = [
        ("empty", &world.empty, None, None),
        ("1,000,000 statements", &world.loaded, Some(Bar::AtMost(1.0)), Some(Bar::AtMost(100.0))),
    ];
    for (name, data, time_bar, memory_bar) in cases {
        let mut times = Vec::new();
        let mut memory = Vec::new();
        for _ in 0..3 {
            let server = Server::thao(&world.thao, data)?;
            times.push(server.started_in.as_secs_f64());
            std::thread::sleep(Duration::from_secs(3));
            memory.push(server.memory()?);
        }
        report.add(format!("start-up to first answer, {name}"), median(times), "s", time_bar);
        report.add(
            format!("resident memory, idle after start, {name}"),
            median(memory),
            "MB",
            memory_bar,
        );
    }
    Ok(())
}
