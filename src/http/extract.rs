//! Query parameters, read one by one, so that every wrong one is told with what was found and what was wanted.

use super::body::Body;
use super::problem::{Problem, Wrong};
use crate::geo::{Bounds, LonLat};
use crate::site::{Catalogue, Filter};
use crate::text::Words;
use axum::extract::{FromRequest, Request};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;
use std::collections::HashSet;
use std::str::FromStr;

/// The parameters of a request. Each is taken once; [`Params::done`] refuses what nobody asked for.
#[derive(Debug)]
pub struct Params {
    pairs: Vec<(String, String)>,
    wrong: Vec<Wrong>,
}

/// How much of a wrong parameter is repeated, in characters.
const FOUND_MAX_CHARS: usize = 60;
/// So many mistakes are told at once.
const MOST_WRONG: usize = 20;

/// A question that stands in the body of a request as a JSON object. Its address has no parameters: none may tell a place.
#[derive(Debug)]
pub struct Question(pub Params);

impl<S: Send + Sync> FromRequest<S> for Question {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        Params::parse(request.uri().query()).done()?;
        let Body(members) = Body::from_request(request, state).await?;
        Ok(Self(Params::of_object(&members)))
    }
}

/// The members of a JSON object, each of which stands there once.
#[derive(Debug)]
struct Members(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Members;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members: Vec<(String, Value)> = Vec::new();
                let mut known = HashSet::new();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if !known.insert(name.clone()) {
                        return Err(A::Error::custom(format_args!("duplicate field `{name}`")));
                    }
                    members.push((name, value));
                }
                Ok(Members(members))
            }
        }
        source.deserialize_map(Each)
    }
}

impl Params {
    /// From the part of an address behind `?`. An empty value is as good as none.
    #[must_use]
    pub fn parse(query: Option<&str>) -> Self {
        let pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        Self { pairs, wrong: Vec::new() }
    }

