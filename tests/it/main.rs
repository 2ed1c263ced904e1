//! The one integration test binary of the project.

mod any_text;
mod cli;
mod datelines;
mod docs;
mod fields;
mod floors;
mod golden;
mod goldens;
mod grammar;
mod laws;
mod memory;
mod msrv;
mod packs;
mod panics;
mod repair;
mod schema;
mod seed;
mod strangers;
mod support;
mod verdict;
