// The figures of the table behind a chart: what is drawn is what the table says.

/** A row: its words, and the number when somebody knows it. */
export interface Point {
  label: string;
  words: string;
  value: number | null;
}

/** What of a table is looked at; a real one has it. */
export interface Rows {
  querySelectorAll(selector: string): Iterable<Row>;
}

interface Row {
  querySelector(selector: string): Cell | null;
}

interface Cell {
  textContent: string | null;
  getAttribute(name: string): string | null;
}

/** The points of a table; a cell without `data-value` is a gap. */
export function points(table: Rows | null): Point[] {
  const out: Point[] = [];
  for (const row of table?.querySelectorAll("tbody tr") ?? []) {
    const cell = row.querySelector("td");
    const written = cell?.getAttribute("data-value");
    const value = written === null || written === undefined || written === "" ? NaN : Number(written);
    out.push({
      label: row.querySelector("th")?.textContent?.trim() ?? "",
      words: cell?.textContent?.trim() ?? "",
      value: Number.isFinite(value) ? value : null,
    });
  }
  return out;
}
