//! The names of the county and its towns, without which 东阿明德小学 can't be known for 明德小学 while 金色阳光幼儿园 is
//! another than 阳光幼儿园.

use crate::text::{Readings, fold};
use std::collections::HashSet;

/// What follows the name of an area.
const LEVELS: [&str; 9] = ["省", "市", "县", "区", "镇", "乡", "街道", "社区", "村"];

/// The areas that people name before a site, or leave out.
#[derive(Debug)]
pub struct Places<'a> {
    pub(super) readings: &'a Readings,
    names: HashSet<String>,
}

impl<'a> Places<'a> {
    /// From the full names of areas.
    #[must_use]
    pub fn new<'n>(readings: &'a Readings, areas: impl IntoIterator<Item = &'n str>) -> Self {
        let bare = |name: &str| {
            let name = fold(name);
            let cut = LEVELS.iter().find_map(|level| name.strip_suffix(level)).unwrap_or(&name);
            cut.to_owned()
        };
        let mut names: HashSet<String> = areas.into_iter().map(bare).filter(|name| name.chars().count() > 1).collect();
        names.insert("中国".to_owned());
        Self { readings, names }
    }

    /// Whether `text` is the bare names of areas, one behind the other.
    pub(super) fn are(&self, text: &str) -> bool {
        let mut rest = text;
        while !rest.is_empty() {
            let Some(name) = self.names.iter().find(|name| rest.starts_with(name.as_str())) else { return false };
            rest = &rest[name.len()..];
        }
        true
    }
}
