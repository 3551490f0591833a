//! A small HTTP/1.1 client: one connection kept open, requests one after another.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::Result;

pub struct Client {
    stream: BufReader<TcpStream>,
    host: String,
    pub cookie: Option<String>,
    pub token: Option<String>,
    pub gzip: bool,
}

pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Bytes on the wire, head included.
    pub wire: usize,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    pub fn connect(host: &str) -> Result<Client> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(60)))?;
        let stream = BufReader::with_capacity(64 * 1024, stream);
        Ok(Client { stream, host: host.to_owned(), cookie: None, token: None, gzip: false })
    }

    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask("GET", path, "", &[])
    }

    pub fn form(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let body = body.join("&");
        self.ask("POST", path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    pub fn json(&mut self, path: &str, body: &[u8]) -> Result<Answer> {
        self.ask("POST", path, "application/json", body)
    }

    fn ask(&mut self, method: &str, path: &str, kind: &str, body: &[u8]) -> Result<Answer> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {}\r\n", self.host);
        if let Some(cookie) = &self.cookie {
            head.push_str(&format!("cookie: {cookie}\r\n"));
        }
        if let Some(token) = &self.token {
            head.push_str(&format!("authorization: Bearer {token}\r\n"));
        }
        if self.gzip {
            head.push_str("accept-encoding: gzip\r\n");
        }
        if method == "POST" {
            head.push_str(&format!("content-type: {kind}\r\ncontent-length: {}\r\n", body.len()));
        }
        head.push_str("\r\n");
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(body);
        self.stream.get_mut().write_all(&bytes)?;
        self.answer()
    }

    fn answer(&mut self) -> Result<Answer> {
        let mut wire = 0;
        let mut line = String::new();
        wire += self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            wire += self.stream.read_line(&mut line)?;
            match line.trim_end().split_once(": ") {
                Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
                None => break,
            }
        }
        let mut answer = Answer { status, headers, body: Vec::new(), wire };
        if answer.header("transfer-encoding") == Some("chunked") {
            self.chunks(&mut answer)?;
        } else {
            let length = answer.header("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
            answer.body.resize(length, 0);
            self.stream.read_exact(&mut answer.body)?;
            answer.wire += length;
        }
        Ok(answer)
    }

    fn chunks(&mut self, answer: &mut Answer) -> Result<()> {
        loop {
            let mut line = String::new();
            answer.wire += self.stream.read_line(&mut line)?;
            let length = usize::from_str_radix(line.trim(), 16)?;
            let mut chunk = vec![0; length + 2];
            self.stream.read_exact(&mut chunk)?;
            answer.wire += chunk.len();
            chunk.truncate(length);
            if length == 0 {
                return Ok(());
            }
            answer.body.extend_from_slice(&chunk);
        }
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(b).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}
