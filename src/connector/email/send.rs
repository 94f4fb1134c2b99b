//! `email:send`

use super::config::Config;
use super::delivery::deliver;
use super::message::{Content, Draft, transfer_encoding};
use super::problem::Problem;
use crate::connector::http::multi;
use crate::connector::reconnection::{self, Reconnection};
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Typed, java, media};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::format::MediaType;
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The elements that list addresses: the list, and an address in it.
macro_rules! addresses {
    ($list:ident, $one:ident, $list_name:literal, $one_name:literal, $doc:literal) => {
        static $one: Spec = Spec {
            name: $one_name,
            doc: "An address: `ann@corner.example`, or `Ann <ann@corner.example>`.",
            attributes: &[Attribute::required("value", Kind::Value, "The address.")],
            ..Spec::NEW
        };
        static $list: Spec =
            Spec { name: $list_name, doc: $doc, parts: &[Part { spec: &$one, occurs: Occurs::Any }], ..Spec::NEW };
    };
}

addresses!(TO, ONE_TO, "email:to-addresses", "email:to-address", "Whom the mail is for.");
addresses!(CC, ONE_CC, "email:cc-addresses", "email:cc-address", "Who gets a copy.");
addresses!(BCC, ONE_BCC, "email:bcc-addresses", "email:bcc-address", "Who gets a copy that the others do not know of.");
addresses!(REPLY_TO, ONE_REPLY_TO, "email:reply-to-addresses", "email:reply-to-address", "Who gets the answers.");

static HEADERS: Spec =
    Spec { name: "email:headers", doc: "An object with further headers.", body: Body::Value, ..Spec::NEW };

static CONTENT: Spec =
    Spec { name: "email:content", doc: "The text; `#[payload]` where it is left out.", body: Body::Value, ..Spec::NEW };

/// How content goes over the wire.
const fn encoding(name: &'static str) -> Attribute {
    Attribute::default(
        name,
        Kind::Value,
        "Base64",
        "How content goes over the wire: `Base64`, `Quoted-Printable`, `8BIT`, `7BIT` or `Binary`. What cannot go so \
         goes as `Base64`.",
    )
}

static BODY: Spec = Spec {
    name: "email:body",
    doc: "The text of the mail; the payload where it is left out.",
    attributes: &[
        Attribute::new("contentType", Kind::Value, "Its media type; that of the content without it."),
        Attribute::new("encoding", Kind::Value, "Its character set, where its media type names none."),
        encoding("contentTransferEncoding"),
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }],
    ..Spec::NEW
};

static ATTACHMENTS: Spec = Spec {
    name: "email:attachments",
    doc: "An object with the attachments: names and contents. Each has the media type of its value.",
    body: Body::Value,
    ..Spec::NEW
};

/// `email:send`
pub static SPEC: Spec = Spec {
    name: "email:send",
    doc: "Sends a mail. The event stays as it is.",
    attributes: &[
        Attribute::required("config-ref", Kind::Reference, "The `email:smtp-config` of the server."),
        Attribute::new("fromAddress", Kind::Value, "Who sends it; as the configuration says unless set."),
        Attribute::new("toAddresses", Kind::Value, "Whom it is for: a list, in place of the element."),
        Attribute::new("ccAddresses", Kind::Value, "Who gets a copy."),
        Attribute::new("bccAddresses", Kind::Value, "Who gets a copy that the others do not know of."),
        Attribute::new("replyToAddresses", Kind::Value, "Who gets the answers."),
        Attribute::default("subject", Kind::Value, "[No Subject]", "The subject."),
        encoding("attachmentsContentTransferEncoding"),
    ],
    parts: &[
        reconnection::TIMES,
        reconnection::FOREVER,
        Part { spec: &TO, occurs: Occurs::Optional },
        Part { spec: &CC, occurs: Occurs::Optional },
        Part { spec: &BCC, occurs: Occurs::Optional },
        Part { spec: &REPLY_TO, occurs: Occurs::Optional },
        Part { spec: &HEADERS, occurs: Occurs::Optional },
        Part { spec: &BODY, occurs: Occurs::Optional },
        Part { spec: &ATTACHMENTS, occurs: Occurs::Optional },
    ],
    errors: &[
        "EMAIL:CONNECTIVITY",
        "EMAIL:RETRY_EXHAUSTED",
        "EMAIL:UNKNOWN_HOST",
        "EMAIL:CONNECTION_TIMEOUT",
        "EMAIL:AUTHENTICATION",
        "EMAIL:INVALID_CREDENTIALS",
        "EMAIL:SSL_ERROR",
        "EMAIL:SEND",
        "EMAIL:ATTACHMENT",
    ],
    example: r##"<email:send config-ref="post-office" subject="#['Your order ' ++ payload.id]">
  <email:to-addresses><email:to-address value="#[payload.customer.email]"/></email:to-addresses>
  <email:body contentType="text/plain"><email:content>#['Thank you, ' ++ payload.customer.name]</email:content></email:body>
  <email:attachments>#[{'order.json': write(payload, 'application/json')}]</email:attachments>
</email:send>"##,
    make: Make::Void(|node| Box::new(Send::of(node))),
    ..Spec::NEW
};

