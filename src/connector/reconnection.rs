//! Reconnection strategies: how often, and after which pauses, a lost connection is tried again.

use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use std::future::Future;
use std::time::Duration;

static RECONNECT: Spec = Spec {
    name: "reconnect",
    doc: "Tries again so many times.",
    attributes: &[
        Attribute::default("count", Kind::Integer, "2", "How many times."),
        Attribute::default("frequency", Kind::Integer, "2000", "The pause before each, in milliseconds."),
        Attribute::new("blocking", Kind::Boolean, "Has no effect here."),
    ],
    ..Spec::NEW
};

static RECONNECT_FOREVER: Spec = Spec {
    name: "reconnect-forever",
    doc: "Tries again until it works.",
    attributes: &[
        Attribute::default("frequency", Kind::Integer, "2000", "The pause before each attempt, in milliseconds."),
        Attribute::new("blocking", Kind::Boolean, "Has no effect here."),
    ],
    ..Spec::NEW
};

static RECONNECTION: Spec = Spec {
    name: "reconnection",
    doc: "What happens when the connection cannot be made, or the socket not be opened. Without it, there is one attempt.",
    attributes: &[Attribute::default(
        "failsDeployment",
        Kind::Boolean,
        "false",
        "Whether the app does not start without the connection to a database or an SFTP server, or the socket of a listener.",
    )],
    parts: &[TIMES, FOREVER],
    ..Spec::NEW
};

/// `reconnection` in a connection.
pub const PART: Part = Part { spec: &RECONNECTION, occurs: Occurs::Optional };
/// `reconnect` in a source or an operation.
pub const TIMES: Part = Part { spec: &RECONNECT, occurs: Occurs::Optional };
/// `reconnect-forever` in a source or an operation.
pub const FOREVER: Part = Part { spec: &RECONNECT_FOREVER, occurs: Occurs::Optional };

/// Why an attempt at something failed.
pub trait Attempt {
    /// Whether it failed for want of a connection, so that another attempt may help.
    fn may_be_repeated(&self) -> bool;

    /// The same after the last attempt of several.
    fn exhausted(self) -> Self;
}

/// When a lost connection is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconnection {
    /// How many further attempts there are; `None` for as many as it takes.
    count: Option<u64>,
    pause: Duration,
    /// Whether the app does not start without the connection.
    pub fails_deployment: bool,
}

impl Default for Reconnection {
    fn default() -> Self {
        Self::NONE
    }
}

impl Reconnection {
    /// One attempt.
    pub const NONE: Self = Self { count: Some(0), pause: Duration::ZERO, fails_deployment: false };

    /// What a connection says in its `reconnection`.
    pub fn of_connection(node: &Node<'_>) -> Self {
        let Some(part) = node.part(RECONNECTION.name) else { return Self::NONE };
        let fails_deployment = part.boolean("failsDeployment");
        Self { fails_deployment, ..Self::of(&part).unwrap_or(Self::NONE) }
    }

    /// What an element says of its own.
    pub fn of(node: &Node<'_>) -> Option<Self> {
        let pause = |part: &Node<'_>| {
            Duration::from_millis(part.integer("frequency").and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
        };
        if let Some(part) = node.part(RECONNECT_FOREVER.name) {
            return Some(Self { count: None, pause: pause(&part), fails_deployment: false });
        }
        let part = node.part(RECONNECT.name)?;
        let count = part.integer("count").and_then(|n| u64::try_from(n).ok()).unwrap_or_default();
        Some(Self { count: Some(count), pause: pause(&part), fails_deployment: false })
    }

    /// Whether there is more than one attempt.
    pub fn is_some(&self) -> bool {
        self.count != Some(0)
    }

    /// Makes attempts as long as they fail for want of a connection and the strategy says so.
    ///
    /// # Errors
    /// That of the last attempt.
    pub async fn attempts<T, E: Attempt, F: Future<Output = Result<T, E>>>(
        &self,
        once: impl Fn() -> F,
    ) -> Result<T, E> {
        let mut pauses = self.pauses();
        loop {
            match once().await {
                Err(problem) if problem.may_be_repeated() => match pauses.next() {
                    Some(pause) => tokio::time::sleep(pause).await,
                    None if self.is_some() => return Err(problem.exhausted()),
                    None => return Err(problem),
                },
                outcome => return outcome,
            }
        }
    }

    /// The pause before each further attempt.
    pub fn pauses(&self) -> impl Iterator<Item = Duration> + use<> {
        let (count, pause) = (self.count, self.pause);
        (0_u64..).take_while(move |n| count.is_none_or(|count| *n < count)).map(move |_| pause)
    }
}
