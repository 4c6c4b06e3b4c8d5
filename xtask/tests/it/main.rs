//! The jobs as commands.

mod spec_diff;
