//! Bytes to text, with the way back.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP};

use crate::offsets::OffsetMap;

/// A text decoded from bytes.
pub(crate) struct Decoded<'b> {
    pub text: Cow<'b, str>,
    /// From the text to the bytes; `None` when the text *is* the bytes.
    pub map: Option<OffsetMap>,
    /// Name of the encoding, as the WHATWG writes it.
    #[cfg_attr(not(test), allow(dead_code, reason = "no door shows it yet; the tests do"))]
    pub encoding: &'static str,
}

/// Decodes by byte order mark, else as UTF-8, else by a charset that is detected. What cannot be decoded becomes U+FFFD.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    match Encoding::for_bom(bytes) {
        Some((encoding, bom)) if encoding == encoding_rs::UTF_8 => return decode_utf8(bytes, bom),
        Some((encoding, bom)) => return decode_utf16(bytes, bom, encoding),
        None => {}
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if is_iso_2022_jp(text) => decode_legacy(bytes, ISO_2022_JP),
        Ok(text) => Decoded { text: Cow::Borrowed(text), map: None, encoding: "UTF-8" },
        Err(_) if is_damaged_utf8(bytes) => decode_utf8(bytes, 0),
        Err(_) => decode_legacy(bytes, detect(bytes)),
    }
}

/// The same of a page, where a charset may be named in its first bytes: what is no UTF-8 is read as that. UTF-8 is never read as
/// something else, because pages that name another charset wrongly are many, and texts of another one that are UTF-8 by chance
/// hardly any.
pub(crate) fn decode_page(bytes: &[u8]) -> Decoded<'_> {
    if Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok() || is_damaged_utf8(bytes) {
        return decode(bytes);
    }
    // What is read as UTF-8 or UTF-16 by name is none.
    match declared(&bytes[..bytes.len().min(PRESCAN)])
        .filter(|encoding| encoding.is_ascii_compatible() && *encoding != encoding_rs::UTF_8)
    {
        Some(encoding) => decode_legacy(bytes, encoding),
        None => decode(bytes),
    }
}

/// How much of a page is looked at for its charset, in bytes: browsers look at 1,024, but pages name it later.
const PRESCAN: usize = 8192;

/// The charset that a page names in a meta tag.
fn declared(start: &[u8]) -> Option<&'static Encoding> {
    let mut rest = start;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = &rest[at + 1..];
        let tag = &rest[..memchr::memchr(b'>', rest).unwrap_or(rest.len())];
        let is_meta = tag.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"meta"));
        if let Some(name) = charset(tag).filter(|_| is_meta)
            && let Some(encoding) = Encoding::for_label(name)
        {
            return Some(encoding);
        }
    }
    None
}

/// What stands behind `charset=` in a tag.
fn charset(tag: &[u8]) -> Option<&[u8]> {
    const KEY: &[u8] = b"charset";
    let at = tag.windows(KEY.len()).position(|bytes| bytes.eq_ignore_ascii_case(KEY))?;
    let value = tag[at + KEY.len()..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'/') || byte.is_ascii_whitespace());
    Some(&value[..end.unwrap_or(value.len())])
}

/// Replaces each maximal sequence that is not UTF-8.
fn decode_utf8(bytes: &[u8], bom: usize) -> Decoded<'_> {
    let mut map = OffsetMap::starting_at(bom);
    let rest = &bytes[bom..];
    if let Ok(text) = std::str::from_utf8(rest) {
        map.push_copy(text.len());
        return Decoded { text: Cow::Borrowed(text), map: Some(map), encoding: "UTF-8" };
    }
    let mut text = String::with_capacity(rest.len());
    for chunk in rest.utf8_chunks() {
        text.push_str(chunk.valid());
        map.push_copy(chunk.valid().len());
        if !chunk.invalid().is_empty() {
            replace(&mut text, &mut map, chunk.invalid().len());
        }
    }
    Decoded { text: Cow::Owned(text), map: Some(map), encoding: "UTF-8" }
}

fn replace(text: &mut String, map: &mut OffsetMap, bad: usize) {
    text.push(char::REPLACEMENT_CHARACTER);
    map.push_edit(char::REPLACEMENT_CHARACTER.len_utf8(), bad);
}

/// True for UTF-8 with a few bad bytes: cut, spliced, or with a quotation from elsewhere.
///
/// In text of a legacy charset a lead byte of UTF-8 is followed by the right number of continuation bytes only by
/// chance: almost never in alphabets, where letters above ASCII stand alone or in rows that alternate otherwise, and in
/// fewer than one sequence of three in East Asian double-byte charsets. So sequences that are right must outnumber those
/// that are not, which leaves room both ways. A sequence cut off by the end of the bytes counts for neither.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xc0).count();
        at += chunk.valid().len() + chunk.invalid().len();
        let cut = at == bytes.len()
            && chunk.invalid().first().is_some_and(|&byte| byte >= 0xc2)
            && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
        bad += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    good > bad || bad == 0
}

