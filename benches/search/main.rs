//! What a search costs at a million sites, beside a bare scan for the same words through one text of all names, English
//! names and addresses, in the same run. The scan finds the words as they are and nothing else.
//!
//! `--json` prints the table as JSON; `--sites N` takes another size; `--typed WORDS` asks nothing but that, again and again.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[allow(dead_code, reason = "the table names it")]
#[path = "../shared/load.rs"]
mod load;
mod names;
#[allow(dead_code, reason = "for the benches that need it")]
#[path = "../shared/table.rs"]
mod table;

use memchr::memmem;
use names::{Named, Sort};
use std::time::Instant;
use table::{Row, Table};
use yimi::geo::LonLat;
use yimi::search::{Entry, Gathered, Names, Question, SearchIndex, Sounds};
use yimi::text::{Readings, fold};

/// A scan takes long; the middle of some is enough.
const SCANS: usize = 10;
/// Sites that are lent at a time.
const AT_ONCE: usize = 10_000;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let count = arguments
        .iter()
        .position(|a| a == "--sites")
        .and_then(|i| arguments.get(i + 1))
        .map_or(1_000_000, |n| n.parse().expect("a number"));
    let sites = names::scatter(count);
    let mut table = Table::new(format!("{count} sites"));
    let mut index = built(&sites, &mut table);
    let text: String = sites.iter().map(|s| fold(&format!("{} {} {}", s.name, s.english, s.address)) + "\n").collect();
    let readings = Readings::default();
    let read = |c: char| readings.of_char(c).first().map_or_else(|| c.to_string(), |reading| (*reading).to_owned());
    if let Some(typed) = arguments.iter().position(|a| a == "--typed").and_then(|i| arguments.get(i + 1)) {
        ask(typed, &vec![typed.clone(); 1000], &index, &text, &mut table);
        table.print(false);
        return;
    }
    for (what, sort) in [
        ("one character", Sort::One),
        ("two characters of the middle", Sort::Two),
        ("four characters", Sort::Four),
        ("one letter", Sort::Letter),
        ("pinyin of four characters", Sort::Pinyin),
        ("pinyin, the last syllable begun", Sort::PinyinBegun),
        ("two initials", Sort::Initials(2)),
        ("three initials", Sort::Initials(3)),
        ("five initials", Sort::Initials(5)),
        ("character, pinyin, initial", Sort::Mixed),
        ("two words", Sort::Words),
        ("two English words", Sort::English),
        ("end of an address", Sort::Address),
        ("one of four characters wrong", Sort::Typo),
        ("pinyin with two typos", Sort::PinyinTypo),
        ("English with typos", Sort::EnglishTypo),
        ("two characters that are hardly neighbours", Sort::Nothing),
    ] {
        ask(what, &names::queries(&sites, &read, sort), &index, &text, &mut table);
    }
    for worst in
        ["小", "学", "x", "xx", "xxx", "zz", "社区小学", "shi", "小学 中心", "space", "e", "学小学", "zhongxinxiaoxue"]
    {
        ask(&format!("again and again: {worst}"), &vec![worst.to_owned(); 100], &index, &text, &mut table);
    }
    ask("ten thousand characters", &vec!["小学".repeat(5000); 100], &index, &text, &mut table);
    near("xiaoxue, nearest first", "xiaoxue", &index, &mut table);
    near("学, nearest first", "学", &index, &mut table);
    amend(&sites, &mut index, &mut table);
    table.print(arguments.iter().any(|a| a == "--json"));
}

fn entry(key: usize, site: &Named) -> Entry<'_> {
    let at = LonLat::new(site.lon, site.lat).ok();
    Entry { key: key as u32, class: site.kind, at, name: &site.name, english: &site.english, also: &site.address }
}

fn built(sites: &[Named], table: &mut Table) -> SearchIndex {
    let before_kb = table::memory_kb("self", "VmRSS");
    let began = Instant::now();
    let sounds = Sounds::new(&Readings::default());
    table.add(Row::once("readings of all characters", began.elapsed()));
    let mut index = SearchIndex::new(sounds, [(0, "阅读空间"), (0, "library"), (1, "小学"), (2, "幼儿园")]);
    let began = Instant::now();
    let mut gathered = Gathered::default();
    for (chunk, some) in sites.chunks(AT_ONCE).enumerate() {
        let entries: Vec<Entry<'_>> =
            some.iter().enumerate().map(|(place, site)| entry(chunk * AT_ONCE + place, site)).collect();
        gathered.add(&entries);
    }
    let spelled = began.elapsed();
    index.sites = Names::build(gathered);
    table.add(Row::once("build the index", began.elapsed()).with_note(format!(
        "{} ms of it spelling; {} MB held, resident grew by {} MB, peak {} MB",
        spelled.as_millis(),
        index.sites.bytes_held() / 1_000_000,
        table::memory_kb("self", "VmRSS").saturating_sub(before_kb) / 1024,
        table::memory_kb("self", "VmHWM").saturating_sub(before_kb) / 1024
    )));
    index
}

fn ask(what: &str, typed: &[String], index: &SearchIndex, text: &str, table: &mut Table) {
    let scanned: Vec<String> = typed.iter().take(SCANS).map(|typed| fold(typed)).collect();
    let bare = table.time(&format!("bare scan: {what}"), None, &scanned, |typed| {
        memmem::find_iter(text.as_bytes(), typed.as_bytes()).count()
    });
    table.time(what, Some(bare), typed, |typed| found(index, typed, None));
}

fn found(index: &SearchIndex, typed: &str, near: Option<LonLat>) -> usize {
    let query = index.query(typed);
    let question = Question { query: &query, near, classes: None, bounds: None, limit: 10, keep: &|_| true };
    index.find(&question).iter().map(|found| found.rank.key as usize + 1).sum()
}

fn near(what: &str, typed: &str, index: &SearchIndex, table: &mut Table) {
    let asked: Vec<f64> = (0..100).map(|i| 105.0 + f64::from(i) / 10.0).collect();
    table.time(what, None, &asked, |lon| found(index, typed, LonLat::new(*lon, 30.0).ok()));
}

fn amend(sites: &[Named], index: &mut SearchIndex, table: &mut Table) {
    let keys: Vec<usize> = (0..20_000).map(|i| i * 37 % sites.len()).collect();
    table.time("put one site in the place of another", None, &keys, |key| {
        index.sites.put(&entry(*key, &sites[sites.len() - 1 - key]));
        index.sites.len()
    });
}
