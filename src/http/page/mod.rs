//! `GET /s/{id}`: a site's own page, readable without JavaScript, for search engines and printers. It has no script and no
//! style but the one file beside it; every text that somebody wrote is escaped ([`html`]).

mod facts;
mod html;
mod place;
mod week;

use super::config::DEMONSTRATION;
use super::headers::private;
use super::problem::ProblemBody;
use super::router::App;
use crate::clock;
use crate::site::SiteId;
use crate::snapshot::{Held, Snapshot};
use crate::text::Words;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDateTime;
use html::Html;
use std::sync::Arc;

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = include_str!("page.css");

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Chinese,
    English,
}

impl Language {
    fn asked(query: Option<&str>) -> Self {
        let mut pairs = form_urlencoded::parse(query.unwrap_or_default().as_bytes());
        if pairs.any(|(name, value)| name == "lang" && value == "en") { Self::English } else { Self::Chinese }
    }

    fn tag(self) -> &'static str {
        if self == Self::English { "en" } else { "zh-CN" }
    }

    /// One of the two; Chinese where English is missing.
    fn of(self, words: &Words) -> &str {
        if self == Self::English && !words.en.is_empty() { &words.en } else { &words.zh }
    }

    fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        if self == Self::English { english } else { chinese }
    }
}

/// What a page is made of.
struct Page<'a> {
    now: &'a Snapshot,
    held: &'a Held,
    language: Language,
    at: NaiveDateTime,
    /// Where this service is reached, if its administrator has said so.
    base: Option<&'a str>,
}

/// A site's own page.
#[utoipa::path(get, path = "/s/{id}", operation_id = "sitePage", tag = "sites",
    params(
        ("id" = i64, Path, description = "The site's number"),
        ("lang" = Option<String>, Query, description = "`en`; otherwise Chinese"),
    ),
    responses((status = 200, content_type = "text/html", body = String), (status = 404, content_type = "text/html", body = String),
              (status = 405, body = ProblemBody)))]
pub(super) async fn page(State(app): State<Arc<App>>, Path(id): Path<String>, RawQuery(query): RawQuery) -> Response {
    let language = Language::asked(query.as_deref());
    let now = app.live.read();
    let Some(found) = id.parse().ok().and_then(|id| now.site(SiteId(id))) else {
        return (StatusCode::NOT_FOUND, private(HTML, missing(language))).into_response();
    };
    let at = now.rules().calendar.local(clock::now());
    let base = app.page.public_url.as_deref();
    private(HTML, Page { now: &now, held: found.held, language, at, base }.written()).into_response()
}

/// How the page looks.
pub(super) async fn style() -> Response {
    let mut response = private("text/css; charset=utf-8", STYLE);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}

impl Page<'_> {
    fn written(&self) -> String {
        let Self { now, held, language, .. } = self;
        let site = &held.site;
        let kind = language.of(&now.catalogue().kind(site.kind).name);
        let english = site.attributes.text("name_en").filter(|name| !name.is_empty());
        let name = english.as_deref().filter(|_| *language == Language::English).unwrap_or(&site.name);
        let town = held.area.map(|area| language.of(&now.areas().get(area).name)).unwrap_or_default();
        let county = now.areas().county().map(|county| language.of(county)).unwrap_or_default();
        let address = site.attributes.text("address").unwrap_or_default();
        let lines = [kind, town, county].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let description =
            [&lines, &*address].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");

        let mut html = Html::begin(*language, &format!("{name} · {lines}"));
        html.meta("description", &format!("{name} · {description}"));
        if let Some(base) = self.base {
            let chinese = format!("{base}/s/{}", site.id.0);
            let english = format!("{chinese}?lang=en");
            let own = if *language == Language::English { &english } else { &chinese };
            html.raw("<link rel=\"canonical\" href=\"").text(own).raw("\">");
            html.raw("<link rel=\"alternate\" hreflang=\"zh-CN\" href=\"").text(&chinese).raw("\">");
            html.raw("<link rel=\"alternate\" hreflang=\"en\" href=\"").text(&english).raw("\">");
        }
        html.raw("<script type=\"application/ld+json\">").json(&self.place()).raw("</script></head><body><main>");
        html.raw("<p class=\"kind\">").text(&lines).raw("</p>");
        html.element("h1", name);
        if name != &*site.name {
            html.raw("<p class=\"other\" lang=\"zh-CN\">").text(&site.name).raw("</p>");
        } else if let Some(english) = &english {
            html.raw("<p class=\"other\" lang=\"en\">").text(english).raw("</p>");
        }
        if &*site.source == DEMONSTRATION {
            let said = language.pick("示例数据，非真实登记", "Demonstration data, not a real registration");
            html.raw("<p class=\"demonstration\">").text(said).raw("</p>");
        }
        html.raw("<p class=\"go\"><a href=\"/#site=").text(&site.id.0.to_string()).raw("\">");
        html.text(language.pick("在地图上看，怎么走过去", "On the map, and how to walk there")).raw("</a></p>");
        self.write_hours(&mut html);
        self.write_facts(&mut html);
        self.write_photos(&mut html);
        self.write_foot(&mut html);
        html.raw("</main></body></html>\n").done()
    }

    fn write_foot(&self, html: &mut Html) {
        let (site, language) = (&self.held.site, self.language);
        let [lon, lat] = site.at.to_centimetre();
        html.raw("<footer><p>");
        html.text(language.pick("位置（WGS-84）：", "Position (WGS-84): ")).text(&format!("{lat:.6}, {lon:.6}"));
        html.raw("</p><p>").text(language.pick("数据更新：", "Last changed: ")).text(&site.updated.to_string());
        let (other, tag, word) = match language {
            Language::Chinese => ("?lang=en", "en", "English"),
            Language::English => ("?lang=zh", "zh-CN", "中文"),
        };
        html.raw("</p><p class=\"language\"><a hreflang=\"").text(tag).raw("\" lang=\"").text(tag).raw("\" href=\"");
        html.text(other).raw("\">").text(word).raw("</a></p></footer>");
    }
}

fn missing(language: Language) -> String {
    let title = language.pick("没有这个场所", "No such place");
    let mut html = Html::begin(language, title);
    html.meta("robots", "noindex");
    html.raw("</head><body><main>").element("h1", title);
    let said = language.pick("它可能已经撤销，或从未公开。", "It may have been withdrawn, or was never public.");
    html.element("p", said);
    html.raw("<p class=\"go\"><a href=\"/\">").text(language.pick("打开地图", "Open the map")).raw("</a></p>");
    html.raw("</main></body></html>\n").done()
}
