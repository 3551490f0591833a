//! What a paper says, without how it looks.

use jiff::civil::Date;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    pub head: Letterhead,
    pub body: Vec<Block>,
    /// `Nơi nhận`: who gets it, and the file it is kept in (`Lưu: VT, KGVX`).
    pub recipients: Vec<String>,
    pub signature: Signature,
    pub annexes: Vec<Annex>,
    pub stage: Stage,
}

/// Whether the paper still says that it is a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    #[default]
    Draft,
    /// Ready to be numbered and signed.
    Ready,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Letterhead {
    /// The office above the one that issues, such as `UBND TỈNH BẮC NINH`.
    pub superior: Option<String>,
    /// The office that issues, in capitals; `\n` begins a line.
    pub agency: String,
    /// The same within a sentence: `Ủy ban nhân dân tỉnh Bắc Ninh`.
    pub issuer: String,
    /// Where it is dated.
    pub place: String,
    /// Left blank until the office numbers it.
    pub number: Option<String>,
    /// What follows the number: `BC-UBND`.
    pub suffix: String,
    /// Left blank until the office dates it.
    pub date: Option<Date>,
    /// `BÁO CÁO`; a letter has none and shows its subject below its number.
    pub kind: Option<String>,
    pub subject: String,
    /// `Kính gửi`, when it is sent to somebody.
    pub to: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Numbered by itself: I, 1, a.
    Heading(Level, String),
    Paragraph(Vec<Run>),
    /// Items with a dash.
    List(Vec<Vec<Run>>),
    Table(Table),
    PageBreak,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// I, II, III
    Roman,
    /// 1, 2, 3 within the one above
    Number,
    /// a, b, c within the one above
    Letter,
}

/// Some text in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    pub text: String,
    pub bold: bool,
    pub italic: bool,
}

impl Run {
    pub fn new(text: impl Into<String>) -> Run {
        Run { text: text.into(), ..Run::default() }
    }

    #[must_use]
    pub fn bold(mut self) -> Run {
        self.bold = true;
        self
    }

    #[must_use]
    pub fn italic(mut self) -> Run {
        self.italic = true;
        self
    }
}

impl Block {
    /// A paragraph of plain text.
    pub fn text(text: impl Into<String>) -> Block {
        Block::Paragraph(vec![Run::new(text)])
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub title: Option<String>,
    /// Above it at the right, such as `Đơn vị tính: %`.
    pub unit: Option<String>,
    /// Below it, such as the source.
    pub note: Option<String>,
    pub columns: Vec<Column>,
    /// How many leading columns are repeated in each group when the table is divided.
    pub leading: usize,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    pub heading: String,
    /// A heading over this column and its neighbours that have the same.
    pub group: Option<String>,
    pub align: Align,
    /// In millimetres; otherwise as its content asks.
    pub width: Option<u16>,
}

impl Column {
    pub fn new(heading: impl Into<String>, align: Align) -> Column {
        Column { heading: heading.into(), align, ..Column::default() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    #[default]
    Left,
    Center,
    Right,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub kind: RowKind,
    /// One for each column, as it is to be read; a section has one for all.
    pub cells: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RowKind {
    #[default]
    Plain,
    /// The sum of others, in bold.
    Total,
    /// The name of the rows below, over the whole width.
    Section,
}

/// Begins on a page of its own, with its own page numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Annex {
    pub title: String,
    pub orientation: Orientation,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Orientation {
    #[default]
    Portrait,
    /// For wide tables.
    Landscape,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Signature {
    /// In whose name and by which office: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`.
    pub titles: Vec<String>,
    /// Left blank until it is known who signs.
    pub name: Option<String>,
}
