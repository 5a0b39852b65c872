//! The real binary, killed again and again while many write: what was answered is there, nothing is half there, and the log
//! has no gap. `YIMI_KILL_ROUNDS` says how often (200 for a thorough look).

use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use yimi::auth::Role;
use yimi::registry::people::{self, NewPerson};
use yimi::registry::sessions::sign_in;
use yimi::registry::units::{self, NewUnit};
use yimi::store::Store;

/// Rounds where nobody says how many.
const FEW: u32 = 3;
/// Who write at once.
const WRITERS: u64 = 4;

/// After so many rounds everything is looked at, and at the end: it takes longer than a round.
const LOOKED_AT_EVERY: u32 = 10;

/// What a server answered before it was killed.
#[derive(Default)]
struct Acknowledged {
    /// The version that each registration was told to stand at, by the key under which it was sent.
    versions: HashMap<String, (String, i64)>,
    /// Sites that were told to be public.
    sites: Vec<i64>,
    /// The key of the last registration that was sent and not answered.
    unanswered: Option<String>,
}

#[tokio::test]
async fn killed_at_full_speed_nothing_that_was_acknowledged_is_lost_and_nothing_is_half_there() {
    let rounds: u32 = std::env::var("YIMI_KILL_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(FEW);
    let folder = tempfile::tempdir().expect("a folder");
    let [member, reviewer] = people(folder.path()).await;
    let mut acknowledged: Vec<Acknowledged> = (0..WRITERS).map(|_| Acknowledged::default()).collect();
    let mut chance = 0x5eed_u64;
    // on a machine that is busy with other things a server may be killed before it answered anything
    let is_enough = |round, told: &[Acknowledged]| round >= rounds && told.iter().any(|told| !told.sites.is_empty());
    let mut round = 0;
    while !is_enough(round, &acknowledged) && round < 20 * rounds {
        let (mut server, address) = serve(folder.path());
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let live_for = Duration::from_millis(60 + (chance >> 33) % 400);
        std::thread::scope(|scope| {
            for (number, told) in acknowledged.iter_mut().enumerate() {
                let (address, member, reviewer) = (&address, &member, &reviewer);
                scope.spawn(move || {
                    write_until_killed(address, &[member, reviewer], &format!("{round}-{number}"), told);
                });
            }
            std::thread::sleep(live_for);
            // SIGKILL on this system
            server.kill().expect("killed");
        });
        server.wait().expect("gone");
        round += 1;
        // what was lost or torn stays so
        if round % LOOKED_AT_EVERY == 0 {
            is_whole(folder.path(), &acknowledged).await;
        }
    }
    is_whole(folder.path(), &acknowledged).await;
    let (versions, sites) =
        acknowledged.iter().fold((0, 0), |(v, s), told| (v + told.versions.len(), s + told.sites.len()));
    println!("{round} rounds: {versions} registrations and {sites} sites acknowledged, all there");
    assert!(sites > 0, "something was written");
}

/// A unit, and the cookies of a member and a reviewer.
async fn people(folder: &Path) -> [String; 2] {
    let store = Store::open(&database(folder)).await.expect("opens");
    let unit = NewUnit { id: Some("u001".to_owned()), name: "县图书馆".to_owned(), confirmed: true };
    units::add(&store, unit, "test").await.expect("a unit");
    let mut cookies = Vec::new();
    for (account, role, unit) in [("li", Role::Member, Some("u001")), ("sun", Role::Reviewer, None)] {
        let new = NewPerson {
            account: account.to_owned(),
            name: account.to_owned(),
            unit: unit.map(str::to_owned),
            roles: vec![role],
        };
        let (row, _) = people::add(&store, new, None, "test").await.expect("a person");
        cookies.push(format!("yimi={}", sign_in(&store, &row, None).await.expect("signed in")));
    }
    store.close().await;
    cookies.try_into().expect("two")
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("y.db").display())
}

fn serve(folder: &Path) -> (Child, String) {
    let mut server = Command::new(env!("CARGO_BIN_EXE_yimi"))
        .args(["serve", "--listen", "127.0.0.1:0"])
        .current_dir(folder)
        .env("YIMI_DATABASE", database(folder))
        .env_remove("YIMI_DATA")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let mut lines = BufReader::new(server.stdout.take().expect("piped")).lines();
    let line = lines.find_map(|line| line.expect("text").split_once("http://").map(|(_, at)| at.trim().to_owned()));
    (server, line.expect("an address"))
}

