//! `yimi targets`.

use super::{CliError, Common};
use crate::clock;
use crate::http::targets_json;
use crate::targets::{Measure, Measured, State};
use clap::Args;
use std::process::ExitCode;

/// How the plan's targets stand
#[derive(Debug, Args)]
pub struct Targets {
    /// 以 JSON 输出 | Print JSON, the same object as GET /api/targets
    #[arg(long)]
    json: bool,
}

impl Targets {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let targets = common.snapshot().await?.targets(clock::today());
        if self.json {
            return super::print_json(&targets_json(targets).map_err(anyhow::Error::from)?);
        }
        for target in &targets {
            println!("{}", line(target));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn line(target: &Measured) -> String {
    let figure = match (target.measure, target.of) {
        (Measure::Share, Some(of)) => {
            format!("{}/{of} ({:.0}% / {:.0}%)", target.counted, target.measured * 100.0, target.threshold * 100.0)
        }
        _ => format!("{}{} / {}", if target.at_least { "≥" } else { "" }, target.measured, target.threshold),
    };
    let state = match target.state {
        State::Met => "已达标 met",
        State::OnTrack => "进行中 on track",
        State::AtRisk => "有风险 at risk",
        State::Late => "已逾期 late",
    };
    let by_deadline = target.measured_by_deadline.map(|figure| match target.measure {
        Measure::Count => format!(", 到期时 then {figure}"),
        Measure::Share => format!(", 到期时 then {:.0}%", figure * 100.0),
    });
    let deadline = target.deadline;
    format!("{figure}  {state} ({deadline}{})  {}", by_deadline.unwrap_or_default(), target.text)
}
