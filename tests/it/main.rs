//! The one integration test binary of the project.

mod cli;
mod datelines;
mod docs;
mod fields;
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
mod support;
mod verdict;
