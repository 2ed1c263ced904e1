//! How files are compressed.

use std::io::{self, BufRead, BufReader, Write};
use std::ops::RangeInclusive;
use std::path::Path;

/// Unpacked at once.
const BUFFER: usize = 1 << 18;

/// What a file is compressed with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Codec {
    #[default]
    Plain,
    Gzip,
    Zstd,
    Lz4,
    /// Only read.
    Bzip2,
    /// Only read.
    Xz,
}

/// The dictionary of xz may take so much memory, in KiB: `xz -9` needs 64 MiB.
const XZ_MEMORY: u32 = 1 << 20;

impl Codec {
    pub const PACKED: [Self; 5] = [Self::Gzip, Self::Zstd, Self::Lz4, Self::Bzip2, Self::Xz];

    /// Whether outputs can be compressed so.
    pub const fn is_written(self) -> bool {
        !matches!(self, Self::Bzip2 | Self::Xz)
    }

    /// What names end in, the first of them the usual one.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[],
            Self::Gzip => &["gz", "gzip"],
            Self::Zstd => &["zst", "zstd"],
            Self::Lz4 => &["lz4"],
            Self::Bzip2 => &["bz2", "bzip2"],
            Self::Xz => &["xz"],
        }
    }

    fn begins(self, head: &[u8]) -> bool {
        match self {
            Self::Plain => true,
            Self::Gzip => head.starts_with(b"\x1f\x8b"),
            Self::Zstd => head.starts_with(b"\x28\xb5\x2f\xfd"),
            Self::Lz4 => head.starts_with(b"\x04\x22\x4d\x18"),
            // The first block, or the end where there is none.
            Self::Bzip2 => {
                let block = head.get(4..10).unwrap_or_default();
                head.starts_with(b"BZh") && (block == b"1AY&SY" || block == b"\x17\x72\x45\x38\x50\x90")
            }
            Self::Xz => head.starts_with(b"\xfd7zXZ\0"),
        }
    }

    /// What a name says.
    pub fn of_name(name: &Path) -> Self {
        let extension = name.extension().unwrap_or_default();
        let says = |codec: &Self| codec.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known));
        Self::PACKED.into_iter().find(says).unwrap_or_default()
    }

    /// What the first bytes say.
    pub fn of_head(head: &[u8]) -> Self {
        Self::PACKED.into_iter().find(|codec| codec.begins(head)).unwrap_or_default()
    }

    /// Reads what is in a stream, through all of its members or frames.
    ///
    /// # Errors
    /// When no memory can be had for it.
    pub fn unpack(self, from: Box<dyn BufRead + Send>) -> io::Result<Box<dyn BufRead + Send>> {
        Ok(match self {
            Self::Plain => from,
            Self::Gzip => Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(from))),
            Self::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(from)?;
                // The largest that it can be: frames made with --long are read.
                decoder.window_log_max(31)?;
                Box::new(BufReader::with_capacity(BUFFER, decoder))
            }
            Self::Lz4 => Box::new(BufReader::with_capacity(BUFFER, Frames::new(from))),
            Self::Bzip2 => Box::new(BufReader::with_capacity(BUFFER, bzip2::bufread::MultiBzDecoder::new(from))),
            Self::Xz => {
                let reader = lzma_rust2::XzReader::new_mem_limit(from, true, XZ_MEMORY);
                Box::new(BufReader::with_capacity(BUFFER, reader))
            }
        })
    }

    /// The levels that it has, least bytes last; none where there is nothing to choose.
    pub const fn levels(self) -> Option<RangeInclusive<u8>> {
        match self {
            Self::Gzip => Some(1..=9),
            Self::Zstd => Some(1..=19),
            Self::Plain | Self::Lz4 | Self::Bzip2 | Self::Xz => None,
        }
    }

    /// The level where none is chosen. Of gzip it takes a quarter less time than 6, for 3.2 % more bytes.
    const USUAL: u8 = 3;
}

/// How an output is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Packing {
    pub codec: Codec,
    level: u8,
}

impl Packing {
    /// At the level that was chosen, where it has levels.
    pub fn new(codec: Codec, level: Option<u8>) -> Self {
        let chosen = level.zip(codec.levels()).map(|(level, all)| level.clamp(*all.start(), *all.end()));
        Self { codec, level: chosen.unwrap_or(Codec::USUAL) }
    }

