//! The real binary: exit codes, one plain line for what is wrong, and a server that starts, serves and stops in order.

use crate::world::TWO_TOWNS;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn yimi(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yimi"));
    command.args(arguments).current_dir(folder).env("YIMI_DATABASE", "sqlite:var/y.db").env_remove("YIMI_DATA");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    yimi(folder, arguments).output().expect("runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_demonstration_county_loads_once_and_the_targets_are_the_routes() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(run(folder.path(), &["demo"]).status.success());
    let again = run(folder.path(), &["demo", "--if-empty"]);
    assert!(again.status.success() && again.stdout.is_empty());
    let targets: serde_json::Value =
        serde_json::from_slice(&run(folder.path(), &["targets", "--json"]).stdout).expect("json");
    assert_eq!(targets["targets"][0]["measured"], 7);
    let nearby = run(
        folder.path(),
        &["nearby", "--lon", "116.2432", "--lat", "36.3359", "--kind", "school", "--limit", "3", "--json"],
    );
    let nearby: serde_json::Value = serde_json::from_slice(&nearby.stdout).expect("json");
    assert_eq!(nearby["features"].as_array().map(Vec::len), Some(3));
    let route = run(folder.path(), &["route", "--from", "116.2432,36.3359", "--to", "116.2653,36.3300", "--json"]);
    let route: serde_json::Value = serde_json::from_slice(&route.stdout).expect("json");
    assert!(route["properties"]["length_m"].as_f64().is_some_and(|m| (2000.0..6000.0).contains(&m)), "{route}");
    let children = run(
        folder.path(),
        &["import", "children", concat!(env!("CARGO_MANIFEST_DIR"), "/data/donge/children.csv"), "--json"],
    );
    let children: serde_json::Value = serde_json::from_slice(&children.stdout).expect("json");
    assert_eq!((children["unchanged"].as_bool(), children["demonstration"].as_bool()), (Some(true), Some(true)));
    assert_eq!((children["total"].as_u64(), children["unsnapped"]["cells"].as_u64()), (Some(79_536), Some(0)));
    let coverage = ["coverage", "--kind", "reading_space", "--minutes", "15", "--where", "demonstration=true"];
    let plain = run(folder.path(), &coverage);
    let plain = String::from_utf8_lossy(&plain.stdout);
    let json = run(folder.path(), &[&coverage[..], &["--json"]].concat());
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("json");
    assert_eq!((json["children_total"].as_u64(), json["sites"]["counted"].as_u64()), (Some(67_613), Some(7)));
    assert!(plain.contains(&format!("{} of 67613 children", json["children_covered"])), "{plain}");
    assert_eq!(json["areas"].as_array().map(Vec::len), Some(10));
    let csv = run(folder.path(), &["export", "sites", "--format", "csv"]);
    assert!(csv.stdout.starts_with("\u{feff}kind,name".as_bytes()));
}

#[test]
fn what_is_wrong_is_told_in_one_line_with_exit_code_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("written");
    write("no-datum.csv", "kind,name,lon,lat\nschool,a,116,36\n");
    write("bad-row.csv", "kind,name,lon,lat\nschool,a,116,x\n");
    write("bad-children.csv", "lon,lat,age_0_14\n116,36,-1\n");
    write("areas.geojson", TWO_TOWNS);
    write("empty.osm", "<osm><node id=\"1\" lat=\"36\" lon=\"116\"/></osm>");
    let whole = include_bytes!("../../data/donge/network.osm.pbf");
    std::fs::write(folder.path().join("cut.osm.pbf"), &whole[..whole.len() / 2]).expect("written");
    for (arguments, words) in [
        (&["import", "sites", "nowhere.csv"][..], "nowhere.csv"),
        (&["import", "sites", "no-datum.csv"], "--crs"),
        (&["import", "sites", "no-datum.csv", "--crs", "wgs84", "--kind", "castle"], "castle"),
        (&["import", "sites", "bad-row.csv", "--crs", "wgs84"], "line 2, lat: found \"x\""),
        (&["import", "areas", "bad-row.csv"], "bad-row.csv"),
        (&["nearby", "--lon", "200", "--lat", "0"], "longitude"),
        (&["nearby", "--lon", "1", "--lat", "0", "--kind", "castle"], "castle"),
        (&["import", "network", "nowhere.osm.pbf"], "nowhere.osm.pbf"),
        (&["import", "network", "bad-row.csv"], "is no OpenStreetMap extract"),
        (&["import", "network", "cut.osm.pbf"], "the blob at byte"),
        (&["import", "network", "empty.osm"], "no way in it can be walked"),
        (&["import", "network", "empty.osm", "--clip", "371524"], "--clip 371524"),
        (&["import", "children", "nowhere.csv"], "nowhere.csv"),
        (&["import", "children", "bad-row.csv"], "no column of children"),
        (&["import", "children", "bad-children.csv", "--json"], "1 rows are wrong"),
        (&["import", "children", "no-datum.csv", "--count-column", "people"], "no column \"people\""),
        (&["route", "--from", "1,1", "--to", "1,2"], "no walking network"),
        (&["route", "--from", "1,1", "--to", "1,2", "--profile", "giant"], "giant"),
        (&["coverage", "--kind", "school"], "no walking network"),
        (&["coverage", "--kind", "castle"], "one of the kinds"),
        (&["coverage", "--kind", "hope_cabin"], "one kind that is shown as points"),
        (&["coverage", "--kind", "school", "--minutes", "0", "--at", "noon"], "a whole number from 1 to 120"),
        (&["coverage", "--kind", "school", "--where", "demonstration"], "wanted attribute=value"),
        (&["siting", "--kind", "school", "--add", "2"], "no walking network"),
        (&["siting", "--kind", "castle", "--add", "2"], "one of the kinds"),
        (&["targets", "--database", "oracle:x"], "sqlite:FILE"),
        (&["serve", "--basemap", "google"], "YIMI_BASEMAP"),
    ] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", told(&output));
        assert!(
            told(&output).contains(words) && told(&output).lines().count() == 1,
            "{arguments:?}: {}",
            told(&output)
        );
    }
    assert!(run(folder.path(), &["import", "areas", "areas.geojson"]).status.success());
}

