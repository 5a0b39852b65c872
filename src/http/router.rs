//! All routes, and what every request passes through.

use super::assets::{self, WebFiles};
use super::gate::{self, Gate};
use super::tiles::TileCache;
use super::whole::WholeAnswers;
use super::{
    areas, audit, children, config, coverage, events, headers, health, homes, hours, kinds, links, nearby, openapi,
    page, people, photos, problem::Problem, profiles, registrations, reports, route, scenarios, search, session,
    sheets, signs, sites, siting, targets, tiles, tokens, units, what_if,
};
use crate::config::{BaseMap, MapApproval};
use crate::jobs::Jobs;
use crate::snapshot::Live;
use crate::store::Store;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

/// No read takes nearly as long; what does is stuck.
const TIME_LIMIT: Duration = Duration::from_secs(30);
/// Where people send files, over lines as slow as telephones have them at a village school's gate: 20 MB at 0.3 Mbit/s.
const UPLOAD_TIME_LIMIT: Duration = Duration::from_mins(10);
const UPLOADS: [&str; 2] = ["/api/photos", "/api/sheets"];
/// What a route takes at most, where it says no other.
const BODY_LIMIT_BYTES: usize = 64 * 1024;
/// A list of candidates is longer.
const LIST_LIMIT_BYTES: usize = 4 << 20;
/// A photo as cameras make them.
const PHOTO_LIMIT_BYTES: usize = crate::photo::MAX_BYTES;

/// What this installation's page is told.
#[derive(Debug, Clone, Default)]
pub struct PageSettings {
    /// The online base map, if any.
    pub base_map: Option<BaseMap>,
    /// The map approval, if any.
    pub approval: Option<MapApproval>,
    /// Where this service is reached, without a slash at its end; stands on signs.
    pub public_url: Option<String>,
    /// The font of signs; one of the usual ones without it.
    pub font: Option<PathBuf>,
}

/// What handlers work with.
#[derive(Debug)]
pub struct App {
    /// What reads are answered from.
    pub live: Arc<Live>,
    /// For scenarios and the readiness check.
    pub store: Store,
    /// What the page is told.
    pub page: PageSettings,
    /// The front end.
    pub web: WebFiles,
    /// Answers that are made once for each state of the data.
    pub whole: WholeAnswers,
    /// Tiles that were made.
    pub tiles: TileCache,
    /// Long work.
    pub jobs: Jobs,
    /// Spreadsheets that are looked through; they don't wait for plans.
    pub sheets: Jobs,
    /// Who is signed in.
    pub gate: Gate,
}

/// The routes with their documentation.
pub(super) fn documented() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(openapi::frame())
        .routes(routes!(config::config))
        .routes(routes!(kinds::kinds))
        .routes(routes!(areas::areas))
        .routes(routes!(tiles::tile_json))
        .routes(routes!(tiles::tile))
        .routes(routes!(sites::list))
        .routes(routes!(sites::one))
        .routes(routes!(signs::sign))
        .routes(routes!(signs::unit_signs))
        .routes(routes!(hours::hours))
        .routes(routes!(page::page))
        .routes(routes!(search::search))
        .routes(routes!(nearby::nearby, nearby::ask_nearby))
        .routes(routes!(route::route, route::ask_route))
        .routes(routes!(profiles::profiles))
        .routes(routes!(coverage::coverage))
        .routes(routes!(coverage::cells))
        .routes(routes!(coverage::cell_times))
        .routes(routes!(coverage::street_times))
        .routes(routes!(coverage::streets))
        .routes(routes!(coverage::here))
        .routes(routes!(coverage::service_area))
        .routes(routes!(siting::start).layer(DefaultBodyLimit::max(LIST_LIMIT_BYTES)))
        .routes(routes!(siting::one, siting::cancel))
        .routes(routes!(siting::events))
        .routes(routes!(what_if::what_if))
        .routes(routes!(children::children))
        .routes(routes!(targets::targets))
        .routes(routes!(units::units, units::add_unit))
        .routes(routes!(units::amend_unit))
        .routes(routes!(tokens::tokens, tokens::make_token))
        .routes(routes!(tokens::revoke))
        .routes(routes!(scenarios::save_scenario))
        .routes(routes!(scenarios::compare_scenarios))
        .routes(routes!(scenarios::scenario, scenarios::amend_scenario, scenarios::remove_scenario))
        .routes(routes!(scenarios::scenario_now))
        .routes(routes!(scenarios::export_scenario))
        .routes(routes!(scenarios::hand_over_site))
        .routes(routes!(sheets::template_of))
        .routes(routes!(sheets::list_sheets, sheets::send_sheet).layer(DefaultBodyLimit::max(sheets::MOST_SHEET_BYTES)))
        .routes(routes!(sheets::sheet, sheets::delete_sheet))
        .routes(routes!(sheets::sheet_events))
        .routes(routes!(sheets::put_columns))
        .routes(routes!(sheets::sheet_rows, sheets::patch_rows).layer(DefaultBodyLimit::max(LIST_LIMIT_BYTES)))
        .routes(routes!(sheets::submit_sheet))
        .routes(routes!(sheets::bad_rows_of))
        .routes(routes!(session::session, session::sign_in_here, session::sign_out_here))
        .routes(routes!(session::sign_out_all))
        .routes(routes!(session::own_password))
        .routes(routes!(links::link))
        .routes(routes!(links::take))
        .routes(routes!(audit::audit))
        .routes(routes!(audit::audit_csv))
        .routes(routes!(homes::homes))
        .routes(routes!(people::people, people::add_person))
        .routes(routes!(people::amend_person))
        .routes(routes!(people::make_link))
        .routes(routes!(registrations::list_registrations, registrations::register))
        .routes(routes!(registrations::check_registration))
        .routes(routes!(registrations::decide_registrations))
        .routes(routes!(
            registrations::registration,
            registrations::amend_registration,
            registrations::withdraw_registration
        ))
        .routes(routes!(registrations::submit_registration))
        .routes(routes!(registrations::publish_registration))
        .routes(routes!(registrations::return_registration))
        .routes(routes!(registrations::merge_registration))
        .routes(routes!(registrations::site_history))
        .routes(routes!(registrations::restore_site))
        .routes(routes!(registrations::desk))
        .routes(routes!(photos::send_photo).layer(DefaultBodyLimit::max(PHOTO_LIMIT_BYTES)))
        .routes(routes!(photos::photo))
        .routes(routes!(photos::small_photo))
        .routes(routes!(reports::list_reports, reports::send_report))
        .routes(routes!(reports::report_state, reports::answer_report))
        .routes(routes!(events::events))
        .routes(routes!(openapi::openapi))
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
}

