//! A valid site and its attributes, as they are held, stored and sent.

use super::attribute::{AttributeIndex, Type, Value};
use super::catalogue::{Catalogue, KindIndex};
use crate::geo::LonLat;
use chrono::NaiveDate;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
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

/// What is known of a site, in two forms: the JSON object that is stored and sent, kept as one text, and the values
/// that are compared (numbers, days, yes or no, choices), sorted by their place in the catalogue. Texts stand in the JSON
/// only: a site is written far more often than its address is compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributes {
    json: Box<str>,
    compared: Box<[(AttributeIndex, Value)]>,
}

impl Default for Attributes {
    fn default() -> Self {
        Self { json: "{}".into(), compared: Box::default() }
    }
}

impl Attributes {
    /// From values in any order; of two for one attribute the first stands.
    #[must_use]
    pub fn new(catalogue: &Catalogue, mut values: Vec<(AttributeIndex, Value)>) -> Self {
        values.sort_by_key(|(index, _)| *index);
        values.dedup_by_key(|(index, _)| *index);
        let told = |(index, value): &(AttributeIndex, Value)| {
            let attribute = &catalogue.attributes()[usize::from(*index)];
            (attribute.id.clone(), value.to_json(attribute))
        };
        let object: serde_json::Map<String, serde_json::Value> = values.iter().map(told).collect();
        values.retain(|(_, value)| !matches!(value, Value::Text(_)));
        Self { json: serde_json::Value::Object(object).to_string().into(), compared: values.into_boxed_slice() }
    }

    /// The value of an attribute that is compared; nothing for texts.
    #[must_use]
    pub fn get(&self, attribute: AttributeIndex) -> Option<&Value> {
        self.compared.binary_search_by_key(&attribute, |(index, _)| *index).ok().map(|place| &self.compared[place].1)
    }

    /// The JSON object that is stored and sent.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// All attributes as JSON, texts included; reads the object anew.
    #[must_use]
    pub fn told(&self) -> serde_json::Map<String, serde_json::Value> {
        serde_json::from_str(&self.json).unwrap_or_default()
    }

    /// An attribute that is a text; reads the object anew, and only where it is named in it.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<Box<str>> {
        if !self.json.contains(id) {
            return None;
        }
        serde_json::Deserializer::from_str(&self.json).deserialize_map(TextOf(id)).ok().flatten()
    }

    /// Reads what [`Self::json`] gave. What the catalogue no longer knows, or that no longer fits, stays in the database
    /// and is left out here.
    pub fn from_json(catalogue: &Catalogue, json: &str) -> Result<Self, serde_json::Error> {
        let mut compared = Vec::new();
        let mut fits = true;
        let mut reader = serde_json::Deserializer::from_str(json);
        ObjectSeed(catalogue, |found| match found {
            Found::Value(index, value) => compared.push((index, value)),
            Found::Text => {}
            Found::Misfit => fits = false,
        })
        .deserialize(&mut reader)?;
        if !fits {
            return Self::fitting(catalogue, json);
        }
        compared.sort_by_key(|(index, _)| *index);
        Ok(Self { json: json.into(), compared: compared.into_boxed_slice() })
    }

    fn fitting(catalogue: &Catalogue, json: &str) -> Result<Self, serde_json::Error> {
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json)?;
        let read = |(id, value): (&String, &serde_json::Value)| {
            let index = catalogue.attribute(id)?;
            let of_type = &catalogue.attributes()[usize::from(index)].of_type;
            if let (Type::Text { .. } | Type::Hours | Type::Phone, Some(text)) = (of_type, value.as_str()) {
                return Some((index, Value::Text(text.into())));
            }
            match ValueSeed(of_type).deserialize(value) {
                Ok(Kept::Value(value)) => Some((index, value)),
                Ok(Kept::Text | Kept::Misfit) | Err(_) => None,
            }
        };
        Ok(Self::new(catalogue, object.iter().filter_map(read).collect()))
    }
}

/// Finds the text under a key.
struct TextOf<'a>(&'a str);

