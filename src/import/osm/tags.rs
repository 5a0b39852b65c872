//! What an element's tags say of a site.

use crate::osm::Tags;
use crate::site::{AttributeIndex, Catalogue, Cell, Field, KindIndex};
use crate::text::is_han;
use std::sync::Arc;

/// Stands in the catalogue for an address put together from the `addr:*` tags.
const ADDRESS: &str = "addr";
const PHONE: &str = "phone";
const ENGLISH_NAME: &str = "name:en";

/// Reads tags by a catalogue.
#[derive(Debug)]
pub(super) struct TagReader {
    catalogue: Catalogue,
    /// By attribute: the key that carries it.
    keys: Vec<Option<Arc<str>>>,
    name: Arc<str>,
    kind: Arc<str>,
    element: Arc<str>,
}

impl TagReader {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let keys = catalogue.attributes().iter().map(|attribute| attribute.osm.as_deref().map(Arc::from)).collect();
        let [name, kind, element] = ["name", "kind", "element"].map(Arc::from);
        Self { catalogue: catalogue.clone(), keys, name, kind, element }
    }

    /// Whether some tag carries `field`.
    pub(super) fn has(&self, field: Field) -> bool {
        match field {
            Field::SourceKey | Field::Kind | Field::Name | Field::Lon | Field::Lat => true,
            Field::Attribute(index) => self.key(index).is_some(),
            Field::Key | Field::Source | Field::Datum => false,
        }
    }

    /// The kind of site that the tags mean.
    pub(super) fn kind(&self, tags: &Tags<'_>) -> Option<KindIndex> {
        if tags.is_empty() { None } else { self.catalogue.kind_of_tags(|key| tags.get(key)) }
    }

    /// Everything but the position of the element called `element`, such as `way/123`.
    pub(super) fn cells(&self, element: String, kind: KindIndex, tags: &Tags<'_>) -> Vec<Cell> {
        let named = said(tags, "name").or_else(|| said(tags, "name:zh"));
        let kind = self.catalogue.kind(kind);
        let cell = |field, column: &Arc<str>, value| Cell { field, column: column.clone(), value };
        let mut cells = vec![
            cell(Field::SourceKey, &self.element, element),
            cell(Field::Kind, &self.kind, kind.id.clone()),
            cell(Field::Name, &self.name, named.unwrap_or(&kind.name.zh).to_owned()),
        ];
        for index in &kind.attributes {
            let Some(key) = self.key(*index) else { continue };
            let value = match &**key {
                ADDRESS => address(tags),
                PHONE => said(tags, PHONE).or_else(|| said(tags, "contact:phone")).map(str::to_owned),
                ENGLISH_NAME if named.is_none() => Some(kind.name.en.to_string()).filter(|name| !name.is_empty()),
                other => said(tags, other).map(str::to_owned),
            };
            cells.extend(value.map(|value| cell(Field::Attribute(*index), key, value)));
        }
        cells
    }

    fn key(&self, index: AttributeIndex) -> Option<&Arc<str>> {
        self.keys.get(usize::from(index))?.as_ref()
    }
}

/// A tag's value, if it says anything.
fn said<'a>(tags: &Tags<'a>, key: &str) -> Option<&'a str> {
    tags.get(key).map(str::trim).filter(|value| !value.is_empty())
}

/// `addr:full`, or the parts in the order of their language: 聊城市东阿县文化街1号, `Landstrasse 5, Vaduz`. A city alone
/// is no address.
fn address(tags: &Tags<'_>) -> Option<String> {
    if let Some(full) = said(tags, "addr:full") {
        return Some(full.to_owned());
    }
    let [city, district, street, number] =
        ["addr:city", "addr:district", "addr:street", "addr:housenumber"].map(|key| said(tags, key));
    let street = street.or_else(|| said(tags, "addr:place"));
    street.or(number)?;
    let parts = [city, district, street, number];
    if parts.iter().flatten().any(|part| part.chars().any(is_han)) {
        let house = number.filter(|number| number.ends_with(|c: char| c.is_ascii_digit())).map(|_| "号");
        return Some(parts.into_iter().chain([house]).flatten().collect());
    }
    let line = [street, number].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some([Some(line.as_str()), city].into_iter().flatten().collect::<Vec<_>>().join(", "))
}
