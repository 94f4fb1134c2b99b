//! `http:cors-interceptor`: which pages of other sites may read the answers of a listener (W3C Cross-Origin Resource
//! Sharing, as mule-http-connector's `CorsListenerInterceptor` applies it).

use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use hyper::Method;
use hyper::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, ORIGIN,
};

static METHOD: Spec = Spec {
    name: "http:method",
    doc: "A method.",
    attributes: &[Attribute::required("methodName", Kind::Text, "Its name.")],
    ..Spec::NEW
};

static HEADER: Spec = Spec {
    name: "http:header",
    doc: "A header.",
    attributes: &[Attribute::required("headerName", Kind::Text, "Its name, in any case.")],
    ..Spec::NEW
};

static ALLOWED_METHODS: Spec = Spec {
    name: "http:allowed-methods",
    doc: "The methods that pages of the site may use.",
    parts: &[Part { spec: &METHOD, occurs: Occurs::Any }],
    ..Spec::NEW
};

static ALLOWED_HEADERS: Spec = Spec {
    name: "http:allowed-headers",
    doc: "The headers that pages of the site may send.",
    parts: &[Part { spec: &HEADER, occurs: Occurs::Any }],
    ..Spec::NEW
};

static EXPOSED_HEADERS: Spec = Spec {
    name: "http:expose-headers",
    doc: "The headers of answers that pages of the site may read.",
    parts: &[Part { spec: &HEADER, occurs: Occurs::Any }],
    ..Spec::NEW
};

