//! What is noted of each kind of site: stage and status of schools, hours, ages, numbers of places, demonstration points.

use crate::chance::Chance;
use crate::facts::SUBDISTRICTS;
use crate::places::Sort;
use crate::sheet::Row;
use crate::site_plan::{DEMONSTRATION, Kind, setting};
use crate::sites::{Draft, Site};

type Words = (&'static str, &'static str);

const COUNTY_SCHOOL: [(&str, Words); 3] = [
    ("初中", ("初级中学(示例)", "Junior Secondary School (demonstration)")),
    ("九年一贯制", ("九年一贯制学校(示例)", "Nine-Year School (demonstration)")),
    ("高中", ("高级中学(示例)", "Senior Secondary School (demonstration)")),
];

/// A school's stage by its turn in its town.
fn stage(town: usize, turn: usize) -> &'static str {
    match (town, turn) {
        (0, 9..=11) | (1, 7 | 8) => "初中",
        (0, 12) | (1, 9) | (4 | 7, 3) => "九年一贯制",
        (0, 13 | 14) | (1, 10) => "高中",
        (t, 1) if t >= SUBDISTRICTS => "初中",
        _ => "小学",
    }
}

/// What a school is called, and whether it bears the town's name rather than its settlement's.
pub fn school_name(draft: &Draft) -> (Words, bool) {
    let stage = stage(draft.town, draft.turn);
    if let Some((_, words)) = COUNTY_SCHOOL.iter().find(|s| s.0 == stage) {
        return (*words, draft.sort != Sort::Village);
    }
    if draft.sort == Sort::TownSeat {
        return (("中心小学(示例)", "Central Primary School (demonstration)"), true);
    }
    (("小学(示例)", "Primary School (demonstration)"), false)
}

/// What a reading space is called after its settlement. Names that begin with 县 stand alone.
pub fn reading(draft: &Draft) -> Words {
    match (setting(draft.town, draft.turn), draft.town) {
        ("图书馆", 0) => ("县图书馆少儿阅览室(示例)", "County Library Children's Reading Room (demonstration)"),
        ("图书馆", 1) => ("县图书馆新城分馆(示例)", "County Library Xincheng Branch (demonstration)"),
        ("图书馆", _) => ("图书分馆(示例)", "Library Branch (demonstration)"),
        ("小区", _) => ("小区儿童书吧", "Compound Children's Book Corner"),
        ("公共空间", _) => ("口袋公园阅读角", "Pocket Park Reading Corner"),
        _ => ("阅读空间", "Reading Space"),
    }
}

/// Fills in what belongs to the kind.
pub fn details(site: &mut Site, number: usize, chance: &mut Chance) {
    let (kind, town) = (site.kind, site.town);
    let row = &mut site.row;
    match kind {
        Kind::School => school(row, town, number, chance),
        Kind::Kindergarten => {
            ages(row, 3, 6);
            hours(row, &["Mo-Fr 07:40-17:20; PH off", "Mo-Fr 07:30-17:00; PH off"], chance);
            row.set("容量(人)", (60 + 30 * chance.below(9)).to_string());
        }
        Kind::Hospital => hospital(row, town, chance),
        Kind::SafetyPost => {
            let times = [
                "Mo-Fr 07:10-08:00,16:30-17:40",
                "Mo-Fr 07:00-07:50,11:30-12:10,16:20-17:30; PH off",
                "Mo-Fr 07:10-08:00,16:30-17:30; PH off",
            ];
            row.set("值勤时间", *chance.pick(&times));
        }
        Kind::ParentsSchool => {
            hours(row, &["Sa 09:00-11:00", "Su 14:30-16:30", "We 19:00-20:30"], chance);
            row.set("规范化建设", yes(chance.share(if town < SUBDISTRICTS { 0.7 } else { 0.4 })));
        }
        Kind::Rehabilitation => {
            ages(row, 0, if number.is_multiple_of(2) { 14 } else { 6 });
            hours(row, &["Mo-Sa 08:00-17:30; PH off"], chance);
            row.set("容量(人)", (20 + 10 * chance.below(5)).to_string());
        }
        Kind::Playground => {
            ages(row, *chance.pick(&[0, 2, 3]), *chance.pick(&[8, 10, 12, 14]));
            hours(row, &["24/7", "06:00-21:30", "Apr-Oct 06:00-22:00; Nov-Mar 07:00-20:00"], chance);
            row.set("有遮阴", yes(chance.share(0.5)));
        }
        Kind::Childcare => {
            ages(row, 0, 3);
            hours(row, &["Mo-Fr 07:30-18:00; PH off"], chance);
            row.set("容量(人)", (20 + 10 * chance.below(7)).to_string());
        }
        Kind::VolunteerStation => {
            hours(row, &["Mo-Fr 09:00-17:00; PH off", "Tu-Su 09:00-16:30"], chance);
        }
        Kind::ReadingSpace => {}
        Kind::HopeCabin => ages(row, 8, 14),
    }
}

