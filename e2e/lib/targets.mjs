// Targets and their boards, as managers use them.

import assert from "node:assert/strict";
import { choose } from "./classes.mjs";

/** The address of a target by a part of its title. */
export async function targetNamed(page, words) {
  await page.goto("/plan/targets");
  const link = page.locator("main a[href*='/plan/targets/']", { hasText: words }).first();
  const href = await link.getAttribute("href");
  assert.ok(href, `no target is called “${words}”`);
  return href.split("?")[0];
}

/** The line of a unit on an open board: `{ part, whole }`; null for a number that is not there. */
export async function lineOf(page, unit) {
  const row = page.locator("live-part .table-board tr", { has: page.locator("th", { hasText: unit }) }).first();
  const cells = await row.locator("td.number").allTextContents();
  return { part: number(cells[0]), whole: number(cells[1]) };
}

/** "1.234" as a number. */
function number(text) {
  return /^[\d.]+$/.test(text.trim()) ? Number(text.trim().replaceAll(".", "")) : null;
}

/** "12 / 345" out of words. */
export function figures(text) {
  const found = /([\d.]+)\s*\/\s*([\d.]+)/.exec(text);
  return found ? { part: number(found[1]), whole: number(found[2]) } : null;
}

/** The large figure of the unit whose board is open. */
export async function total(page) {
  return figures(await page.locator("live-part .stat").first().textContent());
}

/** Sets a target by the form; `more` fills what else is asked. */
export async function setTarget(page, { unit, audience, denominator, course, rung, goal, due, title }) {
  await page.goto("/plan/targets/new");
  await page.click("a[href='/plan/targets/new?kind=share_people']");
  if (unit) await choose(page, "unit", unit);
  await choose(page, "audience", audience);
  await page.check(`[name=denominator][value=${denominator}]`, { force: true });
  await page.locator("label", { hasText: course }).first().click();
  await page.check(`[name=rung][value=${rung}]`, { force: true });
  await page.fill("[name=goal]", goal);
  await page.fill("[name=due]", due);
  await page.fill("[name=title_vi]", title);
  await page.click("main form[method=post] button[type=submit]");
  await page.waitForURL(/\/plan\/targets\/[0-9a-f-]{36}\?said=plan\.notice\.set/);
  return new URL(page.url()).pathname;
}
