//! `ee:cache`, its strategies, and what takes entries away again.

use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Stored, Typed};
use crate::flow::exec::{Chain, Digest, Locks, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::flow::store::{Limits, MemoryStore, Store};
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

const KEY: Attribute = Attribute::new(
    "keyGenerationExpression",
    Kind::Script,
    "What messages with the same answer have in common; without it, a digest of the payload.",
);
const STRATEGY_REF: Attribute =
    Attribute::required("cachingStrategy-ref", Kind::Reference, "The `ee:object-store-caching-strategy`.");

/// `ee:cache`
pub static CACHE: Spec = Spec {
    name: "ee:cache",
    doc: "Runs its processors once for messages that are alike, and answers the later ones with what came out then: its \
          payload and attributes. Variables stay those of the event; failures are not remembered.",
    attributes: &[
        Attribute::new(
            "cachingStrategy-ref",
            Kind::Reference,
            "The `ee:object-store-caching-strategy`; without it, answers stay in memory, the latest 4000 of them.",
        ),
        Attribute::new(
            "filterExpression",
            Kind::Script,
            "Whether the message may be answered from the cache; where it is false, the processors run and nothing is \
             remembered.",
        ),
    ],
    body: Body::Processors,
    example: r##"<ee:cache cachingStrategy-ref="by-city" filterExpression="#[vars.fresh != true]">
  <flow-ref name="ask-for-weather"/>
</ee:cache>"##,
    make: Make::Processor(|node| Box::new(Cache::of(node))),
    ..Spec::NEW
};

/// `ee:object-store-caching-strategy`
pub static STRATEGY: Spec = Spec {
    name: "ee:object-store-caching-strategy",
    doc: "How caches tell messages apart, and the object store that keeps the answers: the one that is named, one inside of \
          the element, or else one in memory for the latest 4000 answers.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        KEY,
        Attribute::default(
            "synchronized",
            Kind::Boolean,
            "true",
            "Whether messages that are alike wait for the first of them to be answered.",
        ),
        Attribute::new("objectStore", Kind::Reference, "The object store that keeps the answers."),
        Attribute::new("keyGenerator-ref", Kind::Text, "A Java class, which cannot run here."),
        Attribute::new("responseGenerator-ref", Kind::Text, "A Java class, which cannot run here."),
    ],
    parts: &[Part { spec: &SIMPLE, occurs: Occurs::Optional }, Part { spec: &SERIALIZABLE, occurs: Occurs::Optional }],
    body: Body::Global,
    example: r##"<ee:object-store-caching-strategy name="by-city" keyGenerationExpression="#[payload.city]">
  <os:private-object-store alias="weather" entryTtl="10" entryTtlUnit="MINUTES"/>
</ee:object-store-caching-strategy>"##,
    make: Make::Global(|node| Arc::new(Strategy::of(node))),
    ..Spec::NEW
};

static SIMPLE: Spec = Spec {
    name: "ee:simple-event-copy-strategy",
    doc: "Has no effect here: what is remembered never changes.",
    ..Spec::NEW
};

static SERIALIZABLE: Spec = Spec {
    name: "ee:serializable-event-copy-strategy",
    doc: "Has no effect here: what is remembered never changes.",
    ..Spec::NEW
};

/// `ee:invalidate-key`
pub static INVALIDATE_KEY: Spec = Spec {
    name: "ee:invalidate-key",
    doc: "Forgets the answer to a message.",
    attributes: &[STRATEGY_REF, KEY],
    example: r##"<ee:invalidate-key cachingStrategy-ref="by-city" keyGenerationExpression="#[payload.city]"/>"##,
    make: Make::Processor(|node| {
        Box::new(Invalidate { strategy: node.global("cachingStrategy-ref"), key: Some(key(node)) })
    }),
    ..Spec::NEW
};

/// `ee:invalidate-cache`
pub static INVALIDATE_CACHE: Spec = Spec {
    name: "ee:invalidate-cache",
    doc: "Forgets all answers.",
    attributes: &[STRATEGY_REF],
    example: r#"<ee:invalidate-cache cachingStrategy-ref="by-city"/>"#,
    make: Make::Processor(|node| Box::new(Invalidate { strategy: node.global("cachingStrategy-ref"), key: None })),
    ..Spec::NEW
};

/// How caches tell messages apart, and what keeps the answers.
struct Strategy {
    key: Option<Expression>,
    store: Arc<dyn Store>,
    locks: Option<Locks>,
}

