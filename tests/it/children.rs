//! Children from every format: totals to the child, wrong files refused while the former children stay in use.

use crate::geotiffs::GeoTiff;
use crate::world::World;
use crate::worlds::Drawn;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use tiff::decoder::Decoder;
use tiff::encoder::{Compression, DeflateLevel};
use tiff::tags::Tag;
use yimi::children::{AgeBand, Children, Method};
use yimi::geo::{Datum, LonLat, geodesic_m};
use yimi::import::{
    ChildrenError, ChildrenImport, ChildrenReport, Clip, CountColumn, ImportError, NetworkImport, import_children,
    import_network,
};
use yimi::snapshot::load;

/// Three square towns around the place where worlds are drawn; the third has no street.
const TOWNS: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"code":"371524101","name":"甲镇","name_en":"Jia Town","county":"某县","outline":"schematic"},
  "geometry":{"type":"Polygon","coordinates":[[[116.19,36.29],[116.21,36.29],[116.21,36.31],[116.19,36.31],[116.19,36.29]]]}},
 {"type":"Feature","properties":{"code":"371524102","name":"乙镇","county":"某县","outline":"schematic"},
  "geometry":{"type":"Polygon","coordinates":[[[116.21,36.29],[116.23,36.29],[116.23,36.31],[116.21,36.31],[116.21,36.29]]]}},
 {"type":"Feature","properties":{"code":"371524103","name":"丙镇","county":"某县","outline":"schematic"},
  "geometry":{"type":"Polygon","coordinates":[[[116.23,36.29],[116.25,36.29],[116.25,36.31],[116.23,36.31],[116.23,36.29]]]}}]}"#;

/// A street of 1,200 m through the first two towns, half of it a larger road beyond the border, and one of 600 m.
fn streets() -> Drawn {
    Drawn::default()
        .points(&[('a', 0.0, 0.0), ('b', 1200.0, 0.0), ('c', 1200.0, 600.0), ('d', 1200.0, -900.0)])
        .way("ab", "highway=residential")
        .way("bc", "highway=residential")
        .way("bd", "highway=primary")
}

async fn network(world: &World) {
    let file = world.file("network.osm", streets().xml());
    let import = NetworkImport { file, clip: None, who: "test".into() };
    import_network(&world.store, import, |_, _| {}).await.expect("a network");
}

async fn three_towns() -> World {
    let world = World::empty().await;
    world.areas(TOWNS).await.expect("towns");
    network(&world).await;
    world
}

async fn files(
    world: &World,
    files: Vec<PathBuf>,
    with: impl FnOnce(&mut ChildrenImport),
) -> Result<ChildrenReport, ImportError> {
    let mut import = ChildrenImport {
        files,
        count_columns: Vec::new(),
        ages: Vec::new(),
        datum: None,
        clip: None,
        who: "test".into(),
    };
    with(&mut import);
    import_children(&world.store, &world.rules, import, |done, total| assert!(done <= total)).await
}

async fn bring(world: &World, name: &str, content: impl AsRef<[u8]>) -> Result<ChildrenReport, ImportError> {
    files(world, vec![world.file(name, content)], |_| {}).await
}

async fn in_use(world: &World) -> Children {
    let snapshot = load(&world.store, world.rules.clone()).await.expect("loads");
    Children::clone(snapshot.children().expect("children"))
}

fn refused(result: Result<ChildrenReport, ImportError>) -> String {
    result.expect_err("refused").to_string()
}

/// The wrong cells that are told: line, column, found.
fn wrong(result: Result<ChildrenReport, ImportError>) -> Vec<(u64, String, String)> {
    match result {
        Err(ImportError::Children(ChildrenError::Rows(rows))) => {
            rows.problems.into_iter().map(|p| (p.line, p.column, p.found)).collect()
        }
        other => panic!("{other:?}"),
    }
}

fn sums(report: &ChildrenReport) -> Vec<u64> {
    report.counted.bands.iter().map(|band| band.total).collect()
}

