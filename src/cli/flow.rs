//! `dwrun flow APP [FLOW] [PAYLOAD]`: runs one flow once and prints what it gives.

use super::app::{block_on, load};
use super::args::FlowArgs;
use super::trace::Tracing;
use super::{Failure, inputs, logging};
use crate::diag::{Code, Fault, nearest};
use crate::flow::app::App;
use crate::flow::event::{Error, Event, Typed, media};
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
    let (event, outcome) = block_on(run_once(app, flow, payload))??;
    tracing.finish()?;
    outcome.map_err(|error| failed(&error))?;
    let bytes = if args.event { whole(&event) } else { event.message.payload.to_bytes() };
    let bytes = bytes.map_err(|fault| Failure::Report(fault.into()))?;
    let mut out = std::io::stdout().lock();
    let written =
        out.write_all(&bytes).and_then(|()| if bytes.ends_with(b"\n") { Ok(()) } else { out.write_all(b"\n") });
    written.map_err(|e| Failure::Plain(format!("cannot write the result: {e}")))
}

/// Starts the app without its sources, runs the flow, and waits for all that it started.
async fn run_once(
    app: Arc<App>,
    flow: Arc<Flow>,
    payload: Option<Typed>,
) -> Result<(Event, Result<(), Error>), Failure> {
    app.start().await.map_err(|fault| Failure::Report(fault.into()))?;
    let mut event = app.event();
    event.message.payload = payload.unwrap_or_else(Typed::null);
    let outcome = flow.run(&mut event).await;
    if let Some(observer) = &event.context.observer {
        observer.clone().ended(&event, &flow.name);
    }
    event.context.work.idle().await;
    app.stop().await;
    Ok((event, outcome))
}

/// The flow of this name, or the only one there is.
fn choose(app: &App, name: Option<&str>) -> Result<Arc<Flow>, Failure> {
    let names: Vec<_> = app.flows().map(|flow| &*flow.name).collect();
    match name {
        Some(name) => app.flow(name).cloned().ok_or_else(|| {
            let fault = Fault::new(Code::Argument, format!("there is no flow `{name}`"));
            let help = match nearest(name, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the flows are {}", names.join(", ")),
            };
            Failure::Report(fault.help(help).into())
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

/// The whole event as JSON.
fn whole(event: &Event) -> Result<bytes::Bytes, Fault> {
    let mut object = ObjectBuilder::with_capacity(4);
    object.field("payload", event.message.payload.read()?);
    object.field("attributes", event.message.attributes.read()?);
    object.field("variables", event.variables.to_value()?);
    object.field("correlationId", event.correlation_id.as_str());
    Typed::labelled(object.value(), media("application/json")).to_bytes()
}
