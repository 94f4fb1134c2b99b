//! What the tests share: apps from a text, run to their end.

use dwrun::diag::Report;
use dwrun::flow::app::{App, Options, Project};
use dwrun::flow::build::Stubs;
use dwrun::flow::event::{Error, Event, Typed, media};
use dwrun::flow::spec::Registry;
use dwrun::{connector, flow, munit};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The root element up to its content, with every namespace that tests use.
pub const HEAD: &str = r#"<mule xmlns="http://www.mulesoft.org/schema/mule/core" xmlns:ee="http://www.mulesoft.org/schema/mule/ee/core" xmlns:tracing="http://www.mulesoft.org/schema/mule/tracing" xmlns:doc="http://www.mulesoft.org/schema/mule/documentation">"#;

/// Every component there is.
pub fn registry() -> Registry {
    Registry::new(flow::MODULES.iter().chain(connector::MODULES).chain(munit::MODULES).copied())
}

/// A folder of this test program's own.
pub fn folder() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("flows/{}-{next}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Loads a whole configuration file, with others beside it.
pub fn load_file(xml: &str, beside: &[(&str, &str)]) -> Result<Arc<App>, Report> {
    let folder = folder();
    for (name, text) in beside {
        std::fs::write(folder.join(name), text).unwrap();
    }
    std::fs::write(folder.join("app.xml"), xml).unwrap();
    let options = Options {
        registry: &registry(),
        properties: Vec::new(),
        state: folder.join("state"),
        stubs: Stubs::default(),
        coverage: None,
    };
    App::load(&Project::at(&folder.join("app.xml")).unwrap(), &options)
}

/// Loads an app with this content.
pub fn load(content: &str) -> Arc<App> {
    load_file(&format!("{HEAD}{content}</mule>"), &[]).unwrap_or_else(|report| panic!("{content}\n{report}"))
}

/// Loads an app whose flow `main` has this content.
pub fn load_main(content: &str) -> Arc<App> {
    load(&format!("<flow name=\"main\">{content}</flow>"))
}

/// Runs a future to its end, on threads like those that the program runs flows on.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(32 << 20).build().unwrap();
    let result = runtime.block_on(future);
    runtime.shutdown_background();
    result
}

/// Runs an event with a JSON payload through a flow; waits for all that it started.
pub async fn run_event(app: &Arc<App>, flow: &str, payload: &str) -> (Event, Result<(), Error>) {
    let mut event = app.event();
    event.message.payload = Typed::bytes(payload.to_string(), media("application/json"));
    let outcome = app.flow(flow).unwrap().run(&mut event).await;
    event.context.work.idle().await;
    (event, outcome)
}

/// What a flow makes of a JSON payload: its payload as JSON on one line, or the error.
pub fn run(app: &Arc<App>, flow: &str, payload: &str) -> String {
    let (app, flow, payload) = (app.clone(), flow.to_string(), payload.to_string());
    let (event, outcome) =
        block_on(async move { tokio::spawn(async move { run_event(&app, &flow, &payload).await }).await.unwrap() });
    match outcome {
        Ok(()) => shown(&event),
        Err(error) => format!("{error}"),
    }
}

/// The payload as JSON on one line.
pub fn shown(event: &Event) -> String {
    let value = event.message.payload.read().unwrap();
    let mut out = Vec::new();
    dwrun::script::write(value, &media("application/json; indent=false"), &mut out).unwrap();
    String::from_utf8(out).unwrap().trim_end().replace("\": ", "\":")
}

/// Checks what flow `main` with this content makes of a JSON payload.
#[track_caller]
pub fn check(content: &str, payload: &str, wanted: &str) {
    assert_eq!(run(&load_main(content), "main", payload), wanted, "{content}");
}

/// Checks what the flow `main` of an app makes of a JSON payload.
#[track_caller]
pub fn check_app(content: &str, payload: &str, wanted: &str) {
    assert_eq!(run(&load(content), "main", payload), wanted, "{content}");
}
