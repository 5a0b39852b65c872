//! How often something may be tried, in a fixed amount of memory, however many try.
//!
//! Each name (an account, an address) falls on two of many places, by a hash that differs with each start of the program.
//! A place keeps the moment at which it will have recovered from all tries so far (the generic cell rate algorithm), and
//! the lower of the two counts (as in a count-min sketch): two names that share one place do not hinder each other. Names
//! themselves are kept nowhere.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Places; 8 bytes each.
const PLACES: usize = 1 << 16;

/// So many at once, and then one at a time.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// How many at once.
    pub burst: u32,
    /// After how long there is one more.
    pub every: Duration,
}

/// What was tried lately.
#[derive(Debug)]
pub struct Tries {
    begun: Instant,
    hashers: [RandomState; 2],
    /// Milliseconds since `begun` at which each place has recovered.
    recovered: Mutex<Box<[u64]>>,
}

impl Default for Tries {
    fn default() -> Self {
        Self {
            begun: Instant::now(),
            hashers: [RandomState::new(), RandomState::new()],
            recovered: Mutex::new(vec![0; PLACES].into()),
        }
    }
}

impl Tries {
    /// Counts a try of `name`, or says after how long there may be one.
    pub fn take(&self, name: impl Hash, rate: Rate) -> Result<(), Duration> {
        self.take_at(name, rate, self.begun.elapsed())
    }

    fn take_at(&self, name: impl Hash, rate: Rate, now: Duration) -> Result<(), Duration> {
        let (now, every) = (millis(now), millis(rate.every));
        let places = self.places(name);
        let mut recovered = self.recovered.lock().unwrap_or_else(PoisonError::into_inner);
        let from = places.map(|place| recovered[place]).into_iter().min().unwrap_or(0).max(now);
        let then = from + every;
        let allowed = now + every * u64::from(rate.burst);
        if then > allowed {
            return Err(Duration::from_millis(then - allowed));
        }
        for place in places {
            recovered[place] = recovered[place].max(then);
        }
        Ok(())
    }

    /// Takes a try back that turned out to be right.
    pub fn give_back(&self, name: impl Hash, rate: Rate) {
        let places = self.places(name);
        let mut recovered = self.recovered.lock().unwrap_or_else(PoisonError::into_inner);
        for place in places {
            recovered[place] = recovered[place].saturating_sub(millis(rate.every));
        }
    }

    fn places(&self, name: impl Hash) -> [usize; 2] {
        [&self.hashers[0], &self.hashers[1]].map(|hasher| hasher.hash_one(&name) as usize % PLACES)
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, every: Duration::from_secs(10) };

    #[test]
    fn after_so_many_at_once_there_is_one_at_a_time() {
        let tries = Tries::default();
        let at = |secs| tries.take_at("wang", RATE, Duration::from_secs(secs));
        assert!((0..3).all(|_| at(0).is_ok()));
        assert_eq!(at(0), Err(Duration::from_secs(10)));
        assert_eq!(at(4), Err(Duration::from_secs(6)));
        assert!(at(10).is_ok() && at(10).is_err());
        assert!((0..3).all(|_| at(1000).is_ok()) && at(1000).is_err());
        assert!(tries.take_at("li", RATE, Duration::from_secs(1000)).is_ok());
        tries.give_back("wang", RATE);
        assert!(at(1000).is_ok() && at(1000).is_err());
    }

    #[test]
    fn a_flood_of_names_takes_no_more_memory_and_hinders_few_others() {
        let tries = Tries::default();
        for name in 0..20_000 {
            let _ = tries.take_at(("flood", name), RATE, Duration::ZERO);
        }
        let hindered = (0..1000).filter(|name| tries.take_at(("new", name), RATE, Duration::ZERO).is_err()).count();
        assert!(hindered < 20, "{hindered} of 1000");
    }
}
