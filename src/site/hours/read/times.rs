//! Which times of a day.

use super::super::DAY;
use super::super::paint::open_end;
use super::super::rule::{End, Span, Time};
use super::super::token::Token;
use super::names::sun_event;
use super::{Read, Reader};

/// The last minute that a span may reach: the end of the next day.
const TWO_DAYS: u16 = 2 * DAY;

impl Reader {
    pub(super) fn spans(&mut self) -> Read<Vec<Span>> {
        let mut spans = Vec::new();
        loop {
            spans.push(self.span()?);
            let more = (self.number(1).is_some() && self.sign(2, ':'))
                || self.sign(1, '(')
                || self.word(1, sun_event).is_some();
            if !(self.sign(0, ',') && more) {
                return Ok(spans);
            }
            self.place += 1;
        }
    }

    fn span(&mut self) -> Read<Span> {
        let (from, _) = self.time(DAY - 1)?;
        if self.take('+') {
            return Ok(Span { from, end: End::Open });
        }
        if !self.take('-') {
            return self.refuse("- and when it ends, or +");
        }
        let (mut to, digits) = self.time(TWO_DAYS)?;
        if let (Time::At(start), Time::At(end)) = (from, to)
            && end <= start
        {
            if digits == 1 && end < start {
                return self.refuse("an end with two digits, such as 17:00 or 05:00");
            }
            to = Time::At(end + DAY);
        }
        if self.sign(0, '/') {
            return self.refuse("no interval");
        }
        let later = self.sign(0, '+');
        if later && matches!(to, Time::At(end) if open_end(end) > TWO_DAYS) {
            return self.refuse("no second midnight");
        }
        self.place += usize::from(later);
        Ok(Span { from, end: if later { End::AtOrLater(to) } else { End::At(to) } })
    }

    /// A time of day up to `last`, with how many digits the hour was written; 2 for what the sun does.
    fn time(&mut self, last: u16) -> Read<(Time, usize)> {
        if let Some(event) = self.word(0, sun_event) {
            self.place += 1;
            return Ok((Time::Sun { event, later: 0 }, 2));
        }
        if self.take('(') {
            let time = self.shifted_sun()?;
            return Ok((time, 2));
        }
        let digits = if let Some(Token::Number { digits, .. }) = self.peek(0) { *digits } else { 0 };
        if digits > 2 {
            return self.refuse("hours");
        }
        let minutes = self.clock()?;
        if minutes > last {
            self.place -= 3;
            return self.refuse("a time within the day");
        }
        Ok((Time::At(minutes), digits))
    }

    /// `sunset-01:30)`.
    fn shifted_sun(&mut self) -> Read<Time> {
        let Some(event) = self.word(0, sun_event) else { return self.refuse("dawn, sunrise, sunset or dusk") };
        self.place += 1;
        let back = self.take('-');
        if !back && !self.take('+') {
            return self.refuse("+ or -");
        }
        let minutes = i32::from(self.clock()?);
        if !self.take(')') {
            return self.refuse(")");
        }
        Ok(Time::Sun { event, later: if back { -minutes } else { minutes } })
    }

    /// `08:30` in minutes.
    fn clock(&mut self) -> Read<u16> {
        let hours = self.within(0..=48, "hours")?;
        if !self.take(':') {
            return self.refuse(":");
        }
        if !matches!(self.peek(0), Some(Token::Number { digits: 2, .. })) {
            return self.refuse("minutes with two digits");
        }
        let minutes = self.within(0..=59, "minutes")?;
        Ok((hours * 60 + minutes) as u16)
    }
}
