//! What a map is painted by, as numbers in a row and not as text: where cells and streets are, which stays, and the walking
//! time to each, which follows the question. All little-endian.

use super::super::extract::Params;
use super::super::headers::marked;
use super::super::problem::{Problem, ProblemBody};
use super::super::router::App;
use super::{aside, ask};
use crate::network::{EdgeIndex, Label, Network, NodeIndex};
use crate::snapshot::{Answering, NoCoverage};
use crate::text::Words;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::Arc;

const BYTES: &str = "application/octet-stream";
/// Streets of which more are not sent: a page would wait too long for them, and cells show as much at that scale.
const MOST_STREETS: usize = 200_000;
/// Seconds that mean that there is no way.
const NO_WAY: u16 = u16::MAX;

/// Where the children's cells are, how many children they have, and in which area they lie.
#[utoipa::path(get, path = "/api/children/cells", operation_id = "getChildrenCells", tag = "coverage",
    description = "`YMCELLS1`, u32 n, n × i32 longitude and n × i32 latitude (ten-millionths of a degree), n × u32 children, n × u16 place of the area in /api/areas (65535: in none).",
    params(("ages" = Option<String>, Query, description = "Ages that are counted, such as 0-14 (usual)")),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 400, body = ProblemBody), (status = 404, body = ProblemBody),
    ))]
pub(in super::super) async fn cells(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    aside(move || {
        let mut params = Params::parse(query.as_deref());
        let (ages, mark) = {
            let now = app.live.read();
            (params.ages(&now), now.mark())
        };
        params.done()?;
        let ground = app.live.ground()?;
        let all = ground.children();
        let ages = ask::bands(ages, all)?;
        Ok(marked(&headers, &format!("{mark:016x}"), BYTES, || {
            let groups = ground.groups();
            let outside = groups.count - 1;
            let mut out = begin(*b"YMCELLS1", all.len());
            (0..all.len()).for_each(|cell| out.extend(all.at(cell).e7()[0].to_le_bytes()));
            (0..all.len()).for_each(|cell| out.extend(all.at(cell).e7()[1].to_le_bytes()));
            all.of(ages).iter().for_each(|children| out.extend(children.to_le_bytes()));
            for area in groups.of_cell {
                out.extend(if usize::from(*area) == outside { u16::MAX } else { *area }.to_le_bytes());
            }
            Ok(out.into())
        }))
    })
    .await
}

/// The walking time from each of the children's cells to its nearest site.
#[utoipa::path(get, path = "/api/coverage/cells", operation_id = "getCoverageCells", tag = "coverage",
    description = "`YMTIMES1`, u32 n, n × u32 number of the nearest site (0: none), n × u16 seconds (65535: no way). The cells are those of /api/children/cells. The question is that of /api/coverage, without minutes and ages.",
    params(("kind" = String, Query), ("profile" = Option<String>, Query), ("at" = Option<String>, Query)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 400, body = ProblemBody), (status = 404, body = ProblemBody),
    ))]
pub(in super::super) async fn cell_times(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    timed(app, headers, query, |answering| Ok(times(answering.coverage.cells().iter().map(|[nearest, _]| *nearest))))
        .await
}

/// The walking time from each junction to its nearest site.
#[utoipa::path(get, path = "/api/coverage/streets", operation_id = "getCoverageStreets", tag = "coverage",
    description = "As /api/coverage/cells, for the junctions of /api/network/streets.",
    params(("kind" = String, Query), ("profile" = Option<String>, Query), ("at" = Option<String>, Query)),
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 400, body = ProblemBody), (status = 404, body = ProblemBody),
    ))]
pub(in super::super) async fn street_times(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    timed(app, headers, query, |answering| {
        let network = answering.coverage.walk().network();
        few(network)?;
        Ok(times((0..network.node_count() as NodeIndex).map(|node| answering.coverage.node(node))))
    })
    .await
}

