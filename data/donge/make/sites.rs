//! The sites: where each stands and what it is called. Positions, names, hours and numbers are all invented.

use std::collections::BTreeSet;

use crate::chance::Chance;
use crate::facts::{SUBDISTRICTS, TOWNS};
use crate::places::{Place, Sort};
use crate::plane::P;
use crate::sheet::Row;
use crate::site_details::{comforts, details, reading, reading_details};
use crate::site_plan::{Kind, PLANS, Plan, setting};
use crate::spots::Spots;

/// A site with its place on the sheet.
pub struct Site {
    pub kind: Kind,
    pub town: usize,
    pub at: P,
    pub row: Row,
}

/// Names used so far, and the wording that makes the next one differ.
#[derive(Default)]
pub struct Names(BTreeSet<String>);

const ORDINALS: [(&str, &str); 6] =
    [("", ""), ("第二", "No. 2 "), ("第三", "No. 3 "), ("第四", "No. 4 "), ("第五", "No. 5 "), ("第六", "No. 6 ")];

impl Names {
    /// "X小学", then "X第二小学" and so on; the English follows.
    fn take(&mut self, label: &Label, what: (&str, &str)) -> (String, String) {
        let word = |(zh, en): (&str, &str)| {
            let english = format!("{} {en}{}{}", label.en, what.1, label.within);
            (format!("{}{zh}{}", label.zh, what.0), english.trim().to_owned())
        };
        let fresh = ORDINALS.into_iter().map(word).find(|name| self.0.insert(name.0.clone()));
        fresh.unwrap_or_else(|| word(ORDINALS[0]))
    }
}

/// A settlement's name as sites bear it: "铜城街道曙光社区", "Shuguang Community", ", Tongcheng Subdistrict".
#[derive(Default)]
pub struct Label {
    zh: String,
    en: String,
    within: String,
}

impl Label {
    fn plain(zh: &str, en: &str) -> Self {
        Self { zh: zh.to_owned(), en: en.to_owned(), within: String::new() }
    }

    fn of(q: &Place, town: usize) -> Self {
        if q.sort == Sort::TownSeat {
            return Self::plain(&q.name, &q.name_en);
        }
        let facts = &TOWNS[town];
        Self { zh: format!("{}{}", facts.name, q.name), en: q.name_en.clone(), within: format!(", {}", facts.name_en) }
    }
}

/// What a site is about to become.
pub struct Draft {
    pub town: usize,
    /// Which one of its kind in the town, from 0.
    pub turn: usize,
    pub label: Label,
    pub sort: Sort,
}

/// Makes all sites.
pub fn make(spots: &mut Spots) -> Vec<Site> {
    let mut maker = Maker { spots, made: Vec::new(), names: Names::default(), chance: Chance::new(1_000) };
    let mut comforting = Chance::new(1_100);
    for plan in &PLANS {
        let mut number = 0;
        for (town, &count) in plan.towns.iter().enumerate() {
            let settlements = settlements(maker.spots, plan.kind, town, count, &mut maker.chance);
            for (turn, place) in settlements.into_iter().enumerate() {
                let q = maker.spots.place(place);
                let draft = Draft { town, turn, label: Label::of(q, town), sort: q.sort };
                let mut site = maker.stand(plan, &draft, place);
                number += 1;
                finish(&mut site, plan, [turn, number, maker.made.len() + 1], &mut maker.chance);
                comforts(&mut site.row, plan.kind, &mut comforting);
                maker.made.push(site);
            }
        }
    }
    maker.made
}

/// In which settlements a town's sites of a kind are: mostly the communities of the seat; elsewhere the town seat first, then
/// the villages turn by turn. Hope cabins are never in a town seat.
fn settlements(spots: &Spots, kind: Kind, town: usize, count: usize, chance: &mut Chance) -> Vec<usize> {
    let mut villages = spots.places(town, Sort::Village);
    let mut pool = spots.places(town, if town < SUBDISTRICTS { Sort::Community } else { Sort::TownSeat });
    let shift = chance.below(pool.len());
    pool.rotate_left(shift);
    let centre = |i: usize| match (kind, town < SUBDISTRICTS) {
        (Kind::HopeCabin, _) => false,
        (_, true) => i % 8 != 7,
        (Kind::School, false) => i < 2,
        _ => i.is_multiple_of(2),
    };
    (0..count)
        .map(|i| if centre(i) { pool[i % pool.len()] } else { villages.swap_remove(chance.below(villages.len())) })
        .collect()
}

