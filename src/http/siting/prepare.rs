//! From a request to the places that are looked at: every mistake of the request is told before any work begins.

use super::super::coverage::{Asked, QuestionFields, asked_in_body};
use super::super::problem::{Problem, Wrong};
use super::super::what_if::{Plan, plan};
use super::ask::{CandidatesFrom, MOST_LISTED, MOST_SECONDS, MOST_SITES, ObjectiveName, SitingRequest, Spot};
use crate::children::AgeBand;
use crate::geo::{LonLat, geodesic_m};
use crate::network::{Joined, SNAP_LIMIT_M};
use crate::site::Visibility;
use crate::siting::junctions;
use crate::snapshot::{Live, Walked};
use crate::text::Words;

/// Metres around a forbidden place in which no candidate is looked at.
const FORBIDDEN_M: f64 = 30.0;
/// Metres within which a place that must be in the plan is taken for a candidate that is there already.
const SAME_M: f64 = 5.0;

/// What sort of place a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A junction of streets.
    Junction,
    /// A site that could host one.
    Site(i64),
    /// A place of the planner's list.
    List,
    /// A place that must be in the plan and is none of the others.
    Pinned,
}

impl Source {
    /// Its name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Junction => "junction",
            Self::Site(_) => "site",
            Self::List => "list",
            Self::Pinned => "pinned",
        }
    }
}

/// A place where a site could be.
#[derive(Debug, Clone)]
pub struct Place {
    /// Where it is, rounded as it is told.
    pub at: LonLat,
    /// Where it meets the streets.
    pub joined: Joined,
    /// What it is.
    pub source: Source,
    /// What it is called.
    pub name: Option<String>,
    /// What a site there costs.
    pub cost: u64,
    /// How many children a site there takes.
    pub capacity: Option<u64>,
    /// Whether it must be in the plan.
    pub must: bool,
}

/// A request that is understood.
#[derive(Debug)]
pub struct Prepared {
    /// As it was asked.
    pub request: SitingRequest,
    /// Its question.
    pub asked: Asked,
    /// What would be different before anything is sited.
    pub change: Plan,
    /// The ages that are counted.
    pub ages: AgeBand,
    /// What the data stood at.
    pub mark: u64,
    /// The streets and cells that the places are joined to.
    pub walked: Walked,
    /// The places.
    pub places: Vec<Place>,
    /// How many new sites at most.
    pub sites: usize,
}

/// Reads a request and gathers the places where sites could be.
pub fn prepare(live: &Live, request: SitingRequest) -> Result<Prepared, Problem> {
    let (asked, mark) = asked_in_body(live, question(&request))?;
    let mut wrong = Wrongs::default();
    wrong.numbers(&request);
    let change = plan(&live.read(), &asked, &request.change())?;
    let walked = live.walked(asked.question.profile, asked.question.at)?;
    let ages = asked.band_of(walked.ground.children())?;
    let mut places = match request.candidates.from {
        CandidatesFrom::Junctions => at_junctions(&walked, &asked, &request)?,
        CandidatesFrom::Kinds => wrong.of_kinds(live, &walked, &request),
        CandidatesFrom::List => wrong.listed(&walked, &request),
    };
    wrong.pins(&walked, &request, &mut places);
    if wrong.0.is_empty() && places.is_empty() {
        let nowhere = match request.candidates.from {
            CandidatesFrom::Junctions => Words::fixed("儿童附近没有路口", "there is no junction with children near"),
            CandidatesFrom::Kinds => Words::fixed("这些类别没有可走到的场所", "no site of these kinds is on a street"),
            CandidatesFrom::List => Words::fixed("名单是空的", "the list is empty"),
        };
        return Err(Problem::Infeasible(nowhere));
    }
    if let Some(add) = request.add.filter(|add| *add > places.len() && wrong.0.is_empty()) {
        let most = places.len();
        wrong.refuse(
            "add",
            add.to_string(),
            Words::new(
                format!("最多 {most}：只有这么多候选地点"),
                format!("at most {most}, which is all the candidates there are"),
            ),
        );
    }
    let sites = request.add.unwrap_or(places.len().min(MOST_SITES));
    if wrong.0.is_empty() {
        Ok(Prepared { request, asked, change, ages, mark, walked, places, sites })
    } else {
        Err(Problem::Parameters(wrong.0))
    }
}

/// The question as it stands in the body.
fn question(request: &SitingRequest) -> QuestionFields<'_> {
    QuestionFields {
        kind: &request.kind,
        minutes: request.minutes,
        profile: request.profile.as_deref(),
        at: request.at.as_deref(),
        ages: request.ages.as_deref(),
        only: &request.only,
    }
}

