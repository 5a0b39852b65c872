//! `yimi siting`.

use super::progress::SearchBar;
use super::{CliError, Common};
use crate::export::write_matrix;
use crate::geo::Datum;
use crate::http::{
    Candidates, CandidatesFrom, Listed, ObjectiveName, SitingAnswer, SitingRequest, Solved, Spot, Watching, prepare,
    solve_prepared,
};
use crate::import::{ImportError, read_candidates};
use crate::snapshot::Live;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Where the next sites of a kind should go, with a proof
#[derive(Debug, Args)]
pub struct Siting {
    /// 场所类别 | The kind of site
    #[arg(long)]
    kind: String,
    /// 新增几处 | How many more, 1 to 500; for `set_covering` at most so many (usually as many as it takes)
    #[arg(long, value_name = "N")]
    add: Option<usize>,
    /// 步行分钟数 | The limit of the walk, 1 to 120 minutes; usually the kind's own
    #[arg(long)]
    minutes: Option<u32>,
    /// 谁在走(profiles.toml) | Who walks, by the id in profiles.toml
    #[arg(long)]
    profile: Option<String>,
    /// 时间:只计此时开放的场所 | Local time such as 2025-06-02T07:30: existing sites count that are open then
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    /// 年龄段 | Ages that are counted, such as 0-14 (usual)
    #[arg(long, value_name = "FROM-TO")]
    ages: Option<String>,
    /// 现有场所的条件 | Which existing sites of the kind count, such as demonstration=true; may stand several times
    #[arg(long, value_parser = pair, value_name = "ATTRIBUTE=VALUE")]
    only: Vec<(String, String)>,
    /// 目标 | What the plan should be best at: the most children within the minutes (`maximal_covering`), the fewest sites so that all
    /// are (`set_covering`), the least mean walk (`p_median`), the least worst walk (`p_center`), the most children where there is room
    #[arg(long, default_value = "maximal_covering", value_parser = objectives())]
    objective: String,
    /// 覆盖比例 | `set_covering`: the share of all children who must be within the minutes, such as 0.95
    #[arg(long)]
    share: Option<f64>,
    /// 候选地点 | Where sites could be: junctions (usual), kinds of sites such as school,library, or a CSV with lon, lat, name, cost, capacity
    #[arg(long, default_value = "junctions", value_name = "junctions|KINDS|FILE")]
    candidates: String,
    /// 候选名单的坐标系 | Datum of the list: wgs84, gcj02, bd09 or cgcs2000
    #[arg(long, value_parser = super::import::datum, default_value = "wgs84", value_name = "DATUM")]
    crs: Datum,
    /// 不计现有场所 | Existing sites do not count
    #[arg(long)]
    ignore_existing: bool,
    /// 关闭的现有场所 | The number of a site that would close and does not count; may stand several times
    #[arg(long, value_name = "ID")]
    remove: Vec<u32>,
    /// 必选 | A place that must be in the plan; may stand several times
    #[arg(long, value_parser = spot, allow_hyphen_values = true, value_name = "LON,LAT")]
    must: Vec<Spot>,
    /// 不选 | A place that must not; may stand several times
    #[arg(long, value_parser = spot, allow_hyphen_values = true, value_name = "LON,LAT")]
    must_not: Vec<Spot>,
    /// 每个乡镇至少一处 | At least one new site in every town
    #[arg(long)]
    one_per_town: bool,
    /// 每个乡镇的覆盖下限 | The share of every town's children who must be covered, 0 to 1
    #[arg(long, value_name = "SHARE")]
    floor_per_town: Option<f64>,
    /// 预算 | What the new sites may cost together
    #[arg(long)]
    budget: Option<u64>,
    /// 每处费用 | What a site costs where the list says nothing (usually 1)
    #[arg(long)]
    cost: Option<u64>,
    /// 每处容量 | How many children a new site takes (`capacitated_covering`)
    #[arg(long)]
    capacity: Option<u64>,
    /// 相互间隔(米) | Metres that new sites must be apart from each other
    #[arg(long, value_name = "METRES")]
    apart_m: Option<f64>,
    /// 最多计算几秒 | Seconds after which the best plan so far is handed out, 1 to 600 (usually 120)
    #[arg(long)]
    seconds: Option<u32>,
    /// 另存问题矩阵 | Also write the problem as CSV tables (FILE, FILE.candidates.csv, FILE.cells.csv), to be solved by other programs
    #[arg(long, value_name = "FILE.csv")]
    matrix: Option<PathBuf>,
    /// 以 JSON 输出 | Print JSON
    #[arg(long)]
    json: bool,
}

fn objectives() -> PossibleValuesParser {
    PossibleValuesParser::new(ObjectiveName::ALL.map(ObjectiveName::id))
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or_else(|| "wanted attribute=value".to_owned())?;
    Ok((name.trim().to_owned(), value.trim().to_owned()))
}

