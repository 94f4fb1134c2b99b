//! `munit-tools:spy`: processors that look at the event before and after a processor.

use super::selector::{PROCESSOR, Selection, Selector, WITH_ATTRIBUTES};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Context, Processor};
use crate::flow::spec::{Body, Make, Spec};
use crate::munit::event_parts::optional;
use crate::munit::session::{Aside, Session};
use futures_util::future::BoxFuture;
use std::sync::Arc;

static BEFORE_CALL: Spec = Spec {
    name: "munit-tools:before-call",
    doc: "What looks at the event before the processor.",
    body: Body::Processors,
    ..Spec::NEW
};

static AFTER_CALL: Spec = Spec {
    name: "munit-tools:after-call",
    doc: "What looks at the event after the processor.",
    body: Body::Processors,
    ..Spec::NEW
};

/// `munit-tools:spy`
pub static SPEC: Spec = Spec {
    name: "munit-tools:spy",
    doc: "Runs assertions before and after a processor, until the test ends. They get a copy of the event. A failed one \
          fails the test even where the app handles the error.",
    attributes: &[PROCESSOR],
    parts: &[optional(&WITH_ATTRIBUTES), optional(&BEFORE_CALL), optional(&AFTER_CALL)],
    example: r##"<munit-tools:spy processor="http:request">
  <munit-tools:before-call>
    <munit-tools:assert-that expression="#[payload]" is="#[MunitTools::notNullValue()]"/>
  </munit-tools:before-call>
</munit-tools:spy>"##,
    make: Make::Processor(|node| Box::new(SpyOn::of(node))),
    ..Spec::NEW
};

struct SpyOn {
    selection: Selection,
    before: Arc<Chain>,
    after: Arc<Chain>,
}

impl SpyOn {
    fn of(node: &Node<'_>) -> Self {
        let chain = |name| Arc::new(node.part(name).map(|part| part.chain()).unwrap_or_default());
        Self { selection: Selection::of(node), before: chain(BEFORE_CALL.name), after: chain(AFTER_CALL.name) }
    }
}

impl Processor for SpyOn {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let selector = self.selection.compute(event)?;
            Session::of(event)?.spy(Spy { selector, before: self.before.clone(), after: self.after.clone() });
            Ok(())
        })
    }
}

/// A spy at work.
pub struct Spy {
    /// The processors that it looks at.
    pub selector: Selector,
    before: Arc<Chain>,
    after: Arc<Chain>,
}

impl Spy {
    /// Looks at the event before the processor.
    ///
    /// # Errors
    /// Failed assertions.
    pub async fn before(&self, event: &Event) -> Result<(), Error> {
        look(&self.before, event).await
    }

    /// Looks at the event after the processor.
    ///
    /// # Errors
    /// Failed assertions.
    pub async fn after(&self, event: &Event) -> Result<(), Error> {
        look(&self.after, event).await
    }
}

/// Runs a chain on a copy of the event, unseen by other spies.
async fn look(chain: &Chain, event: &Event) -> Result<(), Error> {
    if chain.is_empty() {
        return Ok(());
    }
    let session = Session::of(event)?;
    let mut copy = event.clone();
    copy.context = Arc::new(Context {
        app: event.context.app.clone(),
        work: event.context.work.clone(),
        observer: Some(Arc::new(Aside(session))),
    });
    chain.run(&mut copy).await
}