    /// The bytes as a member or frame of their own: such ones, one after the other, are a file.
    ///
    /// # Errors
    /// When no memory can be had for it.
    pub fn pack(self, plain: &[u8]) -> io::Result<Vec<u8>> {
        match self.codec {
            Codec::Plain => Ok(plain.to_vec()),
            Codec::Gzip => {
                let level = flate2::Compression::new(u32::from(self.level));
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
                encoder.write_all(plain)?;
                encoder.finish()
            }
            Codec::Zstd => {
                let mut encoder = zstd::Encoder::new(Vec::new(), i32::from(self.level))?;
                encoder.include_checksum(true)?;
                encoder.set_pledged_src_size(Some(plain.len() as u64))?;
                encoder.write_all(plain)?;
                encoder.finish()
            }
            Codec::Lz4 => {
                let mut info = lz4_flex::frame::FrameInfo::new();
                info.content_checksum = true;
                info.block_size = lz4_flex::frame::BlockSize::Max256KB;
                let mut encoder = lz4_flex::frame::FrameEncoder::with_frame_info(info, Vec::new());
                encoder.write_all(plain)?;
                encoder.finish().map_err(io::Error::from)
            }
            Codec::Bzip2 | Codec::Xz => Err(io::Error::other("it is not written so")),
        }
    }
}

/// The frames of lz4, one after the other: its decoder is for one of them, and takes one that is cut between two of its blocks
/// for whole.
struct Frames {
    decoder: Option<lz4_flex::frame::FrameDecoder<Tail>>,
}

/// A stream, and the last bytes that were read of it.
struct Tail {
    from: Box<dyn BufRead + Send>,
    last: [u8; 8],
}

impl Frames {
    fn new(from: Box<dyn BufRead + Send>) -> Self {
        Self { decoder: Some(lz4_flex::frame::FrameDecoder::new(Tail { from, last: [1; 8] })) }
    }
}

impl io::Read for Frames {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(decoder) = &mut self.decoder else { return Ok(0) };
            let read = decoder.read(to)?;
            if read > 0 || to.is_empty() {
                return Ok(read);
            }
            let tail = decoder.get_mut();
            if !tail.ends_frame() {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if tail.from.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.decoder = self.decoder.take().map(|decoder| lz4_flex::frame::FrameDecoder::new(decoder.into_inner()));
        }
    }
}

impl Tail {
    /// A frame ends with a block of length 0, and may have a checksum after that.
    fn ends_frame(&self) -> bool {
        self.last.ends_with(&[0; 4]) || self.last.starts_with(&[0; 4])
    }
}

impl io::Read for Tail {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(to)?;
        // The last of what was there and what is new.
        let all = self.last.len();
        let new = &to[read.saturating_sub(all)..read];
        self.last.copy_within(new.len().., 0);
        self.last[all - new.len()..].copy_from_slice(new);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::*;

    #[test]
    fn what_was_packed_comes_back() {
        let text = "It rained, and the ferry stayed in the harbour. ".repeat(5000);
        for codec in Codec::PACKED.into_iter().filter(|codec| codec.is_written()) {
            let pack = |plain: &[u8]| Packing::new(codec, None).pack(plain).unwrap();
            let one = pack(text.as_bytes());
            assert!(one.len() * 4 < text.len() && Codec::of_head(&one) == codec);
            assert_eq!(one, pack(text.as_bytes()), "nothing of the time of day is in it");
            let two = [&one[..], &pack(b""), &pack(b"end")].concat();
            let mut back = String::new();
            codec.unpack(Box::new(Cursor::new(two.clone()))).unwrap().read_to_string(&mut back).unwrap();
            assert_eq!(back, format!("{text}end"));
            // Of lz4 a block is cut off, and its frame has no end.
            for cut in [two.len() - 8, two.len() - 1, one.len() - 1, one.len() / 2, 5] {
                let mut read = codec.unpack(Box::new(Cursor::new(two[..cut].to_vec()))).unwrap();
                assert!(read.read_to_end(&mut Vec::new()).is_err(), "{codec:?} {cut}");
            }
        }
    }

