//! One box in which everything is found: sites by name, kinds of site by what people call them, places on the map.
//!
//! Somebody types some characters out of the middle of a name, its pinyin, its initials, a mixture, with a typo, in
//! traditional characters, or several such words. Every word must match: the name, a word of the English name, the kind, or
//! the address and town. What is found stands in one order ([`Rank`]):
//!
//! 1. edits: what was typed right comes before what must have been mistyped; typos are only thought of when hardly anything
//!    was typed right;
//! 2. what matched ([`Matched`]): the whole name, its beginning, its middle, the beginning of its pinyin, of its
//!    initials, the middle of either, the English name, the kind, the address; of several words the worst;
//! 3. nearness in steps, if it is told from where;
//! 4. the length of the name, shorter first;
//! 5. its number.
//!
//! How it is fast (`segment`): rows are sorted by the last two parts of that order, so the first that match are the best;
//! for each character and each pair of neighbours there is a packed list of the rows that hold them (`grams`, `postings`).
//! Pinyin needs no lists of its own: a syllable is the set of characters that may be read so (`read`). Only
//! rows that hold the right pairs are judged (`rows`), by the same judge that goes through the few rows which
//! are not packed yet (`names`).
//!
//! A query is cut after [`MAX_CHARS`] characters, and a word after sixty. Words that are kinds match sites of that kind, so
//! that `library liuji` finds the reading space of 刘集. Where nothing goes by it as it was typed, it is read otherwise
//! (`meant`).

mod bands;
mod edits;
mod grams;
mod index;
mod mark;
mod matched;
mod meant;
mod names;
mod postings;
mod query;
mod read;
mod rows;
mod segment;
mod sounds;
mod spelling;
mod typo;
mod vocabulary;
mod word;

#[cfg(test)]
mod tests;

pub use index::{Found, Hit, NO_KIND, SearchIndex};
pub use mark::marked;
pub use matched::{FAR_M, Matched, Rank};
pub use meant::Meant;
pub use names::{Gathered, Names, Question};
pub use query::{MAX_CHARS, Query};
pub use rows::Entry;
pub use sounds::Sounds;
