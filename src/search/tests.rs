//! The whole box: a table of what people type, and the packed index against a plain look at every row.

use super::matched::Near;
use super::rows::{Row, Rows, Words};
use super::segment::mistyped;
use super::typo::Mistyped;
use super::*;
use crate::geo::LonLat;
use crate::text::Readings;
use proptest::prelude::*;
use std::sync::LazyLock;

static SOUNDS: LazyLock<Sounds> = LazyLock::new(sounds);

fn sounds() -> Sounds {
    Sounds::new(&Readings::with_overrides([("东阿", "dong e"), ("阿胶", "e jiao")]))
}

/// Number, class, name, English name, address.
const SITES: [(u32, u16, &str, &str, &str); 12] = [
    (1, 1, "东阿县实验小学", "Dong'e County Experimental Primary School", "文化街1号"),
    (2, 0, "东阿县图书馆", "Dong'e County Library", "前进街12号"),
    (3, 1, "铜城街道第二实验小学(示例)", "No. 2 Experimental Primary School", "曙光街"),
    (4, 1, "实验小学", "Experimental Primary School", "铜城街道"),
    (7, 2, "刘集镇中心幼儿园", "Liuji Town Central Kindergarten", "刘集镇刘集村"),
    (8, 2, "姜楼镇中心幼儿园", "Jianglou Town Central Kindergarten", "姜楼镇"),
    (9, 0, "刘集镇阅读空间", "Liuji Town Reading Space", "刘集镇"),
    (10, 3, "早教中心", "Early Education Centre", "青年街"),
    (11, 4, "长乐街乐园", "Changle Playground", "长乐街"),
    (12, 4, "KFC 儿童乐园", "KFC Playground", "105 国道"),
    (13, 5, "东阿县妇幼保健院", "Dong'e Maternal and Child Health Hospital", "阿胶街"),
    (14, 0, "姚寨镇阅读空间", "Yaozhai Town Reading Space", "姚寨镇"),
];

const KINDS: [(u16, &str); 9] = [
    (0, "阅读空间"),
    (0, "书屋"),
    (0, "图书馆"),
    (0, "library"),
    (1, "学校"),
    (2, "幼儿园"),
    (2, "kindergarten"),
    (2, "nursery school"),
    (5, "医院"),
];

const PLACES: [(u32, &str, &str); 4] = [
    (0, "刘集镇", "Liuji"),
    (1, "鱼山村", "Yushan"),
    (2, "洛神湖公园", "Luoshen Lake Park"),
    (3, "小孟村", "Xiaomeng"),
];

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).expect("a position")
}

fn county() -> SearchIndex {
    let mut index = SearchIndex::new(sounds(), KINDS);
    let entry = |&(key, class, name, english, also): &(u32, u16, &'static str, &'static str, &'static str)| Entry {
        key,
        class,
        at: Some(at(116.0 + f64::from(key) / 10.0, 36.0)),
        name,
        english,
        also,
    };
    let mut gathered = Gathered::default();
    gathered.add(&SITES.iter().map(entry).collect::<Vec<_>>());
    index.sites = Names::build(gathered);
    let mut places = Gathered::default();
    let place = |(key, name, english): &(u32, &'static str, &'static str)| Entry {
        key: *key,
        class: NO_KIND,
        at: Some(at(116.3, 36.3)),
        name,
        english,
        also: "",
    };
    places.add(&PLACES.iter().map(place).collect::<Vec<_>>());
    index.set_places(places);
    index
}

fn asked(query: &Query) -> Question<'_> {
    Question { query, near: None, classes: None, bounds: None, limit: 10, keep: &|_| true }
}

fn found(index: &SearchIndex, typed: &str) -> Vec<Hit> {
    let meant = index.meant(typed, 10, &|query| index.find(&asked(query)), &|found| (found.hit, &mut found.rank));
    meant.found.iter().map(|(_, found)| found.hit).collect()
}

