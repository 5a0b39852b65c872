//! A million sites with names, English names and addresses like those of Chinese counties, the same in every run.

/// A site as it is searched.
pub struct Named {
    pub name: String,
    pub english: String,
    pub address: String,
    pub kind: u16,
    pub lon: f64,
    pub lat: f64,
}

/// `SplitMix64`, so that every run sees the same world.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// Characters of place names with their readings.
const PLACE: [(&str, &str); 72] = [
    ("刘", "liu"),
    ("集", "ji"),
    ("姜", "jiang"),
    ("楼", "lou"),
    ("姚", "yao"),
    ("寨", "zhai"),
    ("鱼", "yu"),
    ("山", "shan"),
    ("铜", "tong"),
    ("城", "cheng"),
    ("新", "xin"),
    ("大", "da"),
    ("桥", "qiao"),
    ("高", "gao"),
    ("牛", "niu"),
    ("角", "jiao"),
    ("店", "dian"),
    ("孟", "meng"),
    ("康", "kang"),
    ("潘", "pan"),
    ("家", "jia"),
    ("庙", "miao"),
    ("马", "ma"),
    ("彭", "peng"),
    ("唐", "tang"),
    ("王", "wang"),
    ("李", "li"),
    ("张", "zhang"),
    ("赵", "zhao"),
    ("陈", "chen"),
    ("杨", "yang"),
    ("黄", "huang"),
    ("周", "zhou"),
    ("吴", "wu"),
    ("徐", "xu"),
    ("孙", "sun"),
    ("胡", "hu"),
    ("朱", "zhu"),
    ("林", "lin"),
    ("何", "he"),
    ("郭", "guo"),
    ("罗", "luo"),
    ("梁", "liang"),
    ("宋", "song"),
    ("郑", "zheng"),
    ("谢", "xie"),
    ("韩", "han"),
    ("曹", "cao"),
    ("许", "xu"),
    ("邓", "deng"),
    ("冯", "feng"),
    ("石", "shi"),
    ("河", "he"),
    ("湖", "hu"),
    ("沙", "sha"),
    ("白", "bai"),
    ("青", "qing"),
    ("龙", "long"),
    ("泉", "quan"),
    ("安", "an"),
    ("平", "ping"),
    ("东", "dong"),
    ("西", "xi"),
    ("南", "nan"),
    ("北", "bei"),
    ("长", "chang"),
    ("乐", "le"),
    ("庄", "zhuang"),
    ("口", "kou"),
    ("塘", "tang"),
    ("岭", "ling"),
    ("溪", "xi"),
];

const ENDS: [(&str, &str); 4] = [("镇", "Town"), ("街道", "Subdistrict"), ("村", "Village"), ("社区", "Community")];
const ORDINALS: [&str; 8] = ["", "", "", "中心", "第一", "第二", "第三", "实验"];
const THINGS: [(&str, &str); 12] = [
    ("阅读空间", "Reading Space"),
    ("小学", "Primary School"),
    ("幼儿园", "Kindergarten"),
    ("卫生院儿童门诊", "Hospital Children's Clinic"),
    ("护学岗", "Safety Post"),
    ("家长学校", "Parents' School"),
    ("康复机构", "Rehabilitation Centre"),
    ("儿童乐园", "Playground"),
    ("托育园", "Childcare"),
    ("志愿服务站", "Volunteer Station"),
    ("九年一贯制学校", "Nine-Year School"),
    ("早教中心", "Early Education Centre"),
];
const STREETS: [&str; 10] =
    ["人民路", "文化街", "前进街", "曙光街", "青年路", "建设路", "东苑街", "阿胶街", "工业大道", "中心街"];

fn place(dice: &mut Dice, most: usize) -> [String; 2] {
    let parts: Vec<_> = (0..2 + dice.below(most - 1)).map(|_| *dice.one(&PLACE)).collect();
    let mut latin: String = parts.iter().map(|part| part.1).collect();
    latin[..1].make_ascii_uppercase();
    [parts.iter().map(|part| part.0).collect(), latin]
}

