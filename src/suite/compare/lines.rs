//! Differences of texts, line by line.

use super::{Line, Mark};
use similar::{ChangeTag, TextDiff};

/// Equal lines shown around a difference.
const AROUND: usize = 2;
/// Lines shown of all differences.
const MOST: usize = 60;

/// The lines that differ, with some around them. White space at line ends and the final line breaks do not count.
pub fn differences(expected: &str, actual: &str) -> Vec<Line> {
    let (expected, actual) = (trimmed(expected), trimmed(actual));
    if expected == actual {
        return Vec::new();
    }
    let (old, new) = (expected.join("\n") + "\n", actual.join("\n") + "\n");
    let diff = TextDiff::from_lines(&old, &new);
    let mut all = Vec::new();
    for group in diff.grouped_ops(AROUND) {
        let first = group.first().map_or(0, |op| op.old_range().start);
        all.push(Line::new(Mark::Path, format!("@ line {}", first + 1)));
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let mark = match change.tag() {
                ChangeTag::Equal => Mark::Plain,
                ChangeTag::Delete => Mark::Expected,
                ChangeTag::Insert => Mark::Actual,
            };
            all.push(Line::new(mark, change.value().trim_end()));
        }
    }
    if all.len() > MOST {
        let more = all.len() - MOST;
        all.truncate(MOST);
        all.push(Line::new(Mark::Plain, format!("… and {more} more lines")));
    }
    all
}

fn trimmed(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}
