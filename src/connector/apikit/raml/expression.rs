//! Type expressions: `string | nil`, `(Order | Offer)[]`.

/// A type expression.
#[derive(Debug, PartialEq, Eq)]
pub enum Expression {
    /// A type's name.
    Name(String),
    /// A list of these.
    List(Box<Expression>),
    /// One of these.
    Union(Vec<Expression>),
}

/// How deep parentheses may stand in each other.
const MAX_DEPTH: usize = 50;

/// Reads an expression; `None` where it is none.
pub fn parse(text: &str) -> Option<Expression> {
    let mut rest = text.trim();
    let parsed = union(&mut rest, 0)?;
    rest.is_empty().then_some(parsed)
}

fn union(rest: &mut &str, depth: usize) -> Option<Expression> {
    let mut all = vec![postfix(rest, depth)?];
    while let Some(behind) = rest.strip_prefix('|') {
        *rest = behind.trim_start();
        all.push(postfix(rest, depth)?);
    }
    if all.len() == 1 { all.pop() } else { Some(Expression::Union(all)) }
}

fn postfix(rest: &mut &str, depth: usize) -> Option<Expression> {
    let mut parsed = atom(rest, depth)?;
    loop {
        *rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix("[]") {
            parsed = Expression::List(Box::new(parsed));
            *rest = behind;
        } else if let Some(behind) = rest.strip_prefix('?') {
            parsed = Expression::Union(vec![parsed, Expression::Name("nil".to_string())]);
            *rest = behind;
        } else {
            return Some(parsed);
        }
    }
}

fn atom(rest: &mut &str, depth: usize) -> Option<Expression> {
    if let Some(behind) = rest.strip_prefix('(') {
        if depth >= MAX_DEPTH {
            return None;
        }
        *rest = behind.trim_start();
        let inner = union(rest, depth + 1)?;
        *rest = rest.strip_prefix(')')?;
        return Some(inner);
    }
    let end = rest.find(['|', '(', ')', '[', ']', '?', ' ']).unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    *rest = behind;
    (!name.is_empty()).then(|| Expression::Name(name.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_read() {
        let name = |name: &str| Expression::Name(name.to_string());
        let list = |inner| Expression::List(Box::new(inner));
        assert_eq!(parse("a.B"), Some(name("a.B")));
        assert_eq!(parse(" (a | b)[] "), Some(list(Expression::Union(vec![name("a"), name("b")]))));
        assert_eq!(parse("a[][]"), Some(list(list(name("a")))));
        assert_eq!(parse("a?"), Some(Expression::Union(vec![name("a"), name("nil")])));
        for wrong in ["", "a |", "(a", "a b", "a]", &"(".repeat(99)] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
