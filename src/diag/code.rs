//! Error codes: one for each family of mistakes a user can meet.

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $kind:literal;)*) => {
        /// The family an error belongs to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// Every code, for tests and documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The stable name shown in reports, as in `error[division-by-zero]`.
            pub fn id(self) -> &'static str {
                match self { $(Code::$name => $id),* }
            }

            /// The `kind` that `try` answers with, as the reference engine names it.
            pub fn kind(self) -> &'static str {
                match self { $(Code::$name => $kind),* }
            }
        }
    };
}

codes! {
    /// The text is not DataWeave.
    Syntax = "syntax", "CompilationException";
    /// A name that nothing declares.
    UnknownName = "unknown-name", "CompilationException";
    /// A name declared twice, or declared as two kinds of thing.
    DuplicateName = "duplicate-name", "CompilationException";
    /// A module that cannot be found, imports itself, or lacks the name asked for.
    Import = "import", "CompilationException";
    /// A call with too few or too many arguments.
    Arity = "arity", "CompilationException";
    /// A type that can be seen not to fit before anything runs.
    Type = "type", "CompilationException";
    /// An annotation, directive or declaration used against its rules.
    Declaration = "declaration", "CompilationException";
    /// A value cannot be converted to the type asked for.
    Coercion = "coercion", "UnsupportedTypeCoercionException";
    /// Text that is no number.
    InvalidNumber = "invalid-number", "InvalidNumberException";
    /// Text that is no Boolean.
    InvalidBoolean = "invalid-boolean", "InvalidBooleanException";
    /// No overload of an operator or function takes these arguments.
    NoOverload = "no-overload", "UnexpectedFunctionCallTypesException";
    /// A number divided by zero.
    DivisionByZero = "division-by-zero", "DivisionByZeroException";
    /// `!` on a key that is not there.
    KeyNotFound = "key-not-found", "KeyNotFoundException";
    /// An index outside of what it indexes.
    IndexOutOfBounds = "index-out-of-bounds", "IndexOutOfBoundsException";
    /// A selector on a value that has no parts.
    Selection = "selection", "InvalidSelectionException";
    /// No case of a `match` fits.
    NoMatch = "no-match", "NoMatchFoundException";
    /// Two values that have no order.
    Comparison = "comparison", "InvalidComparisonException";
    /// `???` was evaluated.
    NotImplemented = "not-implemented", "NotImplementedYetException";
    /// The script itself called `fail`.
    User = "user", "UserException";
    /// A regular expression that does not compile or takes too long.
    Pattern = "pattern", "PatternSyntaxException";
    /// An argument outside of a function's domain.
    Argument = "argument", "IllegalArgumentException";
    /// A date, time or number pattern that is wrong or does not fit.
    Format = "format", "InvalidFormatException";
    /// Input that cannot be read as its format.
    Read = "read", "ReadExecutionException";
    /// A value that the output format cannot hold.
    Write = "write", "WriterExecutionException";
    /// A format nobody knows.
    UnknownFormat = "unknown-format", "UnknownContentTypeException";
    /// A reader or writer property that is unknown or has a wrong value.
    Option = "option", "InvalidOptionException";
    /// Calls nested too deeply.
    StackOverflow = "stack-overflow", "WeaveStackOverflowException";
    /// The time given to a script is over.
    TimeOut = "time-out", "ExecutionTimeOutException";
    /// A limit on size or nesting was reached.
    Limit = "limit", "LimitExceededException";
    /// Something the script may not do.
    Privilege = "privilege", "SecurityPrivilegeViolation";
    /// A Mule configuration that is wrong.
    Configuration = "configuration", "ConfigurationException";
    /// The operating system refused: a file, a socket, a pipe.
    Io = "io", "IOException";
    /// The evaluation was interrupted by its owner.
    Interrupted = "interrupted", "InterruptedException";
    /// A bug of dwrun; no input may lead here.
    Internal = "internal", "InternalException";
}
