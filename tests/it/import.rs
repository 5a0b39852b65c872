//! Files of sites: what goes in, what is told, and what a second import does.

use crate::world::World;
use yimi::geo::Datum;
use yimi::import::ImportError;

fn wgs84(import: &mut yimi::import::SitesImport) {
    import.datum = Some(Datum::Wgs84);
}

#[tokio::test]
async fn the_rest_of_a_file_goes_in_and_each_wrong_cell_is_told() {
    let world = World::two_towns().await;
    let csv = "kind,name,lon,lat,opening_hours,phone\n\
        school,好校,116.05,36.05,Mo-Fr 08:00-17:00,0635-0000001\n\
        school,无坐标,,,,\n\
        school,写反,36.05,116.05,,\n\
        school,出界,216.05,36.05,,\n\
        school,非数,NaN,36.05,,\n\
        castle,未知类别,116.05,36.05,,\n\
        school,坏时间,116.05,36.05,早八点,\n\
        school,坏电话,116.05,36.05,,<script>\n\
        school,零岛,0,0,,\n\
        school,另一好校,116.06,36.05,,\n";
    let long_name = format!("{csv}school,{},116.05,36.05,,\nschool,控\u{7}制,116.05,36.05,,\n", "长".repeat(121));
    let report = world.import("s.csv", long_name, wgs84).await.expect("reads");
    assert_eq!((report.created, report.refused, report.kept), (2, 10, true));
    let told: Vec<(u64, &str)> = report.problems.iter().map(|p| (p.line, p.column.as_str())).collect();
    for cell in [
        (3, "lon"),
        (3, "lat"),
        (4, "lat"),
        (5, "lon"),
        (6, "lon"),
        (7, "kind"),
        (8, "opening_hours"),
        (9, "phone"),
        (10, "lon, lat"),
        (12, "name"),
        (13, "name"),
    ] {
        assert!(told.contains(&cell), "{cell:?} is not among {told:?}");
    }
    let swapped = report.problems.iter().find(|p| p.line == 4 && p.column == "lat").expect("told");
    assert!(swapped.wanted.en.contains("swapped") && swapped.found == "116.05");
    assert_eq!(world.anybody().await.gets("/api/sites").await.names(), ["好校", "另一好校"]);
}

#[tokio::test]
async fn all_or_nothing_and_a_dry_run_keep_nothing_and_tell_the_same() {
    let world = World::empty().await;
    let csv = "kind,name,lon,lat\nschool,好校,116.05,36.05\nschool,坏校,x,36.05\n";
    for set in [
        |i: &mut yimi::import::SitesImport| i.all_or_nothing = true,
        |i: &mut yimi::import::SitesImport| i.dry_run = true,
    ] {
        let report = world
            .import("s.csv", csv, |import| {
                wgs84(import);
                set(import);
            })
            .await
            .expect("reads");
        assert_eq!((report.created, report.refused, report.kept), (1, 1, false));
        assert_eq!(world.store.latest_revision().await.expect("reads"), 0);
    }
}

#[tokio::test]
async fn importing_again_updates_by_a_stable_key_and_duplicates_nothing() {
    let world = World::two_towns().await;
    let csv = "编号,类别,名称,经度,纬度\n1,学校,甲校,116.05,36.05\n2,学校,乙校,116.06,36.05\n,阅读空间,书屋,116.05,36.06\n,阅读空间,书屋,116.07,36.06\n";
    let first = world.import("s.csv", csv, wgs84).await.expect("reads");
    assert_eq!((first.created, first.refused), (4, 0));
    let again = world.import("renamed.csv", csv, wgs84).await.expect("reads");
    assert_eq!((again.created, again.amended, again.unchanged), (0, 0, 4));
    let moved = csv.replace("1,学校,甲校,116.05", "1,学校,甲校新址,116.055");
    let amended = world.import("s.csv", &moved, wgs84).await.expect("reads");
    assert_eq!((amended.created, amended.amended, amended.unchanged), (0, 1, 3));
    let names = world.anybody().await.gets("/api/sites").await.names();
    assert_eq!(names, ["甲校新址", "乙校", "书屋", "书屋"]);
    let lines = world.store.changed_after(0, 100).await.expect("reads");
    assert_eq!(
        lines.iter().filter(|line| line.noun == "site" && line.noun_id == "1").count(),
        2,
        "each change stands in the log"
    );
}

#[tokio::test]
async fn an_export_comes_back_as_what_it_was() {
    let world = World::demonstration().await;
    for format in [yimi::export::Format::Csv, yimi::export::Format::Geojson] {
        let mut out = Vec::new();
        let written =
            yimi::export::export_sites(&world.store, &world.rules.catalogue, format, &mut out).await.expect("writes");
        let report = world.import("export", out, |_| {}).await.expect("reads");
        assert_eq!(
            (report.unchanged, report.created, report.amended, report.refused),
            (written, 0, 0, 0),
            "{:?}",
            report.problems
        );
    }
}

