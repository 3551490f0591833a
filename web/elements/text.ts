// Words as people type and read them.

/** Without marks and case, so that "nguyen thuy" finds "Nguyễn Thuỳ". */
export function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/đ/gi, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

/** A file's size: `350 KB`, `1,2 MB`. */
export function size(bytes: number, lang: string): string {
  const [value, unit] = bytes < 999_500 ? [bytes / 1000, "KB"] : [bytes / 1_000_000, "MB"];
  const digits = unit === "MB" && value < 10 ? 1 : 0;
  const shown = value.toLocaleString(lang, { maximumFractionDigits: digits });
  return `${bytes > 0 && bytes < 500 ? "1" : shown} ${unit}`;
}
