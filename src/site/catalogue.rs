//! The kinds of site, read from `data/catalogue.toml`, and the rules that a catalogue must keep.

use super::attribute::{Attribute, AttributeIndex, Choice, Type};
use crate::text::{DataFileError, Words, fold, has_control};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::path::Path;
use toml::Spanned;

/// A kind's place in the catalogue.
pub type KindIndex = u16;

/// Words that every site has on the wire; an attribute may not take them.
const RESERVED: &[&str] = &[
    "id",
    "kind",
    "name",
    "lon",
    "lat",
    "crs",
    "area",
    "source",
    "source_key",
    "updated",
    "distance_m",
    "walk_secs",
    "walk_m",
    "match",
    "bbox",
    "q",
    "limit",
    "cursor",
    "fields",
    "within_m",
    "status",
    "by",
    "at",
    "open",
    "profile",
    "photos",
    "unit_id",
    "age",
    "within_secs",
    "unguarded",
    "opening",
];
/// Attributes that the program itself refers to.
const AGES: [&str; 2] = ["age_min", "age_max"];

/// Who sees a kind as points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Nobody: counts per town only, small ones suppressed.
    Aggregate,
}

/// The outline of a kind's symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the shapes' names say what they are")]
pub enum Shape {
    Circle,
    Square,
    Shield,
    Diamond,
    Hexagon,
}

/// Where a kind's walking minutes and radius come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// Whether somebody has read the figure in the standard's own text.
    pub confirmed: bool,
}

/// A kind of site.
#[derive(Debug, Clone, PartialEq)]
pub struct Kind {
    /// The word for it in files, on the wire and in the database.
    pub id: String,
    /// What people read.
    pub name: Words,
    /// What else people call it, in any language; the search box understands it.
    pub also: Vec<String>,
    /// The name of the drawing inside the symbol.
    pub glyph: String,
    /// The outline of the symbol.
    pub shape: Shape,
    /// `#rrggbb`.
    pub colour: String,
    /// Default limit of a walk to it, minutes.
    pub walk_minutes: u32,
    /// Straight-line service radius, metres.
    pub radius_m: u32,
    /// Where both come from.
    pub standard: Standard,
    /// Who sees it as points.
    pub visibility: Visibility,
    /// The OSM tags that mean this kind, as (key, value).
    pub osm: Vec<(String, String)>,
    /// Places in the catalogue's table: first what every site has, then this kind's own.
    pub attributes: Vec<AttributeIndex>,
}

impl Kind {
    /// Whether people call it so.
    #[must_use]
    pub fn is_called(&self, typed: &str) -> bool {
        let typed = fold(typed);
        let names = [&*self.name.zh, &*self.name.en].into_iter().chain(self.also.iter().map(String::as_str));
        names.into_iter().any(|name| fold(name) == typed)
    }
}

