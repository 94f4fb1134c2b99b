//! Rows that can be gone through again: the first ones stay in the memory, the rest goes into a file that nobody else
//! sees and that goes away with them.

mod codec;

use super::problem::Problem;
use crate::diag::{Code, Fault};
use crate::value::{Array, Object, Producer, Replay, Shape, Value};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::Handle;
use tokio::sync::mpsc::Receiver;
use tokio::task::block_in_place;

/// What brings rows, some at a time.
pub type Batches = Receiver<Result<Vec<Value>, Problem>>;

/// What may be kept of rows that were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// So many in the memory, all others in a file.
    File(usize),
    /// So many in the memory, and no more than that.
    Memory(usize),
    /// Nothing: they are gone through once.
    Nothing,
}

/// The rows of `first`, then those that come.
pub fn rows(first: Vec<Value>, batches: Batches, keep: Keep) -> Array {
    let state = State { keep, known: Vec::new(), file: None, length: 0, batches: Some(batches), failure: None };
    let spool = Arc::new(Spool { state: Mutex::new(state), runtime: Handle::try_current().ok() });
    let kept = spool.lock().take_in(&first);
    if let Err(fault) = kept {
        spool.lock().failure = Some(fault);
    }
    Array::replayed(Rows { spool, first: Mutex::new(Some(first).filter(|_| keep == Keep::Nothing)) })
}

/// Rows that are all here before anybody reads them.
pub struct Collected(State);

impl Collected {
    /// None so far. They can be gone through any number of times.
    pub fn new(keep: Keep) -> Self {
        let keep = if keep == Keep::Nothing { Keep::File(NEAR) } else { keep };
        Self(State { keep, known: Vec::new(), file: None, length: 0, batches: None, failure: None })
    }

    /// Adds rows.
    ///
    /// # Errors
    /// More rows than may be kept, or a file that cannot be written.
    pub fn add(&mut self, rows: &[Value]) -> Result<(), Fault> {
        self.0.take_in(rows)
    }

    /// The rows as a list.
    pub fn finish(self) -> Array {
        match self.0.file {
            None => self.0.known.into(),
            Some(_) => {
                let spool = Arc::new(Spool { state: Mutex::new(self.0), runtime: None });
                Array::replayed(Rows { spool, first: Mutex::default() })
            }
        }
    }
}

/// How many rows stay in the memory where nothing says so.
pub const NEAR: usize = 500;

/// Rows as a list.
struct Rows {
    spool: Arc<Spool>,
    /// The first rows where nothing is kept.
    first: Mutex<Option<Vec<Value>>>,
}

impl Replay for Rows {
    fn open(&self) -> Box<dyn Producer> {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        let ready: VecDeque<Value> = first.unwrap_or_default().into();
        Box::new(Reader { spool: self.spool.clone(), at: 0, offset: 0, ready, shape: None, ended: false })
    }
}

struct Spool {
    state: Mutex<State>,
    runtime: Option<Handle>,
}

impl Spool {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct State {
    keep: Keep,
    known: Vec<Value>,
    file: Option<File>,
    /// How long the file is.
    length: u64,
    /// Gone once all rows are here.
    batches: Option<Batches>,
    failure: Option<Fault>,
}

impl State {
    /// Keeps rows as far as that is wanted.
    fn take_in(&mut self, rows: &[Value]) -> Result<(), Fault> {
        let most = match self.keep {
            Keep::Nothing => return Ok(()),
            Keep::Memory(most) if self.known.len() + rows.len() > most => {
                self.batches = None;
                return Err(too_many(most));
            }
            Keep::Memory(most) | Keep::File(most) => most,
        };
        let near = if self.file.is_none() { most.saturating_sub(self.known.len()).min(rows.len()) } else { 0 };
        self.known.extend_from_slice(&rows[..near]);
        match &rows[near..] {
            [] => Ok(()),
            rest => self.write(rest).map_err(|e| unkept(&e)),
        }
    }

    /// Rows behind each other, with their length before them.
    fn write(&mut self, rows: &[Value]) -> io::Result<()> {
        let mut bytes = vec![0; 8];
        for row in rows {
            let Value::Object(object) = row else { return Err(io::Error::other("a row is no object")) };
            for cell in object.values() {
                codec::put(&mut bytes, cell).ok_or_else(|| io::Error::other("a cell that cannot be kept"))?;
            }
        }
        let word = |n: usize| u32::try_from(n).map(u32::to_le_bytes);
        let too_large = |_| io::Error::other("rows that are read at once have more than 4 GB: lower `fetchSize`");
        let (length, count) = (word(bytes.len() - 8).map_err(too_large)?, word(rows.len()).map_err(too_large)?);
        bytes[..4].copy_from_slice(&length);
        bytes[4..8].copy_from_slice(&count);
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(tempfile::tempfile()?),
        };
        file.seek(SeekFrom::Start(self.length))?;
        file.write_all(&bytes)?;
        self.length += bytes.len() as u64;
        Ok(())
    }