/// Registers and publishes one school after the other, first the one that was not answered before.
fn write_until_killed(address: &str, [member, reviewer]: &[&str; 2], name: &str, told: &mut Acknowledged) {
    let Ok(stream) = TcpStream::connect(address) else { return };
    stream.set_nodelay(true).expect("set");
    let mut stream = BufReader::new(stream);
    for number in 0.. {
        let key = told.unanswered.take().unwrap_or_else(|| format!("{name}-{number}"));
        let body = json!({
            "change": "create", "kind": "school", "name": format!("校{key}"), "lon": 116.05, "lat": 36.05,
            "attributes": { "capacity": 60 }, "submit": true,
        });
        told.unanswered = Some(key.clone());
        let headers = format!("cookie: {member}\r\nidempotency-key: {key}\r\n");
        let Some((status, registration)) = ask(&mut stream, "/api/registrations", &headers, &body) else { return };
        assert!([200, 201].contains(&status), "{status}: {registration}");
        told.unanswered = None;
        let (id, version) = (
            registration["id"].as_str().expect("an id").to_owned(),
            registration["version"].as_i64().expect("a version"),
        );
        told.versions.insert(key.clone(), (id.clone(), version));
        if registration["state"] == "published" {
            continue;
        }
        let headers = format!("cookie: {reviewer}\r\nif-match: \"{version}\"\r\n");
        let Some((status, published)) =
            ask(&mut stream, &format!("/api/registrations/{id}/publish"), &headers, &json!({}))
        else {
            return;
        };
        assert_eq!(status, 200, "{published}");
        told.versions.insert(key, (id, published["version"].as_i64().expect("a version")));
        told.sites.push(published["site"].as_i64().expect("a site"));
    }
}

/// One question on a connection that is kept; nothing when it broke off before the whole answer was there.
fn ask(stream: &mut BufReader<TcpStream>, path: &str, headers: &str, body: &Value) -> Option<(u16, Value)> {
    let body = body.to_string();
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.get_mut().write_all(request.as_bytes()).ok()?;
    let mut line = String::new();
    stream.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    let mut length = 0;
    loop {
        line.clear();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some(said) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = said.trim().parse().ok()?;
        }
    }
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer).ok()?;
    Some((status, serde_json::from_slice(&answer).ok()?))
}

async fn is_whole(folder: &Path, acknowledged: &[Acknowledged]) {
    let mut database = SqliteConnection::connect(&database(folder)).await.expect("opens");
    let sound: String = sqlx::query_scalar("pragma integrity_check").fetch_one(&mut database).await.expect("asked");
    assert_eq!(sound, "ok");
    let log: (i64, i64, i64) = sqlx::query_as("select count(*), min(id), max(id) from revision")
        .fetch_one(&mut database)
        .await
        .expect("a log");
    assert_eq!((log.1, log.2), (1, log.0), "the log has no gap");

    // each registration has a line for each of its versions, and the last says what the row says
    let torn = "select r.id from registration r where r.version <> (select count(*) from revision v
                  where v.noun = 'registration' and v.noun_id = r.id)
                or r.state <> (select v.after ->> 'state' from revision v
                  where v.noun = 'registration' and v.noun_id = r.id order by v.id desc limit 1)";
    let torn: Vec<String> = sqlx::query_scalar(torn).fetch_all(&mut database).await.expect("asked");
    assert!(torn.is_empty(), "half there: {torn:?}");
    let torn = "select s.id from site s where
                  s.version <> (select count(*) from revision v where v.noun = 'site' and v.noun_id = cast(s.id as text))
                  or s.id not in (select r.site from registration r where r.state = 'published' group by r.site having count(*) = 1)";
    let torn: Vec<i64> = sqlx::query_scalar(torn).fetch_all(&mut database).await.expect("asked");
    assert!(torn.is_empty(), "half there: {torn:?}");

    let rows: Vec<(String, String, i64)> =
        sqlx::query_as("select sent_as, id, version from registration").fetch_all(&mut database).await.expect("rows");
    let by_key: HashMap<&str, (&str, i64)> =
        rows.iter().map(|(key, id, version)| (key.as_str(), (id.as_str(), *version))).collect();
    assert_eq!(by_key.len(), rows.len(), "sent twice, registered once");
    let sites: Vec<i64> = sqlx::query_scalar("select id from site").fetch_all(&mut database).await.expect("sites");
    for told in acknowledged {
        for (key, (id, version)) in &told.versions {
            let (known, at) = by_key.get(key.as_str()).unwrap_or_else(|| panic!("{key} was acknowledged and is lost"));
            assert!(
                *known == id.as_str() && at >= version,
                "{key} was acknowledged at version {version}, it is at {at}"
            );
        }
        assert!(told.sites.iter().all(|site| sites.contains(site)), "a site was acknowledged and is lost");
    }
    database.close().await.expect("closed");
}