/// All kinds and all attributes.
#[derive(Debug, Clone)]
pub struct Catalogue {
    kinds: Vec<Kind>,
    attributes: Vec<Attribute>,
    /// How many of the attributes, from the front, every site has.
    shared: usize,
    by_id: HashMap<String, KindIndex>,
    attribute_by_id: HashMap<String, AttributeIndex>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "attribute")]
    attributes: Vec<AttributeFile>,
    #[serde(rename = "kind")]
    kinds: Vec<KindFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AttributeFile {
    id: Spanned<String>,
    name: Words,
    #[serde(rename = "type")]
    of_type: Spanned<String>,
    max_chars: Option<usize>,
    min: Option<i64>,
    max: Option<i64>,
    choices: Option<Vec<Choice>>,
    #[serde(default)]
    headings: Vec<String>,
    osm: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFile {
    id: Spanned<String>,
    name: Words,
    #[serde(default)]
    also: Vec<Spanned<String>>,
    glyph: String,
    shape: Shape,
    colour: Spanned<String>,
    walk_minutes: Spanned<u32>,
    radius_m: u32,
    standard: Standard,
    visibility: Visibility,
    #[serde(default)]
    osm: Vec<Spanned<String>>,
    #[serde(default, rename = "attribute")]
    attributes: Vec<AttributeFile>,
}

impl Catalogue {
    /// Reads a catalogue; the first mistake is told with file, line and reason.
    pub fn parse(file: &Path, text: &str) -> Result<Self, DataFileError> {
        let read: File = toml::from_str(text).map_err(|e| DataFileError::toml(file, text, &e))?;
        let wrong = |span: std::ops::Range<usize>, reason: String| DataFileError::at(file, text, span.start, reason);
        let mut catalogue = Self {
            kinds: vec![],
            attributes: vec![],
            shared: 0,
            by_id: HashMap::new(),
            attribute_by_id: HashMap::new(),
        };
        for attribute in read.attributes {
            let span = attribute.id.span();
            let attribute = attribute.check(&wrong)?;
            if catalogue.attribute(&attribute.id).is_some() {
                return Err(wrong(span, format!("attribute \"{}\" stands twice", attribute.id)));
            }
            catalogue.add_attribute(attribute);
        }
        for age in AGES {
            if catalogue.attribute(age).is_none() {
                return Err(wrong(0..0, format!("attribute \"{age}\" is missing; every site has an age band")));
            }
        }
        catalogue.shared = catalogue.attributes.len();
        for kind in read.kinds {
            catalogue.add(kind, &wrong)?;
        }
        if catalogue.kinds.is_empty() {
            return Err(wrong(0..0, "no [[kind]]; wanted at least one".to_owned()));
        }
        Ok(catalogue)
    }

    fn add(
        &mut self,
        kind: KindFile,
        wrong: &impl Fn(std::ops::Range<usize>, String) -> DataFileError,
    ) -> Result<(), DataFileError> {
        let id = kind.id.get_ref();
        if !is_word(id) {
            return Err(wrong(kind.id.span(), format!("kind \"{id}\": wanted lower-case letters, digits and _")));
        }
        if self.by_id.contains_key(id) {
            return Err(wrong(kind.id.span(), format!("kind \"{id}\" stands twice")));
        }
        let colour = kind.colour.get_ref();
        if colour.len() != 7 || !colour.starts_with('#') || !colour[1..].chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(wrong(kind.colour.span(), format!("colour \"{colour}\": wanted #rrggbb")));
        }
        if !(1..=120).contains(kind.walk_minutes.get_ref()) {
            let found = kind.walk_minutes.get_ref();
            return Err(wrong(kind.walk_minutes.span(), format!("walk_minutes {found}: wanted 1 to 120")));
        }
        let mut osm = Vec::new();
        for tag in &kind.osm {
            let Some((key, value)) = tag.get_ref().split_once('=').filter(|(k, v)| !k.is_empty() && !v.is_empty())
            else {
                return Err(wrong(tag.span(), format!("osm tag \"{}\": wanted key=value", tag.get_ref())));
            };
            osm.push((key.to_owned(), value.to_owned()));
        }
        for alias in &kind.also {
            let found = alias.get_ref();
            if found.trim().is_empty() || has_control(found) {
                return Err(wrong(
                    alias.span(),
                    format!("also \"{found}\": wanted a word that people call the kind by"),
                ));
            }
        }
        let mut attributes: Vec<AttributeIndex> = (0..self.shared as u16).collect();
        for attribute in kind.attributes {
            let span = attribute.id.span();
            attributes.push(self.intern(attribute.check(wrong)?, &attributes, &span, wrong)?);
        }
        self.by_id.insert(id.clone(), self.kinds.len() as KindIndex);
        self.kinds.push(Kind {
            id: kind.id.into_inner(),
            name: kind.name,
            also: kind.also.into_iter().map(Spanned::into_inner).collect(),
            glyph: kind.glyph,
            shape: kind.shape,
            colour: kind.colour.into_inner(),
            walk_minutes: kind.walk_minutes.into_inner(),
            radius_m: kind.radius_m,
            standard: kind.standard,
            visibility: kind.visibility,
            osm,
            attributes,
        });
        Ok(())
    }

    fn add_attribute(&mut self, attribute: Attribute) -> AttributeIndex {
        let index = self.attributes.len() as AttributeIndex;
        self.attribute_by_id.insert(attribute.id.clone(), index);
        self.attributes.push(attribute);
        index
    }

    /// The place of a kind's own attribute. One that several kinds have must be the same in each, so that a column, a
    /// filter and a figure mean one thing.
    fn intern(
        &mut self,
        attribute: Attribute,
        taken: &[AttributeIndex],
        span: &std::ops::Range<usize>,
        wrong: &impl Fn(std::ops::Range<usize>, String) -> DataFileError,
    ) -> Result<AttributeIndex, DataFileError> {
        let Some(place) = self.attributes.iter().position(|a| a.id == attribute.id) else {
            return Ok(self.add_attribute(attribute));
        };
        if taken.contains(&(place as AttributeIndex)) {
            return Err(wrong(span.clone(), format!("attribute \"{}\" stands twice", attribute.id)));
        }
        if self.attributes[place] != attribute {
            let reason =
                format!("attribute \"{}\" is defined otherwise by another kind; wanted the same", attribute.id);
            return Err(wrong(span.clone(), reason));
        }
        Ok(place as AttributeIndex)
    }

    /// The kinds, in the file's order.
    #[must_use]
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// The kind at `index`, which must come from this catalogue.
    #[must_use]
    pub fn kind(&self, index: KindIndex) -> &Kind {
        &self.kinds[usize::from(index)]
    }

    /// The kind called `id`.
    #[must_use]
    pub fn kind_index(&self, id: &str) -> Option<KindIndex> {
        self.by_id.get(id).copied()
    }

    /// The kind that a person calls so: by id or by either name.
    #[must_use]
    pub fn kind_named(&self, name: &str) -> Option<KindIndex> {
        let folded = fold(name);
        let known = |k: &Kind| [&*k.id, &k.name.zh, &k.name.en].iter().any(|n| fold(n) == folded);
        self.kinds.iter().position(known).map(|i| i as KindIndex)
    }

    /// All attributes; those that every site has come first.
    #[must_use]
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The attributes that every site has.
    #[must_use]
    pub fn shared_attributes(&self) -> &[Attribute] {
        &self.attributes[..self.shared]
    }

    /// The attributes that only the kind at `index` (and perhaps some others) has.
    pub fn own_attributes(&self, index: KindIndex) -> impl Iterator<Item = &Attribute> {
        self.kind(index)
            .attributes
            .iter()
            .filter(|a| usize::from(**a) >= self.shared)
            .map(|a| &self.attributes[usize::from(*a)])
    }

    /// The attribute called `id`.
    #[must_use]
    pub fn attribute(&self, id: &str) -> Option<AttributeIndex> {
        self.attribute_by_id.get(id).copied()
    }

    /// What a site has or is, yes or no or one of a few, if `typed` calls it by a name or heading: 母婴室, wheelchair, 免费.
    #[must_use]
    pub fn characteristic(&self, typed: &str) -> Option<&Words> {
        let typed = fold(typed);
        let is_called = |name: &Words| fold(&name.zh) == typed || fold(&name.en) == typed;
        self.attributes.iter().find_map(|attribute| match &attribute.of_type {
            Type::Bool | Type::Choice(_)
                if is_called(&attribute.name) || attribute.headings.iter().any(|heading| fold(heading) == typed) =>
            {
                Some(&attribute.name)
            }
            Type::Choice(choices) => choices.iter().map(|choice| &choice.name).find(|name| is_called(name)),
            _ => None,
        })
    }

    /// The first kind, in the file's order, one of whose OSM tags is among `tags`.
    #[must_use]
    pub fn kind_of_tags<'a>(&self, tags: impl Fn(&str) -> Option<&'a str>) -> Option<KindIndex> {
        let means = |k: &Kind| k.osm.iter().any(|(key, value)| tags(key) == Some(value.as_str()));
        self.kinds.iter().position(means).map(|i| i as KindIndex)
    }
}