    /// The rows that were written at this place, and the place behind them.
    fn read(&mut self, offset: u64, shape: &Arc<Shape>) -> io::Result<(Vec<Value>, u64)> {
        let Some(file) = &mut self.file else { return Err(io::Error::other("there is no file")) };
        let mut head = [0; 8];
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(&mut head)?;
        let word = |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]) as usize;
        let (length, count) = (word(0), word(4));
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        let mut rest = &bytes[..];
        let mut row = || {
            let cells: Option<Vec<_>> = shape.names().iter().map(|_| codec::take(&mut rest)).collect();
            let cells = cells.ok_or_else(|| io::Error::other("rows that were kept cannot be read"))?;
            Ok(Value::Object(Object::of_shape(shape.clone(), cells)))
        };
        let rows: io::Result<Vec<_>> = (0..count).map(|_| row()).collect();
        Ok((rows?, offset + 8 + length as u64))
    }
}

/// Goes through the rows.
struct Reader {
    spool: Arc<Spool>,
    /// How many of the rows in the memory were given.
    at: usize,
    /// How far the file was read.
    offset: u64,
    ready: VecDeque<Value>,
    shape: Option<Arc<Shape>>,
    ended: bool,
}

/// How many rows are taken from the memory at once.
const TAKEN: usize = 64;

impl Reader {
    /// Gets more rows ready; `false` where there are no more.
    fn fetch(&mut self) -> Result<bool, Fault> {
        let spool = self.spool.clone();
        let mut state = spool.lock();
        if self.at < state.known.len() {
            let until = (self.at + TAKEN).min(state.known.len());
            self.ready.extend(state.known[self.at..until].iter().cloned());
            self.at = until;
        } else if let Some(shape) = self.shape.clone().filter(|_| self.offset < state.length) {
            let (rows, offset) = state.read(self.offset, &shape).map_err(|e| unkept(&e))?;
            self.offset = offset;
            self.ready.extend(rows);
        } else {
            return self.pull(&mut state);
        }
        Ok(true)
    }

    /// Waits for rows of the database, which all readers get to see.
    fn pull(&mut self, state: &mut State) -> Result<bool, Fault> {
        if let Some(fault) = &state.failure {
            return Err(fault.clone());
        }
        let Some(batches) = &mut state.batches else { return Ok(false) };
        match wait(batches, self.spool.runtime.as_ref()) {
            None => {
                state.batches = None;
                Ok(false)
            }
            Some(Err(problem)) => {
                state.batches = None;
                let fault = problem.fault();
                state.failure = Some(fault.clone());
                Err(fault)
            }
            Some(Ok(rows)) => {
                // Whoever is the last one to know of these rows is the last one to read them.
                if Arc::strong_count(&self.spool) > LONELY {
                    state.take_in(&rows).inspect_err(|fault| state.failure = Some(fault.clone()))?;
                }
                self.at = state.known.len();
                self.offset = state.length;
                self.ready.extend(rows);
                Ok(true)
            }
        }
    }
}

/// How many hold the rows while the only one left reads them: itself, and its hand on them.
const LONELY: usize = 2;

impl Producer for Reader {
    fn next(&mut self) -> Option<Result<Value, Fault>> {
        if self.ready.is_empty() && !self.ended {
            match self.fetch() {
                Ok(more) => self.ended = !more,
                Err(fault) => {
                    self.ended = true;
                    return Some(Err(fault));
                }
            }
        }
        let row = self.ready.pop_front()?;
        if let (None, Value::Object(object)) = (&self.shape, &row) {
            self.shape = Some(object.shape().clone());
        }
        Some(Ok(row))
    }

    fn has_next(&mut self) -> Option<bool> {
        match self.ready.is_empty() {
            false => Some(true),
            true => self.ended.then_some(false),
        }
    }
}

/// Waits for what the runtime brings, on its own threads or on others.
fn wait(batches: &mut Batches, runtime: Option<&Handle>) -> Option<Result<Vec<Value>, Problem>> {
    if let Ok(ready) = batches.try_recv() {
        return Some(ready);
    }
    match runtime {
        Some(runtime) if Handle::try_current().is_ok() => block_in_place(|| runtime.block_on(batches.recv())),
        Some(runtime) => runtime.block_on(batches.recv()),
        None => batches.blocking_recv(),
    }
}

fn too_many(most: usize) -> Fault {
    let fault = Fault::new(Code::Limit, format!("the result has more than {most} rows, all that may be kept of it"));
    fault.help("raise `maxBufferSize` of `repeatable-in-memory-iterable`, or use another streaming strategy")
}

fn unkept(error: &io::Error) -> Fault {
    Fault::new(Code::Io, format!("rows cannot be kept in a file: {error}"))
}
