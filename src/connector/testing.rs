//! Small apps for the tests of connectors.

use crate::connector::MODULES;
use crate::diag::Report;
use crate::flow;
use crate::flow::app::{App, Options, Project};
use crate::flow::build::Stubs;
use crate::flow::event::{Error, Event, Typed};
use crate::flow::spec::Registry;
use crate::value::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

/// A folder that no other test has.
pub fn folder() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("dwrun-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// An app of these elements, in a folder of its own, started but for its sources.
pub async fn start(elements: &str) -> Arc<App> {
    let app = load(elements).unwrap();
    app.start().await.unwrap();
    app
}

/// An app of these elements.
pub fn load(elements: &str) -> Result<Arc<App>, Report> {
    let folder = folder();
    let spaces = MODULES.iter().map(|module| {
        let name = module.name;
        format!(" xmlns:{name}=\"http://www.mulesoft.org/schema/mule/{name}\"")
    });
    let core = "http://www.mulesoft.org/schema/mule/core";
    let text = format!(
        "<mule xmlns=\"{core}\" xmlns:ee=\"http://www.mulesoft.org/schema/mule/ee/core\"{}>{elements}</mule>",
        spaces.collect::<String>()
    );
    std::fs::write(folder.join("app.xml"), text).unwrap();
    load_at(&folder)
}

/// The same app started once more, with the state that it left.
pub async fn start_again(app: &App) -> Arc<App> {
    let app = load_at(app.state.parent().unwrap()).unwrap();
    app.start().await.unwrap();
    app
}

fn load_at(folder: &Path) -> Result<Arc<App>, Report> {
    let registry = Registry::new(flow::MODULES.iter().chain(MODULES).copied());
    let options = Options {
        registry: &registry,
        properties: Vec::new(),
        state: folder.join("state"),
        stubs: Stubs::default(),
        coverage: None,
    };
    App::load(&Project::at(&folder.join("app.xml"))?, &options)
}

/// Runs a flow with a payload.
pub async fn run(app: &Arc<App>, flow: &str, payload: Value) -> Result<Event, Error> {
    let mut event = app.event();
    event.message.payload = Typed::value(payload);
    app.flow(flow).unwrap().run(&mut event).await.map(|()| event)
}

/// What a flow ends with, as text: its payload, or `NS:ID: description` of its error.
pub async fn outcome(app: &Arc<App>, flow: &str, payload: impl Into<Value>) -> String {
    match run(app, flow, payload.into()).await {
        Ok(event) => event.message.payload.to_text(),
        Err(error) => error.to_string(),
    }
}

/// A port that nobody listens on at the moment.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A port that takes no connection, nor refuses one: so many wait already that it is silent.
pub struct Deaf {
    pub port: u16,
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

/// Opens such a port.
pub async fn deaf() -> Deaf {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) = timeout(Duration::from_millis(300), TcpStream::connect(address)).await {
        waiting.push(stream.unwrap());
    }
    Deaf { port: address.port(), _listener: listener, _waiting: waiting }
}
