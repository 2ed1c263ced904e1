//! The one integration test binary of the project.

mod any_text;
mod batches;
mod cli;
#[cfg(feature = "columnar")]
mod columns;
mod command;
mod corpora;
mod datelines;
mod docs;
mod examples;
mod faults;
mod fields;
#[cfg(unix)]
mod files;
mod floors;
mod front;
mod golden;
mod goldens;
mod grammar;
mod growth;
mod known;
mod languages;
mod laws;
mod long;
mod markdown;
mod memory;
mod msrv;
mod names;
mod packs;
mod page_fields;
mod pages;
mod panics;
mod repair;
mod schema;
mod seed;
mod shape;
#[cfg(unix)]
mod signals;
mod strangers;
mod support;
mod verdict;