fn at_junctions(walked: &Walked, asked: &Asked, request: &SitingRequest) -> Result<Vec<Place>, Problem> {
    let children = walked.ground.children();
    let counts = children.of(asked.ages_of(children)?);
    let place = |(at, joined)| Place { source: Source::Junction, ..Place::new(at, joined, request) };
    Ok(junctions(&walked.walk, children, &counts).into_iter().map(place).collect())
}

impl Place {
    fn new(at: LonLat, joined: Joined, request: &SitingRequest) -> Self {
        let [lon, lat] = at.to_centimetre();
        Self {
            at: LonLat::new(lon, lat).unwrap_or(at),
            joined,
            source: Source::List,
            name: None,
            cost: request.cost.unwrap_or(1),
            capacity: request.capacity,
            must: false,
        }
    }
}

/// What is wrong with a request.
#[derive(Default)]
struct Wrongs(Vec<Wrong>);

impl Wrongs {
    fn refuse(&mut self, field: impl Into<String>, found: impl Into<String>, wanted: Words) {
        self.0.push(Wrong { field: field.into(), found: found.into(), wanted });
    }

    fn within<T: PartialOrd + ToString>(
        &mut self,
        field: &str,
        value: Option<T>,
        fits: impl Fn(&T) -> bool,
        wanted: &Words,
    ) {
        if let Some(value) = value.filter(|value| !fits(value)) {
            self.refuse(field, value.to_string(), wanted.clone());
        }
    }

    fn numbers(&mut self, request: &SitingRequest) {
        for (field, spots) in [("must", &request.must), ("must_not", &request.must_not)] {
            let wanted = Words::new(format!("最多 {MOST_SITES} 处"), format!("at most {MOST_SITES} places"));
            self.within(field, Some(spots.len()), |n| *n <= MOST_SITES, &wanted);
        }
        let whole = |most: usize| Words::new(format!("1 到 {most} 的整数"), format!("a whole number from 1 to {most}"));
        let share = Words::fixed("0 到 1 的数", "a number from 0 to 1");
        self.within("add", request.add, |add| (1..=MOST_SITES).contains(add), &whole(MOST_SITES));
        if request.add.is_none() && request.objective != ObjectiveName::SetCovering {
            self.refuse("add", "", whole(MOST_SITES));
        }
        let above_0 = Words::fixed("大于 0、不超过 1 的数", "a number above 0 and up to 1");
        self.within("share", request.share, |share| *share > 0.0 && *share <= 1.0, &above_0);
        if request.share.is_some() && request.objective != ObjectiveName::SetCovering {
            let said = request.share.unwrap_or_default().to_string();
            self.refuse("share", said, Words::fixed("只用于 set_covering", "only with set_covering"));
        }
        self.within("floor_per_town", request.floor_per_town, |floor| (0.0..=1.0).contains(floor), &share);
        let metres = Words::fixed("大于 0、不超过 100000 的米数", "metres above 0 and up to 100000");
        self.within("apart_m", request.apart_m, |metres| *metres > 0.0 && *metres <= 1e5, &metres);
        self.within("seconds", request.seconds, |n| (1..=MOST_SECONDS).contains(n), &whole(MOST_SECONDS as usize));
        self.within("capacity", request.capacity, |n| (1..=10_000_000).contains(n), &whole(10_000_000));
        self.within("cost", request.cost, |n| *n <= 1_000_000_000_000, &whole(1_000_000_000_000));
        if request.capacity.is_none() && request.objective == ObjectiveName::CapacitatedCovering {
            let listed = request.candidates.list.iter().all(|it| it.capacity.is_some());
            if request.candidates.from != CandidatesFrom::List || !listed {
                let wanted = Words::fixed("每处新场所可容纳多少儿童", "how many children each new site takes");
                self.refuse("capacity", "", wanted);
            }
        }
    }

    fn of_kinds(&mut self, live: &Live, walked: &Walked, request: &SitingRequest) -> Vec<Place> {
        let now = live.read();
        let catalogue = now.catalogue();
        let public = |id: &String| {
            catalogue.kind_index(id).filter(|kind| catalogue.kind(*kind).visibility == Visibility::Public)
        };
        let wanted = || {
            let all = catalogue.kinds().iter().filter(|kind| kind.visibility == Visibility::Public);
            let ids = all.map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(", ");
            Words::new(format!("在地图上显示的类别：{ids}"), format!("kinds that are shown as points: {ids}"))
        };
        if request.candidates.kinds.is_empty() {
            self.refuse("candidates.kinds", "", wanted());
        }
        let mut kinds = Vec::new();
        for (place, id) in request.candidates.kinds.iter().enumerate() {
            match public(id) {
                Some(kind) => kinds.push(kind),
                None => self.refuse(format!("candidates.kinds[{place}]"), id, wanted()),
            }
        }
        let hosts = now.all().map(|held| &held.site).filter(|site| kinds.contains(&site.kind));
        let on_streets = hosts.filter_map(|site| {
            let joined = walked.walk.join(&walked.walk.snap(site.at, SNAP_LIMIT_M)?);
            let (source, name) = (Source::Site(site.id.0), Some(site.name.to_string()));
            Some(Place { source, name, ..Place::new(site.at, joined, request) })
        });
        on_streets.collect()
    }