#[test]
fn what_people_type_finds_what_they_mean_first() {
    use Hit::{Kind, Place, Site};
    let index = county();
    for (typed, first) in [
        ("实验小学", Site(4)),
        ("验小", Site(4)),
        ("第二实验", Site(3)),
        ("第二实验小学（示例）", Site(3)),
        ("早", Site(10)),
        ("图书", Kind(0)),
        ("东阿县图书馆", Site(2)),
        ("東阿縣圖書館", Site(2)),
        ("劉集鎮中心幼兒園", Site(7)),
        ("东阿县图", Site(2)),
        ("dongexian", Site(2)),
        ("donga", Site(2)),
        ("dexsyxx", Site(1)),
        ("DEX", Site(2)),
        ("syxx", Site(4)),
        ("dongextsg", Site(2)),
        ("东a县图", Site(2)),
        ("dong阿县fu", Site(13)),
        ("实yanx", Site(4)),
        ("zaojiaozh", Site(10)),
        ("zhanglejie", Site(11)),
        ("changle", Site(11)),
        ("yuej", Site(11)),
        ("kfc", Site(12)),
        ("KFCertong", Site(12)),
        ("ljz", Place(0)),
        ("liuji", Place(0)),
        ("刘集", Place(0)),
        ("刘集 幼儿园", Site(7)),
        ("幼儿园 刘集", Site(7)),
        ("刘集幼儿园", Site(7)),
        ("幼儿园刘集", Site(7)),
        ("劉集書屋", Site(9)),
        ("姚寨图书馆", Site(14)),
        ("刘吉", Place(0)),
        ("第二试验小雪", Site(3)),
        ("No. 2 Experimental Primary School", Site(3)),
        ("no 2", Site(3)),
        ("刘集kindergarten", Site(7)),
        ("刘集中心", Site(7)),
        ("东阿图书", Site(2)),
        ("刘吉幼儿圆", Site(7)),
        ("刘集又儿园", Site(7)),
        ("姚寨 淑屋", Site(14)),
        ("淑屋", Kind(0)),
        ("早叫中心", Site(10)),
        ("liuji yey", Site(7)),
        ("liuji kindergarten", Site(7)),
        ("library liuji", Site(9)),
        ("书屋 姚寨", Site(14)),
        ("书屋", Kind(0)),
        ("shuwu", Kind(0)),
        ("library", Kind(0)),
        ("幼儿园", Kind(2)),
        ("洛神湖", Place(2)),
        ("yushan", Place(1)),
        ("lake park", Place(2)),
        ("playground", Site(11)),
        ("文化街", Site(1)),
        ("实验小雪", Site(4)),
        ("妇保健院", Site(13)),
        ("妇幼保保健院", Site(13)),
        ("妇幼健保院", Site(13)),
        ("tushugaun", Kind(0)),
        ("baojainyuan", Site(13)),
        ("boajainyuan", Site(13)),
        ("libary", Kind(0)),
        ("kindergraten liuji", Site(7)),
        ("libary liuji", Site(9)),
        ("刘集 图书官", Site(9)),
        ("刘集镇图书", Site(9)),
        ("姚寨图书", Site(14)),
        ("liujiyoueryuan", Site(7)),
        ("jlyey", Site(8)),
        ("liuji nursery school", Site(7)),
        ("附近的图书馆", Kind(0)),
        ("library in yaozhai", Site(14)),
        ("姚寨 医院", Kind(5)),
        ("experimantal", Site(4)),
        ("jainglou", Site(8)),
    ] {
        assert_eq!(found(&index, typed).first(), Some(&first), "{typed}: {:?}", found(&index, typed));
    }
}

#[test]
fn what_means_nothing_finds_nothing_and_nothing_breaks() {
    let index = county();
    let long = "学".repeat(10_000);
    let words = "实验 ".repeat(10_000);
    let letters = "a".repeat(10_000);
    let bad = [
        "",
        "   ",
        "\u{0}\u{1}\u{2}",
        "🍜🍜🍜",
        "👨‍👩‍👧",
        "'; drop table sites; --",
        "<script>alert(1)</script>",
        "%_%",
        "((((",
        "不存在的",
        "\u{202e}\u{feff}",
        "zzzzzzzz",
        "𠮷𠮷",
        &long,
        &letters,
    ];
    for typed in bad {
        assert!(found(&index, typed).is_empty(), "{typed}: {:?}", found(&index, typed));
    }
    assert!(!found(&index, &words).is_empty(), "only its beginning counts");
}

#[test]
fn typos_are_thought_of_only_when_hardly_anything_was_typed_right() {
    let index = county();
    let query = index.query("实验小学");
    assert!(index.find_sites(&asked(&query)).iter().all(|rank| rank.edits == 0));
    let query = index.query("实验中学");
    let ranks = index.find_sites(&asked(&query));
    assert!(!ranks.is_empty() && ranks.iter().all(|rank| rank.edits == 1), "{ranks:?}");
}

#[test]
fn what_is_meant_by_its_sound_counts_as_mistyped() {
    let index = county();
    let edits = |typed| {
        let meant = index.meant(typed, 10, &|query| index.find(&asked(query)), &|found| (found.hit, &mut found.rank));
        meant.found.first().map(|(_, found)| found.rank.edits)
    };
    assert_eq!(["刘集幼儿园", "刘吉幼儿园", "刘集又儿园", "刘吉"].map(edits), [Some(0), Some(1), Some(1), Some(1)]);
    // what an address is called stands before what sounds like it
    assert_eq!(edits("文化街"), Some(0));
}

