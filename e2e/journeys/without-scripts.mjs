// The core of the story on a phone whose browser runs no scripts: signing in, answering in a
// lesson, the attendance of an evening, closing it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { signedIn } from "../lib/browser.mjs";
import { addNewcomer, openClass, present, sheetOf } from "../lib/classes.mjs";
import { answer, asks, goOn, questions, SECURITY } from "../lib/lessons.mjs";

test("everything that matters works without scripts", async (story) => {
  await story.test("an official answers a question of a lesson", async () => {
    const page = await signedIn("giangvien", { scripts: false });
    await page.goto(`/learn/${SECURITY}/mat-khau-va-xac-thuc-hai-buoc?step=2`);
    assert.ok(await asks(page));
    await answer(page, questions(), { right: true });
    await goOn(page);
    assert.match(page.url(), /step=3/);
  });

  await story.test("an organiser takes attendance with one form, corrects it and closes the evening", async () => {
    const page = await signedIn("tochuc", { scripts: false });
    const klass = await openClass(page, { title: "Lớp không cần mã lệnh", unit: "Tổ dân phố 5" });
    for (const name of ["Vi Mẫu Một", "Vi Mẫu Hai", "Vi Mẫu Ba"]) await addNewcomer(page, klass, { name, birth: "1950" });
    const sheet = await sheetOf(page, klass);
    await page.goto(sheet);
    for (const n of [0, 1, 2]) await page.locator(".tick").nth(n).tap();
    await page.click(".save-bar button[type=submit]");
    await page.waitForURL(/said=classes\.notice\.saved/);
    assert.equal(await present(page), 3);
    await page.locator(".tick").nth(1).tap();
    await page.click(".save-bar button[type=submit]");
    await page.waitForURL(/said=classes\.notice\.saved&n=2/);
    assert.equal(await present(page), 2);
    await page.click("form[action$='/closure'] button[type=submit]");
    await page.waitForURL(/said=classes\.notice\.closed/);
    assert.equal(await page.locator("tick-list").count(), 0);
  });
});
