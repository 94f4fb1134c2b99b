//! Traces as one HTML page that needs nothing else.

use super::{Span, Trace, shown};
use std::fmt::Write;
use std::time::Duration;

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Traces</title>
<style>
body { font: 14px system-ui, sans-serif; margin: 2em; color: #222; background: #fff }
summary { font-weight: 600; padding: .4em 0; cursor: pointer }
.row { display: grid; grid-template-columns: 26em 6em 1fr; align-items: center; line-height: 1.7 }
.row:hover { background: #f2f6fa }
.name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
.time { text-align: right; padding-right: 1em; color: #666; font-variant-numeric: tabular-nums }
.line { position: relative; height: 1.1em; background: #f4f4f4 }
.bar { position: absolute; top: .15em; bottom: .15em; min-width: 2px; border-radius: 2px; background: #4a90d9 }
.failed .bar { background: #d9534a } .failed .name { color: #b3261e } .cut .bar { background: #aaa }
@media (prefers-color-scheme: dark) {
  body { color: #ddd; background: #1b1b1b } .row:hover { background: #262c33 } .line { background: #2a2a2a }
}
</style></head><body>
<h1>Traces</h1>
"#;

/// A page of these traces.
pub fn page<'t>(traces: impl Iterator<Item = &'t Trace>) -> String {
    let mut out = HEAD.to_string();
    for trace in traces {
        one(&mut out, trace);
    }
    out.push_str("</body></html>\n");
    out
}

fn one(out: &mut String, trace: &Trace) {
    let total = trace.total();
    let _ = writeln!(
        out,
        "<details open><summary>{} · {} · event {}</summary>",
        escaped(&trace.flow),
        shown(trace.answered),
        escaped(&trace.event)
    );
    for (depth, span) in trace.tree() {
        row(out, depth, span, total);
    }
    if trace.dropped > 0 {
        let _ = writeln!(out, "<p>and {} steps more</p>", trace.dropped);
    }
    out.push_str("</details>\n");
}

fn row(out: &mut String, depth: usize, span: &Span, total: Duration) {
    let share = |time: Duration| time.as_secs_f64() / total.as_secs_f64().max(1e-9) * 100.0;
    let end = span.end.unwrap_or(total);
    let (class, time) = match (&span.error, span.end) {
        (Some(_), _) => (" failed", shown(end.saturating_sub(span.begin))),
        (None, None) => (" cut", "cut".to_string()),
        (None, Some(end)) => ("", shown(end.saturating_sub(span.begin))),
    };
    let tip = span.error.as_ref().map_or_else(|| span.path.clone(), |error| format!("{}: {error}", span.path));
    let _ = writeln!(
        out,
        r#"<div class="row{class}" title="{}"><span class="name" style="padding-left:{}em">{}</span><span class="time">{time}</span><span class="line"><span class="bar" style="left:{:.3}%;width:{:.3}%"></span></span></div>"#,
        escaped(&tip),
        depth as f64 * 1.2,
        escaped(&span.name),
        share(span.begin),
        share(end.saturating_sub(span.begin)),
    );
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;

    #[test]
    fn a_page_needs_nothing_else() {
        let page = page([sample()].iter());
        assert!(page.contains("left:50.000%;width:50.000%"), "{page}");
        assert!(page.contains("&lt;all&gt;") && page.contains("row failed"));
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<script"));
    }
}
