//! How many sites of each kind each town has here. Invented, and uneven on purpose: the seat is rich, 高集镇, 牛角店镇 and
//! 刘集镇 are poor.

use crate::facts::TOWNS;

/// The kinds of site, by their Chinese names in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    School,
    Kindergarten,
    Hospital,
    SafetyPost,
    ParentsSchool,
    Rehabilitation,
    Playground,
    Childcare,
    VolunteerStation,
    ReadingSpace,
    HopeCabin,
}

/// A kind with its name, the letter of its numbers, who answers for it, and its number per town.
pub struct Plan {
    pub kind: Kind,
    pub name: &'static str,
    pub letter: char,
    pub unit: &'static str,
    pub towns: [usize; TOWNS.len()],
}

const fn plan(kind: Kind, name: &'static str, letter: char, unit: &'static str, towns: [usize; TOWNS.len()]) -> Plan {
    Plan { kind, name, letter, unit, towns }
}

/// The plan, in the order in which sites are made: schools first, since others stand beside them.
pub const PLANS: [Plan; 11] = [
    plan(Kind::School, "学校", 'S', "东阿县教育和体育局(示例)", [15, 11, 4, 4, 6, 3, 6, 7, 6, 6]),
    plan(Kind::Kindergarten, "幼儿园", 'K', "东阿县教育和体育局(示例)", [18, 12, 5, 4, 6, 3, 7, 7, 6, 7]),
    plan(Kind::Hospital, "儿童诊疗医院", 'H', "东阿县卫生健康局(示例)", [7, 5, 2, 1, 2, 1, 2, 3, 2, 2]),
    plan(Kind::SafetyPost, "护学岗", 'G', "东阿县公安局(示例)", [14, 9, 2, 1, 3, 1, 3, 3, 3, 3]),
    plan(Kind::ParentsSchool, "社区家长学校", 'P', "东阿县妇女联合会(示例)", [9, 6, 1, 1, 3, 1, 3, 3, 2, 3]),
    plan(Kind::Rehabilitation, "儿童康复机构", 'B', "东阿县残疾人联合会(示例)", [2, 1, 0, 0, 0, 0, 0, 1, 0, 0]),
    plan(Kind::Playground, "儿童活动场地", 'A', "东阿县住房和城乡建设局(示例)", [13, 10, 1, 1, 3, 1, 3, 3, 2, 3]),
    plan(Kind::Childcare, "托育机构", 'C', "东阿县卫生健康局(示例)", [6, 4, 0, 0, 1, 0, 0, 1, 0, 1]),
    plan(Kind::VolunteerStation, "志愿服务站", 'V', "东阿县妇女联合会(示例)", [6, 5, 1, 1, 2, 1, 2, 2, 1, 2]),
    plan(Kind::ReadingSpace, "阅读空间", 'R', "东阿县文化和旅游局(示例)", [14, 9, 1, 1, 3, 1, 3, 3, 2, 3]),
    plan(Kind::HopeCabin, "希望小屋", 'X', "共青团东阿县委员会(示例)", [4, 3, 10, 8, 6, 7, 3, 5, 6, 3]),
];

/// Where a reading space is set up, by the catalogue's Chinese names.
pub const SETTINGS: [&str; 5] = ["小区", "社区", "学校", "图书馆", "公共空间"];

/// The setting of a town's reading spaces in turn.
pub fn setting(town: usize, i: usize) -> &'static str {
    let [compound, community, school, library, public] = SETTINGS;
    match town {
        0 => [
            library, school, community, compound, public, community, school, compound, community, public, community,
            compound, school, community,
        ][i],
        1 => [library, community, school, compound, public, community, compound, school, community][i],
        4 | 7 => [library, school, community][i],
        9 => [library, public, community][i],
        _ => [community, school, community][i],
    }
}

/// The seven demonstration points: town, which of its reading spaces, and since when. Six lie before the end of 2025.
pub const DEMONSTRATION: [(usize, usize, &str); 7] = [
    (0, 0, "2024-06-01"),
    (0, 1, "2024-09-28"),
    (0, 2, "2025-03-20"),
    (1, 3, "2026-04-23"),
    (4, 0, "2025-06-01"),
    (7, 1, "2025-11-20"),
    (9, 2, "2025-12-26"),
];
