//! `sockets:send` and `sockets:send-and-receive`

use super::attributes;
use super::config::RequestConfig;
use super::problem::Problem;
use super::requester::Answer;
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel};
use crate::connector::reconnection::{self, Reconnection};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed, media};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

const CONFIG: Attribute =
    Attribute::required("config-ref", Kind::Reference, "The `sockets:request-config` of the service.");

static CONTENT: Spec = Spec {
    name: "sockets:content",
    doc: "The message; `#[payload]` where it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

const PARTS: &[Part] = &[reconnection::TIMES, reconnection::FOREVER, Part { spec: &CONTENT, occurs: Occurs::Optional }];

/// `sockets:send`
pub static SEND: Spec = Spec {
    name: "sockets:send",
    doc: "Sends a message. The event stays as it is.",
    attributes: &[CONFIG],
    parts: PARTS,
    errors: &[
        "SOCKETS:CONNECTIVITY",
        "SOCKETS:RETRY_EXHAUSTED",
        "SOCKETS:UNKNOWN_HOST",
        "SOCKETS:CONNECTION_TIMEOUT",
        "SOCKETS:LENGTH_EXCEEDED",
    ],
    example: r##"<sockets:send config-ref="printer"><sockets:content>#[payload.label]</sockets:content></sockets:send>"##,
    make: Make::Void(|node| Box::new(Send(Exchange::of(node)))),
    ..Spec::NEW
};

/// `sockets:send-and-receive`
pub static SEND_AND_RECEIVE: Spec = Spec {
    name: "sockets:send-and-receive",
    doc: "Sends a message and takes the answer as the payload. Where the connection ends or `clientTimeout` is over before \
          one came, the payload is null, unless the protocol counts lengths or has `rethrowExceptionOnRead`. `attributes` \
          has `port`, `hostAddress` and `hostName` of the other side.",
    attributes: &[CONFIG, OUTPUT_MIME_TYPE, OUTPUT_ENCODING],
    parts: PARTS,
    errors: SEND.errors,
    example: r#"<sockets:send-and-receive config-ref="printer" outputMimeType="text/plain" target="state"/>"#,
    make: Make::Operation(|node| Box::new(SendAndReceive { exchange: Exchange::of(node), label: Relabel::of(node) })),
    ..Spec::NEW
};

struct Exchange {
    config: Option<Arc<RequestConfig>>,
    reconnection: Option<Reconnection>,
    content: Expression,
}

impl Exchange {
    fn of(node: &Node<'_>) -> Self {
        Self {
            config: node.global::<RequestConfig>("config-ref"),
            reconnection: Reconnection::of(node),
            content: node.content_of(CONTENT.name),
        }
    }

    async fn with(&self, event: &Event, answers: bool) -> Result<Option<Answer>, Error> {
        let content = self.content.typed(event)?;
        let bytes = content.to_bytes().map_err(|fault| Error::expression(&self.content.source(), fault.into()))?;
        // Without its configuration the app would not have been built.
        let Some((config, requester)) = self.config.as_ref().and_then(|c| Some((c, c.requester.as_ref()?))) else {
            return Err(Problem::connectivity("there is no service").error(event));
        };
        let strategy = self.reconnection.unwrap_or(config.reconnection);
        let exchanged = strategy.attempts(|| requester.exchange(&bytes, answers)).await;
        exchanged.map_err(|problem: Problem| problem.error(event))
    }
}

struct Send(Exchange);

impl Processor for Send {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.0.with(event, false).await.map(drop) })
    }
}

struct SendAndReceive {
    exchange: Exchange,
    label: Relabel,
}

impl Processor for SendAndReceive {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if let Some(answer) = self.exchange.with(event, true).await? {
                let payload = answer.message.map_or_else(Typed::null, |message| Typed::bytes(message, media("*/*")));
                event.message = Message { payload: self.label.on(payload), attributes: attributes::of(answer.peer) };
            }
            Ok(())
        })
    }
}
