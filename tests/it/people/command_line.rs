//! `yimi people` and `yimi units`, and the link that `yimi serve` prints while there is nobody.

use super::{PASSWORD, tries};
use crate::scenarios::told;
use crate::world::World;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

fn yimi(world: &World, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yimi"));
    command.args(arguments).env("YIMI_DATABASE", world.database()).stdin(Stdio::null());
    command
}

fn run(world: &World, arguments: &[&str]) -> Output {
    yimi(world, arguments).output().expect("runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test]
async fn people_are_added_with_a_link_or_a_password_from_standard_input() {
    let world = World::empty().await;
    world.unit("u001").await;
    let added = run(&world, &["people", "add", "Wang.Fang", "--name", "王芳", "--role", "member", "--unit", "u001"]);
    assert!(added.status.success(), "{}", text(&added.stderr));
    let link = text(&added.stdout);
    let token = link.trim().strip_prefix("/register.html#/link/").expect("a link").to_owned();
    let anybody = world.anybody().await;
    let set = anybody.sends("POST", "/api/links", &json!({ "token": token, "password": PASSWORD })).await;
    assert_eq!(set.status, 200, "{}", set.text);

    let with_password = |account: &str, password: &str| {
        let arguments = ["people", "add", account, "--role", "planner", "--role", "reviewer", "--password-stdin"];
        let mut child = yimi(&world, &arguments).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
        child.stdin.take().expect("input").write_all(format!("{password}\n").as_bytes()).expect("written");
        child.wait_with_output().expect("ends")
    };
    let weak = with_password("li", "password123");
    assert_eq!(weak.status.code(), Some(2));
    assert!(text(&weak.stderr).contains("tries first"), "{}", text(&weak.stderr));
    assert!(with_password("li", PASSWORD).status.success());
    assert_eq!(tries(&anybody, "li", PASSWORD).await.json()["person"]["roles"], json!(["reviewer", "planner"]));

    for wrong in [
        &["people", "add", "li", "--role", "planner"][..],
        &["people", "add", "x y", "--role", "planner"],
        &["people", "add", "zhao", "--role", "member"],
        &["people", "add", "zhao", "--role", "member", "--unit", "u9"],
        &["people", "add", "zhao", "--role", "king"],
        &["people", "add", "zhao"],
        &["people", "link", "nobody"],
    ] {
        assert_eq!(run(&world, wrong).status.code(), Some(2), "{wrong:?}");
    }
    let list: Value = serde_json::from_slice(&run(&world, &["people", "list", "--json"]).stdout).expect("json");
    assert_eq!(list["people"].as_array().map(Vec::len), Some(2));
    assert!(text(&run(&world, &["people", "list"]).stdout).contains("wang.fang  王芳  u001  member"));
    let reset = run(&world, &["people", "link", "li"]);
    assert!(text(&reset.stdout).starts_with("/register.html#/link/"));
    assert_eq!(
        told(&world, "select distinct who from revision where noun = 'person' and action = 'created'").await,
        ["yimi people"]
    );
}

#[tokio::test]
async fn a_list_of_units_goes_in_whole_or_every_wrong_cell_is_told() {
    let world = World::empty().await;
    let import = |name: &str, content: &[u8]| {
        let file = world.file(name, content);
        run(&world, &["units", "import", file.to_str().expect("text")])
    };
    let wrong =
        import("wrong.csv", "编号,单位名称,已核实\nu1,县妇联,是\nu 2,县教体局,也许\nu3,,\nu1,县图书馆,\n".as_bytes());
    assert_eq!(wrong.status.code(), Some(2));
    let said = text(&wrong.stderr);
    for part in ["row 3, column id: found \"u 2\"", "row 3, column confirmed", "row 4, column name", "row 5, column id"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(told(&world, "select id from unit").await.is_empty());

    let right = import("units.csv", "序号,单位名称\n1,县妇联\n2,县教体局\n".as_bytes());
    assert!(right.status.success() && text(&right.stdout).contains("2 added"), "{}", text(&right.stderr));
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["编号", "单位名称", "已核实"], ["u001", "县妇女联合会", "是"], ["lib", "县图书馆", "待核实"]]
        .iter()
        .enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).expect("written");
        }
    }
    let again = import("units.xlsx", &workbook.save_to_buffer().expect("a workbook"));
    assert!(
        again.status.success() && text(&again.stdout).contains("1 added, 1 changed, 0 as they were"),
        "{}",
        text(&again.stderr)
    );
    let units = told(&world, "select id || ' ' || name || ' ' || confirmed from unit order by id").await;
    assert_eq!(units, ["lib 县图书馆 0", "u001 县妇女联合会 1", "u002 县教体局 1"]);
    // a name of another unit
    let clash = import("clash.csv", "id,name\nnew,县图书馆\n".as_bytes());
    assert_eq!(clash.status.code(), Some(2));
    let list = text(&run(&world, &["units", "list"]).stdout);
    assert!(list.contains("lib  县图书馆  待核实"), "{list}");
    assert_eq!(import("no.csv", b"lon,lat\n1,2\n").status.code(), Some(2));
    assert_eq!(import("empty.csv", b"name\n").status.code(), Some(2));
}

#[tokio::test]
async fn the_service_gives_the_first_administrator_a_link_and_then_no_more() {
    let world = World::empty().await;
    let start = || {
        let mut server = yimi(&world, &["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(server.stdout.take().expect("output")).lines();
        let first = lines.next().expect("a line").expect("text");
        (server, first, lines)
    };
    let (mut server, address, mut lines) = start();
    assert!(address.contains("http://127.0.0.1:"), "{address}");
    let link = lines.find_map(|line| line.ok().filter(|line| line.contains("/link/"))).expect("a link");
    server.kill().expect("stopped");
    server.wait().expect("ended");
    let token = link.rsplit('/').next().expect("a token").to_owned();
    let anybody = world.anybody().await;
    let set = anybody.sends("POST", "/api/links", &json!({ "token": token, "password": PASSWORD })).await;
    assert_eq!((set.status.as_u16(), &set.json()["person"]["roles"]), (200, &json!(["administrator"])), "{}", set.text);
    let log = told(&world, "select who || why || after from revision").await.concat();
    assert!(!log.contains(&token));
    let (mut server, _, mut lines) = start();
    std::thread::sleep(std::time::Duration::from_millis(300));
    server.kill().expect("stopped");
    server.wait().expect("ended");
    assert!(lines.all(|line| line.is_ok_and(|line| !line.contains("/link/"))));
}

#[tokio::test]
async fn the_demonstration_county_comes_with_its_units_which_say_what_they_are() {
    let world = World::empty().await;
    let demo = run(&world, &["demo"]);
    assert!(
        demo.status.success() && text(&demo.stdout).contains("responsible units (demonstration)"),
        "{}",
        text(&demo.stderr)
    );
    let listed = text(&run(&world, &["units", "list"]).stdout);
    assert!(listed.contains("u001  东阿县妇儿工委  示例 | demonstration"), "{listed}");
    let units = world.anybody().await.reads("/api/units").await;
    assert!(units["units"].as_array().is_some_and(|units| units.iter().all(|unit| unit["demonstration"] == true)));
    assert!(run(&world, &["check"]).status.success());
}
