//! The queue of one instance: which blocks wait where, and what can be done next.

use super::job::Job;
use super::store::{Block, Counts, SPOILT, STREAMED, Stage, at_step, step_at};
use std::collections::{BTreeMap, HashSet, VecDeque};

/// A piece of work.
#[derive(Clone, Debug)]
pub enum Task {
    /// The records of a block through the processors of the step where they wait.
    Body(Block),
    /// These records through the aggregator of a step.
    Aggregate(usize, Vec<Block>),
    /// All records that wait at a step through its streaming aggregator, and those that wait with them on.
    Stream(usize, Vec<Block>),
    /// The records of a block whose streaming aggregator failed are marked.
    Spoil(Block),
    /// The records of a block that are through are counted.
    Finish(Block),
    /// What runs at the end.
    Complete,
    /// Nothing more is done.
    Park,
}

impl Task {
    /// Whether the instance is over after it, whatever comes of it.
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Complete | Self::Park)
    }
}

/// Why an instance goes no further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Too many of its records failed.
    Failures,
    /// Somebody has stopped it.
    Stop,
    /// The app ends, or the store fails: it goes on another time.
    Pause,
}

/// What waits at the aggregator of a step.
#[derive(Debug, Default)]
struct Gate {
    /// How many records make a group; `None` where all of them do.
    size: Option<usize>,
    /// The group that is being filled.
    open: i64,
    /// How many records it has or is promised.
    filled: usize,
    /// What has arrived, by group.
    groups: BTreeMap<i64, Vec<Block>>,
}

/// The queue of one instance.
#[derive(Debug)]
pub struct Queue {
    ready: VecDeque<Task>,
    /// How many pieces of work are under way.
    in_flight: usize,
    /// How many blocks wait or are worked on, by stage.
    pending: Vec<usize>,
    gates: Vec<Option<Gate>>,
    /// What is counted of the instance.
    pub counts: Counts,
    /// The failures that the log knows, by step and type.
    pub told: HashSet<(usize, String)>,
    halt: Option<Halt>,
    ending: bool,
}

impl Queue {
    /// The queue of an instance of a job, with what is counted of it so far.
    pub fn new(job: &Job, counts: Counts) -> Self {
        let gate = |size| Gate { size, ..Gate::default() };
        Self {
            ready: VecDeque::new(),
            in_flight: 0,
            pending: vec![0; job.steps.len() * 2 + 1],
            gates: job.steps.iter().map(|step| step.aggregator.as_ref().map(|a| gate(a.size))).collect(),
            told: counts.errors.iter().map(|error| (error.step, error.error_type.clone())).collect(),
            counts,
            halt: None,
            ending: false,
        }
    }

    /// Where records are that have gone through all steps.
    fn end(&self) -> Stage {
        self.pending.len() as Stage - 1
    }

    /// Takes blocks in that wait; what waits at an aggregator to which nothing more can come is then all it will get.
    fn arrive(&mut self, blocks: Vec<Block>) {
        self.take_in(blocks);
        self.open_gates();
    }

    /// Takes blocks in that wait.
    pub fn take_in(&mut self, blocks: Vec<Block>) {
        for block in blocks {
            let Some(pending) = usize::try_from(block.stage).ok().and_then(|stage| self.pending.get_mut(stage)) else {
                continue;
            };
            *pending += 1;
            let step = step_at(block.stage);
            if block.stage == self.end() {
                self.ready.push_back(Task::Finish(block));
            } else if block.stage == at_step(step) {
                self.ready.push_back(Task::Body(block));
            } else if block.group == SPOILT {
                self.ready.push_back(Task::Spoil(block));
            } else {
                self.gather(step, block);
            }
        }
    }

    /// Takes a block in that waits at an aggregator.
    fn gather(&mut self, step: usize, block: Block) {
        let Some(gate) = self.gates.get_mut(step).and_then(Option::as_mut) else { return };
        gate.open = gate.open.max(block.group);
        let group = gate.groups.entry(block.group).or_default();
        group.push(block);
        if gate.size.is_some_and(|size| records(group) >= size) {
            let group = gate.groups.remove(&block.group).unwrap_or_default();
            self.ready.push_back(Task::Aggregate(step, group));
        }
    }

