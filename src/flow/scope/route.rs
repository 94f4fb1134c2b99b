//! `route`, the part that routers have in common.

use crate::flow::spec::{Body, Spec};

/// `route`
pub static ROUTE: Spec =
    Spec { name: "route", doc: "The processors of one route.", body: Body::Processors, ..Spec::NEW };
