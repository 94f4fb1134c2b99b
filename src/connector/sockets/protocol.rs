//! Protocols: where a message in a stream of bytes begins and ends (mule-sockets-connector `TcpProtocol` and its kin).

use super::problem::Problem;
use super::wire::Wire;
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use bytes::Bytes;
use std::io;
use std::sync::Arc;

const NAME: Attribute = Attribute::new("name", Kind::Text, "Its name, for those who refer to it.");
const RETHROW: Attribute = Attribute::default(
    "rethrowExceptionOnRead",
    Kind::Boolean,
    "false",
    "Whether a connection that breaks, or is silent too long, is an error. Otherwise the message ends there.",
);

/// How many bytes a message may have: 256 MiB.
const LARGEST: usize = 256 << 20;

/// A protocol that says nothing but its name and what becomes of broken connections.
macro_rules! simple {
    ($id:ident, $name:literal, $named:literal, $doc:literal) => {
        #[doc = concat!("`", $name, "`")]
        pub static $id: Spec = Spec {
            name: $name,
            doc: $doc,
            attributes: &[NAME, RETHROW],
            example: concat!("<", $name, " name=\"", $named, "\" rethrowExceptionOnRead=\"true\"/>"),
            make: Make::Global(|node| Arc::new(Protocol::of(node))),
            ..Spec::NEW
        };
    };
}

simple!(
    DIRECT,
    "sockets:direct-protocol",
    "bursts",
    "A message is what has come when nothing more is there at the moment."
);
simple!(
    EOF,
    "sockets:eof-protocol",
    "whole",
    "A message is all that comes until the other side ends it; a connection has one."
);
simple!(
    STREAMING,
    "sockets:streaming-protocol",
    "stream",
    "As `sockets:eof-protocol`: the message is there when all of it has come."
);
simple!(
    XML,
    "sockets:xml-message-protocol",
    "documents",
    "A message is an XML document: it ends where another one begins with `<?xml`, or where nothing more is there at the \
     moment."
);
simple!(
    XML_EOF,
    "sockets:xml-message-eof-protocol",
    "last-documents",
    "A message is an XML document: it ends where another one begins with `<?xml`, or with the connection."
);

/// `sockets:length-protocol`
pub static LENGTH: Spec = Spec {
    name: "sockets:length-protocol",
    doc: "Four bytes with the length, the highest first, stand before each message.",
    attributes: &[
        NAME,
        Attribute::default(
            "maxMessageLength",
            Kind::Integer,
            "-1",
            "How many bytes a message may have; 268435456 without it.",
        ),
        RETHROW,
    ],
    example: r#"<sockets:length-protocol name="records" maxMessageLength="65536"/>"#,
    make: Make::Global(|node| Arc::new(Protocol::of(node))),
    ..Spec::NEW
};

/// `sockets:safe-protocol`
pub static SAFE: Spec = Spec {
    name: "sockets:safe-protocol",
    doc: "As `sockets:length-protocol`, with `You are using SafeProtocol` as a message of its own before each, so that both \
          sides notice where they do not use the same one. Connections that name no protocol use it.",
    attributes: &[
        NAME,
        Attribute::default("maxMessageLeght", Kind::Integer, "-1", "How many bytes a message may have, spelt so."),
        Attribute::new("encoding", Kind::Text, "Has no effect here."),
        RETHROW,
    ],
    example: r#"<sockets:safe-protocol name="careful"/>"#,
    make: Make::Global(|node| Arc::new(Protocol::of(node))),
    ..Spec::NEW
};

