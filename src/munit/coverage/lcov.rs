//! Coverage in the format of LCOV, which editors and build servers read.

use super::{Report, shown};
use std::fmt::Write;

/// The document.
pub fn document(report: &Report) -> String {
    let mut text = String::new();
    for file in &report.files {
        let _ = writeln!(text, "TN:\nSF:{}", shown(&file.path));
        for flow in &file.flows {
            let first = flow.lines.first().map_or(1, |(line, _)| *line);
            let _ = writeln!(text, "FN:{first},{}", flow.name);
            let _ = writeln!(text, "FNDA:{},{}", u8::from(flow.count().covered > 0), flow.name);
        }
        let ran = file.flows.iter().filter(|flow| flow.count().covered > 0).count();
        let _ = writeln!(text, "FNF:{}\nFNH:{ran}", file.flows.len());
        let lines = file.lines();
        for (line, covered) in &lines {
            let _ = writeln!(text, "DA:{line},{}", u8::from(*covered));
        }
        let hit = lines.iter().filter(|(_, covered)| *covered).count();
        let _ = writeln!(text, "LF:{}\nLH:{hit}\nend_of_record", lines.len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::super::report::tests::sample;

    #[test]
    fn tells_flows_and_lines() {
        let text = super::document(&sample(Limits::default()));
        assert!(
            text.contains("FN:11,order\nFNDA:1,order\nFNF:1\nFNH:1\nDA:11,1\nDA:12,0\nLF:2\nLH:1\nend_of_record\n"),
            "{text}"
        );
    }
}