/// Times of a question's coverage.
async fn timed(
    app: Arc<App>,
    headers: HeaderMap,
    query: Option<String>,
    times: impl FnOnce(&Answering) -> Result<Vec<u8>, Problem> + Send + 'static,
) -> Response {
    aside(move || {
        let (asked, mark) = ask::asked(&app.live, query.as_deref(), false)?;
        let made = || Ok(app.live.coverage(&asked.question, times)??.into());
        Ok(marked(&headers, &format!("{mark:016x}"), BYTES, made))
    })
    .await
}

/// The streets, to be painted.
#[utoipa::path(get, path = "/api/network/streets", operation_id = "getStreets", tag = "network",
    description = "`YMSTREET`, u32 junctions, u32 streets, u32 points; junctions × (i32 longitude, i32 latitude, ten-millionths of a degree); streets × (u32 end a, u32 end b, u32 millimetres, u32 its first point); points × (i32, i32), those between the ends, from a to b.",
    responses(
        (status = 200, content_type = "application/octet-stream", body = Vec<u8>),
        (status = 404, body = ProblemBody, description = "No network, or one of more than 200,000 streets"),
    ))]
pub(in super::super) async fn streets(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    aside(move || {
        Params::parse(query.as_deref()).done()?;
        let (walks, mark) = {
            let now = app.live.read();
            (now.walks().cloned().ok_or(NoCoverage::Network)?, now.mark())
        };
        let network = walks.network();
        few(network)?;
        Ok(marked(&headers, &format!("{mark:016x}"), BYTES, || Ok(drawn(network).into())))
    })
    .await
}

/// Whether a network's streets are few enough to be painted.
pub(in super::super) fn is_painted(network: &Network) -> bool {
    network.edges().len() <= MOST_STREETS
}

fn few(network: &Network) -> Result<(), Problem> {
    let streets = network.edges().len();
    if is_painted(network) {
        return Ok(());
    }
    let zh = format!("步行网络有 {streets} 段路，超过 {MOST_STREETS} 段，地图只画儿童所在的格点");
    let en = format!("the network has {streets} streets, more than the {MOST_STREETS} that are sent; paint the cells");
    Err(Problem::NotFound(Words::new(zh, en)))
}

fn begin(magic: [u8; 8], n: usize) -> Vec<u8> {
    let mut out = magic.to_vec();
    out.extend((n as u32).to_le_bytes());
    out
}

fn times(labels: impl ExactSizeIterator<Item = Label> + Clone) -> Vec<u8> {
    let mut out = begin(*b"YMTIMES1", labels.len());
    labels.clone().for_each(|label| out.extend(label.known().map_or(0, |(_, site)| site).to_le_bytes()));
    labels.for_each(|label| out.extend(seconds(label).to_le_bytes()));
    out
}

/// Seconds as they are sent, rounded up: whoever is within ten minutes by these is so exactly. 65535 where there is no way.
pub(in super::super) fn seconds(label: Label) -> u16 {
    label.known().map_or(NO_WAY, |(millis, _)| millis.div_ceil(1000).min(u32::from(NO_WAY) - 1) as u16)
}

fn drawn(network: &Network) -> Vec<u8> {
    let edges = 0..network.edges().len() as EdgeIndex;
    let mut points: Vec<u8> = Vec::new();
    let mut firsts = Vec::with_capacity(edges.len());
    let put = |out: &mut Vec<u8>, at: crate::geo::LonLat| {
        at.e7().into_iter().for_each(|degrees| out.extend(degrees.to_le_bytes()));
    };
    for edge in edges {
        firsts.push((points.len() / 8) as u32);
        let line: Vec<_> = network.line(edge).collect();
        line.get(1..line.len() - 1).unwrap_or_default().iter().for_each(|at| put(&mut points, *at));
    }
    let mut out = begin(*b"YMSTREET", network.node_count());
    out.extend((network.edges().len() as u32).to_le_bytes());
    out.extend(((points.len() / 8) as u32).to_le_bytes());
    (0..network.node_count() as NodeIndex).for_each(|node| put(&mut out, network.node(node)));
    for (edge, first) in network.edges().iter().zip(firsts) {
        for number in [edge.a, edge.b, edge.length_mm, first] {
            out.extend(number.to_le_bytes());
        }
    }
    out.extend(points);
    out
}