struct Send {
    config: Option<Arc<Config>>,
    reconnection: Option<Reconnection>,
    from: Option<Expression>,
    to: Addresses,
    cc: Addresses,
    bcc: Addresses,
    reply_to: Addresses,
    subject: Expression,
    headers: Option<Expression>,
    content: Expression,
    content_type: Option<Expression>,
    charset: Option<Expression>,
    encoding: Option<Expression>,
    attachments: Option<Expression>,
    attachments_encoding: Expression,
}

/// Addresses: a list that an expression gives, or one expression for each.
#[derive(Default)]
struct Addresses {
    list: Option<Expression>,
    each: Vec<Expression>,
}

impl Addresses {
    fn of(node: &Node<'_>, attribute: &str, list: &Spec, one: &Spec) -> Self {
        let each = node.part(list.name).map(|list| list.parts(one.name)).unwrap_or_default();
        Self { list: node.value(attribute), each: each.iter().map(|one| one.expression("value")).collect() }
    }

    fn of_event(&self, event: &Event) -> Result<Vec<String>, Error> {
        let mut all = Vec::new();
        if let Some(list) = &self.list {
            let value = list.value(event)?;
            let failed = |fault: Fault| Error::expression(&list.source(), fault.into());
            match value.elements() {
                Some(elements) => {
                    for element in elements {
                        all.extend(text(&element.map_err(failed)?));
                    }
                }
                None => all.extend(text(&value)),
            }
        }
        for one in &self.each {
            all.extend(one.text(event)?);
        }
        all.retain(|address| !address.trim().is_empty());
        Ok(all)
    }
}

/// The text of an address; `None` for null and what has no text.
fn text(value: &Value) -> Option<String> {
    value.bare().as_str().map(str::to_string)
}

impl Send {
    fn of(node: &Node<'_>) -> Self {
        let body = node.part(BODY.name);
        let of_body = |name: &str| body.as_ref().and_then(|body| body.value(name));
        let to = Addresses::of(node, "toAddresses", &TO, &ONE_TO);
        if to.list.is_none() && to.each.is_empty() {
            let fault = Fault::new(Code::Configuration, "the mail is for nobody");
            node.refuse("toAddresses", fault.help("say whom it is for: `email:to-addresses`, or `toAddresses`"));
        }
        Self {
            config: node.global::<Config>("config-ref"),
            reconnection: Reconnection::of(node),
            from: node.value("fromAddress"),
            to,
            cc: Addresses::of(node, "ccAddresses", &CC, &ONE_CC),
            bcc: Addresses::of(node, "bccAddresses", &BCC, &ONE_BCC),
            reply_to: Addresses::of(node, "replyToAddresses", &REPLY_TO, &ONE_REPLY_TO),
            subject: node.expression("subject"),
            headers: node.part(HEADERS.name).and_then(|part| part.content()),
            content: body.as_ref().unwrap_or(node).content_of(CONTENT.name),
            content_type: of_body("contentType"),
            charset: of_body("encoding"),
            encoding: of_body("contentTransferEncoding"),
            attachments: node.part(ATTACHMENTS.name).and_then(|part| part.content()),
            attachments_encoding: node.expression("attachmentsContentTransferEncoding"),
        }
    }

