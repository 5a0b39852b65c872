//! The stable key by which a row is known again when its file comes a second time.
//!
//! A row's own number is its key, within its kind (lists number their rows from 1). A row without one is known by kind
//! and folded name; when a file has several places of one name, the second is `name#2` and so on, in the file's order.

use crate::site::{Catalogue, ParsedSite};
use crate::text::fold;
use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

/// The keys given so far in one file. It keeps some tens of bytes a row, not the rows.
#[derive(Debug, Default)]
pub struct Keys {
    /// By hash of source and key: the line that had it first, and how many since.
    taken: HashMap<u64, (u64, u32)>,
    /// By hash of source, key and content: the line.
    content: HashMap<u64, u64>,
}

/// What a row's key turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub enum Keyed {
    /// Its source and key.
    As(String, String),
    /// The same site stands on this earlier line already.
    Repeats(u64),
    /// The row's own number belongs to another site on this earlier line.
    Taken(u64),
}

impl Keys {
    /// The key of `site`, in a file whose rows come from `source` unless they say otherwise.
    pub fn give(&mut self, catalogue: &Catalogue, source: &str, site: &ParsedSite) -> Keyed {
        let kind = &catalogue.kind(site.kind).id;
        let source = site.source.as_deref().unwrap_or(source);
        let own = match (&site.source_key, &site.key) {
            (Some(key), _) => Some(key.clone()),
            (None, Some(key)) => Some(format!("{kind}:{key}")),
            (None, None) => None,
        };
        let base = own.clone().unwrap_or_else(|| format!("{kind}:{}", fold(&site.name)));
        let [lon, lat] = site.at.to_centimetre().map(f64::to_bits);
        if let Some(line) = self.content.insert(hash(&(source, &base, kind, &site.name, lon, lat)), site.line) {
            return Keyed::Repeats(line);
        }
        let (first, times) = self.taken.entry(hash(&(source, &base))).or_insert((site.line, 0));
        *times += 1;
        match (*times, own) {
            (1, _) => Keyed::As(source.to_owned(), base),
            (_, Some(_)) => Keyed::Taken(*first),
            (n, None) => Keyed::As(source.to_owned(), format!("{base}#{n}")),
        }
    }
}

fn hash(what: &impl std::hash::Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::LonLat;
    use std::path::Path;

    fn row(line: u64, name: &str, lon: f64, key: Option<&str>) -> ParsedSite {
        let at = LonLat::new(lon, 36.0).expect("a position");
        ParsedSite {
            line,
            kind: 0,
            at,
            as_written: at,
            name: name.into(),
            attributes: crate::site::Attributes::default(),
            key: key.map(str::to_owned),
            source: None,
            source_key: None,
        }
    }

    #[test]
    fn a_row_is_known_by_its_number_or_by_its_name() {
        let text = "[[attribute]]\nid=\"age_min\"\nname={zh=\"a\"}\ntype=\"integer\"\n[[attribute]]\nid=\"age_max\"\nname={zh=\"b\"}\ntype=\"integer\"\n[[kind]]\nid=\"school\"\nname={zh=\"学校\"}\nglyph=\"s\"\nshape=\"square\"\ncolour=\"#000000\"\nwalk_minutes=5\nradius_m=300\nvisibility=\"public\"\nstandard={zh=\"\",en=\"\",confirmed=false}\n";
        let catalogue = Catalogue::parse(Path::new("c"), text).expect("right");
        let mut keys = Keys::default();
        let mut give = |site| keys.give(&catalogue, "file", &site);
        let keyed = |key: &str| Keyed::As("file".to_owned(), key.to_owned());
        assert_eq!(give(row(2, "甲", 116.0, Some("7"))), keyed("school:7"));
        assert_eq!(give(row(3, "乙", 116.0, Some("7"))), Keyed::Taken(2));
        assert_eq!(give(row(4, "甲", 116.0, Some("7"))), Keyed::Repeats(2));
        assert_eq!(give(row(5, "书屋", 116.0, None)), keyed("school:书屋"));
        assert_eq!(give(row(6, "书屋", 116.1, None)), keyed("school:书屋#2"));
        assert_eq!(give(row(7, "书屋", 116.1, None)), Keyed::Repeats(6));
        assert_eq!(give(row(8, "书屋", 116.2, None)), keyed("school:书屋#3"));
    }
}
