// A form that is sent twice is carried out once: a double tap, a double click without scripts, the
// way back and sending again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signedIn } from "../lib/browser.mjs";
import { choose, soon } from "../lib/classes.mjs";

async function fillIn(page, title) {
  await page.goto("/classes/new");
  await choose(page, "course");
  await choose(page, "unit", "Tổ dân phố 6");
  for (const [field, value] of Object.entries({ title, venue: "Nhà văn hoá", ...soon() })) {
    await page.fill(`[name=${field}]`, value);
  }
}

async function countOf(page, title) {
  await page.goto(`/classes?q=${encodeURIComponent(title)}`);
  return page.locator("main table tbody tr", { hasText: title }).count();
}

test("a form sent twice is carried out once", async (story) => {
  await story.test("a double click", async () => {
    const page = await signedIn("tochuc");
    await fillIn(page, "Lớp bấm hai lần");
    await page.locator("main form[method=post] button[type=submit]").dblclick();
    await page.waitForURL(/\/classes\/[0-9a-f-]{36}/);
    assert.equal(await countOf(page, "Lớp bấm hai lần"), 1);
  });

  await story.test("the way back leads to a form of its own, not to an error", async () => {
    const page = await signedIn("tochuc");
    await fillIn(page, "Lớp quay lại");
    const id = await page.locator("main form[method=post] [name=form_id]").inputValue();
    await page.click("main form[method=post] button[type=submit]");
    await page.waitForURL(/\/classes\/[0-9a-f-]{36}/);
    const first = new URL(page.url()).pathname;
    await page.goBack();
    const again = await page.locator("main form[method=post] [name=form_id]").inputValue();
    // A browser that kept the page sends the same form, which is not carried out again; one that
    // asked for the page anew got a new form, and what is sent with it is meant.
    if (again === id) {
      await page.click("main form[method=post] button[type=submit]");
      await page.waitForURL((url) => url.pathname === first);
    }
    assert.equal(await countOf(page, "Lớp quay lại"), 1);
  });

  await story.test("the same bytes sent again, as a network in trouble does", async () => {
    const page = await signedIn("tochuc");
    await fillIn(page, "Lớp mạng chập chờn");
    const form = await page.locator("main form[method=post]").evaluate((form) =>
      Object.fromEntries(new globalThis.FormData(form).entries()),
    );
    const answers = await Promise.all(
      [1, 2, 3].map(() => page.request.post("/classes", { form, maxRedirects: 0 })),
    );
    const places = new Set(answers.map((answer) => answer.headers().location));
    assert.deepEqual(answers.map((answer) => answer.status()), [303, 303, 303]);
    assert.equal(places.size, 1);
    assert.equal(await countOf(page, "Lớp mạng chập chờn"), 1);
  });
});
