//! What a neighbourhood without a site is called: by its village, else by its street, else by where it lies in its town.

use crate::basemap::BaseMap;
use crate::coverage::{Gap, direction};
use crate::geo::geodesic_m;
use crate::snapshot::Answering;
use crate::text::Words;
use std::collections::HashMap;

/// A settlement farther than this gives its name to nobody, metres.
const VILLAGE_M: f64 = 1_200.0;
/// Nearer than this to a town's middle no direction is told, metres.
const MIDDLE_M: f64 = 800.0;

/// A name for each gap; where several would have the same, with where it lies.
pub(super) fn gap_names(base: Option<&BaseMap>, answering: &Answering, gaps: &[Gap]) -> Vec<Words> {
    let short: Vec<Option<Words>> = gaps.iter().map(|gap| short(base, answering, gap)).collect();
    let mut times: HashMap<&str, usize> = HashMap::new();
    short.iter().flatten().for_each(|name| *times.entry(name.zh.as_ref()).or_default() += 1);
    let name = |(gap, short): (&Gap, &Option<Words>)| {
        let (town, lies) = lies(answering, gap);
        match short {
            None => Words::new(format!("{}{}", town.zh, lies.zh), format!("{}, {}", town.en, lies.en)),
            Some(name) if times[name.zh.as_ref()] == 1 => name.clone(),
            Some(name) => Words::new(format!("{}({})", name.zh, lies.zh), format!("{} ({})", name.en, lies.en)),
        }
    };
    gaps.iter().zip(&short).map(name).collect()
}

/// Town and village, or town and street.
fn short(base: Option<&BaseMap>, answering: &Answering, gap: &Gap) -> Option<Words> {
    let area = answering.ground.areas().all().get(usize::from(gap.group))?;
    let (town_zh, town_en) = (&area.name.zh, english(&area.name));
    let village = base.and_then(|base| base.place_near(gap.at, VILLAGE_M));
    if let Some(village) = village.filter(|place| place.name.zh != *town_zh) {
        let (zh, en) = (&village.name.zh, english(&village.name));
        return Some(Words::new(format!("{town_zh}{zh}一带"), format!("Around {en}, {town_en}")));
    }
    let coverage = &answering.coverage;
    let street = coverage.demand().joined(gap.cell as usize).map(|joined| coverage.walk().network().name(joined.edge));
    let street = street.filter(|street| !street.is_empty())?;
    Some(Words::new(format!("{town_zh}{street}一带"), format!("Around {street}, {town_en}")))
}

/// The town, and where in it.
fn lies(answering: &Answering, gap: &Gap) -> (Words, Words) {
    let Some(area) = answering.ground.areas().all().get(usize::from(gap.group)) else {
        let (lon, lat) = (gap.at.lon(), gap.at.lat());
        let lies = Words::new(format!("{lon:.3}, {lat:.3} 一带"), format!("around {lon:.3}, {lat:.3}"));
        return (Words::fixed("区划以外,", "In no area"), lies);
    };
    let town = Words::new(area.name.zh.clone(), english(&area.name).to_owned());
    let lies = match direction(area.label, gap.at, MIDDLE_M) {
        None => Words::fixed("中部", "middle"),
        Some(towards) => {
            let km = geodesic_m(area.label, gap.at) / 1e3;
            Words::new(format!("{} {km:.1} 公里", towards.zh), format!("{km:.1} km {}", towards.en))
        }
    };
    (town, lies)
}

fn english(name: &Words) -> &str {
    if name.en.is_empty() { &name.zh } else { &name.en }
}
