//! What stands in `sockets:request-config` and `sockets:listener-config`.

use super::{ListenerConfig, RequestConfig};
use crate::connector::sockets::protocol;
use crate::connector::{reconnection, tls};
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use std::sync::Arc;

const HOST: Attribute = Attribute::required("host", Kind::Text, "The host.");
const PORT: Attribute = Attribute::required("port", Kind::Integer, "The port.");
const SEND_BUFFER: Attribute =
    Attribute::new("sendBufferSize", Kind::Integer, "How many bytes the system keeps that are to be sent.");
const RECEIVE_BUFFER: Attribute =
    Attribute::new("receiveBufferSize", Kind::Integer, "How many bytes the system keeps that came.");
const PACKET: Attribute =
    Attribute::default("receiveBufferSize", Kind::Count, "16384", "How many bytes a packet may have.");
const CLIENT_TIMEOUT: Attribute = Attribute::new(
    "clientTimeout",
    Kind::Integer,
    "How long the other side may be silent, in milliseconds; for ever without it, or with 0.",
);
const REUSE: Attribute =
    Attribute::default("reuseAddress", Kind::Boolean, "true", "Has no effect here: it is always so.");
const NO_DELAY: Attribute =
    Attribute::default("sendTcpNoDelay", Kind::Boolean, "true", "Whether small pieces are sent at once.");
const LINGER: Attribute = Attribute::new("linger", Kind::Integer, "Has no effect here.");
const KEEP_ALIVE: Attribute = Attribute::default(
    "keepAlive",
    Kind::Boolean,
    "false",
    "Has no effect here: connections that break are made anew.",
);
const FAIL_ON_UNRESOLVED: Attribute =
    Attribute::default("failOnUnresolvedHost", Kind::Boolean, "true", "Has no effect here: it is always so.");
const PROTOCOL: Attribute = Attribute::new(
    "protocol",
    Kind::Reference,
    "Where messages begin and end; may stand in the element as well. `sockets:safe-protocol` without it.",
);
const TLS: Attribute =
    Attribute::new("tlsContext", Kind::Reference, "The `tls:context`; may stand in the element as well.");

static POOLING: Spec = Spec {
    name: "pooling-profile",
    doc: "Accepted; as many connections are made as are needed at once, and kept.",
    attributes: &[
        Attribute::new("maxActive", Kind::Integer, "Has no effect here."),
        Attribute::new("maxIdle", Kind::Integer, "Has no effect here."),
        Attribute::new("maxWait", Kind::Integer, "Has no effect here."),
        Attribute::new("minEvictionMillis", Kind::Integer, "Has no effect here."),
        Attribute::new("evictionCheckIntervalMillis", Kind::Integer, "Has no effect here."),
        Attribute::new("exhaustedAction", Kind::Text, "Has no effect here."),
        Attribute::new("initialisationPolicy", Kind::Text, "Has no effect here."),
    ],
    ..Spec::NEW
};

pub(super) static LOCAL: Spec = Spec {
    name: "sockets:local-address-settings",
    doc: "The address on this side; any free one without it.",
    attributes: &[
        Attribute::default("host", Kind::Text, "0.0.0.0", "The address."),
        Attribute::default("port", Kind::Integer, "0", "The port; 0 is any free one."),
    ],
    ..Spec::NEW
};

pub(super) static TCP_REQUESTER: Spec = Spec {
    name: "sockets:tcp-requester-connection",
    doc: "A service over TCP. Connections are kept for the next message.",
    attributes: &[
        HOST,
        PORT,
        Attribute::default(
            "connectionTimeout",
            Kind::Integer,
            "30000",
            "How long connecting may take, in milliseconds.",
        ),
        CLIENT_TIMEOUT,
        SEND_BUFFER,
        RECEIVE_BUFFER,
        REUSE,
        NO_DELAY,
        LINGER,
        KEEP_ALIVE,
        FAIL_ON_UNRESOLVED,
        PROTOCOL,
        TLS,
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &POOLING, occurs: Occurs::Optional },
        Part { spec: &LOCAL, occurs: Occurs::Optional },
        Part { spec: &protocol::HOLDER, occurs: Occurs::Optional },
        Part { spec: &tls::CONTEXT, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

pub(super) static UDP_REQUESTER: Spec = Spec {
    name: "sockets:udp-requester-connection",
    doc: "A service over UDP. A message that is longer than `receiveBufferSize` is sent in pieces of that size.",
    attributes: &[
        HOST,
        PORT,
        CLIENT_TIMEOUT,
        SEND_BUFFER,
        PACKET,
        REUSE,
        Attribute::default("broadcast", Kind::Boolean, "false", "Whether messages may go to all hosts of a network."),
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &POOLING, occurs: Occurs::Optional },
        Part { spec: &LOCAL, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

/// `sockets:request-config`
pub static REQUEST: Spec = Spec {
    name: "sockets:request-config",
    doc: "A service that messages are sent to.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[
        Part { spec: &TCP_REQUESTER, occurs: Occurs::Optional },
        Part { spec: &UDP_REQUESTER, occurs: Occurs::Optional },
    ],
    example: r#"<sockets:request-config name="printer">
  <sockets:tcp-requester-connection host="printer.example" port="9100" clientTimeout="5000">
    <reconnection><reconnect count="3" frequency="1000"/></reconnection>
    <sockets:protocol><sockets:direct-protocol/></sockets:protocol>
  </sockets:tcp-requester-connection>
</sockets:request-config>"#,
    make: Make::Global(|node| Arc::new(RequestConfig::of(node))),
    ..Spec::NEW
};

pub(super) static TCP_LISTENER: Spec = Spec {
    name: "sockets:tcp-listener-connection",
    doc: "A socket that takes TCP connections.",
    attributes: &[
        HOST,
        PORT,
        CLIENT_TIMEOUT,
        Attribute::new("serverTimeout", Kind::Integer, "Has no effect here: connections are awaited for ever."),
        Attribute::default("receiveBacklog", Kind::Count, "50", "How many connections may wait to be taken."),
        SEND_BUFFER,
        RECEIVE_BUFFER,
        REUSE,
        NO_DELAY,
        LINGER,
        KEEP_ALIVE,
        FAIL_ON_UNRESOLVED,
        PROTOCOL,
        TLS,
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &protocol::HOLDER, occurs: Occurs::Optional },
        Part { spec: &tls::CONTEXT, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

pub(super) static UDP_LISTENER: Spec = Spec {
    name: "sockets:udp-listener-connection",
    doc: "A socket that takes UDP packets.",
    attributes: &[
        HOST,
        PORT,
        Attribute::new("clientTimeout", Kind::Integer, "Has no effect here: packets are awaited for ever."),
        SEND_BUFFER,
        PACKET,
        REUSE,
        Attribute::default("broadcast", Kind::Boolean, "false", "Whether answers may go to all hosts of a network."),
    ],
    parts: &[reconnection::PART],
    ..Spec::NEW
};

/// `sockets:listener-config`
pub static LISTEN: Spec = Spec {
    name: "sockets:listener-config",
    doc: "A socket that messages come to.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[
        Part { spec: &TCP_LISTENER, occurs: Occurs::Optional },
        Part { spec: &UDP_LISTENER, occurs: Occurs::Optional },
    ],
    example: r#"<sockets:listener-config name="scales">
  <sockets:tcp-listener-connection host="0.0.0.0" port="7000">
    <sockets:protocol><sockets:length-protocol/></sockets:protocol>
  </sockets:tcp-listener-connection>
</sockets:listener-config>"#,
    make: Make::Global(|node| Arc::new(ListenerConfig::of(node))),
    ..Spec::NEW
};
