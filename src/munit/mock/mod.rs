//! Mocks, spies and counted calls of processors.

pub mod mock_when;
mod selector;
pub mod spy;
pub mod verify_call;

pub use mock_when::Mock;
pub use selector::Pattern;
pub use spy::Spy;
pub use verify_call::Call;
