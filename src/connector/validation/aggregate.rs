//! `validation:all`, `validation:any`: several checks, and one error that sums up those that failed.

use crate::flow::build::Node;
use crate::flow::event::{Error, ErrorType, Event};
use crate::flow::exec::{Chain, Processor};
use crate::flow::spec::{Body, Make, Spec};
use futures_util::future::BoxFuture;

/// `validation:all`
pub static ALL: Spec = Spec {
    name: "validation:all",
    doc: "Runs all its checks and fails if one of them does, with the texts of all that did.",
    body: Body::Processors,
    errors: &["VALIDATION:MULTIPLE"],
    example: r##"<validation:all>
  <validation:is-not-blank-string value="#[payload.name]" message="name missing"/>
  <validation:is-email email="#[payload.email]" message="email wrong"/>
</validation:all>"##,
    make: Make::Void(|node| Box::new(Aggregate::of(node, false))),
    ..Spec::NEW
};

/// `validation:any`
pub static ANY: Spec = Spec {
    name: "validation:any",
    doc: "Runs all its checks and fails if every one of them does, with the texts of all.",
    body: Body::Processors,
    errors: &["VALIDATION:MULTIPLE"],
    example: r##"<validation:any>
  <validation:is-email email="#[payload.contact]"/>
  <validation:matches-regex value="#[payload.contact]" regex="[0-9 +]+"/>
</validation:any>"##,
    make: Make::Void(|node| Box::new(Aggregate::of(node, true))),
    ..Spec::NEW
};

struct Aggregate {
    checks: Chain,
    one_is_enough: bool,
}

impl Aggregate {
    fn of(node: &Node<'_>, one_is_enough: bool) -> Self {
        Self { checks: node.chain(), one_is_enough }
    }
}

impl Processor for Aggregate {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let validation = ErrorType::mule("VALIDATION");
            let mut errors = Vec::new();
            for check in self.checks.steps() {
                match check.run(&mut event.clone()).await {
                    Ok(()) => {}
                    Err(error) if error.error_type().is(&validation) => errors.push(error),
                    Err(error) => return Err(error),
                }
            }
            if errors.is_empty() || self.one_is_enough && errors.len() < self.checks.steps().len() {
                return Ok(());
            }
            let texts: Vec<_> = errors.iter().map(Error::description).collect();
            Err(Error::named(event, "VALIDATION:MULTIPLE", texts.join("\n")).with_children(errors))
        })
    }
}
