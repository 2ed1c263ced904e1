//! Files and streams: the one floor, beside the command line, that opens them.

pub(crate) mod whole;
