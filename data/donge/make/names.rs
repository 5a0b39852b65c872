//! Names for villages and streets, invented from common surnames and village endings, with their pinyin.

use crate::chance::Chance;

const SURNAMES: [(&str, &str); 48] = [
    ("王", "Wang"),
    ("李", "Li"),
    ("张", "Zhang"),
    ("刘", "Liu"),
    ("孙", "Sun"),
    ("陈", "Chen"),
    ("赵", "Zhao"),
    ("周", "Zhou"),
    ("吴", "Wu"),
    ("徐", "Xu"),
    ("马", "Ma"),
    ("朱", "Zhu"),
    ("胡", "Hu"),
    ("郭", "Guo"),
    ("何", "He"),
    ("高", "Gao"),
    ("林", "Lin"),
    ("郑", "Zheng"),
    ("梁", "Liang"),
    ("谢", "Xie"),
    ("宋", "Song"),
    ("唐", "Tang"),
    ("许", "Xu"),
    ("韩", "Han"),
    ("冯", "Feng"),
    ("邓", "Deng"),
    ("曹", "Cao"),
    ("彭", "Peng"),
    ("曾", "Zeng"),
    ("田", "Tian"),
    ("董", "Dong"),
    ("潘", "Pan"),
    ("袁", "Yuan"),
    ("蔡", "Cai"),
    ("蒋", "Jiang"),
    ("于", "Yu"),
    ("杜", "Du"),
    ("魏", "Wei"),
    ("程", "Cheng"),
    ("苏", "Su"),
    ("姜", "Jiang"),
    ("秦", "Qin"),
    ("侯", "Hou"),
    ("邵", "Shao"),
    ("孟", "Meng"),
    ("康", "Kang"),
    ("贾", "Jia"),
    ("史", "Shi"),
];

const ENDINGS: [(&str, &str); 14] = [
    ("庄", "zhuang"),
    ("楼", "lou"),
    ("店", "dian"),
    ("屯", "tun"),
    ("营", "ying"),
    ("洼", "wa"),
    ("寨", "zhai"),
    ("堂", "tang"),
    ("坡", "po"),
    ("园", "yuan"),
    ("口", "kou"),
    ("井", "jing"),
    ("坊", "fang"),
    ("庙", "miao"),
];

const BEFORE: [(&str, &str); 6] =
    [("前", "Qian"), ("后", "Hou"), ("大", "Da"), ("小", "Xiao"), ("东", "Dong"), ("西", "Xi")];

/// Names of the ten urban communities: the first six in 铜城街道, the others in 新城街道. Invented.
pub const COMMUNITIES: [(&str, &str); 10] = [
    ("文化社区", "Wenhua Community"),
    ("曙光社区", "Shuguang Community"),
    ("前进社区", "Qianjin Community"),
    ("青年社区", "Qingnian Community"),
    ("和平社区", "Heping Community"),
    ("建设社区", "Jianshe Community"),
    ("阳光社区", "Yangguang Community"),
    ("新苑社区", "Xinyuan Community"),
    ("安康社区", "Ankang Community"),
    ("书香社区", "Shuxiang Community"),
];

/// North–south streets of the seat. 文化街 is the seat's published address; where it runs is invented, like the others.
pub const STREETS: [&str; 10] =
    ["西苑街", "光明街", "青年街", "文化街", "曙光街", "前进街", "和平街", "", "工业街", "东苑街"];

/// East–west roads of the seat, from the south.
pub const ROADS: [&str; 9] = ["南环路", "康复路", "湖滨路", "建设路", "人民路", "", "阳光路", "新城路", "北环路"];

/// A name and its English form.
pub type Name = (String, String);

/// A village name of one of the usual forms: 王庄村, 大孙村, 孙家楼村.
pub fn village(chance: &mut Chance) -> Name {
    let (surname, pinyin) = *chance.pick(&SURNAMES);
    let (ending, sound) = *chance.pick(&ENDINGS);
    match chance.below(10) {
        0..=5 => (format!("{surname}{ending}村"), format!("{pinyin}{sound} Village")),
        6 | 7 => (format!("{surname}家{ending}村"), format!("{pinyin}jia{sound} Village")),
        _ => {
            let (before, first) = *chance.pick(&BEFORE[2..]);
            (format!("{before}{surname}村"), format!("{first}{} Village", pinyin.to_lowercase()))
        }
    }
}

/// The pair of names of two neighbours, southern (前) and northern (后).
pub fn pair(chance: &mut Chance) -> [Name; 2] {
    let (surname, pinyin) = *chance.pick(&SURNAMES);
    [0, 1].map(|k| (format!("{}{surname}村", BEFORE[k].0), format!("{}{} Village", BEFORE[k].1, pinyin.to_lowercase())))
}
