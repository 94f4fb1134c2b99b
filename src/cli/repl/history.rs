//! Where the history of lines lies on disk.

use std::env;
use std::fs;
use std::path::PathBuf;

/// `$XDG_STATE_HOME/dwrun/history` where that variable is set, else `~/.dwrun_history`; none without a home.
pub fn file() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    if let Some(state) = folder("XDG_STATE_HOME") {
        let state = state.join("dwrun");
        fs::create_dir_all(&state).ok()?;
        return Some(state.join("history"));
    }
    Some(folder("HOME")?.join(".dwrun_history"))
}
