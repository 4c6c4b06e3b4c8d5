//! Properties of the upload machine, under random faults and under random input.

mod checkpoints;
mod fuzz;
mod harness;
mod props;