    fn open_gates(&mut self) {
        for (step, gate) in self.gates.iter_mut().enumerate() {
            let Some(gate) = gate else { continue };
            let is_last = self.pending[..=step * 2].iter().all(|pending| *pending == 0);
            if !is_last || gate.groups.is_empty() {
                continue;
            }
            let groups = std::mem::take(&mut gate.groups);
            match gate.size {
                Some(_) => self.ready.extend(groups.into_values().map(|blocks| Task::Aggregate(step, blocks))),
                None => self.ready.push_back(Task::Stream(step, groups.into_values().flatten().collect())),
            }
            (gate.open, gate.filled) = (gate.open + 1, 0);
        }
    }

    /// Shares out so many records among the groups of an aggregator: each group with how many it gets.
    pub fn share(&mut self, step: usize, mut count: usize) -> Vec<(i64, usize)> {
        let Some(gate) = self.gates.get_mut(step).and_then(Option::as_mut) else { return Vec::new() };
        let Some(size) = gate.size else { return vec![(STREAMED, count)] };
        let mut shares = Vec::new();
        while count > 0 {
            if gate.filled >= size {
                (gate.open, gate.filled) = (gate.open + 1, 0);
            }
            let share = count.min(size - gate.filled);
            shares.push((gate.open, share));
            gate.filled += share;
            count -= share;
        }
        shares
    }

    /// The blocks of groups that are not full: after a restart, their records are grouped anew.
    pub fn loose(&mut self, step: usize) -> Vec<Block> {
        let Some(gate) = self.gates.get_mut(step).and_then(Option::as_mut) else { return Vec::new() };
        if gate.size.is_none() {
            return Vec::new();
        }
        (gate.open, gate.filled) = (gate.open + 1, 0);
        let blocks: Vec<_> = std::mem::take(&mut gate.groups).into_values().flatten().collect();
        self.pending[step * 2 + 1] -= blocks.len();
        blocks
    }

    /// Takes what comes of a piece of work: blocks that are done, and blocks that wait now.
    pub fn settle(&mut self, done: &[Block], queued: Vec<Block>, counts: &Counts, max_failed: Option<i64>) -> bool {
        for block in done {
            if let Some(pending) = usize::try_from(block.stage).ok().and_then(|stage| self.pending.get_mut(stage)) {
                *pending -= 1;
            }
        }
        self.counts.add(counts);
        self.arrive(queued);
        let is_too_much = max_failed.is_some_and(|most| self.counts.failed > most);
        is_too_much && self.halt(Halt::Failures)
    }

    /// Goes no further than what is under way; whether that is new.
    pub fn halt(&mut self, why: Halt) -> bool {
        let is_new = self.halt.is_none() && !self.ending;
        if is_new {
            self.halt = Some(why);
        }
        is_new
    }

    /// Goes no further since work on it broke off, be it the last; whether that is new.
    pub fn break_off(&mut self) -> bool {
        if self.ending {
            self.halt = Some(Halt::Pause);
        }
        self.ending || self.halt(Halt::Pause)
    }

    /// Why it goes no further.
    pub fn halted(&self) -> Option<Halt> {
        self.halt
    }

    /// What can be done next; it is then under way.
    pub fn next(&mut self) -> Option<Task> {
        let task = match self.halt {
            _ if self.ending => None,
            None => self.ready.pop_front().or_else(|| self.last(Task::Complete)),
            Some(Halt::Failures) => self.last(Task::Complete),
            Some(Halt::Stop | Halt::Pause) => self.last(Task::Park),
        };
        self.in_flight += usize::from(task.is_some());
        task
    }

    /// The last piece of work, once no other is under way.
    fn last(&mut self, task: Task) -> Option<Task> {
        self.ending = self.in_flight == 0;
        self.ending.then_some(task)
    }

    /// A piece of work is no longer under way.
    pub fn landed(&mut self) {
        self.in_flight -= 1;
    }

    /// How many records wait or are worked on, with how many steps each has still to go: the work that is left.
    pub fn steps_left(&self) -> i64 {
        let done: i64 = self.counts.steps.iter().map(|s| s.successful + s.failed + s.skipped).sum();
        self.counts.total * self.counts.steps.len() as i64 - done
    }
}

fn records(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.count).sum()
}
