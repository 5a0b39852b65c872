//! `GET /api/events`: what changed, told as it happens (server-sent events).
//!
//! `changed` comes with the mark of what is shown as soon as a published change is in memory; it is the `ETag` of the map's
//! answers, so that a page knows whether it has that already. `desk` comes to those who register or review, when
//! a registration or a report changed; it says nothing else, since whose it is is for their next question.

use super::router::App;
use crate::auth::{Action, Person};
use crate::snapshot::News;
use axum::Extension;
use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use serde_json::json;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// The first change is told at once, those within this time after it as one: a listener reads everything anew for each.
const BREATH: Duration = Duration::from_millis(50);
/// Proxies give up connections on which nothing comes for a minute.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Tells of changes from now on, beginning with the mark of now.
#[utoipa::path(get, path = "/api/events", operation_id = "getEvents", tag = "sites",
    responses((status = 200, content_type = "text/event-stream", body = String,
        description = "`changed` with {mark}; `desk` with {} for those who register or review")))]
pub(super) async fn events(
    State(app): State<Arc<App>>,
    who: Option<Extension<Person>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let has_desk = who.is_some_and(|who| who.may(Action::Register) || who.may(Action::Review));
    let news = app.live.listen();
    let stream = stream::unfold(Listener { news, known: None, has_desk }, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE))
}

struct Listener {
    news: watch::Receiver<News>,
    /// What was told of so far.
    known: Option<News>,
    has_desk: bool,
}

impl Listener {
    /// The next event; nothing at the end.
    async fn next(&mut self) -> Option<Event> {
        if self.known.is_some() {
            let _ = tokio::time::timeout(BREATH, self.news.wait_for(|news| news.is_over)).await;
        }
        loop {
            let now = *self.news.borrow_and_update();
            if now.is_over {
                return None;
            }
            let Some(known) = &mut self.known else {
                self.known = Some(now);
                return Some(changed(now));
            };
            if known.mark != now.mark {
                known.mark = now.mark;
                return Some(changed(now));
            }
            if known.desk != now.desk {
                known.desk = now.desk;
                if self.has_desk {
                    return Some(Event::default().event("desk").data("{}"));
                }
            }
            self.news.changed().await.ok()?;
        }
    }
}

fn changed(news: News) -> Event {
    let data = json!({ "mark": format!("{:x}", news.mark) });
    Event::default().event("changed").data(data.to_string())
}
