//! `GET /api/sites` and `GET /api/sites/{id}`.

use super::extract::Params;
use super::headers::{GEOJSON, marked};
use super::problem::{Problem, ProblemBody};
use super::render::{Detail, SiteCollection, SiteFeature, feature_collection, write_feature};
use super::router::App;
use crate::site::SiteId;
use crate::snapshot::PageQuery;
use crate::text::Words;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// A page without a `limit`.
const USUAL: usize = 100;
/// The largest page.
const MOST: usize = 5000;
/// The most that a search tells: nobody reads further.
const MOST_FOUND: usize = 100;
/// The longest search words, in characters.
const WORDS_MAX_CHARS: usize = 100;

/// Sites in a box, of some kinds, with some attributes, by number; or, with `q`, by how well they match.
#[utoipa::path(get, path = "/api/sites", operation_id = "listSites", tag = "sites",
    params(
        ("bbox" = Option<String>, Query, description = "west,south,east,north in WGS-84 degrees; west > east crosses the 180th meridian"),
        ("kind" = Option<String>, Query, description = "Kinds, separated by commas"),
        ("q" = Option<String>, Query, description = "Search words: characters, pinyin or initials; at most 100 characters"),
        ("limit" = Option<u32>, Query, description = "1 to 5000, usually 100; with q at most 100"),
        ("cursor" = Option<String>, Query, description = "The `next` of the page before"),
        ("fields" = Option<String>, Query, description = "`brief`: only what a map draws"),
    ),
    responses((status = 200, body = SiteCollection, content_type = "application/geo+json"), (status = 400, body = ProblemBody)))]
pub(super) async fn list(State(app): State<Arc<App>>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    let now = app.live.read();
    let mut params = Params::parse(query.as_deref());
    let words = params.text("q");
    if let Some(words) = words.as_ref().filter(|words| words.chars().count() > WORDS_MAX_CHARS) {
        let wanted =
            Words::new(format!("最多 {WORDS_MAX_CHARS} 个字"), format!("at most {WORDS_MAX_CHARS} characters"));
        params.refuse("q", words, wanted);
    }
    let wanted = Words::fixed("上一页的 next", "the `next` of the page before");
    let after = params.value::<i64>("cursor", &wanted, |after| *after >= 0).unwrap_or(0);
    let brief = Words::fixed("brief", "brief");
    let detail = params.value::<String>("fields", &brief, |f| f == "brief").map_or(Detail::Full, |_| Detail::Brief);
    let most = if words.is_some() { MOST_FOUND } else { MOST };
    let query = PageQuery {
        limit: params.limit(USUAL.min(most), most),
        bounds: params.bounds(),
        filter: params.filter(now.catalogue()),
        after,
    };
    if let Err(problem) = params.done() {
        return problem.into_response();
    }
    marked(&headers, &format!("{:x}", now.mark()), GEOJSON, || {
        let (sites, next) = if let Some(words) = words {
            (now.search(&words, &query), None)
        } else {
            let page = now.page(&query);
            (page.sites, page.next)
        };
        feature_collection(&now, &sites, detail, next).map(Into::into).map_err(|e| Problem::Internal(e.to_string()))
    })
}

/// One site with all that is known of it.
#[utoipa::path(get, path = "/api/sites/{id}", operation_id = "getSite", tag = "sites",
    params(("id" = i64, Path, description = "The site's number")),
    responses((status = 200, body = SiteFeature, content_type = "application/geo+json"), (status = 404, body = ProblemBody)))]
pub(super) async fn one(State(app): State<Arc<App>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    let Some(found) = id.parse().ok().and_then(|id| now.site(SiteId(id))) else {
        return no_such_site().into_response();
    };
    marked(&headers, &format!("{:x}", now.mark()), GEOJSON, || {
        let mut out = Vec::new();
        let written = write_feature(&mut out, &now, &found, Detail::Full);
        written.map(|()| out.into()).map_err(|e| Problem::Internal(e.to_string()))
    })
}

/// The problem that a number is no public site's.
pub(super) fn no_such_site() -> Problem {
    Problem::NotFound(Words::fixed(
        "没有这个场所，它可能已经撤销或从未公开",
        "no such site; it may have been withdrawn or was never public",
    ))
}
