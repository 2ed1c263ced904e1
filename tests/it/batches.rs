//! Many texts at once: hints for each, threads, cancelling, faults, a caller's pool; and that all of it is a map of single ones.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use copydesk::fuzzing::fail_on;
use copydesk::{Cleaner, Document, Hints, Item, Result};

const FERRY: &str = "LONDON, May 4 (Reuters) - The ferry left the harbour at half past six in the morning.";

/// Texts with what is known of them.
fn rows() -> Vec<(String, Hints)> {
    let known = [
        Hints::new().with_lang("English").unwrap().with_published("Sat, 14 May 2016 09:30:00 GMT").unwrap(),
        Hints::new().with_title("Tunnel closes for a month | The Orla Times"),
        Hints::new().with_lang("de").unwrap().with_source("harbour.example"),
        Hints::new(),
    ];
    (0..60).map(|i| (format!("{FERRY}\n\nIt was line {i}."), known[i % known.len()].clone())).collect()
}

fn one_by_one(rows: &[(String, Hints)]) -> Vec<Document> {
    let cleaner = Cleaner::default();
    rows.iter().map(|(text, hints)| cleaner.clean_with(text, hints)).collect()
}

fn whole<T>(made: Vec<Result<T>>) -> Vec<T> {
    made.into_iter().map(|made| made.expect("no fault")).collect()
}

#[test]
fn a_batch_is_a_map_of_single_ones_for_any_threads() {
    let (cleaner, rows) = (Cleaner::default(), rows());
    let want = one_by_one(&rows);
    assert!(
        want[0].dateline().is_some_and(|dateline| dateline.date.as_ref().is_some_and(|date| date.resolved.is_some()))
    );
    assert_eq!((want[1].site(), want[2].lang()), (Some("The Orla Times"), Some("de")));
    assert!(whole(cleaner.clean_many(&rows)) == want);
    for threads in [0, 1, 7] {
        let batch = cleaner.batch().threads(threads);
        assert!(whole(batch.clean_many(&rows)) == want);
        assert!(whole(batch.clean_many(rows.iter().map(|(text, hints)| (text, hints)))) == want);
        assert!(whole(batch.clean_iter(rows.clone()).collect()) == want);
        let texts: Vec<_> = want.iter().map(Document::text).collect();
        assert_eq!(whole(batch.clean_texts(&rows)), texts);
    }
    assert!(cleaner.clean_many(Vec::<String>::new()).is_empty());
}

#[test]
fn texts_of_every_type_are_items() {
    let cleaner = Cleaner::default();
    let (owned, shared, bytes) = (FERRY.to_owned(), Arc::<str>::from(FERRY), FERRY.as_bytes());
    let (hints, pair) = (Hints::new(), (owned.clone(), Hints::new()));
    let items: [Item<'_>; 10] = [
        FERRY.into(),
        (&owned).into(),
        owned.clone().into(),
        (&shared).into(),
        Cow::Borrowed(FERRY).into(),
        bytes.into(),
        bytes.to_vec().into(),
        (FERRY, Hints::new()).into(),
        (owned.clone(), &hints).into(),
        (&pair).into(),
    ];
    let want = cleaner.clean(FERRY);
    assert!(whole(cleaner.clean_many(items)).into_iter().all(|document| document == want));
    assert!(whole(cleaner.clean_many([FERRY; 3])) == vec![want.clone(); 3]);
    assert!(whole(cleaner.clean_many(&[FERRY; 3])) == vec![want; 3]);
}

#[test]
fn a_fault_costs_one_text() {
    const FATAL: &str = "The line that breaks a batch of tests/it/batches.rs.";
    fail_on(Some(FATAL.as_bytes()));
    let texts: Vec<_> = (0..40).map(|i| if i % 19 == 7 { FATAL.to_owned() } else { format!("Line {i}") }).collect();
    let cleaner = Cleaner::default();
    for threads in [1, 4] {
        let batch = cleaner.batch().threads(threads);
        let iterated: Vec<_> = batch.clean_iter(&texts).collect();
        for made in [batch.clean_many(&texts), iterated] {
            assert_eq!(made.len(), texts.len());
            for (text, made) in texts.iter().zip(made) {
                match made {
                    Ok(document) => assert!(text != FATAL && document == cleaner.clean(text)),
                    Err(fault) => assert!(text == FATAL && fault.is_fault() && fault.to_string().contains("report")),
                }
            }
        }
        let made = batch.map(&texts, |document| assert_ne!(document.text(), "", "of the caller's own"));
        assert!(made.iter().any(|made| made.as_ref().is_err_and(|fault| fault.to_string().contains("caller's own"))));
    }
    fail_on(None);
}

#[test]
fn a_batch_is_cancelled_by_any_thread() {
    let cleaner = Cleaner::default();
    let endless = || (0..).map(|i| format!("Line {i}\n\n{FERRY}"));
    for threads in [1, 2] {
        let (cancel, done) = (AtomicBool::new(false), AtomicUsize::new(0));
        let batch = cleaner.batch().threads(threads).cancel(&cancel);
        let made = batch.map(endless().take(20_000), |document| {
            if done.fetch_add(1, Ordering::Relaxed) == 10 {
                cancel.store(true, Ordering::Relaxed);
            }
            document.text().len()
        });
        assert_eq!(made.len(), 20_000);
        assert_eq!(made.iter().filter(|made| made.is_ok()).count(), done.load(Ordering::Relaxed));
        let refused = made.iter().filter_map(|made| made.as_ref().err());
        assert!(refused.clone().count() > 0 && refused.clone().all(copydesk::Error::is_cancelled));
        assert!(refused.clone().all(|error| !error.is_fault() && error.to_string().contains("clean it again")));
        // Cancelled before it begins.
        assert!(batch.clean_many(["One."]).iter().all(|made| made.as_ref().is_err_and(copydesk::Error::is_cancelled)));
        assert!(batch.clean_iter(endless()).next().is_none());
        // An iterator without end ends after what was read.
        cancel.store(false, Ordering::Relaxed);
        let mut documents = batch.clean_iter(endless());
        assert!(documents.next().is_some_and(|made| made.is_ok()));
        cancel.store(true, Ordering::Relaxed);
        assert!(documents.count() < 2048);
    }
}

#[test]
fn an_iterator_reads_a_bounded_stretch_ahead() {
    let read = AtomicUsize::new(0);
    let large = std::iter::repeat_with(|| {
        read.fetch_add(1, Ordering::Relaxed);
        "x".repeat(1_000_000)
    });
    let cleaner = Cleaner::default();
    let mut documents = cleaner.batch().clean_iter(large);
    assert!(documents.next().is_some_and(|made| made.is_ok()));
    let read = read.load(Ordering::Relaxed);
    assert!((1..20).contains(&read), "{read}");
}

#[cfg(feature = "parallel")]
#[test]
fn a_callers_pool_cleans() {
    let (cleaner, rows) = (Cleaner::default(), rows());
    let want = one_by_one(&rows);
    for size in [1, 3] {
        let pool = rayon_core::ThreadPoolBuilder::new().num_threads(size).build().unwrap();
        let own = || rayon_core::current_thread_index().is_some();
        for threads in [0, 50] {
            let batch = cleaner.batch().threads(threads);
            let made = pool.install(|| batch.map(&rows, |document| (document, own())));
            assert!(whole(made).into_iter().zip(&want).all(|((document, own), want)| own && document == *want));
        }
    }
}
