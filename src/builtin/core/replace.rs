//! Replacing in texts: `replace` gives a function that `with` calls.

use super::pattern::{groups, pattern};
use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::ty::Simple;
use crate::value::{Callable, Function, Regex, Signature, Str, Type, Value, coerce, limit};
use std::ops::Range;
use std::sync::{Arc, LazyLock};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::replaceMatches", body: replace_matches },
    Native { key: "core::replaceText", body: replace_text },
];

/// What is looked for.
enum Wanted {
    Pattern(Arc<Regex>),
    Text(Str),
}

/// A text and what is to be replaced in it. Called with the replacer, it gives the new text.
struct Replacement {
    text: Str,
    wanted: Wanted,
}

fn replace_matches(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let wanted = Wanted::Pattern(pattern(&args, 1)?.clone());
    Ok(Value::Function(Function::new(Replacement { text: args.text(0)?.clone(), wanted })))
}

fn replace_text(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let wanted = Wanted::Text(args.text(1)?.clone());
    Ok(Value::Function(Function::new(Replacement { text: args.text(0)?.clone(), wanted })))
}

impl Callable for Replacement {
    fn signature(&self) -> &Signature {
        static SIGNATURE: LazyLock<Signature> = LazyLock::new(|| Signature {
            params: vec![("replacer".to_string(), Type::Function(None), false)],
            result: Type::Simple(Simple::String),
        });
        &SIGNATURE
    }

    fn call(&self, args: &mut [Value]) -> Result<Value, Fault> {
        match args.first().map(Value::bare) {
            Some(Value::Function(replacer)) => self.replaced(replacer).map(Value::from),
            _ => Err(Fault::new(Code::NoOverload, "what `replace` gives is called with a function")
                .help("write `text replace matcher with \"…\"`")),
        }
    }

    fn default_of(&self, _: usize) -> Option<Result<Value, Fault>> {
        None
    }
}

impl Replacement {
    fn replaced(&self, replacer: &Function) -> Result<String, Fault> {
        let new = String::with_capacity(self.text.len());
        let mut rewriting = Rewriting { text: &self.text, replacer, new, from: 0, count: 0 };
        match &self.wanted {
            Wanted::Pattern(pattern) => {
                for found in pattern.matches(&self.text) {
                    let found = found?;
                    rewriting.replace(found.range(), groups(&found))?;
                }
            }
            Wanted::Text(wanted) => {
                for (at, part) in self.text.match_indices(wanted.as_str()) {
                    rewriting.replace(at..at + part.len(), Value::array(vec![part.into()]))?;
                }
            }
        }
        Ok(rewriting.finish())
    }
}

/// A text that is written anew from left to right.
struct Rewriting<'a> {
    text: &'a str,
    replacer: &'a Function,
    new: String,
    /// Where the part starts that is not copied yet.
    from: usize,
    /// How many parts were replaced.
    count: usize,
}

impl Rewriting<'_> {
    fn replace(&mut self, range: Range<usize>, groups: Value) -> Result<(), Fault> {
        let new = self.replacer.call(&mut [groups, Value::count(self.count)])?;
        self.new.push_str(&self.text[self.from..range.start]);
        self.new.push_str(&coerce::to_text(&new)?);
        limit::text(self.new.len())?;
        self.from = range.end;
        self.count += 1;
        Ok(())
    }

    fn finish(mut self) -> String {
        self.new.push_str(&self.text[self.from..]);
        self.new
    }
}