    fn draft(&self, event: &Event, config: &Config) -> Result<Draft, Error> {
        let from = optional(self.from.as_ref(), event)?.or_else(|| config.from.clone());
        let from = from.ok_or_else(|| Problem::send("nothing says who sends it").error(event))?;
        let headers = match &self.headers {
            Some(headers) => multi::pairs(&headers.value(event)?)
                .map_err(|fault| Error::expression(&headers.source(), fault.into()))?,
            None => Vec::new(),
        };
        Ok(Draft {
            from,
            to: self.to.of_event(event)?,
            cc: self.cc.of_event(event)?,
            bcc: self.bcc.of_event(event)?,
            reply_to: self.reply_to.of_event(event)?,
            subject: self.subject.text(event)?.unwrap_or_default(),
            headers,
            body: self.body(event, config)?,
            attachments: self.attachments(event)?,
        })
    }

    /// The body. Its character set is that of its media type, or what the element or the configuration says (mule-email
    /// `EmailUtils.getMediaType`).
    fn body(&self, event: &Event, config: &Config) -> Result<Content, Error> {
        let value = self.content.typed(event)?;
        let own = value.media().clone();
        let charset = match own.parameter("charset") {
            Some(known) => known.to_string(),
            None => optional(self.charset.as_ref(), event)?.unwrap_or_else(|| config.encoding.clone()),
        };
        let told = match optional(self.content_type.as_ref(), event)? {
            Some(text) => MediaType::parse(&text).map_err(|fault| Problem::send(&fault.to_string()).error(event))?,
            None if own.essence() == "*/*" || own == java() => media("text/plain"),
            None => own.clone(),
        };
        let encoding = optional(self.encoding.as_ref(), event)?.unwrap_or_else(|| "Base64".to_string());
        Ok(Content {
            value: value.with_media(own.with_parameter("charset", &charset)),
            media: told.with_parameter("charset", &charset),
            encoding: transfer_encoding(&encoding).map_err(|problem| problem.error(event))?,
        })
    }

    fn attachments(&self, event: &Event) -> Result<Vec<(String, Content)>, Error> {
        let Some(attachments) = &self.attachments else { return Ok(Vec::new()) };
        let value = attachments.value(event)?;
        let wrong = |name: &str, why: &str| Problem::attachment(name, why).error(event);
        let object = match value.bare() {
            Value::Null => return Ok(Vec::new()),
            Value::Object(object) => object,
            other => {
                return Err(wrong("attachments", &format!("they have to be an object, not {}", other.type_name())));
            }
        };
        let word = self.attachments_encoding.text(event)?.unwrap_or_default();
        let encoding = transfer_encoding(&word).map_err(|problem| problem.error(event))?;
        let one = |(name, value): (&str, &Value)| {
            if value.is_null() {
                return Err(wrong(name, "it is null"));
            }
            let value = Typed::value(value.clone());
            let media =
                if value.is_text() && *value.media() == java() { media("text/plain") } else { value.written_as() };
            Ok((name.to_string(), Content { value, media, encoding }))
        };
        object.iter().map(|pair| one((pair.name.local.as_str(), pair.value))).collect()
    }
}

/// The text that an expression gives; `None` for none, null and empty text.
fn optional(expression: Option<&Expression>, event: &Event) -> Result<Option<String>, Error> {
    let text = expression.map(|expression| expression.text(event)).transpose()?.flatten();
    Ok(text.filter(|text| !text.trim().is_empty()))
}

impl Processor for Send {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            // Without its configuration the app would not have been built.
            let Some((config, connection)) = self.config.as_ref().and_then(|c| Some((c, c.connection.as_ref()?)))
            else {
                return Err(Problem::send("there is no server").error(event));
            };
            let draft = self.draft(event, config)?;
            let made = tokio::task::spawn_blocking(move || draft.mail()).await;
            let mail = made.unwrap_or_else(|cut| Err(Problem::send(&cut.to_string())));
            let mail = mail.map_err(|problem| problem.error(event))?;
            let strategy = self.reconnection.unwrap_or(config.reconnection);
            let sent = strategy.attempts(|| deliver(connection, &mail)).await;
            sent.map_err(|problem: Problem| problem.error(event))
        })
    }
}
