// Sending tables in, as managers do.

import assert from "node:assert/strict";
import { choose } from "./classes.mjs";
import { day, file, title, workbook } from "./workbook.mjs";

/** Chooses a file and what it is, and sends it; the page shows what would be done. */
export async function send(page, { path = "/people/imports", name, bytes, unit, kind, measure, fields = {} }) {
  await page.goto(path);
  await page.setInputFiles("input[type=file]", file(name, bytes));
  if (unit) await choose(page, "unit", unit);
  if (measure) await page.selectOption("[name=measure]", measure);
  if (kind) await page.selectOption("[name=kind]", kind);
  for (const [field, value] of Object.entries(fields)) await page.fill(`[name=${field}]`, value);
  await page.click("main form[enctype] button[type=submit]");
  await page.waitForLoadState();
}

/** Does what the file announces, and waits until it is done. */
export async function confirm(page) {
  await page.click("form[action$='/confirmation'] button[type=submit]");
  await page.waitForLoadState();
  await page.locator("form[action$='/undoing']").waitFor({ state: "attached" });
}

/** How many rows of each outcome, by the word in the address of their list. */
export async function counts(page) {
  const tabs = await page.locator("a[href*='?show=']").evaluateAll((all) =>
    all.map((tab) => [new URL(tab.href).searchParams.get("show"), Number(tab.textContent.replace(/\D/g, ""))]),
  );
  return Object.fromEntries(tabs);
}

const FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Bùi", "Đinh", "Hà", "Quách", "Lò"];
const GIVEN = ["An", "Bình", "Chi", "Dung", "Giang", "Hạnh", "Khánh", "Liên", "Mai", "Nam", "Oanh", "Phúc", "Sơn", "Thảo", "Yến"];

/** People of a village, made up: `[name, born, CCCD]`; 000 is the code of no province. */
export function residents(count, from) {
  return Array.from({ length: count }, (_, i) => {
    const no = from + i;
    const name = `${FAMILIES[no % FAMILIES.length]} Mẫu ${GIVEN[Math.floor(no / FAMILIES.length) % GIVEN.length]} ${GIVEN[no % GIVEN.length]}`;
    return [name, day(1950 + (no % 50), 1 + (no % 12), 1 + (no % 28)), `0009${String(no).padStart(8, "0")}`];
  });
}

/** The list of a village, sent in and confirmed by its commune's manager. */
export async function importResidents(page, { village, count, from }) {
  const rows = residents(count, from);
  const bytes = await workbook([
    title("DANH SÁCH NHÂN KHẨU", 4),
    ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"],
    ...rows.map((row, i) => [i + 1, ...row]),
  ]);
  await send(page, { name: "nhan-khau.xlsx", bytes, unit: village, kind: "resident" });
  assert.equal((await counts(page)).create, count);
  await confirm(page);
}
