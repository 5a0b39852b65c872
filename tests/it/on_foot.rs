//! The nearest sites on foot, and ways in words: tiny worlds by hand, and real extracts against plain references.

use crate::worlds::{Drawn, a_crossing_with_signals_beside_an_unmarked_one, steps_and_a_ramp};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::path::Path;
use std::sync::Arc;
use yimi::geo::{Indexed, LonLat};
use yimi::network::{Act, Doors, Network, Profiles, Reguarded, SNAP_LIMIT_M, Side, Turn, Walk, Wanted, build};
use yimi::osm::Extract;

fn profiles() -> Profiles {
    Profiles::parse(Path::new("profiles.toml"), include_str!("../../data/profiles.toml")).expect("right")
}

fn walk(network: &Arc<Network>, profile: &str, posts: &[LonLat]) -> Walk {
    let profiles = profiles();
    let who = &profiles.all()[profiles.index(Some(profile)).expect(profile)];
    Walk::new(network.clone(), who, &profiles.crossings, posts)
}

/// What is said of the way between two points of a world.
fn said(world: &Drawn, from: char, to: char) -> Vec<(String, String)> {
    let network = Arc::new(world.built().network);
    let route = walk(&network, "child_6_9", &[]).route(world.at(from), world.at(to), SNAP_LIMIT_M).expect("a way");
    let words = route.instructions(&network).into_iter().map(|step| step.words());
    words.map(|words| (words.zh.into_owned(), words.en.into_owned())).collect()
}

fn english(world: &Drawn, from: char, to: char) -> Vec<String> {
    said(world, from, to).into_iter().map(|(_, en)| en).collect()
}

/// Two streets that meet at a corner, the second of which bends, with a lane on; a house off the lane.
fn a_corner() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 0.0, 200.0), ('c', 300.0, 200.0), ('d', 400.0, 300.0), ('e', 400.0, 400.0)])
        .points(&[('f', 520.0, 400.0), ('x', -100.0, 200.0), ('y', 400.0, 500.0), ('h', 500.0, 420.0)])
        .way("ab", "highway=residential, name=建设路")
        .way("xbcde", "highway=residential, name=人民路")
        .way("ey", "highway=residential, name=人民路")
        .way("ef", "highway=footway")
}

#[test]
fn streets_are_named_bends_are_no_turns_and_the_house_has_a_side() {
    let said = said(&a_corner(), 'a', 'h');
    let (zh, en): (Vec<&str>, Vec<&str>) = said.iter().map(|(zh, en)| (zh.as_str(), en.as_str())).unzip();
    assert_eq!(
        zh,
        ["向北出发，沿建设路走约200米", "右转，沿人民路走约540米", "右转，走约100米", "到达，目的地在左侧，离路约20米"]
    );
    assert_eq!(
        en,
        [
            "Head north along 建设路 for 200 m",
            "Turn right onto 人民路 for 540 m",
            "Turn right and go on for 100 m",
            "You have arrived; it is on the left, 20 m off the street"
        ]
    );
}

#[test]
fn the_way_home_turns_the_other_way() {
    let world = a_corner();
    let network = Arc::new(world.built().network);
    let walk = walk(&network, "child_6_9", &[]);
    let way = walk.route(world.at('a'), world.at('h'), SNAP_LIMIT_M).expect("a way");
    let home = Reguarded::as_it_is(&walk).home(&way);
    let words: Vec<String> = home.instructions(&network).iter().map(|step| step.words().en.into_owned()).collect();
    assert_eq!(
        words,
        [
            "Go 20 m to the street, then west for 100 m",
            "Turn left onto 人民路 for 540 m",
            "Turn left onto 建设路 for 200 m",
            "You have arrived"
        ]
    );
}

#[test]
fn a_crossing_is_told_with_what_guards_it() {
    let world = a_crossing_with_signals_beside_an_unmarked_one();
    let over = |guard: &str| {
        vec![
            "Head north for 20 m".to_owned(),
            format!("Cross a trunk road ({guard})"),
            "Go straight on for 20 m".to_owned(),
            "You have arrived".to_owned(),
        ]
    };
    assert_eq!(english(&world, 'c', 'd'), over("traffic lights"));
    assert_eq!(english(&world, 'a', 'b'), over("no lights, no zebra: watch for traffic"));
    let network = Arc::new(world.built().network);
    let guarded = walk(&network, "child_6_9", &[world.at('a')]);
    let route = guarded.route(world.at('a'), world.at('b'), SNAP_LIMIT_M).expect("a way");
    assert!(route.crossings[0].on_duty && !route.crossings[0].is_unguarded());
    let told = route.instructions(&network);
    assert!(told.iter().any(|step| step.words().zh == "过马路：干线公路（有护学岗）"), "{told:?}");
}

