//! Coverage for the console, as MUnit shows it.

use super::Report;
use std::fmt::Write;

const LINE: &str = "===============================================================================";

/// The sums, and what is below its limit.
pub fn text(report: &Report) -> String {
    let (files, flows, count) = (report.files.len(), report.flow_count(), report.count());
    let mut text = format!("\n{LINE}\nMUnit Coverage Summary\n{LINE}\n");
    let _ = writeln!(text, " * Resources: {files} - Flows: {flows} - Processors: {}", count.all);
    let _ = writeln!(text, " * Application Coverage: {:.2}%", count.percent());
    let below = report.below();
    if !below.is_empty() {
        text += "----------------------------------- WARNING -----------------------------------\n";
        for line in below {
            let _ = writeln!(text, " * {line}");
        }
    }
    text + LINE + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::super::report::tests::sample;

    #[test]
    fn shows_sums_and_warnings() {
        let text = super::text(&sample(Limits { application: Some(60.0), ..Limits::default() }));
        assert!(
            text.contains(" * Resources: 2 - Flows: 2 - Processors: 4\n * Application Coverage: 50.00%\n"),
            "{text}"
        );
        assert!(text.contains("WARNING"));
        assert!(!super::text(&sample(Limits::default())).contains("WARNING"));
    }
}
