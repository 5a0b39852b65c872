//! The targets, read from `data/targets.toml`.

use crate::site::{AttributeIndex, Catalogue, Filter, KindIndex, Type, Visibility};
use crate::text::{DataFileError, Words};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;

/// Whether sites are counted or their share is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// How many.
    Count,
    /// How many of those that could, 0 to 1.
    Share,
}

/// A target of the plan.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its name in addresses.
    pub id: String,
    /// What is measured, in few words.
    pub name: Words,
    /// What the plan says.
    pub text: Words,
    /// Counted or taken as a share.
    pub measure: Measure,
    /// Of which kind.
    pub kind: KindIndex,
    /// Which sites could count.
    pub among: Filter,
    /// Which of these count.
    pub matching: Filter,
    /// The day from which a site counts.
    pub since: Option<AttributeIndex>,
    /// By which choice the figure is broken down.
    pub by: Option<AttributeIndex>,
    /// What must be reached.
    pub threshold: f64,
    /// By the end of which day.
    pub deadline: NaiveDate,
    /// Who answers for it.
    pub unit: String,
    /// Where it is written.
    pub source: Words,
}

/// All targets, in the file's order.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The targets.
    pub targets: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default, rename = "target")]
    targets: Vec<TargetFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetFile {
    id: Spanned<String>,
    name: Words,
    text: Words,
    measure: Measure,
    kind: Spanned<String>,
    #[serde(default)]
    among: BTreeMap<String, Spanned<Wanted>>,
    #[serde(default, rename = "where")]
    matching: BTreeMap<String, Spanned<Wanted>>,
    since: Option<Spanned<String>>,
    by: Option<Spanned<String>>,
    threshold: Spanned<f64>,
    deadline: Spanned<String>,
    #[serde(default)]
    unit: String,
    source: Words,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Wanted {
    One(Scalar),
    Any(Vec<Scalar>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Scalar {
    Bool(bool),
    Integer(i64),
    Text(String),
}

impl Wanted {
    fn text(&self) -> String {
        let scalar = |scalar: &Scalar| match scalar {
            Scalar::Bool(yes) => yes.to_string(),
            Scalar::Integer(number) => number.to_string(),
            Scalar::Text(text) => text.clone(),
        };
        match self {
            Self::One(one) => scalar(one),
            Self::Any(list) => list.iter().map(scalar).collect::<Vec<_>>().join(","),
        }
    }
}

impl Plan {
    /// Reads the targets; the first mistake is told with file, line and reason.
    pub fn parse(file: &Path, text: &str, catalogue: &Catalogue) -> Result<Self, DataFileError> {
        let read: File = toml::from_str(text).map_err(|e| DataFileError::toml(file, text, &e))?;
        let checker = Checker { file, text, catalogue };
        let mut targets: Vec<Target> = Vec::new();
        for target in read.targets {
            if targets.iter().any(|t| t.id == *target.id.get_ref()) {
                return Err(
                    checker.wrong(&target.id.span(), format!("target \"{}\" stands twice", target.id.get_ref()))
                );
            }
            targets.push(checker.target(target)?);
        }
        Ok(Self { targets })
    }
}

struct Checker<'a> {
    file: &'a Path,
    text: &'a str,
    catalogue: &'a Catalogue,
}

impl Checker<'_> {
    fn wrong(&self, span: &Range<usize>, reason: String) -> DataFileError {
        DataFileError::at(self.file, self.text, span.start, reason)
    }

    fn target(&self, target: TargetFile) -> Result<Target, DataFileError> {
        let name = target.kind.get_ref();
        let Some(kind) = self.catalogue.kind_index(name) else {
            return Err(self.wrong(&target.kind.span(), format!("kind \"{name}\" is not in the catalogue")));
        };
        let hidden = self.catalogue.kind(kind).visibility == Visibility::Aggregate;
        if hidden && (target.measure == Measure::Share || !target.matching.is_empty() || target.by.is_some()) {
            let reason = format!("\"{name}\" is only counted by town; wanted measure = \"count\" without where and by");
            return Err(self.wrong(&target.kind.span(), reason));
        }
        let threshold = *target.threshold.get_ref();
        let upper = if target.measure == Measure::Share { 1.0 } else { 1e9 };
        if !(threshold > 0.0 && threshold <= upper) {
            let reason = format!("threshold {threshold}: wanted above 0 and at most {upper}");
            return Err(self.wrong(&target.threshold.span(), reason));
        }
        let written = target.deadline.get_ref();
        let deadline = NaiveDate::parse_from_str(written, "%Y-%m-%d").map_err(|reason| {
            self.wrong(
                &target.deadline.span(),
                format!("deadline \"{written}\": wanted a day such as 2025-12-31 ({reason})"),
            )
        })?;
        let among = self.filter(kind, &target.among)?;
        let matching = self.filter(kind, &target.matching)?;
        Ok(Target {
            id: target.id.into_inner(),
            name: target.name,
            text: target.text,
            measure: target.measure,
            kind,
            among,
            matching,
            since: self.attribute(kind, target.since.as_ref(), "date", |t| matches!(t, Type::Date))?,
            by: self.attribute(kind, target.by.as_ref(), "choice", |t| matches!(t, Type::Choice(_)))?,
            threshold,
            deadline,
            unit: target.unit,
            source: target.source,
        })
    }

    fn filter(&self, kind: KindIndex, wanted: &BTreeMap<String, Spanned<Wanted>>) -> Result<Filter, DataFileError> {
        let mut filter = Filter::default().kind(kind);
        for (id, value) in wanted {
            let attribute = self.catalogue.attribute(id).filter(|a| self.catalogue.kind(kind).attributes.contains(a));
            let Some(attribute) = attribute else {
                let reason = format!("a {} has no attribute \"{id}\"", self.catalogue.kind(kind).id);
                return Err(self.wrong(&value.span(), reason));
            };
            let text = value.get_ref().text();
            filter = filter
                .attribute(self.catalogue, attribute, &text)
                .map_err(|wanted| self.wrong(&value.span(), format!("{id} = \"{text}\": wanted {}", wanted.en)))?;
        }
        Ok(filter)
    }

    fn attribute(
        &self,
        kind: KindIndex,
        id: Option<&Spanned<String>>,
        wanted: &str,
        fits: impl Fn(&Type) -> bool,
    ) -> Result<Option<AttributeIndex>, DataFileError> {
        let Some(id) = id else { return Ok(None) };
        let has = |index: &AttributeIndex| {
            self.catalogue.kind(kind).attributes.contains(index)
                && fits(&self.catalogue.attributes()[usize::from(*index)].of_type)
        };
        let found = self.catalogue.attribute(id.get_ref()).filter(has);
        if found.is_none() {
            let reason =
                format!("\"{}\": wanted a {wanted} attribute of {}", id.get_ref(), self.catalogue.kind(kind).id);
            return Err(self.wrong(&id.span(), reason));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = include_str!("../../data/targets.toml");

    fn parse(text: &str) -> Result<Plan, String> {
        let catalogue = Catalogue::parse(Path::new("c"), include_str!("../../data/catalogue.toml")).expect("right");
        Plan::parse(Path::new("t.toml"), text, &catalogue).map_err(|e| e.to_string())
    }

    #[test]
    fn the_targets_that_come_with_yimi_are_right() {
        let plan = parse(OURS).expect("right");
        assert!(
            plan.targets.iter().any(|t| t.threshold.total_cmp(&10.0).is_eq() && t.deadline.to_string() == "2025-12-31")
        );
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (from, to, reason) in [
            ("kind = \"reading_space\"", "kind = \"castle\"", "not in the catalogue"),
            ("kind = \"reading_space\"", "kind = \"hope_cabin\"", "only counted by town"),
            ("demonstration = true", "demonstration = \"maybe\"", "wanted yes or no"),
            ("demonstration = true", "demo = true", "has no attribute"),
            ("by = \"setting\"", "by = \"address\"", "wanted a choice attribute"),
            ("threshold = 10", "threshold = 0", "wanted above 0"),
            ("deadline = \"2025-12-31\"", "deadline = \"2025-13-31\"", "wanted a day"),
            ("measure = \"count\"", "measure = \"sum\"", "unknown variant"),
        ] {
            let broken = OURS.replacen(from, to, 1);
            assert_ne!(broken, OURS, "{from}");
            let line = 1 + OURS[..OURS.find(from).expect("there")].matches('\n').count();
            let told = parse(&broken).expect_err(to);
            assert!(told.starts_with(&format!("t.toml, line {line}: ")) && told.contains(reason), "{to}: {told}");
        }
    }
}
