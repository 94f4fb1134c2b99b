//! Draws the pictures of the README: a session of the REPL as it looks at a terminal, and what ran of a script.
//!
//!     cargo run --example pictures

use dwrun::cli::paint;
use dwrun::diag::Style;
use dwrun::script::session::{Reply, Screen, Session};
use dwrun::script::{Coverage, Engine, Inputs};
use std::fmt::Write;
use std::path::Path;
use std::{env, error, fs};

/// What is typed; a line that ends in a Tab shows what completion offers.
const LINES: &[&str] = &[
    ":gather 0=accounts.json 1=holdings.json 2=!HTTP:TIMEOUT",
    "payload.\"1\".payload.holdings.\t",
    "var invested = sum(payload.\"1\".payload.holdings map $.units * $.price)",
    "fun listOf(route, field) = route.payload[field] default []",
    "listOf(payload.\"2\", \"loans\")",
    "{ invested: invested, accounts: listOf(payload.\"0\", \"accounts\") map $.iban }",
    ":type payload.\"0\".payload.accounts[0]",
    "invested / sizeOf(_.loans)",
    ":output application/xml",
    "{ wealth @(currency: \"CHF\"): invested }",
    ":save merge.dwl",
    ":test merge/mortgage-down",
];
const COLUMNS: usize = 100;
const SCREEN: Screen = Screen { rows: 14, columns: COLUMNS };

fn main() -> Result<(), Box<dyn error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = env::temp_dir().join("dwrun-repl-picture");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    for file in fs::read_dir(root.join("examples/customer-360/routes"))? {
        let file = file?;
        fs::copy(file.path(), folder.join(file.file_name()))?;
    }
    env::set_current_dir(&folder)?;
    let shown = record(LINES);
    env::set_current_dir(root)?;
    fs::create_dir_all("docs/pictures")?;
    fs::write("docs/pictures/repl.svg", svg(&shown))?;
    fs::write("docs/pictures/coverage.svg", svg(&covered(COVERED, r#"{"holdings": [{"units": 3, "price": 7.5}]}"#)?))?;
    Ok(())
}

/// The script of the picture of coverage.
const COVERED: &str = "\
fun value(holdings) = holdings match {
    case [] -> 0
    case [first ~ rest] -> first.units * first.price + value(rest)
}
fun tier(total) = if (total > 1000) \"gold\" else \"blue\"
---
{
    total: value(payload.holdings),
    tier: tier(value(payload.holdings)),
    (loans: payload.loans map $.open) if payload.loans?
}
";

/// A script with the colours of what ran of it, and of what did not.
fn covered(script: &str, payload: &str) -> Result<String, Box<dyn error::Error>> {
    let coverage = Coverage::default();
    let compiled = Engine::new().coverage(&coverage).compile(script)?;
    compiled.run_to(Inputs::new().content("payload", "application/json", payload), &mut Vec::new())?;
    let mut points = coverage.points();
    points.sort_by_key(|point| (point.span.start, std::cmp::Reverse(point.span.end)));
    let (mut shown, mut last) = (String::new(), "");
    for (at, c) in script.char_indices() {
        let hit = points.iter().rfind(|point| point.span.range().contains(&at)).map(|point| point.hits > 0);
        let code = match hit {
            Some(true) => "32",
            Some(false) => "31",
            None => "2",
        };
        if code != last && c != '\n' {
            let _ = write!(shown, "\x1b[0;{code}m");
        }
        // Each line of the picture has to say its colour itself.
        last = if c == '\n' { "" } else { code };
        shown.push(c);
    }
    Ok(shown)
}

/// Prompts, lines and answers with the colours of a terminal.
fn record(lines: &[&str]) -> String {
    let mut session = Session::new(Engine::new(), "application/dw");
    let mut shown = String::new();
    for line in lines {
        let typed = line.trim_end_matches('\t');
        let key = if line.ends_with('\t') { paint::dim(" Tab") } else { String::new() };
        let prompt = paint::prompt(&format!("{}> ", session.next_line()));
        let _ = writeln!(shown, "{prompt}{}{key}", paint::line(typed));
        let answer = if key.is_empty() { answer(&mut session, typed) } else { offered(&session, typed) };
        if !answer.is_empty() {
            let _ = writeln!(shown, "{}", answer.trim_end());
        }
    }
    shown
}

fn answer(session: &mut Session, line: &str) -> String {
    let shown = session.enter(line).and_then(|reply| match reply {
        Reply::Text(text) => Ok(text),
        Reply::Result(answer) => session.show(&answer, SCREEN).map(|(text, _)| paint::text(&text)),
        Reply::Nothing | Reply::Leave => Ok(String::new()),
    });
    shown.unwrap_or_else(|report| report.render(Style { color: true, width: COLUMNS }))
}

fn offered(session: &Session, line: &str) -> String {
    let found = session.complete(line).candidates;
    found.iter().map(|c| format!("{:10} {}\n", c.text, paint::dim(&c.about))).collect()
}

const LINE_HEIGHT: usize = 19;
const MARGIN: usize = 16;

/// Text with the colours of a terminal as a picture.
fn svg(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    // 8.45 is the width of a character of this size in the fonts named below.
    let (width, height) = ((COLUMNS as f64 * 8.45) as usize + 2 * MARGIN, lines.len() * LINE_HEIGHT + 2 * MARGIN);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1e2029\"/>\n\
         <g font-family=\"ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace\" font-size=\"14\" \
         fill=\"#d8dae3\" xml:space=\"preserve\">\n"
    );
    for (i, line) in lines.iter().enumerate() {
        let _ = writeln!(out, "<text x=\"{MARGIN}\" y=\"{}\">{}</text>", MARGIN + 14 + i * LINE_HEIGHT, spans(line));
    }
    out + "</g>\n</svg>\n"
}

/// A line with its escape sequences as spans.
fn spans(line: &str) -> String {
    let mut out = String::new();
    let mut style = String::new();
    let mut parts = line.split('\x1b');
    out += &escaped(parts.next().unwrap_or_default());
    for part in parts {
        let (codes, text) = part.trim_start_matches('[').split_once('m').unwrap_or(("0", part));
        for code in codes.split(';') {
            if matches!(code, "0" | "") {
                style.clear();
            }
            style += match code {
                "1" => " font-weight=\"bold\"",
                "2" => " fill=\"#8a8fa3\"",
                "31" => " fill=\"#ff7b72\"",
                "32" => " fill=\"#9ece6a\"",
                "33" => " fill=\"#e0af68\"",
                "34" => " fill=\"#7aa2f7\"",
                "35" => " fill=\"#bb9af7\"",
                "36" => " fill=\"#7dcfff\"",
                _ => "",
            };
        }
        let text = escaped(text);
        out += &if style.is_empty() || text.is_empty() { text } else { format!("<tspan{style}>{text}</tspan>") };
    }
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