/// What makes a place easy to visit; some units do not say.
pub fn comforts(row: &mut Row, kind: Kind, chance: &mut Chance) {
    // the shares of places that are free, have a nursing room, have a reading corner
    let shares = match kind {
        Kind::HopeCabin | Kind::SafetyPost => return,
        Kind::School => [1.0, 0.1, 0.8],
        Kind::Kindergarten | Kind::Childcare => [0.0, 0.4, 0.7],
        Kind::Hospital => [0.0, 0.5, 0.3],
        Kind::ReadingSpace => [1.0, 0.3, 1.0],
        Kind::ParentsSchool | Kind::VolunteerStation => [1.0, 0.2, 0.4],
        Kind::Rehabilitation => [0.2, 0.5, 0.5],
        Kind::Playground => [0.8, 0.1, 0.1],
    };
    let [free, nursing, reading] = shares.map(|share| chance.share(share));
    if chance.share(0.85) {
        row.set("收费", if free { "免费" } else { "收费" });
    }
    if chance.share(0.75) {
        row.set("母婴室", yes(nursing)).set("阅读角", yes(reading));
    }
}

fn yes(is: bool) -> &'static str {
    if is { "是" } else { "否" }
}

fn ages(row: &mut Row, from: usize, to: usize) {
    row.set("最小年龄", from.to_string()).set("最大年龄", to.to_string());
}

/// Some units send no hours.
fn hours(row: &mut Row, some: &[&str], chance: &mut Chance) {
    if chance.share(0.9) {
        row.set("开放时间", *chance.pick(some));
    }
}

fn school(row: &mut Row, town: usize, number: usize, chance: &mut Chance) {
    // Numbers run through the towns; the turn within the town is what is left after the towns before.
    let before: usize = crate::site_plan::PLANS[0].towns[..town].iter().sum();
    let stage = stage(town, number - 1 - before);
    let (from, to, places) = match stage {
        "初中" => (12, 15, 600 + 150 * chance.below(8)),
        "九年一贯制" => (6, 15, 900 + 150 * chance.below(6)),
        "高中" => (15, 18, 1_500 + 300 * chance.below(5)),
        _ => (6, 12, 180 + 90 * chance.below(if town < SUBDISTRICTS { 14 } else { 6 })),
    };
    row.set("学段", stage).set("容量(人)", places.to_string());
    ages(row, from, to);
    hours(row, &["Mo-Fr 07:20-17:30; PH off; SH off", "Mo-Fr 07:30-17:00; PH off"], chance);
    status(row, if town < SUBDISTRICTS { [0.42, 0.42] } else { [0.16, 0.44] }, chance);
}

fn hospital(row: &mut Row, town: usize, chance: &mut Chance) {
    let name = row.get("名称").to_owned();
    let large = ["医院", "保健院", "卫生院", "服务中心"].iter().any(|w| name.contains(w));
    row.set("提供儿童诊疗", yes(large));
    hours(row, if large { &["24/7"] } else { &["Mo-Su 08:00-18:00", "Mo-Sa 08:00-17:30; PH off"] }, chance);
    if large {
        row.set("容量(人)", (10 + 10 * chance.below(if town == 0 { 9 } else { 3 })).to_string());
        status(row, [0.35, 0.4], chance);
    } else {
        row.set("儿童友好建设", "未启动");
    }
    ages(row, 0, 18);
}

/// How far child-friendly building has come: the shares of accepted and under way, and since when.
fn status(row: &mut Row, shares: [f64; 2], chance: &mut Chance) {
    let x = chance.unit();
    if x < shares[0] + shares[1] {
        row.set("儿童友好建设", if x < shares[0] { "已验收" } else { "建设中" });
        let year = *chance.pick(&[2024, 2024, 2025, 2025, 2026]);
        row.set("状态起始日期", format!("{year}-{:02}-{:02}", 1 + chance.below(10), 1 + chance.below(28)));
    } else {
        row.set("儿童友好建设", "未启动");
    }
}

/// A reading space's setting, hours, and whether it is a demonstration point.
pub fn reading_details(row: &mut Row, town: usize, turn: usize, chance: &mut Chance) {
    let place = setting(town, turn);
    let since = DEMONSTRATION.iter().find(|d| (d.0, d.1) == (town, turn));
    ages(row, *chance.pick(&[0, 3, 6]), *chance.pick(&[12, 14, 18]));
    let times: &[&str] = match place {
        "图书馆" => &["Tu-Su 08:30-17:30; PH off", "Tu-Su 09:00-18:00"],
        "学校" => &["Mo-Fr 12:00-14:00,16:00-17:30; PH off; SH off"],
        "公共空间" => &["24/7", "07:00-21:00"],
        _ => &["Mo-Fr 15:30-20:00; Sa-Su 09:00-20:00", "Tu-Su 09:00-17:30", "We-Su 09:00-12:00,14:00-18:00"],
    };
    hours(row, times, chance);
    row.set("所在场所", place)
        .set("容量(人)", (12 + 6 * chance.below(if place == "图书馆" { 20 } else { 7 })).to_string());
    row.set("示范点", yes(since.is_some()));
    if let Some((_, _, date)) = since {
        row.set("示范点认定日期", *date);
    }
}
