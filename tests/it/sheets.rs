//! `/api/sheets`: a unit's own spreadsheet is sent, looked through, corrected and submitted.

use crate::world::{Answer, Anybody, World};
use axum::body::Body;
use axum::http::Request;
use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use sqlx::Connection;
use std::io::{Cursor, Write};
use yimi::auth::Role;

/// Somebody of a unit, who asks.
struct Member {
    anybody: Anybody,
}

async fn member(world: &World, anybody: &Anybody, account: &str, unit: &str) -> Member {
    let id = world.person(account, &[Role::Member], Some(unit)).await;
    Member { anybody: anybody.with_cookie(Some(world.cookie(id).await)) }
}

impl Member {
    async fn asks(&self, method: &str, address: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        if matches!(method, "PUT" | "PATCH") {
            request = request.header("content-type", "application/json");
        }
        self.anybody.asks(request.body(body.into()).expect("a request")).await
    }

    async fn gets(&self, address: &str) -> Value {
        let answer = self.asks("GET", address, Body::empty()).await;
        assert_eq!(answer.status, 200, "{address}: {}", answer.text);
        answer.json()
    }

    /// Sends a file; its address.
    async fn sends(&self, query: &str, bytes: impl Into<Body>) -> String {
        let answer = self.asks("POST", &format!("/api/sheets?kind=reading_space&{query}"), bytes).await;
        assert_eq!(answer.status, 202, "{}", answer.text);
        let address = answer.header("location").to_owned();
        assert!(address.ends_with(answer.json()["id"].as_str().expect("an id")));
        address
    }

    /// Sends a file and waits until its rows were looked through.
    async fn sent(&self, query: &str, bytes: impl Into<Body>) -> (String, Value) {
        let address = self.sends(query, bytes).await;
        let events = self.asks("GET", &format!("{address}/events"), Body::empty()).await;
        let done = events.text.rsplit("event: done\ndata: ").next().expect("an end");
        (address, serde_json::from_str(done.trim()).unwrap_or_else(|e| panic!("{e}: {}", events.text)))
    }

    async fn rows(&self, address: &str, query: &str) -> Vec<Value> {
        self.gets(&format!("{address}/rows?{query}")).await["rows"].as_array().expect("rows").clone()
    }

    async fn edits(&self, address: &str, edits: &Value) -> Answer {
        self.asks("PATCH", &format!("{address}/rows"), edits.to_string()).await
    }
}

/// What the database says to a query of one number.
async fn number(world: &World, query: &'static str) -> i64 {
    let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
    sqlx::query_scalar(query).fetch_one(&mut database).await.expect("asked")
}

fn colours(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["colour"].as_str().expect("a colour")).collect()
}

fn said(row: &Value) -> Vec<&str> {
    row["warnings"].as_array().expect("warnings").iter().map(|w| w["what"].as_str().expect("what")).collect()
}

const SITES: &str = "编号,类别,名称,经度,纬度,地址\n7,阅读空间,甲书屋,116.05,36.05,文化街1号\n8,阅读空间,乙书屋,116.06,36.05,\n9,阅读空间,丙书屋,116.07,36.05,\n";

const SHEET: &str = "\u{feff}名称,经度,纬度,坐标系,乡镇,容量,编号
新书屋,116.01,36.01,wgs84,甲镇,20,1
甲社区书屋,116.0501,36.05,wgs84,甲镇,,2
乙书屋,116.09,36.05,wgs84,甲镇,,3
丁书屋,116.15,36.05,wgs84,甲镇,,4
戊书屋,116.5,36.05,wgs84,,,5
己书屋,x,36.05,wgs84,,many,6
新书房,116.0102,36.01,wgs84,甲镇,,10
庚书屋,116.02,36.03,wgs84,甲镇,,1
丙书屋,116.0701,36.05,wgs84,,,9
";

