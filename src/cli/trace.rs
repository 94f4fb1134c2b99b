//! `--trace`: what events did, printed as each ends, or written into a page when the command ends.

use super::Failure;
use crate::flow::app::App;
use crate::flow::trace::{self, Trace};
use std::collections::VecDeque;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

/// How many events a page shows; the first ones go first.
const MOST: usize = 200;

/// Where traces go.
#[derive(Clone)]
enum Place {
    Terminal,
    Page(PathBuf, Arc<Mutex<VecDeque<Trace>>>),
}

/// Traces of an app's events, where they are asked for.
pub struct Tracing(Option<Place>);

impl Tracing {
    /// What the command line says: nothing, `--trace`, or `--trace FILE.html`.
    pub fn of(argument: Option<&Option<PathBuf>>) -> Self {
        Self(argument.map(|file| match file {
            None => Place::Terminal,
            Some(file) => Place::Page(file.clone(), Arc::default()),
        }))
    }

    /// Watches an app.
    pub fn observe(&self, app: &Arc<App>) {
        let Some(place) = self.0.clone() else { return };
        app.observe(Arc::new(trace::Recorder::new(Box::new(move |trace| match &place {
            // A closed standard error takes no trace; the app goes on.
            Place::Terminal => drop(std::io::stderr().lock().write_all(trace::text(&trace).as_bytes())),
            Place::Page(_, traces) => {
                let mut traces = traces.lock().unwrap_or_else(PoisonError::into_inner);
                if traces.len() == MOST {
                    traces.pop_front();
                }
                traces.push_back(trace);
            }
        }))));
    }

    /// Writes the page, if one is wanted.
    pub fn finish(&self) -> Result<(), Failure> {
        let Some(Place::Page(file, traces)) = &self.0 else { return Ok(()) };
        let traces = traces.lock().unwrap_or_else(PoisonError::into_inner);
        let page = trace::page(traces.iter());
        std::fs::write(file, page).map_err(|e| Failure::Plain(format!("cannot write {}: {e}", file.display())))
    }
}
