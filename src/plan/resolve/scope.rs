//! Names in scope while a function is planned: blocks of names, frames of slots, and what lambdas capture.

use crate::plan::function::{Function, SetRef};
use crate::plan::module::{Import, TypeDeclaration};
use crate::plan::node::{Kind, Node};
use crate::text::Span;
use crate::value::{Namespace, Signature, Type};
use std::sync::Arc;

/// A variable's home: how many functions further out its frame is, counted from the outermost, and its slot there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::plan) struct Origin {
    pub level: usize,
    pub slot: u32,
}

/// What a name stands for inside a function.
#[derive(Clone, Debug)]
pub(super) enum Binding {
    /// A variable in a slot.
    Slot(u32),
    /// A `@Lazy` variable: the slot holds what computes it.
    Lazy(u32),
    /// A variable that is not computed yet.
    Pending(u32),
    /// Functions declared in a `do`.
    Functions(Arc<Functions>),
    /// A namespace.
    Namespace(Arc<Namespace>),
    /// A declared type.
    Type(Arc<TypeDeclaration>),
}

/// A set of overloads as planning sees it, known before the bodies are.
#[derive(Debug)]
pub(in crate::plan) struct Functions {
    /// The declared name.
    pub name: String,
    /// Where the planned set will be.
    pub set: SetRef,
    /// The heads of the overloads.
    pub signatures: Vec<Signature>,
    /// Whether it is a library variable: to read it is to call it.
    pub constant: bool,
    /// Whether it is told the place of its argument in place of the argument itself.
    pub asks_place: bool,
    /// What it captures, if it was declared in a `do`.
    pub group: Option<Arc<Group>>,
    /// The variables of the same `do` that it reads, itself or through other functions.
    pub needs: Vec<Origin>,
}

/// What all functions declared in one `do` take along, and where that `do` stands.
#[derive(Debug)]
pub(in crate::plan) struct Group {
    /// The function that contains the `do`.
    pub level: usize,
    /// Captured variables, in the order of the captures.
    pub captures: Vec<Origin>,
}

/// A block of names.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub names: Vec<(String, Binding)>,
    pub types: Vec<(String, Type)>,
    pub imports: Vec<Import>,
}

/// A function being planned.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub blocks: Vec<Block>,
    /// The captured variables so far, each with the node that reads it in the function around.
    pub captures: Vec<(Origin, Node)>,
    /// For a function declared in a `do`, its captures are settled.
    pub group: Option<Arc<Group>>,
    /// The function's own set, if it can call itself in a loop.
    pub own: Option<SetRef>,
    /// Whether it does.
    pub loops: bool,
    /// Whether it also calls itself elsewhere than in tail position.
    pub recurses: bool,
    /// Whether it is the script's body, whose first slots are the inputs.
    pub main: bool,
    /// Which of the first slots are read.
    pub read: u64,
    /// The functions declared below the variable whose value is being planned.
    pub below: Vec<String>,
    next: u32,
    slots: u32,
}

impl Level {
    /// A declared function: it may call itself in a loop, and one of a `do` has the captures of its group.
    pub fn declared(own: Option<SetRef>, group: Option<Arc<Group>>) -> Self {
        Self { own, group, ..Self::default() }
    }

    /// The script's body.
    pub fn main() -> Self {
        Self { main: true, ..Self::default() }
    }

    /// A new slot; it is free again when the block it was made in ends.
    pub fn slot(&mut self) -> u32 {
        let slot = self.next;
        self.next += 1;
        self.slots = self.slots.max(self.next);
        slot
    }

    /// How many slots the frame needs.
    pub fn slots(&self) -> usize {
        self.slots as usize
    }

    /// Gives back slots of parameters that nobody reads, if nothing lies behind them.
    pub fn shrink(&mut self, params: usize, used: usize) {
        if self.slots() == params {
            self.slots = used as u32;
        }
    }

    /// Opens a block; give the mark to [`Level::close`].
    pub fn open(&mut self, block: Block) -> u32 {
        self.blocks.push(block);
        self.next
    }

    /// Ends the innermost block and frees its slots.
    pub fn close(&mut self, mark: u32) {
        self.blocks.pop();
        self.next = mark;
    }

    /// Names something in the innermost block; an earlier binding of the name there is replaced.
    pub fn bind(&mut self, name: &str, binding: Binding) {
        if let Some(block) = self.blocks.last_mut() {
            match block.names.iter_mut().find(|(n, _)| n == name) {
                Some((_, old)) => *old = binding,
                None => block.names.push((name.to_string(), binding)),
            }
        }
    }

