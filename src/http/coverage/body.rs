//! The question of coverage as a body asks it: the fields have the names, values and words of the parameters of
//! `GET /api/coverage`.

use super::super::extract::Params;
use super::super::problem::Problem;
use super::ask::{self, Asked};
use crate::snapshot::Live;
use crate::text::Words;
use std::collections::BTreeMap;

/// Under which the attribute filters stand.
const ONLY: &str = "only";

/// A question as it stands in a body.
#[derive(Debug, Clone, Copy)]
pub struct QuestionFields<'a> {
    /// One kind of sites that are shown as points.
    pub kind: &'a str,
    /// The limit.
    pub minutes: Option<u32>,
    /// Who walks.
    pub profile: Option<&'a str>,
    /// Local time.
    pub at: Option<&'a str>,
    /// Ages that are counted.
    pub ages: Option<&'a str>,
    /// Attributes of the catalogue and the values that count, as text.
    pub only: &'a BTreeMap<String, String>,
}

/// Reads the question. With it comes the mark of the data.
pub fn asked_in_body(live: &Live, fields: QuestionFields<'_>) -> Result<(Asked, u64), Problem> {
    let minutes = fields.minutes.map(|minutes| minutes.to_string());
    let named = [
        ("kind", Some(fields.kind)),
        ("minutes", minutes.as_deref()),
        ("profile", fields.profile),
        ("at", fields.at),
        ("ages", fields.ages),
    ];
    let mut params = Params::of(named.into_iter().filter_map(|(name, value)| Some((name, value?))));
    {
        let now = live.read();
        for (name, value) in fields.only {
            if now.catalogue().attribute(name).is_some() {
                params.put(name, value);
            } else {
                let wanted = Words::fixed("没有这个属性，请去掉", "no such attribute; leave it out");
                params.refuse(name, value, wanted);
            }
        }
    }
    ask::asked_with(live, params, true).map_err(|problem| match problem {
        Problem::Parameters(mut wrong) => {
            for one in wrong.iter_mut().filter(|one| fields.only.contains_key(&one.field)) {
                one.field = format!("{ONLY}.{}", one.field);
            }
            Problem::Parameters(wrong)
        }
        other => other,
    })
}
