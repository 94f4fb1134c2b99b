//! What apps may use that is not there and will not be, named for what it needs.

use crate::flow::config::Name;

/// The modules that run code for the Java virtual machine.
const JVM: [&str; 4] = ["java", "scripting", "script", "spring"];

const NO_JVM: Missing = Missing {
    does: "needs a Java virtual machine, which dwrun does not have",
    instead: "say it in DataWeave, mock it in tests,",
};

/// What reads mails, or keeps house among them.
const MAILBOX: Missing = Missing {
    does: "needs a mailbox, over IMAP or POP3, which dwrun does not read",
    instead: "`email:send` sends mails; mock the rest in tests with `munit-tools:mock-when`,",
};

const NO_OLD_NAMES: Missing = Missing {
    does: "is of an older version of the module",
    instead: "`validation:is-allowed-ip` and `validation:is-not-denied-ip` are its names now; rename it",
};

/// Elements of modules that are there for the rest: how their names begin.
const ABSENT: &[(&str, Missing)] = &[
    (
        "crypto:xml-",
        Missing {
            does: "signs and encrypts XML, which dwrun does not do",
            instead: "`crypto:jce-sign` signs it as text;",
        },
    ),
    ("email:list-", MAILBOX),
    ("email:listener-", MAILBOX),
    ("email:imap-", MAILBOX),
    ("email:pop3-", MAILBOX),
    ("email:mark-as-", MAILBOX),
    ("email:delete", MAILBOX),
    ("email:expunge-folder", MAILBOX),
    ("email:move-to-folder", MAILBOX),
    ("email:count-messages-", MAILBOX),
    ("http:basic-security-filter", NO_JVM),
    ("validation:is-whitelisted-ip", NO_OLD_NAMES),
    ("validation:is-not-blacklisted-ip", NO_OLD_NAMES),
    ("xml-module:xslt-transform", Missing { does: "needs XSLT, which dwrun does not have", instead: NO_JVM.instead }),
    (
        "xml-module:xquery-transform",
        Missing { does: "needs XQuery, which dwrun does not have", instead: NO_JVM.instead },
    ),
];

/// Why an element is not there.
#[derive(Clone, Copy)]
pub struct Missing {
    /// What it does that nothing here does.
    pub does: &'static str,
    /// What does instead, up to the `or` of another way.
    pub instead: &'static str,
}

/// Why an element is not there, where that is known.
pub fn missing(name: &Name) -> Option<Missing> {
    if JVM.contains(&name.module.as_str()) {
        return Some(NO_JVM);
    }
    let name = name.to_string();
    ABSENT.iter().find(|(start, _)| name.starts_with(start)).map(|(_, missing)| *missing)
}
