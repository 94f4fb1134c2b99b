//! `oauth:client-credentials-grant-type`: tokens that a client gets for itself (RFC 6749, section 4.4).

use super::authentication::basic;
use super::failure::Failures;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed, media};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Spec};
use hyper::Method;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Client, Request, Url};
use tokio::sync::Mutex;

/// `oauth:client-credentials-grant-type`
pub static SPEC: Spec = Spec {
    name: "oauth:client-credentials-grant-type",
    doc: "Requests carry a token that is fetched once, and again when the service answers 401 or 403.",
    attributes: &[
        Attribute::required("clientId", Kind::Value, "Who is asking."),
        Attribute::required("clientSecret", Kind::Value, "The secret that goes with it."),
        Attribute::required("tokenUrl", Kind::Value, "Where tokens are to be had."),
        Attribute::new("scopes", Kind::Value, "What the token is for, parted by blanks."),
        Attribute::default(
            "encodeClientCredentialsInBody",
            Kind::Boolean,
            "false",
            "Whether id and secret go into the body and not into a header.",
        ),
        Attribute::default(
            "responseAccessToken",
            Kind::Value,
            "#[payload.access_token]",
            "Where the token is in the answer.",
        ),
        Attribute::new("responseExpiresIn", Kind::Value, "Has no effect: a token is used until it is refused."),
        Attribute::new("refreshTokenWhen", Kind::Value, "Has no effect: 401 and 403 lead to a new token."),
        Attribute::new("tokenManager", Kind::Text, "Has no effect: tokens are kept in memory."),
        Attribute::new("defaultResourceOwnerId", Kind::Text, "Has no effect: there is one token."),
    ],
    ..Spec::NEW
};

/// The token of a connection.
pub struct Tokens {
    id: Expression,
    secret: Expression,
    url: Expression,
    scopes: Option<Expression>,
    token: Expression,
    is_in_body: bool,
    /// Whoever fetches one holds it, so that it is fetched once for all who wait.
    current: Mutex<Option<String>>,
}

impl Tokens {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        Self {
            id: node.expression("clientId"),
            secret: node.expression("clientSecret"),
            url: node.expression("tokenUrl"),
            scopes: node.value("scopes"),
            token: node.expression("responseAccessToken"),
            is_in_body: node.boolean("encodeClientCredentialsInBody"),
            current: Mutex::default(),
        }
    }

    /// `Bearer …` with the token that is there, or a first one.
    ///
    /// # Errors
    /// `HTTP:CONNECTIVITY`: no token is to be had.
    pub async fn current(&self, event: &Event, client: &Client, failures: &Failures<'_>) -> Result<String, Error> {
        let mut current = self.current.lock().await;
        if let Some(token) = &*current {
            return Ok(token.clone());
        }
        let token = self.fetch(event, client, failures).await?;
        Ok(current.insert(token).clone())
    }

    /// `Bearer …` with another token than one that was refused: a new one, unless somebody has fetched one meanwhile.
    ///
    /// # Errors
    /// As for [`Tokens::current`].
    pub async fn renewed(
        &self,
        refused: &[u8],
        event: &Event,
        client: &Client,
        failures: &Failures<'_>,
    ) -> Result<String, Error> {
        let mut current = self.current.lock().await;
        if let Some(token) = current.as_ref().filter(|token| token.as_bytes() != refused) {
            return Ok(token.clone());
        }
        let token = self.fetch(event, client, failures).await?;
        Ok(current.insert(token).clone())
    }

    async fn fetch(&self, event: &Event, client: &Client, failures: &Failures<'_>) -> Result<String, Error> {
        let refused = |why: &str| failures.connectivity(&format!("no token is to be had: {why}"));
        let request = self.request(event, &refused)?;
        let answer = client.execute(request).await.map_err(|e| refused(&e.to_string()))?;
        let status = answer.status();
        let body = answer.bytes().await.map_err(|e| refused(&e.to_string()))?;
        if !status.is_success() {
            return Err(refused(&format!("the token service answered {status}")));
        }
        let mut seen = event.clone();
        seen.message = Message { payload: Typed::bytes(body, media("application/json")), attributes: Typed::null() };
        match self.token.text(&seen)?.filter(|token| !token.is_empty()) {
            Some(token) => Ok(format!("Bearer {token}")),
            None => Err(refused("the answer of the token service holds none")),
        }
    }

    /// What the token service is asked.
    fn request(&self, event: &Event, refused: &dyn Fn(&str) -> Error) -> Result<Request, Error> {
        let text = |expression: &Expression| Ok::<_, Error>(expression.text(event)?.unwrap_or_default());
        let url =
            Url::parse(text(&self.url)?.trim()).map_err(|e| refused(&format!("its address is malformed: {e}")))?;
        // The query of an address is written as forms are.
        let mut form = url.clone();
        form.set_query(None);
        form.query_pairs_mut().append_pair("grant_type", "client_credentials");
        if let Some(scopes) = &self.scopes {
            form.query_pairs_mut().append_pair("scope", &text(scopes)?);
        }
        let who = (text(&self.id)?, text(&self.secret)?);
        if self.is_in_body {
            form.query_pairs_mut().append_pair("client_id", &who.0).append_pair("client_secret", &who.1);
        }
        let mut request = Request::new(Method::POST, url);
        let headers = request.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        if !self.is_in_body {
            let value = HeaderValue::from_str(&basic(&who)).map_err(|e| refused(&e.to_string()))?;
            headers.insert(AUTHORIZATION, value);
        }
        *request.body_mut() = form.query().map(|form| form.to_string().into());
        Ok(request)
    }
}
