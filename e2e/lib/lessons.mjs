// Learning as a learner does, with the right answers read from the course's own files.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const COURSES = fileURLToPath(new URL("../../content/courses", import.meta.url));
export const SECURITY = "an-toan-thong-tin-co-ban";

/** The questions of a course by the id of their item: `{ kind, right, wrong, items, pairs }`. */
export function questions(course = SECURITY) {
  const folder = join(COURSES, course);
  const found = new Map();
  for (const name of readdirSync(folder).filter((name) => /^\d+-.*(?<!\.en)\.md$/.test(name))) {
    for (const [, text] of readFileSync(join(folder, name), "utf8").matchAll(/```item\n([\s\S]*?)```/g)) {
      const question = read(text);
      found.set(question.id, question);
    }
  }
  return found;
}

/** As much of an item as it takes to answer it. */
function read(text) {
  const one = (name) => new RegExp(`^${name} = "(.*)"$`, "m").exec(text)?.[1];
  const options = [...text.matchAll(/\{ id = "(\w+)".*?correct = (true|false)/g)];
  const list = (name) => new RegExp(`^${name} = \\[([\\s\\S]*?)\\]$`, "m").exec(text)?.[1] ?? "";
  const strings = (name) => [...list(name).matchAll(/"((?:[^"\\\\]|\\\\.)*)"/g)].map(([, words]) => words);
  return {
    id: one("id"),
    kind: one("kind"),
    right: options.filter(([, , right]) => right === "true").map(([, id]) => id),
    wrong: options.filter(([, , right]) => right === "false").map(([, id]) => id),
    accept: strings("accept"),
    items: strings("items"),
    pairs: [...list("pairs").matchAll(/\["((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\]/g)].map(([, left, right]) => [left, right]),
  };
}

const form = (page) => page.locator("form#answer");

/** Whether the step on the screen asks something that is not answered yet. */
export async function asks(page) {
  return (await form(page).count()) > 0;
}

/** Answers the question on the screen. */
export async function answer(page, known, { right }) {
  const id = await form(page).locator("[name=item]").inputValue();
  const question = known.get(id);
  assert.ok(question, `no file of the course holds the question ${id}`);
  await FILL[question.kind](page, question, right);
  await page.click("button[form=answer]");
  await page.locator(".feedback").waitFor();
  const tone = await page.locator(".feedback").getAttribute("class");
  assert.match(tone, right ? /tone-good/ : /tone-bad/);
}

const FILL = {
  async choice(page, question, right) {
    await pick(page, right ? question.right[0] : question.wrong[0]);
  },
  async multiple(page, question, right) {
    for (const id of right ? question.right : question.wrong) await pick(page, id);
  },
  async text(page, question, right) {
    await form(page).locator("[name=answer]").fill(right ? question.accept[0] : "không biết");
  },
  async order(page, question, right) {
    const wanted = right ? question.items : [...question.items].reverse();
    for (const row of await rows(page)) {
      await row.select.selectOption({ label: String(wanted.indexOf(row.words) + 1) });
    }
  },
  async match(page, question, right) {
    const sides = question.pairs.map(([, side]) => side);
    for (const row of await rows(page)) {
      const at = question.pairs.findIndex(([left]) => left === row.words);
      await row.select.selectOption({ label: right ? sides[at] : sides[(at + 1) % sides.length] });
    }
  },
};

function pick(page, id) {
  return form(page).locator(`input[name=answer][value="${id}"]`).check({ force: true });
}

async function rows(page) {
  const all = await form(page).locator(".answer").all();
  return Promise.all(
    all.map(async (row) => ({
      words: (await row.locator("label").textContent()).trim(),
      select: row.locator("select"),
    })),
  );
}

/** The way on, at the foot of the screen. */
export async function goOn(page) {
  const before = page.url();
  await page.click(".save-bar .button-primary");
  await page.waitForURL((url) => url.href !== before);
}

/** Which step of how many. */
export async function step(page) {
  const bar = page.locator(".step-head progress");
  return { at: Number(await bar.getAttribute("value")), of: Number(await bar.getAttribute("max")) };
}

/** Goes through the lesson on the screen to its end, answering rightly what is still open. */
export async function finishLesson(page, known) {
  for (;;) {
    if (await asks(page)) await answer(page, known, { right: true });
    const { at, of } = await step(page);
    await goOn(page);
    if (at === of) return;
  }
}
