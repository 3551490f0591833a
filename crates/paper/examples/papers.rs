//! Writes a report with its annex, 148 communes with 40 measures, as .docx and .pdf into a folder,
//! and says how long each took: `cargo run -p thao-paper --example papers -- FOLDER`.

#![expect(clippy::print_stdout, reason = "the figures go to standard output")]

use std::path::PathBuf;
use std::time::Instant;

use jiff::civil::date;
use thao_paper::{
    Align, Annex, Block, Column, Document, Letterhead, Level, Orientation, Press, Row, RowKind,
    Run, Signature, Stage, Table,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder")?);
    let at = "2026-03-01T02:00:00Z".parse()?;
    let began = Instant::now();
    let press = Press::built_in()?;
    println!("press {:?}", began.elapsed());
    let document = report();
    let began = Instant::now();
    let docx = press.docx(&document, at)?;
    println!("docx {:?}, {} bytes", began.elapsed(), docx.len());
    let began = Instant::now();
    let pdf = press.pdf(&document, at)?;
    println!("pdf {:?}, {} bytes", began.elapsed(), pdf.len());
    let letter = letter();
    std::fs::write(folder.join("letter.docx"), press.docx(&letter, at)?)?;
    std::fs::write(folder.join("letter.pdf"), press.pdf(&letter, at)?)?;
    std::fs::write(folder.join("report.docx"), docx)?;
    std::fs::write(folder.join("report.pdf"), pdf)?;
    Ok(())
}

fn report() -> Document {
    let text = "Thực hiện kế hoạch triển khai phong trào “Bình dân học vụ số”, các cơ quan, đơn vị và địa phương đã tổ chức lớp học, tổ công nghệ số cộng đồng và kiểm tra kỹ năng số cho người dân trong độ tuổi lao động;";
    let figures = vec![
        Run::new(format!("{text} đến kỳ báo cáo có ")),
        Run::new("412.305 người").bold(),
        Run::new(" đạt chuẩn, bằng "),
        Run::new("62,5%").bold(),
        Run::new(", tăng 3,1 điểm phần trăm so với kỳ trước. Ký hiệu # và * giữ nguyên, như "),
        Run::new("Xã #Đặc *Biệt*").italic(),
        Run::new("."),
    ];
    Document {
        head: Letterhead {
            superior: None,
            agency: "ỦY BAN NHÂN DÂN\nTỈNH BẮC NINH".into(),
            issuer: "Ủy ban nhân dân tỉnh Bắc Ninh".into(),
            place: "Bắc Ninh".into(),
            number: None,
            suffix: "BC-UBND".into(),
            date: Some(date(2026, 2, 5)),
            kind: Some("BÁO CÁO".into()),
            subject: "Kết quả thực hiện phong trào “Bình dân học vụ số” tháng 01 năm 2026".into(),
            to: vec!["Bộ Khoa học và Công nghệ".into()],
        },
        body: vec![
            Block::Heading(Level::Roman, "Công tác chỉ đạo, triển khai".into()),
            Block::text(text),
            Block::Heading(Level::Number, "Văn bản đã ban hành".into()),
            Block::List(vec![
                vec![Run::new("Kế hoạch số 12/KH-UBND về phong trào;")],
                vec![Run::new("Công văn hướng dẫn các xã, phường kiểm tra kỹ năng số.")],
            ]),
            Block::Heading(Level::Roman, "Kết quả thực hiện".into()),
            Block::Paragraph(figures),
            Block::Table(summary()),
            Block::Heading(Level::Letter, "Tồn tại".into()),
            Block::text(format!("{text} {text} {text}")),
            Block::Heading(Level::Roman, "Phương hướng, nhiệm vụ kỳ tới".into()),
            Block::text(format!("{text} {text}")),
            Block::text("Trên đây là báo cáo kết quả thực hiện phong trào."),
        ],
        recipients: vec![
            "Như trên".into(),
            "Thường trực Tỉnh ủy, HĐND tỉnh (báo cáo)".into(),
            "Các sở, ban, ngành".into(),
            "Lưu: VT, KGVX".into(),
        ],
        signature: Signature {
            titles: vec![
                "TM. ỦY BAN NHÂN DÂN".into(),
                "KT. CHỦ TỊCH".into(),
                "PHÓ CHỦ TỊCH".into(),
            ],
            name: None,
        },
        annexes: vec![
            Annex {
                title: "KẾT QUẢ THEO XÃ, PHƯỜNG".into(),
                orientation: Orientation::Landscape,
                blocks: vec![Block::Table(by_commune())],
            },
            Annex {
                title: "TÓM TẮT".into(),
                orientation: Orientation::Portrait,
                blocks: vec![Block::Table(summary())],
            },
        ],
        stage: Stage::Draft,
    }
}

