//! A plan, or why there is none, in words.

use super::ask::ObjectiveName;
use super::prepare::Prepared;
use super::shape::{PlanStatus, SitingAnswer};
use crate::siting::{Infeasible, Rule};
use crate::text::Words;

/// The plan and its proof in one sentence.
pub fn says(plan: &SitingAnswer) -> Words {
    let sites = plan.sites.len();
    let gap = plan.gap * 100.0;
    let (value, bound) = (number(plan.objective), number(plan.bound));
    let minutes = plan.minutes;
    let (zh, en) = match plan.objective_name {
        ObjectiveName::MaximalCovering | ObjectiveName::CapacitatedCovering => {
            let reached = (
                format!("新增 {sites} 处可多覆盖 {value} 名儿童"),
                format!("{sites} more sites cover {value} more children"),
            );
            if plan.optimal {
                (
                    format!("{}；已证明：{sites} 处不可能更多", reached.0),
                    format!("{}; proven: no plan of {sites} covers more", reached.1),
                )
            } else {
                (
                    format!("{}；任何 {sites} 处的方案最多 {bound} 名，差距 {gap:.2} %", reached.0),
                    format!("{}; no plan of {sites} can cover more than {bound} (gap {gap:.2} %)", reached.1),
                )
            }
        }
        ObjectiveName::SetCovering => {
            let (covered, total) = (plan.children_after, plan.children_total);
            let reached = (
                format!("新增 {sites} 处后，{total} 名儿童中 {covered} 名在 {minutes} 分钟内"),
                format!("with {sites} more sites {covered} of {total} children are within {minutes} minutes"),
            );
            if plan.optimal {
                (
                    format!("{}；已证明：少于 {sites} 处做不到", reached.0),
                    format!("{}; proven: fewer can't do it", reached.1),
                )
            } else {
                (
                    format!("{}；至少需要 {bound} 处，差距 {gap:.2} %", reached.0),
                    format!("{}; at least {bound} are needed (gap {gap:.2} %)", reached.1),
                )
            }
        }
        ObjectiveName::PMedian | ObjectiveName::PCenter => {
            let (zh, en) = if plan.objective_name == ObjectiveName::PMedian {
                ("平均步行", "the mean walk")
            } else {
                ("最远的儿童步行", "the worst walk")
            };
            let (time_zh, time_en) = time(plan.objective);
            let (least_zh, least_en) = time(plan.bound);
            let reached =
                (format!("新增 {sites} 处后，{zh} {time_zh}"), format!("with {sites} more sites {en} is {time_en}"));
            if plan.optimal {
                (format!("{}；已证明：不可能更短", reached.0), format!("{}; proven: it can't be less", reached.1))
            } else {
                (
                    format!("{}；任何方案不少于 {least_zh}，差距 {gap:.2} %", reached.0),
                    format!("{}; no plan has less than {least_en} (gap {gap:.2} %)", reached.1),
                )
            }
        }
    };
    let (zh, en) = match plan.status {
        PlanStatus::Cancelled => {
            (format!("已取消，这是目前最好的方案：{zh}"), format!("cancelled; the best so far: {en}"))
        }
        PlanStatus::TimedOut => {
            (format!("时间已到，这是目前最好的方案：{zh}"), format!("time is over; the best so far: {en}"))
        }
        PlanStatus::Optimal | PlanStatus::Bounded => (zh, en),
    };
    Words::new(zh, en)
}

