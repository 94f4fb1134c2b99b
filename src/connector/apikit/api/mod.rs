//! What a router knows of an API, whatever language described it.

mod template;

pub use template::Template;

use super::validate::Check;
use crate::diag::Fault;

/// An API.
#[derive(Debug, Default)]
pub struct Api {
    /// Its resources, nested ones as well, each with its whole path.
    pub resources: Vec<Resource>,
}

/// A path with what can be done there.
#[derive(Debug)]
pub struct Resource {
    /// Its path below the API's, `/orders/{id}`.
    pub path: Template,
    /// Its methods.
    pub actions: Vec<Action>,
}

/// A method of a resource.
#[derive(Debug, Default)]
pub struct Action {
    /// `get`, `post` …
    pub method: String,
    /// The parameters in the path, those of the resources above as well.
    pub uri_parameters: Vec<Parameter>,
    /// The parameters of the query.
    pub query_parameters: Vec<Parameter>,
    /// What the query has to be as a whole.
    pub query_string: Option<Check>,
    /// The headers.
    pub headers: Vec<Parameter>,
    /// What it takes, by media type; anything where there is nothing.
    pub bodies: Vec<Body>,
    /// Whether a request may come without a body.
    pub body_is_optional: bool,
    /// The status of success, `200` where none is named.
    pub status: String,
    /// The media types of the response with that status.
    pub produces: Vec<String>,
}

/// A body of a media type.
#[derive(Debug)]
pub struct Body {
    /// Its media type, without parameters.
    pub media: String,
    /// What JSON has to be.
    pub check: Option<Check>,
    /// The fields of a form.
    pub fields: Vec<Parameter>,
}

/// A parameter of a path, a query, a header or a form.
#[derive(Debug)]
pub struct Parameter {
    /// Its name; in headers, `{?}` stands for anything.
    pub name: String,
    /// Whether it has to be there.
    pub is_required: bool,
    /// What is filled in where it is not there.
    pub default: Option<String>,
    /// Whether it may be there more than once, each value by itself.
    pub repeats: bool,
    /// What its value has to be.
    pub check: Check,
}

impl Api {
    /// Makes all checks ready.
    ///
    /// # Errors
    /// Every schema that is none.
    pub fn prepare(&self) -> Vec<Fault> {
        let actions = self.resources.iter().flat_map(|resource| &resource.actions);
        actions.flat_map(Action::checks).filter_map(|check| check.prepare().err()).collect()
    }
}

impl Resource {
    /// A method.
    pub fn action(&self, method: &str) -> Option<&Action> {
        self.actions.iter().find(|action| action.method == method)
    }
}

impl Action {
    fn checks(&self) -> impl Iterator<Item = &Check> {
        let parameters = self.uri_parameters.iter().chain(&self.query_parameters).chain(&self.headers);
        let fields = self.bodies.iter().flat_map(|body| &body.fields);
        let bodies = self.bodies.iter().filter_map(|body| body.check.as_ref());
        parameters.chain(fields).map(|parameter| &parameter.check).chain(bodies).chain(&self.query_string)
    }
}

/// The success status among these, the first one as written (mule-apikit-module `getSuccessStatus`).
pub fn success_status<'a>(mut statuses: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    statuses.find(|status| status.len() == 3 && status.starts_with('2'))
}