#[test]
fn a_wrong_catalogue_or_target_file_is_refused_at_start_with_file_and_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("data")).expect("made");
    for (name, text, line) in [
        (
            "catalogue.toml",
            include_str!("../../data/catalogue.toml").replace("id = \"school\"", "id = \"School\""),
            "catalogue.toml, line",
        ),
        (
            "targets.toml",
            include_str!("../../data/targets.toml").replace("threshold = 10", "threshold = \"ten\""),
            "targets.toml, line",
        ),
        (
            "profiles.toml",
            include_str!("../../data/profiles.toml").replace("m_per_s = 1.0", "m_per_s = 10"),
            "profiles.toml, line",
        ),
    ] {
        let file = folder.path().join("data").join(name);
        std::fs::write(&file, text).expect("written");
        let output = run(folder.path(), &["serve", "--listen", "127.0.0.1:0"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(told(&output).contains(line), "{}", told(&output));
        std::fs::remove_file(file).expect("removed");
    }
}

#[test]
fn a_new_kind_and_a_new_target_need_no_recompiling() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("data")).expect("made");
    let kind = "\n[[kind]]\nid = \"toy_library\"\nname = { zh = \"玩具图书馆\", en = \"Toy library\" }\nglyph = \"blocks\"\nshape = \"circle\"\ncolour = \"#123456\"\nwalk_minutes = 10\nradius_m = 500\nvisibility = \"public\"\nstandard = { zh = \"无\", en = \"none\", confirmed = false }\n";
    let target = "\n[[target]]\nid = \"toys\"\nname = { zh = \"玩具图书馆\" }\ntext = { zh = \"两处玩具图书馆\" }\nmeasure = \"count\"\nkind = \"toy_library\"\nthreshold = 2\ndeadline = \"2030-12-31\"\nsource = { zh = \"某\" }\n";
    let data = |name: &str, text: String| std::fs::write(folder.path().join("data").join(name), text).expect("written");
    data("catalogue.toml", include_str!("../../data/catalogue.toml").to_owned() + kind);
    data("targets.toml", include_str!("../../data/targets.toml").to_owned() + target);
    std::fs::write(folder.path().join("t.csv"), "类别,名称,经度,纬度,坐标系\n玩具图书馆,甲,116,36,wgs84\n")
        .expect("written");
    assert!(run(folder.path(), &["import", "sites", "t.csv"]).status.success());
    let targets: serde_json::Value =
        serde_json::from_slice(&run(folder.path(), &["targets", "--json"]).stdout).expect("json");
    let toys = targets["targets"].as_array().expect("targets").iter().find(|t| t["id"] == "toys").expect("there");
    assert_eq!((&toys["measured"], &toys["threshold"]), (&1.into(), &2.into()));
}