    /// A new slot under a name in the innermost block.
    pub fn bind_slot(&mut self, name: &str) -> u32 {
        let slot = self.slot();
        self.bind(name, Binding::Slot(slot));
        slot
    }

    fn find(&self, name: &str) -> Option<&Binding> {
        let mut blocks = self.blocks.iter().rev();
        blocks.find_map(|block| block.names.iter().find(|(n, _)| n == name).map(|(_, binding)| binding))
    }
}

/// The functions being planned, outermost first.
#[derive(Debug, Default)]
pub(super) struct Levels(Vec<Level>);

impl Levels {
    /// Starts a function.
    pub fn push(&mut self, level: Level) {
        self.0.push(level);
    }

    /// Ends the innermost function.
    pub fn pop(&mut self) -> Level {
        self.0.pop().unwrap_or_default()
    }

    /// The number of the innermost function.
    pub fn current(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// Whether a name is that of a function which is not there yet when the innermost function runs.
    pub fn is_below(&self, name: &str) -> bool {
        self.0.last().is_some_and(|level| level.below.iter().any(|below| below == name))
    }

    /// The innermost function; there is one whenever an expression is planned.
    pub fn top(&mut self) -> &mut Level {
        if self.0.is_empty() {
            self.0.push(Level::default());
        }
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// All blocks, innermost first.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.0.iter().rev().flat_map(|level| level.blocks.iter().rev())
    }

    /// What a name stands for, and the function it is bound in.
    pub fn find(&self, name: &str) -> Option<(usize, Binding)> {
        let mut levels = self.0.iter().enumerate().rev();
        levels.find_map(|(number, level)| level.find(name).map(|binding| (number, binding.clone())))
    }

    /// Whether a variable that is not computed yet may be referred to from here: only inside functions of its block,
    /// which take it along when they are called.
    pub fn may_await(&self, origin: Origin) -> bool {
        let inner = self.0.get(origin.level + 1);
        inner.and_then(|level| level.group.as_ref()).is_some_and(|group| group.captures.contains(&origin))
    }

    /// Reads a variable from the innermost function; lambdas on the way capture it.
    pub fn read(&mut self, origin: Origin, span: Span) -> Kind {
        self.read_at(self.current(), origin, span)
    }

    fn read_at(&mut self, level: usize, origin: Origin, span: Span) -> Kind {
        if level <= origin.level {
            if let Some(home) = self.0.get_mut(origin.level) {
                home.read |= 1u64.checked_shl(origin.slot).unwrap_or(0);
            }
            return Kind::Local(origin.slot);
        }
        if let Some(group) = &self.0[level].group {
            let position = group.captures.iter().position(|o| *o == origin);
            return Kind::Captured(position.unwrap_or_default() as u32);
        }
        if let Some(position) = self.0[level].captures.iter().position(|(o, _)| *o == origin) {
            return Kind::Captured(position as u32);
        }
        let node = Node { kind: self.read_at(level - 1, origin, span), span };
        let captures = &mut self.0[level].captures;
        captures.push((origin, node));
        Kind::Captured(captures.len() as u32 - 1)
    }

    /// Whether a variable is not computed yet at this point of its block.
    pub fn is_pending(&self, origin: Origin) -> bool {
        let Some(level) = self.0.get(origin.level) else { return false };
        let mut names = level.blocks.iter().flat_map(|block| block.names.iter());
        names.any(|(_, binding)| matches!(binding, Binding::Pending(slot) if *slot == origin.slot))
    }

    /// Whether the outermost function is the script's body.
    pub fn in_main(&self) -> bool {
        self.0.first().is_some_and(|level| level.main)
    }

    /// Whether the innermost function is one of this group, or inside of one.
    pub fn is_inside(&self, functions: &Functions) -> bool {
        let Some(group) = &functions.group else { return false };
        let inner = self.0.get(group.level + 1).and_then(|level| level.group.as_ref());
        inner.is_some_and(|own| Arc::ptr_eq(own, group))
    }

    /// Whether the innermost function belongs to this group, and so has the same captures.
    pub fn is_in(&self, group: &Arc<Group>) -> bool {
        self.0.last().and_then(|level| level.group.as_ref()).is_some_and(|own| Arc::ptr_eq(own, group))
    }
}

/// A planned function with the nodes that compute its captures.
pub(super) struct Planned {
    pub function: Function,
    pub captures: Vec<Node>,
    /// Whether it calls itself elsewhere than in tail position.
    pub recurses: bool,
}
