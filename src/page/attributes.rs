//! The attributes that are read, of one tag and of all elements of a page.

macro_rules! attributes {
    ($($variant:ident $name:literal;)*) => {
        /// An attribute that something is made of; all others are passed over.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(crate) enum Attribute {
            $(#[doc = $name] $variant,)*
        }

        impl Attribute {
            /// The attribute of this name, in small letters.
            pub fn of(name: &[u8]) -> Option<Self> {
                $(if name == $name.as_bytes() {
                    return Some(Self::$variant);
                })*
                None
            }
        }
    };
}

attributes! {
    Alt "alt";
    AriaHidden "aria-hidden";
    Class "class";
    Content "content";
    DataComponent "data-component";
    DataTestid "data-testid";
    Datetime "datetime";
    Hidden "hidden";
    Href "href";
    HttpEquiv "http-equiv";
    Id "id";
    Itemprop "itemprop";
    Lang "lang";
    Name "name";
    Property "property";
    Pubdate "pubdate";
    Rel "rel";
    Role "role";
    Shadowrootmode "shadowrootmode";
    Style "style";
    Type "type";
}

/// The attributes of one tag: the first of each name counts.
#[derive(Debug, Default)]
pub(crate) struct Attributes {
    values: Vec<u8>,
    /// Where in `values` the value of each begins, in order.
    found: Vec<(Attribute, usize)>,
}

impl Attributes {
    pub fn clear(&mut self) {
        self.values.clear();
        self.found.clear();
    }

    pub fn begin(&mut self, attribute: Attribute) {
        self.found.push((attribute, self.values.len()));
    }

    pub fn push(&mut self, value: &[u8]) {
        self.values.extend_from_slice(value);
    }

    pub fn iter(&self) -> impl Iterator<Item = (Attribute, &[u8])> {
        let ends = self.found.iter().skip(1).map(|(_, start)| *start).chain([self.values.len()]);
        self.found.iter().zip(ends).map(|((attribute, start), end)| (*attribute, &self.values[*start..end]))
    }

    pub fn get(&self, wanted: Attribute) -> Option<&[u8]> {
        self.iter().find(|(attribute, _)| *attribute == wanted).map(|(_, value)| value)
    }
}
