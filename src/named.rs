//! Choices and kinds that have a name each: the one way in which they are written, read, shown and listed.

/// Makes an enum whose variants are called by stable names: what JSON, Python and the command line show. `$what` is what an error
/// calls it.
macro_rules! named {
    ($(#[$meta:meta])* $type:ident $what:literal {
        $($(#[$variant_meta:meta])* $variant:ident = $name:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $type {
            $($(#[$variant_meta])* #[serde(rename = $name)] $variant),*
        }

        impl $type {
            /// How many there are.
            pub const COUNT: usize = [$($name),*].len();

            /// All of them, in order.
            pub const ALL: [Self; Self::COUNT] = [$(Self::$variant),*];

            /// Their names, in order.
            pub const NAMES: [&'static str; Self::COUNT] = [$($name),*];

            /// Its stable name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name),*
                }
            }

            /// The one of that name.
            ///
            /// # Errors
            /// When none is called so; the message lists the names.
            pub fn from_name(name: &str) -> $crate::error::Result<Self> {
                match name {
                    $($name => Ok(Self::$variant),)*
                    _ => Err($crate::error::Error::unknown($what, name, Self::NAMES)),
                }
            }
        }

        /// Its name.
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::error::Error;

            fn from_str(name: &str) -> $crate::error::Result<Self> {
                Self::from_name(name)
            }
        }
    };
}

pub(crate) use named;

#[cfg(test)]
mod tests {
    use crate::{
        Balance, Bidi, CaptionKind, Dashes, FieldName, FieldSource, Form, InlineKind, Keep, Label, Part, Quotes,
        TimestampKind, Unit, Verdict,
    };

    #[test]
    fn each_is_read_by_the_name_that_it_shows() {
        macro_rules! check {
            ($($type:ident)*) => {$(
                for it in $type::ALL {
                    assert_eq!(it.to_string().parse::<$type>().unwrap(), it);
                    assert_eq!(serde_json::to_string(&it).unwrap(), format!("{:?}", it.name()));
                    assert_eq!(serde_json::from_str::<$type>(&format!("{:?}", it.name())).unwrap(), it);
                }
                let error = "?".parse::<$type>().unwrap_err();
                assert!(error.is_config() && error.to_string().contains($type::NAMES[0]), "{error}");
            )*};
        }
        check!(Balance Bidi CaptionKind Dashes FieldName FieldSource Form InlineKind Keep Label Part Quotes TimestampKind Unit Verdict);
        assert_eq!(format!("{:>7}|{:<7}|", Unit::Char, Unit::Byte), "   char|byte   |");
    }
}
