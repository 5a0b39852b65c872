//! What the registered sites say of a target on a given day.

use super::plan::{Measure, Target};
use crate::site::counts::ShownCount;
use crate::site::{Catalogue, Site, SiteId, Type, Value};
use crate::text::Words;
use chrono::{Days, NaiveDate};
use serde::Serialize;

/// So many days before the deadline a target that is not met is at risk.
const AT_RISK_DAYS: u64 = 180;

/// How a target stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The threshold is reached now.
    Met,
    /// It is not, and there is time.
    OnTrack,
    /// It is not, and there is little time.
    AtRisk,
    /// It is not, and the deadline has passed.
    Late,
}

/// A target with its figures, as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Measured {
    /// Its name in addresses.
    pub id: String,
    /// What is measured, in few words.
    pub name: Words,
    /// What the plan says.
    pub text: Words,
    /// Counted or taken as a share.
    pub measure: Measure,
    /// The kind's id.
    pub kind: String,
    /// The figure now: a count, or a share from 0 to 1.
    #[serde(serialize_with = "plain_number")]
    pub measured: f64,
    /// Whether `measured` is only known to be at least that much (an aggregate kind).
    pub at_least: bool,
    /// What must be reached, in the same measure.
    #[serde(serialize_with = "plain_number")]
    pub threshold: f64,
    /// By the end of this day, `YYYY-MM-DD`.
    #[schema(value_type = String)]
    pub deadline: NaiveDate,
    /// How it stands.
    pub state: State,
    /// Whether it was reached by the deadline; nothing before the deadline has passed, or where no dates are kept.
    pub met_by_deadline: Option<bool>,
    /// The figure at the deadline, when that is past and dates are kept.
    pub measured_by_deadline: Option<f64>,
    /// How many sites count now.
    pub counted: u32,
    /// Of how many that could; only for a share.
    pub of: Option<u32>,
    /// Who answers for it.
    pub unit: String,
    /// Where it is written.
    pub source: Words,
    /// The sites that count, by a choice.
    pub by: Option<Breakdown>,
    /// The numbers of the sites that count.
    #[schema(value_type = Vec<i64>)]
    pub sites: Vec<SiteId>,
}

/// The sites that count, by the values of a choice.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Breakdown {
    /// Which choice.
    pub attribute: String,
    /// Its name.
    pub name: Words,
    /// A row for each value, zero included, in the catalogue's order; then one without id for sites that have none.
    pub rows: Vec<BreakdownRow>,
}

/// One value's share of the sites that count.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct BreakdownRow {
    /// The value's id; nothing for sites without a value.
    pub id: Option<String>,
    /// Its name.
    pub name: Words,
    /// How many.
    pub count: u32,
}

/// Measures `target`. `sites` are the public sites of its kind; `hidden` the counts by town when its kind is aggregate.
pub fn measure<'a>(
    target: &Target,
    catalogue: &Catalogue,
    sites: impl Iterator<Item = &'a Site>,
    hidden: &[u32],
    today: NaiveDate,
) -> Measured {
    let could: Vec<&Site> = sites.filter(|site| target.among.accepts(site)).collect();
    let count: Vec<&Site> = could.iter().copied().filter(|site| target.matching.accepts(site)).collect();
    let at_least = !hidden.is_empty();
    let counted = if at_least { ShownCount::total(hidden.iter().copied()).shown() } else { count.len() as u32 };
    let figure = |counted: u32| match target.measure {
        Measure::Count => f64::from(counted),
        Measure::Share if could.is_empty() => 0.0,
        Measure::Share => f64::from(counted) / could.len() as f64,
    };
    let past = today > target.deadline;
    let by_deadline = target.since.filter(|_| past && !at_least).map(|since| {
        let in_time =
            |site: &&&Site| matches!(site.attributes.get(since), Some(Value::Date(day)) if *day <= target.deadline);
        figure(count.iter().filter(in_time).count() as u32)
    });
    let measured = figure(counted);
    Measured {
        id: target.id.clone(),
        name: target.name.clone(),
        text: target.text.clone(),
        measure: target.measure,
        kind: catalogue.kind(target.kind).id.clone(),
        measured,
        at_least,
        threshold: target.threshold,
        deadline: target.deadline,
        state: state(target, measured, today),
        met_by_deadline: by_deadline.map(|figure| figure >= target.threshold),
        measured_by_deadline: by_deadline,
        counted,
        of: (target.measure == Measure::Share).then_some(could.len() as u32),
        unit: target.unit.clone(),
        source: target.source.clone(),
        by: target.by.map(|by| break_down(catalogue, by, &count)),
        sites: count.iter().map(|site| site.id).collect(),
    }
}

fn state(target: &Target, measured: f64, today: NaiveDate) -> State {
    if measured >= target.threshold {
        State::Met
    } else if today > target.deadline {
        State::Late
    } else if target.deadline.checked_sub_days(Days::new(AT_RISK_DAYS)).is_some_and(|day| today >= day) {
        State::AtRisk
    } else {
        State::OnTrack
    }
}

