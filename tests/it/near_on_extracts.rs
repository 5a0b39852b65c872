//! `/api/nearby` by walking time on real streets: positions, needs, walkers and times drawn by lot, against a plain search
//! over all streets and a plain look at every site.

use crate::on_foot::{Lot, by_heap};
use crate::real_extracts::extract;
use crate::world::World;
use chrono::NaiveDateTime;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;
use yimi::geo::{Indexed, LonLat};
use yimi::network::{Network, Walk, build};
use yimi::osm::Extract;
use yimi::site::hours::{Hours, Kind};
use yimi::snapshot::Rules;

const KINDS: [&str; 4] = ["reading_space", "school", "hospital", "safety_post"];
const POST: usize = 3;
const HOURS: [&str; 5] =
    ["", "Mo-Fr 08:00-17:00; PH off", "Sa-Su 10:00-21:00", "24/7", "Tu-Su 09:00-12:00,14:00-18:00; SH off"];
const DUTY: [&str; 5] = ["Mo-Fr 07:10-08:00,16:30-17:40", "Mo-Fr 07:10-08:00; PH off", "24/7", "Sa 19:00-21:00", ""];
const ACCESS: [&str; 4] = ["", "yes", "limited", "no"];
/// A school morning, a Saturday evening, the national holiday, a Wednesday afternoon, New Year's Day of the old calendar.
const TIMES: [&str; 5] =
    ["2025-06-03T07:30", "2025-06-07T20:00", "2025-10-03T10:00", "2025-06-04T17:05", "2026-02-17T11:00"];
const WALKERS: [&str; 3] = ["child_6_9", "toddler_with_carer", "wheelchair"];
/// Two hours, the usual reach.
const WITHIN: u32 = 7_200_000;

/// A site as it was drawn.
struct Place {
    kind: usize,
    at: LonLat,
    hours: &'static str,
    ages: Option<(u32, u32)>,
    access: &'static str,
}

impl Place {
    fn draw(lot: &mut Lot, network: &Network) -> Self {
        let at = lot.place(network);
        // as a file writes it
        let e7 = |degrees: f64| format!("{degrees:.7}").parse::<f64>().expect("degrees");
        let at = LonLat::new(e7(at.lon()), e7(at.lat())).expect("a position");
        let mut one = |of: usize| lot.draw(of as u32) as usize;
        let kind = one(KINDS.len());
        let hours = if kind == POST { DUTY[one(DUTY.len())] } else { HOURS[one(HOURS.len())] };
        let access = ACCESS[one(ACCESS.len())];
        let ages = (one(2) == 0).then(|| (one(7) as u32, 7 + one(10) as u32));
        Self { kind, at, hours, ages, access }
    }

    fn is_open(&self, at: NaiveDateTime, rules: &Rules) -> bool {
        !self.hours.is_empty() && Hours::read(self.hours).kind(at, &rules.calendar) == Kind::Open
    }
}

fn sheet(places: &[Place]) -> String {
    let mut sheet = "kind,name,lon,lat,opening_hours,duty_hours,age_min,age_max,accessibility\n".to_owned();
    for (key, Place { kind, at, hours, ages, access }) in places.iter().enumerate() {
        let (open, duty) = if *kind == POST { ("", *hours) } else { (*hours, "") };
        let ages = ages.map_or(",".to_owned(), |(from, to)| format!("{from},{to}"));
        let (kind, lon, lat) = (KINDS[*kind], at.lon(), at.lat());
        writeln!(sheet, "{kind},s{key},{lon:.7},{lat:.7},\"{open}\",\"{duty}\",{ages},{access}").expect("text");
    }
    sheet
}

/// What somebody asks.
struct Asked {
    from: LonLat,
    walker: usize,
    time: usize,
    kind: Option<usize>,
    open: bool,
    age: Option<u32>,
    wheels: bool,
    limit: usize,
}

impl Asked {
    fn draw(lot: &mut Lot, network: &Network) -> Self {
        let from = lot.place(network);
        let mut one = |of: u32| lot.draw(of);
        Self {
            from,
            walker: one(WALKERS.len() as u32) as usize,
            time: one(TIMES.len() as u32) as usize,
            kind: (one(3) > 0).then_some(one(KINDS.len() as u32) as usize),
            open: one(2) == 0,
            age: (one(2) == 0).then_some(one(15)),
            wheels: one(4) == 0,
            limit: 1 + one(20) as usize,
        }
    }