/// A figure as people read it.
fn number(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Seconds as people read them.
fn time(seconds: f64) -> (String, String) {
    let whole = seconds.round() as u64;
    let (minutes, rest) = (whole / 60, whole % 60);
    (format!("{minutes} 分 {rest:02} 秒"), format!("{minutes} min {rest:02} s"))
}

/// Why there is no plan.
pub fn infeasible(why: &Infeasible, prepared: &Prepared) -> Words {
    let areas = prepared.walked.ground.areas();
    let town = |town: u16| {
        areas.all().get(usize::from(town)).map_or_else(|| Words::fixed("区域之外", "no area"), |area| area.name.clone())
    };
    let place = |candidate: usize| {
        let at = prepared.places[candidate].at;
        match &prepared.places[candidate].name {
            Some(name) => name.clone(),
            None => format!("{}, {}", at.lon(), at.lat()),
        }
    };
    match why {
        Infeasible::NoCandidates => Words::fixed(
            "候选地点都够不到还没有覆盖的儿童：所有儿童都已覆盖，或他们附近没有候选地点",
            "no candidate reaches a child who is not covered yet: all are covered, or no candidate is near those who are left",
        ),
        Infeasible::TooFewSites { needed, allowed } => Words::new(
            format!("按这些条件至少需要 {needed} 处，只允许 {allowed} 处"),
            format!("these rules need at least {needed} sites; {allowed} are allowed"),
        ),
        Infeasible::MustTooClose { a, b, metres, apart } => Words::new(
            format!("必选的「{}」与「{}」相距 {metres:.0} 米，小于要求的 {apart:.0} 米", place(*a), place(*b)),
            format!(
                "{} and {} must both be in and are {metres:.0} m apart; {apart:.0} m are wanted",
                place(*a),
                place(*b)
            ),
        ),
        Infeasible::NoCandidateInTown { town: index } => Words::new(
            format!("{}没有候选地点，无法每个乡镇至少一处", town(*index).zh),
            format!("{} has no candidate, so not every town can have a site", town(*index).en),
        ),
        Infeasible::MustCostTooMuch { cost, budget } => Words::new(
            format!("必选的地点共需 {cost}，超过预算 {budget}"),
            format!("what must be in costs {cost}, more than the budget of {budget}"),
        ),
        Infeasible::CheapestTooDear { cheapest, budget } => Words::new(
            format!("最便宜的候选地点需 {cheapest}，超过预算 {budget}"),
            format!("the cheapest candidate costs {cheapest}, more than the budget of {budget}"),
        ),
        Infeasible::FloorOutOfReach { town: index, best_share } => Words::new(
            format!("{}最多只能覆盖 {:.1} % 的儿童，达不到要求的下限", town(*index).zh, best_share * 100.0),
            format!(
                "at most {:.1} % of the children of {} can be covered, below the floor",
                best_share * 100.0,
                town(*index).en
            ),
        ),
        Infeasible::ShareOutOfReach { best, wanted } => Words::new(
            format!("所有候选地点加起来最多覆盖 {best} 名儿童，要求 {wanted} 名；请降低比例、增加分钟数或候选地点"),
            format!(
                "all candidates together cover at most {best} children, {wanted} are wanted; lower the share, or allow more minutes or candidates"
            ),
        ),
        Infeasible::Together { rules } => {
            let each = |of: fn(Rule) -> Words| rules.iter().map(|rule| of(*rule)).collect::<Vec<_>>();
            let all = each(rule);
            let zh = all.iter().map(|words| words.zh.as_ref()).collect::<Vec<_>>().join("、");
            let en = all.iter().map(|words| words.en.as_ref()).collect::<Vec<_>>().join(", ");
            Words::new(
                format!("这些条件不能同时满足：{zh}；放宽其中任何一条就可能有方案"),
                format!("these rules can't be kept together: {en}; with any one of them relaxed there may be a plan"),
            )
        }
        Infeasible::NoneFound => Words::fixed(
            "时间内没有找到满足全部条件的方案，也没有证明不存在；请放宽条件或多给一些时间",
            "no plan that keeps all rules was found in the time, nor was it shown that there is none; relax a rule or allow more time",
        ),
    }
}

fn rule(rule: Rule) -> Words {
    match rule {
        Rule::Sites => Words::fixed("场所数量", "the number of sites"),
        Rule::Must => Words::fixed("必选地点", "places that must be in"),
        Rule::OnePerTown => Words::fixed("每个乡镇至少一处", "one site per town"),
        Rule::Floor => Words::fixed("每个乡镇的覆盖下限", "the floor of coverage per town"),
        Rule::Budget => Words::fixed("预算", "the budget"),
        Rule::Apart => Words::fixed("相互间隔", "the distance apart"),
        Rule::Share => Words::fixed("覆盖比例", "the share to be covered"),
    }
}
