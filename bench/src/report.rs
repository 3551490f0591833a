//! What was measured, as a table and as JSON.

use std::path::Path;

use serde_json::{Value, json};

use crate::Result;

/// The measurements of one run.
#[derive(Default)]
pub struct Report(Vec<Line>);

struct Line {
    name: String,
    value: f64,
    unit: &'static str,
    bar: Option<Bar>,
}

/// What it must reach.
#[derive(Clone, Copy)]
pub enum Bar {
    AtLeast(f64),
    AtMost(f64),
}

impl Bar {
    fn reached(self, value: f64) -> bool {
        match self {
            Bar::AtLeast(bar) => bar <= value,
            Bar::AtMost(bar) => value <= bar,
        }
    }

    fn words(self) -> String {
        match self {
            Bar::AtLeast(bar) => format!("≥ {bar}"),
            Bar::AtMost(bar) => format!("≤ {bar}"),
        }
    }
}

impl Report {
    pub fn add(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        bar: Option<Bar>,
    ) {
        let line = Line { name: name.into(), value, unit, bar };
        eprintln!("{}", line.words());
        self.0.push(line);
    }

    pub fn print(&self) {
        println!("{:<64} {:>12} {:<14} {:>8}  ok", "name", "value", "unit", "bar");
        for line in &self.0 {
            println!("{}", line.words());
        }
    }

    pub fn write(&self, path: impl AsRef<Path>) -> Result<()> {
        let lines: Vec<Value> = self
            .0
            .iter()
            .map(|line| {
                json!({
                    "name": line.name,
                    "value": line.value,
                    "unit": line.unit,
                    "bar": line.bar.map(Bar::words),
                    "ok": line.bar.is_none_or(|bar| bar.reached(line.value)),
                })
            })
            .collect();
        if let Some(folder) = path.as_ref().parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(std::fs::write(path, serde_json::to_string_pretty(&lines)? + "\n")?)
    }
}

impl Line {
    fn words(&self) -> String {
        let bar = self.bar.map(Bar::words).unwrap_or_default();
        let ok = match self.bar {
            None => "",
            Some(bar) if bar.reached(self.value) => "yes",
            Some(_) => "NO",
        };
        let shown = if self.value.abs() < 100.0 {
            format!("{:.3}", self.value)
        } else {
            format!("{:.0}", self.value)
        };
        format!("{:<64} {shown:>12} {:<14} {bar:>8}  {ok}", self.name, self.unit)
    }
}

/// The middle of some values.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
