import assert from "node:assert/strict";
import { test } from "node:test";
import { points, type Rows } from "./chart-table.ts";

function table(rows: [string, string, string | null][]): Rows {
  return {
    querySelectorAll: () =>
      rows.map(([label, words, value]) => ({
        querySelector: (selector: string) => ({
          textContent: selector === "th" ? ` ${label} ` : words,
          getAttribute: () => value,
        }),
      })),
  };
}

test("a chart draws what the table says, and leaves gaps where nobody knows", () => {
  const found = points(table([["01/2026", "45,2%", "45.2"], ["02/2026", "chưa có số", null], ["03", "0", "0"]]));
  assert.deepEqual(found, [
    { label: "01/2026", words: "45,2%", value: 45.2 },
    { label: "02/2026", words: "chưa có số", value: null },
    { label: "03", words: "0", value: 0 },
  ]);
});

test("what is no number is a gap, and no table has no points", () => {
  assert.equal(points(table([["a", "b", "x"]]))[0]?.value, null);
  assert.equal(points(table([["a", "b", ""]]))[0]?.value, null);
  assert.deepEqual(points(null), []);
});