/// `sockets:protocol` in a connection.
pub static HOLDER: Spec = Spec {
    name: "sockets:protocol",
    doc: "Where messages begin and end.",
    parts: &[
        Part { spec: &DIRECT, occurs: Occurs::Optional },
        Part { spec: &EOF, occurs: Occurs::Optional },
        Part { spec: &STREAMING, occurs: Occurs::Optional },
        Part { spec: &LENGTH, occurs: Occurs::Optional },
        Part { spec: &SAFE, occurs: Occurs::Optional },
        Part { spec: &XML, occurs: Occurs::Optional },
        Part { spec: &XML_EOF, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

/// Where messages begin and end.
#[derive(Clone, Copy, Debug)]
pub struct Protocol {
    framing: Framing,
    /// Whether broken and silent connections are errors, and not the end of a message.
    rethrows: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Framing {
    Direct,
    Eof,
    /// The longest message.
    Length(Option<u32>),
    Safe(Option<u32>),
    Xml {
        /// Whether only the end of the connection ends the last document.
        to_end: bool,
    },
}

/// What stands before a message of the safe protocol.
const COOKIE: &[u8] = b"You are using SafeProtocol";

/// How XML documents begin.
const XML_START: &[u8] = b"<?xml";

impl Global for Protocol {}

impl Default for Protocol {
    fn default() -> Self {
        Self { framing: Framing::Safe(None), rethrows: false }
    }
}

impl Protocol {
    /// What an element says.
    fn of(node: &Node<'_>) -> Self {
        let limit = |name: &str| node.limit(name).map(|limit| u32::try_from(limit).unwrap_or(u32::MAX));
        let name = node.spec.name;
        let framing = match name {
            _ if name == LENGTH.name => Framing::Length(limit("maxMessageLength")),
            _ if name == SAFE.name => Framing::Safe(limit("maxMessageLeght")),
            _ if name == DIRECT.name => Framing::Direct,
            _ if name == XML.name => Framing::Xml { to_end: false },
            _ if name == XML_EOF.name => Framing::Xml { to_end: true },
            _ => Framing::Eof,
        };
        Self { framing, rethrows: node.boolean("rethrowExceptionOnRead") }
    }

    /// What a connection names or holds.
    pub fn of_connection(node: &Node<'_>) -> Self {
        let held = node.part(HOLDER.name).and_then(|holder| {
            let specs = HOLDER.parts.iter().map(|part| part.spec.name);
            specs.filter_map(|name| holder.part(name)).next().map(|protocol| Self::of(&protocol))
        });
        let named = || node.has("protocol").then(|| node.global::<Self>("protocol")).flatten();
        held.or_else(|| named().map(|named| *named)).unwrap_or_default()
    }

    /// Whether a connection has one message each way.
    pub fn ends_with_connection(&self) -> bool {
        self.framing == Framing::Eof
    }

    /// Sends a message.
    ///
    /// # Errors
    /// A message that is too long, a broken connection.
    pub async fn send(&self, wire: &mut Wire, message: &[u8]) -> Result<(), Problem> {
        let sent = match self.framing {
            Framing::Length(limit) | Framing::Safe(limit) => {
                let limit = limit.unwrap_or(i32::MAX as u32);
                let length = u32::try_from(message.len()).ok().filter(|length| *length <= limit);
                let length = length.ok_or_else(|| Problem::too_long(message.len() as i64, i64::from(limit)))?;
                let cookie = [&(COOKIE.len() as u32).to_be_bytes(), COOKIE].concat();
                let before: &[u8] = if matches!(self.framing, Framing::Safe(_)) { &cookie } else { &[] };
                wire.send(&[before, &length.to_be_bytes(), message]).await
            }
            _ => wire.send(&[message]).await,
        };
        let ended = match sent {
            Ok(()) if self.ends_with_connection() => wire.end().await,
            other => other,
        };
        ended.map_err(|e| Problem::io("write", &e))
    }

    /// The next message; `None` where none comes any more.
    ///
    /// # Errors
    /// What does not keep to the protocol; a message that is too long; a connection that is broken or too silent.
    pub async fn receive(&self, wire: &mut Wire) -> Result<Option<Bytes>, Problem> {
        match self.framing {
            Framing::Direct => {
                if wire.ahead().is_empty() && !self.more(wire).await? {
                    return Ok(None);
                }
                while within_limit(wire)? && self.tolerated(wire.more_at_once())? {}
                Ok(whole(wire))
            }
            Framing::Eof => {
                while within_limit(wire)? && self.more(wire).await? {}
                Ok(whole(wire))
            }
            Framing::Xml { to_end } => self.document(wire, to_end).await,
            Framing::Length(limit) => self.measured(wire, limit).await,
            Framing::Safe(limit) => match self.measured(wire, Some(COOKIE.len() as u32)).await {
                Ok(None) => Ok(None),
                Ok(Some(cookie)) if cookie == COOKIE => match self.measured(wire, limit).await? {
                    Some(message) => Ok(Some(message)),
                    None => Err(inconsistent()),
                },
                Ok(Some(_)) | Err(_) => Err(inconsistent()),
            },
        }
    }

    /// Waits for more bytes; gives whether some came.
    async fn more(&self, wire: &mut Wire) -> Result<bool, Problem> {
        let more = wire.more().await;
        self.tolerated(more)
    }

    /// What became of reading, where a broken connection may count as one that ended.
    fn tolerated(&self, read: io::Result<bool>) -> Result<bool, Problem> {
        match read {
            Err(_) if !self.rethrows => Ok(false),
            other => other.map_err(|e| Problem::io("read", &e)),
        }
    }

    /// A message behind its length.
    async fn measured(&self, wire: &mut Wire, limit: Option<u32>) -> Result<Option<Bytes>, Problem> {
        let failed = |e: io::Error| Problem::io("read", &e);
        while wire.ahead().len() < 4 {
            if !wire.more().await.map_err(failed)? {
                return if wire.ahead().is_empty() { Ok(None) } else { Err(cut()) };
            }
        }
        let mut length = [0; 4];
        length.copy_from_slice(&wire.take(4));
        let length = i32::from_be_bytes(length);
        let limit = limit.map_or(LARGEST, |limit| limit as usize);
        let Some(wanted) = usize::try_from(length).ok().filter(|length| *length <= limit) else {
            return Err(Problem::too_long(i64::from(length), limit as i64));
        };
        while wire.ahead().len() < wanted {
            if !wire.more().await.map_err(failed)? {
                return Err(cut());
            }
        }
        Ok(Some(wire.take(wanted)))
    }

    /// An XML document.
    async fn document(&self, wire: &mut Wire, to_end: bool) -> Result<Option<Bytes>, Problem> {
        if wire.ahead().is_empty() && !self.more(wire).await? {
            return Ok(None);
        }
        loop {
            let next = wire.ahead().get(1..).and_then(|rest| memchr::memmem::find(rest, XML_START));
            if let Some(at) = next {
                return Ok(Some(wire.take(at + 1)));
            }
            within_limit(wire)?;
            let more = if to_end { self.more(wire).await? } else { self.tolerated(wire.more_at_once())? };
            if !more {
                return Ok(whole(wire));
            }
        }
    }
}

/// All that came.
fn whole(wire: &mut Wire) -> Option<Bytes> {
    let all = wire.take(usize::MAX);
    (!all.is_empty()).then_some(all)
}

/// Whether there is room for more: always, or it is an error.
fn within_limit(wire: &Wire) -> Result<bool, Problem> {
    match wire.ahead().len() {
        length if length > LARGEST => Err(Problem::too_long(length as i64, LARGEST as i64)),
        _ => Ok(true),
    }
}

fn cut() -> Problem {
    Problem::connectivity("Socket read operation failed: the connection ended within a message.")
}

fn inconsistent() -> Problem {
    Problem::protocol(
        "You are not using a consistent protocol on your TCP transport. Please read the documentation for the TCP \
         transport, paying particular attention to the protocol parameter.",
    )
}
