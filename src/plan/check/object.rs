//! Objects that a script writes down: their types and the mistakes in their keys.

use super::Checker;
use super::infer::Frame;
use super::relate::fits;
use crate::diag::{Code, Fault};
use crate::plan::node::{Entry, Name, Node, Record};
use crate::value::Type;
use crate::value::ty::{self, ObjectType, Simple};
use std::sync::Arc;

impl Checker<'_> {
    pub fn record(&mut self, record: &Record, frame: &mut Frame<'_>) -> Type {
        let names = record.shape.names().iter();
        let fields = names.zip(&record.values).map(|(name, value)| ty::Field {
            name: Some(name.clone()),
            attributes: Vec::new(),
            optional: false,
            repeated: false,
            ty: self.infer(value, frame),
        });
        let fields = fields.collect();
        Type::Object(Arc::new(ObjectType { fields, closed: true, ordered: false }))
    }

    pub fn entries(&mut self, entries: &[Entry], frame: &mut Frame<'_>) {
        for entry in entries {
            match entry {
                Entry::Spread(node) => {
                    self.infer(node, frame);
                }
                Entry::Pair(pair) => {
                    if let Name::Dynamic(name) = &pair.name {
                        self.key(name, frame);
                    }
                    pair.attributes.iter().for_each(|attributes| self.entries(attributes, frame));
                    self.infer(&pair.value, frame);
                    pair.condition.iter().for_each(|c| self.condition(c, frame));
                }
            }
        }
    }

    /// A computed key is text, a number, a Boolean or a Key.
    fn key(&mut self, node: &Node, frame: &mut Frame<'_>) {
        let ty = self.infer(node, frame);
        let kinds = [Simple::String, Simple::Number, Simple::Boolean, Simple::Key].map(Type::Simple);
        if !fits(&ty, &Type::Union(kinds.into())) {
            let fault = Fault::new(Code::Type, format!("`{ty}` cannot be used as a key"));
            self.fault(frame, node.span, fault.help("convert it: `(value as String)`"));
        }
    }
}
