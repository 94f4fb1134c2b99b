//! A trace as text: the tree on the left, and on the right a line of time in which parallel steps stand side by side.

use super::{Span, Trace, shown};
use std::fmt::Write;
use std::time::Duration;

/// How many characters the line of time has.
const WIDTH: usize = 40;
/// How wide the tree may grow.
const MOST_TREE: usize = 56;

/// A trace as text.
pub fn text(trace: &Trace) -> String {
    let total = trace.total();
    let rows = trace.tree();
    let labels: Vec<String> = rows.iter().map(|(depth, span)| label(*depth, span)).collect();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let mut out = format!("\ntrace of event {} in {}: {}", trace.event, trace.flow, shown(trace.answered));
    if total > trace.answered {
        let _ = write!(out, ", work in the background until {}", shown(total));
    }
    out.push('\n');
    for ((_, span), label) in rows.iter().zip(labels) {
        let end = span.end.unwrap_or(total);
        let took = match span.end {
            Some(end) => shown(end.saturating_sub(span.begin)),
            None => "cut".to_string(),
        };
        let error = span.error.as_ref().map_or_else(String::new, |error| format!("  {error}"));
        let _ = writeln!(out, "  {label:<width$} {took:>9}  |{}|{error}", bar(span.begin, end, total));
    }
    if trace.dropped > 0 {
        let _ = writeln!(out, "  and {} steps more", trace.dropped);
    }
    out
}

fn label(depth: usize, span: &Span) -> String {
    let label = format!("{}{}", "  ".repeat(depth), span.name);
    match label.char_indices().nth(MOST_TREE) {
        Some((at, _)) => format!("{}…", &label[..at]),
        None => label,
    }
}

/// The part of the whole time that a step took.
fn bar(begin: Duration, end: Duration, total: Duration) -> String {
    let place = |time: Duration| (time.as_secs_f64() / total.as_secs_f64().max(1e-9) * WIDTH as f64).round() as usize;
    let begin = place(begin).min(WIDTH - 1);
    let end = place(end).clamp(begin + 1, WIDTH);
    format!("{}{}{}", " ".repeat(begin), "█".repeat(end - begin), " ".repeat(WIDTH - end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn parallel_steps_stand_side_by_side() {
        let text = text(&sample());
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[1], "trace of event e-1 in main: 200.0 ms");
        assert_eq!(lines[3], format!("    http:request               40.0 ms  |{}{}|", "█".repeat(8), " ".repeat(32)));
        assert!(lines[4].ends_with(&format!("|{}{}|  HTTP:TIMEOUT", "█".repeat(20), " ".repeat(20))));
        assert!(lines[5].ends_with(&format!("|{}{}|", " ".repeat(20), "█".repeat(20))));
    }
}
