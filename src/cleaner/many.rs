//! Many texts at once.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::iter::Fuse;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{Cleaner, Hints, Input, UpTo};
use crate::batch::{self, Chunk};
use crate::document::Document;
use crate::error::{Error, Result};

/// One of many texts, borrowed or owned, and what is known of it.
///
/// Whatever [`Cleaner::clean`] takes becomes one, owned or borrowed, and so does a pair of that and its [`Hints`].
///
/// ```
/// use copydesk::{Cleaner, Hints, Item};
/// let known = Hints::new().with_lang("de")?;
/// let items = [Item::from("One story."), (String::from("Ein Bericht."), known).into(), b"Un caf\xe9.".into()];
/// let documents = Cleaner::default().clean_many(items);
/// assert_eq!(documents[1].as_ref().unwrap().lang(), Some("de"));
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Item<'a> {
    input: Input<'a>,
    hints: Cow<'a, Hints>,
}

impl<'a, T: Into<Input<'a>>> From<T> for Item<'a> {
    fn from(text: T) -> Self {
        Self { input: text.into(), hints: Cow::Owned(Hints::default()) }
    }
}

impl<'a, T: Into<Input<'a>>> From<(T, Hints)> for Item<'a> {
    fn from((text, hints): (T, Hints)) -> Self {
        Self { input: text.into(), hints: Cow::Owned(hints) }
    }
}

impl<'a, T: Into<Input<'a>>> From<(T, &'a Hints)> for Item<'a> {
    fn from((text, hints): (T, &'a Hints)) -> Self {
        Self { input: text.into(), hints: Cow::Borrowed(hints) }
    }
}

impl<'a, T> From<&'a (T, Hints)> for Item<'a>
where
    &'a T: Into<Input<'a>>,
{
    fn from((text, hints): &'a (T, Hints)) -> Self {
        Self { input: text.into(), hints: Cow::Borrowed(hints) }
    }
}

/// Many texts to be cleaned in parallel: how, and by whom. [`Cleaner::batch`] makes one.
///
/// Answers come in the order of the texts, and are those that the texts have one by one, for any number of threads. A text that
/// copydesk fails on, which no text should make it do, costs itself alone: its answer is an error
/// ([`is_fault`](Error::is_fault)).
///
/// Threads are started for the batch and end with it. A caller that runs in a pool of rayon's has the texts cleaned by the
/// threads of that pool (feature `parallel`, on by default).
///
/// ```
/// use std::sync::atomic::AtomicBool;
///
/// let cleaner = copydesk::Cleaner::default();
/// let cancel = AtomicBool::new(false);
/// let made = cleaner.batch().threads(2).cancel(&cancel).clean_texts(["One story.", "Another one."]);
/// let texts: Vec<String> = made.into_iter().collect::<copydesk::Result<_>>()?;
/// assert_eq!(texts.len(), 2);
/// # Ok::<(), copydesk::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
#[must_use = "a batch does nothing until it is given texts"]
pub struct Batch<'c> {
    cleaner: &'c Cleaner,
    threads: Option<usize>,
    cancel: Option<&'c AtomicBool>,
}

impl<'c> Batch<'c> {
    /// How many threads clean, 0 for one a processor. Default: one a processor. In a pool, no more than it has.
    pub const fn threads(mut self, threads: usize) -> Self {
        self.threads = if threads == 0 { None } else { Some(threads) };
        self
    }

    /// Cancels when this becomes true, which any thread may make it: the texts that are being cleaned are finished, and the answer
    /// of each other one is an error ([`is_cancelled`](Error::is_cancelled)). It is looked at about every 50 ms.
    pub const fn cancel(mut self, cancel: &'c AtomicBool) -> Self {
        self.cancel = Some(cancel);
        self
    }

    /// The documents of these texts, one for each.
    #[must_use]
    pub fn clean_many<'a, I: IntoIterator<Item: Into<Item<'a>>>>(&self, items: I) -> Vec<Result<Document>> {
        self.map(items, |document| document)
    }

    /// Their clean texts alone.
    #[must_use]
    pub fn clean_texts<'a, I: IntoIterator<Item: Into<Item<'a>>>>(&self, items: I) -> Vec<Result<String>> {
        self.map_up_to(UpTo::Text, items, |document| document.text)
    }

    /// What `of` makes of their documents. It runs where the document was made, so that what it leaves of a document is all that is
    /// held; a panic of its costs that text, as a fault does.
    ///
    /// ```
    /// let cleaner = copydesk::Cleaner::default();
    /// let verdicts = cleaner.batch().map(["Share this"], |document| document.verdict());
    /// assert_eq!(*verdicts[0].as_ref().unwrap(), copydesk::Verdict::NoStory);
    /// ```
    #[must_use]
    pub fn map<'a, I, R>(&self, items: I, of: impl Fn(Document) -> R + Sync) -> Vec<Result<R>>
    where
        I: IntoIterator<Item: Into<Item<'a>>>,
        R: Send,
    {
        self.map_up_to(UpTo::Fields, items, of)
    }

    fn map_up_to<'a, I, R>(&self, up_to: UpTo, items: I, of: impl Fn(Document) -> R + Sync) -> Vec<Result<R>>
    where
        I: IntoIterator<Item: Into<Item<'a>>>,
        R: Send,
    {
        let items: Vec<Item<'a>> = items.into_iter().map(Into::into).collect();
        let clean = |i: usize| of(self.cleaner.clean_up_to(up_to, &items[i].input, &items[i].hints));
        let made = batch::each(items.len(), self.threads, || self.is_cancelled(), clean);
        made.into_iter().map(|made| made.unwrap_or_else(|| Err(Error::cancelled()))).collect()
    }

    /// The documents of texts without end, as they come: no more than 1,024 texts or 8 MB (and the text that exceeds them) are read
    /// ahead, and a slow iterator is not waited for. Once cancelled, it ends after what was read.
    ///
    /// ```
    /// let cleaner = copydesk::Cleaner::default();
    /// let endless = (0..).map(|n| format!("Line {n}"));
    /// let mut documents = cleaner.batch().clean_iter(endless);
    /// assert_eq!(documents.next().unwrap()?.blocks().next().unwrap().text(), "Line 0");
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    pub fn clean_iter<'a, I: IntoIterator<Item: Into<Item<'a>>>>(&self, items: I) -> Documents<'c, I::IntoIter> {
        Documents { batch: *self, items: items.into_iter().fuse(), ready: VecDeque::new() }
    }

    fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(|cancel| cancel.load(Ordering::Relaxed))
    }
}