impl AttributeFile {
    fn check(
        self,
        wrong: &impl Fn(std::ops::Range<usize>, String) -> DataFileError,
    ) -> Result<Attribute, DataFileError> {
        let id = self.id.get_ref();
        if !is_word(id) || RESERVED.contains(&id.as_str()) {
            let reason = format!(
                "attribute \"{id}\": wanted lower-case letters, digits and _, and none of {}",
                RESERVED.join(", ")
            );
            return Err(wrong(self.id.span(), reason));
        }
        let of_type = match (self.of_type.get_ref().as_str(), self.choices) {
            ("text", None) => Type::Text { max_chars: self.max_chars.unwrap_or(200) },
            ("integer", None) => {
                Type::Integer { min: self.min.unwrap_or(0), max: self.max.unwrap_or(i64::from(i32::MAX)) }
            }
            ("bool", None) => Type::Bool,
            ("date", None) => Type::Date,
            ("hours", None) => Type::Hours,
            ("phone", None) => Type::Phone,
            ("choice", Some(choices)) if !choices.is_empty() => Type::Choice(choices),
            ("choice", _) => return Err(wrong(self.id.span(), format!("attribute \"{id}\": a choice wants choices"))),
            (_, Some(_)) => {
                return Err(wrong(self.id.span(), format!("attribute \"{id}\": only a choice has choices")));
            }
            (other, None) => {
                let reason = format!("type \"{other}\": wanted text, integer, bool, date, hours, phone or choice");
                return Err(wrong(self.of_type.span(), reason));
            }
        };
        if AGES.contains(&id.as_str()) && !matches!(of_type, Type::Integer { .. }) {
            return Err(wrong(self.of_type.span(), format!("attribute \"{id}\": wanted an integer")));
        }
        Ok(Attribute { id: self.id.into_inner(), name: self.name, of_type, headings: self.headings, osm: self.osm })
    }
}

