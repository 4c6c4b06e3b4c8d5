//! The end-to-end suites: everything real but the account.

mod command;
mod crash;
mod hostile;
mod recipes;
mod sources;
mod storage;
mod table;
