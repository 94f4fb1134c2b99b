//! Objects and keys as bytes. Names of pairs are written once for all objects that share them.

use super::{Decoder, Encoder, damaged};
use crate::diag::Fault;
use crate::value::{Namespace, Object, ObjectBuilder, QName, Shape, depth};
use std::sync::Arc;

const PLAIN: u8 = 0;
const FOLDS_CASE: u8 = 1;

impl Encoder {
    pub(super) fn object(&mut self, object: &Object, level: usize) -> Result<(), Fault> {
        self.shape(object.shape());
        self.presence(object.has_attributes());
        if object.has_attributes() {
            object.iter().try_for_each(|pair| self.attributes(pair.attributes, level))?;
        }
        object.values().iter().try_for_each(|value| self.inner(value, level))
    }

    /// Writes the place of a shape among those written so far; a new one follows.
    fn shape(&mut self, shape: &Arc<Shape>) {
        let next = self.shapes.len() as u64;
        let place = *self.shapes.entry(shape.id()).or_insert(next);
        self.count(place);
        if place == next {
            self.tag(if shape.is_folding_case() { FOLDS_CASE } else { PLAIN });
            self.count(shape.names().len() as u64);
            shape.names().iter().for_each(|name| self.name(name));
        }
    }

    pub(super) fn name(&mut self, name: &QName) {
        self.text(&name.local);
        self.maybe_namespace(name.ns.as_deref());
    }

    pub(super) fn maybe_namespace(&mut self, namespace: Option<&Namespace>) {
        self.presence(namespace.is_some());
        if let Some(namespace) = namespace {
            self.namespace(namespace);
        }
    }

    pub(super) fn namespace(&mut self, namespace: &Namespace) {
        self.text(&namespace.prefix);
        self.text(&namespace.uri);
    }

    pub(super) fn attributes(&mut self, attributes: Option<&Object>, level: usize) -> Result<(), Fault> {
        depth::check(level + 1)?;
        self.presence(attributes.is_some());
        attributes.map_or(Ok(()), |attributes| depth::with_stack(|| self.object(attributes, level + 1)))
    }
}

impl Decoder<'_> {
    pub(super) fn object(&mut self, level: usize) -> Result<Object, Fault> {
        let shape = self.shape()?;
        if !self.is_present()? {
            let values = shape.names().iter().map(|_| self.inner(level)).collect::<Result<_, _>>()?;
            return Ok(Object::of_shape(shape, values));
        }
        let mut attributes = Vec::new();
        for _ in shape.names() {
            attributes.push(self.attributes(level)?);
        }
        let mut object = ObjectBuilder::expecting(shape.clone());
        for (name, attributes) in shape.names().iter().zip(attributes) {
            let value = self.inner(level)?;
            object.pair(name.clone(), attributes, value);
        }
        Ok(object.build())
    }

    fn shape(&mut self) -> Result<Arc<Shape>, Fault> {
        let place = usize::try_from(self.count()?).unwrap_or(usize::MAX);
        if let Some(known) = self.shapes.get(place) {
            return Ok(known.clone());
        }
        if place != self.shapes.len() {
            return Err(damaged("an object whose names are not there"));
        }
        let folds = self.tag()?;
        let length = self.length()?;
        let names = (0..length).map(|_| self.name()).collect::<Result<_, _>>()?;
        let shape = match folds {
            PLAIN => Shape::new(names),
            FOLDS_CASE => Shape::folding_case(names),
            _ => return Err(damaged("an object of no known kind")),
        };
        self.shapes.push(shape.clone());
        Ok(shape)
    }

    pub(super) fn name(&mut self) -> Result<QName, Fault> {
        let local = self.text()?;
        let ns = self.maybe_namespace()?;
        Ok(QName { local, ns })
    }

    pub(super) fn maybe_namespace(&mut self) -> Result<Option<Arc<Namespace>>, Fault> {
        if self.is_present()? { self.namespace().map(Some) } else { Ok(None) }
    }

    pub(super) fn namespace(&mut self) -> Result<Arc<Namespace>, Fault> {
        Ok(Arc::new(Namespace { prefix: self.text()?, uri: self.text()? }))
    }

    pub(super) fn attributes(&mut self, level: usize) -> Result<Option<Object>, Fault> {
        depth::check(level + 1)?;
        match self.is_present()? {
            true => depth::with_stack(|| self.object(level + 1)).map(Some),
            false => Ok(None),
        }
    }
}
