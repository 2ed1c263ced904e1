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
}

impl Codec {
    pub const PACKED: [Self; 3] = [Self::Gzip, Self::Zstd, Self::Lz4];

    /// What names end in, the first of them the usual one.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[],
            Self::Gzip => &["gz", "gzip"],
            Self::Zstd => &["zst", "zstd"],
            Self::Lz4 => &["lz4"],
        }
    }

    const fn mark(self) -> &'static [u8] {
        match self {
            Self::Plain => b"",
            Self::Gzip => b"\x1f\x8b",
            Self::Zstd => b"\x28\xb5\x2f\xfd",
            Self::Lz4 => b"\x04\x22\x4d\x18",
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
        Self::PACKED.into_iter().find(|codec| head.starts_with(codec.mark())).unwrap_or_default()
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
        })
    }

    /// The levels that it has, least bytes last; none where there is nothing to choose.
    pub const fn levels(self) -> Option<RangeInclusive<u8>> {
        match self {
            Self::Gzip => Some(1..=9),
            Self::Zstd => Some(1..=19),
            Self::Plain | Self::Lz4 => None,
        }
    }

    /// The level where none is chosen.
    const fn usual(self) -> u8 {
        match self {
            // A third less time than at level 6, for 3 % more bytes.
            Self::Gzip => 3,
            _ => 3,
        }
    }
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
        Self { codec, level: chosen.unwrap_or(codec.usual()) }
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
        for codec in Codec::PACKED {
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
        for (name, codec) in
            [("a.jsonl.gz", Codec::Gzip), ("a.ZST", Codec::Zstd), ("a.lz4", Codec::Lz4), ("a.jsonl", Codec::Plain)]
        {
            assert_eq!(Codec::of_name(Path::new(name)), codec);
        }
        assert_eq!(Codec::of_head(b"{\"text\""), Codec::Plain);
    }
}