    /// Made by Python's `bz2` and `lzma`.
    const BZIP2: &[u8] =
        b"\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x89\x74\xd0\xd4\x00\x00\x11\x95\x80\x40\x05\x00\x20\x37\
          \x61\x9e\x20\x20\x00\x50\xa6\x99\x18\x98\x98\x84\x7e\xa9\x0a\x7b\x54\xd0\xf4\xd3\x52\xcb\x2a\x14\
          \xdb\x8b\x34\x96\xde\xd2\x96\x99\x5d\x4c\xa5\x88\x52\xed\x2a\x15\x09\x7e\x76\x94\xbb\x71\x86\x1f\
          \x1f\x57\x6d\xc5\xa1\xc6\x19\x7f\x17\x72\x45\x38\x50\x90\x89\x74\xd0\xd4";
    const XZ: &[u8] =
        b"\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3\
          \xe0\x00\x8f\x00\x33\x5d\x00\x24\x9d\x00\x07\x23\x43\x57\xd0\xfd\x90\x65\x36\x1d\x26\xa8\x97\x60\
          \x16\x7f\xca\x1b\x9f\x1e\x5c\xad\x1c\xdf\x2d\x1e\x01\xd0\x8b\xd2\x37\x56\xe6\xb6\x80\xe8\x63\xa2\
          \x13\xf0\x3c\x84\xab\x17\xa3\x0e\x01\x00\x00\x00\x1e\x24\x51\x5e\x2b\xf4\x0b\x89\x00\x01\x4f\x90\
          \x01\x00\x00\x00\x11\x2c\xe1\x54\xb1\xc4\x67\xfb\x02\x00\x00\x00\x00\x04\x59\x5a";

    #[test]
    fn what_others_packed_is_read() {
        let text = "It rained, and the ferry stayed in the harbour. ".repeat(3);
        for (codec, packed) in [(Codec::Bzip2, BZIP2), (Codec::Xz, XZ)] {
            assert!(Codec::of_head(packed) == codec && !codec.is_written());
            assert!(Packing::new(codec, None).pack(b"").is_err());
            let unpack = |packed: Vec<u8>| {
                let mut plain = String::new();
                codec.unpack(Box::new(Cursor::new(packed))).unwrap().read_to_string(&mut plain).map(|_| plain)
            };
            assert_eq!(unpack(packed.to_vec()).unwrap(), text, "{codec:?}");
            // Streams may follow one another.
            assert_eq!(unpack(packed.repeat(2)).unwrap(), text.repeat(2), "{codec:?}");
            for cut in [packed.len() - 1, packed.len() / 2, 12] {
                assert!(unpack(packed[..cut].to_vec()).is_err(), "{codec:?} {cut}");
            }
            let mut damaged = packed.to_vec();
            damaged[packed.len() / 2] ^= 0x55;
            assert!(unpack(damaged).is_err(), "{codec:?}");
        }
    }

    #[test]
    fn more_work_makes_fewer_bytes() {
        let text: String = (0..20_000u32).map(|i| format!("{} ", i.wrapping_mul(2_654_435_761) % 997)).collect();
        for codec in [Codec::Gzip, Codec::Zstd] {
            let (least, most) = codec.levels().unwrap().into_inner();
            let size = |level| Packing::new(codec, level).pack(text.as_bytes()).unwrap().len();
            assert!(size(Some(least)) > size(Some(most)) && size(Some(255)) == size(Some(most)), "{codec:?}");
        }
        assert_eq!(Packing::new(Codec::Lz4, Some(9)), Packing::new(Codec::Lz4, None));
    }

    #[test]
    fn names_and_heads_say_it() {
        for (name, codec) in [
            ("a.jsonl.gz", Codec::Gzip),
            ("a.ZST", Codec::Zstd),
            ("a.lz4", Codec::Lz4),
            ("a.bz2", Codec::Bzip2),
            ("a.xz", Codec::Xz),
            ("a.jsonl", Codec::Plain),
        ] {
            assert_eq!(Codec::of_name(Path::new(name)), codec);
        }
        for head in ["{\"text\"", "BZh", "BZhang wrote it"] {
            assert_eq!(Codec::of_head(head.as_bytes()), Codec::Plain);
        }
    }
}
