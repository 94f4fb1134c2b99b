//! `db:stored-procedure`: procedures and functions of a server.

use super::access::Access;
use super::call::Call;
use super::problem::Problem;
use super::select::ERRORS;
use super::server::Family;
use super::statement::{
    CONFIG, FETCH_SIZE, INPUT, INPUT_PART, MAX_ROWS, SQL_PART, Statement, TIMEOUT, TIMEOUT_UNIT, TYPES_PART,
};
use crate::connector::reconnection;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::flow::transaction::JOINS;
use crate::value::{ObjectBuilder, Value};
use futures_util::future::BoxFuture;

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
