// Who may not, may not: a cookie that was tampered with, a form without its token, one from another
// site, a page of somebody else's unit, a person outside one's units, too many wrong passwords.

import assert from "node:assert/strict";
import { test } from "node:test";
import { device, signedIn } from "../lib/browser.mjs";
import { lookHere } from "../lib/look.mjs";

test("who may not, may not, and is told so kindly", async (story) => {
  await story.test("a session cookie that was tampered with leads to the door", async () => {
    const page = await signedIn("tochuc");
    const cookies = await page.context().cookies();
    const session = cookies.find((cookie) => cookie.name === "thao_session");
    assert.equal(session.httpOnly, true);
    assert.equal(session.sameSite, "Lax");
    const last = session.value.at(-1) === "A" ? "B" : "A";
    await page.context().addCookies([{ ...session, value: session.value.slice(0, -1) + last }]);
    await page.goto("/classes");
    assert.equal(new URL(page.url()).pathname, "/sign-in");
    await lookHere(page, "sign-in-ended");
  });

  await story.test("one comes back to where one wanted to go", async () => {
    const page = await device();
    await page.goto("/classes?when=past");
    await page.fill("[name=login]", "tochuc");
    await page.fill("[name=password]", "thao-demo");
    await page.click("main form button[type=submit]");
    await page.waitForURL(/\/classes\?when=past$/);
  });

  await story.test("a form without its token, or from another site, is refused", async () => {
    const page = await signedIn("tochuc");
    const bare = await page.request.post("/classes", { form: { title: "Không mã" }, maxRedirects: 0 });
    assert.equal(bare.status(), 403);
    await page.goto("/classes/new");
    const csrf = await page.locator("main form [name=csrf]").first().inputValue();
    const foreign = await page.request.post("/classes", {
      form: { title: "Trang khác", csrf },
      headers: { origin: "https://example.net", "sec-fetch-site": "cross-site" },
      maxRedirects: 0,
    });
    assert.equal(foreign.status(), 403);
  });

  await story.test("a learner finds no page of managers", async () => {
    const page = await signedIn("nguoidan");
    for (const path of ["/people", "/classes", "/plan/targets", "/classes/new"]) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 403, path);
    }
    await lookHere(page, "forbidden");
    const nowhere = await page.goto("/no/such/page");
    assert.equal(nowhere.status(), 404);
    await lookHere(page, "not-found");
  });

  await story.test("a manager of one commune cannot know a class or a person of another", async () => {
    const province = await signedIn("sokhcn", { device: "desktop" });
    await province.goto("/people?q=Nguy%E1%BB%85n");
    const commune = await signedIn("xaquanly", { device: "desktop" });
    const hrefs = await province.locator("main table a[href^='/people/']").evaluateAll((all) =>
      all.map((link) => link.getAttribute("href")).filter((href) => /^\/people\/[0-9a-f-]{36}$/.test(href)),
    );
    assert.ok(hrefs.length > 5, "the province sees people");
    const answers = await Promise.all(hrefs.map((href) => commune.request.get(href)));
    assert.ok(answers.some((answer) => answer.status() === 404), "some of them are of other communes");
    assert.ok(answers.every((answer) => [200, 404].includes(answer.status())));
    await province.goto("/classes?when=past");
    const classes = await province.locator("main table a[href^='/classes/']").evaluateAll((all) =>
      all.map((link) => link.getAttribute("href")).filter((href) => /^\/classes\/[0-9a-f-]{36}$/.test(href)),
    );
    const seen = await Promise.all(classes.map((href) => commune.request.get(href)));
    assert.ok(seen.some((answer) => answer.status() === 404));
  });

  await story.test("after too many wrong passwords one waits; others do not", async () => {
    const page = await device();
    const statuses = [];
    for (let n = 0; n < 12; n += 1) {
      const answer = await page.request.post("/sign-in", { form: { login: "khong.co.ai", password: `sai ${n}` } });
      statuses.push(answer.status());
    }
    assert.equal(statuses[0], 422);
    assert.equal(statuses.at(-1), 429);
    await page.goto("/sign-in");
    await page.fill("[name=login]", "khong.co.ai");
    await page.fill("[name=password]", "sai nữa");
    await page.click("main form button[type=submit]");
    await lookHere(page, "sign-in-too-many");
    await signedIn("nguoidan");
  });
});
