//! The grammar: from text to rules, or where it can't be read.
//!
//! It follows the [specification](https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification) and reads, beyond
//! it, only what has one meaning: full-width signs as a Chinese keyboard writes them, the longer dashes, names of days and
//! months in full or in small letters, hours of one digit. What has two readings is refused: times without minutes, a
//! closing hour before the opening one that was written without its 0 (`8:00-5:00` may be 17:00), `PH,SH Mo-Fr`, a
//! kind of selector twice in one rule, a date with a year in a list with dates without. Refused too, because nobody
//! writes them for places of children, are points in time, intervals (`/`) but for weeks, and Easter.

mod days;
mod names;
mod times;

use super::rule::{Days, End, Join, Kind, Rule, Span, Time};
use super::token::{Token, tokens};
use names::{holiday, kind, month, sun_event, weekday};

/// Longer texts are no person's opening hours.
pub const MAX_CHARS: usize = 400;

/// Why a text is no expression of opening hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misread {
    /// It is too long.
    #[error("{found} characters, at most {MAX_CHARS} are read")]
    Long {
        /// How many it has.
        found: usize,
    },
    /// It has nothing in it, or a rule has nothing in it.
    #[error("a rule without anything in it, character {at}")]
    Empty {
        /// Where, in characters from 0.
        at: usize,
    },
    /// A sign or a word that does not belong there.
    #[error("character {at} does not belong there: wanted {wanted}")]
    Unexpected {
        /// Where, in characters from 0.
        at: usize,
        /// What would have been understood.
        wanted: &'static str,
    },
}

/// All rules of an expression, in order.
pub(super) fn rules(text: &str) -> Result<Vec<Rule>, Misread> {
    let found = text.chars().count();
    if found > MAX_CHARS {
        return Err(Misread::Long { found });
    }
    let mut reader = Reader { tokens: tokens(text)?, place: 0, end: found };
    let mut rules = vec![reader.rule(Join::Replaces)?];
    while let Some(join) = reader.separator()? {
        rules.push(reader.rule(join)?);
    }
    Ok(rules)
}

struct Reader {
    tokens: Vec<(usize, Token)>,
    place: usize,
    end: usize,
}

type Read<T> = Result<T, Misread>;

impl Reader {
    fn peek(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.place + ahead).map(|(_, token)| token)
    }

    fn sign(&self, ahead: usize, sign: char) -> bool {
        self.peek(ahead) == Some(&Token::Sign(sign))
    }

    fn number(&self, ahead: usize) -> Option<u32> {
        if let Some(Token::Number { value, .. }) = self.peek(ahead) { Some(*value) } else { None }
    }

    fn word<T>(&self, ahead: usize, meaning: fn(&str) -> Option<T>) -> Option<T> {
        if let Some(Token::Word(word)) = self.peek(ahead) { meaning(word) } else { None }
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.sign(0, sign);
        self.place += usize::from(found);
        found
    }

    fn at(&self) -> usize {
        self.tokens.get(self.place).map_or(self.end, |(at, _)| *at)
    }

    fn refuse<T>(&self, wanted: &'static str) -> Read<T> {
        Err(Misread::Unexpected { at: self.at(), wanted })
    }

    /// A number within bounds.
    fn within(&mut self, bounds: std::ops::RangeInclusive<u32>, wanted: &'static str) -> Read<u32> {
        match self.number(0).filter(|number| bounds.contains(number)) {
            Some(number) => {
                self.place += 1;
                Ok(number)
            }
            None => self.refuse(wanted),
        }
    }

    /// What joins the next rule to those before; nothing at the end, where one `;` too many does no harm.
    fn separator(&mut self) -> Read<Option<Join>> {
        let (join, signs) = match self.peek(0) {
            None => return Ok(None),
            Some(Token::Sign(';')) => (Join::Replaces, 1),
            Some(Token::Sign(',')) => (Join::Adds, 1),
            Some(Token::Sign('|')) if self.sign(1, '|') => (Join::Fallback, 2),
            Some(_) => return self.refuse("; or , or || or the end"),
        };
        self.place += signs;
        Ok((join != Join::Replaces || self.peek(0).is_some()).then_some(join))
    }

    fn rule(&mut self, join: Join) -> Read<Rule> {
        let start = self.place;
        let mut rule = Rule { join, days: Days::default(), spans: Vec::new(), kind: Kind::Open, comment: None };
        while self.selector(&mut rule)? {}
        let timed = !rule.spans.is_empty();
        let said = self.modifier(&mut rule);
        if self.place == start {
            return match self.peek(0) {
                None => Err(Misread::Empty { at: self.at() }),
                Some(_) => self.refuse("days, times of day, off or a comment"),
            };
        }
        if self.sign(0, ',') && !timed && !said {
            return self.refuse("times of day before a comma");
        }
        Ok(rule)
    }

    /// The next selector of a rule; nothing when there is none.
    fn selector(&mut self, rule: &mut Rule) -> Read<bool> {
        if self.number(0) == Some(24) && self.sign(1, '/') && self.number(2) == Some(7) {
            let always = Span { from: Time::At(0), end: End::At(Time::At(super::DAY)) };
            self.place += 3;
            return self.once(&mut rule.spans, vec![always]);
        }
        if self.word(0, weekday).is_some() || self.word(0, holiday).is_some() {
            return self.weekdays(&mut rule.days);
        }
        if self.word(0, month).is_some() || self.dated_year() {
            let dates = self.dates()?;
            return self.wide(&mut rule.days.dates, dates);
        }
        if self.year(0).is_some() {
            let years = self.years()?;
            return self.wide(&mut rule.days.years, years);
        }
        if self.word(0, |word| (word == "week").then_some(())).is_some() {
            let weeks = self.weeks()?;
            return self.wide(&mut rule.days.weeks, weeks);
        }
        if self.number(0).is_some() || self.sign(0, '(') || self.word(0, sun_event).is_some() {
            let spans = self.spans()?;
            return self.once(&mut rule.spans, spans);
        }
        Ok(false)
    }

    /// Fills a list that must not have been filled by an earlier selector.
    fn once<T>(&self, list: &mut Vec<T>, found: Vec<T>) -> Read<bool> {
        if !list.is_empty() {
            return self.refuse("one selector of a kind");
        }
        *list = found;
        Ok(true)
    }

    /// The same for what says which days, after which a colon may stand for readability.
    fn wide<T>(&mut self, list: &mut Vec<T>, found: Vec<T>) -> Read<bool> {
        self.take(':');
        self.once(list, found)
    }

    /// `off`, `unknown "by appointment"`, `"by appointment"`; a comment alone leaves open when it holds.
    fn modifier(&mut self, rule: &mut Rule) -> bool {
        let kind = self.word(0, kind);
        self.place += usize::from(kind.is_some());
        if let Some(Token::Comment(comment)) = self.peek(0) {
            rule.comment = Some(comment.as_str().into());
            self.place += 1;
        }
        let said = kind.is_some() || rule.comment.is_some();
        if said {
            rule.kind = kind.unwrap_or(Kind::Unknown);
        }
        said
    }
}
