//! Coverage of apps: which of their processors MUnit suites ran, and whether that is enough.

use super::console;
use crate::cli::Failure;
use crate::munit::coverage::{Coverage, Limits};
use std::path::Path;

/// Prints how many processors ran, and writes the reports into a folder. Too few are a failure where the property
/// `failBuild` says so.
pub fn show(folder: &Path, covered: &Coverage, properties: &[(String, String)]) -> Result<(), Failure> {
    let report = covered.report(&limits(properties)?);
    if report.is_empty() {
        return Ok(());
    }
    console::print(&report.console());
    let failed = |e| Failure::Plain(format!("cannot write coverage into {}: {e}", folder.display()));
    report.write(folder).map_err(failed)?;
    println!("see {}", folder.join("index.html").display());
    let fails = properties.iter().any(|(name, value)| name == "failBuild" && value == "true");
    if fails && !report.below().is_empty() { Err(Failure::Shown) } else { Ok(()) }
}

/// The limits, under the names that they have in the configuration of MUnit's Maven plugin.
fn limits(properties: &[(String, String)]) -> Result<Limits, Failure> {
    let mut limits = Limits::default();
    for (name, value) in properties {
        let percent = || match value.trim().parse::<f64>() {
            Ok(percent) => Ok(Some(percent).filter(|percent| *percent >= 0.0)),
            Err(_) => Err(Failure::Usage(format!("-D{name} takes a number of percent, not `{value}`"))),
        };
        let names = || value.split(',').map(|name| name.trim().to_string()).filter(|name| !name.is_empty());
        match name.as_str() {
            "requiredApplicationCoverage" => limits.application = percent()?,
            "requiredResourceCoverage" => limits.resource = percent()?,
            "requiredFlowCoverage" => limits.flow = percent()?,
            "ignoreFlows" => limits.ignored_flows.extend(names()),
            "ignoreFiles" => limits.ignored_files.extend(names()),
            _ => {}
        }
    }
    Ok(limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_numbers_and_less_than_none_is_none() {
        let given = |name: &str, value: &str| limits(&[(name.to_string(), value.to_string())]);
        assert_eq!(given("requiredFlowCoverage", "50").ok().and_then(|l| l.flow), Some(50.0));
        assert_eq!(given("requiredApplicationCoverage", "-1").ok().and_then(|l| l.application), None);
        assert_eq!(given("ignoreFlows", "a, b").ok().map(|l| l.ignored_flows), Some(vec!["a".into(), "b".into()]));
        assert!(given("requiredResourceCoverage", "much").is_err());
    }
}