pub fn scatter(count: usize) -> Vec<Named> {
    let mut dice = Dice::new(7);
    let towns: Vec<[String; 2]> = (0..4000).map(|_| place(&mut dice, 2)).collect();
    let villages: Vec<[String; 2]> = (0..40_000).map(|_| place(&mut dice, 3)).collect();
    (0..count)
        .map(|i| {
            let kind = dice.below(THINGS.len());
            let (thing, thing_en) = THINGS[kind];
            let town = dice.one(&towns);
            let (town_end, town_end_en) = ENDS[dice.below(2)];
            let village = dice.one(&villages);
            let (village_end, village_end_en) = ENDS[2 + dice.below(2)];
            let ordinal = dice.one(&ORDINALS);
            let within = dice.below(3) > 0;
            let local = if within { format!("{}{village_end}", village[0]) } else { String::new() };
            let local_en = if within { format!("{} {village_end_en} ", village[1]) } else { String::new() };
            Named {
                name: format!("{}{town_end}{local}{ordinal}{thing}", town[0]),
                english: format!("{local_en}{thing_en}, {} {town_end_en}", town[1]),
                address: format!("{}{town_end}{}{}号", town[0], dice.one(&STREETS), i % 997),
                kind: kind as u16,
                lon: 104.0 + 18.0 * dice.below(1_000_000) as f64 / 1e6,
                lat: 22.0 + 20.0 * dice.below(1_000_000) as f64 / 1e6,
            }
        })
        .collect()
}

/// Two hundred queries of one sort, made from names that there are.
pub fn queries(sites: &[Named], readings: &dyn Fn(char) -> String, sort: Sort) -> Vec<String> {
    let mut dice = Dice::new(11);
    (0..200)
        .map(|_| {
            let site = dice.one(sites);
            let name: Vec<char> = site.name.chars().collect();
            let from = dice.below(name.len() - 4);
            let part = &name[from..];
            let read = |part: &[char]| part.iter().map(|c| readings(*c)).collect::<String>();
            let initial = |c: &char| readings(*c).chars().take(1).collect::<String>();
            match sort {
                Sort::One => part[0].to_string(),
                Sort::Two => part[..2].iter().collect(),
                Sort::Four => part[..4].iter().collect(),
                Sort::Letter => initial(&part[0]),
                Sort::Pinyin => read(&part[..4]),
                Sort::PinyinBegun => {
                    let whole = read(&part[..3]);
                    whole[..whole.len() - 1].to_owned()
                }
                Sort::Initials(count) => part.iter().take(count).map(initial).collect(),
                Sort::Mixed => format!("{}{}{}", part[0], readings(part[1]), initial(&part[2])),
                Sort::Words => {
                    format!(
                        "{} {}",
                        name[..2].iter().collect::<String>(),
                        name[name.len() - 3..].iter().collect::<String>()
                    )
                }
                Sort::English => site.english.split(' ').rev().take(2).collect::<Vec<_>>().join(" "),
                Sort::Address => site.address.chars().skip(site.address.chars().count() - 6).collect(),
                Sort::Typo => {
                    let mut wrong = part[..4].to_vec();
                    wrong[1 + dice.below(2)] = '错';
                    wrong.iter().collect()
                }
                Sort::PinyinTypo => {
                    let mut letters: Vec<char> = read(&part[..3]).chars().collect();
                    let at = dice.below(letters.len() - 1);
                    letters.swap(at, at + 1);
                    letters[0] = 'v';
                    letters.iter().collect()
                }
                Sort::EnglishTypo => site.english.split(' ').next().unwrap_or_default().replace(['a', 'e'], "i"),
                Sort::Nothing => format!("{}{}", part[3], part[0]),
            }
        })
        .collect()
}

/// How somebody types.
#[derive(Debug, Clone, Copy)]
pub enum Sort {
    One,
    Two,
    Four,
    Letter,
    Pinyin,
    PinyinBegun,
    Initials(usize),
    Mixed,
    Words,
    English,
    Address,
    Typo,
    PinyinTypo,
    EnglishTypo,
    Nothing,
}