#[test]
fn the_server_prints_its_address_serves_logs_no_place_and_stops_when_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = yimi(folder.path(), &["serve", "--listen", "127.0.0.1:0"])
        .env("YIMI_LOG", "debug,sqlx=warn")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut line = String::new();
    // kept open: the server prints more than a line
    let mut printed = BufReader::new(server.stdout.take().expect("piped"));
    printed.read_line(&mut line).expect("a line");
    let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).expect("connects");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap_or_else(|error| panic!("{path}: {error} after {answer}"));
        answer
    };
    assert!(get("/readyz").starts_with("HTTP/1.1 200"));
    let post = |path: &str, body: &str| {
        let mut stream = TcpStream::connect(&address).expect("connects");
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n");
        write!(stream, "{head}Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap_or_else(|error| panic!("{path}: {error} after {answer}"));
        answer
    };
    // another process writes, and the map shows it
    std::fs::write(folder.path().join("s.csv"), "kind,name,lon,lat\nschool,New School,116.3217,36\n").expect("written");
    assert!(run(folder.path(), &["import", "sites", "s.csv", "--crs", "wgs84"]).status.success());
    let seen = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        get("/api/nearby?lon=116.3214&lat=36.0123").contains("New School")
    });
    assert!(seen, "the server follows the revision log");
    // all that tells where somebody is or what they look for, rightly asked and wrongly
    assert!(post("/api/nearby", r#"{"lon":116.3214,"lat":36.0123}"#).contains("New School"));
    assert!(post("/api/nearby", r#"{"lon":"116.3214","lat":36.0123,"by":"wings"}"#).starts_with("HTTP/1.1 400"));
    assert!(post("/api/nearby", r#"{"lon":116.3214,"lat":36.0123"#).starts_with("HTTP/1.1 400"));
    assert!(post("/api/route", r#"{"from":[116.3214,36.0123],"to":[116.3217,36]}"#).starts_with("HTTP/1.1 404"));
    get("/api/route?from=116.3214,36.0123&to=116.3217,36");
    assert!(get("/api/search?q=newschool&near=116.32,36.01").contains("New School"));
    assert!(get("/s/1").contains("New School") && get("/api/sites/1/hours").starts_with("HTTP/1.1 200"));
    let killed = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().expect("kill runs");
    assert!(killed.success());
    let output = server.wait_with_output().expect("stops");
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && log.contains("/api/nearby"), "{log}");
    assert!(!log.contains("116.32") && !log.contains("36.01"), "a place is in the log: {log}");
    assert!(!log.contains("newschool"), "what somebody looked for is in the log: {log}");
    assert!(!log.contains("ERROR") && !log.contains("WARN"), "{log}");
}