#[tokio::test(flavor = "multi_thread")]
async fn a_units_own_number_is_known_again_and_is_not_taken_for_the_countys() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    // the county's file has a 7 as well, a stone's throw away
    let (address, sheet) = wang.sent("crs=wgs84", "编号,名称,经度,纬度\n7,少儿活动中心,116.0503,36.05\n").await;
    assert_eq!(wang.rows(&address, "").await[0]["site"], Value::Null, "{sheet}");
    assert_eq!(wang.asks("POST", &format!("{address}/submit"), Body::empty()).await.status, 202);
    wang.asks("GET", &format!("{address}/events"), Body::empty()).await;
    let sent = wang.rows(&address, "").await[0]["sent"].as_str().expect("a registration").to_owned();
    let reviewer = world.as_reviewer().await;
    let decide = json!({ "ids": [{ "id": sent, "version": 1 }], "decision": "publish" });
    let decided = reviewer.sends("POST", "/api/registrations/decide", &decide).await.json();
    assert_eq!(decided["results"][0]["ok"], true, "{decided}");
    anybody.catches_up().await;
    // under another name, it is the one that the unit registered
    let (address, _) = wang.sent("crs=wgs84", "编号,名称,经度,纬度\n7,县少年宫,116.0503,36.05\n").await;
    let rows = wang.rows(&address, "").await;
    assert_eq!((&rows[0]["site"], &rows[0]["colour"]), (&json!(4), &json!("green")), "{}", rows[0]);
    // and nobody's of another unit
    let li = member(&world, &anybody, "li", "u002").await;
    let (address, _) = li.sent("crs=wgs84", "编号,名称,经度,纬度\n7,县少年宫,116.0503,36.05\n").await;
    assert_eq!(li.rows(&address, "").await[0]["site"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_row_is_green_amber_or_red_with_what_is_wanted() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let (address, sheet) = wang.sent("name=..%2F%E4%B9%A6%E5%B1%8B.csv", SHEET).await;
    assert_eq!((&sheet["state"], &sheet["name"], &sheet["share"]), (&json!("ready"), &json!("书屋.csv"), &json!(1.0)));
    assert_eq!(
        sheet["counts"],
        json!({"green": 2, "amber": 5, "red": 2, "accepted": 0, "left_out": 0, "sent": 0, "good": 2})
    );
    let fields: Vec<_> = sheet["columns"].as_array().expect("columns").iter().map(|c| &c["field"]).collect();
    assert_eq!(fields, ["name", "lon", "lat", "crs", "town", "capacity", "id"]);
    assert_eq!(sheet["columns"][0]["examples"], json!(["新书屋", "甲社区书屋", "乙书屋"]));
    let rows = wang.rows(&address, "").await;
    assert_eq!(colours(&rows), ["green", "amber", "amber", "amber", "amber", "red", "amber", "red", "green"]);
    assert_eq!((said(&rows[1]), &rows[1]["warnings"][0]["site"]), (vec!["duplicate"], &json!(1)));
    assert_eq!(
        (said(&rows[2]), &rows[2]["warnings"][0]["site"], &rows[2]["site"]),
        (vec!["far_from_before"], &json!(2), &json!(2))
    );
    assert_eq!((said(&rows[3]), said(&rows[4])), (vec!["other_town"], vec!["outside_county"]));
    assert!(rows[3]["warnings"][0]["says"]["zh"].as_str().expect("words").contains("乙镇"), "{}", rows[3]);
    assert_eq!((said(&rows[6]), &rows[6]["warnings"][0]["line"]), (vec!["duplicate"], &json!(2)));
    let wrong: Vec<_> =
        rows[5]["errors"].as_array().expect("errors").iter().map(|e| (&e["column"], &e["found"])).collect();
    assert_eq!(wrong, [(&json!("经度"), &json!("x")), (&json!("容量"), &json!("many"))]);
    assert_eq!(
        (&rows[5]["lon"], &rows[0]["area"], &rows[0]["lon"]),
        (&json!(null), &json!("371524101"), &json!(116.01))
    );
    let twice = &rows[7]["errors"][0];
    assert_eq!((&twice["column"], &twice["found"]), (&json!("编号"), &json!("1")));
    assert!(twice["wanted"]["en"].as_str().expect("words").contains("line 2"));
    assert_eq!((&rows[8]["site"], said(&rows[8])), (&json!(3), vec![]), "its own number says which it is");
    let page = wang.gets(&format!("{address}/rows?colour=amber&limit=2")).await;
    assert_eq!((page["rows"][1]["line"].as_i64(), page["next"].as_str()), (Some(4), Some("4")));
    let rest = wang.rows(&address, "colour=amber&cursor=4").await;
    assert_eq!(rest.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrected_cell_is_looked_at_again_with_what_it_touches_and_survives_a_restart() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let (address, _) = wang.sent("", SHEET).await;
    // the first of two with one number gets another: the other is right from then on
    let answer = wang.edits(&address, &json!([{"line": 2, "column": "编号", "value": "11"}])).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let lines: Vec<_> = answer.json()["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| (row["line"].clone(), row["colour"].clone()))
        .collect();
    assert_eq!(lines, [(json!(2), json!("green")), (json!(8), json!("amber")), (json!(9), json!("green"))]);
    // it moves away from the one that repeated it
    let answer = wang.edits(&address, &json!([{"line": 2, "column": "经度", "value": "116.03"}])).await;
    let rows = answer.json();
    assert_eq!(
        rows["rows"]
            .as_array()
            .expect("rows")
            .iter()
            .map(|row| row["line"].as_i64().expect("a line"))
            .collect::<Vec<_>>(),
        [2, 8]
    );
    assert_eq!(rows["rows"][1]["colour"], "green");
    // what was wrong becomes right
    let fixes = json!([{"line": 7, "column": "经度", "value": "116.04"}, {"line": 7, "column": "容量", "value": "30"}]);
    assert_eq!(wang.edits(&address, &fixes).await.json()["rows"][0]["colour"], "green");
    // an amber row is accepted, another left out; green ones are not accepted
    let answer =
        wang.edits(&address, &json!([{"line": 3, "accepted": true}, {"line": 4, "left_out": true}])).await.json();
    assert_eq!((&answer["counts"]["accepted"], &answer["counts"]["left_out"]), (&json!(1), &json!(1)));
    assert_eq!(wang.edits(&address, &json!([{"line": 2, "accepted": true}])).await.status, 400);
    for wrong in [
        json!([{"line": 99, "column": "经度", "value": "1"}]),
        json!([{"line": 2, "column": "没有", "value": "1"}]),
        json!([{"line": 2, "column": "经度"}]),
        json!([{"line": 2, "colour": "green"}]),
        json!({"line": 2}),
    ] {
        let answer = wang.edits(&address, &wrong).await;
        assert_eq!(answer.status, 400, "{wrong}: {}", answer.text);
    }
    // another process on the same database tells the same
    let rows = wang.rows(&address, "").await;
    let later = world.anybody().await;
    let wang = member(&world, &later, "wang", "u001").await;
    assert_eq!(wang.rows(&address, "").await, rows);
    assert_eq!(wang.gets(&address).await["state"], "ready");
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_are_corrected_by_hand_and_all_rows_looked_at_again() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let (address, sheet) = wang.sent("", "书屋叫什么,东经多少,北纬多少\n甲书屋,116.05,36.05\n").await;
    assert_eq!(
        (&sheet["counts"]["red"], &sheet["crs"], &sheet["columns"][0]["field"]),
        (&json!(1), &json!(null), &json!(null))
    );
    let columns = |lat: &str| {
        json!({"columns": [
        {"heading": "书屋叫什么", "field": "name", "examples": ["甲书屋"]},
        {"heading": "东经多少", "field": "lon"}, {"heading": "北纬多少", "field": lat}], "crs": "gcj02"})
    };
    let below = format!("{address}/columns");
    let put = |body: Value| wang.asks("PUT", &below, body.to_string());
    for wrong in [
        columns("lon"),
        columns("castle"),
        json!({"columns": [{"heading": "没有", "field": "name"}]}),
        json!({"columns": [], "crs": "beijing54"}),
    ] {
        assert_eq!(put(wrong.clone()).await.status, 400, "{wrong}");
    }
    let answer = put(columns("lat")).await;
    assert_eq!(answer.status, 202, "{}", answer.text);
    let events = wang.asks("GET", &format!("{address}/events"), Body::empty()).await;
    assert!(events.text.contains("\"state\":\"ready\""), "{}", events.text);
    let row = &wang.rows(&address, "").await[0];
    assert_eq!((&row["colour"], &row["name"]), (&json!("green"), &json!("甲书屋")));
    assert!((row["lon"].as_f64().expect("a longitude") - 116.05).abs() > 0.004, "moved from GCJ-02");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_as_units_have_them_are_read() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let (gbk, _, _) = encoding_rs::GB18030.encode("名称,百度经度,百度纬度\r\n甲书屋,116.06,36.06\r\n");
    let (_, sheet) = wang.sent("", gbk.into_owned()).await;
    assert_eq!((&sheet["counts"]["green"], &sheet["crs"]), (&json!(1), &json!("bd09")));
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let format = rust_xlsxwriter::Format::new();
    page.merge_range(0, 0, 0, 3, "书屋一览表", &format).expect("merged");
    page.merge_range(1, 0, 2, 0, "名称", &format).expect("merged");
    page.merge_range(1, 1, 1, 2, "坐标", &format).expect("merged");
    page.write(2, 1, "经度").expect("a cell");
    page.write(2, 2, "纬度").expect("a cell");
    for (row, name) in [(3, "甲书屋"), (4, "乙书屋")] {
        page.write(row, 0, name).expect("a cell");
        page.write(row, 1, 116.05 + 0.01 * f64::from(row)).expect("a cell");
        page.write(row, 2, 36.05).expect("a cell");
    }
    let error = rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!");
    page.write_formula(4, 2, error).expect("a cell");
    let (address, sheet) = wang.sent("crs=wgs84", book.save_to_buffer().expect("a workbook")).await;
    assert_eq!((&sheet["counts"]["green"], &sheet["counts"]["red"]), (&json!(1), &json!(1)), "{sheet}");
    let rows = wang.rows(&address, "colour=red").await;
    assert_eq!((&rows[0]["line"], &rows[0]["errors"][0]["found"]), (&json!(5), &json!("#DIV/0!")));
    assert_eq!(rows[0]["errors"].as_array().map(Vec::len), Some(1), "it is not called missing as well");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_spreadsheet_is_refused_clearly() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let mut bomb = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for entry in ["xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
        bomb.start_file(entry, zip::write::SimpleFileOptions::default()).expect("an entry");
        bomb.write_all(&vec![b'0'; 40 << 20]).expect("written");
    }
    let bomb = bomb.finish().expect("a ZIP").into_inner();
    for (bytes, said) in [
        (bomb, "解压后"),
        (b"<html><table><tr><td>".to_vec(), "网页"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old".to_vec(), ".xlsx"),
        (b"PK\x03\x04 cut off".to_vec(), "name.xlsx"),
        ("名称,经度,纬度\n".into(), "没有数据行"),
        (vec![0, 1, 2, 3, 0], "二进制"),
    ] {
        let (address, sheet) = wang.sent("name=name.xlsx", bytes).await;
        assert_eq!(sheet["state"], "failed", "{sheet}");
        let detail = sheet["problem"]["detail_zh"].as_str().expect("words");
        assert!(detail.contains(said) && !detail.contains("tmp") && !detail.contains("upload.yimi"), "{detail}");
        assert_eq!(wang.edits(&address, &json!([])).await.status, 409, "nothing of it can be changed");
        assert_eq!(wang.asks("DELETE", &address, Body::empty()).await.status, 204);
    }
    assert_eq!(wang.asks("POST", "/api/sheets?kind=reading_space", Body::empty()).await.status, 400);
    assert_eq!(wang.asks("POST", "/api/sheets?kind=castle", "x").await.status, 400);
    assert_eq!(wang.asks("POST", "/api/sheets?kind=school&crs=mars", "x").await.status, 400);
    let large = vec![b','; (20 << 20) + 1];
    assert_eq!(wang.asks("POST", "/api/sheets?kind=school", large).await.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_seen_by_its_unit_only() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let (wang, li) = (member(&world, &anybody, "wang", "u001").await, member(&world, &anybody, "li", "u001").await);
    let zhao = member(&world, &anybody, "zhao", "u002").await;
    let (address, _) = wang.sent("", SHEET).await;
    assert_eq!(li.asks("GET", &address, Body::empty()).await.status, 200);
    for (method, below, body) in [
        ("GET", "", ""),
        ("GET", "/rows", ""),
        ("GET", "/events", ""),
        ("GET", "/bad.xlsx", ""),
        ("DELETE", "", ""),
        ("PATCH", "/rows", "[]"),
        ("PUT", "/columns", "{\"columns\":[]}"),
    ] {
        let answer = zhao.asks(method, &format!("{address}{below}"), body).await;
        assert_eq!(answer.status, 404, "{method} {below}");
    }
    assert_eq!(anybody.gets(&address).await.status, 401);
    assert_eq!(wang.gets("/api/sheets").await["sheets"].as_array().map(Vec::len), Some(1));
    // a colleague goes on with it
    assert_eq!(li.gets("/api/sheets").await["sheets"][0]["author"], "wang");
    assert_eq!(zhao.gets("/api/sheets").await["sheets"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_leaves_nothing() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let rows: String =
        (0..10_000).map(|n| format!("书屋{n},{:.5},36.05,wgs84\n", 116.0 + f64::from(n) / 100_000.0)).collect();
    let long = format!("名称,经度,纬度,坐标系\n{rows}");
    let first = wang.sends("", long.clone()).await;
    // it waits behind the first
    let second = wang.sends("", long).await;
    for address in [second, first] {
        let below = format!("{address}/events");
        let (events, gone) =
            tokio::join!(wang.asks("GET", &below, Body::empty()), wang.asks("DELETE", &address, Body::empty()));
        assert_eq!(gone.status, 204);
        assert!(events.status == 404 || events.text.contains("event: done"), "{}", events.text);
        assert_eq!(wang.asks("GET", &address, Body::empty()).await.status, 404);
    }
    for table in [
        "select count(*) from sheet",
        "select count(*) from sheet_row",
        "select count(*) from revision where noun = 'registration'",
    ] {
        assert_eq!(number(&world, table).await, 0, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_was_being_read_when_the_process_ended_says_so() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let (address, _) = wang.sent("", SHEET).await;
    for (was, is) in [("reading", "failed"), ("checking", "ready"), ("submitting", "ready")] {
        let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
        sqlx::query("update sheet set state = $1, job = 'of a process that ended'")
            .bind(was)
            .execute(&mut database)
            .await
            .expect("done");
        let sheet = wang.gets(&address).await;
        assert_eq!(sheet["state"], is);
        assert_eq!(sheet["problem"].is_object(), is == "failed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_rows_are_looked_through_and_paged() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let mut text = "名称,经度,纬度,坐标系\n".to_owned();
    for n in 0..10_000 {
        let (x, y) = (f64::from(n % 100), f64::from(n / 100));
        text += &format!("第{n}书屋,{:.5},{:.5},wgs84\n", 116.0005 + x / 1000.0, 36.0005 + y / 1010.0);
    }
    let (address, sheet) = wang.sent("", text).await;
    assert_eq!(sheet["state"], "ready", "{sheet}");
    assert_eq!(sheet["counts"]["red"], 0);
    let (mut cursor, mut seen) = (String::new(), 0);
    loop {
        let page = wang.gets(&format!("{address}/rows?limit=1000&cursor={cursor}")).await;
        seen += page["rows"].as_array().expect("rows").len();
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut cursor),
            None => break,
        }
    }
    assert_eq!(seen, 10_000);
    let answer = wang.edits(&address, &json!([{"line": 5000, "column": "经度", "value": "bad"}])).await.json();
    assert_eq!(
        (&answer["counts"]["red"], &answer["rows"].as_array().map(|rows| rows.len() < 200)),
        (&json!(1), &Some(true))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_are_fixed_the_good_rows_submitted_once_and_the_rest_later() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let (address, _) = wang.sent("name=list.csv", SHEET).await;
    wang.edits(&address, &json!([{"line": 3, "accepted": true}, {"line": 4, "accepted": true}])).await;
    let submit = format!("{address}/submit");
    let done = async || {
        let answer = wang.asks("POST", &submit, Body::empty()).await;
        assert_eq!(answer.status, 202, "{}", answer.text);
        wang.asks("GET", &format!("{address}/events"), Body::empty()).await;
        wang.gets(&address).await
    };
    let sheet = done().await;
    assert_eq!((&sheet["state"], &sheet["counts"]["sent"]), (&json!("done"), &json!(4)), "{sheet}");
    let listed = wang.gets("/api/registrations?state=submitted&limit=50").await;
    let mut told: Vec<_> = listed["registrations"]
        .as_array()
        .expect("registrations")
        .iter()
        .map(|r| (r["name"].to_string(), r["change"].to_string(), r["site"].clone()))
        .collect();
    told.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(told.len(), 4);
    let of = |name: &str| told.iter().find(|(told, _, _)| told.contains(name)).expect("registered");
    assert_eq!(
        (of("丙书屋").1.as_str(), &of("丙书屋").2),
        ("\"amend\"", &json!(3)),
        "its number says which site it is"
    );
    assert_eq!((of("乙书屋").1.as_str(), &of("乙书屋").2), ("\"amend\"", &json!(2)), "it moved");
    assert_eq!(of("新书屋").1, "\"create\"");
    let rows = wang.rows(&address, "").await;
    let sent = rows[0]["sent"].as_str().expect("a registration").to_owned();
    let registration = wang.gets(&format!("/api/registrations/{sent}")).await;
    assert_eq!((&registration["attributes"]["capacity"], &registration["unit"]["id"]), (&json!(20), &json!("u001")));
    assert!(registration["note"].as_str().expect("a note").contains("list.csv"));
    // asked again nothing is registered twice; what was registered is not changed here any more
    assert_eq!(done().await["counts"]["sent"], 4);
    assert_eq!(number(&world, "select count(*) from registration").await, 4);
    assert_eq!(wang.edits(&address, &json!([{"line": 2, "column": "名称", "value": "x"}])).await.status, 409);
    // what is corrected later goes then
    wang.edits(
        &address,
        &json!([{"line": 7, "column": "经度", "value": "116.04"}, {"line": 7, "column": "容量", "value": ""}]),
    )
    .await;
    assert_eq!(done().await["counts"]["sent"], 5);
    assert_eq!(number(&world, "select count(*) from revision where noun = 'sheet'").await, 3);
    // the sheet may go, its registrations stay
    assert_eq!(wang.asks("DELETE", &address, Body::empty()).await.status, 204);
    assert_eq!(number(&world, "select count(*) from registration").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_of_another_unit_is_not_taken_over_by_a_sheet() {
    let world = World::two_towns().await;
    world.sites(SITES).await;
    let mut database = sqlx::SqliteConnection::connect(&world.database()).await.expect("opens");
    sqlx::query("update site set unit = 'u002' where id = 3").execute(&mut database).await.expect("done");
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let (address, sheet) =
        wang.sent("crs=wgs84", "编号,名称,经度,纬度\n9,丙书屋,116.07,36.05\n10,新书屋,116.01,36.01\n").await;
    assert_eq!(sheet["counts"]["green"], 2);
    wang.asks("POST", &format!("{address}/submit"), Body::empty()).await;
    wang.asks("GET", &format!("{address}/events"), Body::empty()).await;
    let rows = wang.rows(&address, "").await;
    assert_eq!(
        (&rows[0]["colour"], &rows[0]["sent"], rows[1]["sent"].is_string()),
        (&json!("red"), &json!(null), true)
    );
    assert!(rows[0]["errors"][0]["wanted"]["zh"].as_str().expect("words").contains("其他单位"), "{}", rows[0]);
}

/// The first sheet of a workbook as text.
fn workbook(bytes: Vec<u8>) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_is_filled_in_comes_back_green() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    for kind in world.rules.catalogue.kinds() {
        let answer = anybody.gets(&format!("/api/kinds/{}/template.xlsx", kind.id)).await;
        assert_eq!(answer.status, 200, "{}", kind.id);
        assert!(
            answer.header("content-disposition").contains("filename*=UTF-8''"),
            "{}",
            answer.header("content-disposition")
        );
    }
    assert_eq!(anybody.gets("/api/kinds/castle/template.xlsx").await.status, 404);
    let bytes = anybody.bytes("/api/kinds/reading_space/template.xlsx").await;
    let headings = workbook(bytes.clone()).remove(0);
    let mut files = zip::ZipArchive::new(Cursor::new(bytes)).expect("a ZIP");
    let part = |files: &mut zip::ZipArchive<_>, name: &str| {
        std::io::read_to_string(files.by_name(name).expect(name)).expect("text")
    };
    let sheet = part(&mut files, "xl/worksheets/sheet1.xml");
    for word in ["dataValidation ", "高德,百度", "甲镇,乙镇", "完全无障碍"] {
        assert!(sheet.contains(word), "{word}");
    }
    assert!(part(&mut files, "xl/comments1.xml").contains("从列表中选"));
    let line: Vec<&str> = headings
        .iter()
        .map(|heading| match heading.trim_end_matches('*') {
            "名称" => "甲书屋",
            "经度" => "116.05",
            "纬度" => "36.05",
            "坐标系" => "WGS-84",
            "所在镇街" => "甲镇",
            "示范点" => "是",
            "无障碍" => "部分无障碍",
            "编号" => "7",
            _ => "",
        })
        .collect();
    let (address, sheet) = wang.sent("", format!("{}\n{}\n", headings.join(","), line.join(","))).await;
    assert_eq!(sheet["counts"]["green"], 1, "{}", wang.rows(&address, "").await[0]);
    let unread: Vec<_> =
        sheet["columns"].as_array().expect("columns").iter().filter(|c| c["field"].is_null()).collect();
    assert!(unread.is_empty(), "{unread:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_rows_come_back_with_reasons_and_without_formulas() {
    let world = World::two_towns().await;
    let anybody = world.anybody().await;
    let wang = member(&world, &anybody, "wang", "u001").await;
    let csv = "名称,经度,纬度,坐标系,=标题\n\"=HYPERLINK(\"\"http://x\"\")\",x,36.05,wgs84,@SUM(A1)\n甲书屋,116.05,36.05,wgs84,\n-1+1,116.5,36.05,wgs84,+1\n";
    let (address, sheet) = wang.sent("name=a.csv", csv).await;
    assert_eq!(
        (&sheet["counts"]["red"], &sheet["counts"]["amber"], &sheet["counts"]["green"]),
        (&json!(1), &json!(1), &json!(1))
    );
    let answer = wang.asks("GET", &format!("{address}/bad.xlsx"), Body::empty()).await;
    assert!(answer.header("content-disposition").contains(".xlsx"));
    let bytes = wang.anybody.bytes(&format!("{address}/bad.xlsx")).await;
    let sheet = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!sheet.contains("<f>"));
    let rows = workbook(bytes.clone());
    assert_eq!(rows[0], ["名称", "经度", "纬度", "坐标系", "'=标题", "原因(可删除)", "原行号(可删除)"]);
    assert_eq!(
        (rows[1][0].as_str(), rows[1][4].as_str(), rows[1][6].as_str()),
        ("'=HYPERLINK(\"http://x\")", "'@SUM(A1)", "2")
    );
    assert!(rows[1][5].contains("经度：现为“x”，应为经度"), "{}", rows[1][5]);
    assert_eq!((rows.len(), rows[2][0].as_str()), (3, "'-1+1"));
    // sent again it is the same, without the apostrophes
    let (address, sheet) = wang.sent("", bytes).await;
    assert_eq!((&sheet["counts"]["red"], &sheet["counts"]["amber"]), (&json!(1), &json!(1)), "{sheet}");
    assert_eq!(wang.rows(&address, "").await[1]["name"], "-1+1");
}
