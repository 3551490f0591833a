// The signal goes in the middle of ticking: what was ticked stays on the phone, arrives when the
// signal is back, and nothing counts twice. After the phone was switched off it is asked about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signIn, signedIn } from "../lib/browser.mjs";
import { addNewcomer, allSaved, openClass, present, sheetOf } from "../lib/classes.mjs";
import { lookHere } from "../lib/look.mjs";

test("ticks outlive a lost network", async (story) => {
  const page = await signedIn("tochuc");
  const klass = await openClass(page, { title: "Lớp nơi sóng yếu", unit: "Tổ dân phố 4" });
  for (const n of [1, 2, 3, 4]) await addNewcomer(page, klass, { name: `Lò Mẫu Sóng ${"ABCD"[n - 1]}`, birth: `19${n}0` });
  const sheet = await sheetOf(page, klass);
  const ticks = page.locator(".tick");

  await story.test("ticks made without a network are kept and say so", async () => {
    await page.goto(sheet);
    await ticks.nth(0).tap();
    await allSaved(page);
    await page.context().setOffline(true);
    await ticks.nth(1).tap();
    await ticks.nth(2).tap();
    await page.locator("[data-part=state].waiting").waitFor();
    assert.match(await page.locator("[data-part=state]").textContent(), /2/);
    await lookHere(page, "attendance-offline");
  });

  await story.test("they arrive by themselves when it is back", async () => {
    await page.context().setOffline(false);
    await allSaved(page);
    await page.reload();
    assert.equal(await present(page), 3);
  });

  await story.test("a batch whose answer was lost is stored once", async () => {
    let lost = 0;
    await page.route("**/ticks", async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      // The server gets it; the phone never hears so.
      await route.fetch();
      return route.abort("connectionreset");
    });
    await ticks.nth(3).tap();
    await allSaved(page);
    await page.unroute("**/ticks");
    assert.equal(lost, 1);
    await page.reload();
    assert.equal(await present(page), 4);
    await page.goto(klass);
    const evening = page.locator("main table tbody tr").first();
    const cells = await evening.locator("td").allTextContents();
    assert.ok(cells.some((cell) => cell.trim() === "4"), `four people, not five: ${cells.join("; ")}`);
  });

  await story.test("a phone that was closed sends what it kept when the page is opened again", async () => {
    await page.goto(sheet);
    await page.route("**/ticks", (route) => route.abort("internetdisconnected"));
    await ticks.nth(0).tap();
    await page.locator("[data-part=state].waiting").waitFor();
    // Leaving is asked about; the person insists.
    page.once("dialog", (dialog) => dialog.accept());
    await page.goto("/classes");
    await page.unroute("**/ticks");
    await page.goto(sheet);
    const asked = page.locator("[data-part=held]");
    await asked.waitFor();
    assert.equal(await present(page), 4, "nothing is sent unasked");
    await lookHere(page, "attendance-held");
    await page.click("[data-part=held-send]");
    await allSaved(page);
    assert.equal(await asked.isVisible(), false);
    await page.reload();
    assert.equal(await present(page), 3);
  });

  await story.test("the form on a dead network loses no tick", async () => {
    await page.route("**/ticks", (route) => route.abort("internetdisconnected"));
    await ticks.nth(0).tap();
    await page.click("tick-list button[type=submit]");
    await page.locator("[data-part=state].waiting").waitFor();
    assert.equal(new URL(page.url()).pathname, new URL(sheet, page.url()).pathname);
    await page.unroute("**/ticks");
    await page.click("tick-list button[type=submit]");
    await page.locator(".notice", { hasText: "4 người có mặt" }).waitFor();
  });

  await story.test("another account on the same phone does not send them", async () => {
    await page.route("**/ticks", (route) => route.abort("internetdisconnected"));
    await ticks.nth(0).tap();
    await page.locator("[data-part=state].waiting").waitFor();
    page.once("dialog", (dialog) => dialog.accept());
    await page.goto("/classes");
    await page.unroute("**/ticks");
    await page.context().clearCookies();
    await signIn(page, "xaquanly");
    await page.goto(sheet);
    await page.locator("[data-part=others]").waitFor();
    assert.equal(await page.locator("[data-part=held]").isVisible(), false);
    assert.equal(await present(page), 4);
  });
});
