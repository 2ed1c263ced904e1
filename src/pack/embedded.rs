//! The packs that come with the crate: the one list of the languages that it reads.

use serde::Deserialize;

use crate::error::{Error, Result};

/// Reads a file of packs/ that [`packed`] has taken in.
pub(super) fn read<'a, T: Deserialize<'a>>(name: &str, json: &'a str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| Error::format(format!("packs/{name}.toml: {error}")))
}

/// The packs that come with the crate: name of the file without its ending, and what it holds.
pub(super) const EMBEDDED: &[(&str, &str)] = &[
    ("en", packed!("en")),
    ("de", packed!("de")),
    ("es", packed!("es")),
    ("fr", packed!("fr")),
    ("it", packed!("it")),
    ("pt", packed!("pt")),
    ("nl", packed!("nl")),
    ("pl", packed!("pl")),
    ("ru", packed!("ru")),
    ("ja", packed!("ja")),
    ("zh", packed!("zh")),
    ("ar", packed!("ar")),
    ("tr", packed!("tr")),
    ("ko", packed!("ko")),
    ("sv", packed!("sv")),
    ("da", packed!("da")),
    ("nb", packed!("nb")),
    ("fi", packed!("fi")),
    ("cs", packed!("cs")),
    ("uk", packed!("uk")),
    ("he", packed!("he")),
    ("fa", packed!("fa")),
    ("hi", packed!("hi")),
    ("id", packed!("id")),
    ("vi", packed!("vi")),
];

/// Packs of words by which dates, bylines and captions are read, without evidence for labels.
pub(super) const READ: &[(&str, &str)] = &[
    ("lt", packed!("lt")),
    ("lv", packed!("lv")),
    ("hu", packed!("hu")),
    ("sk", packed!("sk")),
    ("sl", packed!("sl")),
    ("hr", packed!("hr")),
    ("sr", packed!("sr")),
    ("bg", packed!("bg")),
    ("ro", packed!("ro")),
    ("el", packed!("el")),
    ("et", packed!("et")),
    ("is", packed!("is")),
    ("sq", packed!("sq")),
    ("mk", packed!("mk")),
    ("ka", packed!("ka")),
    ("hy", packed!("hy")),
    ("bn", packed!("bn")),
    ("th", packed!("th")),
    ("ur", packed!("ur")),
    ("sw", packed!("sw")),
    ("cy", packed!("cy")),
    ("ca", packed!("ca")),
    ("gl", packed!("gl")),
    ("be", packed!("be")),
    ("ms", packed!("ms")),
    ("af", packed!("af")),
    ("az", packed!("az")),
    ("uz", packed!("uz")),
    ("kk", packed!("kk")),
    ("tl", packed!("tl")),
    ("ta", packed!("ta")),
    ("te", packed!("te")),
    ("mr", packed!("mr")),
    ("gu", packed!("gu")),
    ("pa", packed!("pa")),
];

/// What is common to all languages.
pub(super) const COMMON: &str = packed!("common");
