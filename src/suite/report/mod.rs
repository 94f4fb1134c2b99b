//! Reports of a run for other programs.