#[test]
fn two_carriageways_are_one_crossing_and_links_are_not_told() {
    let world = Drawn::default()
        .points(&[('a', 0.0, -80.0), ('s', 0.0, -6.0), ('n', 0.0, 6.0), ('b', 0.0, 80.0), ('c', 9.0, 80.0)])
        .points(&[('d', 9.0, 200.0), ('w', -200.0, 6.0), ('e', 200.0, 6.0), ('u', -200.0, -6.0), ('v', 200.0, -6.0)])
        .points(&[('p', -80.0, 80.0), ('q', 90.0, 80.0)])
        .way("asnb", "highway=residential, name=东街")
        .way("pbcq", "highway=footway")
        .way("cd", "highway=residential, name=西街")
        .way("usv", "highway=primary, oneway=yes, name=国道")
        .way("enw", "highway=primary, oneway=yes, name=国道");
    assert_eq!(
        english(&world, 'a', 'd'),
        [
            "Head north along 东街 for 70 m",
            "Cross 国道 (no lights, no zebra: watch for traffic)",
            "Go on along 东街 for 90 m",
            "Go straight on along 西街 for 130 m",
            "You have arrived"
        ]
    );
}

#[test]
fn steps_are_told_and_whoever_cannot_take_them_is_led_around() {
    let world = steps_and_a_ramp();
    let said = english(&world, 'p', 'q');
    assert!(said.contains(&"Straight on, take the steps (30 m)".to_owned()), "{said:?}");
    let network = Arc::new(world.built().network);
    let wheels = walk(&network, "wheelchair", &[]);
    let route = wheels.route(world.at('p'), world.at('q'), SNAP_LIMIT_M).expect("a way");
    let turns: Vec<Turn> = route
        .instructions(&network)
        .iter()
        .filter_map(|step| if let Act::Walk { turn, .. } = step.act { Some(turn) } else { None })
        .collect();
    assert_eq!(turns, [Turn::Left, Turn::Left]);
}

#[test]
fn somebody_who_is_there_already_is_told_so() {
    let world = a_corner();
    let network = Arc::new(world.built().network);
    let route = walk(&network, "child_6_9", &[]).route(world.at('c'), world.at('c'), SNAP_LIMIT_M).expect("a way");
    let told = route.instructions(&network);
    assert!(
        matches!(told[..], [yimi::network::Instruction { act: Act::Arrive { side: Side::Here, .. }, .. }]),
        "{told:?}"
    );
}

/// Numbers that are the same in every run.
pub struct Lot(pub u64);

impl Lot {
    pub fn draw(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(below)) as u32
    }

    /// A place beside a junction, which most but not all have a street near.
    pub fn place(&mut self, network: &Network) -> LonLat {
        let at = network.node(self.draw(network.node_count() as u32));
        let mut off = || f64::from(self.draw(401)) / 1e5 - 0.002;
        LonLat::new(at.lon() + off(), at.lat() + off()).expect("a position")
    }
}

fn extract(name: &str) -> Option<Arc<Network>> {
    let path = crate::real_extracts::extract(name)?;
    let built = build(&Extract::open(&path).expect("opens"), None, &mut |_, _| {}).expect("a network");
    Some(Arc::new(built.network))
}

/// Milliseconds to every site by a heap over all streets, on a walk whose places are joined one by one.
pub fn by_heap(walk: &Walk, from: LonLat, sites: &[Indexed]) -> Vec<(u32, u32)> {
    let join = |at: LonLat| walk.snap(at, SNAP_LIMIT_M).map(|at| walk.join(&at));
    let Some(start) = join(from) else { return Vec::new() };
    let network = walk.network();
    let mut times = vec![None; network.node_count()];
    let mut heap: BinaryHeap<Reverse<(u32, u32)>> =
        start.ends.iter().map(|(node, millis)| Reverse((*millis, *node))).collect();
    while let Some(Reverse((millis, node))) = heap.pop() {
        if times[node as usize].is_some() {
            continue;
        }
        times[node as usize] = Some(millis);
        for edge in &network.arcs()[network.arcs_at(node)] {
            if walk.may(*edge) {
                let ends = network.edge(*edge);
                let delays = walk.delay(*edge, ends.a) + walk.delay(*edge, ends.b);
                let there = millis + walk.along(*edge, ends.length_mm) + delays;
                heap.push(Reverse((there, ends.other(node))));
            }
        }
    }
    let time = |site: &Indexed| {
        let site = join(site.at)?;
        let by = site.ends.iter().filter_map(|(node, millis)| Some(times[*node as usize]? + millis));
        by.chain(walk.direct(&start, &site)).min()
    };
    let mut all: Vec<(u32, u32)> = sites.iter().filter_map(|site| Some((time(site)?, site.key))).collect();
    all.sort_unstable();
    all
}

/// Streets with sites, as two kinds of walkers see them with nobody on duty and with safety posts.
struct Town {
    sites: Vec<Indexed>,
    posts: Vec<LonLat>,
    alone: [Walk; 2],
    guarded: [Walk; 2],
    doors: [Doors; 2],
}

