//! The log of apps in Mule's line layout or as JSON: on standard error, written by a thread of its own so that events do
//! not wait for the terminal, or as a part of what is known of a test.

use super::args::{LogArgs, LogFormat};
use super::progress::BARS;
use crate::munit::Output;
use serde_json::{Map, Value};
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields, MakeWriter};
use tracing_subscriber::registry::LookupSpan;

/// How many lines may wait to be written; whoever writes the next one waits with them.
const WAITING: usize = 16_384;

/// What goes to the thread that writes.
enum Message {
    Line(Vec<u8>),
    /// Answered when everything before it is written.
    Flush(SyncSender<()>),
}

/// The running log; everything is written when it goes away.
pub struct Log {
    lines: Lines,
    format: LogFormat,
}

impl Log {
    /// Writes a text of the program's own beside the lines of the app; for machines it is a line as well.
    pub fn say(&self, text: &str) {
        match self.format {
            // Without its thread there is no log any more.
            LogFormat::Mule => drop(self.lines.0.send(Message::Line(format!("{text}\n").into_bytes()))),
            LogFormat::Json => tracing::info!(target: "dwrun", "{text}"),
        }
    }

    /// Writes lines, for people in a box of stars, as Mule draws it.
    pub fn say_boxed(&self, lines: &[String]) {
        match self.format {
            LogFormat::Mule => self.say(&boxed(lines)),
            LogFormat::Json => lines.iter().for_each(|line| self.say(line)),
        }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        let (done, written) = sync_channel(1);
        if self.lines.0.send(Message::Flush(done)).is_ok() {
            let _ = written.recv();
        }
    }
}

/// Sends the log to standard error, from the level that the command line or `DWRUN_LOG` says.
pub fn start(args: &LogArgs) -> Log {
    let filter = EnvFilter::try_from_env("DWRUN_LOG").unwrap_or_else(|_| EnvFilter::new(&args.log_level));
    let (sender, lines) = sync_channel(WAITING);
    std::thread::spawn(move || write_all(&lines));
    let lines = Lines(sender);
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines.clone());
    // A second start in the same process keeps the first log.
    let _ = match args.log_format {
        LogFormat::Mule => subscriber.event_format(MuleLayout).try_init(),
        LogFormat::Json => subscriber.event_format(JsonLayout).try_init(),
    };
    Log { lines, format: args.log_format }
}

fn boxed(lines: &[String]) -> String {
    let width = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0).max(66);
    let stars = "*".repeat(width + 4);
    let rows: Vec<_> = lines.iter().map(|line| format!("* {line:<width$} *")).collect();
    format!("\n{stars}\n{}\n{stars}", rows.join("\n"))
}

/// Writes what comes; the output is flushed when nothing more waits.
fn write_all(messages: &Receiver<Message>) {
    let mut out = io::BufWriter::new(io::stderr());
    let is_terminal = io::stderr().is_terminal();
    loop {
        let message = match messages.try_recv() {
            Ok(message) => message,
            Err(TryRecvError::Empty) => {
                // A closed standard error takes no log; the app goes on.
                let _ = out.flush();
                match messages.recv() {
                    Ok(message) => message,
                    Err(_) => return,
                }
            }
            Err(TryRecvError::Disconnected) => return,
        };
        match message {
            // Bars on a terminal make room for the line.
            Message::Line(line) if is_terminal => BARS.suspend(|| {
                let _ = out.write_all(&line);
                let _ = out.flush();
            }),
            Message::Line(line) => drop(out.write_all(&line)),
            Message::Flush(done) => {
                let _ = out.flush();
                let _ = done.send(());
            }
        }
    }
}

/// Takes lines to the thread that writes them.
#[derive(Clone)]
struct Lines(SyncSender<Message>);

/// One line on its way.
struct Line {
    bytes: Vec<u8>,
    lines: Lines,
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Line;

    fn make_writer(&'a self) -> Line {
        Line { bytes: Vec::with_capacity(256), lines: self.clone() }
    }
}

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let _ = self.lines.0.send(Message::Line(std::mem::take(&mut self.bytes)));
    }
}

/// What an event of the log says.
#[derive(Default)]
struct Said {
    message: String,
    category: Option<String>,
    event: String,
    processor: String,
}

impl Said {
    fn of(event: &Event<'_>) -> Self {
        let mut said = Self::default();
        event.record(&mut said);
        said
    }

    fn take(&mut self, field: &Field, text: String) {
        match field.name() {
            "message" => self.message = text,
            "category" => self.category = Some(text),
            "correlation_id" => self.event = text,
            "processor" => self.processor = text,
            _ => {}
        }
    }
}

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.take(field, value.to_string());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.take(field, format!("{value:?}"));
    }
}

/// `%-5p %d [%t] [processor: …; event: …] %c: %m%n`
struct MuleLayout;

impl<S, N> FormatEvent<S, N> for MuleLayout
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut line: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let said = Said::of(event);
        let meta = event.metadata();
        let thread = std::thread::current();
        writeln!(
            line,
            "{:<5} {} [{}] [processor: {}; event: {}] {}: {}",
            meta.level(),
            jiff::Zoned::now().strftime("%Y-%m-%d %H:%M:%S,%3f"),
            thread.name().unwrap_or("thread"),
            said.processor,
            said.event,
            said.category.as_deref().unwrap_or(meta.target()),
            said.message,
        )
    }
}

/// One JSON object a line.
struct JsonLayout;

impl<S, N> FormatEvent<S, N> for JsonLayout
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, _: &FmtContext<'_, S, N>, mut line: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        let said = Said::of(event);
        let meta = event.metadata();
        let category = said.category.unwrap_or_else(|| meta.target().to_string());
        let mut object = Map::new();
        for (name, text) in [
            ("timestamp", jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()),
            ("level", meta.level().to_string()),
            ("thread", std::thread::current().name().unwrap_or("thread").to_string()),
            ("category", category),
            ("processor", said.processor),
            ("event", said.event),
            ("message", said.message),
        ] {
            object.insert(name.to_string(), Value::String(text));
        }
        writeln!(line, "{}", Value::Object(object))
    }
}

/// Gives what apps log to the tests that run them.
pub fn into_tests() {
    let filter = EnvFilter::try_from_env("DWRUN_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Output::writer);
    // A second start in the same process keeps the first log.
    let _ = log.event_format(MuleLayout).try_init();
}
