//! The texts of failed checks, and `validation:config`, which takes them from a file of the app.

use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::event::media;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::format::Input;
use crate::script;
use crate::value::Value;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

/// `validation:config`
pub static CONFIG: Spec = Spec {
    name: "validation:config",
    doc: "Texts of errors in another language.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[Part { spec: &I18N, occurs: Occurs::Optional }],
    example: r#"<validation:config name="in-spanish"><validation:i18n bundlePath="messages" locale="es"/></validation:config>"#,
    make: Make::Global(|node| Arc::new(Messages::of(node))),
    ..Spec::NEW
};

static I18N: Spec = Spec {
    name: "validation:i18n",
    doc: "The properties file with the texts, by the numbers that Mule gives them.",
    attributes: &[
        Attribute::required("bundlePath", Kind::Text, "The file among the app's resources, without its extension."),
        Attribute::new("locale", Kind::Text, "The language: the file's name ends with it."),
    ],
    ..Spec::NEW
};

/// A text by its number in Mule's bundle (mule-validation-module `validation-messages.properties`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    Boolean = 1,
    NumberType = 2,
    Lower = 3,
    Greater = 4,
    Email = 5,
    Ip = 6,
    TooFew = 7,
    TooMany = 8,
    Null = 9,
    EmptyCollection = 10,
    Blank = 11,
    NotNull = 14,
    Time = 15,
    Url = 16,
    Regex = 17,
    NotBlank = 19,
    NotEmptyCollection = 20,
    Elapsed = 22,
    NotElapsed = 23,
    RejectedIp = 24,
}

impl Text {
    fn pattern(self) -> &'static str {
        match self {
            Text::Boolean => "Value was expected to be {0} but it was {1} instead",
            Text::NumberType => "{0} is not a valid {1} value",
            Text::Lower => "{0} is lower that {1}",
            Text::Greater => "{0} is greater that {1}",
            Text::Email => "{0} is not a valid email address",
            Text::Ip => "{0} is not a valid ip address",
            Text::TooFew => "value {0} was expected to have a size of at least {1} but it only has {2}",
            Text::TooMany => "value {0} was expected to have a size of at most {1} but it has {2}",
            Text::Null => "value is null",
            Text::EmptyCollection => "Collection is empty",
            Text::Blank => "String is blank",
            Text::NotNull => "value was expected to be null",
            Text::Time => "{0} is not a valid time for the pattern {1} under locale {2}",
            Text::Url => "{0} is not a valid url",
            Text::Regex => "{0} is not valid under the terms of regex {1}",
            Text::NotBlank => "String is not blank",
            Text::NotEmptyCollection => "Collection is not empty",
            Text::Elapsed => "Time {2} occurred after {1} from {0}",
            Text::NotElapsed => "Time {2} occurred before {1} from {0}",
            Text::RejectedIp => "{0} was rejected by ip filter",
        }
    }
}

/// Texts of an app's own, over those that there are.
#[derive(Default)]
pub struct Messages {
    own: HashMap<String, String>,
}

impl Global for Messages {}

impl Messages {
    fn of(node: &Node<'_>) -> Self {
        let Some(i18n) = node.part("validation:i18n") else { return Self::default() };
        let own = bundle(&i18n).unwrap_or_else(|fault| {
            i18n.refuse("bundlePath", fault);
            HashMap::new()
        });
        Self { own }
    }

    /// A text with its placeholders filled in.
    pub fn text(&self, text: Text, arguments: &[String]) -> String {
        let own = self.own.get(&(text as u8).to_string());
        fill(own.map_or(text.pattern(), String::as_str), arguments)
    }
}

/// The texts of a file: that of the language, else the one without a language.
fn bundle(node: &Node<'_>) -> Result<HashMap<String, String>, Fault> {
    let name = node.required("bundlePath");
    let localized = node.text("locale").filter(|locale| !locale.is_empty()).map(|locale| format!("{name}_{locale}"));
    let files = localized.into_iter().chain([name.clone()]).map(|name| format!("{name}.properties"));
    let paths = files.flat_map(|file| node.builder.folders().resources.iter().map(move |folder| folder.join(&file)));
    let found: Option<PathBuf> = paths.into_iter().find(|path| path.is_file());
    let path = found.ok_or_else(|| {
        let fault = Fault::new(Code::Configuration, format!("there is no resource bundle `{name}`"));
        fault.help("put its properties file into src/main/resources")
    })?;
    let unreadable = |e| Fault::new(Code::Io, format!("cannot read {}: {e}", path.display()));
    let bytes = std::fs::read(&path).map_err(unreadable)?;
    let input = Input::memory(path.display().to_string(), bytes);
    let value = script::read(input, &media("text/x-java-properties"))?;
    let Value::Object(texts) = value.bare() else { return Ok(HashMap::new()) };
    let text = |value: &Value| value.as_str().unwrap_or_default().replace("''", "'");
    Ok(texts.iter().map(|pair| (pair.name.local.to_string(), text(pair.value))).collect())
}

/// Puts the arguments in place of `{0}`, `{1}` …; an argument is not looked at again.
fn fill(pattern: &str, arguments: &[String]) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let end = rest.find('}');
        let argument = end.and_then(|end| arguments.get(rest[1..end].parse::<usize>().ok()?));
        match (argument, end) {
            (Some(argument), Some(end)) => {
                out.push_str(argument);
                rest = &rest[end + 1..];
            }
            _ => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_once() {
        let arguments = ["{1}".to_string(), "b".to_string()];
        assert_eq!(fill("{0} and {1}, not {2} or {", &arguments), "{1} and b, not {2} or {");
    }
}