#[tokio::test]
async fn encodings_separators_and_headings_of_real_spreadsheets_are_read() {
    let world = World::two_towns().await;
    let text = "名称;纬度;经度(GCJ-02);类别;地址\n甲校;36.05;116.05;学校;\"文化街\n1 号\"\n乙校;36.05;116.06;学校;\n";
    let (gbk, _, bad) = encoding_rs::GB18030.encode(text);
    assert!(!bad);
    for (name, bytes) in [
        ("utf8.csv", text.as_bytes().to_vec()),
        ("bom.csv", format!("\u{feff}{text}").into_bytes()),
        ("gbk.csv", gbk.into_owned()),
        ("tab.csv", text.replace(';', "\t").into_bytes()),
    ] {
        let report = world.import(name, bytes, |_| {}).await.expect(name);
        assert_eq!((report.rows, report.refused), (2, 0), "{name}: {:?}", report.problems);
    }
    let site = world.anybody().await.reads("/api/sites/1").await;
    let lon = site["geometry"]["coordinates"][0].as_f64().expect("a longitude");
    assert!((lon - 116.05).abs() > 0.004, "the heading says GCJ-02, so that the point moves by 500 m");
    assert_eq!(site["properties"]["address"], "文化街\n1 号");
}

#[tokio::test]
async fn xlsx_and_geojson_give_the_same_sites_as_csv() {
    let world = World::two_towns().await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["类别", "名称", "经度", "纬度", "坐标系", "容量"]) {
        sheet.write(0, column, heading).expect("written");
    }
    for (column, cell) in (0..).zip(["阅读空间", "甲书屋", "", "", "wgs84"]) {
        sheet.write(1, column, cell).expect("written");
    }
    for (column, number) in [(2, 116.05), (3, 36.05), (5, 60.0)] {
        sheet.write(1, column, number).expect("written");
    }
    let report = world.import("s.xlsx", book.save_to_buffer().expect("saved"), |_| {}).await.expect("reads");
    assert_eq!((report.created, report.refused), (1, 0), "{:?}", report.problems);
    let geojson = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[116.05,36.05]},"properties":{"类别":"阅读空间","名称":"甲书屋","容量":60}}]}"#;
    let report = world.import("s.geojson", geojson, |_| {}).await.expect("reads");
    assert_eq!((report.unchanged, report.refused), (1, 0), "{:?}", report.problems);
}

#[tokio::test]
async fn a_file_that_says_no_datum_or_no_kind_is_asked_for_it() {
    let world = World::empty().await;
    let unsaid = world.import("s.csv", "kind,name,lon,lat\nschool,甲,116,36\n", |_| {}).await;
    assert!(matches!(&unsaid, Err(ImportError::Unsaid(words)) if words.en.contains("--crs")), "{unsaid:?}");
    let unsaid = world.import("s.csv", "name,lon,lat\n甲,116,36\n", wgs84).await;
    assert!(matches!(&unsaid, Err(ImportError::Unsaid(words)) if words.en.contains("--kind")), "{unsaid:?}");
    let gcj = world.import("s.csv", "kind,name,经度(GCJ-02),纬度\nschool,甲,116,36\n", wgs84).await;
    assert!(matches!(&gcj, Err(ImportError::Unsaid(words)) if words.en.contains("gcj02")), "{gcj:?}");
    let school = world.rules.catalogue.kind_index("school");
    let report = world
        .import("s.csv", "name,lon,lat\n甲,116,36\n", |i| {
            wgs84(i);
            i.kind = school;
        })
        .await
        .expect("reads");
    assert_eq!(report.created, 1);
}

#[tokio::test]
async fn a_file_in_another_datum_than_said_is_called_out() {
    let world = World::demonstration().await;
    let mut out = Vec::new();
    let csv = yimi::export::Format::Csv;
    yimi::export::export_sites(&world.store, &world.rules.catalogue, csv, &mut out).await.expect("writes");
    for datum in [Datum::Gcj02, Datum::Bd09] {
        let mut rows = "kind,name,lon,lat\n".to_owned();
        for line in String::from_utf8(out.clone()).expect("text").lines().skip(1).take(50) {
            let cells: Vec<&str> = line.split(',').collect();
            let at = yimi::geo::LonLat::new(cells[2].parse().expect("lon"), cells[3].parse().expect("lat"))
                .expect("a position");
            let shifted = datum.from_wgs84(at);
            rows += &format!("{},{},{},{}\n", cells[0], cells[1], shifted.lon(), shifted.lat());
        }
        let wrong = world
            .import("amap.csv", &rows, |i| {
                wgs84(i);
                i.dry_run = true;
            })
            .await
            .expect("reads");
        assert!(wrong.warnings.iter().any(|w| w.en.contains(&format!("--crs {}", datum.id()))), "{:?}", wrong.warnings);
        let right = world
            .import("amap.csv", &rows, |i| {
                i.datum = Some(datum);
                i.dry_run = true;
            })
            .await
            .expect("reads");
        assert!(right.warnings.is_empty(), "{:?}", right.warnings);
    }
}

#[tokio::test]
async fn two_rows_with_one_number_are_told_and_a_repeated_row_counts_once() {
    let world = World::empty().await;
    let csv = "id,kind,name,lon,lat\n1,school,甲,116,36\n1,school,乙,116.1,36\n1,school,甲,116,36\n";
    let report = world.import("s.csv", csv, wgs84).await.expect("reads");
    assert_eq!((report.created, report.refused, report.repeated), (1, 1, 1));
    assert!(report.problems[0].line == 3 && report.problems[0].wanted.en.contains("line 2"));
}