/// A letter of a department: no kind, its subject under its number.
fn letter() -> Document {
    Document {
        head: Letterhead {
            superior: Some("UBND TỈNH BẮC NINH".into()),
            agency: "SỞ KHOA HỌC VÀ CÔNG NGHỆ".into(),
            issuer: "Sở Khoa học và Công nghệ tỉnh Bắc Ninh".into(),
            place: "Bắc Ninh".into(),
            number: Some("05".into()),
            suffix: "SKHCN-CĐS".into(),
            date: None,
            kind: None,
            subject: "đôn đốc báo cáo kết quả “Bình dân học vụ số”".into(),
            to: vec![
                "Ủy ban nhân dân xã Minh Hòa".into(),
                "Ủy ban nhân dân phường Võ Cường".into(),
            ],
        },
        body: vec![Block::text("Đề nghị các đơn vị gửi báo cáo trước ngày 15 hằng tháng.")],
        recipients: vec!["Như trên".into(), "Lưu: VT".into()],
        signature: Signature {
            titles: vec!["KT. GIÁM ĐỐC".into(), "PHÓ GIÁM ĐỐC".into()],
            name: Some("Nguyễn Văn A".into()),
        },
        annexes: vec![],
        stage: Stage::Ready,
    }
}

fn summary() -> Table {
    let grouped = |heading: &str| Column {
        group: Some("Số người".into()),
        ..Column::new(heading, Align::Right)
    };
    let cells = |texts: [&str; 5]| texts.map(str::to_owned).to_vec();
    Table {
        title: Some("Bảng 1. Kết quả theo nhóm".into()),
        unit: Some("Đơn vị tính: người, %".into()),
        note: Some("Nguồn: số liệu do hệ thống tính từ ghi nhận của các xã, phường.".into()),
        columns: vec![
            Column::new("TT", Align::Center),
            Column::new("Nhóm", Align::Left),
            grouped("Cần đạt"),
            grouped("Đã đạt"),
            Column::new("Tỷ lệ", Align::Right),
        ],
        leading: 2,
        rows: vec![
            Row { kind: RowKind::Section, cells: vec!["I. Khu vực nhà nước".into()] },
            Row {
                kind: RowKind::Plain,
                cells: cells(["1", "Cán bộ, công chức, viên chức", "31.204", "30.998", "99,3%"]),
            },
            Row { kind: RowKind::Section, cells: vec!["II. Người dân".into()] },
            Row {
                kind: RowKind::Plain,
                cells: cells(["2", "Người trong độ tuổi lao động", "628.100", "381.307", "60,7%"]),
            },
            Row {
                kind: RowKind::Total,
                cells: cells(["", "Tổng cộng", "659.304", "412.305", "62,5%"]),
            },
        ],
    }
}

fn by_commune() -> Table {
    let names = [
        "Tỷ lệ người trong độ tuổi lao động có kỹ năng số cơ bản",
        "Số lớp học đã mở",
        "Số người đã kiểm tra",
        "Tỷ lệ hộ có người biết dùng dịch vụ công trực tuyến",
        "Tổ công nghệ số cộng đồng",
    ];
    let mut columns =
        vec![Column::new("TT", Align::Center), Column::new("Xã, phường", Align::Left)];
    columns.extend((1..=40).zip(names.iter().cycle()).map(|(n, name)| Column {
        group: Some(format!("Mục tiêu {}", (n - 1) / 4 + 1)),
        ..Column::new(format!("{name} ({n})"), Align::Right)
    }));
    let places =
        ["Phường Kinh Bắc", "Xã Minh Hòa", "Xã Tam Đảo Thượng", "Phường Võ Cường", "Xã Nhân Thắng"];
    let figure = |row: usize, n: usize| match n % 5 {
        0 | 3 => format!("{},{}%", (row * 7 + n * 13) % 100, n % 10),
        1 | 4 => format!("{}", (row * 3 + n) % 60),
        _ => format!("{}.{:03}", (row + n) % 40 + 1, (row * 37 + n) % 1000),
    };
    let rows = (1..=148).zip(places.iter().cycle()).map(|(number, place)| {
        let mut cells = vec![number.to_string(), format!("{place} {number}")];
        cells.extend((0..40).map(|n| figure(number, n)));
        Row { kind: RowKind::Plain, cells }
    });
    Table { columns, leading: 2, rows: rows.collect(), ..Table::default() }
}
