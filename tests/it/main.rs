//! The one integration test binary of the project.

mod cli;
mod docs;
mod floors;
mod golden;
mod goldens;
mod msrv;
mod packs;
mod repair;
mod seed;
mod support;
mod verdict;
