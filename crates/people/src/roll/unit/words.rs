//! The name of a unit taken apart: what it is, and what it is called.

use thao_base::text::same_spelling;

/// The sort of a unit that its name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// The name does not say.
    Unsaid,
    Xa,
    Phuong,
    DacKhu,
    Village,
    School,
}

impl Class {
    pub(super) fn is_commune(self) -> bool {
        matches!(self, Class::Xa | Class::Phuong | Class::DacKhu)
    }

    /// Whether one may stand for the other without a word about it.
    pub(super) fn agrees(self, other: Class) -> bool {
        self == other || self == Class::Unsaid || other == Class::Unsaid
    }

    pub(super) fn is_other_form_of(self, other: Class) -> bool {
        self != other
            && ((self.is_commune() && other.is_commune())
                || (self == Class::Village && other == Class::Village))
    }
}

/// A name in the forms in which it is compared. Tone marks in one place, abbreviations written
/// out, numbers without leading zeros, no punctuation.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) whole: String,
    /// Without the words that tell its sort.
    pub(super) bare: String,
    pub(super) class: Class,
    /// `Công an xã …`: a body of a commune.
    pub(super) is_body: bool,
}

/// Abbreviations of offices, read word by word.
const SHORT: [(&str, &str); 17] = [
    ("ubnd", "ủy ban nhân dân"),
    ("ub", "ủy ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("ubmttq", "ủy ban mặt trận tổ quốc"),
    ("mttq", "mặt trận tổ quốc"),
    ("ca", "công an"),
    ("tdp", "tổ dân phố"),
    ("th", "tiểu học"),
    ("thcs", "trung học cơ sở"),
    ("ptcs", "phổ thông cơ sở"),
    ("thpt", "trung học phổ thông"),
    ("mn", "mầm non"),
    ("vp", "văn phòng"),
    ("p", "phường"),
    ("tt", "trung tâm"),
    ("gd&đt", "giáo dục và đào tạo"),
    ("khcn", "khoa học và công nghệ"),
];

/// Bodies a commune has, as they stand before `xã`. The People's Committee is the commune itself.
const ITSELF: [&str; 3] = [
    "hội đồng nhân dân và ủy ban nhân dân",
    "hội đồng nhân dân ủy ban nhân dân",
    "ủy ban nhân dân",
];
const BODIES: [&str; 7] = [
    "ban chỉ huy quân sự",
    "công an",
    "đảng ủy",
    "đảng bộ",
    "hội đồng nhân dân",
    "ủy ban mặt trận tổ quốc việt nam",
    "ủy ban mặt trận tổ quốc",
];

const CLASSES: [(&str, Class); 14] = [
    ("xã", Class::Xa),
    ("phường", Class::Phuong),
    ("thị trấn", Class::Phuong),
    ("đặc khu", Class::DacKhu),
    ("thôn", Class::Village),
    ("tổ dân phố", Class::Village),
    ("khu dân cư", Class::Village),
    ("khu phố", Class::Village),
    ("khu", Class::Village),
    ("xóm", Class::Village),
    ("bản", Class::Village),
    ("ấp", Class::Village),
    ("tổ", Class::Village),
    ("trường", Class::School),
];

impl Words {
    pub(super) fn of(name: &str) -> Words {
        let whole = written_out(name);
        let after = |starts: &[&str]| {
            starts.iter().find_map(|start| whole.strip_prefix(start)?.strip_prefix(' '))
        };
        let (rest, is_body) = match (after(&ITSELF), after(&BODIES)) {
            (Some(rest), _) => (rest, false),
            (None, Some(rest)) => (rest, true),
            (None, None) => (whole.as_str(), false),
        };
        let told = CLASSES.iter().find_map(|(word, class)| {
            let bare = rest.strip_prefix(word)?.strip_prefix(' ')?;
            Some((bare.to_owned(), *class))
        });
        match told {
            // A body of something else, such as a province, keeps its name.
            Some((bare, class)) if class.is_commune() || rest == whole => {
                Words { bare, class, is_body: is_body && class.is_commune(), whole }
            }
            _ => {
                let class = if is_school(&whole) { Class::School } else { Class::Unsaid };
                Words { bare: whole.clone(), class, is_body: false, whole }
            }
        }
    }
}

fn is_school(whole: &str) -> bool {
    ["tiểu học", "trung học", "mầm non", "phổ thông"].iter().any(|start| whole.starts_with(start))
}

fn written_out(name: &str) -> String {
    let spelled = same_spelling(name);
    // `&` within an abbreviation stays; other punctuation parts words.
    let parted: String =
        spelled.chars().map(|c| if c.is_alphanumeric() || c == '&' { c } else { ' ' }).collect();
    let mut out = Vec::new();
    for word in parted.split_whitespace() {
        let long = SHORT.iter().find(|(short, _)| *short == word).map(|(_, long)| *long);
        let number = word.trim_start_matches('0');
        let is_number = !number.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        // `Tổ số 2` is `Tổ 2`.
        if is_number && out.last() == Some(&"số") {
            out.pop();
        }
        out.push(match long {
            Some(long) => long,
            None if word == "&" => "và",
            None if is_number => number,
            None => word,
        });
    }
    out.join(" ")
}

/// A text cut where another unit begins: the part before and the unit it lies in, the last cut
/// first; an empty unit where the rest goes without saying.
pub(super) fn halves(text: &str) -> Vec<(String, String)> {
    let mut halves = Vec::new();
    for separator in [",", " - ", " – ", "(", " thuộc "] {
        if let Some((part, whole)) = text.rsplit_once(separator) {
            let whole = whole.trim_matches([' ', ')', '.']);
            halves.push((part.trim().to_owned(), whole.to_owned()));
        }
    }
    let lower = text.to_lowercase();
    for word in [" xã ", " phường ", " đặc khu ", " tỉnh "] {
        // Places in the lower-case text are those of the text only while lengths agree.
        let Some(at) = lower.rfind(word).filter(|_| lower.len() == text.len()) else { continue };
        let Some((part, whole)) = text.split_at_checked(at) else { continue };
        let whole = if word == " tỉnh " { "" } else { whole.trim() };
        let part = part.trim_matches([' ', ',', '-', '–']);
        halves.push((part.to_owned(), whole.to_owned()));
    }
    halves
}

/// The letters to change, add or leave out between two texts; `None` when more than `most`.
pub(super) fn distance(a: &str, b: &str, most: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (row, from) in a.iter().enumerate() {
        let mut line = Vec::with_capacity(above.len());
        line.push(row + 1);
        for ((to, diagonal), over) in b.iter().zip(&above).zip(above.iter().skip(1)) {
            let left = line.last().copied().unwrap_or_default();
            let changed = diagonal + usize::from(from != to);
            line.push(changed.min(left + 1).min(over + 1));
        }
        if line.iter().all(|steps| *steps > most) {
            return None;
        }
        above = line;
    }
    above.last().copied().filter(|steps| *steps <= most)
}
