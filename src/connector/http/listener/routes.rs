//! Which listener takes a request.

use super::answer::Listener;
use crate::connector::http::path::Pattern;
use hyper::Method;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// The listeners of a socket.
#[derive(Default)]
pub struct Routes {
    /// Those that run or did, the most specific ones first.
    known: RwLock<Arc<Vec<Route>>>,
    /// The paths and methods that are taken, whether their listeners run or not.
    claims: Mutex<Vec<(Pattern, Methods)>>,
}

/// A listener with what it takes.
#[derive(Clone)]
pub struct Route {
    pub pattern: Pattern,
    pub methods: Methods,
    /// Gone while the listener is stopped.
    pub listener: Option<Arc<Listener>>,
}

/// The methods that a listener takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Methods {
    All,
    Some(Vec<Method>),
}

/// What a path and a method lead to.
pub enum Found {
    Listener(Arc<Listener>),
    /// The listener is stopped.
    Stopped,
    /// Others are allowed there.
    WrongMethod(Vec<Method>),
    Nothing,
}

impl Methods {
    /// Reads `GET, POST`; words that are no methods are left out.
    pub fn parse(text: Option<&str>) -> Self {
        let listed = text.map(|text| {
            let words = text.split(',').map(|word| word.trim().to_ascii_uppercase());
            words.filter_map(|word| Method::from_bytes(word.as_bytes()).ok()).collect::<Vec<_>>()
        });
        listed.filter(|methods| !methods.is_empty()).map_or(Self::All, Self::Some)
    }

    fn allow(&self, method: &Method) -> bool {
        match self {
            Self::All => true,
            Self::Some(methods) => methods.contains(method),
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, Self::All) => true,
            (Self::Some(one), Self::Some(two)) => one.iter().any(|method| two.contains(method)),
            _ => false,
        }
    }
}

impl Routes {
    /// Notes that a listener takes this; gives whether no other one does.
    pub fn claim(&self, pattern: &Pattern, methods: &Methods) -> bool {
        let mut claims = self.claims.lock().unwrap_or_else(PoisonError::into_inner);
        let is_free = !claims.iter().any(|(known, taken)| known.collides_with(pattern) && taken.overlaps(methods));
        claims.push((pattern.clone(), methods.clone()));
        is_free
    }

    /// Puts a listener to work, or takes it from work: requests for it are told that it is not available.
    pub fn set(&self, route: Route) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let mut routes = (**known).clone();
        routes.retain(|other| (&other.pattern, &other.methods) != (&route.pattern, &route.methods));
        routes.push(route);
        routes.sort_by_key(|route| (route.pattern.rank(), route.methods == Methods::All));
        *known = Arc::new(routes);
    }

    /// What a method and the parts of a path lead to.
    pub fn find(&self, method: &Method, path: &[impl AsRef<str>]) -> Found {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).clone();
        let mut allowed = Vec::new();
        for route in known.iter().filter(|route| route.pattern.takes(path)) {
            match &route.methods {
                methods if methods.allow(method) => {
                    return route.listener.clone().map_or(Found::Stopped, Found::Listener);
                }
                Methods::Some(methods) => allowed.extend(methods.iter().cloned()),
                Methods::All => {}
            }
        }
        if allowed.is_empty() { Found::Nothing } else { Found::WrongMethod(allowed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listeners_of_the_same_path_share_it_by_method() {
        let routes = Routes::default();
        let pattern = |text: &str| Pattern::parse(text).unwrap();
        for (path, methods, is_free) in [
            ("/a/{id}", Some("GET, post"), true),
            ("/a/{other}", Some("PUT"), true),
            ("/a/{other}", Some("POST"), false),
            ("/a/{id}", None, true),
            ("/a/b", Some("GET"), true),
        ] {
            assert_eq!(routes.claim(&pattern(path), &Methods::parse(methods)), is_free, "{path} {methods:?}");
        }
    }

    #[test]
    fn stopped_wrong_and_missing_listeners_are_told_apart() {
        let routes = Routes::default();
        routes.set(Route {
            pattern: Pattern::parse("/a").unwrap(),
            methods: Methods::parse(Some("GET")),
            listener: None,
        });
        assert!(matches!(routes.find(&Method::GET, &["a"]), Found::Stopped));
        assert!(matches!(routes.find(&Method::PUT, &["a"]), Found::WrongMethod(m) if m == [Method::GET]));
        assert!(matches!(routes.find(&Method::GET, &["b"]), Found::Nothing));
    }
}
