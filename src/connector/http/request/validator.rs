//! `http:response-validator`: which responses count as failures.

use super::failure::Failures;
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use hyper::StatusCode;
use std::ops::RangeInclusive;

const VALUES: &[Attribute] = &[Attribute::required("values", Kind::Text, "The codes: `200..299,404`.")];

static SUCCESS: Spec = Spec {
    name: "http:success-status-code-validator",
    doc: "The status codes that count as success; every other one fails.",
    attributes: VALUES,
    ..Spec::NEW
};

static FAILURE: Spec = Spec {
    name: "http:failure-status-code-validator",
    doc: "The status codes that fail; every other one counts as success.",
    attributes: VALUES,
    ..Spec::NEW
};

static EXPRESSION: Spec = Spec {
    name: "http:expression-response-validator",
    doc: "A condition on the response, which is `payload` and `attributes` in it; where it does not hold, the request \
          fails with `HTTP:BAD_REQUEST`.",
    attributes: &[Attribute::required("expression", Kind::Script, "The condition.")],
    ..Spec::NEW
};

/// `http:response-validator`
pub static SPEC: Spec = Spec {
    name: "http:response-validator",
    doc: "Which responses count as failures; without it, those with a status of 400 and more.",
    parts: &[
        Part { spec: &SUCCESS, occurs: Occurs::Optional },
        Part { spec: &FAILURE, occurs: Occurs::Optional },
        Part { spec: &EXPRESSION, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

/// Which responses count as failures.
#[derive(Clone)]
pub enum Validator {
    Success(Codes),
    Failure(Codes),
    Expression(Expression),
}

/// Status codes.
#[derive(Clone, Default)]
pub struct Codes(Vec<RangeInclusive<u16>>);

impl Default for Validator {
    fn default() -> Self {
        Self::Success(Codes(vec![0..=399]))
    }
}

impl Validator {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Option<Self> {
        let codes = |node: Node<'_>| {
            Codes::parse(&node.required("values")).map_err(|fault| node.refuse("values", fault)).unwrap_or_default()
        };
        let success = node.part(SUCCESS.name).map(|node| Self::Success(codes(node)));
        let failure = || node.part(FAILURE.name).map(|node| Self::Failure(codes(node)));
        let expression = || node.part(EXPRESSION.name)?.script("expression").map(Self::Expression);
        success.or_else(failure).or_else(expression)
    }

    /// Whether a response is a success.
    ///
    /// # Errors
    /// What the request fails with where it is none, with the response as `error.errorMessage`.
    pub fn check(
        &self,
        event: &Event,
        status: StatusCode,
        response: &Message,
        failures: &Failures<'_>,
    ) -> Result<(), Error> {
        let is_success = match self {
            Self::Success(codes) => codes.have(status),
            Self::Failure(codes) => !codes.have(status),
            Self::Expression(condition) => {
                let seen = event.clone().with_message(response.clone());
                if !condition.boolean(&seen)? {
                    let text = format!("The expression '{}' evaluated to false", condition.source());
                    return Err(failures.rejected(text).with_message(response.clone()));
                }
                true
            }
        };
        if is_success { Ok(()) } else { Err(failures.of_status(status).with_message(response.clone())) }
    }
}

impl Codes {
    /// Reads `200..299,404`.
    fn parse(text: &str) -> Result<Self, Fault> {
        let number = |text: &str| {
            text.trim().parse::<u16>().map_err(|_| {
                Fault::new(Code::Configuration, format!("`{text}` is no status code"))
                    .help("write codes as `200..299,404`")
            })
        };
        let range = |part: &str| match part.split_once("..") {
            Some((from, to)) => Ok(number(from)?..=number(to)?),
            None => number(part).map(|one| one..=one),
        };
        text.split(',').map(range).collect::<Result<_, _>>().map(Self)
    }

    fn have(&self, status: StatusCode) -> bool {
        self.0.iter().any(|range| range.contains(&status.as_u16()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_ranges_and_single_ones() {
        let codes = Codes::parse("200..299, 404").unwrap();
        let have = |code: u16| codes.have(StatusCode::from_u16(code).unwrap());
        assert!(have(200) && have(299) && have(404) && !have(300) && !have(405));
        assert!(Codes::parse("2xx").is_err() && Codes::parse("").is_err());
    }
}