fn spot(text: &str) -> Result<Spot, String> {
    let number = |part: &str| part.trim().parse().ok();
    let degrees = text.split_once(',').and_then(|(lon, lat)| number(lon).zip(number(lat)));
    degrees.map(|(lon, lat)| Spot { lon, lat }).ok_or_else(|| "wanted longitude,latitude in WGS-84 degrees".to_owned())
}

impl Siting {
    pub(super) async fn run(self, common: &Common) -> Result<ExitCode, CliError> {
        let request = self.request()?;
        let live = Live::new(common.snapshot().await?);
        let stop = Arc::new(AtomicBool::new(false));
        let stopping = stop.clone();
        tokio::spawn(async move {
            // the first Ctrl-C takes the best so far, the second ends the program
            while tokio::signal::ctrl_c().await.is_ok() {
                if stopping.swap(true, Ordering::Relaxed) {
                    std::process::exit(130);
                }
            }
        });
        let solved = tokio::task::spawn_blocking(move || {
            let mut bar = SearchBar::new();
            let mut tell = |progress| bar.at(&progress);
            let watching = Watching { tell: &mut tell, stopped: &|| stop.load(Ordering::Relaxed) };
            solve_prepared(&live, prepare(&live, request)?, watching)
        });
        let solved = solved.await.map_err(anyhow::Error::from)?;
        let solved = solved.map_err(|problem| CliError::Input(problem.detail().to_string()))?;
        self.matrix.as_deref().map(|file| matrix(file, &solved)).transpose()?;
        if self.json {
            return super::print_json(&serde_json::to_vec(&solved.answer).map_err(anyhow::Error::from)?);
        }
        print(&solved.answer);
        Ok(ExitCode::SUCCESS)
    }

    fn request(&self) -> Result<SitingRequest, CliError> {
        let objective = ObjectiveName::ALL.into_iter().find(|it| it.id() == self.objective);
        Ok(SitingRequest {
            kind: self.kind.clone(),
            minutes: self.minutes,
            profile: self.profile.clone(),
            at: self.at.clone(),
            ages: self.ages.clone(),
            only: self.only.iter().cloned().collect::<BTreeMap<_, _>>(),
            objective: objective.unwrap_or_default(),
            add: self.add,
            share: self.share,
            existing: self.ignore_existing.then_some(false),
            remove: self.remove.clone(),
            hours: Vec::new(),
            posts: Vec::new(),
            candidates: self.candidates()?,
            must: self.must.clone(),
            must_not: self.must_not.clone(),
            one_per_town: self.one_per_town,
            floor_per_town: self.floor_per_town,
            budget: self.budget,
            cost: self.cost,
            capacity: self.capacity,
            apart_m: self.apart_m,
            seconds: self.seconds,
        })
    }

    /// `junctions`, a file, or else kinds.
    fn candidates(&self) -> Result<Candidates, CliError> {
        let said = self.candidates.trim();
        if said == "junctions" {
            return Ok(Candidates::default());
        }
        let file = Path::new(said);
        let looks_like_file = file.extension().is_some() || said.contains('/') || file.exists();
        if !looks_like_file {
            let kinds = said.split(',').map(|kind| kind.trim().to_owned()).collect();
            return Ok(Candidates { from: CandidatesFrom::Kinds, kinds, ..Candidates::default() });
        }
        let rows = match read_candidates(file, self.crs) {
            Err(ImportError::Candidates(problems)) => {
                super::import::print_problems(&problems, problems.len());
                return Err(ImportError::Candidates(problems).into());
            }
            rows => rows?,
        };
        let listed = rows.into_iter().map(|row| Listed {
            lon: row.at.lon(),
            lat: row.at.lat(),
            name: row.name,
            cost: row.cost,
            capacity: row.capacity,
        });
        Ok(Candidates { from: CandidatesFrom::List, list: listed.collect(), ..Candidates::default() })
    }
}

fn matrix(file: &Path, solved: &Solved) -> Result<(), CliError> {
    let written = write_matrix(file, &solved.siting, &solved.at);
    let unwritable = |error| CliError::Input(format!("{} 无法写入 | can't be written: {error}", file.display()));
    for file in written.map_err(unwritable)? {
        eprintln!("{}", file.display());
    }
    Ok(())
}

fn print(plan: &SitingAnswer) {
    println!("{} | {}", plan.says.zh, plan.says.en);
    let (before, after, total) = (plan.children_before, plan.children_after, plan.children_total);
    println!("  覆盖 {before} → {after} / {total} | covered {before} → {after} of {total}");
    if plan.children_beyond > 0 {
        let beyond = plan.children_beyond;
        println!("  {beyond} 名儿童,任何候选地点都够不到 | {beyond} children whom no candidate can reach");
    }
    for site in &plan.sites {
        let name = site.name.as_deref().unwrap_or_default();
        println!("  {:>6}  {},{}  {name}", site.children, site.lon, site.lat);
    }
    for point in &plan.curve {
        println!("  {:>3} 处 | sites  {:>10.1}  ≤ {:.1}", point.sites, point.objective, point.bound);
    }
}
