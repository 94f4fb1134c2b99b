//! Objects, with the namespaces that their names need.

use super::Writer;
use crate::diag::Fault;
use crate::format::dw::names::write_name;
use crate::format::held::{Held, Member, members, own_members};
use crate::value::{Object, QName};

impl Writer<'_> {
    pub(super) fn header(&mut self) {
        if self.scope.declarations().is_empty() {
            return;
        }
        self.add("%dw 2.0\n");
        self.declarations(0, 0);
        self.add("---\n");
    }

    /// The declarations from the given one on, a line each.
    fn declarations(&mut self, from: usize, level: usize) {
        let indent = self.indent.repeat(level);
        let lines = self.scope.declarations()[from..].iter().map(|d| format!("{indent}ns {} {}\n", d.prefix, d.uri));
        let lines: String = lines.collect();
        self.add(&lines);
    }

    pub(super) fn shared_object(&mut self, object: &Object, level: usize) -> Result<(), Fault> {
        let attributes = object.iter().filter_map(|pair| pair.attributes);
        let outer = self.scope.enter(names_of(object.shape().names(), attributes));
        self.object(outer, object.is_empty(), members(object), level)
    }

    pub(super) fn own_object(&mut self, object: Object, level: usize) -> Result<(), Fault> {
        let (shape, attributes, values) = object.into_parts();
        let outer = self.scope.enter(names_of(shape.names(), attributes.iter().flatten()));
        self.object(outer, values.is_empty(), own_members(&shape, &attributes, values), level)
    }

    /// An object, within a `do` that declares the namespaces it brings; `outer` is the scope it stands in.
    fn object<'v>(
        &mut self,
        outer: usize,
        is_empty: bool,
        members: impl Iterator<Item = Member<'v>>,
        level: usize,
    ) -> Result<(), Fault> {
        if is_empty {
            self.add("{}");
            return Ok(());
        }
        if self.scope.declarations().len() == outer {
            return self.members(members, level);
        }
        // A URI ends with its line, whatever the indentation.
        self.add("do {\n");
        self.declarations(outer, level + 1);
        self.add(&self.indent.repeat(level + 1));
        self.add("---\n");
        self.add(&self.indent.repeat(level + 1));
        self.members(members, level + 1)?;
        self.new_line(level);
        self.add("}");
        self.scope.leave(outer);
        Ok(())
    }

    fn members<'v>(&mut self, members: impl Iterator<Item = Member<'v>>, level: usize) -> Result<(), Fault> {
        self.add("{");
        let mut written = 0;
        for member in members.take(self.limit) {
            self.add(if written == 0 { "" } else { "," });
            self.new_line(level + 1);
            self.name(member.name);
            self.attributes(member.attributes, level + 1)?;
            self.add(": ");
            self.value(member.value, level + 1)?;
            self.sink.relieve()?;
            written += 1;
        }
        self.close("}", written, level);
        Ok(())
    }

    fn attributes(&mut self, attributes: Option<&Object>, level: usize) -> Result<(), Fault> {
        let Some(attributes) = attributes else { return Ok(()) };
        self.add(" @(");
        for (i, pair) in attributes.iter().enumerate() {
            self.add(if i == 0 { "" } else { ", " });
            self.name(pair.name);
            self.add(": ");
            self.value(Held::Shared(pair.value), level)?;
        }
        self.add(")");
        Ok(())
    }

    fn name(&mut self, name: &QName) {
        let prefix = name.ns.as_ref().and_then(|ns| self.scope.prefix(&ns.uri));
        let buffer = self.sink.buffer();
        if let Some(prefix) = prefix {
            buffer.extend_from_slice(prefix.as_bytes());
            buffer.push(b'#');
        }
        write_name(&name.local, buffer);
    }
}

/// The names of an object's keys and of their attributes.
fn names_of<'v>(keys: &'v [QName], attributes: impl Iterator<Item = &'v Object>) -> impl Iterator<Item = &'v QName> {
    keys.iter().chain(attributes.flat_map(|object| object.shape().names()))
}
