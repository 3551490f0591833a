// Files that are not what somebody thinks they are: each gets an answer that says what to do.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signedIn } from "../lib/browser.mjs";
import { counts, send } from "../lib/imports.mjs";
import { lookHere } from "../lib/look.mjs";
import { workbook } from "../lib/workbook.mjs";

const UNIT = "UBND phường Tân Hòa";
/** How an .xlsx with a password begins: a compound file that holds an encrypted package. */
const LOCKED = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(4096)]);

test("a file that cannot be read says why and what to do", async (story) => {
  const page = await signedIn("xaquanly", { device: "desktop" });
  const refused = async (name, bytes, shot) => {
    await send(page, { name, bytes, unit: UNIT, kind: "staff" });
    await page.locator("#errors").waitFor();
    const words = await page.locator("#errors").textContent();
    assert.ok(words.length > 30, words);
    assert.doesNotMatch(words, /error|panic|unwrap|zip/i);
    if (shot) await lookHere(page, shot);
    return words;
  };

  await story.test("a picture", () => refused("ảnh.xlsx", Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), "import-no-table"));
  await story.test("a broken workbook", async () => {
    const whole = await workbook([["Họ và tên", "Ngày sinh"], ["Lê Mẫu Hỏng", "1/1/1990"]]);
    await refused("hỏng.xlsx", whole.subarray(0, whole.length / 2));
  });
  await story.test("one that is locked or not a workbook", () => refused("khoá.xlsx", LOCKED));
  await story.test("an empty one", () => refused("rỗng.csv", Buffer.from("")));
  await story.test("a table without names", async () => {
    await refused("số.csv", Buffer.from("Doanh thu,Chi phí\n1,2\n"));
  });
  await story.test("no file at all", async () => {
    await page.goto("/people/imports");
    await page.click("main form[enctype] button[type=submit]");
    await page.locator("#errors").waitFor();
  });
  await story.test("text of another encoding is read all the same", async () => {
    const text = "\ufeffHọ và tên;Ngày sinh;Số CCCD\r\nLê Thị Mẫu Mã Hoá;1990;000190000777\r\n";
    await send(page, { name: "mã hoá.csv", bytes: Buffer.from(text, "utf16le"), unit: UNIT, kind: "staff" });
    assert.equal((await counts(page)).create, 1);
    assert.match(await page.locator("main table tbody").textContent(), /Lê Thị Mẫu Mã Hoá/);
  });
});
