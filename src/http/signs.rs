//! `GET /api/sites/{id}/sign.pdf` and `GET /api/units/{id}/signs.pdf`: signs at the door.

use super::extract::Params;
use super::headers::{FileName, attachment};
use super::problem::{Problem, ProblemBody};
use super::router::App;
use super::signed::Signed;
use crate::auth::{Action, UnitId};
use crate::export::{FontFile, Sign, SignError, SignSize, signs_pdf};
use crate::site::{Shape, SiteId};
use crate::snapshot::{Held, Snapshot};
use crate::text::Words;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Signs that are made at once: each reads a font of some 20 MB.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// Signs of one file.
const MOST_SIGNS: usize = 1000;

/// The sign of a public site as PDF: its name, its symbol and a QR code that leads to its page.
#[utoipa::path(get, path = "/api/sites/{id}/sign.pdf", operation_id = "getSign", tag = "sites",
    params(
        ("id" = i64, Path, description = "The site's number"),
        ("size" = Option<String>, Query, description = "`a4` or `a6`, usually a4"),
    ),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 400, body = ProblemBody),
              (status = 404, body = ProblemBody), (status = 422, body = ProblemBody, description = "No font is installed")))]
pub(super) async fn sign(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let size = size(query.as_deref())?;
    let base = base(&app, &headers)?;
    let sign = {
        let now = app.live.read();
        let held = id.parse().ok().and_then(|id| now.site(SiteId(id))).map(|found| found.held);
        let none = || {
            Problem::NotFound(Words::fixed("没有这个场所，它可能已经撤销", "no such site; it may have been withdrawn"))
        };
        sign_of(&now, held.ok_or_else(none)?, &base)
    };
    let name = sign.name.clone();
    let pdf = made(&app, vec![sign], size).await?;
    Ok(attachment("application/pdf", pdf, &FileName { plain: "sign", name: &name, ending: "pdf" }))
}

/// The signs of all public sites that a unit answers for, by number; small ones stand four on a page.
#[utoipa::path(get, path = "/api/units/{id}/signs.pdf", operation_id = "getUnitSigns", tag = "sites",
    params(
        ("id" = String, Path, description = "The unit's id"),
        ("size" = Option<String>, Query, description = "`a4` or `a6`, usually a4"),
    ),
    responses((status = 200, content_type = "application/pdf", body = Vec<u8>), (status = 400, body = ProblemBody),
              (status = 401, body = ProblemBody), (status = 403, body = ProblemBody),
              (status = 404, body = ProblemBody, description = "It answers for no public site"),
              (status = 422, body = ProblemBody, description = "No font is installed, or there are too many")))]
pub(super) async fn unit_signs(
    State(app): State<Arc<App>>,
    signed: Signed,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed.may(Action::Register)?;
    if !signed.0.may(Action::Review) && !signed.0.is_of(&UnitId(id.clone())) {
        return Err(Problem::not_allowed());
    }
    let size = size(query.as_deref())?;
    let base = base(&app, &headers)?;
    let signs: Vec<Sign> = {
        let now = app.live.read();
        let own = |held: &&Held| now.tended(held.site.id).is_some_and(|tended| tended.unit.as_deref() == Some(&*id));
        now.all().filter(own).take(MOST_SIGNS + 1).map(|held| sign_of(&now, held, &base)).collect()
    };
    if signs.is_empty() {
        let words = Words::fixed("该单位还没有公开的场所", "the unit answers for no public site yet");
        return Err(Problem::NotFound(words));
    }
    if signs.len() > MOST_SIGNS {
        let words = Words::new(
            format!("该单位的场所超过 {MOST_SIGNS} 处，请逐个打印标牌"),
            format!("the unit has more than {MOST_SIGNS} sites; print their signs one by one"),
        );
        return Err(Problem::Infeasible(words));
    }
    let pdf = made(&app, signs, size).await?;
    Ok(attachment("application/pdf", pdf, &FileName { plain: "signs", name: &format!("标牌-{id}"), ending: "pdf" }))
}

fn size(query: Option<&str>) -> Result<SignSize, Problem> {
    let mut params = Params::parse(query);
    let size = params.text("size").map(|said| (said.parse().ok(), said));
    if let Some((None, said)) = &size {
        params.refuse("size", said, Words::fixed("a4 或 a6", "a4 or a6"));
    }
    params.done()?;
    Ok(size.and_then(|(size, _)| size).unwrap_or(SignSize::A4))
}

/// Where this service is reached: as its administrator says, otherwise as the request did.
fn base(app: &App, headers: &HeaderMap) -> Result<String, Problem> {
    if let Some(said) = &app.page.public_url {
        return Ok(said.clone());
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let is_host = |c: char| c.is_ascii_alphanumeric() || ".-:[]".contains(c);
    if host.is_empty() || host.len() > 255 || !host.chars().all(is_host) {
        let wanted =
            Words::fixed("本服务的地址(或由管理员用 --public-url 指定)", "this service's host (or --public-url)");
        return Err(Problem::wrong("Host", host, wanted));
    }
    let scheme = if app.gate.https { "https" } else { "http" };
    Ok(format!("{scheme}://{host}"))
}

/// What stands on the sign of a site.
fn sign_of(now: &Snapshot, held: &Held, base: &str) -> Sign {
    let site = &held.site;
    let kind = now.catalogue().kind(site.kind);
    let told = site.attributes.told();
    let english = told.get("name_en").and_then(|name| name.as_str()).filter(|name| !name.is_empty());
    Sign {
        name: site.name.to_string(),
        name_en: english.map(str::to_owned),
        kind: kind.name.clone(),
        glyph: kind.glyph.clone(),
        shape: shape(kind.shape),
        colour: kind.colour.clone(),
        county: now.areas().county().map(|county| county.zh.to_string()),
        address: format!("{base}/s/{}", site.id.0),
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Circle => "circle",
        Shape::Square => "square",
        Shape::Diamond => "diamond",
        Shape::Hexagon => "hexagon",
        Shape::Shield => "shield",
    }
}

async fn made(app: &App, signs: Vec<Sign>, size: SignSize) -> Result<Vec<u8>, Problem> {
    let turn = AT_ONCE.acquire().await.map_err(|closed| Problem::Internal(closed.to_string()))?;
    let font = app.page.font.clone();
    let work = move || {
        // given back when the work is done, not when whoever asked has gone
        let _turn = turn;
        signs_pdf(&FontFile::find(font.as_deref())?, &signs, size)
    };
    let made = tokio::task::spawn_blocking(work).await.map_err(|stopped| Problem::Internal(stopped.to_string()))?;
    made.map_err(|error: SignError| {
        tracing::warn!(%error, "a sign could not be made");
        Problem::Infeasible(error.words())
    })
}
