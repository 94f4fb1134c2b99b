//! Chains of operators: precedence over what the grammar left flat.

use super::{Builder, Cursor, unexpected};
use crate::diag::Fault;
use crate::syntax::ast::{BinaryOp, Expr, ExprKind, Path, UnaryOp};
use crate::syntax::grammar::Rule;
use crate::text::Span;
use pest::iterators::Pair;

/// How tightly an operator binds, loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// Infix calls, `++`, `--`, `<~`, `default`, `match`, `update`.
    Call,
    Or,
    And,
    Equality,
    Relation,
    Sum,
    Product,
    Cast,
    /// Tighter than every operator.
    Operand,
}

impl Level {
    /// The level of the right operand of an operator that groups to the left.
    fn tighter(self) -> Level {
        match self {
            Level::Call => Level::Or,
            Level::Or => Level::And,
            Level::And => Level::Equality,
            Level::Equality => Level::Relation,
            Level::Relation => Level::Sum,
            Level::Sum => Level::Product,
            Level::Product => Level::Cast,
            Level::Cast | Level::Operand => Level::Operand,
        }
    }
}

/// What a pair after an operand says.
fn level_and_op(pair: &Pair<'_, Rule>) -> (Level, Option<BinaryOp>) {
    use BinaryOp::*;
    if pair.as_rule() == Rule::cast {
        return (if pair.as_str().starts_with("as") { Level::Cast } else { Level::Relation }, None);
    }
    let (level, op) = match pair.as_str() {
        "or" => (Level::Or, Or),
        "and" => (Level::And, And),
        "==" => (Level::Equality, Equal),
        "!=" => (Level::Equality, NotEqual),
        "~=" => (Level::Equality, Similar),
        "<" => (Level::Relation, Less),
        ">" => (Level::Relation, Greater),
        "<=" => (Level::Relation, LessEqual),
        ">=" => (Level::Relation, GreaterEqual),
        "+" => (Level::Sum, Add),
        "-" => (Level::Sum, Subtract),
        ">>" => (Level::Sum, ShiftRight),
        "<<" => (Level::Sum, ShiftLeft),
        "*" => (Level::Product, Multiply),
        "/" => (Level::Product, Divide),
        _ => return (Level::Call, None),
    };
    (level, Some(op))
}

impl Builder<'_> {
    /// An `expr`, or the `guard` of a case.
    pub(super) fn expression(&mut self, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = self.span(&pair);
        let mut cursor = Cursor::new(pair);
        let links = cursor.links();
        self.nested(span, links, |builder| builder.climb(&mut cursor, Level::Call))
    }

    /// Everything to the right that binds at least as tightly as `least`.
    fn climb(&mut self, cursor: &mut Cursor<'_>, least: Level) -> Result<Expr, Fault> {
        let mut left = self.prefixed(cursor)?;
        while let Some(next) = cursor.peek() {
            let (level, op) = level_and_op(next);
            if level < least {
                break;
            }
            let operator = cursor.next()?;
            left = match operator.as_rule() {
                Rule::cast => self.cast(left, operator)?,
                Rule::match_block => self.match_block(left, operator)?,
                Rule::update_block => self.update_block(left, operator)?,
                Rule::symbol | Rule::infix => {
                    let right = self.climb(cursor, level.tighter())?;
                    self.infix(left, &operator, op, right)
                }
                _ => return Err(unexpected(&operator)),
            };
        }
        Ok(left)
    }

    fn infix(&self, left: Expr, operator: &Pair<'_, Rule>, op: Option<BinaryOp>, right: Expr) -> Expr {
        let span = left.span.to(right.span);
        let (left, right) = (Box::new(left), Box::new(right));
        let kind = match (op, operator.as_str()) {
            (Some(op), _) => ExprKind::Binary { op, left, right },
            (None, "default") => ExprKind::Default { left, right },
            (None, "++" | "--" | "<~") => {
                let name = self.ident(operator);
                let span = name.span;
                ExprKind::Infix { left, function: Path { parts: vec![name], span }, right }
            }
            (None, _) => ExprKind::Infix { left, function: self.path(operator), right },
        };
        Expr { kind, span }
    }

    fn cast(&mut self, value: Expr, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let mut cursor = Cursor::new(pair);
        let word = cursor.next()?;
        let ty = self.type_expr(cursor.next()?)?;
        let span = value.span.to(ty.span);
        let value = Box::new(value);
        let kind = if word.as_str() == "as" { ExprKind::As { value, ty } } else { ExprKind::Is { value, ty } };
        Ok(Expr { kind, span })
    }

    /// An operand with the operators before it. `not` and `-` take everything to their right up to `or`.
    fn prefixed(&mut self, cursor: &mut Cursor<'_>) -> Result<Expr, Fault> {
        let mut signs = Vec::new();
        while let Some(prefix) = cursor.take(Rule::prefix) {
            let op = if prefix.as_str() == "-" { UnaryOp::Minus } else { UnaryOp::Not };
            signs.push((op, self.span(&prefix)));
        }
        if signs.is_empty() {
            return match cursor.take(Rule::bang) {
                Some(bang) => Ok(unary(UnaryOp::Bang, self.span(&bang), self.operand(cursor)?)),
                None => self.operand(cursor),
            };
        }
        if let Some((UnaryOp::Minus, span)) = signs.last()
            && cursor.rule() == Some(Rule::number)
        {
            self.complain(*span, "a literal minus must touch its number", "write `-4`, without white space");
        }
        let operand = self.climb(cursor, Level::Or)?;
        Ok(signs.into_iter().rev().fold(operand, |operand, (op, span)| unary(op, span, operand)))
    }
}

fn unary(op: UnaryOp, start: Span, operand: Expr) -> Expr {
    let span = start.to(operand.span);
    Expr { kind: ExprKind::Unary { op, operand: Box::new(operand) }, span }
}
