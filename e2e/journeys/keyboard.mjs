// Without a mouse or a finger: signing in, choosing the language, taking attendance, with Tab, Space
// and Enter alone. And at 200% zoom on the smallest phone nothing leaves the screen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { device, PASSWORD, signedIn } from "../lib/browser.mjs";
import { addNewcomer, allSaved, openClass, present, sheetOf } from "../lib/classes.mjs";

/** Presses Tab until `selector` has the focus; what has it must be seen to have it. */
async function tabTo(page, selector, most = 80) {
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) {
      const seen = await page.evaluate(() => {
        const focused = document.activeElement;
        const rings = [focused, focused.closest("label")].filter(Boolean).map((element) => getComputedStyle(element));
        return rings.some((style) => style.outlineStyle !== "none" || style.boxShadow !== "none");
      });
      assert.ok(seen, `${selector} has the focus and does not show it`);
      return;
    }
  }
  assert.fail(`${selector} is not reached within ${most} presses of Tab on ${page.url()}`);
}

test("with the keyboard alone", async (story) => {
  const page = await device({ device: "desktop" });

  await story.test("the first Tab offers the way past the navigation", async () => {
    await page.goto("/sign-in");
    await page.keyboard.press("Tab");
    const skip = page.locator(":focus");
    assert.match(await skip.getAttribute("href"), /^#/);
    assert.ok(await skip.isVisible());
    await page.keyboard.press("Enter");
  });

  await story.test("signs in", async () => {
    await page.goto("/sign-in");
    await tabTo(page, "[name=login]");
    await page.keyboard.type("tochuc");
    await tabTo(page, "[name=password]");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname === "/");
  });

  await story.test("takes attendance", async () => {
    const klass = await openClass(page, { title: "Lớp bàn phím", unit: "Tổ dân phố 2" });
    for (const name of ["Bế Mẫu Một", "Bế Mẫu Hai"]) await addNewcomer(page, klass, { name, birth: "1970" });
    await page.goto(await sheetOf(page, klass));
    await tabTo(page, ".tick input");
    await page.keyboard.press("Space");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    assert.equal(await present(page), 2);
    await page.keyboard.press("Space");
    assert.equal(await present(page), 1);
    await allSaved(page);
    await tabTo(page, ".save-bar button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/said=classes\.notice\.saved/);
    assert.equal(await present(page), 1);
  });
});

test("the language is chosen on any page and stays", async () => {
  const page = await device();
  await page.context().clearCookies();
  await page.goto("/sign-in");
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  await page.locator("form[action='/language'] button[value=en], form[action='/language'] button[type=submit]").first().click();
  await page.waitForURL(/\/sign-in/);
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  await page.goto("/activate");
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
});

test("at 200% zoom on a phone nothing leaves the screen", async () => {
  for (const login of ["tochuc", "canbo", "sokhcn"]) {
    // 200% of 360 px is a page of 180 px; text alone at 200% is checked as well.
    const page = await signedIn(login, { more: { viewport: { width: 360, height: 740 } } });
    const hrefs = await page.locator("header nav a, main a").evaluateAll((all) =>
      [...new Set(all.map((link) => link.getAttribute("href")))].filter((href) => href?.startsWith("/") && !href.includes(".")),
    );
    for (const href of ["/", ...hrefs].slice(0, 8)) {
      await page.goto(href);
      const wide = await page.evaluate(() => {
        document.documentElement.style.fontSize = "200%";
        return document.documentElement.scrollWidth - document.documentElement.clientWidth;
      });
      assert.ok(wide <= 0, `${href} as ${login} is ${wide} px too wide with text at 200%`);
    }
  }
});
