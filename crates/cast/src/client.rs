//! A browser of a test: keeps cookies, fills in the token against forgery, follows where it is
//! told to.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, header};
use http_body_util::BodyExt;
use thao_web::{SESSION_COOKIE, secret};
use tower::ServiceExt;

use crate::Answer;

const BOUNDARY: &str = "thao-boundary-7d3f";

/// Speaks HTTP to the service, through the router. A clone is the same browser.
#[derive(Clone)]
pub struct Client {
    app: Router,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    address: IpAddr,
}

impl Client {
    /// A browser in which nobody is signed in.
    pub fn new(app: &Router) -> Client {
        Client {
            app: app.clone(),
            cookies: Arc::default(),
            address: IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1)),
        }
    }

    pub(crate) fn signed_in(app: &Router, token: &str) -> Client {
        Client::new(app).with_cookie(SESSION_COOKIE, token)
    }

    /// The same with a cookie set: tampered ones, the language.
    #[must_use]
    pub fn with_cookie(self, name: &str, value: &str) -> Client {
        self.jar(|jar| jar.insert(name.to_owned(), value.to_owned()));
        self
    }

    /// The same at another address of the network.
    #[must_use]
    pub fn at(mut self, address: [u8; 4]) -> Client {
        self.address = IpAddr::from(address);
        self
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar(|jar| jar.get(name).cloned())
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Body::empty()).await
    }

    /// Sends a form; the token against forgery is filled in.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = self.csrf();
        let all = fields.iter().copied().chain(csrf.as_deref().map(|csrf| ("csrf", csrf)));
        let pairs: Vec<String> =
            all.map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        self.send(
            Method::POST,
            path,
            Some("application/x-www-form-urlencoded".to_owned()),
            Body::from(pairs.join("&")),
        )
        .await
    }

    /// Sends a form with a file: `(field, name of the file, what it holds)`.
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file: (&str, &str, &[u8]),
    ) -> Answer {
        let csrf = self.csrf();
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain(csrf.as_deref().map(|c| ("csrf", c))) {
            let head = format!("Content-Disposition: form-data; name=\"{name}\"");
            body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n{value}\r\n").bytes());
        }
        let (field, name, bytes) = file;
        let head = format!(
            "Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream"
        );
        body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").bytes());
        body.extend_from_slice(bytes);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.send(Method::POST, path, Some(kind), Body::from(body)).await
    }

    /// The page an answer leads to.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        self.get(&answer.location()).await
    }

    /// Sends anything else: a call with JSON, a form without the token.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        kind: Option<String>,
        body: Body,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "thu");
        if let Some(kind) = kind {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        let cookies: Vec<String> =
            self.jar(|jar| jar.iter().map(|(name, value)| format!("{name}={value}")).collect());
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let from = ConnectInfo(SocketAddr::new(self.address, 40_000));
        let request = match request.extension(from).body(body) {
            Ok(request) => request,
            Err(e) => panic!("{path} is no address a request can be sent to: {e}"),
        };
        let response = match self.app.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (head, body) = response.into_parts();
        let body = match body.collect().await {
            Ok(body) => body.to_bytes(),
            Err(e) => panic!("the answer of {path} broke off: {e}"),
        };
        self.keep(&head.headers);
        Answer { status: head.status, headers: head.headers, body, path: path.to_owned() }
    }

    fn csrf(&self) -> Option<String> {
        self.cookie(SESSION_COOKIE).map(|token| secret::csrf(&secret::hash(&token)))
    }

    /// Cookies as a browser keeps them; one that is over is forgotten.
    fn keep(&self, headers: &axum::http::HeaderMap) {
        let set = headers.get_all(header::SET_COOKIE).iter().filter_map(|v| v.to_str().ok());
        for cookie in set {
            let Some((name, value)) = cookie.split(';').next().and_then(|c| c.split_once('='))
            else {
                continue;
            };
            self.jar(|jar| match cookie.contains("Max-Age=0") {
                true => jar.remove(name),
                false => jar.insert(name.to_owned(), value.to_owned()),
            });
        }
    }

    fn jar<T>(&self, with: impl FnOnce(&mut BTreeMap<String, String>) -> T) -> T {
        with(&mut self.cookies.lock().unwrap_or_else(PoisonError::into_inner))
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
