//! `file:listener`: a flow that gets the new or changed files of a folder.

use super::CONFIG_REF;
use super::after::{AUTO_DELETE, After, MOVE_TO, OVERWRITE, RENAME_TO, WHEN_FAILED};
use super::attributes::Attributes;
use super::config::folder;
use super::list::list;
use super::lock::Lock;
use super::matcher::{self, Matcher};
use super::problem::Problem;
use super::read::message_of;
use super::system::Folder;
use super::watermark::{Mark, Progress};
use crate::connector::output::{OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel};
use crate::diag::{Code, Fault};
use crate::flow::app::{Entry, Loop, Running, Source};
use crate::flow::build::Node;
use crate::flow::event::{Event, Message};
use crate::flow::scheduler::{STRATEGY, Strategy};
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use crate::flow::store::{KeptStore, Limits};
use futures_util::future::BoxFuture;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, UNIX_EPOCH};
use tokio::sync::OwnedSemaphorePermit;

/// `file:listener`
pub static SPEC: Spec = Spec {
    name: "file:listener",
    doc: "Looks into a folder again and again and starts its flow with each file in it. Without a watermark a file that \
          stays where it is comes again with every look; with one, only files come that are new or were changed since. A \
          file that the flow was not done with comes again when the app starts after a crash.",
    attributes: &[
        CONFIG_REF,
        Attribute::default("directory", Kind::Text, ".", "The folder."),
        Attribute::default("recursive", Kind::Boolean, "true", "Whether the folders in it are looked into as well."),
        Attribute::new("matcher", Kind::Reference, "A global `file:matcher`."),
        Attribute::default(
            "watermarkMode",
            Kind::Choice(&["DISABLED", "MODIFIED_TIMESTAMP", "CREATED_TIMESTAMP"]),
            "DISABLED",
            "Whether only files come that were changed, or created, after the last one that came.",
        ),
        Attribute::new(
            "timeBetweenSizeCheck",
            Kind::Integer,
            "How long the size of a file has to stay the same before it is read.",
        ),
        time_unit("timeBetweenSizeCheckUnit", "MILLISECONDS"),
        AUTO_DELETE,
        MOVE_TO,
        RENAME_TO,
        WHEN_FAILED,
        OVERWRITE,
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    parts: &[Part { spec: &STRATEGY, occurs: Occurs::Once }, Part { spec: &matcher::SPEC, occurs: Occurs::Optional }],
    example: r#"<file:listener config-ref="desk" directory="inbox" moveToDirectory="done">
  <scheduling-strategy><fixed-frequency frequency="5" timeUnit="SECONDS"/></scheduling-strategy>
  <file:matcher filenamePattern="*.csv"/>
</file:listener>"#,
    make: Make::Source(|node| Box::new(Listener::of(node, folder(node)))),
    ..Spec::NEW
};

/// Which time of a file counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Watermark {
    Disabled,
    Modified,
    Created,
}

impl Watermark {
    /// A server knows one time of a file, so that its listener only says whether there is a watermark.
    fn of(node: &Node<'_>) -> Self {
        match node.text("watermarkMode").as_deref() {
            Some("MODIFIED_TIMESTAMP") => Self::Modified,
            Some("CREATED_TIMESTAMP") => Self::Created,
            _ if node.boolean("watermarkEnabled") => Self::Modified,
            _ => Self::Disabled,
        }
    }
}

struct Settings {
    folder: Folder,
    directory: String,
    recursive: bool,
    matcher: Arc<Matcher>,
    watermark: Watermark,
    settling: Option<Duration>,
    strategy: Strategy,
    after: After,
    label: Relabel,
}

impl Settings {
    fn of(node: &Node<'_>, folder: Folder) -> Self {
        let unit = node.required("timeBetweenSizeCheckUnit");
        Self {
            directory: node.required("directory"),
            recursive: node.boolean("recursive"),
            matcher: Matcher::in_or_of(node, folder.connector()),
            watermark: Watermark::of(node),
            folder,
            settling: node.integer("timeBetweenSizeCheck").map(|time| duration(time, &unit)).filter(|t| !t.is_zero()),
            strategy: Strategy::of(node),
            after: After::of(node),
            label: Relabel::of(node),
        }
    }

    /// The files that are there, the oldest first.
    fn files(&self) -> Result<Vec<Attributes>, Problem> {
        let mut found = Vec::new();
        let listed = self.folder.existing(&self.directory)?;
        list(&self.folder, &listed, self.recursive, &self.matcher, &mut found)?;
        found.retain(Attributes::is_file);
        found.sort_by_cached_key(|file| (self.time(file), file.path.clone()));
        Ok(found)
    }

    /// The time of a file that counts, in nanoseconds since 1970.
    fn time(&self, file: &Attributes) -> i128 {
        let time = match self.watermark {
            Watermark::Created => file.created,
            Watermark::Disabled | Watermark::Modified => file.modified,
        };
        let since = time.and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        i128::try_from(since.as_nanos()).unwrap_or(i128::MAX)
    }

    fn message(&self, file: &Attributes) -> Result<Message, Problem> {
        let mut message = message_of(&*self.folder, file, Lock::None)?;
        message.payload = self.label.on(message.payload);
        Ok(message)
    }
}

/// Looks into a folder again and again.
pub struct Listener(Arc<Settings>);

impl Listener {
    /// What an element says.
    pub fn of(node: &Node<'_>, folder: Folder) -> Self {
        Self(Arc::new(Settings::of(node, folder)))
    }