impl Town {
    fn new(network: &Arc<Network>, count: u32, lot: &mut Lot) -> Self {
        let site = |key| Indexed { key, class: lot.draw(20) as u16, at: lot.place(network) };
        let sites: Vec<Indexed> = (0..count).map(site).collect();
        let posts: Vec<LonLat> = (0..40).map(|_| lot.place(network)).collect();
        let alone = ["child_6_9", "wheelchair"].map(|who| walk(network, who, &[]));
        let guarded = ["child_6_9", "wheelchair"].map(|who| walk(network, who, &posts));
        let doors = alone.each_ref().map(|walk| Doors::build(walk, &sites));
        Self { sites, posts, alone, guarded, doors }
    }

    /// Asks for the nearest sites of some classes whose key is a multiple of `odd`, in every way that there is.
    fn check(&self, from: LonLat, [who, on_duty]: [usize; 2], all: &[(u32, u32)], wanted: Wanted<'_>, odd: u32) {
        let walk = [&self.alone[who], &self.guarded[who]][on_duty];
        let keep = |key: u32| key.is_multiple_of(odd);
        let class = |key: u32| self.sites[key as usize].class;
        let meant = |key: u32| wanted.classes.is_none_or(|it| it.contains(&class(key))) && keep(key);
        let plain: Vec<_> = all.iter().filter(|(_, key)| meant(*key)).take(wanted.limit).copied().collect();
        let posts = if on_duty == 1 { &self.posts[..] } else { &[] };
        let reguarded = Reguarded::new(&self.alone[who], &[], posts);
        let found = reguarded.on_foot(&self.doors[who], from, wanted, usize::MAX, keep);
        let found = found.unwrap_or_default().unwrap_or_default();
        let times: Vec<_> = found.iter().map(|it| (it.millis, it.key)).collect();
        assert_eq!(times, plain, "{from:?}, {who}, {on_duty}, {wanted:?}, one of {odd}");
        assert_eq!(walk.on_foot(&self.doors[who], from, wanted, keep).unwrap_or_default(), found);
        for site in &found {
            let route = walk.route(from, self.sites[site.key as usize].at, SNAP_LIMIT_M).expect("a way");
            let unguarded = route.crossings.iter().filter(|crossed| crossed.is_unguarded()).count();
            let told = ((route.walk_secs * 1e3).round() as u32, route.length_m, unguarded);
            assert_eq!(told, (site.millis, site.length_m, site.unguarded), "{from:?}, {who}, {on_duty}, {site:?}");
        }
    }
}

#[test]
fn the_nearest_on_foot_are_those_of_plain_searches_on_real_streets() {
    for (name, sites, places) in [
        ("liechtenstein.osm.pbf", 900, 60),
        ("porto-alegre.osm.pbf", 2_000, 60),
        ("singapore-bayfront.osm.pbf", 300, 200),
    ] {
        let Some(network) = extract(name) else { continue };
        let mut lot = Lot(23);
        let town = Town::new(&network, sites, &mut lot);
        for _ in 0..places {
            let (from, which, odd) =
                (lot.place(&network), [lot.draw(2), lot.draw(2)].map(|it| it as usize), lot.draw(30));
            let all = by_heap([&town.alone[which[0]], &town.guarded[which[0]]][which[1]], from, &town.sites);
            for (classes, odd, limit) in
                [(None, 1, 10), (Some(&[3_u16][..]), 1, 10), (None, 1 + odd, 5), (Some(&[7][..]), 1, 100)]
            {
                town.check(from, which, &all, Wanted { classes, limit, within: u32::MAX }, odd);
            }
        }
    }
}

#[test]
fn what_is_said_of_ways_on_real_streets_adds_up() {
    for name in ["liechtenstein.osm.pbf", "porto-alegre.osm.pbf", "singapore-bayfront.osm.pbf"] {
        let Some(network) = extract(name) else { continue };
        let walk = walk(&network, "child_6_9", &[]);
        let mut lot = Lot(29);
        for asked in 0..200 {
            let (from, to) = (lot.place(&network), lot.place(&network));
            let Ok(route) = walk.route(from, to, SNAP_LIMIT_M) else { continue };
            let told = route.instructions(&network);
            let metres = told.iter().map(|step| match &step.act {
                Act::Start { off_m, length_m, .. } => off_m + length_m,
                Act::Walk { length_m, .. } => *length_m,
                Act::Cross { .. } => 0.0,
                Act::Arrive { off_m, .. } => *off_m,
            });
            let metres: f64 = metres.sum();
            assert!((metres - route.length_m).abs() < 1e-6, "{name} {asked}: {metres} of {} m", route.length_m);
            let crossings = told.iter().filter(|step| matches!(step.act, Act::Cross { .. })).count();
            assert!(
                crossings <= route.crossings.len() && (crossings == 0) == route.crossings.is_empty(),
                "{name} {asked}"
            );
            assert!(matches!(told.last().map(|step| &step.act), Some(Act::Arrive { .. })));
            let words = |step: &yimi::network::Instruction| {
                let words = step.words();
                !words.zh.is_empty() && !words.en.is_empty() && !words.en.contains("  ")
            };
            assert!(told.iter().all(words), "{name} {asked}");
        }
    }
}
