//! Which sites are meant: of some kinds, with some attribute values.

use super::attribute::{Attribute, AttributeIndex, Value};
use super::catalogue::{Catalogue, KindIndex, Visibility};
use super::record::Site;
use crate::text::Words;

/// Kinds (none named: all) and, for each attribute named, the values of which a site must have one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    kinds: Option<Vec<KindIndex>>,
    attributes: Vec<(AttributeIndex, Vec<Value>)>,
    /// Texts are compared by the attribute's id.
    texts: Vec<(String, Vec<Value>)>,
}

impl Filter {
    /// Only sites of these kinds, by id, separated by commas. The error says what was wanted. Naming an aggregate kind
    /// is allowed and finds nothing.
    pub fn kinds(mut self, catalogue: &Catalogue, ids: &str) -> Result<Self, Words> {
        let mut kinds = Vec::new();
        for id in ids.split(',').map(str::trim).filter(|id| !id.is_empty()) {
            let Some(kind) = catalogue.kind_index(id) else {
                let all = catalogue.kinds().iter().map(|k| k.id.as_str()).collect::<Vec<_>>().join(", ");
                return Err(Words::new(format!("以下类别之一：{all}"), format!("one of the kinds {all}")));
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds.retain(|kind| catalogue.kind(*kind).visibility == Visibility::Public);
        self.kinds = Some(kinds);
        Ok(self)
    }

    /// Only sites of this kind.
    #[must_use]
    pub fn kind(mut self, kind: KindIndex) -> Self {
        self.kinds = Some(vec![kind]);
        self
    }

    /// Only sites whose attribute has one of the values, separated by commas. The error says what was wanted.
    pub fn attribute(mut self, catalogue: &Catalogue, attribute: AttributeIndex, values: &str) -> Result<Self, Words> {
        let named = &catalogue.attributes()[usize::from(attribute)];
        let values = values.split(',').map(|value| named.of_type.read(value)).collect::<Result<Vec<_>, _>>()?;
        if values.iter().any(|value| matches!(value, Value::Text(_))) {
            self.texts.push((named.id.clone(), values));
        } else {
            self.attributes.push((attribute, values));
        }
        Ok(self)
    }

    /// The same kinds, whatever their attributes.
    #[must_use]
    pub fn kinds_only(&self) -> Self {
        Self { kinds: self.kinds.clone(), ..Self::default() }
    }

    /// The kinds asked for, or all.
    #[must_use]
    pub fn only_kinds(&self) -> Option<&[KindIndex]> {
        self.kinds.as_deref()
    }

    /// The attributes asked for.
    pub fn attributes<'c>(&'c self, catalogue: &'c Catalogue) -> impl Iterator<Item = &'c Attribute> {
        let texts = self.texts.iter().filter_map(|(id, _)| catalogue.attribute(id));
        let all = self.attributes.iter().map(|(index, _)| *index).chain(texts);
        all.map(|index| &catalogue.attributes()[usize::from(index)])
    }

    /// Whether attributes are asked for.
    #[must_use]
    pub fn has_attributes(&self) -> bool {
        !self.attributes.is_empty() || !self.texts.is_empty()
    }

    /// Whether `site` is meant.
    #[must_use]
    pub fn accepts(&self, site: &Site) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&site.kind)) && self.accepts_attributes(site)
    }

    /// Whether `site`, whose kind is known to be right, is meant.
    #[must_use]
    pub fn accepts_attributes(&self, site: &Site) -> bool {
        self.attributes
            .iter()
            .all(|(attribute, values)| site.attributes.get(*attribute).is_some_and(|value| values.contains(value)))
            && self.accepts_texts(site)
    }
    fn accepts_texts(&self, site: &Site) -> bool {
        if self.texts.is_empty() {
            return true;
        }
        let told = site.attributes.told();
        let text = |id: &str| told.get(id).and_then(|value| value.as_str()).map(|text| Value::Text(text.into()));
        self.texts.iter().all(|(id, values)| text(id).is_some_and(|text| values.contains(&text)))
    }
}