    /// A folder that cannot be reached for now is waited for; one that is not there is a mistake.
    async fn check(&self) -> Result<(), Fault> {
        let directory = self.0.directory.clone();
        match self.0.folder.apart(move |folder| folder.existing(&directory)).await {
            Ok(found) if found.is_folder() => Ok(()),
            Err(problem) if problem.is_connectivity() => {
                tracing::error!("cannot look into '{}': {problem}", self.0.directory);
                Ok(())
            }
            _ => {
                let message = format!("there is no folder `{}` to listen to", self.0.directory);
                Err(Fault::new(Code::Io, message).help("create it first"))
            }
        }
    }
}

impl Source for Listener {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            self.check().await?;
            let watch = Arc::new(Watch::new(self.0.clone(), entry).await?);
            let mut ticks = self.0.strategy.ticks();
            let task = tokio::spawn(async move {
                loop {
                    ticks.next().await;
                    watch.look().await;
                }
            });
            Ok(Loop::new(task) as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        format!("files in {}, {}", self.0.directory, self.0.strategy)
    }
}

/// A listener at work.
struct Watch {
    settings: Arc<Settings>,
    entry: Entry,
    /// Where the watermark is kept.
    store: Option<KeptStore>,
    seen: Mutex<Seen>,
}

/// The files that need not be taken.
#[derive(Default)]
struct Seen {
    progress: Progress,
    busy: HashSet<PathBuf>,
}

impl Watch {
    async fn new(settings: Arc<Settings>, entry: Entry) -> Result<Self, Fault> {
        if settings.watermark == Watermark::Disabled {
            return Ok(Self { settings, entry, store: None, seen: Mutex::default() });
        }
        let store =
            KeptStore::new(&format!("{}:listener/{}", settings.folder.connector(), entry.flow.name), Limits::default());
        store.open(entry.app.database()?).await?;
        let progress = Progress::from(Mark::load(&store).await?);
        let seen = Mutex::new(Seen { progress, busy: HashSet::new() });
        Ok(Self { settings, entry, store: Some(store), seen })
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what has come since the last look. What goes wrong is told by the log, and tried again with the next look.
    async fn look(self: &Arc<Self>) {
        let mut files = match self.files().await {
            Ok(files) => files,
            Err(problem) => return tracing::error!("cannot look into '{}': {problem}", self.settings.directory),
        };
        if let Some(settling) = self.settings.settling.filter(|_| !files.is_empty()) {
            tokio::time::sleep(settling).await;
            files = self.settled(files).await;
        }
        for file in files {
            let admitted = self.entry.admit().await;
            if self.take(&file) {
                self.begin(file, admitted).await;
            }
        }
    }

    async fn files(&self) -> Result<Vec<Attributes>, Problem> {
        let settings = self.settings.clone();
        self.settings.folder.apart(move |_| settings.files()).await
    }

    /// Those of the files that still have their size.
    async fn settled(&self, mut files: Vec<Attributes>) -> Vec<Attributes> {
        let settled = self.settings.folder.apart(move |folder| {
            files.retain(|file| {
                let settled = folder.find(&file.path).is_ok_and(|now| now.is_some_and(|now| now.size == file.size));
                if !settled {
                    tracing::warn!("the file '{}' is still being written", file.path.display());
                }
                settled
            });
            Ok(files)
        });
        settled.await.unwrap_or_default()
    }

    fn take(&self, file: &Attributes) -> bool {
        let mut seen = self.seen();
        match self.settings.watermark {
            Watermark::Disabled => seen.busy.insert(file.path.clone()),
            _ => seen.progress.take(self.settings.time(file), &file.path.to_string_lossy()),
        }
    }

    /// Starts the flow with a file; one that is gone by now is let go.
    async fn begin(self: &Arc<Self>, file: Attributes, admitted: Option<OwnedSemaphorePermit>) {
        let (settings, wanted) = (self.settings.clone(), file.clone());
        let message = match self.settings.folder.apart(move |_| settings.message(&wanted)).await {
            Ok(message) => message,
            Err(problem) => {
                tracing::warn!("the file '{}' cannot be read: {problem}", file.path.display());
                return self.release(&file).await;
            }
        };
        let event = self.entry.event().with_message(message);
        let (watch, work) = (self.clone(), event.context.work.clone());
        drop(work.spawn(async move { watch.run(event, file, admitted).await }));
    }

    async fn run(&self, mut event: Event, file: Attributes, admitted: Option<OwnedSemaphorePermit>) {
        let outcome = self.entry.run_admitted(&mut event, admitted).await;
        let after = &self.settings.after;
        if let Err(error) = after.apply(&event, &self.settings.folder, file.clone(), outcome.is_err()).await {
            tracing::error!("what is to be done with '{}' after the flow fails: {error}", file.path.display());
        }
        self.release(&file).await;
    }

    /// Lets go of a file that is done.
    async fn release(&self, file: &Attributes) {
        let mark = {
            let mut seen = self.seen();
            seen.busy.remove(&file.path);
            seen.progress.done(self.settings.time(file), &file.path.to_string_lossy())
        };
        if let (Some(store), Some(mark)) = (&self.store, mark)
            && let Err(fault) = mark.save(store).await
        {
            tracing::error!("the watermark of '{}' cannot be kept: {fault}", self.settings.directory);
        }
    }
}
