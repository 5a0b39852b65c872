//! `GET /api/kinds`: the catalogue, with how many sites there are of each kind.

use super::headers::{JSON, marked};
use super::problem::Problem;
use super::router::App;
use crate::site::counts::ShownCount;
use crate::site::{Attribute, Choice, Shape, Standard, Type, Visibility};
use crate::snapshot::Snapshot;
use crate::text::Words;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use std::sync::Arc;

/// All kinds and the attributes that every site has.
#[derive(Serialize, utoipa::ToSchema)]
pub struct KindList<'a> {
    /// The attributes that every site has.
    attributes: Vec<AttributeShown<'a>>,
    kinds: Vec<KindShown<'a>>,
}

/// A kind of site.
#[derive(Serialize, utoipa::ToSchema)]
pub struct KindShown<'a> {
    id: &'a str,
    name: &'a Words,
    /// The name of the drawing inside the symbol.
    glyph: &'a str,
    shape: Shape,
    /// `#rrggbb`.
    colour: &'a str,
    /// Default limit of a walk to it, minutes.
    walk_minutes: u32,
    /// Straight-line service radius, metres.
    radius_m: u32,
    standard: &'a Standard,
    visibility: Visibility,
    /// How many there are: a number, or for an aggregate kind a text such as `>=35`, the sum of what is shown by town.
    #[schema(value_type = serde_json::Value)]
    count: ShownCount,
    /// The attributes that only this kind has.
    attributes: Vec<AttributeShown<'a>>,
}

/// An attribute.
#[derive(Serialize, utoipa::ToSchema)]
pub struct AttributeShown<'a> {
    id: &'a str,
    name: &'a Words,
    /// `text`, `integer`, `bool`, `date`, `hours`, `phone` or `choice`.
    #[serde(rename = "type")]
    of_type: &'static str,
    /// The values of a choice.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Option<Vec<Choice>>)]
    choices: &'a [Choice],
}

impl<'a> From<&'a Attribute> for AttributeShown<'a> {
    fn from(attribute: &'a Attribute) -> Self {
        let choices: &[Choice] = if let Type::Choice(choices) = &attribute.of_type { choices } else { &[] };
        Self { id: &attribute.id, name: &attribute.name, of_type: attribute.of_type.id(), choices }
    }
}

/// The kinds of site, their symbols, standards, attributes and counts.
#[utoipa::path(get, path = "/api/kinds", operation_id = "listKinds", tag = "map",
    responses((status = 200, body = KindList)))]
pub(super) async fn kinds(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let now = app.live.read();
    let mark = format!("{:x}", now.mark());
    marked(&headers, &mark, JSON, || {
        app.whole.get("kinds", &mark, || serde_json::to_vec(&list(&now)).map_err(|e| Problem::Internal(e.to_string())))
    })
}

fn list(now: &Snapshot) -> KindList<'_> {
    let catalogue = now.catalogue();
    let kinds = (0..).zip(catalogue.kinds()).map(|(index, kind)| KindShown {
        id: &kind.id,
        name: &kind.name,
        glyph: &kind.glyph,
        shape: kind.shape,
        colour: &kind.colour,
        walk_minutes: kind.walk_minutes,
        radius_m: kind.radius_m,
        standard: &kind.standard,
        visibility: kind.visibility,
        count: now.count(index),
        attributes: catalogue.own_attributes(index).map(AttributeShown::from).collect(),
    });
    KindList {
        attributes: catalogue.shared_attributes().iter().map(AttributeShown::from).collect(),
        kinds: kinds.collect(),
    }
}
