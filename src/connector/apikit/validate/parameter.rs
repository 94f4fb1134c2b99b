//! Parameters of paths and queries (mule-apikit-module `UriParametersValidator`, `QueryParameterValidator`,
//! `QueryStringValidator`).

use super::{Filled, values};
use crate::connector::apikit::api::{Action, Parameter};
use crate::connector::apikit::document::plain;
use crate::connector::apikit::failure::{Failure, bad_request};
use serde_json::{Map, Value as Json};

impl Parameter {
    /// What is wrong with its values; `Ok` says nothing.
    pub(super) fn check_values(&self, found: &[&str]) -> Result<(), (String, String)> {
        if self.check.wants_list() && !self.repeats {
            let mistakes = self.check.mistakes_of_list(found);
            return match mistakes.is_empty() {
                true => Ok(()),
                false => Err((found.iter().map(|value| format!("- {value}\n")).collect(), mistakes.join("\n"))),
            };
        }
        for value in found {
            let mistakes = self.check.mistakes_of_text(value);
            if !mistakes.is_empty() {
                return Err((value.to_string(), mistakes.join("\n")));
            }
        }
        Ok(())
    }

    /// Whether it may be there more than once.
    pub(super) fn may_repeat(&self) -> bool {
        self.repeats || self.check.wants_list()
    }
}

/// Checks the parameters of a path.
///
/// # Errors
/// `APIKIT:BAD_REQUEST` for the first one that is wrong.
pub fn uri(action: &Action, found: &[(String, String)]) -> Result<(), Failure> {
    for parameter in &action.uri_parameters {
        let name = &parameter.name;
        let values = values(found, name, false);
        parameter
            .check_values(&values)
            .map_err(|(value, why)| bad_request(format!("Invalid value '{value}' for uri parameter {name}. {why}")))?;
    }
    Ok(())
}

/// Checks the parameters of a query; gives them with defaults filled in.
///
/// # Errors
/// `APIKIT:BAD_REQUEST` for the first one that is wrong.
pub fn query(action: &Action, found: &[(String, String)], strict: bool) -> Filled {
    if strict {
        let is_known = |name: &str| action.query_parameters.iter().any(|parameter| parameter.name == name);
        let mut unknown: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).filter(|n| !is_known(n)).collect();
        unknown.dedup();
        if !unknown.is_empty() {
            return Err(bad_request(format!("{} parameters are not defined in RAML.", unknown.join(", "))));
        }
    }
    let mut filled = found.to_vec();
    for parameter in &action.query_parameters {
        let name = &parameter.name;
        let values = values(found, name, false);
        if values.is_empty() {
            if parameter.is_required {
                return Err(bad_request(format!("Required query parameter {name} not specified")));
            }
            filled.extend(parameter.default.iter().map(|default| (name.clone(), default.clone())));
            continue;
        }
        if values.len() > 1 && !parameter.may_repeat() {
            return Err(bad_request(format!("Query parameter {name} is not repeatable")));
        }
        parameter.check_values(&values).map_err(|(value, why)| {
            bad_request(format!("Invalid value '{value}' for query parameter {name}. {why}"))
        })?;
    }
    Ok(filled)
}

/// Checks a query as a whole.
///
/// # Errors
/// `APIKIT:BAD_REQUEST`
pub fn query_string(action: &Action, found: &[(String, String)]) -> Result<(), Failure> {
    let Some(check) = &action.query_string else { return Ok(()) };
    let mut whole = Map::new();
    for (name, value) in found {
        let value = plain(value);
        match whole.get_mut(name) {
            None => drop(whole.insert(name.clone(), value)),
            Some(Json::Array(items)) => items.push(value),
            Some(one) => *one = Json::Array(vec![one.take(), value]),
        }
    }
    match check.mistakes(&Json::Object(whole)).is_empty() {
        true => Ok(()),
        false => Err(bad_request("Invalid value for query string ")),
    }
}
