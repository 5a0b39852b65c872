//! What somebody should look at again before they register, submit or publish. It hinders nobody: a ferry landing is in
//! the water, and a school may really move.

use super::super::router::App;
use super::list::is_home;
use crate::auth::{Action, Person};
use crate::geo::{LonLat, geodesic_m};
use crate::import::sheet::Warning;
use crate::site::SiteId;
use crate::site::duplicate::{Looked, SAME_ADDRESS_M, likely};
use crate::snapshot::Snapshot;
use crate::store::{RegistrationRow, StoreError};
use crate::text::Words;

/// A site that is farther than this from where it was is asked about.
const FAR_M: f64 = 200.0;
/// Duplicates that are told.
const TOLD: usize = 5;
/// A degree of latitude is no shorter, metres.
const DEGREE_M: f64 = 110_000.0;

/// What the warnings are about.
#[derive(Debug, Clone)]
pub struct About {
    /// The registration itself, when it is kept.
    pub id: Option<String>,
    /// The site that is amended.
    pub site: Option<i64>,
    /// The kind's id.
    pub kind: String,
    /// Perhaps empty.
    pub name: String,
    /// JSON object.
    pub attributes: String,
    /// Where it is to be.
    pub at: LonLat,
    /// Where it was.
    pub before: Option<LonLat>,
}

/// All warnings.
pub async fn warnings(app: &App, who: &Person, about: &About) -> Result<Vec<Warning>, StoreError> {
    let waiting = waiting(app, who, about).await?;
    let now = app.live.read();
    let mut warnings = of_place(&now, about);
    if let Some(looked) = looked(&now, &about.kind, about.at, &about.name, &about.attributes) {
        duplicates(&now, about, &looked, &waiting, &mut warnings);
    }
    Ok(warnings)
}

/// What is odd about the place itself.
fn of_place(now: &Snapshot, about: &About) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if !now.areas().all().is_empty() && now.areas().find(about.at).is_none() {
        let says = Words::fixed("这个位置在县域之外", "this place is outside the county");
        warnings.push(plain("outside_county", says));
    }
    if now.basemap().is_some_and(|held| held.map.is_water(about.at)) {
        warnings.push(plain("in_water", Words::fixed("这个位置在水里", "this place is in the water")));
    }
    if let Some(metres) = about.before.map(|before| geodesic_m(before, about.at)).filter(|metres| *metres > FAR_M) {
        let says = Words::new(format!("离原来的位置 {metres:.0} 米"), format!("{metres:.0} m from where it was"));
        warnings.push(Warning { distance_m: Some(metres.round()), ..plain("far_from_before", says) });
    }
    warnings
}

/// Public sites, and registrations that wait, which are likely the same.
fn duplicates(
    now: &Snapshot,
    about: &About,
    looked: &Looked,
    waiting: &[RegistrationRow],
    warnings: &mut Vec<Warning>,
) {
    let places = now.places();
    let sites = now.likely_same(&places, looked).into_iter().filter(|same| Some(same.key.0) != about.site);
    for same in sites.take(TOLD) {
        let Some(found) = now.site(SiteId(same.key.0)) else { continue };
        let warning = duplicate(&found.held.site.name, same.distance_m);
        warnings.push(Warning { site: Some(same.key.0), ..warning });
    }
    let others: Vec<(&RegistrationRow, Looked)> = waiting
        .iter()
        .filter_map(|row| {
            let at = LonLat::new(row.lon?, row.lat?).ok()?;
            Some((row, self::looked(now, &row.kind, at, &row.name, &row.attributes)?))
        })
        .collect();
    for same in likely(&places, looked, others.iter().map(|(row, looked)| (*row, looked))).into_iter().take(TOLD) {
        let warning = duplicate(&same.key.name, same.distance_m);
        warnings.push(Warning { registration: Some(same.key.id.clone()), ..warning });
    }
}

/// Registrations of the same kind near by that wait for a reviewer: a reviewer hears of all, a member of their unit's own.
async fn waiting(app: &App, who: &Person, about: &About) -> Result<Vec<RegistrationRow>, StoreError> {
    let rules = app.live.read().rules().clone();
    let unit = who.unit.as_ref().map(|unit| unit.0.as_str());
    if is_home(&rules.catalogue, &about.kind) || about.name.is_empty() || unit.is_none() && !who.may(Action::Review) {
        return Ok(Vec::new());
    }
    let unit = unit.filter(|_| !who.may(Action::Review));
    let (lon, lat) = (about.at.lon(), about.at.lat());
    let tall = SAME_ADDRESS_M / DEGREE_M;
    let wide = tall / lat.to_radians().cos().max(0.01);
    let bounds = [lon - wide, lat - tall, lon + wide, lat + tall];
    let mut rows = app.store.waiting_near(&about.kind, unit, bounds).await?;
    rows.retain(|row| Some(&row.id) != about.id.as_ref() && (about.site.is_none() || row.site != about.site));
    Ok(rows)
}

/// A site taken apart to be compared. Nothing without a name, or of a home, whose neighbours are nobody's business.
fn looked(now: &Snapshot, kind: &str, at: LonLat, name: &str, attributes: &str) -> Option<Looked> {
    let index = now.catalogue().kind_index(kind).filter(|_| !name.is_empty() && !is_home(now.catalogue(), kind))?;
    let told: serde_json::Value = serde_json::from_str(attributes).ok()?;
    Some(Looked::new(index, at, name, told["address"].as_str()))
}

fn duplicate(name: &str, metres: f64) -> Warning {
    let says = Words::new(
        format!("可能与“{name}”是同一处(相距 {metres:.0} 米)"),
        format!("perhaps the same as “{name}” ({metres:.0} m away)"),
    );
    Warning { name: Some(name.to_owned()), distance_m: Some(metres.round()), ..plain("duplicate", says) }
}

fn plain(what: &str, says: Words) -> Warning {
    let what = what.to_owned();
    Warning { what, site: None, registration: None, line: None, name: None, distance_m: None, says }
}
