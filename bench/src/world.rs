//! The data that is measured on: made once per release binary by `thao demo`, kept in
//! `target/bench`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use rusqlite::{Connection, OpenFlags};

use crate::Result;
use crate::client::Client;

pub const PEOPLE: u64 = 100_000;
pub const STATEMENTS: u64 = 1_000_000;
pub const MANY: u64 = 1_000_000;

pub struct World {
    pub thao: PathBuf,
    pub empty: PathBuf,
    /// 100,000 people, 1,000,000 statements.
    pub loaded: PathBuf,
    /// 1,000,000 people.
    pub many: PathBuf,
}

impl World {
    pub fn prepare(thao: PathBuf) -> Result<World> {
        let base = PathBuf::from("target/bench");
        let world = World {
            thao,
            empty: base.join("empty"),
            loaded: base.join("loaded"),
            many: base.join("many"),
        };
        let _ = std::fs::remove_dir_all(&world.empty);
        world.demo(&world.empty, 0, None)?;
        world.demo(&world.loaded, PEOPLE, Some(STATEMENTS))?;
        world.demo(&world.many, MANY, Some(STATEMENTS))?;
        Ok(world)
    }

    fn demo(&self, data: &Path, people: u64, statements: Option<u64>) -> Result<()> {
        let database = data.join("thao.db");
        let made = std::fs::metadata(&database).and_then(|m| m.modified());
        let built = std::fs::metadata(&self.thao)?.modified()?;
        if made.is_ok_and(|made| built < made) {
            return Ok(());
        }
        let _ = std::fs::remove_dir_all(data);
        let started = Instant::now();
        let mut command = Command::new(&self.thao);
        command.args(["demo", "--data"]).arg(data);
        command.args(["--people", &people.to_string(), "--seed", "1"]);
        if let Some(statements) = statements {
            command.args(["--statements", &statements.to_string()]);
        }
        if !command.status()?.success() {
            return Err(format!("thao demo failed for {}", data.display()).into());
        }
        eprintln!("{} made in {:.1} s", data.display(), started.elapsed().as_secs_f64());
        Ok(())
    }

    /// The database behind a data folder, to look things up in.
    pub fn database(data: &Path) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Connection::open_with_flags(data.join("thao.db"), flags)?)
    }

    /// The cookie of a demo account.
    pub fn sign_in(host: &str, login: &str) -> Result<String> {
        let mut client = Client::connect(host)?;
        let answer = client
            .form("/sign-in", &[("login", login), ("password", "thao-demo"), ("back", "/")])?;
        let cookie = answer.headers.iter().filter(|(name, _)| name == "set-cookie").find_map(
            |(_, value)| value.split(';').next().filter(|c| c.starts_with("thao_session")),
        );
        cookie
            .map(str::to_owned)
            .ok_or_else(|| format!("could not sign in as {login}: status {}", answer.status).into())
    }

    /// An access token of the demo's administrator.
    pub fn token(&self, data: &Path) -> Result<String> {
        let out = Command::new(&self.thao)
            .args(["user", "token", "quantri", "--data"])
            .arg(data)
            .output()?;
        let text = String::from_utf8_lossy(&out.stdout);
        let token = text.split_whitespace().find(|word| word.len() == 43);
        token.map(str::to_owned).ok_or_else(|| "thao user token printed no token".into())
    }
}

pub fn uuid_text(bytes: &[u8]) -> Result<String> {
    Ok(uuid::Uuid::from_slice(bytes)?.to_string())
}
