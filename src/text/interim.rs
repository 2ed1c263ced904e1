//! Interim repair until the real one lands.
use crate::offsets::OffsetMap;

#[derive(Clone, Debug, Default)]
pub struct Normalizer;
pub(crate) struct Markup;
impl Markup {
    pub fn bits(&self) -> u8 {
        0
    }
}
impl Normalizer {
    pub(crate) fn repair_block(&self, source: &str, _strip: bool, out: &mut String, map: &mut OffsetMap) -> Markup {
        repair_block(source, out, map);
        Markup
    }
}
pub(crate) struct Decoded<'a> {
    pub text: std::borrow::Cow<'a, str>,
    pub map: Option<OffsetMap>,
}
fn repair_block(source: &str, out: &mut String, map: &mut OffsetMap) {
    let mut rest = source;
    while !rest.is_empty() {
        let copy = rest.find(|c: char| c != ' ' && (c.is_whitespace() || c.is_control())).unwrap_or(rest.len());
        out.push_str(&rest[..copy]);
        map.push_copy(copy);
        rest = &rest[copy..];
        let white = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control()).len();
        if white > 0 {
            out.push(' ');
            map.push_edit(1, white);
            rest = &rest[white..];
        }
    }
}
