//! Coverage after a run of tests: a table on the terminal, and files for editors, build servers and people.

use crate::cli::Failure;
use crate::script::Coverage;
use crate::suite::coverage::{self, FileCoverage, Share};
use std::path::Path;

/// Prints how much of each file ran, and writes the reports into a folder.
pub fn show(folder: &Path, covered: &Coverage) -> Result<(), Failure> {
    let files = coverage::files(covered);
    if files.is_empty() {
        return Ok(());
    }
    let here = std::env::current_dir().unwrap_or_default();
    let name = |file: &FileCoverage| {
        Path::new(&file.name)
            .strip_prefix(&here)
            .map_or_else(|_| file.name.clone(), |inside| inside.display().to_string())
    };
    let width = files.iter().map(|file| name(file).len()).max().unwrap_or(0).max("all files".len());
    println!("\n{:width$}  expressions      branches", "coverage");
    for file in &files {
        row(&name(file), width, file.expressions(), file.branches());
    }
    let sum = |part: fn(&FileCoverage) -> Share| files.iter().map(part).fold(Share::default(), Share::plus);
    row("all files", width, sum(FileCoverage::expressions), sum(FileCoverage::branches));
    let failed = |e| Failure::Plain(format!("cannot write coverage into {}: {e}", folder.display()));
    coverage::write(folder, &files).map_err(failed)?;
    println!("see {}", folder.join("index.html").display());
    Ok(())
}

fn row(name: &str, width: usize, expressions: Share, branches: Share) {
    println!("{name:width$}  {:>11}  {:>12}", text(expressions), text(branches));
}

fn text(share: Share) -> String {
    format!("{:.1} % {}", share.percent(), share.total)
}
