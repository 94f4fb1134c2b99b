//! Figures of a running app for a monitoring system, in the OpenMetrics text format that Prometheus reads: events of
//! flows, records and instances of batch jobs.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::fmt;
use std::time::Instant;

/// The figures of an app from its start on; an app that is loaded again goes on with them.
pub struct Metrics {
    registry: Registry,
    events: Family<EventLabels, Counter>,
    running: Family<FlowLabels, Gauge>,
    seconds: Family<FlowLabels, Histogram, fn() -> Histogram>,
    records: Family<RecordLabels, Gauge>,
    instances: Family<InstanceLabels, Counter>,
    running_instances: Family<JobLabels, Gauge>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FlowLabels {
    flow: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct EventLabels {
    flow: String,
    /// `success`, `error`, or `cut` where nobody waited for the end.
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RecordLabels {
    job: String,
    step: String,
    /// `successful`, `failed` or `skipped`.
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InstanceLabels {
    job: String,
    /// The name of the status that it ended in.
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct JobLabels {
    job: String,
}

/// From a millisecond to half a minute.
fn times() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 16))
}

impl Default for Metrics {
    /// Figures of an app of which nothing happened yet.
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("dwrun"),
            events: Family::default(),
            running: Family::default(),
            seconds: Family::new_with_constructor(times),
            records: Family::default(),
            instances: Family::default(),
            running_instances: Family::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("flow_events", "Events from sources that went through the flow", metrics.events.clone());
        registry.register("flow_running", "Events in the flow now", metrics.running.clone());
        registry.register("flow_seconds", "Time from a source's event to its end", metrics.seconds.clone());
        // No counter: a record that its aggregator spoils has been successful until then.
        registry.register("batch_step_records", "Records that the step is done with", metrics.records.clone());
        registry.register("batch_instances", "Instances of the job that are over", metrics.instances.clone());
        registry.register("batch_running", "Instances of the job at work now", metrics.running_instances.clone());
        metrics
    }
}

impl Metrics {
    /// All figures as text.
    ///
    /// # Errors
    /// None that is known: writing to a string does not fail.
    pub fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }

    /// An event goes into a flow; whoever has it says how it ends.
    pub(super) fn begin(&self, flow: &str) -> Measured<'_> {
        let labels = FlowLabels { flow: flow.to_string() };
        self.running.get_or_create(&labels).inc();
        Measured { metrics: self, labels, began: Instant::now(), outcome: "cut" }
    }

    /// A step of a batch job is done with so many records more.
    pub(super) fn records(&self, job: &str, step: &str, outcome: &'static str, count: i64) {
        if count != 0 {
            let labels = RecordLabels { job: job.to_string(), step: step.to_string(), outcome };
            self.records.get_or_create(&labels).inc_by(count);
        }
    }

    /// An instance of a batch job is taken up, or left.
    pub(super) fn at_work(&self, job: &str, change: i64) {
        self.running_instances.get_or_create(&JobLabels { job: job.to_string() }).inc_by(change);
    }

    /// An instance of a batch job is over.
    pub(super) fn is_over(&self, job: &str, status: &'static str) {
        self.instances.get_or_create(&InstanceLabels { job: job.to_string(), status }).inc();
    }
}

/// An event on its way through a flow.
pub(super) struct Measured<'a> {
    metrics: &'a Metrics,
    labels: FlowLabels,
    began: Instant,
    outcome: &'static str,
}

impl Measured<'_> {
    /// It has come to its end.
    pub fn end(mut self, is_success: bool) {
        self.outcome = if is_success { "success" } else { "error" };
    }
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        let (metrics, labels) = (self.metrics, &self.labels);
        metrics.running.get_or_create(labels).dec();
        metrics.seconds.get_or_create(labels).observe(self.began.elapsed().as_secs_f64());
        metrics.events.get_or_create(&EventLabels { flow: labels.flow.clone(), outcome: self.outcome }).inc();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_counted_by_their_end() {
        let metrics = Metrics::default();
        metrics.begin("main").end(true);
        metrics.begin("main").end(false);
        let running = metrics.begin("main");
        drop(metrics.begin("main"));
        metrics.records("sync", "load", "failed", 3);
        metrics.records("sync", "load", "failed", -1);
        let text = metrics.text().unwrap();
        for line in [
            r#"dwrun_flow_events_total{flow="main",outcome="success"} 1"#,
            r#"dwrun_flow_events_total{flow="main",outcome="error"} 1"#,
            r#"dwrun_flow_events_total{flow="main",outcome="cut"} 1"#,
            r#"dwrun_flow_running{flow="main"} 1"#,
            r#"dwrun_flow_seconds_count{flow="main"} 3"#,
            r#"dwrun_batch_step_records{job="sync",step="load",outcome="failed"} 2"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        running.end(true);
    }
}
