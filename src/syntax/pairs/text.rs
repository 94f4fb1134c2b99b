//! String literals: escapes and interpolation; and regular expressions.

use super::{Builder, Cursor, unexpected};
use crate::diag::Fault;
use crate::syntax::ast::{ArrayItem, Expr, ExprKind, Path, StringPart};
use crate::syntax::grammar::Rule;
use crate::text::Span;
use pest::iterators::Pair;

/// Text in the making: a `\u` escape may be the first half of a pair of surrogates.
#[derive(Default)]
struct Text {
    text: String,
    high: Option<u16>,
}

impl Text {
    /// A half without its other half cannot be kept in UTF-8.
    fn settle(&mut self) {
        if self.high.take().is_some() {
            self.text.push(char::REPLACEMENT_CHARACTER);
        }
    }

    fn push_str(&mut self, text: &str) {
        if !text.is_empty() {
            self.settle();
            self.text.push_str(text);
        }
    }

    fn push_unit(&mut self, unit: u16) {
        let pending = self.high.take();
        let units = pending.into_iter().chain([unit]);
        let mut decoded = char::decode_utf16(units);
        match (pending, decoded.next(), decoded.next()) {
            (_, Some(Ok(c)), None) => self.text.push(c),
            (None, ..) if (0xD800..0xDC00).contains(&unit) => self.high = Some(unit),
            (None, ..) => self.text.push(char::REPLACEMENT_CHARACTER),
            (Some(_), ..) => {
                self.text.push(char::REPLACEMENT_CHARACTER);
                self.push_unit(unit);
            }
        }
    }

    fn take(&mut self) -> Option<StringPart> {
        self.settle();
        let text = std::mem::take(&mut self.text);
        if text.is_empty() { None } else { Some(StringPart::Text(text)) }
    }
}

impl Builder<'_> {
    /// `string` or `template`.
    pub(super) fn string(&mut self, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = self.span(&pair);
        let quote = pair.as_str().chars().next().unwrap_or('"');
        let mut parts = Vec::new();
        let mut text = Text::default();
        for piece in pair.into_inner() {
            match piece.as_rule() {
                Rule::text_double | Rule::text_single | Rule::text_backtick => text.push_str(piece.as_str()),
                Rule::escape => self.escape(&piece, quote, &mut text),
                _ => {
                    parts.extend(text.take());
                    parts.push(StringPart::Expr(self.interpolated(piece)?));
                }
            }
        }
        parts.extend(text.take());
        Ok(Expr { kind: ExprKind::String(parts), span })
    }

    /// The two arguments of a call with a template: a list of n + 1 texts and the list of the n values between them.
    pub(super) fn template(&mut self, pair: Pair<'_, Rule>) -> Result<[Expr; 2], Fault> {
        let string = self.string(pair)?;
        let span = string.span;
        let ExprKind::String(parts) = string.kind else { return Err(Fault::internal("a template is a string")) };
        let (mut texts, mut values) = (vec![Vec::new()], Vec::new());
        for part in parts {
            match (part, texts.last_mut()) {
                (StringPart::Expr(value), _) => {
                    values.push(value);
                    texts.push(Vec::new());
                }
                (text, Some(last)) => last.push(text),
                (_, None) => {}
            }
        }
        let texts = texts.into_iter().map(|text| Expr { kind: ExprKind::String(text), span }).collect();
        Ok([list(texts, span), list(values, span)])
    }

    fn interpolated(&mut self, piece: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = self.span(&piece);
        match piece.as_rule() {
            Rule::dollar => Ok(Expr { kind: ExprKind::Dollar(piece.as_str().len()), span }),
            Rule::interpolated_name => {
                let name = self.ident(&Cursor::new(piece).next()?);
                let span = name.span;
                Ok(Expr { kind: ExprKind::Name(Path { parts: vec![name], span }), span })
            }
            Rule::interpolation => self.expression(Cursor::new(piece).next()?),
            _ => Err(unexpected(&piece)),
        }
    }

    /// An escape that is none keeps its backslash.
    fn escape(&mut self, piece: &Pair<'_, Rule>, quote: char, text: &mut Text) {
        let written = piece.as_str();
        let after = written[1..].chars().next().unwrap_or('\\');
        match (after, u16::from_str_radix(written.get(2..).unwrap_or(""), 16)) {
            ('u', Ok(unit)) => text.push_unit(unit),
            ('u', Err(_)) => {
                let help = "write a backslash as `\\\\` if the text is to have one";
                self.complain(self.span(piece), "`\\u` needs four hexadecimal digits", help);
            }
            ('n', _) => text.push_str("\n"),
            ('t', _) => text.push_str("\t"),
            ('r', _) => text.push_str("\r"),
            ('b', _) => text.push_str("\u{8}"),
            ('f', _) => text.push_str("\u{C}"),
            ('\\' | '/' | '$', _) => text.push_str(&written[1..]),
            (c, _) if c == quote => text.push_str(&written[1..]),
            _ => text.push_str(written),
        }
    }
}

fn list(values: Vec<Expr>, span: Span) -> Expr {
    let items = values.into_iter().map(|value| ArrayItem { value, condition: None }).collect();
    Expr { kind: ExprKind::Array(items), span }
}

/// The pattern between the slashes of a regular expression, with `\/` read as `/`.
pub(super) fn pattern(literal: &str) -> String {
    literal[1..literal.len() - 1].replace("\\/", "/")
}
