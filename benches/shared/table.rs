//! Rows of the table: what, median, p99, and the ratio to the bare loop.

use crate::load::Load;
use std::time::{Duration, Instant};

pub struct Table {
    of: String,
    rows: Vec<Row>,
}

#[derive(serde::Serialize)]
pub struct Row {
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    median_us: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p99_us: Option<f64>,
    /// Time over the bare loop's time; for requests per second, the share of the bare server's.
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_second: Option<f64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

impl Row {
    pub fn once(what: &str, took: Duration) -> Self {
        let micros = took.as_secs_f64() * 1e6;
        Self {
            what: what.to_owned(),
            median_us: Some(micros),
            p99_us: None,
            ratio: None,
            per_second: None,
            note: String::new(),
        }
    }

    pub fn beside(mut self, bare: Duration) -> Self {
        self.ratio = self.median_us.map(|micros| micros / (bare.as_secs_f64() * 1e6));
        self
    }

    pub fn with_note(mut self, note: String) -> Self {
        self.note = note;
        self
    }

    /// Of some sorted microseconds.
    pub fn spread(what: &str, micros: &[f64]) -> Self {
        Self {
            what: what.to_owned(),
            median_us: Some(micros[micros.len() / 2]),
            p99_us: Some(micros[micros.len() * 99 / 100]),
            ratio: None,
            per_second: None,
            note: String::new(),
        }
    }

    pub fn load(what: &str, load: &Load, bare: Option<&Load>) -> Self {
        Self {
            what: what.to_owned(),
            median_us: Some(load.median_us),
            p99_us: Some(load.p99_us),
            ratio: bare.map(|bare| load.per_second / bare.per_second),
            per_second: Some(load.per_second),
            note: format!("{} bytes a body", load.bytes),
        }
    }
}

impl Table {
    pub fn new(of: String) -> Self {
        Self { of, rows: Vec::new() }
    }

    pub fn add(&mut self, row: Row) {
        eprintln!("  {}", row.what);
        self.rows.push(row);
    }

    /// Times `ask` for each question after a round to warm up; the median is returned for the rows beside it.
    pub fn time<Q>(&mut self, what: &str, bare: Option<f64>, asked: &[Q], mut ask: impl FnMut(&Q) -> usize) -> f64 {
        let mut seen = asked.iter().take(1000).map(&mut ask).fold(0_usize, usize::wrapping_add);
        let mut micros: Vec<f64> = asked
            .iter()
            .map(|question| {
                let began = Instant::now();
                seen = seen.wrapping_add(ask(question));
                began.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        std::hint::black_box(seen);
        micros.sort_by(f64::total_cmp);
        let mut row = Row::spread(what, &micros);
        let median = micros[micros.len() / 2];
        row.ratio = bare.map(|bare| median / bare);
        self.add(row);
        median
    }

    pub fn print(&self, json: bool) {
        if json {
            println!("{}", serde_json::json!({ "of": self.of, "rows": self.rows }));
            return;
        }
        println!(
            "{}\n{:<52} {:>14} {:>12} {:>8} {:>12}",
            self.of, "what", "median µs", "p99 µs", "ratio", "per second"
        );
        let cell = |number: Option<f64>, digits: usize| number.map(|n| format!("{n:.digits$}")).unwrap_or_default();
        for row in &self.rows {
            println!(
                "{:<52} {:>14} {:>12} {:>8} {:>12}  {}",
                row.what,
                cell(row.median_us, 1),
                cell(row.p99_us, 1),
                cell(row.ratio, 2),
                cell(row.per_second, 0),
                row.note
            );
        }
    }
}

/// A figure of `/proc/PID/status`, kB; 0 where the system has none.
pub fn memory_kb(process: &str, what: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(what));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}