    fn body(&self) -> Value {
        let Self { from, walker, time, limit, .. } = self;
        let mut body = Map::new();
        body.extend([("lon".to_owned(), json!(from.lon())), ("lat".to_owned(), json!(from.lat()))]);
        body.extend([("profile".to_owned(), json!(WALKERS[*walker])), ("at".to_owned(), json!(TIMES[*time]))]);
        body.extend([("limit".to_owned(), json!(limit)), ("open".to_owned(), json!(self.open))]);
        body.extend(self.kind.map(|kind| ("kind".to_owned(), json!(KINDS[kind]))));
        body.extend(self.age.map(|age| ("age".to_owned(), json!(age))));
        body.extend(self.wheels.then(|| ("accessibility".to_owned(), json!("yes,limited"))));
        Value::Object(body)
    }

    fn wants(&self, place: &Place, rules: &Rules) -> bool {
        self.kind.is_none_or(|kind| place.kind == kind)
            && (!self.open || place.is_open(time(TIMES[self.time]), rules))
            && self.age.is_none_or(|age| place.ages.is_none_or(|(from, to)| (from..=to).contains(&age)))
            && (!self.wheels || matches!(place.access, "yes" | "limited"))
    }
}

fn time(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a time")
}

#[tokio::test]
async fn a_thousand_questions_are_answered_as_a_look_at_every_site_answers_them() {
    for (name, sites, questions) in [
        ("liechtenstein.osm.pbf", 900, 300),
        ("porto-alegre.osm.pbf", 1_500, 350),
        ("singapore-bayfront.osm.pbf", 300, 350),
    ] {
        let Some(path) = extract(name) else { continue };
        let built = build(&Extract::open(&path).expect("opens"), None, &mut |_, _| {}).expect("a network");
        let network = Arc::new(built.network);
        let mut lot = Lot(41);
        let places: Vec<Place> = (0..sites).map(|_| Place::draw(&mut lot, &network)).collect();
        let world = World::empty().await;
        world.network_of(path).await;
        world.sites(&sheet(&places)).await;
        let anybody = world.anybody().await;
        let rules = &world.rules;
        let indexed = |(key, place): (u32, &Place)| Indexed { key, class: place.kind as u16, at: place.at };
        let indexed: Vec<Indexed> = (0..).zip(&places).map(indexed).collect();
        let mut walks: HashMap<(usize, usize), Walk> = HashMap::new();
        let mut told = 0;
        for _ in 0..questions {
            let asked = Asked::draw(&mut lot, &network);
            let walk = walks.entry((asked.walker, asked.time)).or_insert_with(|| {
                let on_duty = |place: &&Place| place.kind == POST && place.is_open(time(TIMES[asked.time]), rules);
                let posts: Vec<LonLat> = places.iter().filter(on_duty).map(|place| place.at).collect();
                let who = &rules.profiles.all()[rules.profiles.index(Some(WALKERS[asked.walker])).expect("known")];
                Walk::new(network.clone(), who, &rules.profiles.crossings, &posts)
            });
            let all = by_heap(walk, asked.from, &indexed).into_iter();
            let wanted = all.filter(|(millis, key)| *millis <= WITHIN && asked.wants(&places[*key as usize], rules));
            let wanted: Vec<(String, f64)> = wanted
                .take(asked.limit)
                .map(|(millis, key)| (format!("s{key}"), (f64::from(millis) / 100.0).round() / 10.0))
                .collect();
            let answer = anybody.sends("POST", "/api/nearby", &asked.body()).await;
            assert_eq!(answer.status.as_u16(), 200, "{}", answer.text);
            let json = answer.json();
            let found: Vec<(String, f64)> = json["features"]
                .as_array()
                .expect("features")
                .iter()
                .map(|site| &site["properties"])
                .map(|site| {
                    (site["name"].as_str().expect("a name").to_owned(), site["walk_secs"].as_f64().expect("seconds"))
                })
                .collect();
            assert_eq!(found, wanted, "{name}: {}", asked.body());
            told += found.len();
        }
        assert!(told > questions * 2, "{name}: {told} sites told");
    }
}
