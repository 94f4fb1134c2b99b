//! What operators take, as far as types tell before anything runs.

use super::relate::{is_temporal, literal_base, members, resolve};
use super::unknown::unknown;
use crate::diag::{Code, Fault};
use crate::syntax::ast::BinaryOp;
use crate::value::Type;
use crate::value::ty::Simple;

/// What an operator sees of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Unknown,
    Array,
    Object,
    Function,
    Simple(Simple),
}

/// The type of `left op right`; `None` if the operator cannot take them.
pub fn result(op: BinaryOp, left: &Type, right: &Type) -> Option<Type> {
    let takes = members(left).iter().all(|l| members(right).iter().all(|r| takes(op, sort(l), sort(r))));
    takes.then(|| result_type(op, left, right))
}

fn sort(ty: &Type) -> Sort {
    match resolve(ty) {
        Type::Simple(Simple::Comparable | Simple::Iterator) => Sort::Unknown,
        Type::Simple(Simple::Range) | Type::Array(_) => Sort::Array,
        Type::Simple(Simple::CData | Simple::Enum) => Sort::Simple(Simple::String),
        Type::Simple(simple) => Sort::Simple(simple),
        Type::Object(_) => Sort::Object,
        Type::Function(_) => Sort::Function,
        Type::Literal(value) => literal_base(&value).map_or(Sort::Unknown, Sort::Simple),
        _ => Sort::Unknown,
    }
}

fn takes(op: BinaryOp, left: Sort, right: Sort) -> bool {
    if left == Sort::Unknown || right == Sort::Unknown {
        return true;
    }
    let numbers = numeric(left) && numeric(right);
    match op {
        BinaryOp::Add => numbers || left == Sort::Array || adds(left, right) || adds(right, left),
        BinaryOp::Subtract => numbers || matches!(left, Sort::Array | Sort::Object) || subtracts(left, right),
        BinaryOp::Multiply | BinaryOp::Divide => numbers || is_period(left) || is_period(right),
        BinaryOp::ShiftLeft => left == Sort::Array,
        BinaryOp::ShiftRight => right == Sort::Array || shifts(left, right),
        _ => true,
    }
}

/// Numbers, and what converts to one.
fn numeric(sort: Sort) -> bool {
    matches!(sort, Sort::Simple(Simple::Number | Simple::String | Simple::Key | Simple::DateTime))
}

fn is_text(sort: Sort) -> bool {
    matches!(sort, Sort::Simple(Simple::String | Simple::Key))
}

fn is_period(sort: Sort) -> bool {
    sort == Sort::Simple(Simple::Period)
}

fn temporal(sort: Sort) -> bool {
    matches!(sort, Sort::Simple(simple) if is_temporal(simple))
}

/// A moment and a period, or two periods, or a period and what converts to a number.
fn adds(moment: Sort, period: Sort) -> bool {
    is_period(period) && (temporal(moment) || numeric(moment)) || temporal(moment) && is_text(period)
}

fn subtracts(left: Sort, right: Sort) -> bool {
    let (Sort::Simple(a), Sort::Simple(b)) = (left, right) else { return false };
    let clock = |s| matches!(s, Simple::Time | Simple::LocalTime);
    match (a, b) {
        (Simple::Date, b) if clock(b) => false,
        (a, Simple::Date) if clock(a) => false,
        _ => {
            (temporal(left) || is_text(left) || is_period(right))
                && (temporal(right) || is_text(right) || is_period(left))
        }
    }
}

fn shifts(left: Sort, right: Sort) -> bool {
    let moment = matches!(left, Sort::Simple(Simple::DateTime | Simple::LocalDateTime | Simple::String | Simple::Key));
    moment && (is_text(right) || right == Sort::Simple(Simple::TimeZone))
}

fn result_type(op: BinaryOp, left: &Type, right: &Type) -> Type {
    use BinaryOp::*;
    match op {
        Or | And | Equal | NotEqual | Similar | Less | Greater | LessEqual | GreaterEqual => {
            Type::Simple(Simple::Boolean)
        }
        Subtract | Multiply | Divide if is_number(left) && is_number(right) => Type::Simple(Simple::Number),
        Add => sum(left, right),
        _ => unknown(),
    }
}

/// Two numbers or two periods give a number.
fn sum(left: &Type, right: &Type) -> Type {
    let periods = is_period(sort(left)) && is_period(sort(right));
    if periods || is_number(left) && is_number(right) { Type::Simple(Simple::Number) } else { unknown() }
}

fn is_number(ty: &Type) -> bool {
    members(ty).iter().all(|member| sort(member) == Sort::Simple(Simple::Number))
}

/// The fault for operands that an operator cannot take.
pub fn refused(op: BinaryOp, left: &Type, right: &Type) -> Fault {
    let fault = Fault::new(Code::Type, format!("`{}` cannot take `{left}` and `{right}`", op.symbol()));
    let may_be_null = |ty: &Type| members(ty).iter().any(|m| matches!(m, Type::Simple(Simple::Null)));
    if may_be_null(left) || may_be_null(right) {
        return fault.help("put a value in place of null with `default`, in parentheses: `(x default 0)`");
    }
    fault
}
