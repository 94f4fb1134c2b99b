//! Writes reference pages: chapters of Markdown pages in folders, and an index of them. Where the texts come from is the
//! matter of the chapters.

use crate::cli::Failure;
use std::fs;
use std::path::Path;

/// Pages of one kind.
pub struct Chapter {
    /// Its heading in the index.
    pub title: &'static str,
    /// One or two sentences below the heading.
    pub text: &'static str,
    /// In the order of the index.
    pub pages: Vec<Page>,
}

/// One Markdown file.
pub struct Page {
    /// Where it goes, with `/` between folders: `dw/core/Strings.md`.
    pub file: String,
    /// Its heading.
    pub title: String,
    /// What it is about, on one line for the index.
    pub summary: String,
    /// All that follows the heading.
    pub body: String,
}

/// Writes the pages of all chapters and an index of them, `README.md`.
pub fn write(folder: &Path, chapters: &[Chapter]) -> Result<(), Failure> {
    for page in chapters.iter().flat_map(|chapter| &chapter.pages) {
        put(&folder.join(&page.file), &format!("# {}\n\n{}\n", page.title, page.body.trim_end()))?;
    }
    put(&folder.join("README.md"), &index(chapters))
}

fn index(chapters: &[Chapter]) -> String {
    let mut out = "# Reference\n\n`dwrun doc --write docs/reference` writes these pages.\n".to_string();
    for chapter in chapters {
        out += &format!("\n## {}\n\n{}\n\n| | |\n|---|---|\n", chapter.title, chapter.text);
        for page in &chapter.pages {
            out += &row(&[&format!("[{}]({})", page.title, page.file), &page.summary]);
        }
    }
    out
}

fn put(file: &Path, text: &str) -> Result<(), Failure> {
    let written = file.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(file, text));
    written.map_err(|e| Failure::Plain(format!("cannot write {}: {e}", file.display())))
}

/// A row of a table.
pub fn row(cells: &[&str]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.replace('\n', " ").replace('|', "\\|")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// A block of DataWeave.
pub fn code(text: &str) -> String {
    fenced("dataweave", text)
}

/// A block in a language.
pub fn fenced(language: &str, text: &str) -> String {
    let fence = if text.contains("```") { "````" } else { "```" };
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end())
}
