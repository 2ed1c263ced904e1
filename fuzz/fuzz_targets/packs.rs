//! A pack is taken or refused with a message that can be shown; one that is taken cleans.
#![no_main]

use copydesk::{Cleaner, Hints, Label};

const TEXT: &str = "Harbour tunnel closes for a month\n\nThe tunnel under the harbour will close on Monday, the city said.\n\n\
    The Harbour Letter\n\nEbb and Flow\n\nRead more from the quay";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let toml = String::from_utf8_lossy(bytes);
    match Cleaner::builder().model("fast").pack("strange.toml", &*toml).build() {
        Ok(cleaner) => {
            let hints = Hints::new().with_source("https://www.harbour.example/a");
            let document = cleaner.clean_with(TEXT, &hints);
            assert_eq!(document.blocks().len(), 5);
            for block in document.blocks() {
                let sum: f32 = block.probabilities().iter().sum();
                assert!((sum - 1.0).abs() < 0.01, "{sum}");
                assert!(Label::ALL.contains(&block.label()));
                block.evidence();
            }
            assert!(cleaner.clean_with(TEXT, &hints) == document, "cleaned twice");
        }
        Err(error) => {
            let message = error.to_string();
            assert!(error.is_format() || error.is_config(), "{message}");
            assert!(message.contains("strange.toml"), "{message}");
            assert!(!message.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{message:?} holds a control");
        }
    }
});
