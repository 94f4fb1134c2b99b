//! What tests covered, in numbers: by flow, by file, in all.

use std::path::PathBuf;

/// The least coverage that is wanted, in percent, and what does not count.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    /// Of all apps.
    pub application: Option<f64>,
    /// Of each file.
    pub resource: Option<f64>,
    /// Of each flow.
    pub flow: Option<f64>,
    /// Flows that do not count.
    pub ignored_flows: Vec<String>,
    /// Files that do not count, by their names.
    pub ignored_files: Vec<String>,
}

/// Coverage of all apps.
#[derive(Debug)]
pub struct Report {
    /// The files of the apps.
    pub(super) files: Vec<File>,
    /// What is wanted.
    pub(super) limits: Limits,
}

/// Coverage of a configuration file.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) flows: Vec<FlowReport>,
}

/// Coverage of a flow or another element with processors in it.
#[derive(Debug)]
pub(super) struct FlowReport {
    pub(super) name: String,
    pub(super) kind: FlowKind,
    /// For each processor its line and whether it ran, by line.
    pub(super) lines: Vec<(usize, bool)>,
}

/// What a top-level element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FlowKind {
    Flow,
    SubFlow,
    ErrorHandler,
}

impl FlowKind {
    /// The word in reports.
    pub(super) fn word(self) -> &'static str {
        match self {
            FlowKind::Flow => "FLOW",
            FlowKind::SubFlow => "SUB_FLOW",
            FlowKind::ErrorHandler => "ERROR_HANDLER",
        }
    }
}

/// Processors: how many there are, and how many of them ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) all: usize,
    pub(super) covered: usize,
}

impl Count {
    fn plus(self, other: Count) -> Count {
        Count { all: self.all + other.all, covered: self.covered + other.covered }
    }

    /// In percent; all of none is all.
    pub(super) fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { self.covered as f64 * 100.0 / self.all as f64 }
    }
}

impl FlowReport {
    pub(super) fn count(&self) -> Count {
        Count { all: self.lines.len(), covered: self.lines.iter().filter(|(_, covered)| *covered).count() }
    }
}

impl File {
    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn count(&self) -> Count {
        self.flows.iter().map(FlowReport::count).fold(Count::default(), Count::plus)
    }

    /// Each line with processors once: whether all of them ran.
    pub(super) fn lines(&self) -> Vec<(usize, bool)> {
        let mut lines: Vec<(usize, bool)> = self.flows.iter().flat_map(|flow| flow.lines.iter().copied()).collect();
        lines.sort_unstable();
        // Of equal lines the one that did not run comes first.
        lines.dedup_by_key(|(line, _)| *line);
        lines
    }
}

impl Report {
    pub(super) fn new(mut files: Vec<File>, limits: Limits) -> Self {
        files.retain(|file| !limits.ignored_files.contains(&file.name()));
        for file in &mut files {
            file.flows.retain(|flow| !limits.ignored_flows.contains(&flow.name));
        }
        Self { files, limits }
    }

    /// Whether no app was tested.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn count(&self) -> Count {
        self.files.iter().map(File::count).fold(Count::default(), Count::plus)
    }

    pub(super) fn flow_count(&self) -> usize {
        self.files.iter().map(|file| file.flows.len()).sum()
    }

    /// What is below its limit, a line for each.
    pub fn below(&self) -> Vec<String> {
        let mut below = Vec::new();
        let mut check = |what: String, limit: Option<f64>, count: Count| {
            if let Some(limit) = limit.filter(|limit| count.percent() < *limit) {
                let percent = count.percent();
                below.push(format!(
                    "{what} coverage is below defined limit. Required: {limit:.1}% - Current: {percent:.2}%"
                ));
            }
        };
        check("Application".to_string(), self.limits.application, self.count());
        for file in &self.files {
            check(format!("Resource: {}", file.name()), self.limits.resource, file.count());
            for flow in &file.flows {
                check(format!("Flow: {} -> {}", file.name(), flow.name), self.limits.flow, flow.count());
            }
        }
        below
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn sample(limits: Limits) -> Report {
        let flow =
            |name: &str, kind, lines: &[(usize, bool)]| FlowReport { name: name.into(), kind, lines: lines.into() };
        let files = vec![
            File {
                path: "src/main/mule/a.xml".into(),
                flows: vec![flow("order", FlowKind::Flow, &[(11, true), (12, true), (12, false)])],
            },
            File {
                path: "src/main/mule/b.xml".into(),
                flows: vec![flow("pack <it>", FlowKind::SubFlow, &[(7, false)])],
            },
        ];
        Report::new(files, limits)
    }

    #[test]
    fn counts_processors_and_tells_what_is_below() {
        let report = sample(Limits { application: Some(75.0), flow: Some(60.0), ..Limits::default() });
        assert_eq!(report.count(), Count { all: 4, covered: 2 });
        assert_eq!(
            report.below(),
            [
                "Application coverage is below defined limit. Required: 75.0% - Current: 50.00%",
                "Flow: b.xml -> pack <it> coverage is below defined limit. Required: 60.0% - Current: 0.00%",
            ]
        );
        let report = sample(Limits { ignored_files: vec!["b.xml".into()], ..Limits::default() });
        assert_eq!((report.flow_count(), report.count().all), (1, 3));
        assert_eq!(report.files[0].lines(), [(11, true), (12, false)]);
    }
}
