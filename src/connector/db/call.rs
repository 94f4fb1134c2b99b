//! Calls of procedures and functions, as each server takes them.

use super::problem::Problem;
use super::server::{Family, Outcome, Session, Step};
use super::statement::bound;
use super::template::Template;
use crate::value::{Object, ObjectBuilder, Value};
use futures_util::future::ready;
use futures_util::stream::TryStreamExt;

/// A call of a procedure.
pub struct Call {
    /// The statement as written.
    pub sql: String,
    /// The parameters that go in.
    pub input: Value,
    /// The names of what comes out; those that go in as well are first.
    pub names: Vec<String>,
    /// How many of the names go in as well.
    pub in_out: usize,
    /// Whose language the server speaks.
    pub family: Family,
}

/// A result: rows, and how it ended.
struct Part {
    rows: Vec<Value>,
    end: Outcome,
}

impl Call {
    /// Calls it. Gives results by Mule's names, and what comes out by the parameters' names.
    ///
    /// # Errors
    /// A parameter without a value; what the server refuses.
    pub async fn run(&self, session: &mut dyn Session) -> Result<Value, Problem> {
        match self.family {
            Family::MySql => self.with_variables(session).await,
            _ => self.as_query(session).await,
        }
    }

    fn is_output(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Runs a statement of the call.
    async fn parts(&self, session: &mut dyn Session, sql: &str) -> Result<Vec<Part>, Problem> {
        let template = Template::parse(sql, self.family);
        let values = bound(&template, &self.input)?;
        let add = |(mut parts, mut rows): (Vec<_>, Vec<_>), step| {
            match step {
                Step::Row(row) => rows.push(row),
                Step::Done(end) => parts.push(Part { rows: std::mem::take(&mut rows), end }),
            }
            ready(Ok((parts, rows)))
        };
        let (parts, _) = session.run(&template, &values).try_fold((Vec::new(), Vec::new()), add).await?;
        Ok(parts)
    }

    /// MySQL puts what comes out into variables of the session.
    async fn with_variables(&self, session: &mut dyn Session) -> Result<Value, Problem> {
        for name in &self.names[..self.in_out] {
            self.parts(session, &format!("SET @dwrun_{name} = :{name}")).await?;
        }
        let named = Template::parse(without_braces(&self.sql), self.family);
        let variable = |index: usize| {
            let name = &named.names()[index];
            if self.is_output(name) { format!("@dwrun_{name}") } else { format!(":{name}") }
        };
        let parts = self.parts(session, &named.render(variable)).await?;
        // A server tells of each result of a procedure, and at last of the procedure.
        let sets = parts.len().saturating_sub(1);
        let mut all = by_names(parts, sets);
        if !self.names.is_empty() {
            let columns: Vec<_> = self.names.iter().map(|name| format!("@dwrun_{name} AS `{name}`")).collect();
            let read = self.parts(session, &format!("SELECT {}", columns.join(", "))).await?;
            if let Some(row) = first_row(&read) {
                all.extend(row);
            }
        }
        Ok(all.value())
    }

    /// PostgreSQL gives what comes out as a row, its columns in the order of the parameters.
    async fn as_query(&self, session: &mut dyn Session) -> Result<Value, Problem> {
        let inner = without_braces(&self.sql);
        let is_escaped = inner.len() < self.sql.trim().len();
        let (assigned, call) = match inner.strip_prefix(':').and_then(|rest| rest.split_once('=')) {
            Some((name, call)) => (Some(name.trim()), call.trim()),
            None => (None, inner),
        };
        let target = call.get(..4).filter(|word| word.eq_ignore_ascii_case("call")).map_or(call, |_| call[4..].trim());
        let (function, arguments) = target.split_once('(').unwrap_or((target, ")"));
        let arguments = arguments.trim_end().trim_end_matches(';').trim_end().strip_suffix(')').unwrap_or_default();
        let (out, given): (Vec<_>, Vec<_>) = arguments.split(',').partition(|argument| self.comes_out(argument));
        let sql = match is_escaped {
            true => format!("SELECT * FROM {function}({}) AS result", given.join(",")),
            false => {
                let all = arguments.split(',').map(|one| if self.comes_out(one) { "NULL" } else { one });
                format!("CALL {function}({})", all.collect::<Vec<_>>().join(","))
            }
        };
        let parts = self.parts(session, &sql).await?;
        let is_told = |(at, name): &(usize, &String)| *at < self.in_out || out.iter().any(|o| o.trim()[1..] == **name);
        let names = self.names.iter().enumerate().filter(is_told).map(|(_, name)| name.as_str());
        let names: Vec<&str> = assigned.into_iter().chain(names).collect();
        match first_row(&parts).filter(|_| !names.is_empty()) {
            Some(row) => Ok(named(&names, row)),
            // A query has rows, even if they are none.
            None => Ok(by_names(parts, usize::from(is_escaped)).value()),
        }
    }

    /// Whether an argument is a parameter that only comes out.
    fn comes_out(&self, argument: &str) -> bool {
        let name = argument.trim().strip_prefix(':');
        name.is_some_and(|name| self.names[self.in_out..].iter().any(|known| known == name))
    }
}

/// `{ call … }` without its braces.
fn without_braces(sql: &str) -> &str {
    let sql = sql.trim().trim_end_matches(';').trim_end();
    sql.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).map_or(sql, str::trim)
}

/// Results by Mule's names. The first `sets` have rows, even if they are none.
fn by_names(parts: Vec<Part>, sets: usize) -> ObjectBuilder {
    let mut all = ObjectBuilder::with_capacity(parts.len());
    let (mut rows, mut counts) = (0, 0);
    for (at, part) in parts.into_iter().enumerate() {
        if at < sets || !part.rows.is_empty() {
            rows += 1;
            all.field(format!("resultSet{rows}"), Value::array(part.rows));
        } else {
            counts += 1;
            all.field(format!("updateCount{counts}"), part.end.affected);
        }
    }
    all
}

fn first_row(parts: &[Part]) -> Option<&Object> {
    match parts.first()?.rows.first()? {
        Value::Object(row) => Some(row),
        _ => None,
    }
}

/// The cells of a row under other names.
fn named(names: &[&str], row: &Object) -> Value {
    let mut all = ObjectBuilder::with_capacity(names.len());
    for (name, value) in names.iter().zip(row.values()) {
        all.field(*name, value.clone());
    }
    all.value()
}
