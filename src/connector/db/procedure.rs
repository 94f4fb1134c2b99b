//! `db:stored-procedure`: procedures and functions of a server.

use super::access::Access;
use super::problem::Problem;
use super::select::ERRORS;
use super::server::{Family, Session, Step};
use super::statement::{
    CONFIG, FETCH_SIZE, INPUT, INPUT_PART, MAX_ROWS, SQL_PART, Statement, TIMEOUT, TIMEOUT_UNIT, TYPES_PART, bound,
};
use super::template::Template;
use crate::connector::reconnection;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::flow::transaction::JOINS;
use crate::value::{Object, ObjectBuilder, Value};
use futures_util::future::BoxFuture;
use futures_util::stream::StreamExt;

/// `db:stored-procedure`
pub static SPEC: Spec = Spec {
    name: "db:stored-procedure",
    doc: "Calls a procedure. Gives an object with `resultSet1`, `updateCount1` and so on, in the order they come, and \
          the output parameters by their names. On PostgreSQL, `{ call f(:a) }` selects from a function, as its JDBC \
          driver does, and `call p(:a)` calls a procedure. SQLite has neither.",
    attributes: &[CONFIG, JOINS, TIMEOUT, TIMEOUT_UNIT, FETCH_SIZE, MAX_ROWS],
    parts: &[
        reconnection::TIMES,
        reconnection::FOREVER,
        SQL_PART,
        TYPES_PART,
        INPUT_PART,
        Part { spec: &IN_OUT, occurs: Occurs::Optional },
        Part { spec: &OUTPUT, occurs: Occurs::Optional },
    ],
    errors: ERRORS,
    example: r##"<db:stored-procedure config-ref="ledger" target="interest">
  <db:sql>{ call interest_of(:account, :interest) }</db:sql>
  <db:input-parameters>#[{account: vars.account}]</db:input-parameters>
  <db:output-parameters><db:output-parameter key="interest" type="DECIMAL"/></db:output-parameters>
</db:stored-procedure>"##,
    make: Make::Operation(|node| Box::new(Procedure::of(node))),
    ..Spec::NEW
};

static IN_OUT: Spec = Spec {
    name: "db:in-out-parameters",
    doc: "Parameters that go in and come out.",
    parts: &[Part { spec: &IN_OUT_ONE, occurs: Occurs::Any }],
    ..Spec::NEW
};

static IN_OUT_ONE: Spec = Spec {
    name: "db:in-out-parameter",
    doc: "A parameter.",
    attributes: &[
        Attribute::required("key", Kind::Text, "Its name."),
        Attribute::required("value", Kind::Value, "What goes in."),
    ],
    ..Spec::NEW
};

static OUTPUT: Spec = Spec {
    name: "db:output-parameters",
    doc: "Parameters that come out.",
    parts: &[Part { spec: &OUTPUT_ONE, occurs: Occurs::Any }],
    ..Spec::NEW
};

static OUTPUT_ONE: Spec = Spec {
    name: "db:output-parameter",
    doc: "A parameter.",
    attributes: &[
        Attribute::required("key", Kind::Text, "Its name."),
        Attribute::new("type", Kind::Text, "Has no effect here."),
        Attribute::new("typeName", Kind::Text, "Has no effect here."),
    ],
    ..Spec::NEW
};

struct Procedure {
    access: Access,
    statement: Statement,
    input: Option<Expression>,
    in_out: Vec<(String, Expression)>,
    output: Vec<String>,
}

impl Procedure {
    fn of(node: &Node<'_>) -> Self {
        let parts = |outer: &str, inner: &str| node.part(outer).map(|part| part.parts(inner)).unwrap_or_default();
        let in_out = parts(IN_OUT.name, IN_OUT_ONE.name);
        Self {
            access: Access::of(node),
            statement: Statement::of(node),
            input: node.part(INPUT.name).and_then(|part| part.content()),
            in_out: in_out.iter().map(|one| (one.required("key"), one.expression("value"))).collect(),
            output: parts(OUTPUT.name, OUTPUT_ONE.name).iter().map(|one| one.required("key")).collect(),
        }
    }

    /// All values that go in.
    fn input(&self, event: &Event) -> Result<Value, Error> {
        let given = self.input.as_ref().map(|input| input.value(event)).transpose()?.unwrap_or_default();
        if self.in_out.is_empty() {
            return Ok(given);
        }
        let mut all = ObjectBuilder::with_capacity(self.in_out.len());
        if let Value::Object(object) = given.bare() {
            all.extend(object);
        }
        for (name, value) in &self.in_out {
            all.field(name, value.value(event)?);
        }
        Ok(all.value())
    }

    fn call(&self, sql: &str, family: Family, input: Value) -> Result<Call, Problem> {
        let names = self.in_out.iter().map(|(name, _)| name).chain(&self.output).cloned().collect();
        let call = Call { sql: sql.to_string(), input, in_out: self.in_out.len(), names, family };
        if family == Family::Sqlite { Err(Problem::syntax("SQLite has no stored procedures")) } else { Ok(call) }
    }
}

