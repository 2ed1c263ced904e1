//! The first line of a model file: which kind it is of, and the checksum of all that follows.
//!
//! A chain's is `copydesk model 2 crc32:0a1b2c3d`, a network's `copydesk network 2 crc32:0a1b2c3d`, that of pages `copydesk page 2
//! crc32:0a1b2c3d`: CRC-32 as in zip files, in eight
//! hexadecimal digits. It tells files that were damaged on the way; against those made to do harm all that is read is checked.
//! `training/seal.py` writes it anew.

use super::take_line;
use crate::error::{Error, Result};

/// The kinds of model files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Chain,
    Network,
    Page,
}

/// Changes whenever files are read in another way.
const VERSION: &str = "2";

const CHECKSUM: &str = "crc32:";

impl Kind {
    /// What a file of the kind begins with.
    const fn name(self) -> &'static str {
        match self {
            Self::Chain => "copydesk model",
            Self::Network => "copydesk network",
            Self::Page => "copydesk page",
        }
    }
}

/// The kind of a file, and what stands after its first line.
pub(super) fn open(bytes: &[u8]) -> Result<(Kind, &[u8])> {
    let mut rest = bytes;
    let line = take_line(&mut rest, "first line")?;
    let words = |kind: Kind| line.strip_prefix(kind.name())?.strip_prefix(' ').map(|words| (kind, words));
    let Some((kind, words)) = [Kind::Chain, Kind::Network, Kind::Page].into_iter().find_map(words) else {
        return Err(Error::format(format!(
            "not a copydesk model: it begins {:?}, not {:?} or {:?}; make one with training/train.py",
            line.chars().take(24).collect::<String>(),
            Kind::Chain.name(),
            Kind::Network.name()
        )));
    };
    let (version, sum) = words.split_once(' ').unwrap_or((words, ""));
    if version == "1" && sum.is_empty() {
        return Err(Error::format(
            "the model is of version 1, which had no checksum: give it one with training/seal.py, or train it again",
        ));
    }
    if version != VERSION {
        return Err(Error::format(format!(
            "the model is of version {:?}, and this copydesk reads version {VERSION}: train it again with this version of copydesk",
            version.chars().take(24).collect::<String>()
        )));
    }
    if sum != checksum(rest) {
        return Err(Error::format(
            "the model is damaged: its checksum is not that of its content; copy the file again (or, after an edit on \
             purpose, seal it with training/seal.py)",
        ));
    }
    Ok((kind, rest))
}

fn checksum(rest: &[u8]) -> String {
    format!("{CHECKSUM}{:08x}", crc32fast::hash(rest))
}

/// The file of a kind, and of all that stands after its first line.
#[cfg(test)]
pub(super) fn sealed(kind: Kind, rest: &[u8]) -> Vec<u8> {
    [format!("{} {VERSION} {}\n", kind.name(), checksum(rest)).as_bytes(), rest].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_opens() {
        for kind in [Kind::Chain, Kind::Network] {
            assert_eq!(open(&sealed(kind, b"some words")).unwrap(), (kind, &b"some words"[..]));
        }
        // As Python's zlib.crc32 has it.
        assert!(sealed(Kind::Chain, b"some words\n").starts_with(b"copydesk model 2 crc32:b15b3e76\n"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let sound = sealed(Kind::Network, b"some words");
        let mut damaged = sound.clone();
        *damaged.last_mut().unwrap() ^= 4;
        for (file, wanted) in [
            (&damaged[..], "the model is damaged"),
            (&sound[..sound.len() - 1], "copy the file again"),
            (b"copydesk model 2\n", "damaged"),
            (b"copydesk model 2 crc32:\n", "damaged"),
            (b"copydesk model 1\n{}\n", "version 1, which had no checksum"),
            (b"copydesk network 3 crc32:00000000\n", "version \"3\""),
            (b"copydesk modelling\n", "it begins \"copydesk modelling\""),
            (b"\xff\n", "no text"),
            (b"", "it ends in first line"),
        ] {
            let said = open(file).unwrap_err();
            assert!(said.is_format() && said.to_string().contains(wanted), "{said}, not {wanted:?}");
        }
    }
}
