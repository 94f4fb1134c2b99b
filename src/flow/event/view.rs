//! Events as expressions see them: `message`, `vars`, `error`, `itemSequenceInfo`.

use super::{Error, ErrorType, Item, Variables};
use crate::diag::Fault;
use crate::value::{ObjectBuilder, Value};

impl Variables {
    /// The variables as one object.
    ///
    /// # Errors
    /// A variable whose content is not what its label says.
    pub fn to_value(&self) -> Result<Value, Fault> {
        let all = self.iter();
        let mut object = ObjectBuilder::with_capacity(all.len());
        for (name, value) in all {
            object.field(name, value.read()?);
        }
        Ok(object.value())
    }
}

impl Item {
    /// `{position, sequenceSize}`
    pub fn to_value(self) -> Value {
        let mut object = ObjectBuilder::with_capacity(2);
        object.field("position", Value::count(self.position));
        object.field("sequenceSize", self.size.map_or(Value::Null, Value::count));
        object.value()
    }
}

impl Error {
    /// The error as expressions see it (mule `org.mule.runtime.api.message.Error`).
    ///
    /// # Errors
    /// An error message whose payload is not what its label says.
    pub fn to_value(&self) -> Result<Value, Fault> {
        let mut object = ObjectBuilder::with_capacity(10);
        object.field("description", self.description());
        object.field("detailedDescription", self.detail());
        object.field("errorType", type_value(self.error_type()));
        object.field("cause", self.cause_value());
        object.field("errorMessage", self.message().map_or(Ok(Value::Null), |message| message.to_value())?);
        let children: Result<Vec<_>, _> = self.children().iter().map(Error::to_value).collect();
        object.field("childErrors", Value::array(children?));
        object.field(
            "suppressedErrors",
            Value::array(self.suppressed().map(Error::to_value).transpose()?.into_iter().collect()),
        );
        let location = self.location();
        object.field("failingComponent", location.map_or(Value::Null, |l| l.to_string().into()));
        object.field("dslSource", location.map_or(Value::Null, |l| l.element.as_str().into()));
        Ok(object.value())
    }

    /// The exception that Mule would show: its class and its message.
    fn cause_value(&self) -> Value {
        let class = self.cause().unwrap_or("org.mule.runtime.api.exception.DefaultMuleException");
        let mut object = ObjectBuilder::with_capacity(3);
        object.field("class", class).field("message", self.description());
        object.field("localizedMessage", self.description());
        object.value()
    }
}

/// `{namespace, identifier, parentErrorType}`
fn type_value(error_type: &ErrorType) -> Value {
    let mut object = ObjectBuilder::with_capacity(4);
    object.field("namespace", error_type.namespace()).field("identifier", error_type.identifier());
    object.field("parentErrorType", error_type.parent().map_or(Value::Null, type_value));
    object.field("asString", error_type.to_string());
    object.value()
}
