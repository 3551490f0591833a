//! Measures writing and reading 100,000 rows of 14 columns: time, and the memory at its highest.
//!
//! `cargo run -p thao-sheet --example measure` (add `--release` for the figures that count).

use std::error::Error;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use jiff::civil::date;
use thao_sheet::headings::PEOPLE;
use thao_sheet::{Kind, Limits, Table, TableColumn, Value, read_for, write};

const ROWS: i64 = 100_000;

fn main() -> Result<(), Box<dyn Error>> {
    if let Some(path) = std::env::args_os().nth(1) {
        return read_one(Path::new(&path));
    }
    let headings = [
        ("STT", Kind::Whole),
        ("Họ và tên", Kind::Text),
        ("Ngày sinh", Kind::Date),
        ("Giới tính", Kind::Text),
        ("Số CCCD", Kind::Code),
        ("Đơn vị", Kind::Text),
        ("Chức vụ", Kind::Text),
        ("Ngạch", Kind::Text),
        ("Mã ngạch", Kind::Code),
        ("Số điện thoại", Kind::Code),
        ("Email", Kind::Text),
        ("Dân tộc", Kind::Text),
        ("Nơi ở hiện nay", Kind::Text),
        ("Ghi chú", Kind::Text),
    ];
    let row = |number: i64| -> Vec<Value> {
        vec![
            number.into(),
            format!("Nguyễn Thị Hòa {number}").into(),
            date(1970, 1, 1).saturating_add(jiff::Span::new().days(number % 12_000)).into(),
            "Nữ".into(),
            format!("{:012}", 25_000_000_000 + number).into(),
            format!("Xã Minh Hòa {}", number % 148).into(),
            "Công chức".into(),
            "Chuyên viên".into(),
            "01.003".into(),
            format!("09{number:08}").into(),
            format!("hoa{number}@minhhoa.vn").into(),
            "Kinh".into(),
            format!("Thôn {}, xã Minh Hòa", number % 20).into(),
            Value::Empty,
        ]
    };
    let table = Table {
        name: "Nhân sự".into(),
        title: "DANH SÁCH".into(),
        columns: headings.iter().map(|(name, kind)| TableColumn::new(*name, *kind)).collect(),
        rows: (1..=ROWS).map(row).collect(),
        ..Table::default()
    };
    let mut out = std::io::stdout().lock();
    let text_file = text(&table);
    let start = Instant::now();
    let bytes = write(&[table], "2026-03-01T02:00:00Z".parse()?)?;
    writeln!(out, "write .xlsx: {:?}, {} KB", start.elapsed(), bytes.len() >> 10)?;
    for (name, file) in [("measure.xlsx", &bytes), ("measure.csv", &text_file)] {
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, file)?;
        // In a process of its own, whose memory is that of reading alone.
        let status = Command::new(std::env::current_exe()?).arg(&path).status()?;
        std::fs::remove_file(&path)?;
        if !status.success() {
            return Err("reading failed".into());
        }
    }
    Ok(())
}

fn read_one(path: &Path) -> Result<(), Box<dyn Error>> {
    let file = std::fs::read(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let start = Instant::now();
    let (sheet, columns) = read_for(&file, &name, &Limits::default(), PEOPLE)?;
    writeln!(
        std::io::stdout().lock(),
        "read {name}: {:?}, {} rows, {} columns, at most {} KB of memory",
        start.elapsed(),
        sheet.rows.len(),
        columns.found().len(),
        peak_memory_kb(),
    )?;
    Ok(())
}

fn text(table: &Table) -> Vec<u8> {
    let mut lines =
        vec![table.columns.iter().map(|c| c.heading.clone()).collect::<Vec<_>>().join(";")];
    for row in &table.rows {
        let cells = row.iter().map(|value| match value {
            Value::Text(text) => text.clone(),
            Value::Whole(number) => number.to_string(),
            Value::Date(date) => format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()),
            _ => String::new(),
        });
        lines.push(cells.collect::<Vec<_>>().join(";"));
    }
    lines.join("\r\n").into_bytes()
}

/// The most the process ever held, as Linux tells it; 0 elsewhere.
fn peak_memory_kb() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