impl<'de> Visitor<'de> for TextOf<'_> {
    type Value = Option<Box<str>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of attributes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            if key == self.0 {
                found = map.next_value::<serde_json::Value>()?.as_str().map(Into::into);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// What stands under a key.
enum Found {
    Value(AttributeIndex, Value),
    Text,
    Misfit,
}

struct ObjectSeed<'a, F>(&'a Catalogue, F);

impl<'de, F: FnMut(Found)> DeserializeSeed<'de> for ObjectSeed<'_, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_map(self)
    }
}

impl<'de, F: FnMut(Found)> Visitor<'de> for ObjectSeed<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of attributes")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<std::borrow::Cow<'_, str>>()? {
            let Some(index) = self.0.attribute(&key) else {
                map.next_value::<IgnoredAny>()?;
                self.1(Found::Misfit);
                continue;
            };
            let seed = ValueSeed(&self.0.attributes()[usize::from(index)].of_type);
            self.1(match map.next_value_seed(seed)? {
                Kept::Value(value) => Found::Value(index, value),
                Kept::Text => Found::Text,
                Kept::Misfit => Found::Misfit,
            });
        }
        Ok(())
    }
}

/// What becomes of a stored value.
enum Kept {
    Value(Value),
    Text,
    Misfit,
}

impl From<Option<Value>> for Kept {
    fn from(value: Option<Value>) -> Self {
        value.map_or(Self::Misfit, Self::Value)
    }
}

/// Reads one stored value by its type.
struct ValueSeed<'a>(&'a Type);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Kept;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Kept, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Kept;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Kept, E> {
        Ok(match self.0 {
            Type::Text { .. } | Type::Hours | Type::Phone => Kept::Text,
            Type::Date => text.parse().ok().map(Value::Date).into(),
            Type::Choice(choices) => {
                choices.iter().position(|c| c.id == text).map(|place| Value::Choice(place as u16)).into()
            }
            Type::Integer { .. } | Type::Bool => Kept::Misfit,
        })
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Kept, E> {
        Ok(matches!(self.0, Type::Bool).then_some(Value::Bool(yes)).into())
    }

    fn visit_i64<E>(self, number: i64) -> Result<Kept, E> {
        Ok(matches!(self.0, Type::Integer { .. }).then_some(Value::Integer(number)).into())
    }

    fn visit_u64<E>(self, number: u64) -> Result<Kept, E> {
        Ok(i64::try_from(number).ok().filter(|_| matches!(self.0, Type::Integer { .. })).map(Value::Integer).into())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Kept, E> {
        Ok(Kept::Misfit)
    }

    fn visit_unit<E>(self) -> Result<Kept, E> {
        Ok(Kept::Misfit)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kept, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Kept::Misfit)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kept, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Kept::Misfit)
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
        let json = r#"{"address":"文化街 1 号","capacity":60,"demonstration":true,"demonstration_since":"2024-06-01","setting":"library"}"#;
        let read = Attributes::from_json(&catalogue, json).expect("an object");
        assert_eq!(read.json(), json);
        let value = |id| catalogue.attribute(id).and_then(|index| read.get(index));
        assert_eq!((value("capacity"), value("address")), (Some(&Value::Integer(60)), None));
        assert_eq!(read.told()["address"], "文化街 1 号");
        assert_eq!((read.text("address").as_deref(), read.text("capacity")), (Some("文化街 1 号"), None));
        assert_eq!(read.text("demonstration"), None, "only the beginning of another's id, and no text");
    }

    #[test]
    fn what_the_catalogue_no_longer_has_or_that_no_longer_fits_is_not_told() {
        let text = include_str!("../../data/catalogue.toml");
        let catalogue = Catalogue::parse(Path::new("c"), text).expect("right");
        let newer =
            r#"{"gone":[1,{"a":2}],"capacity":"many","setting":"castle","age_min":[3],"address":"x","age_max":12}"#;
        let read = Attributes::from_json(&catalogue, newer).expect("an object");
        assert_eq!(read.json(), r#"{"address":"x","age_max":12}"#);
    }
}
