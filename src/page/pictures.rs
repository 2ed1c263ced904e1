//! The pictures of a page, as it is read: where each stands, and which of the addresses that its markup holds is the picture's own.

use super::attributes::{Attribute, Attributes};
use super::nodes::Nodes;
use crate::document::leads;

/// A picture.
#[derive(Clone, Debug)]
pub(crate) struct Picture {
    /// Where in the page's text: before this place.
    pub at: usize,
    /// Within a line.
    pub inline: bool,
    /// The element that it stands in.
    pub node: u32,
    pub address: Option<String>,
    pub alt: String,
}

/// What is read of the pictures so far.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub read: Vec<Picture>,
    /// The address that a `<source>` gives for the picture after it, and the element that it stands in.
    source: Option<(u32, String)>,
}

impl Reader {
    /// A `<source>`, in that element.
    pub fn source(&mut self, node: u32, attributes: &Attributes) {
        if !matches!(&self.source, Some((of, _)) if *of == node)
            && let Some(address) = address(attributes)
        {
            self.source = Some((node, address));
        }
    }

    /// A picture, in that element: one in a `<noscript>` stands for the picture before it, which a script would load.
    pub fn picture(
        &mut self,
        place: (usize, bool),
        node: u32,
        attributes: &Attributes,
        nodes: &Nodes,
        unscripted: bool,
    ) {
        // What counts visitors is no picture.
        let tiny = |side| attributes.number(side).is_some_and(|side| (0..=1).contains(&side));
        if tiny(Attribute::Width) || tiny(Attribute::Height) {
            return;
        }
        let of_source = self.source.take().filter(|(of, _)| *of == node).map(|(_, address)| address);
        let address = address(attributes).or(of_source);
        if unscripted
            && let Some(before) = self.read.last_mut()
            && before.at == place.0
            && nodes.up(node).take(3).any(|(_, around)| around.parent == before.node)
        {
            before.address = before.address.take().or(address);
            return;
        }
        let alt = attributes.get(Attribute::Alt).map(String::from_utf8_lossy).unwrap_or_default();
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        self.read.push(Picture { at: place.0, inline: place.1, node, address, alt });
    }
}

/// The address of a picture, by its attributes: what a script would load first, because what a browser loads stands there for it.
fn address(attributes: &Attributes) -> Option<String> {
    let one = |attribute| {
        let value = std::str::from_utf8(attributes.get(attribute)?).ok()?.trim();
        let is_address = leads(value) && !value.contains(char::is_whitespace) && !value.starts_with(['{', '[']);
        is_address.then(|| value.to_owned())
    };
    let set = |attribute| largest(std::str::from_utf8(attributes.get(attribute)?).ok()?);
    one(Attribute::DataSrc)
        .or_else(|| one(Attribute::DataLazySrc))
        .or_else(|| one(Attribute::DataOriginal))
        .or_else(|| set(Attribute::DataSrcset))
        .or_else(|| one(Attribute::Src))
        .or_else(|| set(Attribute::Srcset))
}

/// The address of the largest picture of a set: "a.jpg 320w, b.jpg 640w".
fn largest(set: &str) -> Option<String> {
    let is_gap = |c: char| c.is_ascii_whitespace() || c == ',';
    let mut rest = set.trim_start_matches(is_gap);
    let mut best: Option<(f32, &str)> = None;
    while !rest.is_empty() {
        let (address, after) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let alone = address.trim_end_matches(',');
        let (size, after) =
            if alone.len() < address.len() { ("", after) } else { after.split_once(',').unwrap_or((after, "")) };
        let size = size.trim().trim_end_matches(['w', 'x', 'h']).parse().unwrap_or(1.0);
        if leads(alone) && best.is_none_or(|(most, _)| size > most) {
            best = Some((size, alone));
        }
        rest = after.trim_start_matches(is_gap);
    }
    best.map(|(_, address)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_of_a_set_is_taken() {
        for (set, expected) in [
            ("a.jpg 320w, b.jpg 640w,c.jpg 480w", Some("b.jpg")),
            ("a.jpg, b.jpg 2x", Some("b.jpg")),
            ("a,b.jpg 1x", Some("a,b.jpg")),
            ("a.jpg", Some("a.jpg")),
            ("data:image/gif;base64,R0 1x, a.jpg 1x", Some("a.jpg")),
            (" , ", None),
            ("", None),
        ] {
            assert_eq!(largest(set).as_deref(), expected, "{set}");
        }
    }
}
