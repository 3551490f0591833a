// Looking at a page as people will: on a phone and on a desk, in both languages; photographed,
// checked with axe (WCAG 2.2 AA), weighed, and never wider than the screen.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EXCEPTIONS } from "./axe-exceptions.mjs";
import { device } from "./browser.mjs";
import { OUTPUT } from "./place.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** A photograph of a list of hundreds shows its first screens. */
const TALLEST = 4000;

/** The most a first load may take, without media: bytes on the wire and requests. */
export const BUDGETS = {
  learner: { bytes: 40 * 1024, requests: 5 },
  manager: { bytes: 300 * 1024, requests: 30 },
};

/**
 * Looks at the address `page` stands on, as the same person, on fresh devices.
 * `budget`: whose page it is; pages of learners are light.
 */
export async function look(page, name, { budget = "manager" } = {}) {
  await lookAt(page.url(), await page.context().storageState(), name, { budget });
}

/** The same for an address. */
export async function lookAt(url, state, name, { budget = "manager" } = {}) {
  for (const lang of ["vi", "en"]) {
    for (const size of ["phone", "desktop"]) {
      const seen = await looker(size, lang, state);
      const weight = weigh(seen);
      const answer = await seen.goto(url, { waitUntil: "load" });
      assert.ok(answer.status() < 400, `${url} answers ${answer.status()}`);
      const loaded = await weight();
      if (lang === "vi" && size === "phone") within(BUDGETS[budget], loaded, url);
      if (size === "phone") await accessible(seen);
      await sound(seen, lang);
      await photograph(seen, `${name}-${size}-${lang}`);
    }
  }
}

const lookers = new Map();

/** A page on a device of its own, with nothing in its cache, as somebody who is signed in or not. */
async function looker(size, lang, { cookies }) {
  const key = `${size} ${lang}`;
  if (!lookers.has(key)) lookers.set(key, await device({ device: size, lang }));
  const page = lookers.get(key);
  const context = page.context();
  page.complaints.length = 0;
  page.forget ??= await context.newCDPSession(page);
  await page.forget.send("Network.clearBrowserCache");
  await context.clearCookies();
  const others = cookies.filter((cookie) => cookie.name !== "thao_lang");
  await context.addCookies([...others, { name: "thao_lang", value: lang, url: process.env.THAO_E2E_URL }]);
  return page;
}

/** Looks at what stands on the screen now, where it stands: an answer with errors, an open menu. */
export async function lookHere(page, name) {
  const { width } = page.viewportSize();
  const lang = await page.locator("html").getAttribute("lang");
  await accessible(page);
  await sound(page, lang);
  await photograph(page, `${name}-${width < 800 ? "phone" : "desktop"}-${lang}`);
}

/** How a page comes out of a printer. */
export async function lookAtPaper(page, name) {
  const lang = await page.locator("html").getAttribute("lang");
  await page.emulateMedia({ media: "print" });
  await photograph(page, `${name}-paper-${lang}`);
  await page.emulateMedia({ media: "screen" });
}

/** Fails when axe finds anything that is not in the list of exceptions. */
export async function accessible(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (rules) => globalThis.axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] }),
    RULES,
  );
  const path = new URL(page.url()).pathname;
  const accepted = (rule) => EXCEPTIONS.some((known) => known.rule === rule && known.where.test(path));
  const found = violations
    .filter((violation) => !accepted(violation.id))
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}\n    ${node.failureSummary}`));
  assert.deepEqual(found, [], `${page.url()} keeps people out:\n  ${found.join("\n  ")}`);
}

/** What must hold on any page at any size. */
async function sound(page, lang) {
  const url = page.url();
  const facts = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    broken: [...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => image.src),
    missing: /(^|[\s"“(])[a-z]+(\.[a-z_]+){2,}(?=$|[\s"”)])|\{[a-z_]+\}/.exec(document.body.innerText)?.[0],
  }));
  assert.equal(facts.lang, lang, `${url} speaks another language`);
  assert.equal(facts.headings, 1, `${url} has ${facts.headings} main headings`);
  assert.ok(facts.wide <= 0, `${url} is ${facts.wide} px wider than the screen of ${page.viewportSize().width}`);
  assert.deepEqual(facts.broken, [], `${url} shows pictures that are not there`);
  assert.equal(facts.missing, undefined, `${url} shows the name of a word instead of it: ${facts.missing}`);
  assert.deepEqual(page.complaints, [], `the browser complains`);
}

/** The whole page on a screen as tall as it, so that what sticks to the foot stands there. */
async function photograph(page, name) {
  const screen = page.viewportSize();
  const tall = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: screen.width, height: Math.min(Math.max(tall, screen.height), TALLEST) });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`), animations: "disabled" });
  await page.setViewportSize(screen);
}

/** Counts what a page loads from now on. */
function weigh(page) {
  const answers = [];
  const note = (answer) => answers.push(answer);
  page.on("response", note);
  return async () => {
    page.off("response", note);
    let bytes = 0;
    let requests = 0;
    for (const answer of answers) {
      const request = answer.request();
      if (["image", "media"].includes(request.resourceType())) continue;
      const sizes = await request.sizes();
      bytes += sizes.responseHeadersSize + sizes.responseBodySize;
      requests += 1;
    }
    return { bytes, requests };
  };
}

function within(budget, { bytes, requests }, url) {
  const path = new URL(url).pathname.replace(/[0-9a-f-]{36}/g, "{id}");
  console.log(`measured: first load of ${path} ${(bytes / 1024).toFixed(1)} KB, ${requests} requests`);
  assert.ok(bytes <= budget.bytes, `${path} weighs ${bytes} bytes, ${budget.bytes} are allowed`);
  assert.ok(requests <= budget.requests, `${path} takes ${requests} requests, ${budget.requests} are allowed`);
}