/// ISO-2022-JP is ASCII to the eye; what gives it away is its escape sequences.
fn is_iso_2022_jp(text: &str) -> bool {
    let bytes = text.as_bytes();
    let escapes =
        || memchr::memchr_iter(0x1b, bytes).any(|at| matches!(bytes.get(at + 1..at + 3), Some(b"$B" | b"$@")));
    escapes() && bytes.is_ascii() && ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes).is_some()
}

/// How much of a text a charset is detected by, in bytes.
const SAMPLE: usize = 1 << 20;

fn detect(bytes: &[u8]) -> &'static Encoding {
    // A charset shows where bytes are above ASCII.
    let first = bytes.iter().position(|&byte| byte >= 0x80).unwrap_or(0).saturating_sub(SAMPLE / 16);
    let sample = &bytes[first..bytes.len().min(first + SAMPLE)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, first + sample.len() == bytes.len());
    detector.guess(None, Utf8Detection::Deny)
}

fn decode_utf16<'b>(bytes: &'b [u8], bom: usize, encoding: &'static Encoding) -> Decoded<'b> {
    let unit = if encoding == encoding_rs::UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
    let (units, odd) = bytes[bom..].as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut map = OffsetMap::starting_at(bom);
    for c in char::decode_utf16(units.iter().map(|&pair| unit(pair))) {
        match c {
            Ok(c) => {
                text.push(c);
                map.push_steps(1, (c.len_utf8() as u32, 2 * c.len_utf16() as u32));
            }
            Err(_) => replace(&mut text, &mut map, 2),
        }
    }
    if !odd.is_empty() {
        replace(&mut text, &mut map, odd.len());
    }
    Decoded { text: Cow::Owned(text), map: Some(map), encoding: encoding.name() }
}

/// Decodes byte by byte, so that it is known which bytes each character came from; runs of ASCII go as a whole.
fn decode_legacy<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> Decoded<'b> {
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut map = OffsetMap::starting_at(0);
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // Room for what one byte can bring forth: the worst are sequences of two code points, and a byte given back.
    let mut buffer = [0; 32];
    // Where the bytes begin that have not become characters yet.
    let mut start = 0;
    let mut at = 0;
    // False while the decoder may hold bytes that it has given back to itself after a malformed sequence.
    let mut neutral = encoding != ISO_2022_JP;
    loop {
        if start == at && neutral {
            let ascii = bytes[at..].iter().take_while(|byte| byte.is_ascii()).count();
            let (run, _) = bytes[at..].split_at(ascii);
            text.push_str(std::str::from_utf8(run).unwrap_or_default());
            map.push_copy(ascii);
            at += ascii;
            start = at;
        }
        let last = at == bytes.len();
        let next = &bytes[at..bytes.len().min(at + 1)];
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(next, &mut buffer, last);
        at += read;
        let made = std::str::from_utf8(&buffer[..written]).unwrap_or_default();
        let (bad, after) = match result {
            DecoderResult::Malformed(_, after) => (true, usize::from(after)),
            _ => (false, 0),
        };
        if bad {
            neutral = false;
        } else if let [byte] = next
            && byte.is_ascii()
            && made.ends_with(char::from(*byte))
        {
            neutral = encoding != ISO_2022_JP;
        }
        text.push_str(made);
        if bad {
            text.push(char::REPLACEMENT_CHARACTER);
        }
        let len = made.len() + if bad { char::REPLACEMENT_CHARACTER.len_utf8() } else { 0 };
        // A change of character set makes no character, and belongs to none.
        let escape = encoding == ISO_2022_JP && at - start == 3 && bytes[start] == 0x1b;
        if len > 0 || escape {
            let end = (at - after).max(start);
            map.push_edit(len, end - start);
            start = end;
        }
        if last && !bad {
            break;
        }
    }
    map.push_edit(0, bytes.len() - start);
    Decoded { text: Cow::Owned(text), map: Some(map), encoding: encoding.name() }
}

#[cfg(test)]
mod tests {
    use encoding_rs::*;
    use proptest::prelude::*;

    use super::*;

