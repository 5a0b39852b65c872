//! A valid site and its attributes, as they are held, stored and sent.

use super::attribute::{AttributeIndex, Type, Value};
use super::catalogue::{Catalogue, KindIndex};
use crate::geo::LonLat;
use chrono::NaiveDate;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::fmt;
use std::sync::Arc;

/// A site's number. Public kinds count up from 1; aggregate kinds count down from −1, so that gaps in the public
/// numbers tell nothing of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct SiteId(pub i64);

/// A child-friendly site.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Its number.
    pub id: SiteId,
    /// Its kind.
    pub kind: KindIndex,
    /// Where it is.
    pub at: LonLat,
    /// What it is called.
    pub name: Box<str>,
    /// What else is known of it.
    pub attributes: Attributes,
    /// Who it comes from: `osm`, `file`, `demonstration` …
    pub source: Arc<str>,
    /// Counts its changes from 1.
    pub version: u32,
    /// The day of its last change.
    pub updated: NaiveDate,
}

/// Attribute values, sorted by their place in the catalogue.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes(Box<[(AttributeIndex, Value)]>);

impl Attributes {
    /// From values in any order; of two for one attribute the first stands.
    #[must_use]
    pub fn new(mut values: Vec<(AttributeIndex, Value)>) -> Self {
        values.sort_by_key(|(index, _)| *index);
        values.dedup_by_key(|(index, _)| *index);
        Self(values.into_boxed_slice())
    }

    /// The value of one attribute.
    #[must_use]
    pub fn get(&self, attribute: AttributeIndex) -> Option<&Value> {
        self.0.binary_search_by_key(&attribute, |(index, _)| *index).ok().map(|place| &self.0[place].1)
    }

    /// All values, in the catalogue's order.
    pub fn iter(&self) -> impl Iterator<Item = (AttributeIndex, &Value)> {
        self.0.iter().map(|(index, value)| (*index, value))
    }

    /// The JSON object that the database keeps.
    #[must_use]
    pub fn to_json(&self, catalogue: &Catalogue) -> String {
        let object: serde_json::Map<String, serde_json::Value> = self
            .iter()
            .map(|(index, value)| {
                let attribute = &catalogue.attributes()[usize::from(index)];
                (attribute.id.clone(), value.to_json(attribute))
            })
            .collect();
        serde_json::Value::Object(object).to_string()
    }

    /// Reads what [`Self::to_json`] wrote. What the catalogue no longer knows stays in the database and is left out here.
    pub fn from_json(catalogue: &Catalogue, json: &str) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(json);
        AttributesSeed(catalogue).deserialize(&mut reader)
    }
}

struct AttributesSeed<'a>(&'a Catalogue);

impl<'de> DeserializeSeed<'de> for AttributesSeed<'_> {
    type Value = Attributes;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Attributes, D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for AttributesSeed<'_> {
    type Value = Attributes;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of attributes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Attributes, A::Error> {
        let mut values = Vec::new();
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            let Some(index) = self.0.attribute(&key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Some(value) = map.next_value_seed(ValueSeed(&self.0.attributes()[usize::from(index)].of_type))? {
                values.push((index, value));
            }
        }
        Ok(Attributes::new(values))
    }
}

/// Reads one stored value; one that no longer fits its type (the catalogue has changed) is left out.
struct ValueSeed<'a>(&'a Type);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Option<Value>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Option<Value>, D::Error> {
        from.deserialize_any(self)
    }
}

impl Visitor<'_> for ValueSeed<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a text, a number, true or false")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<Value>, E> {
        Ok(match self.0 {
            Type::Text { .. } | Type::Hours | Type::Phone => Some(Value::Text(text.into())),
            Type::Date => text.parse().ok().map(Value::Date),
            Type::Choice(choices) => choices.iter().position(|c| c.id == text).map(|place| Value::Choice(place as u16)),
            Type::Integer { .. } | Type::Bool => None,
        })
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Option<Value>, E> {
        Ok(matches!(self.0, Type::Bool).then_some(Value::Bool(yes)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Option<Value>, E> {
        Ok(matches!(self.0, Type::Integer { .. }).then_some(Value::Integer(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Option<Value>, E> {
        Ok(i64::try_from(number).ok().filter(|_| matches!(self.0, Type::Integer { .. })).map(Value::Integer))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<Value>, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Option<Value>, E> {
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn attributes_come_back_as_they_were_stored() {
        let text = include_str!("../../data/catalogue.toml");
        let catalogue = Catalogue::parse(Path::new("c"), text).expect("right");
        let json = r#"{"address":"文化街 1 号","capacity":60,"setting":"library","demonstration":true,"demonstration_since":"2024-06-01"}"#;
        let read = Attributes::from_json(&catalogue, json).expect("an object");
        assert_eq!(read.iter().count(), 5);
        let stored: serde_json::Value = serde_json::from_str(&read.to_json(&catalogue)).expect("json");
        assert_eq!(stored, serde_json::from_str::<serde_json::Value>(json).expect("json"));
        let newer = r#"{"gone":[1,{"a":2}],"capacity":"many","setting":"castle","address":"x"}"#;
        assert_eq!(Attributes::from_json(&catalogue, newer).expect("an object").iter().count(), 1);
    }
}
