use super::*;
use crate::text::Readings;

const AREAS: [&str; 8] = ["山东省", "聊城市", "东阿县", "铜城街道", "新城街道", "鱼山镇", "姜楼镇", "牛角店镇"];

fn readings() -> Readings {
    Readings::with_overrides([("东阿", "dong e"), ("阿胶", "e jiao")])
}

fn at(east_m: f64) -> LonLat {
    LonLat::new(116.25 + east_m / 89_900.0, 36.33).expect("a position")
}

fn looked(name: &str) -> Looked {
    Looked::new(0, at(0.0), name, None)
}

/// Each pair with whether it is one site.
fn pairs() -> Vec<(bool, &'static str, &'static str)> {
    let lines = include_str!("pairs.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (label, names) = line.split_at(1);
            let (a, b) = names.split_once('|').expect("two names");
            (label == "=", a.trim(), b.trim())
        })
        .collect()
}

#[test]
fn labelled_pairs_are_told_apart() {
    let readings = readings();
    let (places, pairs) = (Places::new(&readings, AREAS), pairs());
    let (mut hits, mut misses, mut alarms) = (0, Vec::new(), Vec::new());
    for (one, a, b) in &pairs {
        let told = same_name(&places, &looked(a), &looked(b));
        assert_eq!(told, same_name(&places, &looked(b), &looked(a)), "{a} and {b}, either way");
        match (one, told) {
            (true, true) => hits += 1,
            (true, false) => misses.push((a, b)),
            (false, true) => alarms.push((a, b)),
            (false, false) => {}
        }
    }
    let of = |n: usize, more: usize| n as f64 / (n + more) as f64;
    let (precision, recall) = (of(hits, alarms.len()), of(hits, misses.len()));
    println!("{} pairs: precision {precision:.3}, recall {recall:.3}", pairs.len());
    println!("missed: {misses:?}\nfalse alarms: {alarms:?}");
    assert!(pairs.len() >= 60 && precision >= 0.98 && recall >= 0.92, "missed {misses:?}, false alarms {alarms:?}");
}

#[test]
fn kind_distance_and_address_count() {
    let readings = readings();
    let (places, wanted) = (Places::new(&readings, AREAS), Looked::new(0, at(0.0), "阿胶街书屋", Some("阿胶街12号")));
    let known = |kind, east, address| Looked::new(kind, at(east), "阿胶街社区书屋", address);
    let found = |known: &Looked| likely(&places, &wanted, [((), known)]).len();
    assert_eq!(found(&known(0, 290.0, None)), 1);
    assert_eq!(found(&known(0, 310.0, None)), 0);
    assert_eq!(found(&known(1, 0.0, None)), 0, "of another kind");
    assert_eq!(found(&known(0, 1500.0, Some("阿胶街 12 号"))), 1, "of the same address");
    assert_eq!(found(&known(0, 1500.0, Some("阿胶街 13 号"))), 0);
    assert_eq!(found(&known(0, 2500.0, Some("阿胶街 12 号"))), 0);
}

#[test]
fn the_likeliest_comes_first() {
    let readings = readings();
    let (places, wanted) = (Places::new(&readings, AREAS), looked("东阿县图书馆"));
    let others = [looked("图书馆"), looked("东阿县第二图书馆"), looked("东阿图书馆"), looked("文化馆")];
    let found = likely(&places, &wanted, others.iter().enumerate());
    assert_eq!(found.iter().map(|likely| likely.key).collect::<Vec<_>>(), [2, 0]);
    assert!(found[0].similarity > found[1].similarity && found[0].distance_m < 1e-6);
}