fn is_word(id: &str) -> bool {
    !id.is_empty() && id.len() <= 40 && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = include_str!("../../data/catalogue.toml");

    fn parse(text: &str) -> Result<Catalogue, String> {
        Catalogue::parse(Path::new("c.toml"), text).map_err(|e| e.to_string())
    }

    #[test]
    fn the_catalogue_that_comes_with_yimi_is_right() {
        let catalogue = parse(OURS).expect("right");
        let cabin = catalogue.kind_index("hope_cabin").expect("a kind");
        assert_eq!(catalogue.kind(cabin).visibility, Visibility::Aggregate);
        assert_eq!(catalogue.kind_named("阅读空间"), catalogue.kind_index("reading_space"));
        let library = |key: &str| (key == "amenity").then_some("library");
        assert_eq!(catalogue.kind_of_tags(library), catalogue.kind_index("reading_space"));
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (from, to, reason) in [
            ("shape = \"circle\"", "shape = \"star\"", "unknown variant"),
            ("colour = \"#0f766e\"", "colour = \"teal\"", "wanted #rrggbb"),
            ("id = \"school\"\n", "id = \"reading_space\"\n", "stands twice"),
            ("amenity=library", "amenity:library", "wanted key=value"),
            ("\"书屋\"", "\" \"", "that people call the kind by"),
            ("type = \"hours\"", "type = \"time\"", "wanted text, integer"),
            ("id = \"unit\"", "id = \"name\"", "none of"),
            ("visibility = \"aggregate\"", "visibility = \"hidden\"", "unknown variant"),
            ("walk_minutes = 15", "walk_minutes = 0", "1 to 120"),
        ] {
            let broken = OURS.replacen(from, to, 1);
            assert_ne!(broken, OURS, "{from}");
            let line = 1 + OURS[..OURS.find(from).expect("there")].matches('\n').count();
            let told = parse(&broken).expect_err(to);
            assert!(told.starts_with(&format!("c.toml, line {line}: ")) && told.contains(reason), "{to}: {told}");
        }
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_line() {
        assert!(parse("[[kind]]\nid = ").expect_err("cut").contains("line 2"));
        assert!(parse("").expect_err("empty").contains("kind"));
    }
}
