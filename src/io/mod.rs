//! Files and streams: the one floor, beside the command line, that opens them. All of it streams; what is held at once is
//! bounded by [`lines::CHUNK_BYTES`] and by the longest line.

pub(crate) mod codec;
#[cfg(feature = "_arrow")]
pub(crate) mod columns;
pub(crate) mod configuration;
pub(crate) mod descriptors;
pub(crate) mod feed;
pub(crate) mod fields;
pub(crate) mod format;
pub(crate) mod input;
pub(crate) mod journal;
mod kind;
pub(crate) mod lines;
pub(crate) mod log;
pub(crate) mod output;
pub(crate) mod pieces;
pub(crate) mod record;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod sheet;
pub(crate) mod table;
pub(crate) mod target;
pub(crate) mod unit;
pub(crate) mod warc;
