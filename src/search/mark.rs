//! What of a shown name matched, so that it can be set apart on screen.

use super::query::Query;
use super::sounds::Sounds;
use super::spelling::{is_latin, spell};
use super::typo;
use super::word::{Way, Word};
use std::ops::Range;

/// The characters of `text` that the words matched: ranges of characters, ascending, apart from each other. With `edits`
/// above 0, words that are not there as they were typed are looked for as typos.
#[must_use]
pub fn marked(sounds: &Sounds, query: &Query, text: &str, edits: u8) -> Vec<Range<usize>> {
    let (mut units, mut places) = (Vec::new(), Vec::new());
    spell(text, |unit, place| {
        units.push(unit);
        places.push(place);
    });
    let in_text = |word: &Word| {
        let span = typed_right(sounds, word, &units).or_else(|| mistyped(sounds, word, &units, edits))?;
        let last = span.end.checked_sub(1)?;
        Some(*places.get(span.start)?..places.get(last)? + 1)
    };
    let mut spans: Vec<Range<usize>> = query.words.iter().filter_map(in_text).collect();
    spans.sort_unstable_by_key(|span| (span.start, span.end));
    spans.dedup_by(|next, last| {
        let touching = next.start <= last.end;
        if touching {
            last.end = last.end.max(next.end);
        }
        touching
    });
    spans
}

fn typed_right(sounds: &Sounds, word: &Word, units: &[u16]) -> Option<Range<usize>> {
    if let Some(span) = word.find(sounds, units, Way::Letters) {
        return Some(span);
    }
    let initials = word.find(sounds, units, Way::Initials)?;
    // the order in which a name is judged
    match word.find(sounds, units, Way::Sounds) {
        Some(span) if span.start == 0 || initials.start > 0 => Some(span),
        _ => Some(initials),
    }
}

fn mistyped(sounds: &Sounds, word: &Word, units: &[u16], edits: u8) -> Option<Range<usize>> {
    let (found, span) = typo::in_name(sounds, word, units, edits)?;
    debug_assert!(found <= edits);
    // of a Latin word the whole is marked: where the typo is does not matter
    let latin_end = units[span.end..].iter().take_while(|unit| is_latin(**unit)).count();
    let ends_in_latin = span.end > 0 && is_latin(units[span.end - 1]);
    Some(span.start..span.end + if ends_in_latin { latin_end } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Readings;

    fn shown(typed: &str, name: &str, edits: u8) -> String {
        let sounds = Sounds::new(&Readings::with_overrides([("东阿", "dong e")]));
        let spans = marked(&sounds, &Query::new(&sounds, typed), name, edits);
        let inside = |place: usize| spans.iter().any(|span| span.contains(&place));
        let mut out = String::new();
        for (place, c) in name.chars().enumerate() {
            if inside(place) && !(place > 0 && inside(place - 1)) {
                out.push('[');
            }
            out.push(c);
            if inside(place) && !inside(place + 1) {
                out.push(']');
            }
        }
        out
    }

    #[test]
    fn what_matched_is_marked_however_it_was_typed() {
        for (typed, name, edits, wanted) in [
            ("验小", "第二实验小学", 0, "第二实[验小]学"),
            ("shiyan", "第二实验小学", 0, "第二[实验]小学"),
            ("syxx", "第二实验小学", 0, "第二[实验小学]"),
            ("東阿", "东阿县图书馆（示例）", 0, "[东阿]县图书馆（示例）"),
            ("馆示", "东阿县图书馆（示例）", 0, "东阿县图书[馆（示]例）"),
            ("刘集 幼儿园", "刘集镇第三幼儿园", 0, "[刘集]镇第三[幼儿园]"),
            ("library", "Dong'e County Library", 0, "Dong'e County [Library]"),
            ("donge", "Dong'e County Library", 0, "[Dong'e] County Library"),
            ("实验小雪", "第二实验小学", 1, "第二[实验小]学"),
            ("tushugaun", "东阿县图书馆", 1, "东阿县[图书馆]"),
            ("libary", "Dong'e County Library", 1, "Dong'e County [Library]"),
            ("实验小雪", "第二实验小学", 0, "第二实验小学"),
            ("🍜", "第二实验小学", 2, "第二实验小学"),
        ] {
            assert_eq!(shown(typed, name, edits), wanted, "{typed}");
        }
    }
}
