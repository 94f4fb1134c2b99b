//! Commands: what begins with a colon.

use super::{Answer, Reply, Session};
use crate::diag::{Code, Fault, Report, nearest};

/// A command.
pub(super) struct Command {
    pub name: &'static str,
    /// What follows the name.
    pub usage: &'static str,
    pub about: &'static str,
    pub argument: Argument,
    run: fn(&mut Session, &str) -> Result<Reply, Report>,
}

/// What may follow a command: for completion, and to tell when it is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Argument {
    None,
    Expression,
    /// A file that is read or written.
    File,
    /// A file or an expression; may be missing.
    Source,
    /// `NAME=FILE|EXPR`, one or several.
    Named,
    /// A MIME type or a format's id.
    Mime,
    /// A name of the session or the library.
    Name,
    /// Free text.
    Text,
}

/// Every command, in the order of the help.
#[rustfmt::skip]
pub(super) const COMMANDS: &[Command] = &[
    Command { name: "gather", usage: "0=FILE 1=EXPR 2=!ERROR 3=null …", argument: Argument::Named, run: Session::gather,
        about: "the payload that a scatter-gather hands on; `!` is a failed route" },
    Command { name: "input", usage: "NAME=FILE|EXPR", argument: Argument::Named, run: Session::set_input,
        about: "set an input" },
    Command { name: "vars", usage: "[FILE|EXPR]", argument: Argument::Source, run: |s, text| s.part("vars", text),
        about: "set or show the flow's variables" },
    Command { name: "attributes", usage: "[FILE|EXPR]", argument: Argument::Source, run: |s, text| s.part("attributes", text),
        about: "set or show the message's attributes" },
    Command { name: "event", usage: "FILE|EXPR", argument: Argument::Source, run: Session::event,
        about: "set a whole Mule event: an object of payload, attributes, vars …" },
    Command { name: "reload", usage: "", argument: Argument::None, run: Session::reload,
        about: "read the inputs' files and the loaded script again" },
    Command { name: "type", usage: "EXPR", argument: Argument::Expression, run: Session::type_of,
        about: "the type of a value, from its data" },
    Command { name: "doc", usage: "NAME", argument: Argument::Name, run: Session::doc,
        about: "what a function does; what a name of the session stands for" },
    Command { name: "time", usage: "EXPR", argument: Argument::Expression, run: Session::time,
        about: "how long an expression takes" },
    Command { name: "output", usage: "MIME [PROPERTY=VALUE, …]", argument: Argument::Mime, run: Session::set_output,
        about: "the type that results are shown in" },
    Command { name: "all", usage: "", argument: Argument::None, run: Session::show_all,
        about: "the last result, however long it is" },
    Command { name: "names", usage: "", argument: Argument::None, run: Session::names,
        about: "all inputs and declarations" },
    Command { name: "forget", usage: "NAME", argument: Argument::Name, run: Session::forget,
        about: "take a declaration away" },
    Command { name: "load", usage: "FILE", argument: Argument::File, run: Session::load,
        about: "take in a script" },
    Command { name: "save", usage: "FILE", argument: Argument::File, run: Session::save,
        about: "write the session as a script; its body is the last expression" },
    Command { name: "test", usage: "MAPPING[/SCENARIO]", argument: Argument::Text, run: Session::save_test,
        about: "write script, inputs and result as a test for `dwrun test`" },
    Command { name: "help", usage: "", argument: Argument::None, run: Session::help,
        about: "this text" },
    Command { name: "quit", usage: "", argument: Argument::None, run: |_, _| Ok(Reply::Leave),
        about: "leave, as Ctrl-D does" },
];

impl Session {
    /// Runs a command, given without its colon.
    pub(super) fn command(&mut self, text: &str) -> Result<Reply, Report> {
        let (name, argument) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let argument = argument.trim();
        let Some(command) = COMMANDS.iter().find(|c| c.name == name) else { return Err(unknown(name).into()) };
        let is_optional = matches!(command.argument, Argument::None | Argument::Source);
        if argument.is_empty() && !is_optional || !argument.is_empty() && command.argument == Argument::None {
            let fault = Fault::new(
                Code::Argument,
                format!("`:{name}` is used as `:{name} {}`", command.usage).replace(" `\u{60}", "`"),
            );
            return Err(fault.help(command.about).into());
        }
        (command.run)(self, argument)
    }

    fn set_input(&mut self, text: &str) -> Result<Reply, Report> {
        match text.split_once('=') {
            Some((name, given)) if is_name(name.trim()) && !given.trim().is_empty() => {
                self.set(name.trim(), given.trim())
            }
            _ => {
                let fault = Fault::new(Code::Argument, format!("`:input` takes NAME=FILE or NAME=EXPR, not `{text}`"));
                Err(fault.help("as in `:input orders=orders.csv` or `:input region=\"north\"`").into())
            }
        }
    }

    /// Sets or shows a part of the event.
    fn part(&mut self, name: &str, given: &str) -> Result<Reply, Report> {
        if given.is_empty() { self.show_input(name) } else { self.set(name, given) }
    }

    fn set_output(&mut self, text: &str) -> Result<Reply, Report> {
        self.line(&format!("line {}", self.lines), &format!("output {text}"))?;
        Ok(Reply::Nothing)
    }

    fn show_all(&mut self, _: &str) -> Result<Reply, Report> {
        match &self.last {
            Some(last) => {
                let (value, script) = (last.value.clone(), last.script.clone());
                Ok(Reply::Result(Answer { value, script, whole: true }))
            }
            None => Ok(Reply::Text("no result yet".into())),
        }
    }

    fn forget(&mut self, name: &str) -> Result<Reply, Report> {
        let known = self.supplied.len();
        self.supplied.retain(|s| s.name != name);
        if self.entries.remove(name) || self.supplied.len() < known {
            return Ok(Reply::Nothing);
        }
        let fault = Fault::new(Code::UnknownName, format!("nothing is named `{name}` here"));
        Err(fault.help("`:names` lists the names").into())
    }

    fn help(&mut self, _: &str) -> Result<Reply, Report> {
        let head = |c: &Command| format!(":{} {}", c.name, c.usage).trim_end().to_string();
        let line = |c: &Command| format!("{:38} {}\n", head(c), c.about);
        let commands: String = COMMANDS.iter().map(line).collect();
        let text = "Type declarations (var, fun, type, ns, import, input, output) and expressions; `_` is the last result.\n\
                    Tab completes. Enter goes on where something is open; two empty lines end it. Ctrl-C stops, Ctrl-D leaves.\n\n";
        Ok(Reply::Text(format!("{text}{}", commands.trim_end())))
    }
}

fn unknown(name: &str) -> Fault {
    let fault = Fault::new(Code::UnknownName, format!("unknown command `:{name}`"));
    match nearest(name, COMMANDS.iter().map(|c| c.name)) {
        Some(near) => fault.help(format!("did you mean `:{near}`?")),
        None => fault.help("`:help` lists the commands"),
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