/// The whole service.
pub fn router(app: Arc<App>) -> Router {
    let fixed: Arc<[(HeaderName, HeaderValue)]> = headers::fixed(app.page.base_map.as_ref()).into();
    let gate = from_fn_with_state(app.clone(), gate::pass);
    documented()
        .split_for_parts()
        .0
        .route("/s/page.css", axum::routing::get(page::style))
        .fallback(assets::file)
        .method_not_allowed_fallback(|| async { Problem::Method })
        .with_state(app)
        // one layer of all: axum boxes each layer of a router anew for every request
        .layer(
            ServiceBuilder::new()
                .layer(CompressionLayer::new())
                .layer(from_fn_with_state(fixed, pass))
                .layer(CatchPanicLayer::custom(panicked))
                .layer(CsrfLayer::new().with_rejection_response(|_| Problem::cross_site().into_response()))
                .layer(gate)
                .layer(DefaultBodyLimit::max(BODY_LIMIT_BYTES)),
        )
}

/// Every answer carries the fixed headers. A request that takes too long is answered with a problem; each is told in the debug log by its route, never by its
/// address, which may hold a place.
async fn pass(
    State(fixed): State<Arc<[(HeaderName, HeaderValue)]>>,
    request: Request<axum::body::Body>,
    next: Next,
) -> Response {
    let route = request.extensions().get::<axum::extract::MatchedPath>().cloned();
    let (method, start) = (request.method().clone(), Instant::now());
    let is_upload = method == Method::POST && route.as_ref().is_some_and(|route| UPLOADS.contains(&route.as_str()));
    let limit = if is_upload { UPLOAD_TIME_LIMIT } else { TIME_LIMIT };
    let mut response = match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_elapsed) => Problem::Refused(StatusCode::GATEWAY_TIMEOUT).into_response(),
    };
    if response.status() == StatusCode::BAD_REQUEST && is_plain(&response) {
        // a path that is no text, refused before any handler
        response = Problem::no_route().into_response();
    }
    tracing::debug!(
        %method,
        route = route.as_ref().map_or("(file)", |route| route.as_str()),
        status = response.status().as_u16(),
        took_ms = start.elapsed().as_secs_f64() * 1e3,
        "answered"
    );
    let headers = response.headers_mut();
    headers.reserve(fixed.len() + 2);
    headers.extend(fixed.iter().cloned());
    response
}

fn is_plain(response: &Response) -> bool {
    let media_type = response.headers().get(axum::http::header::CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
    media_type.starts_with(b"text/plain")
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Problem::Internal("a handler panicked".to_owned()).into_response()
}
