//! Lists the modules of the standard library, so that each is embedded without a hand-kept list.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("stdlib");
    println!("cargo::rerun-if-changed=stdlib");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    let mut modules: Vec<_> = files.into_iter().map(|file| (module_name(&root, &file), file)).collect();
    modules.sort();
    let mut table = String::from("&[\n");
    for (name, file) in &modules {
        let _ = writeln!(table, "    ({name:?}, include_str!({:?})),", file.display().to_string());
    }
    table.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("stdlib.rs"), table)
}

/// `dw::core::Strings` for `dw/core/Strings.dwl`.
fn module_name(root: &Path, file: &Path) -> String {
    let module = file.strip_prefix(root).unwrap_or(file).with_extension("");
    module.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("::")
}

/// All `.dwl` files below a folder; none where the folder is missing.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "dwl") {
            files.push(path);
        }
    }
    Ok(())
}