#[tokio::test]
async fn a_table_as_a_county_writes_it_keeps_each_bands_total() {
    let world = three_towns().await;
    let text = "网格;纬度;经度;备注;3-5岁;0-2岁\n甲;36.3001;116.201;x;0.5;1\n乙;36.3001;116.202;;0.25;\n丙;36.3001;116.203;;0.75;2\n丁;36.3001;116.204;;;0\n";
    let (gbk, _, bad) = encoding_rs::GB18030.encode(text);
    assert!(!bad);
    for (name, bytes) in [
        ("gbk.csv", gbk.into_owned()),
        ("bom.csv", format!("\u{feff}{text}").into_bytes()),
        ("tab.csv", text.replace(';', "\t").into_bytes()),
    ] {
        let report = bring(&world, name, bytes).await.expect(name);
        assert_eq!((sums(&report), report.counted.total), (vec![3, 2], 5), "{name}");
        assert_eq!((report.counted.cells, report.counted.zero_cells), (3 - 1, 1 + 1), "{name}: 乙 is rounded to none");
        assert_eq!((report.counted.method, report.counted.demonstration), (Method::Rounded, false));
        assert_eq!(report.unused_columns, ["备注"]);
    }
    let children = in_use(&world).await;
    assert_eq!((children.id(0), children.counts(0)), ("甲", &[1, 1][..]));
    assert_eq!((children.at(0).lon(), children.at(0).lat()), (116.201, 36.3001));
}

#[tokio::test]
async fn the_same_children_again_are_no_new_version_and_areas_and_streets_are_told() {
    let world = three_towns().await;
    let csv = "id,lon,lat,age_0_14\na,116.205,36.3,10\nb,116.205,36.3,4\nfar,116.205,36.306,7\nout,116.3,36.4,2\n";
    let report = bring(&world, "c.csv", csv).await.expect("imports");
    assert_eq!((report.version, report.unchanged, report.counted.method), (1, false, Method::Given));
    let towns: Vec<u64> = report.areas.iter().map(|area| area.children).collect();
    assert_eq!((towns, report.outside_areas), (vec![21, 0, 0], Some(2)));
    let far = report.unsnapped.expect("a network");
    assert_eq!((far.cells, far.children), (2, 9));
    assert_eq!((far.listed[0].id.as_str(), far.listed[0].children, far.listed[1].street_m), ("far", 7, None));
    assert!(far.listed[0].street_m.is_some_and(|metres| (metres - 666.0).abs() < 3.0), "{:?}", far.listed[0]);
    assert_eq!(in_use(&world).await.len(), 4, "what is far is kept, and two cells at one place stay two");
    let again = bring(&world, "other-name.csv", csv).await.expect("imports");
    assert_eq!((again.version, again.unchanged), (1, true));
}

#[tokio::test]
async fn one_wrong_row_keeps_out_the_whole_file_and_each_wrong_cell_is_told() {
    let world = three_towns().await;
    bring(&world, "c.csv", "lon,lat,age_0_14\n116.205,36.3,10\n").await.expect("imports");
    let csv = "id,lon,lat,age_0_2,age_3_5\n\
        a,116.205,36.3,1,2\n\
        b,116.205,36.3,-1,2\n\
        c,116.205,36.3,NaN,inf\n\
        d,,,1,1\n\
        e,36.3,116.2,1,1\n\
        f,116.205,36.3,many,1\n\
        g,0,0,1,1\n\
        h,116.2,36.3,1,1,surplus\n";
    let told = wrong(bring(&world, "bad.csv", csv).await);
    for (line, column, found) in [
        (3, "age_0_2", "-1"),
        (4, "age_0_2", "NaN"),
        (4, "age_3_5", "inf"),
        (5, "lon", ""),
        (5, "lat", ""),
        (6, "lat", "116.2"),
        (7, "age_0_2", "many"),
        (8, "lon, lat", "0, 0"),
        (9, "#6", "6"),
    ] {
        assert!(told.contains(&(line, column.to_owned(), found.to_owned())), "{line} {column} in {told:?}");
    }
    assert_eq!(told.len(), 9);
    assert_eq!(in_use(&world).await.len(), 1, "the former children stay in use");
}