struct Maker<'a, 'b> {
    spots: &'a mut Spots<'b>,
    made: Vec<Site>,
    names: Names,
    chance: Chance,
}

impl Maker<'_, '_> {
    /// Finds a place and a name: at a school, in a park, or beside a lane of the settlement.
    fn stand(&mut self, plan: &Plan, draft: &Draft, place: usize) -> Site {
        let kind = plan.kind;
        let at_school = kind == Kind::ReadingSpace && setting(draft.town, draft.turn) == "学校";
        let mut row = Row::new();
        let (at, name) = if kind == Kind::SafetyPost || at_school {
            self.at_school(plan, draft, &mut row)
        } else if let Some((wish, park)) = park(self.spots, kind, draft) {
            let what = if kind == Kind::Playground {
                ("儿童乐园(示例)", "Children's Garden (demonstration)")
            } else {
                ("阅读亭(示例)", "Reading Pavilion (demonstration)")
            };
            row.set("地址", format!("{}{}(示例)", TOWNS[draft.town].name, park.0));
            let at = self.spots.near(wish, draft.town, (plan.letter, 12.0), &mut self.chance);
            (at, self.names.take(&Label::plain(park.0, park.1), what))
        } else {
            (self.by_lane(plan, draft, place, &mut row), called(kind, draft, &mut self.names))
        };
        row.set("名称", name.0).set("英文名", name.1);
        Site { kind, town: draft.town, at, row }
    }

    /// A safety post at the gate or at the crossing next to it, or a reading room in the grounds; it bears the school's name.
    fn at_school(&mut self, plan: &Plan, draft: &Draft, row: &mut Row) -> (P, (String, String)) {
        let mut schools = self.made.iter().filter(|s| s.kind == Kind::School && s.town == draft.town);
        let school = schools.nth(draft.turn).expect("no town has more of these than schools");
        let (name, english) = (school.row.get("名称"), school.row.get("英文名"));
        let (off, mut zh, en) = if plan.kind == Kind::SafetyPost {
            row.set("服务学校", name);
            (3.0, "门前护学岗", "Safety post")
        } else {
            row.set("地址", school.row.get("地址"));
            (16.0, "校园书屋", "Reading room")
        };
        let plain = (name.replace("(示例)", ""), english.replace(" (demonstration)", ""));
        let mut at = self.spots.near(school.at, draft.town, (plan.letter, off), &mut self.chance);
        if plan.kind == Kind::SafetyPost
            && let Some(crossing) = self.spots.by_crossing(school.at, draft.town, plan.letter)
        {
            (at, zh) = (crossing, "路口护学岗");
        }
        (at, (format!("{}{zh}(示例)", plain.0), format!("{en}, {} (demonstration)", plain.1)))
    }

    /// Beside a lane; everything but a hope cabin gets an address.
    fn by_lane(&mut self, plan: &Plan, draft: &Draft, place: usize, row: &mut Row) -> P {
        let off = if plan.kind == Kind::School { (20.0, 33.0) } else { (9.0, 30.0) };
        let (at, street) = self.spots.by_lane(place, plan.letter, off, &mut self.chance);
        if plan.kind != Kind::HopeCabin {
            let number = 1 + self.chance.below(180);
            let road = street.map_or(String::new(), |s| format!("{s}{number}号"));
            row.set("地址", format!("{}{road}(示例)", draft.label.zh));
        }
        at
    }
}

/// The park for the first playgrounds and open-air reading spaces of a subdistrict.
fn park(spots: &Spots, kind: Kind, draft: &Draft) -> Option<(P, (&'static str, &'static str))> {
    let open_air = match kind {
        Kind::Playground => true,
        Kind::ReadingSpace => setting(draft.town, draft.turn) == "公共空间",
        _ => false,
    };
    if !open_air || draft.town >= SUBDISTRICTS {
        return None;
    }
    let english = |name: &str| match name {
        n if n.starts_with("洛神湖") => ("洛神湖公园", "Luoshen Lake Park"),
        n if n.starts_with("阳光") => ("阳光公园", "Yangguang Park"),
        n if n.starts_with("康复") => ("康复公园", "Kangfu Park"),
        _ => ("东苑公园", "Dongyuan Park"),
    };
    let mut mine = spots.net.seat.parks.iter().filter_map(|park| {
        let middle = park.ring.iter().fold(crate::plane::p(0., 0.), |s, &q| s + q) * 0.25;
        let wish = middle * 0.35 + park.ring[0] * 0.65;
        (spots.towns(wish) == [draft.town]).then_some((wish, english(park.name)))
    });
    if kind == Kind::Playground { mine.nth(draft.turn) } else { mine.next() }
}