    /// From names and values. An empty value is as good as none.
    #[must_use]
    pub fn of<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut params = Self { pairs: Vec::new(), wrong: Vec::new() };
        pairs.into_iter().for_each(|(name, value)| params.put(name, value));
        params
    }

    /// From the members of a JSON object, each a text, a number, a place, yes or no; null is as good as none.
    fn of_object(Members(members): &Members) -> Self {
        let mut params = Self::of([]);
        for (name, value) in members {
            match value {
                Value::Null => {}
                Value::String(text) => params.put(name, text),
                Value::Bool(_) | Value::Number(_) => params.put(name, &value.to_string()),
                Value::Array(place) if place.len() == 2 && place.iter().all(Value::is_number) => {
                    params.put(name, &format!("{},{}", place[0], place[1]));
                }
                Value::Array(_) | Value::Object(_) => {
                    params.refuse(
                        name,
                        &value.to_string(),
                        Words::fixed(
                            "文字、数、true/false 或 [经度,纬度]",
                            "a text, a number, true, false or [longitude, latitude]",
                        ),
                    );
                }
            }
        }
        params
    }

    /// Puts one more in.
    pub fn put(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.pairs.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Takes a parameter out. One that stands twice is wrong: which of the two is meant?
    pub fn text(&mut self, name: &str) -> Option<String> {
        let place = self.pairs.iter().position(|(n, _)| n == name)?;
        let (_, value) = self.pairs.swap_remove(place);
        if let Some((_, again)) = self.pairs.iter().find(|(n, _)| n == name) {
            let found = format!("{value}, {again}");
            self.pairs.retain(|(n, _)| n != name);
            self.refuse(name, &found, Words::fixed("只写一次", "one value only"));
            return None;
        }
        Some(value)
    }

    /// What a parameter says, which is left to be taken.
    #[must_use]
    pub fn peek(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether a parameter is known to be wrong.
    #[must_use]
    pub fn is_refused(&self, name: &str) -> bool {
        self.wrong.iter().any(|wrong| wrong.field == name)
    }

    /// Notes that a parameter is wrong.
    pub fn refuse(&mut self, name: &str, found: &str, wanted: Words) {
        let found = found.chars().filter(|c| !c.is_control()).take(FOUND_MAX_CHARS).collect();
        self.wrong.push(Wrong { field: name.to_owned(), found, wanted });
    }

    /// A value that reads as `T` and fits.
    pub fn value<T: FromStr>(&mut self, name: &str, wanted: &Words, fits: impl Fn(&T) -> bool) -> Option<T> {
        let text = self.text(name)?;
        let value = text.trim().parse().ok().filter(|value| fits(value));
        if value.is_none() {
            self.refuse(name, &text, wanted.clone());
        }
        value
    }

    /// `lon` and `lat`, both needed.
    pub fn position(&mut self) -> Option<LonLat> {
        let lon_words = Words::fixed("经度,-180 到 180 的数(WGS-84)", "a longitude from -180 to 180 (WGS-84)");
        let lat_words = Words::fixed("纬度,-90 到 90 的数(WGS-84)", "a latitude from -90 to 90 (WGS-84)");
        let mut degrees = |name: &str, limit: f64, wanted: &Words| {
            if !self.pairs.iter().any(|(n, _)| n == name) {
                self.refuse(name, "", wanted.clone());
            }
            self.value::<f64>(name, wanted, |v| v.abs() <= limit)
        };
        let (lon, lat) = (degrees("lon", 180.0, &lon_words), degrees("lat", 90.0, &lat_words));
        LonLat::new(lon?, lat?).ok()
    }

    /// A place as `longitude,latitude`; needed.
    pub fn place(&mut self, name: &str) -> Option<LonLat> {
        let text = self.text(name).unwrap_or_default();
        let number = |part: &str| part.trim().parse::<f64>().ok();
        let degrees = text.split_once(',').and_then(|(lon, lat)| number(lon).zip(number(lat)));
        let place = degrees.and_then(|(lon, lat)| LonLat::new(lon, lat).ok());
        if place.is_none() && !self.wrong.iter().any(|wrong| wrong.field == name) {
            let wanted = Words::fixed(
                "经度,纬度(WGS-84 度,-180 到 180 与 -90 到 90)",
                "longitude,latitude in WGS-84 degrees, -180 to 180 and -90 to 90",
            );
            self.refuse(name, &text, wanted);
        }
        place
    }

    /// `bbox=west,south,east,north`.
    pub fn bounds(&mut self) -> Option<Bounds> {
        let text = self.text("bbox")?;
        let numbers: Vec<f64> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
        let bounds = match numbers[..] {
            [west, south, east, north] if text.split(',').count() == 4 => Some(Bounds { west, south, east, north }),
            _ => None,
        };
        let right = |b: &Bounds| {
            LonLat::new(b.west, b.south).is_ok() && LonLat::new(b.east, b.north).is_ok() && b.south <= b.north
        };
        let bounds = bounds.filter(right);
        if bounds.is_none() {
            let wanted = Words::fixed("西,南,东,北 四个数(WGS-84 度)", "west,south,east,north in WGS-84 degrees");
            self.refuse("bbox", &text, wanted);
        }
        bounds
    }

    /// How many answers, from 1 to `most`.
    pub fn limit(&mut self, usual: usize, most: usize) -> usize {
        let wanted = Words::new(format!("1 到 {most} 的整数"), format!("a whole number from 1 to {most}"));
        self.value("limit", &wanted, |n| (1..=most).contains(n)).unwrap_or(usual)
    }

    /// `kind`, and every attribute of the catalogue, as a filter.
    pub fn filter(&mut self, catalogue: &Catalogue) -> Filter {
        let mut filter = Filter::default();
        if let Some(ids) = self.text("kind") {
            match filter.clone().kinds(catalogue, &ids) {
                Ok(with_kinds) => filter = with_kinds,
                Err(wanted) => self.refuse("kind", &ids, wanted),
            }
        }
        let named = |(name, _): &(String, String)| Some((catalogue.attribute(name)?, name.clone()));
        let attributes: Vec<_> = self.pairs.iter().filter_map(named).collect();
        for (index, name) in attributes {
            let Some(values) = self.text(&name) else { continue };
            match filter.clone().attribute(catalogue, index, &values) {
                Ok(with_attribute) => filter = with_attribute,
                Err(wanted) => self.refuse(&name, &values, wanted),
            }
        }
        filter
    }

    /// Fails with what is wrong, what nobody asked for included.
    pub fn done(mut self) -> Result<(), Problem> {
        for (name, value) in std::mem::take(&mut self.pairs) {
            self.refuse(&name, &value, Words::fixed("没有这个参数，请去掉", "no such parameter; leave it out"));
        }
        self.wrong.truncate(MOST_WRONG);
        if self.wrong.is_empty() { Ok(()) } else { Err(Problem::Parameters(self.wrong)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_wrong_parameters_are_told_at_once() {
        let mut params = Params::parse(Some("lon=east&limit=0&bbox=1,2,3&colour=red&limit2=1&q=a&q=b"));
        assert!(params.position().is_none() && params.bounds().is_none() && params.text("q").is_none());
        assert_eq!(params.limit(10, 100), 10);
        let Err(Problem::Parameters(wrong)) = params.done() else { panic!("refused") };
        let mut fields: Vec<_> = wrong.iter().map(|w| w.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["bbox", "colour", "lat", "limit", "limit2", "lon", "q"]);
    }

    #[test]
    fn numbers_that_are_no_position_are_refused() {
        for query in ["lon=NaN&lat=0", "lon=inf&lat=0", "lon=181&lat=0", "lon=0&lat=-91", "lat=3"] {
            let mut params = Params::parse(Some(query));
            assert!(params.position().is_none() && params.done().is_err(), "{query}");
        }
        let mut across = Params::parse(Some("bbox=179,-20,-179,-10"));
        assert!(across.bounds().is_some() && across.done().is_ok());
    }
}