    /// Decodes and checks that every character stands for bytes that decode to it.
    fn check(bytes: &[u8], decoded: &Decoded<'_>) {
        let Some(map) = &decoded.map else {
            assert_eq!(decoded.text.as_bytes(), bytes);
            return;
        };
        assert_eq!((map.len(), map.source_end()), (decoded.text.len(), bytes.len()));
        let mut before = 0;
        for (at, c) in decoded.text.char_indices() {
            let span = map.source_span(&decoded.text, at, at + c.len_utf8());
            assert!(span.start >= before && span.end >= span.start && span.end <= bytes.len(), "{span:?} for {c:?}");
            before = span.start;
        }
    }

    #[test]
    fn by_byte_order_mark() {
        for (bytes, text, encoding, second) in [
            (&b"\xef\xbb\xbfab"[..], "ab", "UTF-8", (4, 5)),
            (b"\xff\xfea\0\xe9\0", "aé", "UTF-16LE", (4, 6)),
            (b"\xfe\xff\0a\xd8\x3d\xde\0", "a😀", "UTF-16BE", (4, 8)),
            (b"\xff\xfea\0\0\xd8", "a\u{fffd}", "UTF-16LE", (4, 6)),
            (b"\xff\xfea\0b", "a\u{fffd}", "UTF-16LE", (4, 5)),
        ] {
            let decoded = decode(bytes);
            assert_eq!((&*decoded.text, decoded.encoding), (text, encoding));
            check(bytes, &decoded);
            let span = decoded.map.as_ref().unwrap().source_span(text, 1, text.len());
            assert_eq!((span.start, span.end), second);
        }
    }

    #[test]
    fn utf8_with_damage_stays_utf8() {
        let decoded = decode(b"caf\xc3\xa9 d\xc3\xa9j\xc3\xa0 \xe2\x80 x\xff");
        assert_eq!((&*decoded.text, decoded.encoding), ("café déjà \u{fffd} x\u{fffd}", "UTF-8"));
        assert_eq!(decode(b"only cut \xe2\x82").text, "only cut \u{fffd}");
        assert!(decode("sound é".as_bytes()).map.is_none());
    }

    #[test]
    fn legacy() {
        let japanese = "これは日本語の文章です。新聞の記事を読みます。";
        let chinese = "这是一个中文新闻的例子，我们在这里报道今天的事情。";
        let taiwan = "這是一個中文新聞的例子，我們在這裡報導今天的事情。";
        let korean = "이것은 한국어 뉴스 기사의 예입니다. 오늘의 소식을 전합니다.";
        let russian = "Это пример новостной статьи на русском языке о событиях дня.";
        let french = "L’été dernier, près de la forêt, un garçon a été repéré à côté du château.";
        for (text, encoding) in [
            (japanese, SHIFT_JIS),
            (japanese, EUC_JP),
            (japanese, ISO_2022_JP),
            (chinese, GBK),
            (taiwan, BIG5),
            (korean, EUC_KR),
            (russian, WINDOWS_1251),
            (russian, KOI8_U),
            (french, WINDOWS_1252),
        ] {
            let text = format!("{text} ASCII {text}");
            let (bytes, _, unmapped) = encoding.encode(&text);
            assert!(!unmapped);
            let decoded = decode(&bytes);
            assert_eq!(decoded.text, text, "{}", encoding.name());
            check(&bytes, &decoded);
            let map = decoded.map.as_ref().unwrap();
            for (at, c) in text.char_indices() {
                let span = map.source_span(&text, at, at + c.len_utf8());
                if encoding != ISO_2022_JP {
                    let (back, _, _) = encoding.encode(&text[at..at + c.len_utf8()]);
                    assert_eq!(&bytes[span.range()], &*back, "{c} in {}", encoding.name());
                } else {
                    assert_eq!(span.len(), if c.is_ascii() { 1 } else { 2 }, "{c}");
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            check(&bytes, &decode(&bytes));
            for bom in [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"] {
                let bytes = [bom, &bytes].concat();
                check(&bytes, &decode(&bytes));
            }
        }

        #[test]
        fn any_bytes_in_any_encoding(
            bytes in proptest::collection::vec(prop_oneof![any::<u8>(), 0x80u8..=0xff, proptest::sample::select(&b"\x1b$B(J0~\x81\x88\x62"[..])], 0..60)
        ) {
            for encoding in [SHIFT_JIS, EUC_JP, ISO_2022_JP, GBK, GB18030, BIG5, EUC_KR, WINDOWS_1252, WINDOWS_1255, WINDOWS_874] {
                let decoded = decode_legacy(&bytes, encoding);
                check(&bytes, &decoded);
                let (whole, _) = encoding.decode_without_bom_handling(&bytes);
                prop_assert_eq!(&decoded.text, &whole, "{}", encoding.name());
            }
        }
    }
}
