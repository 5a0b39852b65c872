//! A plan with its figures and what these stand on.

use super::super::problem::Problem;
use super::super::what_if::{WhatIf, WhatIfAnswer, what_if_of};
use crate::snapshot::{Live, Snapshot};
use crate::store::MadeOn;

/// How often figures are worked out again when the data change meanwhile.
const ROUNDS: usize = 3;

/// Works on data that stay the same from beginning to end, with their mark; after some rounds of change, on what there is.
pub fn settled<T>(live: &Live, mut work: impl FnMut() -> Result<T, Problem>) -> Result<T, Problem> {
    for _ in 1..ROUNDS {
        let before = live.read().mark();
        let made = work()?;
        if live.read().mark() == before {
            return Ok(made);
        }
    }
    work()
}

/// Works a plan out, without what only a map needs, with what it was made on. Minutes and profile that the plan leaves
/// open are put into it, so that it means the same when the usual ones change.
pub fn worked_out(live: &Live, plan: &mut WhatIf) -> Result<(WhatIfAnswer, MadeOn), Problem> {
    (plan.cells, plan.streets, plan.gaps) = (false, false, false);
    let (answer, made_on) = settled(live, || {
        let made_on = made_on(&live.read(), plan);
        Ok((what_if_of(live, plan)?, made_on))
    })?;
    plan.minutes = Some(answer.minutes);
    plan.profile = Some(answer.profile.clone());
    // a kind that nobody knows has been refused
    let made_on = made_on.ok_or_else(|| Problem::Internal("figures of a kind that is not there".to_owned()))?;
    Ok((answer, made_on))
}

fn made_on(now: &Snapshot, plan: &WhatIf) -> Option<MadeOn> {
    now.catalogue().kind_index(&plan.kind).map(|kind| now.made_on(kind, plan.at.is_some()))
}
