//! Coverage in SonarQube's generic format.

use super::{Report, shown};
use quick_xml::escape::escape;
use std::fmt::Write;

/// The document.
pub fn document(report: &Report) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<coverage version=\"1\">\n".to_string();
    for file in &report.files {
        let _ = writeln!(text, "  <file path=\"{}\">", escape(shown(&file.path)));
        for (line, covered) in file.lines() {
            let _ = writeln!(text, "    <lineToCover lineNumber=\"{line}\" covered=\"{covered}\"/>");
        }
        text += "  </file>\n";
    }
    text + "</coverage>\n"
}

#[cfg(test)]
mod tests {
    use super::super::Limits;
    use super::super::report::tests::sample;

    #[test]
    fn tells_each_line_once() {
        let text = super::document(&sample(Limits::default()));
        assert_eq!(text.matches("lineToCover").count(), 3);
        assert!(
            text.contains("<file path=\"src/main/mule/b.xml\">\n    <lineToCover lineNumber=\"7\" covered=\"false\"/>")
        );
    }
}