#[test]
fn nearer_sites_come_first_among_those_that_match_alike() {
    let index = county();
    let query = index.query("幼儿园");
    let keys = |near| {
        let question = Question { near, ..asked(&query) };
        index.find_sites(&question).iter().map(|rank| rank.key).collect::<Vec<_>>()
    };
    assert_eq!(keys(None), [7, 8]);
    assert_eq!(keys(Some(at(116.81, 36.0))), [8, 7]);
}

#[test]
fn a_question_may_ask_for_some_sites_only() {
    let index = county();
    let query = index.query("小学");
    let question = Question { keep: &|key| key != 4, ..asked(&query) };
    assert_eq!(index.find_sites(&question).iter().map(|rank| rank.key).collect::<Vec<_>>(), [1, 3]);
    let none = Question { classes: Some(&[0]), ..asked(&query) };
    assert!(index.find_sites(&none).is_empty());
}

#[test]
fn a_new_name_replaces_the_old_and_a_removed_site_is_gone() {
    let mut index = county();
    index.sites.put(&Entry { key: 4, class: 0, at: None, name: "阅读驿站", english: "", also: "" });
    index.sites.remove(3);
    index.sites.remove(99);
    assert_eq!(index.sites.len(), SITES.len() - 1);
    let keys = |typed| index.find_sites(&asked(&index.query(typed))).iter().map(|rank| rank.key).collect::<Vec<_>>();
    assert_eq!((keys("实验小学"), keys("yuedu")), (vec![1], vec![4, 9, 14]));
}

#[test]
fn thousands_put_in_one_by_one_are_found_like_thousands_built_at_once() {
    let name = |key: u32| format!("第{key}社区{}", ["书屋", "小学", "library 幼儿园"][key as usize % 3]);
    let mut names = Names::default();
    let mut gathered = Gathered::default();
    for key in 0..5000 {
        let name = name(key);
        let entry = Entry { key, class: 0, at: None, name: &name, english: "Reading Corner", also: "长街" };
        names.put(&Entry { name: "旧名", ..entry });
        names.put(&entry);
        gathered.add(&[entry]);
    }
    let built = Names::build(gathered);
    assert_eq!((names.len(), built.len()), (5000, 5000));
    for typed in ["旧名", "第49社区", "diwu", "sq小学", "reading 7", "cornre", "长街", "l幼儿园", "书物屋"]
    {
        let query = Query::new(&SOUNDS, typed);
        assert_eq!(names.find(&SOUNDS, &asked(&query)), built.find(&SOUNDS, &asked(&query)), "{typed}");
    }
}

/// Looks at every row, in any order.
fn plain(rows: &Rows, question: &Question<'_>) -> Vec<Rank> {
    let near = question.near.map(|at| Near::new(at.lon(), at.lat()));
    let ranked = |judge: &dyn Fn(Row<'_>) -> Option<(u8, Matched)>| {
        let kept = rows.iter().filter(|row| question.classes.is_none_or(|classes| classes.contains(&row.class)));
        let mut ranks: Vec<Rank> = kept
            .filter_map(|row| {
                let (edits, matched) = judge(row)?;
                Some(row.rank(edits, matched, near.map_or(0, |near| near.far(row.at))))
            })
            .collect();
        ranks.sort_unstable();
        ranks.truncate(question.limit);
        ranks
    };
    let words = &question.query.words;
    if words.is_empty() {
        return Vec::new();
    }
    let exact = ranked(&|row| {
        let all = words.iter().map(|word| row.judge(&SOUNDS, word, Words::Here));
        Some((0, all.collect::<Option<Vec<_>>>()?.into_iter().max()?))
    });
    let mut found = exact;
    for most in 1..=words.iter().map(Mistyped::edits).max().unwrap_or_default() {
        if found.len() >= 3.min(question.limit) {
            break;
        }
        let guesses = ranked(&|row| mistyped(&SOUNDS, row, words.iter().map(|word| (word, Words::Here)), most));
        found = found.into_iter().chain(guesses).take(question.limit).collect();
    }
    found
}

/// Names of few characters, some of which have several readings, with letters, digits and signs between.
fn a_name() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "长", "乐", "重", "阿", "东", "西", "安", "小", "学", "校", "图", "书", "馆", "刘", "集", "a", "xi", "K", "1",
        " ", "(", "县", "恩", "二",
    ]);
    prop::collection::vec(part, 1..9).prop_map(|parts| parts.concat())
}

