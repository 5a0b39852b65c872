//! A name taken apart into what distinguishes and what doesn't.

use crate::text::fold;

/// A piece of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// What belongs to the name of a place, a person or a school: a Han character, or a word of letters.
    Own(Box<str>),
    /// What follows the name of a place (县, 镇, 街道, 社区, 村), or says nothing; people leave it out.
    Empty,
    /// What a site is: class and word. Words of one class mean the same.
    Thing(u8, &'static str),
    /// A word that makes another institution of one: 外国语, 中医, 分园.
    Another(&'static str),
    /// A side or size: 东, 后, 大, 新. On its own it distinguishes; within a name (东阿) it belongs to that.
    Side(char),
}

/// A name's pieces, its numbers apart: 实验三小 and 第三实验小学 have them in other places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    pub pieces: Vec<Piece>,
    /// In order.
    pub numbers: Vec<String>,
    /// Letters and digits only, where a name has no Han characters.
    pub latin: Option<String>,
    /// Without white space and marks.
    pub plain: String,
}

/// What sites are, in classes of words that mean the same. Longer words are tried first.
const THINGS: &[&[&str]] = &[
    &["小学", "小学校", "完小", "完全小学", "中心校"],
    &["中学", "初级中学", "初中"],
    &["高级中学", "高中"],
    &["九年一贯制学校", "一贯制学校"],
    &["十二年一贯制学校"],
    &["学校"],
    &["幼儿园", "幼稚园"],
    &["托育园", "托育中心", "托育机构", "托育所", "托儿所", "托育服务中心"],
    &["图书馆"],
    &["儿童图书馆", "少儿图书馆", "少年儿童图书馆"],
    &["书屋", "书房", "书吧", "阅读空间", "阅览室", "图书室", "阅读驿站", "阅读吧", "图书阅览室", "城市书房"],
    &["书店"],
    &["卫生室", "卫生所"],
    &["诊所", "门诊部"],
    &["卫生院", "中心卫生院"],
    &["卫生服务中心", "社区卫生服务中心"],
    &["卫生服务站", "社区卫生服务站"],
    &["医院"],
    &["儿童医院"],
    &["妇幼保健院", "妇幼保健医院", "妇幼保健计划生育服务中心", "妇幼院"],
    &["家长学校"],
    &["乐园", "游乐园", "游乐场", "活动场", "活动场地", "活动区", "游戏场", "游乐场地"],
    &["活动中心"],
    &["志愿服务站", "志愿者服务站", "志愿服务点"],
    &["护学岗"],
    &["儿童之家"],
    &["公园"],
    &["广场"],
    &["少年宫"],
    &["文化站", "综合文化站"],
    &["博物馆"],
    &["科技馆"],
    &["体育馆"],
];

/// What people add or leave out. Nothing here tells one site from another that is near.
const EMPTY: &[&str] = &[
    "省",
    "市",
    "县",
    "镇",
    "乡",
    "街道办事处",
    "街道办",
    "街道",
    "办事处",
    "社区居委会",
    "居委会",
    "村委会",
    "村民委员会",
    "社区",
    "小区",
    "村",
    "大街",
    "街",
    "路",
    "的",
    "门前",
    "门口",
    "中心",
    "农家",
    "公共",
    "公益",
    "便民",
    "城市",
    "新时代",
    "总园",
    "总校",
    "总馆",
    "总部",
    "总院",
    "本部",
    "主校区",
    "儿童友好",
    "少年儿童",
    "儿童",
    "少儿",
    "人民",
    "全民",
    "党群",
    "公立",
    "镇立",
    "县立",
    "有限公司",
    "一处",
    "第",
    "号",
    "所",
];

/// What makes another institution of one.
const ANOTHER: &[&str] = &[
    "分园",
    "分校",
    "分馆",
    "分院",
    "分部",
    "分站",
    "分店",
    "分中心",
    "校区",
    "园区",
    "院区",
    "新馆",
    "老馆",
    "外国语",
    "双语",
    "民族",
    "职业",
    "特殊教育",
    "艺术",
    "体育",
    "中医",
    "附属",
    "附设",
    "国际",
    "师范",
    "党校",
    "老年",
    "职工",
    "私立",
];

/// Remarks in brackets that say nothing about which site is meant.
const REMARKS: &[&str] = &[
    "示例",
    "试点",
    "示范点",
    "示范",
    "公办",
    "民办",
    "筹建",
    "在建",
    "总部",
    "本部",
    "暂定",
    "原址",
    "新建",
    "demonstration",
    "已建",
];

const SIDES: &str = "东西南北前后上下左右内外大小新老旧";
const NUMERALS: &str = "〇零一二三四五六七八九十百";

