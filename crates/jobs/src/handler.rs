//! How a context does jobs of one kind.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use thao_base::Result;

use crate::Context;

pub(crate) type Work = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// Does the jobs of one kind. See the contract in the crate's documentation.
#[derive(Clone)]
pub struct Handler {
    pub(crate) kind: &'static str,
    pub(crate) run: Arc<dyn Fn(Context) -> Work + Send + Sync>,
}

impl Handler {
    /// `Handler::new("people.import", |context| async move { … })`.
    pub fn new<F, W>(kind: &'static str, run: F) -> Handler
    where
        F: Fn(Context) -> W + Send + Sync + 'static,
        W: Future<Output = Result<()>> + Send + 'static,
    {
        Handler { kind, run: Arc::new(move |context| Box::pin(run(context))) }
    }

    pub fn kind(&self) -> &'static str {
        self.kind
    }
}
