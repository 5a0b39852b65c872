//! `yimi backup`, `yimi restore` and `yimi check`.

use crate::scenarios::{does, told};
use crate::world::World;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use yimi::auth::Role;

fn yimi(database: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yimi"));
    command.args(arguments).env("YIMI_DATABASE", database).stdin(Stdio::null()).output().expect("runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

async fn filled() -> World {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat,id\nschool,甲校,116.05,36.05,1\nhope_cabin,某家,116.06,36.06,2\n").await;
    world.sites("kind,name,lon,lat,id\nschool,甲中学,116.05,36.05,1\n").await;
    world.children("id,lon,lat,age_0_14\nc1,116.05,36.05,7\n").await;
    world.person("wang", &[Role::Member], Some("u001")).await;
    world
}

#[tokio::test]
async fn a_backup_is_of_one_moment_while_others_write_and_comes_back_whole() {
    let world = filled().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let copy = path("backup.db");
    let wang = world.store.person_by_account("wang").await.expect("asked").expect("there");
    let session = yimi::registry::sessions::sign_in(&world.store, &wang, None).await.expect("signed in");
    // somebody writes all the time
    let store = world.store.clone();
    let stop = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (stopping, database) = (stop.clone(), world.database());
    let writing = tokio::spawn(async move {
        let mut written = 0;
        while !stopping.load(std::sync::atomic::Ordering::Relaxed) {
            yimi::registry::sessions::failed(&store, None).await.expect("written");
            written += 1;
        }
        written
    });
    let arguments = copy.clone();
    let made = tokio::task::spawn_blocking(move || yimi(&database, &["backup", &arguments])).await.expect("ended");
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let written = writing.await.expect("ended");
    assert!(made.status.success() && written > 0, "{} {written}", text(&made.stderr));
    assert!(!Path::new(&path("backup.db.part")).exists());
    assert_eq!(yimi(&world.database(), &["backup", &copy]).status.code(), Some(2), "no file is written over");

    let target = format!("sqlite:{}", path("restored.db"));
    let restored = yimi(&target, &["restore", &copy]);
    assert!(restored.status.success(), "{}", text(&restored.stderr));
    let checked = yimi(&target, &["check"]);
    assert!(
        checked.status.success() && text(&checked.stdout).contains("2 sites"),
        "{} {}",
        text(&checked.stdout),
        text(&checked.stderr)
    );
    assert!(text(&checked.stdout).contains("all is well"));
    // it holds what is nobody's business, and whoever was signed in then is not signed in now
    for file in [copy.clone(), path("restored.db")] {
        let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&file).expect("there"));
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    assert!(text(&restored.stdout).contains("everybody signs in anew"), "{}", text(&restored.stdout));
    let store = yimi::store::Store::open(&target).await.expect("opens");
    assert!(yimi::registry::sessions::session(&store, &session).await.expect("asked").is_none());
    store.close().await;
    // what is there is not written over by mistake
    let refused = yimi(&target, &["restore", &copy]);
    assert!(
        refused.status.code() == Some(2) && text(&refused.stderr).contains("--replace"),
        "{}",
        text(&refused.stderr)
    );
    // nor while it is in use
    let store = yimi::store::Store::open(&target).await.expect("opens");
    let refused = yimi(&target, &["restore", "--replace", &copy]);
    assert!(refused.status.code() == Some(2) && text(&refused.stderr).contains("in use"), "{}", text(&refused.stderr));
    store.close().await;
    assert!(yimi(&target, &["restore", "--replace", &copy]).status.success());
    assert!(yimi(&target, &["check"]).status.success());
}

#[tokio::test]
async fn what_is_no_backup_is_not_restored() {
    let world = filled().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let copy = path("backup.db");
    assert!(yimi(&world.database(), &["backup", &copy]).status.success());
    let target = format!("sqlite:{}", path("target.db"));
    std::fs::write(path("text.db"), "not a database at all, but long enough to be read as one, perhaps")
        .expect("written");
    let mut bytes = std::fs::read(&copy).expect("read");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0x5a);
    std::fs::write(path("broken.db"), &bytes).expect("written");
    std::fs::write(path("short.db"), &bytes[..4096 * 3]).expect("written");
    std::fs::write(path("empty.db"), "").expect("written");
    for name in ["text.db", "broken.db", "short.db", "empty.db", "none.db"] {
        let answer = yimi(&target, &["restore", &path(name)]);
        assert_eq!(answer.status.code(), Some(2), "{name}: {}", text(&answer.stderr));
        assert!(!Path::new(&path("target.db")).exists() && !Path::new(&path("target.db.restored")).exists(), "{name}");
    }
    assert_eq!(yimi(&target, &["backup", &path("of-nothing.db")]).status.code(), Some(2));
    assert_eq!(yimi(&target, &["check"]).status.code(), Some(2));
}

#[tokio::test]
async fn each_fault_is_found() {
    for (damage, words) in [
        ("update site set name = '别的' where id = 1", "site 1: is not as its newest line says"),
        ("delete from site where id = 1", "site 1: the log has it"),
        (
            "insert into site (id, kind, name, lon, lat, attributes, source, source_key, version, updated) select 9, kind, name, lon, lat, attributes, source, 'other', version, updated from site where id = 1",
            "site 9: has no line",
        ),
        ("drop trigger revision_only_grows_delete; delete from revision where id = 2", "wanted 1 to"),
        (
            "drop trigger revision_only_grows_delete; delete from revision where id = (select max(id) from revision)",
            "the last is",
        ),
        ("update person set version = 7", "person 1: is not at the version of its newest line"),
        (
            "update site set photos = '[{\"id\":\"gone\",\"width\":1,\"height\":1}]' where id = 1",
            "site 1: photo gone is not there",
        ),
        ("update dataset_chunk set content = zeroblob(9)", "damaged"),
        ("pragma foreign_keys = off; update person set unit = 'gone'", "loose row: person"),
    ] {
        let world = filled().await;
        assert!(yimi(&world.database(), &["check"]).status.success());
        does(&world, damage).await;
        let checked = yimi(&world.database(), &["check"]);
        assert!(
            checked.status.code() == Some(1) && text(&checked.stderr).contains(words),
            "{damage}: {}",
            text(&checked.stderr)
        );
    }
    let world = filled().await;
    assert_eq!(
        told(&world, "select distinct noun from revision order by noun").await,
        ["area", "dataset", "link", "person", "site", "unit"]
    );
}
