//! Names for demo people: plainly made up. Everybody bears the middle name "Mẫu" (sample).

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

const FAMILIES: [&str; 20] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Hà", "Đinh", "Quách", "Cao", "Tạ", "Lương",
];
const SECONDS: [&str; 24] = [
    "Thu", "Minh", "Ngọc", "Thanh", "Bảo", "Quang", "Hồng", "Kim", "Xuân", "Đức", "Gia", "Khánh",
    "Phương", "Hải", "Tuấn", "Diệu", "Anh", "Quỳnh", "Trung", "Hoài", "Nhật", "Mai", "Thái", "Tố",
];
const WOMEN: [&str; 28] = [
    "An",
    "Bình",
    "Chi",
    "Dung",
    "Duyên",
    "Giang",
    "Hà",
    "Hạnh",
    "Hiền",
    "Hoa",
    "Huệ",
    "Hương",
    "Lan",
    "Liên",
    "Linh",
    "Loan",
    "Ly",
    "Nga",
    "Ngân",
    "Nhung",
    "Oanh",
    "Phượng",
    "Tâm",
    "Thảo",
    "Thúy",
    "Trang",
    "Tuyết",
    "Yến",
];
const MEN: [&str; 28] = [
    "An", "Bình", "Chiến", "Cường", "Dũng", "Duy", "Đạt", "Đông", "Hào", "Hiếu", "Hòa", "Hùng",
    "Huy", "Khoa", "Kiên", "Lâm", "Long", "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Sơn", "Thắng",
    "Tiến", "Toàn", "Tùng", "Việt",
];

/// A full name for somebody of this sex.
pub(super) fn full(rng: &mut ChaCha8Rng, woman: bool) -> String {
    let given = if woman { pick(rng, &WOMEN) } else { pick(rng, &MEN) };
    format!("{} Mẫu {} {given}", pick(rng, &FAMILIES), pick(rng, &SECONDS))
}

pub(super) fn pick<'a>(rng: &mut ChaCha8Rng, from: &[&'a str]) -> &'a str {
    let index = rng.random_range(0..from.len());
    from.get(index).copied().unwrap_or_default()
}
