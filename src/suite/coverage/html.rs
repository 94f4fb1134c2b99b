//! Coverage as one annotated page that needs nothing else.

use super::{FileCoverage, Share};
use std::fmt::Write;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1c2530}\
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .6rem;border-bottom:1px solid #d8dee6;text-align:left}\
td.n{text-align:right;font-variant-numeric:tabular-nums}pre{background:#f6f8fa;padding:1rem;overflow:auto;line-height:1.45}\
.ran{background:#d7f2dc}.missed{background:#ffd4d0}.line{color:#8a94a0;user-select:none}\
@media(prefers-color-scheme:dark){body{background:#14181d;color:#dde3ea}pre{background:#1c2229}\
.ran{background:#1d4427}.missed{background:#6b221c}td,th{border-color:#333c46}}";

/// The page.
pub(super) fn page(files: &[FileCoverage]) -> String {
    let mut out =
        String::from("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Coverage</title>");
    let _ = write!(out, "<style>{STYLE}</style></head><body>\n<h1>DataWeave coverage</h1>\n");
    out.push_str("<table><tr><th>File</th><th>Expressions</th><th>Branches</th></tr>\n");
    for (number, file) in files.iter().enumerate() {
        let name = escaped(&file.name);
        let _ = write!(out, "<tr><td><a href=\"#f{number}\">{name}</a></td>");
        let _ = writeln!(out, "{}{}</tr>", cell(file.expressions()), cell(file.branches()));
    }
    out.push_str("</table>\n");
    for (number, file) in files.iter().enumerate() {
        let _ = write!(out, "<h2 id=\"f{number}\">{}</h2>\n<pre>{}</pre>\n", escaped(&file.name), annotated(file));
    }
    out.push_str("</body></html>\n");
    out
}

fn cell(share: Share) -> String {
    format!("<td class=\"n\">{:.1} % ({}/{})</td>", share.percent(), share.covered, share.total)
}

/// The text with every stretch marked by whether its innermost block ran.
fn annotated(file: &FileCoverage) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (index, line) in file.text.split_inclusive('\n').enumerate() {
        let _ = write!(out, "<span class=\"line\">{:>4}  </span>", index + 1);
        let (mut stretch, mut kind) = (String::new(), None);
        for (offset, c) in line.char_indices() {
            let found = file.point_at(at + offset).filter(|_| c != '\n').map(|point| point.hits > 0);
            if found != kind {
                close(&mut out, &mut stretch, kind);
                kind = found;
            }
            stretch.push(c);
        }
        close(&mut out, &mut stretch, kind);
        at += line.len();
    }
    out
}

fn close(out: &mut String, stretch: &mut String, kind: Option<bool>) {
    let text = escaped(stretch);
    stretch.clear();
    let _ = match kind {
        _ if text.is_empty() => Ok(()),
        None => write!(out, "{text}"),
        Some(true) => write!(out, "<span class=\"ran\">{text}</span>"),
        Some(false) => write!(out, "<span class=\"missed\">{text}</span>"),
    };
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
