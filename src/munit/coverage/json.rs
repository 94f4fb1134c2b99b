//! Coverage as JSON, in the shape that MUnit documents (docs-munit, Coverage Report).

use super::Report;
use super::report::{Count, File, FlowReport};
use serde::Serialize;
use std::io;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Application<'a> {
    coverage: f64,
    required_application_coverage: f64,
    required_resource_coverage: f64,
    required_flow_coverage: f64,
    flow_count: usize,
    processor_count: usize,
    covered_processor_count: usize,
    files: Vec<Resource<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource<'a> {
    name: String,
    flow_count: usize,
    coverage: f64,
    processor_count: usize,
    weight: f64,
    flows: Vec<Flow<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Flow<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    coverage: f64,
    message_processor_count: usize,
    covered_processor_count: usize,
    lines: Vec<Line>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    line_number: usize,
    covered: bool,
}

/// The document.
pub fn document(report: &Report) -> io::Result<Vec<u8>> {
    let count = report.count();
    let required = |limit: Option<f64>| limit.unwrap_or(-1.0);
    let application = Application {
        coverage: count.percent(),
        required_application_coverage: required(report.limits.application),
        required_resource_coverage: required(report.limits.resource),
        required_flow_coverage: required(report.limits.flow),
        flow_count: report.flow_count(),
        processor_count: count.all,
        covered_processor_count: count.covered,
        files: report.files.iter().map(|file| resource(file, count)).collect(),
    };
    Ok(serde_json::to_vec_pretty(&application)?)
}

fn resource(file: &File, all: Count) -> Resource<'_> {
    let count = file.count();
    Resource {
        name: file.name(),
        flow_count: file.flows.len(),
        coverage: count.percent(),
        processor_count: count.all,
        weight: if all.all == 0 { 0.0 } else { count.all as f64 * 100.0 / all.all as f64 },
        flows: file.flows.iter().map(flow).collect(),
    }
}

fn flow(flow: &FlowReport) -> Flow<'_> {
    let count = flow.count();
    let line = |(line_number, covered): &(usize, bool)| Line { line_number: *line_number, covered: *covered };
    Flow {
        name: &flow.name,
        kind: flow.kind.word(),
        coverage: count.percent(),
        message_processor_count: count.all,
        covered_processor_count: count.covered,
        lines: flow.lines.iter().map(line).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::super::report::tests::sample;

    #[test]
    fn has_the_documented_shape() {
        let bytes = super::document(&sample(Limits::default())).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(document["coverage"], 50.0);
        assert_eq!(document["requiredFlowCoverage"], -1.0);
        assert_eq!(document["files"][0]["weight"], 75.0);
        assert_eq!(document["files"][1]["flows"][0]["type"], "SUB_FLOW");
        assert_eq!(document["files"][0]["flows"][0]["lines"][0]["lineNumber"], 11);
    }
}
