//! Lines of JSON: a record with a field more is a record with that field, and all others as they were.
#![no_main]

use copydesk::fuzzing::{lines, record};
use serde_json::Value;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let lines = lines(bytes);
    for line in &lines {
        assert!(!line.contains(&b'\n'));
        check(line);
    }
    let held: usize = lines.iter().map(Vec::len).sum();
    let ends = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    assert!(held + ends + 3 >= bytes.len(), "{} bytes of {} are lost", bytes.len() - held, bytes.len());
});

fn check(line: &[u8]) {
    let (text, out) = match record(line, "text", "copydesk", "{\"text\":\"new\"}") {
        Ok(made) => made,
        Err(error) => {
            // What serde takes for an object is one here too, but for numbers and strings that its values cannot hold.
            assert!(error.is_format(), "{error}");
            assert!(!matches!(serde_json::from_slice(line), Ok(Value::Object(_))), "{error}");
            return;
        }
    };
    assert!(!out.contains(&b'\n') || line.contains(&b'\n'));
    let (again, twice) = record(&out, "text", "copydesk", "{\"text\":\"new\"}").expect("a record stays one");
    assert_eq!(out, twice, "written twice");
    match (text, again) {
        (Ok(one), Ok(two)) => assert_eq!(one, two),
        (Err(one), Err(two)) => assert_eq!(one.to_string(), two.to_string()),
        (one, two) => panic!("{one:?}, then {two:?}"),
    }
    // Values that serde can hold come through.
    if let (Ok(Value::Object(mut before)), Ok(Value::Object(mut after))) =
        (serde_json::from_slice(line), serde_json::from_slice(&out))
    {
        assert_eq!(after.remove("copydesk"), Some(serde_json::json!({"text": "new"})));
        before.remove("copydesk");
        assert_eq!(before, after);
    }
}
