//! How a step of a way is said.

use super::super::crossing::Protection;
use super::super::graph::Rank;
use super::turn::{Heading, Side, Turn};
use super::{Act, Along, Instruction};
use crate::text::Words;

/// From so many metres off the street on it is said that one has to get there.
const OFF_M: f64 = 15.0;

impl Instruction {
    /// The step in both languages.
    #[must_use]
    pub fn words(&self) -> Words {
        match &self.act {
            Act::Start { off_m, heading, along, length_m } => start(*off_m, *heading, along, *length_m),
            Act::Walk { turn, along, same, length_m } => walk(*turn, along, *same, *length_m),
            Act::Cross { road, rank, protection, on_duty, surely } => {
                let guard = guard(*protection, *on_duty);
                cross(&road_name(road, *rank), &guard, *surely)
            }
            Act::Arrive { side, off_m } => arrive(*side, *off_m),
        }
    }
}

fn start(off_m: f64, heading: Heading, along: &Along, length_m: f64) -> Words {
    let (heading, far) = (heading.words(), metres(length_m));
    let along = along_words(along)
        .map_or(Words::fixed("", ""), |along| Words::new(format!("沿{}", along.zh), format!(" along {}", along.en)));
    if off_m >= OFF_M {
        let off = metres(off_m);
        return Words::new(
            format!("先走{}到路上，再向{}{}走{}", off.zh, heading.zh, along.zh, far.zh),
            format!("Go {} to the street, then {}{} for {}", off.en, heading.en, along.en, far.en),
        );
    }
    Words::new(
        format!("向{}出发，{}走{}", heading.zh, along.zh, far.zh),
        format!("Head {}{} for {}", heading.en, along.en, far.en),
    )
}

fn walk(turn: Turn, along: &Along, same: bool, length_m: f64) -> Words {
    let (turned, far, straight) = (turn.words(), metres(length_m), turn == Turn::Straight);
    let (zh, en) = match along_words(along) {
        Some(it) if along.steps => {
            (format!("{}，走{}（{}）", turned.zh, it.zh, far.zh), format!("{}, take {} ({})", turned.en, it.en, far.en))
        }
        None if straight => (format!("继续直行{}", far.zh), format!("Go straight on for {}", far.en)),
        None => (format!("{}，走{}", turned.zh, far.zh), format!("{} and go on for {}", turned.en, far.en)),
        Some(it) if straight && same => {
            (format!("继续沿{}走{}", it.zh, far.zh), format!("Go on along {} for {}", it.en, far.en))
        }
        Some(it) if straight => {
            (format!("直行，沿{}走{}", it.zh, far.zh), format!("Go straight on along {} for {}", it.en, far.en))
        }
        Some(it) if same => (
            format!("{}，继续沿{}走{}", turned.zh, it.zh, far.zh),
            format!("{} to stay on {} for {}", turned.en, it.en, far.en),
        ),
        Some(it) => {
            (format!("{}，沿{}走{}", turned.zh, it.zh, far.zh), format!("{} onto {} for {}", turned.en, it.en, far.en))
        }
    };
    Words::new(zh, en)
}

fn cross(road: &Words, guard: &Words, surely: bool) -> Words {
    if surely {
        Words::new(format!("过马路：{}（{}）", road.zh, guard.zh), format!("Cross {} ({})", road.en, guard.en))
    } else {
        Words::new(
            format!("可能需要过马路：{}（{}）", road.zh, guard.zh),
            format!("You may have to cross {} here ({})", road.en, guard.en),
        )
    }
}

fn arrive(side: Side, off_m: f64) -> Words {
    let (zh, en) = match side {
        Side::Here => ("到达目的地", "You have arrived"),
        Side::Left => ("到达，目的地在左侧", "You have arrived; it is on the left"),
        Side::Right => ("到达，目的地在右侧", "You have arrived; it is on the right"),
    };
    if off_m < OFF_M {
        return Words::fixed(zh, en);
    }
    let off = metres(off_m);
    Words::new(format!("{zh}，离路{}", off.zh), format!("{en}, {} off the street", off.en))
}

/// Metres as one says them.
fn metres(metres: f64) -> Words {
    let tens = (metres / 10.0).round() * 10.0;
    match metres {
        0.0..7.5 => Words::fixed("几步", "a few steps"),
        7.5..995.0 => Words::new(format!("约{tens:.0}米"), format!("{tens:.0} m")),
        _ => Words::new(format!("约{:.1}公里", metres / 1e3), format!("{:.1} km", metres / 1e3)),
    }
}

/// What a stretch runs along; nothing for small ways without a name, of which there is nothing to say.
fn along_words(along: &Along) -> Option<Words> {
    let Along { name, rank, steps } = along;
    match (name.is_empty(), steps) {
        (false, false) => Some(Words::new(name.as_ref(), name.as_ref())),
        (false, true) => Some(Words::new(format!("{name}的台阶"), format!("the steps of {name}"))),
        (true, true) => Some(Words::fixed("台阶", "the steps")),
        (true, false) => (*rank != Rank::Minor).then(|| road_name("", *rank)),
    }
}

fn road_name(name: &str, rank: Rank) -> Words {
    match rank {
        _ if !name.is_empty() => Words::new(name, name),
        Rank::Minor | Rank::Tertiary => Words::fixed("车行道", "a road"),
        Rank::Secondary => Words::fixed("次干道", "a busy road"),
        Rank::Primary => Words::fixed("主干道", "a main road"),
        Rank::Trunk => Words::fixed("干线公路", "a trunk road"),
    }
}

fn guard(protection: Protection, on_duty: bool) -> Words {
    let (zh, en) = match protection {
        Protection::Signals => ("有红绿灯", "traffic lights"),
        Protection::Marked => ("有斑马线", "zebra crossing"),
        Protection::Unmarked | Protection::None => {
            ("无红绿灯和斑马线，注意来车", "no lights, no zebra: watch for traffic")
        }
    };
    match (on_duty, protection >= Protection::Marked) {
        (false, _) => Words::fixed(zh, en),
        (true, true) => Words::new(format!("{zh}，有护学岗"), format!("{en}, safety post on duty")),
        (true, false) => Words::fixed("有护学岗", "safety post on duty"),
    }
}

impl Heading {
    /// Its name in both languages.
    #[must_use]
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::North => ("北", "north"),
            Self::NorthEast => ("东北", "north-east"),
            Self::East => ("东", "east"),
            Self::SouthEast => ("东南", "south-east"),
            Self::South => ("南", "south"),
            Self::SouthWest => ("西南", "south-west"),
            Self::West => ("西", "west"),
            Self::NorthWest => ("西北", "north-west"),
        };
        Words::fixed(zh, en)
    }
}

impl Turn {
    /// What to do, in both languages.
    #[must_use]
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::Straight => ("直行", "Straight on"),
            Self::SlightLeft => ("稍向左", "Bear left"),
            Self::Left => ("左转", "Turn left"),
            Self::SharpLeft => ("向左后方转", "Turn sharp left"),
            Self::SlightRight => ("稍向右", "Bear right"),
            Self::Right => ("右转", "Turn right"),
            Self::SharpRight => ("向右后方转", "Turn sharp right"),
            Self::Back => ("掉头", "Turn round"),
        };
        Words::fixed(zh, en)
    }
}
