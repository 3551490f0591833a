//! The limit pages are compared with: a bare handler that returns a page of the same size.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use crate::Result;

/// Serves `bytes` of text on a free port, which it prints first.
pub fn serve(bytes: usize) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async move {
        let page: String = "<p>thạo</p>\n".chars().cycle().take(bytes).collect();
        let router = Router::new().route("/", get(move || async move { Html(page.clone()) }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?);
        axum::serve(listener, router).await?;
        Ok(())
    })
}
