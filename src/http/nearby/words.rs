//! Why there is nothing near, or less than was asked for.

use super::ask::{Asked, By, FARTHEST_M};
use crate::site::Visibility;
use crate::snapshot::{Passed, Snapshot, Walker};
use crate::text::Words;

/// No street is near the place, which may lie outside of the county.
pub(super) fn far_from_streets(now: &Snapshot, asked: &Asked) -> Words {
    let county = now.areas().county().filter(|_| now.areas().find(asked.from).is_none());
    if let Some(county) = county {
        return Words::new(
            format!("这里不在{}范围内，算不出步行时间", county.zh),
            format!("this is outside {}, so there are no walking times", county.en),
        );
    }
    Words::fixed(
        "这里 300 米内没有步行道路，算不出步行时间",
        "no way on foot within 300 m of here, so there are no walking times",
    )
}

/// What is offered where nothing was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beyond {
    /// Whether it is all that was asked for, but farther away.
    pub fits: bool,
    /// Whether it was looked for on foot.
    pub on_foot: bool,
}

/// Why there is nothing, and what is offered instead.
pub(super) fn explain_beyond(why: &Words, Beyond { fits, on_foot }: Beyond) -> Words {
    let (zh, en) = match (fits, on_foot) {
        (true, true) => ("以下符合，但更远", "these fit, but are farther"),
        (true, false) => ("以下符合，按直线距离", "these fit, nearest in a straight line"),
        (false, true) => ("以下不完全符合", "these do not fit in everything"),
        (false, false) => ("以下不完全符合，按直线距离", "these do not fit in everything, nearest in a straight line"),
    };
    Words::new(format!("{}；{zh}", why.zh), format!("{}; {en}", why.en))
}

/// So many were found of what was asked for, and these were passed by.
pub(super) fn explained(now: &Snapshot, asked: &Asked, found: usize, passed: Passed) -> Words {
    let of_kinds = asked.filter.only_kinds();
    let is_meant = |kind: &u16| of_kinds.is_none_or(|kinds| kinds.contains(kind));
    let kinds = (0..).zip(now.catalogue().kinds()).filter(|(kind, _)| is_meant(kind));
    let mut public = kinds.filter(|(_, kind)| kind.visibility == Visibility::Public).peekable();
    if public.peek().is_none() {
        return Words::fixed(
            "这类场所只按乡镇计数，位置不公开",
            "these are counted by town only: where they are is not told",
        );
    }
    if public.all(|(kind, _)| now.count(kind).shown() == 0) {
        return Words::fixed("数据里还没有这类场所", "there is no such place in the data yet");
    }
    let reach = reach(asked);
    let Passed { closed, unknown, other } = passed;
    let others = others(now, asked);
    let mut zh = match found {
        0 => format!("{}没有符合的场所", reach.zh),
        _ => format!("{}只有 {found} 处符合", reach.zh),
    };
    let mut en = match found {
        0 => format!("nothing that fits {}", reach.en),
        1 => format!("only 1 place fits {}", reach.en),
        _ => format!("only {found} places fit {}", reach.en),
    };
    let passed = [
        (closed, "处不开放", "not open"),
        (unknown, "处不知道是否开放", "not known to be open"),
        (other, &*format!("处不符合{}", others.zh), &*format!("not fitting: {}", others.en)),
    ];
    for (count, chinese, english) in passed.into_iter().filter(|(count, ..)| *count > 0) {
        zh.extend(["；另有 ", &count.to_string(), " ", chinese]);
        en.extend(["; ", &count.to_string(), " ", english]);
    }
    Words::new(zh, en)
}

/// What is asked for besides kinds and hours.
fn others(now: &Snapshot, asked: &Asked) -> Words {
    let names = asked.filter.attributes(now.catalogue()).map(|attribute| (&*attribute.name.zh, &*attribute.name.en));
    let (mut zh, mut en): (Vec<&str>, Vec<&str>) = names.unzip();
    if asked.age.is_some() {
        zh.push("年龄");
        en.push("age");
    }
    Words::new(zh.join("、"), en.join(", "))
}

fn reach(asked: &Asked) -> Words {
    match asked.by {
        By::Walk(Walker { within, .. }) if within < 60_000 => {
            let secs = f64::from(within) / 1e3;
            Words::new(format!("步行 {secs:.0} 秒内"), format!("within {secs:.0} seconds on foot"))
        }
        By::Walk(Walker { within, .. }) => {
            let minutes = f64::from(within) / 60_000.0;
            Words::new(format!("步行 {minutes:.0} 分钟内"), format!("within {minutes:.0} min on foot"))
        }
        By::Line(within_m) if within_m < FARTHEST_M => {
            Words::new(format!("{within_m:.0} 米内"), format!("within {within_m:.0} m"))
        }
        By::Line(_) => Words::fixed("数据中", "in the data"),
    }
}
