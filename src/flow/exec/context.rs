//! What an event shares with all events that it comes from and leads to.

use super::{Observer, Work};
use crate::flow::app::App;
use std::sync::Arc;

/// What an event shares with all events that it comes from and leads to.
pub struct Context {
    /// The app it is in.
    pub app: Arc<App>,
    /// Counts what was started on its behalf and is not done.
    pub work: Arc<Work>,
    /// Who watches its steps.
    pub observer: Option<Arc<dyn Observer>>,
}
