//! `make bench`: how long a siting plan takes until it is proven: the most children within 1,200 to 5,000 m of ten sites,
//! p-median, set covering and p-centre over 2,000 cells and 500 candidates; and how near plan and bound come at 100,000
//! cells and 10,000 candidates, with the memory that takes.
//!
//! `--json` prints the tables as JSON. `--matrix FOLDER` also writes the small problem and the answers down, for
//! `docs/compare/siting.py` to time other solvers on the same problem in the same minutes; only those ratios travel from one
//! machine to another. `--small` and `--large` take one of the two.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[path = "../shared/city.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod city;
mod county;
#[path = "../shared/load.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod load;
mod matrix;
#[path = "../shared/table.rs"]
#[allow(dead_code, reason = "each bench uses its part")]
mod table;

use county::{County, Size};
use std::path::{Path, PathBuf};
use std::time::Instant;
use table::{Row, Table, memory_kb};
use yimi::siting::{Effort, Objective, Plan, Rules, Siting, solve};

/// How often a small problem is solved after a round to warm up.
const ROUNDS: usize = 5;
/// Two hours at a metre a second.
const FAR: u32 = 7_200_000;
const SMALL: Size = Size { junctions: 50_000, cells: 2_000, candidates: 500, children: 67_613, farthest: FAR };
const LARGE: Size =
    Size { junctions: 50_000, cells: 100_000, candidates: 10_000, children: 3_380_650, farthest: 3_000_000 };

/// Large problems: metres within which a child is covered, and the work for it, in seconds of one core. Where ways are long a
/// round of the bound is dear, and it takes more of them.
const LARGE_ASKS: [(u32, u64); 3] = [(900, 62), (1_200, 62), (3_000, 75)];

/// A question: what is sought, and how many sites at most.
struct Ask {
    name: String,
    objective: Objective,
    sites: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let json = arguments.iter().any(|a| a == "--json");
    let only = |size: &str| !arguments.iter().any(|a| ["--small", "--large"].contains(&a.as_str()) && a != size);
    let folder = arguments.iter().position(|a| a == "--matrix").and_then(|i| arguments.get(i + 1)).map(PathBuf::from);
    if only("--small") {
        let mut table = Table::new("2,000 cells, 500 candidates".to_owned());
        small(&mut table, folder.as_deref());
        table.print(json);
    }
    if only("--large") {
        let mut table = Table::new("100,000 cells, 10,000 candidates".to_owned());
        large(&mut table);
        table.print(json);
    }
}

fn covering(metres: u32, sites: usize) -> Ask {
    Ask {
        name: format!("MCLP, {sites} sites, {metres} m"),
        objective: Objective::MaximalCovering { limit: metres * 1_000 },
        sites,
    }
}

fn small(table: &mut Table, folder: Option<&Path>) {
    let county = drawn(&SMALL, table);
    let mut asks: Vec<Ask> = [1_200, 2_000, 3_000, 5_000].map(|metres| covering(metres, 10)).into();
    let limit = 5_000_000;
    // everybody whom some candidate reaches; half a child keeps rounding from asking for one more
    let share = (county.reachable(limit) as f64 - 0.5) / SMALL.children as f64;
    let objective = Objective::SetCovering { limit, share };
    asks.push(Ask { name: "LSCP, 5000 m".to_owned(), objective, sites: SMALL.candidates });
    asks.push(Ask { name: "p-median, 10 sites".to_owned(), objective: Objective::PMedian { far: FAR }, sites: 10 });
    asks.push(Ask { name: "p-centre, 100 sites".to_owned(), objective: Objective::PCenter, sites: 100 });
    let mut answers = Vec::new();
    for ask in asks {
        let mut plan = solved(&county.problem, &ask, Effort::default());
        let mut micros: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let began = Instant::now();
                plan = solved(&county.problem, &ask, Effort::default());
                began.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        micros.sort_by(f64::total_cmp);
        table.add(Row::spread(&ask.name, &micros).with_note(told(&plan)));
        answers.push(answer(&ask, &plan, micros[0] / 1e6));
    }
    if let Some(folder) = folder {
        std::fs::create_dir_all(folder).expect("a folder");
        matrix::write(&county, folder, "small").expect("written");
        let answers = serde_json::to_vec_pretty(&answers).expect("JSON");
        std::fs::write(folder.join("small.json"), answers).expect("written");
    }
}

fn large(table: &mut Table) {
    let county = drawn(&LARGE, table);
    for (metres, seconds) in LARGE_ASKS {
        let ask = covering(metres, 50);
        // the peak from here on
        let reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
        let before = memory_kb("self", "VmRSS");
        let began = Instant::now();
        let plan = solved(&county.problem, &ask, Effort::seconds(seconds));
        let took = began.elapsed();
        let peak = if reset { memory_kb("self", "VmHWM") } else { 0 };
        table.add(Row::once(&ask.name, took).with_note(format!(
            "{}; memory {} MB with the problem, peak {} MB",
            told(&plan),
            before / 1024,
            peak / 1024
        )));
    }
}

fn drawn(size: &Size, table: &mut Table) -> County {
    let began = Instant::now();
    let county = County::draw(size);
    let ways = county.ways();
    table.add(Row::once("streets drawn and walked", began.elapsed()).with_note(format!("{ways} ways")));
    county
}

fn solved(problem: &Siting, ask: &Ask, effort: Effort) -> Plan {
    let rules = Rules { sites: ask.sites, ..Rules::default() };
    solve(problem, ask.objective, &rules, &effort, &mut |_| true).expect("there is a plan")
}

fn told(plan: &Plan) -> String {
    let apart = plan.bound.abs_diff(plan.objective);
    let gap = apart as f64 / plan.bound.max(plan.objective).max(1) as f64 * 100.0;
    format!("{} beside a bound of {}, gap {gap:.3} %", plan.objective, plan.bound)
}

/// As `yimi siting --json` names things.
fn answer(ask: &Ask, plan: &Plan, seconds: f64) -> serde_json::Value {
    let (objective_name, limit_ms, share) = match ask.objective {
        Objective::MaximalCovering { limit } => ("maximal_covering", limit, 1.0),
        Objective::SetCovering { limit, share } => ("set_covering", limit, share),
        Objective::PMedian { .. } => ("p_median", 0, 1.0),
        Objective::PCenter => ("p_center", 0, 1.0),
        Objective::CapacitatedCovering { limit } => ("capacitated_covering", limit, 1.0),
    };
    serde_json::json!({
        "name": ask.name, "objective_name": objective_name, "add": ask.sites, "limit_ms": limit_ms, "far_ms": FAR,
        "share": share, "objective": plan.objective, "bound": plan.bound, "chosen": plan.chosen, "seconds": seconds,
    })
}