impl Name {
    /// Takes a name apart.
    pub(super) fn read(name: &str) -> Self {
        let plain = without_remarks(&fold(name));
        let han = plain.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
        let latin = (!han).then(|| plain.chars().filter(char::is_ascii_alphanumeric).collect::<String>());
        let (pieces, mut numbers) = pieces(&plain);
        numbers.sort();
        let plain = plain.split_whitespace().collect();
        Self { pieces, numbers, latin: latin.filter(|latin| !latin.is_empty()), plain }
    }
}

/// Without remarks in brackets; what else stands in brackets belongs to the name. Marks become spaces.
fn without_remarks(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut parts = folded.split(['(', ')', '[', ']', '【', '】', '「', '」', '{', '}']);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        if !REMARKS.contains(&part.trim()) {
            out.push_str(part);
        }
    }
    out.chars().map(|c| if c.is_alphanumeric() || c == '\'' { c } else { ' ' }).collect()
}

fn pieces(plain: &str) -> (Vec<Piece>, Vec<String>) {
    let (mut pieces, mut numbers, mut rest) = (Vec::new(), Vec::new(), plain);
    while let Some(first) = rest.chars().next() {
        if let Some((taken, piece)) = word(rest) {
            pieces.push(piece);
            rest = &rest[taken..];
        } else if let Some((taken, number)) = number(rest) {
            numbers.push(number);
            rest = &rest[taken..];
            if let Some((taken, thing)) = abbreviated(rest) {
                pieces.push(thing);
                rest = &rest[taken..];
            }
        } else if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if SIDES.contains(first) {
            pieces.push(Piece::Side(first));
            rest = &rest[first.len_utf8()..];
        } else {
            let end = if first.is_ascii() || first.is_lowercase() {
                rest.find(|c: char| !(c.is_lowercase() || c == '\'')).unwrap_or(rest.len()).max(first.len_utf8())
            } else {
                first.len_utf8()
            };
            pieces.push(Piece::Own(rest[..end].into()));
            rest = &rest[end..];
        }
    }
    (pieces, numbers)
}

/// The longest known word that `rest` begins with.
fn word(rest: &str) -> Option<(usize, Piece)> {
    let things = (0..).zip(THINGS).flat_map(|(class, words)| words.iter().map(move |word| (*word, Some(class))));
    let all = things.chain(EMPTY.iter().chain(ANOTHER).map(|word| (*word, None)));
    let (word, class) = all.filter(|(word, _)| rest.starts_with(word)).max_by_key(|(word, _)| word.len())?;
    let piece = match class {
        Some(class) => Piece::Thing(class, word),
        None if ANOTHER.contains(&word) => Piece::Another(word),
        // 实小 is 实验小学; elsewhere 实 is a character like others
        None => Piece::Empty,
    };
    Some((word.len(), piece))
}

/// A number in digits or Chinese numerals, as digits.
fn number(rest: &str) -> Option<(usize, String)> {
    let taken = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    if taken > 0 {
        return Some((taken, rest[..taken].trim_start_matches('0').to_owned()));
    }
    let taken = rest.find(|c| !NUMERALS.contains(c)).unwrap_or(rest.len());
    (taken > 0).then(|| (taken, digits(&rest[..taken])))
}

/// 十二 is 12, 二十 20, 六一 61.
fn digits(numerals: &str) -> String {
    let value = |c: char| "零一二三四五六七八九".chars().position(|n| n == c || (c == '〇' && n == '零'));
    if !numerals.contains(['十', '百']) {
        return numerals.chars().filter_map(value).map(|digit| digit.to_string()).collect();
    }
    let (mut total, mut digit) = (0, None);
    for c in numerals.chars() {
        match c {
            '十' => total += 10 * digit.take().unwrap_or(1),
            '百' => total += 100 * digit.take().unwrap_or(1),
            _ => digit = value(c),
        }
    }
    (total + digit.unwrap_or(0)).to_string()
}

/// What a number is of, in short: 一中, 二小, 三幼.
fn abbreviated(rest: &str) -> Option<(usize, Piece)> {
    let mut chars = rest.chars();
    let (short, then) = (chars.next()?, chars.next());
    if !then.is_none_or(|c| "分东西南北门附校 ".contains(c)) {
        return None;
    }
    let (class, word) = match short {
        '小' => (0, "小学"),
        '中' => (1, "中学"),
        '幼' => (6, "幼儿园"),
        _ => return None,
    };
    Some((short.len_utf8(), Piece::Thing(class, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        for (name, number) in
            [("第十二小学", "12"), ("12小", "12"), ("二十幼", "20"), ("六一幼儿园", "61"), ("第0７小学", "7")]
        {
            assert_eq!(Name::read(name).numbers, [number], "{name}");
        }
        assert_eq!(Name::read("第三小学").pieces.last(), Name::read("三小").pieces.last());
    }

    #[test]
    fn remarks_are_left_out_and_other_brackets_are_read() {
        assert_eq!(Name::read("文化社区小学(示例)"), Name::read("文化社区小学"));
        assert!(Name::read("实验小学(北校区)").pieces.contains(&Piece::Another("校区")));
    }
}
