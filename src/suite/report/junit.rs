//! JUnit XML in the layout of Maven Surefire.

use crate::suite::{Outcome, Status, SuiteResult, TestResult};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;
use std::time::Duration;

type Xml = Writer<Vec<u8>>;

/// The report of one suite. A test that is pending counts as skipped: the schema has no word for it.
pub fn document(suite: &SuiteResult) -> io::Result<Vec<u8>> {
    let counts = suite.counts();
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let attributes = [
        ("name", printable(&suite.name)),
        ("time", seconds(suite.duration())),
        ("tests", counts.tests.to_string()),
        ("errors", counts.errors.to_string()),
        ("skipped", (counts.skipped + counts.pending).to_string()),
        ("failures", counts.failures.to_string()),
    ];
    let element = xml.create_element("testsuite");
    element
        .with_attributes(attributes.iter().map(|(name, value)| (*name, value.as_str())))
        .write_inner_content(|xml| suite.tests.iter().try_for_each(|result| test(xml, &suite.name, result)))?;
    Ok(xml.into_inner())
}

fn test(xml: &mut Xml, suite: &str, result: &TestResult) -> io::Result<()> {
    let outcome = &result.outcome;
    let attributes =
        [("name", printable(&result.test.name)), ("classname", printable(suite)), ("time", seconds(result.duration))];
    let element = xml.create_element("testcase");
    let element = element.with_attributes(attributes.iter().map(|(name, value)| (*name, value.as_str())));
    if outcome.status == Status::Passed && outcome.output.is_empty() {
        return element.write_empty().map(|_| ());
    }
    element.write_inner_content(|xml| {
        status(xml, outcome)?;
        if !outcome.output.is_empty() {
            let output = printable(&outcome.output);
            xml.create_element("system-out").write_text_content(BytesText::new(&output))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn status(xml: &mut Xml, outcome: &Outcome) -> io::Result<()> {
    let name = match outcome.status {
        Status::Passed => return Ok(()),
        Status::Failed => "failure",
        Status::Error => "error",
        Status::Skipped | Status::Pending => "skipped",
    };
    let (message, detail) = (printable(&outcome.message), printable(&outcome.detail_text()));
    let element = xml.create_element(name).with_attribute(("message", message.as_str()));
    match outcome.status.is_bad() {
        true => element.with_attribute(("type", name)).write_text_content(BytesText::new(&detail))?,
        false => element.write_empty()?,
    };
    Ok(())
}

fn seconds(duration: Duration) -> String {
    format!("{:.3}", duration.as_secs_f64())
}

/// Without the characters that XML cannot hold.
fn printable(text: &str) -> String {
    let fits = |c: &char| !c.is_control() || "\t\r\n".contains(*c);
    text.chars().filter(fits).filter(|c| !"\u{fffe}\u{ffff}".contains(*c)).collect()
}