#[tokio::test]
async fn what_the_headings_leave_open_is_asked_for() {
    let world = World::empty().await;
    for (name, content, words) in [
        ("people.csv", "lon,lat,population\n116,36,1\n", "--count-column"),
        ("twice.csv", "lon,lat,age_0_14,age_0_2\n116,36,3,1\n", "overlap"),
        ("nowhere.csv", "lon,age_0_14\n116,3\n", "nothing tells where a row is"),
        ("towns.csv", "乡镇,0-14岁\n甲镇,3\n", "yimi import areas"),
        ("none.csv", "lon,lat,age_0_14\n116,36,0\n", "no child in it"),
        ("book.xlsx", "PK\u{3}\u{4}…", "save an .xlsx as CSV"),
        ("damaged.tif", "II*\0…", "can't be read"),
        ("datums.csv", "百度经度,高德纬度,age_0_14\n116,36,1\n", "different datums"),
    ] {
        let told = refused(bring(&world, name, content).await);
        assert!(told.contains(words), "{name}: {told}");
    }
    assert_eq!(world.store.latest_revision().await.expect("reads"), 0);
    world.areas(TOWNS).await.expect("towns");
    assert!(refused(bring(&world, "towns.csv", "乡镇,0-14岁\n甲镇,3\n").await).contains("yimi import network"));
    let csv = world.file("c.csv", "lon,lat,age_0_14\n116.2,36.3,1\n");
    assert!(refused(files(&world, vec![csv.clone(), csv.clone()], |_| {}).await).contains("only rasters"));
    let ages = files(&world, vec![csv.clone()], |import| import.ages = vec![CountColumn::USUAL]).await;
    assert!(refused(ages).contains("--ages"));
    let nowhere = files(&world, vec![csv], |import| import.clip = Clip::parse("999")).await;
    assert!(refused(nowhere).contains("--clip 999"));
}

#[tokio::test]
async fn positions_in_the_vendors_datums_are_moved_to_where_they_are() {
    let world = World::empty().await;
    let at = LonLat::new(116.2, 36.3).expect("a position");
    for (headings, datum, said) in [
        ("经度,纬度", Datum::Wgs84, None),
        ("百度经度,百度纬度", Datum::Bd09, None),
        ("lon,lat", Datum::Gcj02, Some(Datum::Gcj02)),
    ] {
        let written = datum.from_wgs84(at);
        let csv = format!("{headings},age_0_14\n{},{},1\n", written.lon(), written.lat());
        let file = world.file("c.csv", csv);
        files(&world, vec![file], |import| import.datum = said).await.expect(headings);
        assert!(geodesic_m(in_use(&world).await.at(0), at) < 0.02, "{headings}");
    }
    let file = world.file("c.csv", "百度经度,百度纬度,age_0_14\n116,36,1\n");
    let told = refused(files(&world, vec![file], |import| import.datum = Some(Datum::Gcj02)).await);
    assert!(told.contains("bd09") && told.contains("gcj02"), "{told}");
    let rows = "lon,lat,crs,age_0_14\n116.2,36.3,北京54,1\n";
    assert_eq!(wrong(bring(&world, "c.csv", rows).await), [(2, "crs".to_owned(), "北京54".to_owned())]);
}

#[tokio::test]
async fn data_made_up_for_show_stay_labelled() {
    let world = World::empty().await;
    let csv = "lon,lat,age_0_14,source\n116,36,1,demonstration\n116.1,36,1,demonstration\n";
    assert!(bring(&world, "c.csv", csv).await.expect("imports").counted.demonstration);
    assert!(in_use(&world).await.demonstration());
    let mixed = bring(&world, "c.csv", csv.replacen("demonstration", "县统计局", 1)).await.expect("imports");
    assert!(!mixed.counted.demonstration && mixed.warnings[0].en.contains("1 of 2"), "{:?}", mixed.warnings);
}

