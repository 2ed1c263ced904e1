//! The clean text as Markdown: CommonMark, with the tables of GitHub.
//!
//! The kept blocks become paragraphs (`paragraphs`), of what the page shows of their lines, or of what a text writes out; the characters of
//! each are set and escaped (`inline`, `emphasis`, `escape`), and put into quotes, lists and tables (`layout`).

mod emphasis;
mod escape;
mod inline;
mod layout;
mod paragraphs;
mod written;

use super::Document;

/// What [`Document::markdown_with`] shows.
///
/// By default all but links, pictures and the title: as trafilatura does, which most people know who take the story out of a page.
///
/// ```
/// use copydesk::MarkdownOptions;
/// let html = "<h1>Tunnel closes</h1><p>The tunnel closes <em>on Monday</em>, <a href=https://orla.example/c>the council</a> said.";
/// let document = copydesk::clean_html(html);
/// let options = MarkdownOptions::default().title(true).links(true);
/// assert_eq!(
///     document.markdown_with(options),
///     "# Tunnel closes\n\nThe tunnel closes *on Monday*, [the council](https://orla.example/c) said.\n",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct MarkdownOptions {
    pub(super) title: bool,
    pub(super) headings: bool,
    pub(super) lists: bool,
    pub(super) quotes: bool,
    pub(super) tables: bool,
    pub(super) code: bool,
    pub(super) emphasis: bool,
    pub(super) links: bool,
    pub(super) images: bool,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            title: false,
            headings: true,
            lists: true,
            quotes: true,
            tables: true,
            code: true,
            emphasis: true,
            links: false,
            images: false,
        }
    }
}

macro_rules! options {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        impl MarkdownOptions {
            $($(#[$doc])*
            pub fn $name(self, $name: bool) -> Self {
                Self { $name, ..self }
            }

            )*
        }
    };
}

options! {
    /// Whether [`title`](Document::title) stands above the text, as a heading of level 1, where no kept block is it. Default: no.
    title;
    /// Whether headings are marked: those of a page by their level, other blocks that are labelled so by two `#`. Default: yes.
    headings;
    /// Whether lists are marked, with the numbers of ordered ones. Default: yes.
    lists;
    /// Whether quotes are marked. Default: yes.
    quotes;
    /// Whether rows of tables are one; else each is a paragraph. Default: yes.
    tables;
    /// Whether code is marked, and keeps its white space. Default: yes.
    code;
    /// Whether bold and italic text is marked. Default: yes.
    emphasis;
    /// Whether links are shown with their addresses. Default: no.
    links;
    /// Whether pictures that stand amid the kept blocks are shown. Default: no.
    images;
}

impl Document {
    /// The kept blocks as Markdown: what [`markdown_with`](Self::markdown_with) gives by default.
    ///
    /// ```
    /// let html = "<h2>What to do</h2><ol start=3><li>Check the <b>pumps</b></li><li>Call 1_000 * 2</li></ol>";
    /// let document = copydesk::Cleaner::builder().keep(copydesk::Label::ALL).build()?.clean_html(html);
    /// assert_eq!(document.markdown(), "## What to do\n\n3. Check the **pumps**\n4. Call 1_000 * 2\n");
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn markdown(&self) -> String {
        self.markdown_with(MarkdownOptions::default())
    }

    /// The kept blocks as Markdown (CommonMark, with the tables of GitHub), a line feed at the end unless it is empty.
    ///
    /// Its words are those of [`text`](Self::text), in their order: what looks like Markdown in them is escaped, no HTML is passed
    /// through. Emphasis that Markdown cannot write, as within some words, is left out. What a page shows of its lines is shown; of a text
    /// headings are blocks that are labelled so, lists those that begin with bullets or count on, quotes those that begin with `>`. The
    /// separator of the clean text does not count.
    pub fn markdown_with(&self, options: MarkdownOptions) -> String {
        layout::write(&paragraphs::of(self, options), self, options)
    }
}