/// The documents of many texts, one by one: see [`Batch::clean_iter`].
#[derive(Debug)]
#[must_use = "texts are read and cleaned when documents are asked for"]
pub struct Documents<'c, I> {
    batch: Batch<'c>,
    items: Fuse<I>,
    ready: VecDeque<Result<Document>>,
}

impl<'a, I: Iterator<Item: Into<Item<'a>>>> Iterator for Documents<'_, I> {
    type Item = Result<Document>;

    fn next(&mut self) -> Option<Result<Document>> {
        if self.ready.is_empty() && !self.batch.is_cancelled() {
            let (mut chunk, mut items) = (Chunk::new(), Vec::new());
            while chunk.has_room() {
                let Some(item) = self.items.next() else { break };
                let item: Item<'a> = item.into();
                chunk.add(item.input.bytes().len());
                items.push(item);
            }
            self.ready = self.batch.clean_many(items).into();
        }
        self.ready.pop_front()
    }
}

impl Cleaner {
    /// Options of a batch of texts: threads, and how to cancel it.
    pub const fn batch(&self) -> Batch<'_> {
        Batch { cleaner: self, threads: None, cancel: None }
    }

    /// Many texts in parallel, on one thread a processor: the documents in the order of the texts. See [`Batch`].
    ///
    /// ```
    /// use copydesk::{Cleaner, Hints};
    /// let cleaner = Cleaner::default();
    /// assert_eq!(cleaner.clean_many(["One story.", "Another one."]).len(), 2);
    /// let rows = [("Ein Bericht.", Hints::new().with_lang("German")?)];
    /// assert_eq!(cleaner.clean_many(rows)[0].as_ref().unwrap().lang(), Some("de"));
    /// # Ok::<(), copydesk::Error>(())
    /// ```
    #[must_use]
    pub fn clean_many<'a, I: IntoIterator<Item: Into<Item<'a>>>>(&self, items: I) -> Vec<Result<Document>> {
        self.batch().clean_many(items)
    }
}