/// The invented name of a site of a settlement.
fn called(kind: Kind, draft: &Draft, names: &mut Names) -> (String, String) {
    let rural = draft.sort == Sort::Village;
    let label = &draft.label;
    let (town, town_en) = (TOWNS[draft.town].name, TOWNS[draft.town].name_en);
    let own = Label::plain(town, town_en);
    match kind {
        Kind::School => {
            let (what, wide) = crate::site_details::school_name(draft);
            names.take(if wide { &own } else { label }, what)
        }
        Kind::Kindergarten => names.take(label, ("幼儿园(示例)", "Kindergarten (demonstration)")),
        Kind::Hospital => match (draft.town, draft.turn) {
            (0, 0) => ("县人民医院儿科(示例)".into(), "County People's Hospital, Paediatrics (demonstration)".into()),
            (0, 1) => ("县妇幼保健院(示例)".into(), "County Maternal and Child Health Hospital (demonstration)".into()),
            (0, 2) => ("县中医院(示例)".into(), "County Hospital of Chinese Medicine (demonstration)".into()),
            (1, 0) => names.take(&own, ("社区卫生服务中心(示例)", "Community Health Centre (demonstration)")),
            (t, 0) if t >= SUBDISTRICTS => names.take(&own, ("卫生院(示例)", "Health Centre (demonstration)")),
            _ if rural => names.take(label, ("卫生室(示例)", "Clinic (demonstration)")),
            _ => names.take(label, ("卫生服务站(示例)", "Health Station (demonstration)")),
        },
        Kind::ParentsSchool => names.take(label, ("家长学校", "Parents' School")),
        Kind::Rehabilitation => {
            names.take(label, ("儿童康复中心(示例)", "Children's Rehabilitation Centre (demonstration)"))
        }
        Kind::Playground => names.take(label, ("儿童活动场", "Playground")),
        Kind::Childcare => names.take(label, ("托育园(示例)", "Nursery (demonstration)")),
        Kind::VolunteerStation => names.take(label, ("志愿服务站", "Volunteer Station")),
        Kind::HopeCabin => {
            let short = town.trim_end_matches("街道").trim_end_matches('镇');
            let en = town_en.split(' ').next().unwrap_or(town_en);
            (format!("希望小屋-{short}-{:02}", draft.turn + 1), format!("Hope cabin {en} {:02}", draft.turn + 1))
        }
        Kind::ReadingSpace | Kind::SafetyPost => {
            let (zh, en) = reading(draft);
            let (wide, alone) = (zh.starts_with('县'), Label::default());
            names.take(if wide { &alone } else { label }, (zh, en))
        }
    }
}

/// The values every site has, then those of its kind.
fn finish(site: &mut Site, plan: &Plan, [turn, number, serial]: [usize; 3], chance: &mut Chance) {
    let (lon, lat) = site.at.degrees();
    site.at = crate::plane::ground((lon * 1e6).round() / 1e6, (lat * 1e6).round() / 1e6);
    let row = &mut site.row;
    row.set("编号", format!("DE-{}-{number:03}", plan.letter)).set("类别", plan.name);
    row.set("经度", format!("{lon:.6}")).set("纬度", format!("{lat:.6}"));
    row.set("坐标系", "wgs84").set("来源", "demonstration").set("责任单位", plan.unit);
    if plan.kind != Kind::HopeCabin {
        if chance.share(0.85) {
            row.set("公开电话", format!("0635-0{serial:06}"));
        }
        if chance.share(0.8) {
            row.set("无障碍", *chance.pick(&["完全无障碍", "部分无障碍", "部分无障碍", "有台阶"]));
        }
    }
    details(site, number, chance);
    if plan.kind == Kind::ReadingSpace {
        reading_details(&mut site.row, site.town, turn, chance);
    }
}
