//! `http:authentication`: who a request is from, by name and password or by a token.

use super::failure::Failures;
use super::token::{self, Tokens};
use crate::connector::http::multi;
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use digest_auth::{AuthContext, HttpMethod};
use hyper::StatusCode;
use hyper::header::{AUTHORIZATION, HeaderValue, WWW_AUTHENTICATE};
use reqwest::{Client, Request, Response};

/// Specs of ways that go by a name and a password.
macro_rules! by_password {
    ($id:ident, $name:literal, $doc:literal $(, $more:expr)?) => {
        static $id: Spec = Spec {
            name: $name,
            doc: $doc,
            attributes: &[
                Attribute::required("username", Kind::Value, "Who is asking."),
                Attribute::required("password", Kind::Value, "The password that goes with it."),
                $($more,)?
            ],
            ..Spec::NEW
        };
    };
}

by_password!(
    BASIC,
    "http:basic-authentication",
    "Sends name and password, readable for whoever can read the connection.",
    Attribute::default("preemptive", Kind::Boolean, "true", "Whether they are sent before the service asks.")
);
by_password!(DIGEST, "http:digest-authentication", "Answers the service's challenge, which keeps the password secret.");
by_password!(NTLM, "http:ntlm-authentication", "Not supported.");

/// `http:authentication`
pub static SPEC: Spec = Spec {
    name: "http:authentication",
    doc: "Who the requests of this connection are from.",
    parts: &[
        Part { spec: &BASIC, occurs: Occurs::Optional },
        Part { spec: &DIGEST, occurs: Occurs::Optional },
        Part { spec: &NTLM, occurs: Occurs::Optional },
        Part { spec: &token::SPEC, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

/// How requests say who they are from.
pub enum Authentication {
    Basic { who: Credentials, is_preemptive: bool },
    Digest(Credentials),
    Token(Tokens),
}

/// A name and a password.
pub struct Credentials {
    username: Expression,
    password: Expression,
}

impl Credentials {
    fn of(node: &Node<'_>) -> Self {
        Self { username: node.expression("username"), password: node.expression("password") }
    }

    fn of_event(&self, event: &Event) -> Result<(String, String), Error> {
        let text = |expression: &Expression| Ok::<_, Error>(expression.text(event)?.unwrap_or_default());
        Ok((text(&self.username)?, text(&self.password)?))
    }
}

impl Authentication {
    /// What a connection says.
    pub fn of(connection: &Node<'_>) -> Option<Self> {
        let all = connection.part(SPEC.name)?;
        if all.part(NTLM.name).is_some() {
            let fault = Fault::new(Code::Configuration, "NTLM authentication is not supported");
            connection
                .builder
                .note(fault.help("use basic or digest authentication, or a token").at(|| all.element.start()));
        }
        let basic =
            |node: Node<'_>| Self::Basic { who: Credentials::of(&node), is_preemptive: node.boolean("preemptive") };
        let digest = || all.part(DIGEST.name).map(|node| Self::Digest(Credentials::of(&node)));
        let token = || all.part(token::SPEC.name).map(|node| Self::Token(Tokens::of(&node)));
        all.part(BASIC.name).map(basic).or_else(digest).or_else(token)
    }

    /// Puts into a request what the service need not ask for.
    ///
    /// # Errors
    /// Expressions that fail; a token that cannot be had.
    pub async fn introduce(
        &self,
        event: &Event,
        client: &Client,
        request: &mut Request,
        failures: &Failures<'_>,
    ) -> Result<(), Error> {
        match self {
            Self::Basic { who, is_preemptive: true } => put(request, &basic(&who.of_event(event)?), failures),
            Self::Token(tokens) => put(request, &tokens.current(event, client, failures).await?, failures),
            Self::Basic { .. } | Self::Digest(_) => Ok(()),
        }
    }

    /// The request once more, with what the response asks for; `None` where it asks for nothing that could be given.
    ///
    /// # Errors
    /// As for [`Authentication::introduce`].
    pub async fn answer(
        &self,
        event: &Event,
        client: &Client,
        response: &Response,
        mut request: Request,
        failures: &Failures<'_>,
    ) -> Result<Option<Request>, Error> {
        let is_refused = response.status() == StatusCode::UNAUTHORIZED;
        let value = match self {
            Self::Token(tokens) if is_refused || response.status() == StatusCode::FORBIDDEN => {
                let refused = request.headers().get(AUTHORIZATION).map_or(&[][..], HeaderValue::as_bytes);
                Some(tokens.renewed(refused, event, client, failures).await?)
            }
            Self::Basic { who, is_preemptive: false } if is_refused => Some(basic(&who.of_event(event)?)),
            Self::Digest(who) if is_refused => digest(&who.of_event(event)?, response, &request),
            _ => None,
        };
        let Some(value) = value else { return Ok(None) };
        put(&mut request, &value, failures)?;
        Ok(Some(request))
    }
}

/// `Basic …`
pub fn basic((username, password): &(String, String)) -> String {
    format!("Basic {}", STANDARD.encode(format!("{username}:{password}")))
}

/// The answer to the challenge of a response, if it is one.
fn digest((username, password): &(String, String), response: &Response, request: &Request) -> Option<String> {
    let challenges = response.headers().get_all(WWW_AUTHENTICATE).iter().map(multi::text);
    let challenge =
        challenges.into_iter().find(|text| text.trim_start().to_ascii_lowercase().starts_with("digest "))?;
    let url = request.url();
    let uri = url.query().map_or_else(|| url.path().to_string(), |query| format!("{}?{query}", url.path()));
    let body = request.body().and_then(|body| body.as_bytes());
    let method = HttpMethod::from(request.method().to_string());
    let context = AuthContext::new_with_method(username.as_str(), password.as_str(), uri, body, method);
    let answer = digest_auth::parse(&challenge).ok()?.respond(&context).ok()?;
    Some(answer.to_header_string())
}

fn put(request: &mut Request, value: &str, failures: &Failures<'_>) -> Result<(), Error> {
    let value = HeaderValue::from_str(value);
    let mut value = value.map_err(|_| failures.connectivity("what says who is asking cannot stand in a header"))?;
    value.set_sensitive(true);
    request.headers_mut().insert(AUTHORIZATION, value);
    Ok(())
}
