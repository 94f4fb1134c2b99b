//! Coverage as a web page that needs nothing else.

use super::report::{Count, File, FlowReport};
use super::{Report, shown};
use quick_xml::escape::escape;
use std::fmt::Write;

const HEAD: &str = "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<title>Coverage</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #222; background: #fff }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 2rem }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid #ddd; vertical-align: top }
td.number { text-align: right; white-space: nowrap }
meter { width: 8rem }
.missed { color: #a40000 }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } th, td { border-color: #444 } .missed { color: #ff8080 } }
</style>
</head>
<body>
";

/// The page.
pub fn page(report: &Report) -> String {
    let count = report.count();
    let mut page = HEAD.to_string();
    let _ = writeln!(page, "<h1>Coverage: {:.2} %</h1>", count.percent());
    let _ =
        writeln!(page, "<p>{} of {} processors ran, in {} flows.</p>", count.covered, count.all, report.flow_count());
    let below = report.below();
    if !below.is_empty() {
        page += "<ul class=\"missed\">\n";
        below.iter().for_each(|line| page += &format!("<li>{}</li>\n", escape(line.as_str())));
        page += "</ul>\n";
    }
    report.files.iter().for_each(|file| table(&mut page, file));
    page + "</body>\n</html>\n"
}

fn table(page: &mut String, file: &File) {
    let _ = writeln!(page, "<h2>{}</h2>\n<table>", escape(shown(&file.path)));
    page.push_str(
        "<tr><th>Flow</th><th>Type</th><th>Processors</th><th>Coverage</th><th>Lines that did not run</th></tr>\n",
    );
    file.flows.iter().for_each(|flow| row(page, flow));
    let Count { all, covered } = file.count();
    let _ = writeln!(
        page,
        "<tr><th>All</th><td></td><td class=\"number\">{covered} / {all}</td><td>{:.2} %</td><td></td></tr>",
        file.count().percent()
    );
    page.push_str("</table>\n");
}

fn row(page: &mut String, flow: &FlowReport) {
    let count = flow.count();
    let missed: Vec<String> =
        flow.lines.iter().filter(|(_, covered)| !covered).map(|(line, _)| line.to_string()).collect();
    let _ = writeln!(
        page,
        "<tr><td>{}</td><td>{}</td><td class=\"number\">{} / {}</td><td><meter max=\"100\" value=\"{:.0}\"></meter> {:.2} %</td>\
         <td class=\"missed\">{}</td></tr>",
        escape(flow.name.as_str()),
        flow.kind.word(),
        count.covered,
        count.all,
        count.percent(),
        count.percent(),
        missed.join(", "),
    );
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::super::report::tests::sample;

    #[test]
    fn names_are_escaped_and_missed_lines_shown() {
        let page = super::page(&sample(Limits::default()));
        assert!(page.contains("pack &lt;it&gt;") && !page.contains("pack <it>"));
        assert!(page.contains("<td class=\"missed\">12</td>"), "{page}");
    }
}