static ONE_ORIGIN: Spec = Spec {
    name: "http:origin",
    doc: "A site whose pages may read the answers. In it stand `http:allowed-methods` with an `http:method methodName` for each, \
          `http:allowed-headers` and `http:expose-headers` with an `http:header headerName` for each.",
    attributes: &[
        Attribute::required("url", Kind::Text, "The site, as browsers name it: `https://shop.example`."),
        Attribute::default(
            "accessControlMaxAge",
            Kind::Integer,
            "30",
            "How many seconds browsers may remember what they were told.",
        ),
    ],
    parts: &[
        Part { spec: &ALLOWED_METHODS, occurs: Occurs::Optional },
        Part { spec: &ALLOWED_HEADERS, occurs: Occurs::Optional },
        Part { spec: &EXPOSED_HEADERS, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

static PUBLIC: Spec = Spec {
    name: "http:public-resource",
    doc: "Pages of every site may read the answers, with any method and header.",
    ..Spec::NEW
};

static ORIGINS: Spec = Spec {
    name: "http:origins",
    doc: "The sites whose pages may read the answers.",
    parts: &[Part { spec: &PUBLIC, occurs: Occurs::Optional }, Part { spec: &ONE_ORIGIN, occurs: Occurs::Any }],
    ..Spec::NEW
};

static INTERCEPTOR: Spec = Spec {
    name: "http:cors-interceptor",
    doc: "Lets pages of other sites read the answers. `OPTIONS` requests that name an origin are answered without the flow; \
          they have to be among the `allowedMethods` of a listener that has some.",
    attributes: &[Attribute::default(
        "allowCredentials",
        Kind::Boolean,
        "false",
        "Whether browsers may send cookies and credentials.",
    )],
    parts: &[Part { spec: &ORIGINS, occurs: Occurs::Optional }],
    ..Spec::NEW
};

/// `http:listener-interceptors`
pub static SPEC: Spec = Spec {
    name: "http:listener-interceptors",
    doc: "What sees requests before their flow does.",
    parts: &[Part { spec: &INTERCEPTOR, occurs: Occurs::Optional }],
    ..Spec::NEW
};

/// Which pages of other sites may read answers.
pub struct Cors {
    allows_credentials: bool,
    /// Whether pages of every site may.
    is_public: bool,
    origins: Vec<Origin>,
}

/// A site whose pages may read answers.
struct Origin {
    url: String,
    max_age: i64,
    methods: Vec<String>,
    allowed: Vec<String>,
    exposed: Vec<String>,
}

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Its flow runs, and the answer gets these headers.
    Run(HeaderMap),
    /// It is answered at once with these headers.
    Answer(HeaderMap),
}

impl Cors {
    /// What the interceptors of a listener configuration say.
    pub fn of(config: &Node<'_>) -> Option<Self> {
        let interceptors = config.part(SPEC.name)?;
        let interceptor = interceptors.part(INTERCEPTOR.name)?;
        let origins = interceptor.part(ORIGINS.name);
        let named = origins.as_ref().map(|origins| origins.parts(ONE_ORIGIN.name)).unwrap_or_default();
        Some(Self {
            allows_credentials: interceptor.boolean("allowCredentials"),
            is_public: origins.as_ref().is_some_and(|origins| origins.part(PUBLIC.name).is_some()),
            origins: named.iter().map(Origin::of).collect(),
        })
    }

    /// What becomes of a request with this method and these headers.
    pub fn judge(&self, method: &Method, headers: &HeaderMap) -> Verdict {
        let Some(origin) = headers.get(ORIGIN) else { return Verdict::Run(HeaderMap::new()) };
        let known = self.origins.iter().find(|known| known.url.as_bytes() == origin.as_bytes());
        let mut answer = HeaderMap::new();
        if method == Method::OPTIONS {
            if self.is_public && self.promise_all(headers, &mut answer)
                || known.is_some_and(|known| known.promise(headers, &mut answer))
            {
                self.allow(origin, &mut answer);
            }
            return Verdict::Answer(answer);
        }
        if self.is_public {
            self.allow(origin, &mut answer);
        } else if let Some(known) = known.filter(|known| known.takes(method.as_str())) {
            self.allow(origin, &mut answer);
            if !is_simple(method, headers) && !known.exposed.is_empty() {
                put(&mut answer, ACCESS_CONTROL_EXPOSE_HEADERS, &known.exposed.join(", "));
            }
        }
        Verdict::Run(answer)
    }

    /// Names the site that may read the answer; browsers take no `*` from those who want credentials.
    fn allow(&self, origin: &HeaderValue, answer: &mut HeaderMap) {
        let all = HeaderValue::from_static("*");
        let names_all = self.is_public && !self.allows_credentials;
        answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, if names_all { all } else { origin.clone() });
        if self.allows_credentials {
            answer.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
    }

    /// Allows what a preflight request asks for, whatever it is; gives whether it asks for anything.
    fn promise_all(&self, asked: &HeaderMap, answer: &mut HeaderMap) -> bool {
        let Some(method) = asked.get(ACCESS_CONTROL_REQUEST_METHOD) else { return false };
        answer.insert(ACCESS_CONTROL_ALLOW_METHODS, method.clone());
        answer.extend(asked.get(ACCESS_CONTROL_REQUEST_HEADERS).map(|h| (ACCESS_CONTROL_ALLOW_HEADERS, h.clone())));
        true
    }
}

impl Origin {
    fn of(node: &Node<'_>) -> Self {
        let names = |part: &Spec, each: &Spec, attribute: &str| {
            let all = node.part(part.name).map(|part| part.parts(each.name)).unwrap_or_default();
            all.iter().map(|one| one.required(attribute)).collect::<Vec<_>>()
        };
        let methods = names(&ALLOWED_METHODS, &METHOD, "methodName");
        Self {
            url: node.required("url"),
            max_age: node.integer("accessControlMaxAge").unwrap_or_default(),
            methods: methods.iter().map(|method| method.to_ascii_uppercase()).collect(),
            allowed: names(&ALLOWED_HEADERS, &HEADER, "headerName"),
            exposed: names(&EXPOSED_HEADERS, &HEADER, "headerName"),
        }
    }

    fn takes(&self, method: &str) -> bool {
        self.methods.iter().any(|known| known == method)
    }

    /// Says what is allowed, where a preflight request asks for no more than that; gives whether it does not.
    fn promise(&self, asked: &HeaderMap, answer: &mut HeaderMap) -> bool {
        let method = asked.get(ACCESS_CONTROL_REQUEST_METHOD).and_then(|method| method.to_str().ok());
        if !method.is_some_and(|method| self.takes(method)) {
            return false;
        }
        let headers = asked.get_all(ACCESS_CONTROL_REQUEST_HEADERS).iter().flat_map(|value| value.to_str().ok());
        let mut headers = headers.flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty());
        if !headers.all(|name| self.allowed.iter().any(|known| known.eq_ignore_ascii_case(name))) {
            return false;
        }
        put(answer, ACCESS_CONTROL_ALLOW_METHODS, &self.methods.join(", "));
        if !self.allowed.is_empty() {
            put(answer, ACCESS_CONTROL_ALLOW_HEADERS, &self.allowed.join(", "));
        }
        answer.insert(ACCESS_CONTROL_MAX_AGE, self.max_age.into());
        true
    }
}

/// Puts a header, unless the configuration says what none can hold.
fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    headers.extend(HeaderValue::from_str(value).ok().map(|value| (name, value)));
}

/// The headers that browsers add by themselves (Fetch, forbidden request-headers), and those that any page may send.
const ORDINARY: &[&str] = &[
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "access-control-request-headers",
    "access-control-request-method",
    "cache-control",
    "connection",
    "content-language",
    "content-length",
    "cookie",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "last-event-id",
    "origin",
    "pragma",
    "referer",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "via",
];