    fn listed(&mut self, walked: &Walked, request: &SitingRequest) -> Vec<Place> {
        let list = &request.candidates.list;
        if list.len() > MOST_LISTED {
            let wanted = Words::new(format!("最多 {MOST_LISTED} 处"), format!("at most {MOST_LISTED} places"));
            self.refuse("candidates.list", list.len().to_string(), wanted);
            return Vec::new();
        }
        let mut places = Vec::with_capacity(list.len());
        for (row, listed) in list.iter().enumerate() {
            let field = format!("candidates.list[{row}]");
            if let Some((at, joined)) = self.on_street(walked, &field, Spot { lon: listed.lon, lat: listed.lat }) {
                let mut place = Place { name: listed.name.clone(), ..Place::new(at, joined, request) };
                place.cost = listed.cost.unwrap_or(place.cost);
                place.capacity = listed.capacity.or(place.capacity);
                places.push(place);
            }
        }
        places
    }

    /// A place that somebody named, on a street; a mistake where there is none near.
    fn on_street(&mut self, walked: &Walked, field: &str, spot: Spot) -> Option<(LonLat, Joined)> {
        let found = format!("{}, {}", spot.lon, spot.lat);
        let Ok(at) = LonLat::new(spot.lon, spot.lat) else {
            let wanted = Words::fixed("经度、纬度(WGS-84 度)", "longitude and latitude in WGS-84 degrees");
            self.refuse(field, found, wanted);
            return None;
        };
        let snapped = walked.walk.snap(at, SNAP_LIMIT_M);
        if snapped.is_none() {
            let zh = format!("{SNAP_LIMIT_M:.0} 米内有步行道路的地点；这里没有路(可能在水里或田里)");
            let en = format!("a place within {SNAP_LIMIT_M:.0} m of a street; there is none here (water or fields?)");
            self.refuse(field, found, Words::new(zh, en));
        }
        Some((at, walked.walk.join(&snapped?)))
    }

    /// Places that must be in the plan, and those that must not.
    fn pins(&mut self, walked: &Walked, request: &SitingRequest, places: &mut Vec<Place>) {
        let position = |spot: &Spot| LonLat::new(spot.lon, spot.lat).ok();
        let mut forbidden = Vec::new();
        for (number, spot) in request.must_not.iter().enumerate() {
            if let Some(at) = position(spot) {
                forbidden.push(at);
            } else {
                let wanted = Words::fixed("经度、纬度(WGS-84 度)", "longitude and latitude in WGS-84 degrees");
                self.refuse(format!("must_not[{number}]"), format!("{}, {}", spot.lon, spot.lat), wanted);
            }
        }
        places.retain(|place| forbidden.iter().all(|at| geodesic_m(*at, place.at) > FORBIDDEN_M));
        for (number, spot) in request.must.iter().enumerate() {
            let field = format!("must[{number}]");
            let Some((at, joined)) = self.on_street(walked, &field, *spot) else { continue };
            if let Some(other) = forbidden.iter().position(|it| geodesic_m(*it, at) <= FORBIDDEN_M) {
                let zh = format!("不在 must_not[{other}] 的 {FORBIDDEN_M:.0} 米内：同一处不能既要又不要");
                let en = format!("a place farther than {FORBIDDEN_M:.0} m from must_not[{other}]: it can't be both");
                self.refuse(field, format!("{}, {}", spot.lon, spot.lat), Words::new(zh, en));
                continue;
            }
            let near = |place: &Place| geodesic_m(place.at, at);
            let known = (0..places.len()).filter(|it| near(&places[*it]) <= SAME_M);
            match known.min_by(|a, b| near(&places[*a]).total_cmp(&near(&places[*b]))) {
                Some(known) if !places[known].must => places[known].must = true,
                Some(_) => self.refuse(
                    field,
                    format!("{}, {}", spot.lon, spot.lat),
                    Words::fixed("每处只写一次", "each place once"),
                ),
                None => places.push(Place { source: Source::Pinned, must: true, ..Place::new(at, joined, request) }),
            }
        }
        let must = places.iter().filter(|place| place.must).count();
        if let Some(add) = request.add.filter(|add| must > *add) {
            let zh = format!("至少 {must}：有这么多处必选");
            self.refuse(
                "add",
                add.to_string(),
                Words::new(zh, format!("at least {must}, as so many places must be in the plan")),
            );
        }
    }
}