fn break_down(catalogue: &Catalogue, by: crate::site::AttributeIndex, sites: &[&Site]) -> Breakdown {
    let attribute = &catalogue.attributes()[usize::from(by)];
    let choices = if let Type::Choice(choices) = &attribute.of_type { choices.as_slice() } else { &[] };
    let having = |value: Option<&Value>| sites.iter().filter(|site| site.attributes.get(by) == value).count() as u32;
    let mut rows: Vec<BreakdownRow> = (0..)
        .zip(choices)
        .map(|(place, choice)| BreakdownRow {
            id: Some(choice.id.clone()),
            name: choice.name.clone(),
            count: having(Some(&Value::Choice(place))),
        })
        .collect();
    let unknown = having(None);
    if unknown > 0 {
        rows.push(BreakdownRow { id: None, name: Words::fixed("未登记", "Not recorded"), count: unknown });
    }
    Breakdown { attribute: attribute.id.clone(), name: attribute.name.clone(), rows }
}

/// Whole figures without a decimal point: 7, not 7.0.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn plain_number<S: serde::Serializer>(number: &f64, to: S) -> Result<S::Ok, S::Error> {
    if number.fract() == 0.0 { to.serialize_i64(*number as i64) } else { to.serialize_f64(*number) }
}

#[cfg(test)]
mod tests {
    use super::super::Plan;
    use super::*;
    use crate::geo::LonLat;
    use crate::site::Attributes;
    use std::path::Path;

    fn world() -> (Catalogue, Plan) {
        let catalogue = Catalogue::parse(Path::new("c"), include_str!("../../data/catalogue.toml")).expect("right");
        let plan = Plan::parse(Path::new("t"), include_str!("../../data/targets.toml"), &catalogue).expect("right");
        (catalogue, plan)
    }

    fn site(catalogue: &Catalogue, id: i64, kind: &str, attributes: &str) -> Site {
        Site {
            id: SiteId(id),
            kind: catalogue.kind_index(kind).expect("a kind"),
            at: LonLat::new(116.2, 36.3).expect("a position"),
            name: "x".into(),
            attributes: Attributes::from_json(catalogue, attributes).expect("json"),
            source: "test".into(),
            version: 1,
            updated: day("2026-01-01"),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn met_by_the_deadline_and_met_now_are_told_apart() {
        let (catalogue, plan) = world();
        let target = plan.targets.iter().find(|t| t.by.is_some()).expect("by setting");
        let sites: Vec<Site> = (1..=11)
            .map(|i| {
                let since = if i <= 9 { "2025-12-31" } else { "2026-01-01" };
                let setting = if i == 11 { "" } else { r#","setting":"library""# };
                let attributes = format!(r#"{{"demonstration":true,"demonstration_since":"{since}"{setting}}}"#);
                site(&catalogue, i, "reading_space", &attributes)
            })
            .chain([site(&catalogue, 12, "reading_space", r#"{"demonstration":false}"#)])
            .collect();
        let got = measure(target, &catalogue, sites.iter(), &[], day("2026-11-24"));
        assert_eq!((got.measured, got.state, got.met_by_deadline), (11.0, State::Met, Some(false)));
        assert_eq!((got.measured_by_deadline, got.sites.len()), (Some(9.0), 11));
        let rows: Vec<_> = got.by.expect("broken down").rows.iter().map(|r| (r.id.clone(), r.count)).collect();
        assert_eq!(rows.iter().map(|r| r.1).sum::<u32>(), 11);
        assert!(
            rows.contains(&(Some("library".into()), 10))
                && rows.contains(&(None, 1))
                && rows.contains(&(Some("school".into()), 0))
        );
        let early = measure(target, &catalogue, sites[..3].iter(), &[], day("2025-01-01"));
        assert_eq!((early.state, early.met_by_deadline), (State::OnTrack, None));
        assert_eq!(measure(target, &catalogue, sites[..3].iter(), &[], day("2025-12-31")).state, State::AtRisk);
        assert_eq!(measure(target, &catalogue, [].iter(), &[], day("2026-01-01")).state, State::Late);
    }

    #[test]
    fn a_share_rests_on_the_sites_that_could_count() {
        let (catalogue, plan) = world();
        let target = plan.targets.iter().find(|t| t.id == "child-friendly-hospitals").expect("there");
        let sites = [
            site(&catalogue, 1, "hospital", r#"{"paediatric":true,"child_friendly":"accepted"}"#),
            site(&catalogue, 2, "hospital", r#"{"paediatric":true,"child_friendly":"not_started"}"#),
            site(&catalogue, 3, "hospital", r#"{"paediatric":false,"child_friendly":"accepted"}"#),
        ];
        let got = measure(target, &catalogue, sites.iter(), &[], day("2025-01-01"));
        assert_eq!((got.measured, got.counted, got.of), (0.5, 1, Some(2)));
        let none = measure(target, &catalogue, [].iter(), &[], day("2025-01-01"));
        assert_eq!((none.measured, none.of), (0.0, Some(0)));
    }

    #[test]
    fn a_target_over_homes_adds_up_only_what_is_shown() {
        let (catalogue, _) = world();
        let text = "[[target]]\nid = \"cabins\"\nname = { zh = \"小屋\" }\ntext = { zh = \"小屋\" }\nmeasure = \"count\"\nkind = \"hope_cabin\"
                    threshold = 20\ndeadline = \"2025-12-31\"\nsource = { zh = \"某\" }\n";
        let plan = Plan::parse(Path::new("t"), text, &catalogue).expect("right");
        let got = measure(&plan.targets[0], &catalogue, [].iter(), &[12, 4, 9], day("2026-01-01"));
        assert_eq!((got.measured, got.at_least, got.sites.len()), (21.0, true, 0));
    }
}
