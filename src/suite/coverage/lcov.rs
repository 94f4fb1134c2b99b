//! Coverage as LCOV, which editors and build servers read.

use super::FileCoverage;
use std::fmt::Write;

/// The tracefile (geninfo's format).
pub(super) fn text(files: &[FileCoverage]) -> String {
    let mut out = String::new();
    for file in files {
        let _ = writeln!(out, "TN:\nSF:{}", file.name);
        let branches: Vec<_> = file.points.iter().filter(|point| point.branch).collect();
        for (number, point) in branches.iter().enumerate() {
            let line = point.source.position(point.span.start).line;
            let _ = writeln!(out, "BRDA:{line},0,{number},{}", point.hits);
        }
        let share = file.branches();
        let _ = writeln!(out, "BRF:{}\nBRH:{}", share.total, share.covered);
        let lines = file.lines();
        for (line, hits) in &lines {
            let _ = writeln!(out, "DA:{line},{hits}");
        }
        let hit = lines.iter().filter(|(_, hits)| *hits > 0).count();
        let _ = writeln!(out, "LF:{}\nLH:{hit}\nend_of_record", lines.len());
    }
    out
}
