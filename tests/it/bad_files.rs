//! Files that are not what they should be: a clear error, nothing stored lost or half-written.

use crate::world::World;
use std::io::Write;
use std::path::PathBuf;
use yimi::geo::Datum;
use yimi::import::ImportError;

/// Imports `file`, which must be refused with `wanted` in the message, into a database that must stay as it was.
async fn refused(world: &World, file: PathBuf, wanted: &str) {
    let before = world.store.latest_revision().await.expect("reads");
    let name = file.display().to_string();
    match world.import_path(file, |import| import.datum = Some(Datum::Wgs84)).await {
        Err(ImportError::File(error)) => {
            assert!(error.to_string().contains(wanted) && !error.zh().is_empty(), "{name}: {error}");
            assert!(!error.to_string().contains('\n'), "one line: {error}");
        }
        other => panic!("{name}: {other:?}"),
    }
    assert_eq!(world.store.latest_revision().await.expect("reads"), before);
    assert_eq!(world.anybody().await.gets("/api/sites").await.names(), ["甲校"]);
}

async fn world() -> World {
    let world = World::two_towns().await;
    world.sites("kind,name,lon,lat\nschool,甲校,116.05,36.05\n").await;
    world
}

#[tokio::test]
async fn missing_empty_and_unreadable_files_are_refused() {
    let world = world().await;
    refused(&world, PathBuf::from("/no/such/file.csv"), "file.csv").await;
    refused(&world, world.file("empty.csv", ""), "empty").await;
    let folder = world.file("x", "").with_file_name("folder");
    std::fs::create_dir(&folder).expect("made");
    refused(&world, folder, "director").await;
    refused(&world, world.file("noise.csv", [0xff, 0xfe, 0x00, 0xd8, 0x41]), "").await;
    refused(&world, world.file("poem.csv", "床前明月光,疑是地上霜\n举头望明月,低头思故乡\n"), "name").await;
}

#[tokio::test]
async fn a_truncated_pbf_is_refused_with_the_byte_where_it_broke() {
    let world = world().await;
    let whole = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/data/donge/network.osm.pbf"))
        .expect("the demonstration network");
    refused(&world, world.file("cut.osm.pbf", &whole[..3]), "binary data").await;
    for cut in [20, 5_000, whole.len() / 2, whole.len() - 1] {
        refused(&world, world.file("cut.osm.pbf", &whole[..cut]), "byte").await;
    }
    let mut flipped = whole;
    let middle = flipped.len() / 2;
    flipped[middle..middle + 64].fill(0);
    refused(&world, world.file("flipped.osm.pbf", flipped), "byte").await;
}

#[tokio::test]
async fn a_zip_bomb_as_xlsx_is_refused_before_it_is_opened() {
    let world = world().await;
    let mut bomb = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    bomb.start_file("xl/worksheets/sheet1.xml", options).expect("started");
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..600 {
        bomb.write_all(&zeros).expect("written");
    }
    let bytes = bomb.finish().expect("finished").into_inner();
    assert!(bytes.len() < 4 << 20);
    refused(&world, world.file("bomb.xlsx", bytes), "").await;
}

#[tokio::test]
async fn a_line_of_200_megabytes_is_refused_without_being_held() {
    let world = world().await;
    let mut text = b"kind,name,lon,lat\nschool,".to_vec();
    text.resize(200 << 20, b'a');
    refused(&world, world.file("long.csv", text), "line 2").await;
}

#[tokio::test]
async fn broken_geojson_and_xlsx_are_refused_with_the_place() {
    let world = world().await;
    let cut =
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[116"#;
    refused(&world, world.file("cut.geojson", cut), "line 1").await;
    refused(&world, world.file("cut.xlsx", b"PK\x03\x04 and then nothing that a spreadsheet has"), "").await;
}

#[tokio::test]
async fn a_database_that_is_none_is_refused_and_left_alone() {
    let world = world().await;
    let file = world.file(
        "not.db",
        "this is a letter, not a database; it is long enough to have a header of its own, which is wrong",
    );
    let before = std::fs::read(&file).expect("read");
    let opened = yimi::store::Store::open(&format!("sqlite:{}", file.display())).await;
    assert!(opened.is_err());
    assert_eq!(std::fs::read(&file).expect("read"), before);
    assert!(yimi::store::Store::open("mysql://nowhere").await.is_err());
}