/// Whether a page may send such a request without asking before.
fn is_simple(method: &Method, headers: &HeaderMap) -> bool {
    let is_ordinary = |name: &HeaderName| {
        let name = name.as_str();
        ORDINARY.contains(&name) || name.starts_with("sec-") || name.starts_with("proxy-")
    };
    let is_form = |value: &HeaderValue| {
        let essence = value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
        ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]
            .iter()
            .any(|form| form.eq_ignore_ascii_case(essence))
    };
    matches!(*method, Method::GET | Method::HEAD | Method::POST)
        && headers.iter().all(|(name, value)| is_ordinary(name) || (name == CONTENT_TYPE && is_form(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOP: &str = "https://shop.example";

    fn cors(is_public: bool, allows_credentials: bool) -> Cors {
        let list = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let origin = Origin {
            url: SHOP.to_string(),
            max_age: 60,
            methods: list(&["GET", "PUT"]),
            allowed: list(&["X-Till", "content-type"]),
            exposed: list(&["x-total"]),
        };
        Cors { allows_credentials, is_public, origins: if is_public { Vec::new() } else { vec![origin] } }
    }

    /// The answer to a request, as text: `answer` or `run`, and the headers without what all of them begin with.
    fn verdict(cors: &Cors, method: &Method, headers: &[(&'static str, &str)]) -> String {
        let asked = headers.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap()));
        let (word, headers) = match cors.judge(method, &asked.collect()) {
            Verdict::Run(headers) => ("run", headers),
            Verdict::Answer(headers) => ("answer", headers),
        };
        let short = |name: &HeaderName| name.as_str().trim_start_matches("access-control-").to_string();
        let mut texts: Vec<_> =
            headers.iter().map(|(name, value)| format!(" {}={}", short(name), value.to_str().unwrap())).collect();
        texts.sort();
        format!("{word}{}", texts.concat())
    }

    #[test]
    fn preflight_requests_are_answered_without_the_flow() {
        let asks = |method: &'static str| ("access-control-request-method", method);
        let sends = |headers: &'static str| ("access-control-request-headers", headers);
        let shop = ("origin", SHOP);
        let all = "answer allow-headers=X-Till, content-type allow-methods=GET, PUT allow-origin=https://shop.example max-age=60";
        for (headers, expected) in [
            (vec![shop, asks("PUT")], all),
            (vec![shop, asks("GET"), sends("x-till, Content-Type")], all),
            (vec![shop, asks("GET"), sends("x-other")], "answer"),
            (vec![shop, asks("DELETE")], "answer"),
            (vec![shop], "answer"),
            (vec![("origin", "https://other.example"), asks("GET")], "answer"),
            (vec![asks("GET")], "run"),
        ] {
            assert_eq!(verdict(&cors(false, false), &Method::OPTIONS, &headers), expected, "{headers:?}");
        }
        let asked = [("origin", "null"), asks("PATCH"), sends("x-a, x-b")];
        for (credentials, rest) in [(false, "allow-origin=*"), (true, "allow-origin=null")] {
            let yes = if credentials { "allow-credentials=true " } else { "" };
            let expected = format!("answer {yes}allow-headers=x-a, x-b allow-methods=PATCH {rest}");
            assert_eq!(verdict(&cors(true, credentials), &Method::OPTIONS, &asked), expected);
        }
    }

    #[test]
    fn answers_name_the_sites_that_may_read_them() {
        let shop = ("origin", SHOP);
        let open = "run allow-origin=https://shop.example";
        for (method, headers, expected) in [
            (Method::GET, vec![shop, ("accept", "*/*")], open.to_string()),
            (Method::GET, vec![shop, ("x-till", "7")], format!("{open} expose-headers=x-total")),
            (Method::PUT, vec![shop], format!("{open} expose-headers=x-total")),
            (Method::GET, vec![shop, ("content-type", "application/json")], format!("{open} expose-headers=x-total")),
            (Method::GET, vec![shop, ("content-type", "text/plain; charset=UTF-8")], open.to_string()),
            (Method::DELETE, vec![shop], "run".to_string()),
            (Method::GET, vec![("origin", "https://other.example")], "run".to_string()),
            (Method::GET, vec![], "run".to_string()),
        ] {
            assert_eq!(verdict(&cors(false, false), &method, &headers), expected, "{method} {headers:?}");
        }
        let with_credentials = verdict(&cors(false, true), &Method::GET, &[shop]);
        assert_eq!(with_credentials, "run allow-credentials=true allow-origin=https://shop.example");
        assert_eq!(verdict(&cors(true, false), &Method::DELETE, &[("origin", "x")]), "run allow-origin=*");
    }
}
