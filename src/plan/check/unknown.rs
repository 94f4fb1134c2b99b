//! The type of values of which nothing is known.

use crate::value::Type;

const NAME: &str = "?";

/// A type parameter that nothing binds: it fits everywhere, and everything fits it. `Any` does not.
pub fn unknown() -> Type {
    Type::Param(NAME.into())
}

/// Whether nothing is known of such values.
pub fn is_unknown(ty: &Type) -> bool {
    matches!(ty, Type::Param(name) if *name == NAME)
}
