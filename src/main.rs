//! The `dwrun` binary.

fn main() {}