/// How many answers stay in memory.
const IN_MEMORY: Limits = Limits { time_to_live: None, max_entries: Some(4000), interval: Duration::from_secs(1) };

impl Strategy {
    fn of(node: &Node<'_>) -> Self {
        for attribute in ["keyGenerator-ref", "responseGenerator-ref"] {
            if node.has(attribute) {
                let fault =
                    Fault::new(Code::Configuration, format!("`{attribute}` names a Java class, which cannot run here"));
                node.refuse(attribute, fault.help("write the key as a `keyGenerationExpression`"));
            }
        }
        Self {
            key: key(node),
            store: node.store("objectStore").unwrap_or_else(|| Arc::new(MemoryStore::new(IN_MEMORY))),
            locks: node.boolean("synchronized").then(Locks::default),
        }
    }

    /// A strategy for a cache that names none.
    fn in_memory() -> Self {
        Self { key: None, store: Arc::new(MemoryStore::new(IN_MEMORY)), locks: Some(Locks::default()) }
    }

    /// What the message of an event has in common with others that get the same answer.
    fn key(&self, own: Option<&Expression>, event: &Event) -> Result<String, Error> {
        let Some(expression) = own.or(self.key.as_ref()) else {
            let digest = Digest::Sha256.of(&event.message.payload);
            return digest.map_err(|fault| Error::expression("payload", fault.into()));
        };
        let key = expression.text(event)?;
        key.ok_or_else(|| Error::mule("EXPRESSION", format!("the key of the cache is null: {}", expression.source())))
    }

    async fn find(&self, key: &str) -> Result<Option<Message>, Fault> {
        let Some(found) = self.store.get(key).await? else { return Ok(None) };
        match found.read()?.bare() {
            Value::Binary(bytes) => Message::from_stored(bytes).map(Some),
            _ => Ok(None),
        }
    }

    /// Remembers an answer, unless it is one that cannot be kept: the event goes on with it all the same.
    async fn remember(&self, key: &str, answer: &Message) -> Result<(), Fault> {
        match answer.to_stored() {
            Ok(bytes) => self.store.put(key, Typed::value(Value::Binary(Arc::new(bytes)))).await,
            Err(fault) => {
                tracing::debug!("the cache does not keep the answer for '{key}': {fault}");
                Ok(())
            }
        }
    }
}

impl Global for Strategy {}

fn key(node: &Node<'_>) -> Option<Expression> {
    node.has(KEY.name).then(|| node.script(KEY.name)).flatten()
}

/// A store that cannot be asked.
fn unavailable(fault: Fault) -> Error {
    Error::mule("UNKNOWN", format!("the cache cannot be used: {fault}"))
}

struct Cache {
    chain: Chain,
    strategy: Arc<Strategy>,
    filter: Option<Expression>,
}

impl Cache {
    fn of(node: &Node<'_>) -> Self {
        let named = node.has("cachingStrategy-ref").then(|| node.global("cachingStrategy-ref")).flatten();
        Self {
            chain: node.chain(),
            strategy: named.unwrap_or_else(|| Arc::new(Strategy::in_memory())),
            filter: node.has("filterExpression").then(|| node.script("filterExpression")).flatten(),
        }
    }
}

impl Processor for Cache {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let applies = self.filter.as_ref().map_or(Ok(true), |filter| filter.boolean(event))?;
            if !applies {
                return self.chain.run(event).await;
            }
            let strategy = &self.strategy;
            let key = strategy.key(None, event)?;
            let _turn = match &strategy.locks {
                Some(locks) => Some(locks.lock(&key).await),
                None => None,
            };
            if let Some(answer) = strategy.find(&key).await.map_err(unavailable)? {
                event.message = answer;
                return Ok(());
            }
            self.chain.run(event).await?;
            strategy.remember(&key, &event.message).await.map_err(unavailable)
        })
    }
}

struct Invalidate {
    strategy: Option<Arc<Strategy>>,
    /// The key of its own, where one answer is meant; `None` where all are.
    key: Option<Option<Expression>>,
}

impl Processor for Invalidate {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(strategy) = &self.strategy else { return Ok(()) };
            let forgotten = match &self.key {
                Some(own) => strategy.store.remove(&strategy.key(own.as_ref(), event)?).await.map(drop),
                None => strategy.store.clear().await,
            };
            forgotten.map_err(unavailable)
        })
    }
}
