// The manager of the department sets a target out of the province's plan, assigns the course to the
// people it is about, and sets a second one whose denominators are official figures read from a
// spreadsheet with their source and date.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signedIn } from "../lib/browser.mjs";
import { choose } from "../lib/classes.mjs";
import { confirm, counts, send } from "../lib/imports.mjs";
import { look, lookHere } from "../lib/look.mjs";
import { lineOf, setTarget, total } from "../lib/targets.mjs";
import { title, workbook } from "../lib/workbook.mjs";

const COMMUNES = [
  ["04792", "Phường Tân Hòa", 9120],
  ["04795", "Phường Hòa Bình", 15340],
  ["08053", "Xã Hạ Hoà", 8010],
];

test("a manager sets targets and gives people the way to reach them", async (story) => {
  const page = await signedIn("sokhcn", { device: "desktop" });
  let official;

  await story.test("sees the targets of the province", async () => {
    await page.goto("/");
    await look(page, "home-manager");
    await page.goto("/plan/targets");
    await look(page, "targets");
  });

  await story.test("a form with mistakes keeps what was typed", async () => {
    await page.goto("/plan/targets/new");
    await look(page, "target-new");
    await page.fill("[name=goal]", "180");
    await page.fill("[name=title_vi]", "Chỉ tiêu gõ dở");
    await page.click("main form[method=post] button[type=submit]");
    await page.locator("#errors").waitFor();
    assert.equal(await page.inputValue("[name=title_vi]"), "Chỉ tiêu gõ dở");
    await lookHere(page, "target-new-errors");
  });

  await story.test("100% of officials trained in information security by 31/12/2030", async () => {
    await setTarget(page, {
      audience: "Cán bộ, công chức",
      denominator: "computed",
      course: "An toàn thông tin cơ bản",
      rung: "completed",
      goal: "100",
      due: "31/12/2030",
      title: "100% công chức học xong an toàn thông tin (lập trong chuyến đi)",
    });
    await page.locator("live-part .stat").first().waitFor();
    const { part, whole } = await total(page);
    assert.ok(whole > 100, `${whole} officials`);
    assert.ok(part > 0 && part < whole, `${part} of ${whole}`);
    await look(page, "board-new");
  });

  await story.test("assigns the course to them", async () => {
    await page.goto("/catalog/courses");
    await look(page, "courses");
    await page.goto("/catalog/courses/tri-tue-nhan-tao-co-ban");
    await look(page, "course-manager");
    await page.goto("/catalog/courses/tri-tue-nhan-tao-co-ban/assignments");
    await look(page, "assignments");
    await choose(page, "audience", "Cán bộ, công chức");
    await choose(page, "unit", "Phường Tân Hòa");
    await page.fill("[name=due]", "01/01/2020");
    await page.click("#assign button[type=submit]");
    await page.locator("#errors").waitFor();
    await lookHere(page, "assignment-errors");
    await page.fill("[name=due]", "31/12/2030");
    await page.click("#assign button[type=submit]");
    await page.waitForURL(/said=catalog\.notice\.assigned/);
    const official = await signedIn("xaquanly");
    await official.goto("/learn");
    const card = official.locator("main .card", { hasText: "Trí tuệ nhân tạo" }).first();
    assert.match(await card.textContent(), /31\/12\/2030/, "whoever it was given to sees until when");
  });

  await story.test("80% of people of working age, out of official figures", async () => {
    official = await setTarget(page, {
      audience: "Người trong độ tuổi lao động",
      denominator: "official",
      course: "Dịch vụ công trực tuyến",
      rung: "passed",
      goal: "80",
      due: "31/12/2030",
      title: "80% người trong độ tuổi lao động (lập trong chuyến đi)",
    });
  });

  await story.test("reads the figures from a spreadsheet with source and date", async () => {
    await page.goto(official);
    const figures = await page.locator("a[href*='/plan/figures?measure=']").first().getAttribute("href");
    const measure = new URL(figures, page.url()).searchParams.get("measure");
    await page.goto("/plan/figures");
    await look(page, "figures");
    await page.goto("/plan/figures/imports");
    await look(page, "figure-imports");
    const bytes = await workbook([
      title("DÂN SỐ TRONG ĐỘ TUỔI LAO ĐỘNG NĂM 2026", 3),
      ["Mã xã", "Tên xã, phường", "Dân số trong độ tuổi lao động"],
      ...COMMUNES,
      ["99999", "Xã không có thật", 10],
    ]);
    await send(page, {
      path: "/plan/figures/imports",
      measure,
      name: "dân số.xlsx",
      bytes,
      fields: { as_of: "30/06/2026", source: "Thống kê tỉnh, niên giám 2026" },
    });
    const found = await counts(page);
    assert.equal((found.create ?? 0) + (found.change ?? 0), COMMUNES.length, JSON.stringify(found));
    assert.equal(found.refuse, 1);
    await look(page, "figure-dry-run");
    await confirm(page);
    await page.goto(official);
    const line = await lineOf(page, "Phường Hòa Bình");
    assert.equal(line.whole, 15340);
    await look(page, "board-official");
  });
});
