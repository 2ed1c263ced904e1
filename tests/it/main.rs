//! The one integration test binary of the project.

mod cli;
mod command;
mod datelines;
mod docs;
mod faults;
mod fields;
#[cfg(unix)]
mod files;
mod floors;
mod golden;
mod goldens;
mod msrv;
mod packs;
mod panics;
mod repair;
mod schema;
mod seed;
mod strangers;
#[cfg(unix)]
mod signals;
mod support;
mod verdict;
