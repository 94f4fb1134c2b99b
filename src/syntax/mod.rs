//! From text to AST: the pest parser over `grammar/`, and the tree it builds. pest's types end here.

pub mod ast;