fn english() -> impl Strategy<Value = String> {
    let word =
        prop::sample::select(vec!["library", "Liuji", "primary", "school", "No.", "2", "A", "Dong'e", "libraries"]);
    prop::collection::vec(word, 0..4).prop_map(|words| words.join(" "))
}

fn typed() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "长", "乐", "chang", "zhang", "le", "yue", "xi", "an", "xian", "x", "小", "xue", "xiao", "tu", "shu", "guan",
        "d", "e", "a", "k", "1", " ", "学", "library", "libary", "lib", "liu", "ji", "書", "二", "er", "图书", "东阿",
        "s", "h", "primery",
    ]);
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn the_packed_index_finds_what_a_look_at_every_row_finds(
        things in prop::collection::vec((a_name(), english(), a_name(), 0_u16..3), 1..60),
        typed in prop::collection::vec(typed(), 12),
        limit in 1_usize..8,
        classes in prop::option::of(Just([0_u16, 2])),
        near in prop::option::of(prop::sample::select(vec![(116.2, 36.0), (116.0, 36.001), (-179.999, 36.0), (10.0, 90.0)])),
    ) {
        let entry = |(key, (name, english, also, class)): (usize, &'_ (String, String, String, u16))| {
            let spot = match key % 9 {
                0 => None,
                1 => Some(at(179.999, 36.0)),
                _ => Some(at(116.0 + 0.01 * (key * 7 % 30) as f64, 36.0)),
            };
            (key as u32, *class, spot, name.clone(), english.clone(), also.clone())
        };
        let owned: Vec<_> = things.iter().enumerate().map(entry).collect();
        let entries: Vec<Entry<'_>> = owned
            .iter()
            .map(|(key, class, at, name, english, also)| Entry { key: *key, class: *class, at: *at, name, english, also })
            .collect();
        let mut rows = Rows::default();
        for entry in &entries {
            rows.spell(entry);
        }
        let mut gathered = Gathered::default();
        gathered.add(&entries);
        let names = Names::build(gathered);
        for typed in &typed {
            let mut query = Query::new(&SOUNDS, typed);
            if let Some(word) = query.words.first_mut() {
                word.classes = vec![1];
            }
            let near = near.map(|(lon, lat)| at(lon, lat));
            let classes = classes.as_ref().map(|classes| &classes[..]);
            let question = Question { near, classes, limit, ..asked(&query) };
            prop_assert_eq!(names.find(&SOUNDS, &question), plain(&rows, &question), "{}", typed);
        }
    }

    #[test]
    fn any_part_of_a_name_finds_it_however_it_is_typed(
        name in "[长乐重阿东西安小学校图书馆刘集]{2,8}",
        from in 0_usize..7,
        ways in prop::collection::vec((0_u8..3, any::<prop::sample::Index>()), 8),
    ) {
        // each character as itself, as one of its readings or as the beginning of one
        let chars: Vec<char> = name.chars().collect();
        let part = &chars[from.min(chars.len() - 2)..];
        let spelled: String = part.iter().zip(&ways).map(|(c, (way, which))| {
            let readings = SOUNDS.of(*c as u16);
            let reading = &SOUNDS.syllables()[usize::from(readings[which.index(readings.len())])];
            match way {
                0 => c.to_string(),
                1 => reading.to_string(),
                _ => reading[..1].to_owned(),
            }
        }).collect();
        let mut gathered = Gathered::default();
        gathered.add(&[Entry { key: 5, class: 0, at: None, name: &name, english: "", also: "" }]);
        let query = Query::new(&SOUNDS, &spelled);
        let found = Names::build(gathered).find(&SOUNDS, &asked(&query));
        prop_assert_eq!(found.first().map(|rank| (rank.key, rank.edits)), Some((5, 0)), "{}", spelled);
        prop_assert!(!marked(&SOUNDS, &query, &name, 0).is_empty());
    }

    #[test]
    fn whatever_is_typed_is_answered(typed in ".{0,200}") {
        static COUNTY: LazyLock<SearchIndex> = LazyLock::new(county);
        let query = COUNTY.query(&typed);
        let found = COUNTY.find(&asked(&query));
        prop_assert!(found.len() <= 10);
        for (_, _, name, english, _) in SITES {
            for span in [name, english].iter().flat_map(|text| marked(&SOUNDS, &query, text, 2)) {
                prop_assert!(span.start < span.end && span.end <= name.chars().count().max(english.chars().count()));
            }
        }
    }
}
