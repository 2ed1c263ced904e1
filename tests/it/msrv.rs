//! No locked dependency needs a newer Rust than the one that Cargo.toml states. (That the crate's own code does not is for
//! clippy's `incompatible_msrv` to say, which CI denies.)

use crate::support::root;

fn version(text: &str) -> (u32, u32) {
    let mut parts = text.split('.').map(|part| part.parse().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0))
}

#[test]
fn dependencies_keep_to_the_stated_rust() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let run = std::process::Command::new(cargo)
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"])
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let stated = |name: &str| {
        let package = packages.iter().find(|package| package["name"] == name).unwrap();
        version(package["rust_version"].as_str().unwrap())
    };
    let ours = stated("copydesk");
    let newer: Vec<_> = packages
        .iter()
        .filter_map(|package| Some((package["name"].as_str()?, package["rust_version"].as_str()?)))
        .filter(|(_, needs)| version(needs) > ours)
        .collect();
    assert!(newer.is_empty(), "these need a newer Rust than {ours:?}: {newer:?}");
}
