//! Whether a text holds a story.

use crate::named::named;
named! {
    /// Whether a text holds a story.
    ///
    /// ```
    /// use copydesk::{Verdict, clean};
    /// assert_eq!(clean("We use cookies. Accept").verdict(), Verdict::NoStory);
    /// ```
    Verdict "verdict" {
        /// A story.
        Story = "story",
        /// A teaser or the start of one.
        Stub = "stub",
        /// None: a cookie notice, an error page, a list of links.
        NoStory = "no_story",
    }
}
