//! What became of the records of an instance, in numbers.

/// How many records met which fate. As a part of a [`Change`](super::Change) it says by how much the numbers change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records of the instance.
    pub total: i64,
    /// Records that went through all steps without failing.
    pub successful: i64,
    /// Records that failed in some step.
    pub failed: i64,
    /// The same by step, in the order of the job.
    pub steps: Vec<StepCounts>,
    /// The failures by step and type.
    pub errors: Vec<ErrorCount>,
}

/// What became of the records that reached a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepCounts {
    /// The step's name; empty in a change.
    pub name: String,
    /// Records that it worked on.
    pub successful: i64,
    /// Records that failed in it.
    pub failed: i64,
    /// Records that it did not take.
    pub skipped: i64,
}

/// Failures of one type in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCount {
    /// The step's place in the job, from 0.
    pub step: usize,
    /// The error type.
    pub error_type: String,
    /// How many.
    pub count: i64,
    /// What the first of them said.
    pub text: String,
}

impl Counts {
    /// Counts for a job of so many steps.
    pub fn of_steps(steps: usize) -> Self {
        Self { steps: vec![StepCounts::default(); steps], ..Self::default() }
    }

    /// Counts one more failure of a type in a step.
    pub fn error(&mut self, step: usize, error_type: &str, text: &str) {
        match self.errors.iter_mut().find(|known| known.step == step && known.error_type == error_type) {
            Some(known) => known.count += 1,
            None => {
                let (error_type, text) = (error_type.to_string(), text.to_string());
                self.errors.push(ErrorCount { step, error_type, count: 1, text });
            }
        }
    }

    /// The same with the signs changed: what takes it back.
    pub fn negated(mut self) -> Self {
        (self.total, self.successful, self.failed) = (-self.total, -self.successful, -self.failed);
        for step in &mut self.steps {
            (step.successful, step.failed, step.skipped) = (-step.successful, -step.failed, -step.skipped);
        }
        self.errors.iter_mut().for_each(|error| error.count = -error.count);
        self
    }

    /// Adds what another one counts.
    pub fn add(&mut self, more: &Counts) {
        self.total += more.total;
        self.successful += more.successful;
        self.failed += more.failed;
        for (step, more) in self.steps.iter_mut().zip(&more.steps) {
            step.successful += more.successful;
            step.failed += more.failed;
            step.skipped += more.skipped;
        }
        for more in &more.errors {
            match self.errors.iter_mut().find(|e| e.step == more.step && e.error_type == more.error_type) {
                Some(known) => known.count += more.count,
                None => self.errors.push(more.clone()),
            }
        }
    }
}
