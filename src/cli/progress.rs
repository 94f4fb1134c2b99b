//! How far batch jobs are: a bar for each instance on a terminal. Elsewhere the log tells, once a minute.

use crate::flow::app::App;
use crate::flow::batch::Figures;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use std::collections::HashMap;
use std::io::{IsTerminal, stderr};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// The bars of this process. Whoever writes on the terminal takes them away while it does.
pub static BARS: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);

/// How often bars are drawn.
const DRAW_EVERY: Duration = Duration::from_millis(200);

/// Waits for the end of something, and shows how far the batch jobs of the app are.
pub async fn until(app: &Arc<App>, end: impl Future<Output = ()>) {
    if !stderr().is_terminal() {
        return end.await;
    }
    app.batch.show();
    let mut bars = HashMap::new();
    tokio::pin!(end);
    loop {
        tokio::select! {
            () = &mut end => break,
            () = tokio::time::sleep(DRAW_EVERY) => draw(&mut bars, app.batch.figures()),
        }
    }
    bars.values().for_each(ProgressBar::finish_and_clear);
}

/// Draws the bars of instances at work; those of the others go.
fn draw(bars: &mut HashMap<i64, ProgressBar>, all: Vec<Figures>) {
    bars.retain(|key, bar| {
        let is_there = all.iter().any(|figures| figures.key == *key);
        if !is_there {
            bar.finish_and_clear();
        }
        is_there
    });
    for figures in all {
        let bar = bars.entry(figures.key).or_insert_with(|| bar(&figures));
        bar.set_position(figures.steps.0.max(0) as u64);
        bar.set_message(format!("{} records, {} failed", figures.total, figures.failed));
    }
}

fn bar(figures: &Figures) -> ProgressBar {
    let bar = ProgressBar::new(figures.steps.1.max(0) as u64).with_position(figures.began.0.max(0) as u64);
    if let Ok(style) = ProgressStyle::with_template("{prefix} [{wide_bar}] {percent} % of {msg}, {per_sec}, {eta} left")
    {
        bar.set_style(style.progress_chars("=> "));
    }
    bar.reset_eta();
    bar.set_prefix(figures.job.clone());
    BARS.add(bar)
}
