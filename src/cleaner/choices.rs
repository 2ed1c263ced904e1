//! What a caller can choose between: how careful a cleaner is, and what stays in the clean text.

#[cfg(feature = "python")]
use crate::error::{Error, Result};
use crate::named::named;

named! {
    /// Where the line is drawn between losing a story's sentence and letting furniture in. It moves what is kept, never a label.
    ///
    /// ```
    /// use copydesk::{Balance, Cleaner};
    /// let careful = Cleaner::builder().balance("keep_story".parse::<Balance>()?).build()?;
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    #[derive(Default)]
    Balance "balance" {
        /// Rather some furniture than a sentence lost.
        KeepStory = "keep_story",
        /// The best of both.
        #[default]
        Balanced = "balanced",
        /// Rather a sentence lost than furniture.
        DropJunk = "drop_junk",
    }
}

named! {
    /// What becomes of something that can stand in the clean text or be taken out of it. It stays in the document in both.
    #[derive(Default)]
    Keep "choice" {
        /// Left where it stands.
        #[default]
        Keep = "keep",
        /// Taken out of the clean text.
        Strip = "strip",
    }
}

impl Keep {
    /// The choice of that name for `option`, which the error names.
    #[cfg(feature = "python")]
    pub(crate) fn of_option(option: &str, name: &str) -> Result<Self> {
        Self::from_name(name).map_err(|_| Error::unknown(option, name, Self::NAMES))
    }
}

/// What will be looked at of a document, in the order of the steps: those after it are left out, and what they would tell is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    not(feature = "python"),
    allow(dead_code, reason = "columns alone ask for less than all fields and more than the text")
)]
pub(crate) enum UpTo {
    /// The clean text and the labels.
    Text,
    Verdict,
    Lang,
    /// All of it.
    Fields,
}
