//! `dwrun flow APP [FLOW] [PAYLOAD]`: runs one flow once and prints what it gives.

use super::app::{block_on, load};
use super::args::FlowArgs;
use super::trace::Tracing;
use super::{Failure, inputs, logging, progress};
use crate::diag::{Fault, Report, nearest};
use crate::flow::app::App;
use crate::flow::event::{Error, Event, Octets, Typed, media};
use crate::flow::exec::Flow;
use crate::value::ObjectBuilder;
use std::io::Write;
use std::sync::Arc;

/// Runs a flow of an app.
pub fn run(args: &FlowArgs) -> Result<(), Failure> {
    let _log = logging::start(&args.log);
    let app = load(&args.app)?;
    let tracing = Tracing::of(args.trace.as_ref());
    tracing.observe(&app);
    let flow = choose(&app, args.flow.as_deref())?;
    let payload = args.payload.as_deref().map(inputs::payload).transpose()?;
    let (result, error) = block_on(run_once(app, flow, payload, args))??;
    tracing.finish()?;
    if let Some(result) = result {
        print(&result.map_err(Report::from)?)?;
    }
    error.map_or(Ok(()), |error| Err(failed(&error)))
}

/// Writes a result, which ends its last line.
fn print(result: &Octets) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let end: &[u8] = if result.last() == Some(b'\n') { b"" } else { b"\n" };
    let written = result.write_to(&mut out).and_then(|()| out.write_all(end));
    written.map_err(|e| Failure::Plain(format!("cannot write the result: {e}")))
}

/// What is to be printed, if anything, and what the flow failed with.
type Ended = (Option<Result<Octets, Fault>>, Option<Error>);

/// Starts the app without its sources, runs the flow, and waits for all that it started if that is wanted.
async fn run_once(app: Arc<App>, flow: Arc<Flow>, payload: Option<Typed>, args: &FlowArgs) -> Result<Ended, Failure> {
    app.start().await.map_err(|fault| Failure::Report(fault.into()))?;
    let mut event = app.event();
    event.message.payload = payload.unwrap_or_else(Typed::null);
    let outcome = flow.run(&mut event).await;
    if let Some(observer) = &event.context.observer {
        observer.clone().ended(&event, &flow.name);
    }
    if !args.no_wait {
        progress::until(&app, event.context.work.idle()).await;
    }
    let error = outcome.err();
    // A result may still come from a system that the app is connected to.
    let result = match args.event {
        true => Some(whole(&event, error.as_ref())),
        false => error.is_none().then(|| event.message.payload.octets()),
    };
    app.stop().await;
    Ok((result, error))
}

/// The flow of this name, or the only one there is.
fn choose(app: &App, name: Option<&str>) -> Result<Arc<Flow>, Failure> {
    let names: Vec<_> = app.flows().map(|flow| &*flow.name).collect();
    match name {
        Some(name) => app.flow(name).cloned().ok_or_else(|| {
            let help = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the flows are {}", names.join(", ")),
            };
            Failure::Usage(format!("there is no flow `{name}`; {help}"))
        }),
        None => match app.flows().next() {
            Some(only) if names.len() == 1 => Ok(only.clone()),
            _ => Err(Failure::Usage(format!("name one of the app's flows: {}", names.join(", ")))),
        },
    }
}

fn failed(error: &Error) -> Failure {
    match error.report() {
        Some(report) => Failure::Report(report.clone()),
        None => {
            let place = error.location().map_or_else(String::new, |location| format!("\n  at {location}"));
            Failure::Plain(format!("{error}{place}"))
        }
    }
}

/// The whole event as JSON, with the error that ended it.
fn whole(event: &Event, error: Option<&Error>) -> Result<Octets, Fault> {
    let mut object = ObjectBuilder::with_capacity(6);
    object.field("payload", event.message.payload.read()?);
    object.field("mediaType", event.message.payload.media().to_string());
    object.field("attributes", event.message.attributes.read()?);
    object.field("variables", event.variables.to_value()?);
    object.field("correlationId", event.correlation_id.as_str());
    if let Some(error) = error {
        object.field("error", error.to_value()?);
    }
    Typed::labelled(object.value(), media("application/json")).octets()
}
