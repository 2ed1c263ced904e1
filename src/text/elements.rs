//! The elements of HTML: the one table of what each does to the text in and around it.
//!
//! What the parser of a page must know of an element is said by the HTML standard (section "tree construction"); which elements begin a
//! line of their own, by its style sheet (section "rendering").

/// What an element does: flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind(u16);

impl Kind {
    /// Stands within a line.
    const INLINE: Self = Self(0);
    /// Begins on a line of its own, or ends one.
    pub const BLOCK: Self = Self(1);
    /// Has no content and no end tag.
    pub const VOID: Self = Self(1 << 1);
    /// What stands in it is no markup, up to its end tag.
    pub const RAW: Self = Self(1 << 2);
    /// The same, but with character references.
    pub const RAW_TEXT: Self = Self(1 << 3);
    /// What stands in it is not shown as text.
    pub const UNSHOWN: Self = Self(1 << 4);
    /// Its start tag ends an open paragraph.
    pub const ENDS_P: Self = Self(1 << 5);
    /// "Special": an end tag of an element around it, not special itself, does not end it.
    pub const SPECIAL: Self = Self(1 << 6);
    /// A boundary of "scope": end tags inside do not reach elements outside.
    pub const SCOPE: Self = Self(1 << 7);
    /// "Formatting": its end tag ends it even where blocks are still open in it.
    pub const FORMATTING: Self = Self(1 << 8);
    /// Texts are written with it, so that a stray tag of it is a leftover.
    pub const WRITTEN: Self = Self(1 << 9);
    /// Its start tag inside SVG or MathML ends these.
    pub const BREAKS_OUT: Self = Self(1 << 10);
    /// Stands apart within a line that is no sentence: a date, a button.
    pub const APART: Self = Self(1 << 11);

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it does any of these.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

macro_rules! elements {
    ($($variant:ident $name:literal $($flag:ident)+;)*) => {
        /// An element of HTML.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum Element {
            $(#[doc = $name] $variant,)*
        }

        impl Element {
            /// How many there are.
            pub const COUNT: usize = [$($name),*].len();

            /// All of them, in order of their names.
            const ALL: [Self; Self::COUNT] = [$(Self::$variant),*];
            const NAMES: [&'static str; Self::COUNT] = [$($name),*];
            const KINDS: [Kind; Self::COUNT] = [$(Kind::INLINE$(.and(Kind::$flag))+),*];
        }
    };
}

elements! {
    A "a" FORMATTING WRITTEN;
    Abbr "abbr" WRITTEN;
    Acronym "acronym" WRITTEN;
    Address "address" BLOCK ENDS_P SPECIAL WRITTEN;
    Applet "applet" SPECIAL SCOPE;
    Area "area" VOID SPECIAL;
    Article "article" BLOCK ENDS_P SPECIAL WRITTEN;
    Aside "aside" BLOCK ENDS_P SPECIAL WRITTEN;
    Audio "audio" WRITTEN;
    B "b" FORMATTING BREAKS_OUT WRITTEN;
    Base "base" VOID SPECIAL;
    Basefont "basefont" VOID SPECIAL;
    Bdi "bdi" INLINE;
    Bdo "bdo" INLINE;
    Bgsound "bgsound" VOID SPECIAL;
    Big "big" FORMATTING BREAKS_OUT WRITTEN;
    Blockquote "blockquote" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Body "body" BLOCK SPECIAL BREAKS_OUT WRITTEN;
    Br "br" BLOCK VOID SPECIAL BREAKS_OUT WRITTEN;
    Button "button" APART SPECIAL WRITTEN;
    Canvas "canvas" UNSHOWN;
    Caption "caption" BLOCK SPECIAL SCOPE WRITTEN;
    Center "center" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Cite "cite" WRITTEN;
    Code "code" FORMATTING BREAKS_OUT WRITTEN;
    Col "col" VOID SPECIAL WRITTEN;
    Colgroup "colgroup" SPECIAL;
    Data "data" INLINE;
    Datalist "datalist" UNSHOWN;
    Dd "dd" BLOCK SPECIAL BREAKS_OUT WRITTEN;
    Del "del" WRITTEN;
    Details "details" BLOCK ENDS_P SPECIAL WRITTEN;
    Dfn "dfn" INLINE;
    Dialog "dialog" BLOCK ENDS_P;
    Dir "dir" BLOCK ENDS_P SPECIAL;
    Div "div" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Dl "dl" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Dt "dt" BLOCK SPECIAL BREAKS_OUT WRITTEN;
    Em "em" FORMATTING BREAKS_OUT WRITTEN;
    Embed "embed" VOID SPECIAL BREAKS_OUT WRITTEN;
    Fieldset "fieldset" BLOCK ENDS_P SPECIAL;
    Figcaption "figcaption" BLOCK ENDS_P SPECIAL WRITTEN;
    Figure "figure" BLOCK ENDS_P SPECIAL WRITTEN;
    Font "font" FORMATTING WRITTEN;
    Footer "footer" BLOCK ENDS_P SPECIAL WRITTEN;
    Form "form" BLOCK ENDS_P SPECIAL WRITTEN;
    Frame "frame" VOID SPECIAL;
    Frameset "frameset" BLOCK SPECIAL;
    H1 "h1" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    H2 "h2" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    H3 "h3" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    H4 "h4" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    H5 "h5" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    H6 "h6" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Head "head" BLOCK SPECIAL BREAKS_OUT WRITTEN;
    Header "header" BLOCK ENDS_P SPECIAL WRITTEN;
    Hgroup "hgroup" BLOCK ENDS_P SPECIAL;
    Hr "hr" BLOCK VOID ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Html "html" BLOCK SPECIAL SCOPE WRITTEN;
    I "i" FORMATTING BREAKS_OUT WRITTEN;
    Iframe "iframe" RAW UNSHOWN SPECIAL WRITTEN;
    Image "image" VOID;
    Img "img" VOID SPECIAL BREAKS_OUT WRITTEN;
    Input "input" APART VOID SPECIAL WRITTEN;
    Ins "ins" WRITTEN;
    Kbd "kbd" WRITTEN;
    Keygen "keygen" VOID SPECIAL;
    Label "label" APART WRITTEN;
    Legend "legend" BLOCK;
    Li "li" BLOCK SPECIAL BREAKS_OUT WRITTEN;
    Link "link" VOID SPECIAL WRITTEN;
    Listing "listing" BLOCK ENDS_P SPECIAL BREAKS_OUT;
    Main "main" BLOCK ENDS_P SPECIAL WRITTEN;
    Map "map" INLINE;
    Mark "mark" WRITTEN;
    Marquee "marquee" SPECIAL SCOPE;
    Math "math" INLINE;
    Menu "menu" BLOCK ENDS_P SPECIAL BREAKS_OUT;
    Meta "meta" VOID SPECIAL BREAKS_OUT WRITTEN;
    Meter "meter" INLINE;
    Nav "nav" BLOCK ENDS_P SPECIAL WRITTEN;
    Nobr "nobr" FORMATTING BREAKS_OUT;
    Noembed "noembed" RAW UNSHOWN SPECIAL;
    Noframes "noframes" RAW UNSHOWN SPECIAL;
    Noscript "noscript" SPECIAL WRITTEN;
    Object "object" SPECIAL SCOPE WRITTEN;
    Ol "ol" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Optgroup "optgroup" BLOCK;
    Option "option" BLOCK WRITTEN;
    Output "output" INLINE;
    P "p" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Param "param" VOID SPECIAL WRITTEN;
    Picture "picture" WRITTEN;
    Plaintext "plaintext" BLOCK ENDS_P SPECIAL;
    Pre "pre" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Progress "progress" INLINE;
    Q "q" WRITTEN;
    Rp "rp" INLINE;
    Rt "rt" INLINE;
    Ruby "ruby" BREAKS_OUT;
    S "s" FORMATTING BREAKS_OUT WRITTEN;
    Samp "samp" WRITTEN;
    Script "script" RAW UNSHOWN SPECIAL WRITTEN;
    Search "search" BLOCK ENDS_P SPECIAL;
    Section "section" BLOCK ENDS_P SPECIAL WRITTEN;
    Select "select" BLOCK SPECIAL WRITTEN;
    Slot "slot" INLINE;
    Small "small" FORMATTING BREAKS_OUT WRITTEN;
    Source "source" VOID SPECIAL WRITTEN;
    Span "span" BREAKS_OUT WRITTEN;
    Strike "strike" FORMATTING BREAKS_OUT WRITTEN;
    Strong "strong" FORMATTING BREAKS_OUT WRITTEN;
    Style "style" RAW UNSHOWN SPECIAL WRITTEN;
    Sub "sub" BREAKS_OUT WRITTEN;
    Summary "summary" BLOCK ENDS_P SPECIAL WRITTEN;
    Sup "sup" BREAKS_OUT WRITTEN;
    Svg "svg" UNSHOWN WRITTEN;
    Table "table" BLOCK SPECIAL SCOPE BREAKS_OUT WRITTEN;
    Tbody "tbody" BLOCK SPECIAL WRITTEN;
    Td "td" BLOCK SPECIAL SCOPE WRITTEN;
    Template "template" UNSHOWN SPECIAL SCOPE;
    Textarea "textarea" RAW_TEXT UNSHOWN SPECIAL WRITTEN;
    Tfoot "tfoot" BLOCK SPECIAL WRITTEN;
    Th "th" BLOCK SPECIAL SCOPE WRITTEN;
    Thead "thead" BLOCK SPECIAL WRITTEN;
    Time "time" APART WRITTEN;
    Title "title" BLOCK RAW_TEXT UNSHOWN SPECIAL WRITTEN;
    Tr "tr" BLOCK SPECIAL WRITTEN;
    Track "track" VOID SPECIAL;
    Tt "tt" FORMATTING BREAKS_OUT WRITTEN;
    U "u" FORMATTING BREAKS_OUT WRITTEN;
    Ul "ul" BLOCK ENDS_P SPECIAL BREAKS_OUT WRITTEN;
    Var "var" BREAKS_OUT WRITTEN;
    Video "video" WRITTEN;
    Wbr "wbr" VOID SPECIAL WRITTEN;
    Xmp "xmp" BLOCK RAW ENDS_P SPECIAL;
}

impl Element {
    /// The element of this name, in letters of either case; none where HTML has no such element.
    pub fn of(name: &[u8]) -> Option<Self> {
        const LONGEST_BYTES: usize = 10;
        if name.is_empty() || name.len() > LONGEST_BYTES {
            return None;
        }
        let mut lower = [0; LONGEST_BYTES];
        let lower = &mut lower[..name.len()];
        lower.copy_from_slice(name);
        lower.make_ascii_lowercase();
        let at = Self::NAMES.binary_search_by(|element| element.as_bytes().cmp(lower)).ok()?;
        Some(Self::ALL[at])
    }

    pub fn kind(self) -> Kind {
        Self::KINDS[self as usize]
    }

    /// Whether it does any of these.
    pub fn is(self, kind: Kind) -> bool {
        self.kind().has(kind)
    }

    /// Its name, in small letters.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The level of a heading: 1 to 6.
    pub fn heading(self) -> Option<u8> {
        (Self::H1..=Self::H6).contains(&self).then(|| self as u8 - Self::H1 as u8 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order_and_found() {
        assert!(Element::NAMES.is_sorted());
        for (name, element) in Element::NAMES.iter().zip(Element::ALL) {
            assert_eq!(Element::of(name.to_ascii_uppercase().as_bytes()), Some(element));
        }
        assert_eq!((Element::of(b"blink"), Element::of(b""), Element::of(b"blockquotes")), (None, None, None));
        assert_eq!((Element::H3.heading(), Element::Head.heading(), Element::Hr.heading()), (Some(3), None, None));
    }
}
