// What several journeys do with classes, by the same forms as everybody.

import assert from "node:assert/strict";

const MINUTE = 60_000;
const pad = (n) => String(n).padStart(2, "0");

/** An evening class whose attendance may be taken now and that is not over yet, in local time. */
export function soon(now = Date.now()) {
  const local = new Date(now + 7 * 60 * MINUTE);
  const last = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), 23, 59);
  const starts = new Date(Math.min(local.getTime() + 30 * MINUTE, last - 20 * MINUTE));
  const ends = new Date(Math.min(starts.getTime() + 90 * MINUTE, last));
  const time = (at) => `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
  return {
    date: `${pad(local.getUTCDate())}/${pad(local.getUTCMonth() + 1)}/${local.getUTCFullYear()}`,
    starts: time(starts),
    ends: time(ends),
  };
}

/** Opens a class as the person signed in on `page`; `unit` is a part of its name. Returns its address. */
export async function openClass(page, { title, unit, venue = "Nhà văn hoá", course }) {
  await page.goto("/classes/new");
  await choose(page, "course", course);
  await choose(page, "unit", unit);
  const when = soon();
  for (const [field, value] of Object.entries({ title, venue, ...when })) {
    await page.fill(`[name=${field}]`, value);
  }
  await page.click("main form[method=post] button[type=submit]");
  await page.waitForURL(/\/classes\/[0-9a-f-]{36}/);
  const url = new URL(page.url());
  return url.pathname;
}

/** Chooses an option of a select by a part of its words; without one, the first that means something. */
export async function choose(page, name, words) {
  const select = page.locator(`select[name=${name}]`);
  const options = await select.locator("option").evaluateAll((all) =>
    all.map((option) => ({ value: option.value, words: option.textContent })),
  );
  const wanted = options.find((option) => (words ? option.words.includes(words) : option.value));
  assert.ok(wanted, `${name} offers no “${words}”, only ${options.map((o) => o.words).join("; ")}`);
  await select.selectOption(wanted.value);
  return wanted.words;
}

/** Adds somebody who is not known to the list of a class; answers "is it this person?" with no. */
export async function addNewcomer(page, klass, { name, birth }) {
  await page.goto(`${klass}/registrations`);
  const form = page.locator("form[action$='/registrations/people']");
  await unfold(page, form);
  await form.locator("[name=full_name]").fill(name);
  await form.locator("[name=birth]").fill(birth);
  await form.locator("button[type=submit]").click();
  await page.waitForLoadState();
  const other = page.locator("form:has(input[name=new]) button[type=submit]");
  if (await other.count()) await other.click();
  await page.waitForURL(/registrations\?said=/);
}

/** Opens the fold a form is kept in. */
export async function unfold(page, form) {
  const fold = page.locator("details", { has: form });
  if (await fold.count()) {
    const isOpen = await fold.evaluate((element) => element.open);
    const summary = fold.locator("summary").first();
    // As a thumb would: up from under the bar at the foot of the screen.
    await summary.evaluate((element) => element.scrollIntoView({ block: "center" }));
    if (!isOpen) await summary.click();
  }
}

/** The address of the attendance sheet of the next evening of a class. */
export async function sheetOf(page, klass) {
  await page.goto(klass);
  const href = await page.locator("a[href^='/classes/meetings/'][href$='/attendance']").first().getAttribute("href");
  return href;
}

/** How many are ticked, by the words at the foot of the list. */
export async function present(page) {
  return Number(await page.locator("[data-part=count]").textContent());
}

/** Waits until every tick has reached the server, by what the page says. */
export async function allSaved(page) {
  const state = page.locator("[data-part=state]");
  const words = await page.locator("tick-list").getAttribute("saved");
  await state.filter({ hasText: words }).waitFor();
}
