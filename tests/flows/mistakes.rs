//! Mistakes in configurations, and how they are reported: all at once, each with its place.

use crate::app::{HEAD, load_file};
use dwrun::diag::Style;

/// The report of a configuration, without the name of the folder it is in.
fn report(xml: &str) -> String {
    let report = load_file(xml, &[]).err().unwrap_or_else(|| panic!("no mistake in {xml}"));
    let shown = report.render(Style::default());
    shown.lines().map(without_folder).collect::<Vec<_>>().join("\n")
}

/// A line whose path to `app.xml`, if it has one, is cut to the name of the file.
fn without_folder(line: &str) -> String {
    let Some(name) = line.find("app.xml") else { return line.to_string() };
    let before = &line[..name];
    let start = before.rfind(['[', ' ']).map_or(0, |at| at + 1);
    format!("{}{}", &line[..start], &line[name..])
}

/// Typical mistakes, each by name.
const MISTAKES: &[(&str, &str)] = &[
    ("unknown-element", "\n<flow name=\"main\">\n  <set-paylod value=\"1\"/>\n</flow>"),
    ("unknown-attribute", "\n<flow name=\"main\">\n  <logger mesage=\"hello\" level=\"LOUD\"/>\n</flow>"),
    ("missing-attribute", "\n<flow name=\"main\">\n  <set-variable value=\"1\"/>\n</flow>"),
    (
        "missing-reference",
        "\n<flow name=\"prices\">\n  <flow-ref name=\"price\"/>\n  <error-handler ref=\"rules\"/>\n</flow>",
    ),
    ("duplicate-name", "\n<flow name=\"main\"><logger/></flow>\n<sub-flow name=\"main\"><logger/></sub-flow>"),
    (
        "bad-expression",
        "\n<flow name=\"main\">\n  <set-payload value=\"#[paylod.total * 2]\"/>\n  <choice><when expression=\"#[1 +]\"><logger/></when></choice>\n</flow>",
    ),
    (
        "bad-script",
        "\n<flow name=\"main\">\n  <ee:transform>\n    <ee:message>\n      <ee:set-payload><![CDATA[%dw 2.0\noutput application/json\n---\n{\n  total: sum(payload.linse.amount) ++ vars.rate,\n  net: tax(payload)\n}]]></ee:set-payload>\n    </ee:message>\n  </ee:transform>\n</flow>",
    ),
    (
        "missing-property",
        "\n<configuration-properties file=\"prod.yaml\"/>\n<flow name=\"main\" maxConcurrency=\"${limit}\"><logger/></flow>",
    ),
    (
        "unresolved-property",
        "\n<global-property name=\"limits\" value=\"5\"/>\n<flow name=\"main\" maxConcurrency=\"${limit}\"><logger/></flow>",
    ),
    (
        "routes",
        "\n<flow name=\"main\">\n  <scatter-gather>\n    <route><logger/></route>\n  </scatter-gather>\n</flow>",
    ),
    (
        "handlers",
        "\n<flow name=\"main\">\n  <raise-error type=\"APP:NO\"/>\n  <error-handler>\n    <on-error-propagate/>\n    <on-error-continue type=\"APP:NOT, UNKNOWN\"/>\n    <on-error-continue type=\"SOURCE_RESPONSE_SEND\"/>\n  </error-handler>\n</flow>",
    ),
    (
        "misplaced",
        "\n<logger/>\n<flow name=\"main\">text<when expression=\"true\"/><parse-template content=\"a\" location=\"b\"/></flow>",
    ),
    ("error-types", "\n<flow name=\"main\"><raise-error type=\"CONNECTION\"/></flow>"),
];

#[test]
fn mistakes_have_reports() {
    for (name, content) in MISTAKES {
        insta::assert_snapshot!(*name, report(&format!("{HEAD}{content}\n</mule>")));
    }
}

#[test]
fn unknown_connectors_are_named() {
    let head = HEAD.replace("<mule ", "<mule xmlns:kafka=\"http://www.mulesoft.org/schema/mule/kafka\" ");
    insta::assert_snapshot!(
        "unknown-connector",
        report(&format!("{head}\n<flow name=\"main\">\n  <kafka:publish topic=\"orders\"/>\n</flow>\n</mule>"))
    );
}

#[test]
fn malformed_files_are_refused() {
    insta::assert_snapshot!(
        "malformed",
        report(&format!("{HEAD}\n<flow name=\"main\">\n  <logger>\n</flow>\n</mule>"))
    );
}

#[test]
fn hostile_files_end_in_an_error() {
    let bomb = "<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><mule>&b;</mule>".to_string();
    let huge =
        format!("{HEAD}<flow name=\"main\"><set-payload value=\"#['{}' ++ x]\"/></flow></mule>", "a".repeat(10 << 20));
    let deep = format!("{HEAD}<flow name=\"main\">{}</flow></mule>", "<try>".repeat(100_000));
    let nested = format!(
        "{HEAD}<flow name=\"main\"><set-payload value=\"#[{}1{}]\"/></flow></mule>",
        "(".repeat(50_000),
        ")".repeat(50_000)
    );
    let wide = format!("{HEAD}{}</mule>", "<flow/>".repeat(100_000));
    let attributes =
        format!("{HEAD}<flow {}/></mule>", (0..50_000).map(|n| format!("a{n}=\"1\" ")).collect::<String>());
    let properties = format!(
        "{HEAD}<global-property name=\"a\" value=\"{}\"/>{}</mule>",
        "${b}".repeat(10),
        "<global-property name=\"b\" value=\"${a}${a}\"/>"
    );
    for (name, xml) in [
        ("bomb", bomb),
        ("huge", huge),
        ("deep", deep),
        ("nested", nested),
        ("wide", wide),
        ("attributes", attributes),
        ("properties", properties),
    ] {
        let begun = std::time::Instant::now();
        assert!(load_file(&xml, &[]).is_err(), "{name}");
        assert!(begun.elapsed().as_secs() < 60, "{name}: {:?}", begun.elapsed());
    }
    let large = format!("{HEAD}<flow name=\"main\"><set-payload value=\"{}\"/></flow></mule>", "a".repeat(10 << 20));
    assert!(load_file(&large, &[]).is_ok());
}
