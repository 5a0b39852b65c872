//! What if: a site more here, one less there, other hours, a crossing staffed. The difference only, from the coverage that
//! is kept, which nobody changes; nothing of the change is kept or logged.

mod altered;
mod answer;
mod plan;
mod request;
mod shape;

pub use request::{AddedPost, AddedSite, OtherHours, WhatIf};
pub use shape::{AddedAnswer, ChangedTimes, PostAnswer, RemovedAnswer, TownChange, WhatIfAnswer, WhatIfFigures};

use super::body::Body;
use super::coverage::{aside, asked_in_body};
use super::headers::{JSON, private};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use crate::snapshot::Live;
pub(super) use altered::Altered;
use answer::Making;
use axum::extract::State;
use axum::response::Response;
pub(super) use plan::{Plan, plan};
use std::sync::Arc;

/// What a change would make different. May take as long as a search of the whole network when nobody asked about this kind
/// before: not for a thread that others wait for.
pub fn what_if_of(live: &Live, request: &WhatIf) -> Result<WhatIfAnswer, Problem> {
    let (asked, mark) = asked_in_body(live, request.question())?;
    let (plan, base) = {
        let now = live.read();
        (plan::plan(&now, &asked, request)?, now.basemap().map(|held| held.map.clone()))
    };
    let made = live.coverage(&asked.question, |answering| {
        let ages = asked.ages_of(answering.ground.children())?;
        let making = Making { asked: &asked, request, plan: &plan, answering, base: base.as_deref(), ages, mark };
        Ok::<_, Problem>(making.answer())
    });
    made?
}

/// What a change would make different: children gained and lost, by town, and the cells that change. Nothing is stored, and
/// positions are not logged.
#[utoipa::path(post, path = "/api/what-if", operation_id = "askWhatIf", tag = "coverage",
    request_body = WhatIf,
    responses(
        (status = 200, body = WhatIfAnswer),
        (status = 400, body = ProblemBody, description = "Each wrong field by its path, such as add[2].lon"),
        (status = 404, body = ProblemBody, description = "No walking network or no children yet"),
        (status = 413, body = ProblemBody), (status = 415, body = ProblemBody),
    ))]
pub(super) async fn what_if(State(app): State<Arc<App>>, Body(request): Body<WhatIf>) -> Response {
    aside(move || {
        let answer = what_if_of(&app.live, &request)?;
        let json = serde_json::to_vec(&answer).map_err(|error| Problem::Internal(error.to_string()))?;
        Ok(private(JSON, json))
    })
    .await
}
