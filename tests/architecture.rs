//! Holds the modules to their layers: arrows point down only, no module is without a layer, and the sentence of each
//! stands in `src/lib.rs`. The layers are those of `docs/ARCHITECTURE.md`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// From the ground up. Modules of one row do not import each other.
const LAYERS: &[&[&str]] = &[
    &["chance", "clock", "geo", "text"],
    &["osm"],
    &["area", "auth", "basemap", "children", "network", "photo", "site"],
    &["coverage", "search", "targets"],
    &["siting"],
    &["store"],
    &["snapshot"],
    &["jobs", "registry"],
    &["config"],
    &["export", "import"],
    &["http"],
    &["app"],
    &["cli"],
];

fn sources(folder: &Path, into: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("src is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).expect("below src");
            into.push((name.display().to_string(), std::fs::read_to_string(&path).expect("text")));
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    found
}

fn module_of(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or(file)
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// The modules of this crate that a source names: `crate::x`, also inside `use crate::{x, y}`.
fn named(source: &str) -> BTreeSet<String> {
    let code: String =
        source.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
        if let Some(list) = part.strip_prefix('{') {
            let list = list.split('}').next().unwrap_or_default();
            names.extend(list.split(',').map(|item| word(item.trim())));
        } else {
            names.insert(word(part));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn arrows_between_modules_only_point_down() {
    let mut wrong = Vec::new();
    for (file, source) in all() {
        let from = module_of(&file).to_owned();
        if matches!(from.as_str(), "lib" | "main") {
            continue;
        }
        let Some(here) = layer(&from) else {
            wrong.push(format!("{file}: module {from} has no layer"));
            continue;
        };
        for to in named(&source).into_iter().filter(|to| *to != from) {
            match layer(&to) {
                Some(there) if there < here => {}
                Some(_) => wrong.push(format!("{file}: {from} names {to}, which is not below it")),
                None => wrong.push(format!("{file}: names crate::{to}, which is no module")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_of_contents_names_every_module_with_a_sentence() {
    let lib = include_str!("../src/lib.rs");
    let mut described = BTreeMap::new();
    let mut sentence = None;
    for line in lib.lines() {
        if let Some(text) = line.strip_prefix("/// ") {
            sentence = Some(text.to_owned());
        } else if let Some(module) = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';')) {
            described.insert(module.to_owned(), sentence.take());
        }
    }
    let layered: BTreeSet<String> = LAYERS.iter().flat_map(|row| row.iter().map(|m| (*m).to_owned())).collect();
    assert_eq!(described.keys().cloned().collect::<BTreeSet<_>>(), layered);
    let silent: Vec<_> = described.iter().filter(|(_, s)| s.is_none()).collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn sql_stands_in_the_store_only_and_no_engine_waits() {
    for (file, source) in all() {
        let module = module_of(&file);
        assert!(module == "store" || !source.contains("sqlx::"), "{file} names sqlx");
        let below_keeping = layer(module).is_some_and(|layer| layer < 4);
        assert!(
            !(below_keeping && (source.contains("async fn") || source.contains("axum::"))),
            "{file} waits or talks"
        );
    }
}

#[test]
fn files_stay_small_enough_to_be_read() {
    for (file, source) in all() {
        assert!(source.lines().count() <= 700, "{file} has {} lines", source.lines().count());
    }
}
