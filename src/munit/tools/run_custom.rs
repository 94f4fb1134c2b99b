//! `munit-tools:run-custom`: an assertion in Java, which needs a JVM.

use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;

/// `munit-tools:run-custom`
pub static SPEC: Spec = Spec {
    name: "munit-tools:run-custom",
    doc: "Would run an assertion that is written in Java; there is no JVM here, so it fails and says so.",
    attributes: &[
        Attribute::required("assertion", Kind::Text, "The Java class."),
        Attribute::required("expression", Kind::Value, "The value to look at."),
        Attribute::new("params", Kind::Value, "What else the class gets."),
    ],
    errors: &["MUNIT-TOOLS:UNSUPPORTED"],
    example: r##"<munit-tools:run-custom assertion="org.example.Positive" expression="#[payload]"/>"##,
    make: Make::Processor(|node| Box::new(RunCustom { class: node.required("assertion") })),
    ..Spec::NEW
};

struct RunCustom {
    class: String,
}

impl Processor for RunCustom {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let class = &self.class;
            let text = format!(
                "`{class}` is written in Java, which dwrun does not run: assert the same with `munit-tools:assert`"
            );
            Err(Error::named(event, "MUNIT-TOOLS:UNSUPPORTED", text))
        })
    }
}