impl Processor for Procedure {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let family = self.access.family().map_err(|problem| problem.error(event))?;
            let sql = self.statement.text(event)?;
            let input = self.input(event)?;
            let call = self.call(&sql, family, input).map_err(|problem| problem.error(event))?;
            let result = self.access.work(event, &call, |session, call| Box::pin(call.run(session))).await?;
            event.message = Message::of(Typed::value(result));
            Ok(())
        })
    }
}

/// A call of a procedure.
struct Call {
    sql: String,
    input: Value,
    /// The names of what comes out; those that go in as well are first.
    names: Vec<String>,
    in_out: usize,
    family: Family,
}

impl Call {
    async fn run(&self, session: &mut dyn Session) -> Result<Value, Problem> {
        match self.family {
            Family::MySql => self.with_variables(session).await,
            _ => self.as_query(session).await,
        }
    }

    fn is_output(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// MySQL puts what comes out into variables of the session.
    async fn with_variables(&self, session: &mut dyn Session) -> Result<Value, Problem> {
        for name in &self.names[..self.in_out] {
            let set = Template::parse(&format!("SET @dwrun_{name} = :{name}"), self.family);
            results(session, &set, &bound(&set, &self.input)?, &mut ObjectBuilder::with_capacity(0)).await?;
        }
        let inner = without_braces(&self.sql);
        let named = Template::parse(inner, self.family);
        let variable = |index: usize| {
            let name = &named.names()[index];
            if self.is_output(name) { format!("@dwrun_{name}") } else { format!(":{name}") }
        };
        let call = Template::parse(&named.render(variable), self.family);
        let mut all = ObjectBuilder::with_capacity(4);
        results(session, &call, &bound(&call, &self.input)?, &mut all).await?;
        if !self.names.is_empty() {
            let columns = self.names.iter().map(|name| format!("@dwrun_{name} AS `{name}`")).collect::<Vec<_>>();
            let read = Template::parse(&format!("SELECT {}", columns.join(", ")), self.family);
            if let Some(row) = rows(session, &read).await?.into_iter().next() {
                all.extend(&row);
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
        let output = |argument: &&str| {
            argument.trim().strip_prefix(':').is_some_and(|name| self.names[self.in_out..].iter().any(|n| n == name))
        };
        let (out, given): (Vec<_>, Vec<_>) = arguments.split(',').partition(output);
        let sql = match is_escaped {
            true => format!("SELECT * FROM {function}({}) AS result", given.join(",")),
            false => {
                let all = arguments.split(',').map(|argument| if output(&argument) { "NULL" } else { argument });
                format!("CALL {function}({})", all.collect::<Vec<_>>().join(","))
            }
        };
        let template = Template::parse(&sql, self.family);
        let mut all = ObjectBuilder::with_capacity(4);
        let outputs = assigned.into_iter().chain(self.names.iter().map(String::as_str).filter(|name| {
            self.names[..self.in_out].iter().any(|n| n == name) || out.iter().any(|o| o.trim()[1..] == **name)
        }));
        let outputs: Vec<&str> = outputs.collect();
        results(session, &template, &bound(&template, &self.input)?, &mut all).await?;
        let found = all.build();
        let first = found.get("resultSet1").and_then(|rows| rows.elements()?.next()?.ok());
        match first {
            Some(Value::Object(row)) if !outputs.is_empty() => {
                let mut named = ObjectBuilder::with_capacity(outputs.len());
                for (name, value) in outputs.iter().zip(row.values()) {
                    named.field(name, value.clone());
                }
                Ok(named.value())
            }
            _ => Ok(Value::Object(found)),
        }
    }
}

/// `{ call … }` without its braces.
fn without_braces(sql: &str) -> &str {
    let sql = sql.trim().trim_end_matches(';').trim_end();
    sql.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).map_or(sql, str::trim)
}

/// Runs a statement; its results go into `all` by Mule's names.
async fn results(
    session: &mut dyn Session,
    template: &Template,
    values: &[Value],
    all: &mut ObjectBuilder,
) -> Result<(), Problem> {
    let mut steps = session.run(template, values);
    let (mut rows, mut sets, mut counts) = (Vec::new(), 0, 0);
    while let Some(step) = steps.next().await {
        match step? {
            Step::Row(row) => rows.push(row),
            Step::Done(_) if !rows.is_empty() => {
                sets += 1;
                all.field(format!("resultSet{sets}"), Value::array(std::mem::take(&mut rows)));
            }
            Step::Done(outcome) => {
                counts += 1;
                all.field(format!("updateCount{counts}"), i64::try_from(outcome.affected).unwrap_or(i64::MAX));
            }
        }
    }
    Ok(())
}

async fn rows(session: &mut dyn Session, template: &Template) -> Result<Vec<Object>, Problem> {
    let mut steps = session.run(template, &[]);
    let mut rows = Vec::new();
    while let Some(step) = steps.next().await {
        if let Step::Row(Value::Object(row)) = step? {
            rows.push(row);
        }
    }
    Ok(rows)
}
