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
    AriaLabel "aria-label";
    Class "class";
    Colspan "colspan";
    Content "content";
    DataComponent "data-component";
    DataLazySrc "data-lazy-src";
    DataOriginal "data-original";
    DataSrc "data-src";
    DataSrcset "data-srcset";
    DataTestid "data-testid";
    Datetime "datetime";
    Height "height";
    Hidden "hidden";
    Href "href";
    HttpEquiv "http-equiv";
    Id "id";
    Itemprop "itemprop";
    Itemtype "itemtype";
    Lang "lang";
    Name "name";
    Property "property";
    Pubdate "pubdate";
    Rel "rel";
    Reversed "reversed";
    Role "role";
    Rowspan "rowspan";
    Shadowrootmode "shadowrootmode";
    Src "src";
    Srcset "srcset";
    Start "start";
    Style "style";
    Title "title";
    Type "type";
    Value "value";
    Width "width";
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

    /// A whole number, as HTML reads one.
    pub fn number(&self, wanted: Attribute) -> Option<i32> {
        number(self.get(wanted)?)
    }

    pub fn get(&self, wanted: Attribute) -> Option<&[u8]> {
        self.iter().find(|(attribute, _)| *attribute == wanted).map(|(_, value)| value)
    }
}

/// A whole number, as HTML reads one: white space before it, and anything after it.
pub(super) fn number(value: &[u8]) -> Option<i32> {
    let value = value.trim_ascii_start();
    let (sign, digits) = match value.first()? {
        b'-' => (-1, value.get(1..)?),
        b'+' => (1, value.get(1..)?),
        _ => (1, value),
    };
    let digits = digits.get(..digits.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count())?;
    let number: i32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(sign * number)
}