#[tokio::test]
async fn geojson_cells_stand_at_a_place_inside_them() {
    let world = three_towns().await;
    let feature = |geometry: &str, properties: &str| {
        format!(r#"{{"type":"Feature","id":"f7","geometry":{geometry},"properties":{properties}}}"#)
    };
    let square = "[[116.204,36.299],[116.206,36.299],[116.206,36.301],[116.204,36.301],[116.204,36.299]]";
    let good = [
        feature(r#"{"type":"Point","coordinates":[116.203,36.3]}"#, r#"{"age_0_14":2.5,"note":"x"}"#),
        feature(
            &format!(r#"{{"type":"Polygon","coordinates":[{square}]}}"#),
            r#"{"编号":"k","age_0_14":"1.5","lon":1,"经度":2}"#,
        ),
        feature(&format!(r#"{{"type":"MultiPolygon","coordinates":[[{square}]]}}"#), r#"{"age_0_14":null}"#),
    ];
    let collection = |all: &[String]| format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, all.join(","));
    let report = bring(&world, "c.geojson", collection(&good)).await.expect("imports");
    assert_eq!((report.counted.total, report.counted.cells, report.counted.zero_cells), (4, 2, 1));
    assert_eq!(report.unused_columns, ["note"]);
    let children = in_use(&world).await;
    assert_eq!((children.id(0), children.id(1)), ("f7", "k"));
    assert!(geodesic_m(children.at(1), LonLat::new(116.205, 36.3).expect("a position")) < 0.1);
    let bad = [
        feature("null", r#"{"age_0_14":1}"#),
        feature(r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#, r#"{"age_0_14":1}"#),
        feature(r#"{"type":"Point","coordinates":[216.2,36.3]}"#, r#"{"age_0_14":[1]}"#),
    ];
    let told: Vec<(u64, String)> =
        wrong(bring(&world, "c.geojson", collection(&bad)).await).into_iter().map(|p| (p.0, p.1)).collect();
    let named = |line, column: &str| (line, column.to_owned());
    assert_eq!(told, [named(1, "geometry"), named(2, "geometry"), named(3, "age_0_14"), named(3, "geometry")]);
}

#[tokio::test]
async fn totals_of_towns_are_spread_over_their_streets_to_the_child() {
    let world = three_towns().await;
    let csv = "code,name,age_0_5,age_6_14\n371524101,,1001,500.4\n,乙镇,77,0.6\n,丙镇,9,0\n";
    let report = bring(&world, "towns.csv", csv).await.expect("imports");
    assert_eq!((sums(&report), report.counted.method), (vec![1087, 501], Method::Spread));
    let towns: Vec<u64> = report.areas.iter().map(|area| area.children).collect();
    assert_eq!((towns, report.outside_areas), (vec![1501, 78, 9], Some(0)));
    assert!(report.warnings.iter().any(|words| words.zh.contains("丙镇")), "{:?}", report.warnings);
    let children = in_use(&world).await;
    // every cell is on a residential street, and not on the primary road to the south
    let label = children.len() - 1;
    for cell in 0..label {
        let at = children.at(cell);
        assert!(at.lat() > 36.2999, "{at:?}");
        let on_the_street = (at.lat() - 36.3).abs() < 2e-6 || (at.lon() - (116.2 + 1200.0 / 89_820.959)).abs() < 2e-6;
        assert!(on_the_street, "{at:?}");
    }
    assert_eq!((children.id(label), children.counts(label)), ("371524103", &[9, 0][..]));
    // of the 302 m and 600 m in 乙镇, 350 m lie beyond the first row of squares: 30 of 77
    let north: u32 = (0..label).filter(|cell| children.at(*cell).lat() > 36.3022).map(|c| children.counts(c)[0]).sum();
    assert!((29..=31).contains(&north), "{north}");
}

#[tokio::test]
async fn towns_that_nobody_knows_are_refused_with_their_line() {
    let world = three_towns().await;
    let csv = "name,age_0_14\n甲镇,5\n丁镇,5\nJIA TOWN,3\n,2\n";
    let told = wrong(bring(&world, "towns.csv", csv).await);
    let lines: Vec<(u64, &str)> = told.iter().map(|p| (p.0, p.2.as_str())).collect();
    assert_eq!(lines, [(3, "丁镇"), (4, "JIA TOWN"), (5, "")]);
    let file = world.file("towns.csv", "name,age_0_14\n甲镇,5\n");
    assert!(refused(files(&world, vec![file], |i| i.clip = Clip::parse("3715")).await).contains("can't be cut"));
}

#[tokio::test]
async fn children_outside_the_network_are_refused_with_both_boxes_and_the_former_stay() {
    let world = three_towns().await;
    bring(&world, "c.csv", "lon,lat,age_0_14\n116.205,36.3,10\n").await.expect("imports");
    let told = refused(bring(&world, "c.csv", "lon,lat,age_0_14\n10,50,3\n11,51,4\n").await);
    assert!(told.contains("10.0000,50.0000,11.0000,51.0000") && told.contains("116.2000,36.2919"), "{told}");
    assert_eq!(in_use(&world).await.len(), 1);
}

/// Pixels with people where `people` says so, and nodata elsewhere.
fn pixels(tiff: &GeoTiff, people: impl Fn(u32, u32) -> f32) -> Vec<f32> {
    (0..tiff.width * tiff.height).map(|place| people(place % tiff.width, place / tiff.width)).collect()
}

#[tokio::test]
async fn a_raster_is_read_in_strips_and_tiles_packed_or_not() {
    let world = World::empty().await;
    let mut tiff = GeoTiff::new(40, 20);
    let values = pixels(&tiff, |column, row| match (column, row) {
        (0, 0) => 10.25,
        (39, 19) => 3.5,
        (5, 7) => 0.25,
        (_, 3) => 0.0,
        _ => -99999.0,
    });
    for compression in [Compression::Uncompressed, Compression::Lzw, Compression::Deflate(DeflateLevel::Fast)] {
        tiff.compression = compression;
        let report = bring(&world, "r.tif", tiff.floats(&values)).await.expect("imports");
        assert_eq!((report.counted.total, report.counted.cells, report.counted.method), (14, 2, Method::Raster));
        assert_eq!(report.counted.zero_cells, 41, "a row of 0, and one rounded to none");
    }
    let children = in_use(&world).await;
    assert_eq!((children.id(0), children.counts(0), children.counts(1)), ("r1c1", &[10][..], &[4][..]));
    assert!(geodesic_m(children.at(1), LonLat::new(116.395, 35.905).expect("a position")) < 0.05);
    let mut sparse = values.clone();
    sparse.iter_mut().filter(|people| **people == 0.0).for_each(|people| *people = -99999.0);
    let tiles = bring(&world, "tiles.tif", tiff.tiles(&sparse)).await.expect("imports");
    assert_eq!((tiles.counted.total, tiles.counted.cells, tiles.unchanged), (14, 2, true));
    let mut whole = vec![0; 800];
    (whole[0], whole[799]) = (10, 4);
    let differences = bring(&world, "int.tif", tiff.differences(&whole)).await.expect("imports");
    assert_eq!((differences.counted.total, differences.unchanged), (14, true));
}

#[tokio::test]
async fn a_village_of_small_fractions_keeps_its_children() {
    let world = World::empty().await;
    world.areas(&TOWNS.replace("36.29", "35.90").replace("36.31", "36.10")).await.expect("towns");
    // two columns a town: 40 pixels of 0.3, of 0.6 and of 0.05 of a child
    let tiff = GeoTiff { corner: [116.19, 36.1], ..GeoTiff::new(6, 20) };
    let values = pixels(&tiff, |column, _| [0.3, 0.6, 0.05][column as usize / 2]);
    let report = bring(&world, "r.tif", tiff.floats(&values)).await.expect("imports");
    assert_eq!(report.counted.total, 38);
    for (area, wanted) in report.areas.iter().zip([12_u64, 24, 2]) {
        assert!(area.children.abs_diff(wanted) <= 2, "{area:?}: wanted {wanted}");
    }
}

#[tokio::test]
async fn only_the_part_of_a_raster_that_is_wanted_is_decoded() {
    let world = World::empty().await;
    let tiff =
        GeoTiff { rows_per_strip: 1, compression: Compression::Deflate(DeflateLevel::Fast), ..GeoTiff::new(40, 20) };
    let mut bytes = tiff.floats(&pixels(&tiff, |_, row| if row < 10 { 1.0 } else { 2.0 }));
    let first =
        Decoder::new(Cursor::new(&bytes)).expect("opens").get_tag_u32_vec(Tag::StripOffsets).expect("strips")[0];
    bytes[first as usize..][..6].fill(0xff);
    let told = refused(bring(&world, "r.tif", &bytes).await);
    assert!(told.contains("r.tif") && told.contains("can't be read"), "{told}");
    // the pixels whose middles lie in the box: 116.005 to 116.035, 35.955 to 35.985
    let file = world.file("r.tif", &bytes);
    let clip = |text: &str| Clip::parse(text);
    let report = files(&world, vec![file.clone()], |i| i.clip = clip("116,35.95,116.04,35.99")).await.expect("imports");
    assert_eq!((report.counted.cells, report.counted.total), (16, 32));
    world.areas(&TOWNS.replace("36.29", "35.95").replace("36.31", "35.97")).await.expect("towns");
    let report = files(&world, vec![file.clone()], |_| {}).await.expect("imports");
    assert_eq!((report.counted.cells, report.outside_areas), (12, Some(0)), "the box of all areas");
    let report = files(&world, vec![file], |i| i.clip = clip("371524102")).await.expect("imports");
    assert_eq!(report.counted.cells, 4, "one town");
}

#[tokio::test]
async fn rasters_of_several_ages_and_both_sexes_make_one_county() {
    let world = World::empty().await;
    let tiff = GeoTiff::new(4, 2);
    let file =
        |name: &str, people: f32| world.file(name, tiff.floats(&pixels(&tiff, |column, _| people * column as f32)));
    let worldpop = vec![
        file("chn_f_5_2020.tif", 0.5),
        file("chn_m_5_2020.tif", 0.25),
        file("chn_f_0_2020.tif", 1.0),
        file("chn_m_0_2020.tif", 1.0),
    ];
    let report = files(&world, worldpop, |_| {}).await.expect("imports");
    assert_eq!((sums(&report), report.counted.cells, report.warnings.len()), (vec![24, 9], 6, 0));
    assert_eq!(in_use(&world).await.bands()[1], AgeBand { from: 5, to: 9 });
    let told = AgeBand::parse("6-14").expect("ages");
    let report = files(&world, vec![file("a.tif", 1.0)], |i| i.ages = vec![told]).await.expect("imports");
    assert_eq!(report.counted.bands[0].from, 6);
    let other = GeoTiff { corner: [116.0, 36.2], ..tiff.clone() };
    let other = world.file("b.tif", other.floats(&[1.0; 8]));
    let ages = ["0-5", "6-14"].map(|ages| AgeBand::parse(ages).expect("ages"));
    let grids = files(&world, vec![file("a.tif", 1.0), other], |i| i.ages = ages.to_vec()).await;
    assert!(refused(grids).contains("different pixels"));
}

#[tokio::test]
async fn a_raster_in_another_projection_is_refused_with_its_name() {
    let world = World::empty().await;
    for (system, name) in [
        (Some([1, 3072, 32650]), "WGS 84 / UTM zone 50N (EPSG:32650)"),
        (Some([1, 3072, 3857]), "WGS 84 / Pseudo-Mercator (EPSG:3857)"),
        (Some([1, 3072, 4548]), "CGCS2000 / 3-degree Gauss-Kruger CM 117E (EPSG:4548)"),
        (Some([1, 3072, 2154]), "EPSG:2154"),
        (Some([2, 2048, 4214]), "Beijing 1954 (EPSG:4214)"),
        (None, "no GeoKeys"),
    ] {
        let tiff = GeoTiff { system, ..GeoTiff::new(2, 2) };
        let told = refused(bring(&world, "r.tif", tiff.floats(&[1.0; 4])).await);
        assert!(told.contains(name) && told.contains("EPSG:4326"), "{told}");
    }
    let cgcs = GeoTiff { system: Some([2, 2048, 4490]), ..GeoTiff::new(2, 2) };
    bring(&world, "r.tif", cgcs.floats(&[1.0; 4])).await.expect("CGCS2000 in degrees");
}

#[tokio::test]
async fn pixels_that_are_no_counts_are_told_by_row_and_column() {
    let world = World::empty().await;
    let tiff = GeoTiff { nodata: None, ..GeoTiff::new(3, 2) };
    let told = wrong(bring(&world, "r.tif", tiff.floats(&[1.0, 1.0, -2.0, f32::NAN, 1.0, 1.0])).await);
    let cells: Vec<(u64, bool, &str)> = told.iter().map(|p| (p.0, p.1.ends_with('3'), p.2.as_str())).collect();
    assert_eq!(cells, [(1, true, "-2"), (2, false, "NaN")]);
    let nan = GeoTiff { nodata: Some("nan"), ..GeoTiff::new(3, 2) };
    let report = bring(&world, "r.tif", nan.floats(&[1.0, 1.0, 0.0, f32::NAN, 1.0, 1.0])).await.expect("imports");
    assert_eq!((report.counted.total, report.counted.zero_cells), (4, 1));
    // GDAL writes the lowest float in decimals
    let lowest = GeoTiff { nodata: Some("-3.40282346638528898e+38"), ..GeoTiff::new(2, 1) };
    assert_eq!(bring(&world, "r.tif", lowest.floats(&[f32::MIN, 2.0])).await.expect("imports").counted.total, 2);
}

#[tokio::test]
async fn what_is_known_of_children_is_told_over_http() {
    let world = three_towns().await;
    let anybody = world.anybody().await;
    let none = anybody.gets("/api/children").await;
    assert_eq!(
        (none.status.as_u16(), none.json()["detail_zh"].as_str()),
        (404, Some("还没有儿童数据；请用 yimi import children 导入"))
    );
    let csv = "lon,lat,age_0_5,age_6_14,age_15_18,source\n116.205,36.3,10,4,3,demonstration\n";
    bring(&world, "c.csv", csv).await.expect("imports");
    anybody.catches_up().await;
    let told = anybody.reads("/api/children").await;
    assert_eq!(
        (told["total"].as_u64(), told["cells"].as_u64(), told["source"].as_str()),
        (Some(17), Some(1), Some("c.csv"))
    );
    assert_eq!((told["method"].as_str(), told["demonstration"].as_bool()), (Some("given"), Some(true)));
    assert_eq!(told["usual"], serde_json::json!({"from": 0, "to": 14}));
    assert_eq!(told["bands"][2], serde_json::json!({"from": 15, "to": 18}));
    assert!(!told.to_string().contains("116.205"), "where they live is not told");
}

#[tokio::test]
async fn porto_alegre_comes_in_to_the_last_person() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/osm");
    let (extract, cells) = (folder.join("porto-alegre.osm.pbf"), folder.join("porto-alegre-hexgrid.csv"));
    if !extract.exists() || !cells.exists() {
        println!("skipped: Porto Alegre is not on this machine");
        return;
    }
    let world = World::empty().await;
    let import = NetworkImport { file: extract, clip: None, who: "test".into() };
    import_network(&world.store, import, |_, _| {}).await.expect("a network");
    let population = CountColumn::parse("population").expect("a column");
    let report = files(&world, vec![cells], |import| import.count_columns = vec![population]).await.expect("imports");
    assert_eq!((report.counted.total, report.counted.cells, report.counted.zero_cells), (812_935, 1_124, 103));
    assert_eq!(report.unused_columns, ["schools", "jobs", "healthcare"]);
}
