//! Properties of the upload machine, under random faults and under random input.

mod harness;
mod props;
