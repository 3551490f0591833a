// A civil servant studies on a phone: sees what is due, reads, looks, watches, answers and is told
// why, leaves, and goes on where they were; and passes in the end.

import assert from "node:assert/strict";
import { test } from "node:test";
import { device, signIn, signedIn } from "../lib/browser.mjs";
import { answer, asks, finishLesson, goOn, questions, SECURITY, step } from "../lib/lessons.mjs";
import { look, lookHere } from "../lib/look.mjs";

const LIGHT = { budget: "learner" };
const LESSON = `/learn/${SECURITY}/mat-khau-va-xac-thuc-hai-buoc`;

test("a civil servant learns on a phone", async (story) => {
  const known = questions();
  const page = await device();

  await story.test("signs in and sees the one next thing", async () => {
    await page.goto("/sign-in");
    await look(page, "sign-in", LIGHT);
    await signIn(page, "canbo");
    await look(page, "home-official", LIGHT);
    const due = page.locator("main .card", { hasText: "An toàn thông tin cơ bản" }).first();
    assert.match(await due.textContent(), /\d{2}\/\d{2}\/\d{4}/, "it says until when");
    await page.goto("/learn");
    await look(page, "learn", LIGHT);
    await page.goto(`/learn/${SECURITY}`);
    await look(page, "course", LIGHT);
  });

  await story.test("reads, and sees a picture", async () => {
    await page.goto(LESSON);
    assert.deepEqual(await step(page), { at: 1, of: 7 });
    await look(page, "lesson-text", LIGHT);
    await goOn(page);
    const picture = page.locator("figure.media img");
    await picture.scrollIntoViewIfNeeded();
    await page.waitForFunction(() => document.querySelector("figure.media img").naturalWidth > 0);
    assert.ok((await picture.getAttribute("alt")).length > 10);
    await look(page, "lesson-question", LIGHT);
  });

  await story.test("answers nothing, then wrongly, then rightly, and is told why each time", async () => {
    await page.click("button[form=answer]");
    await page.locator("#errors").waitFor();
    await lookHere(page, "lesson-no-answer");
    await answer(page, known, { right: false });
    await lookHere(page, "lesson-wrong");
    assert.equal(await page.locator(".answer-right").count(), 0, "the right answer is still to be found");
    await page.click(".feedback a");
    await answer(page, known, { right: true });
    await lookHere(page, "lesson-right");
    await page.reload();
    assert.equal(await asks(page), false, "what was answered rightly stays answered");
  });

  await story.test("leaves, and continues on another device where they were", async () => {
    await goOn(page);
    await goOn(page).catch(() => {});
    const here = await step(page);
    await page.goto("/");
    const other = await signedIn("canbo");
    await other.goto(LESSON);
    assert.deepEqual(await step(other), here);
    await other.goto(`/learn/${SECURITY}`);
    assert.match(await other.locator("ol.lessons li").first().textContent(), new RegExp(`${here.at}/${here.of}`));
  });

  await story.test("puts in order, matches, and ends the lesson", async () => {
    await page.goto(`${LESSON}?step=4`);
    await lookHere(page, "lesson-match");
    await answer(page, known, { right: true });
    await page.goto(`${LESSON}?step=5`);
    await lookHere(page, "lesson-order");
    await answer(page, known, { right: false });
    await lookHere(page, "lesson-order-wrong");
    await page.goto(`${LESSON}?step=1`);
    await finishLesson(page, known);
    assert.match(page.url(), /\/result$/);
    await look(page, "lesson-result", LIGHT);
  });

  await story.test("watches a film with captions, or reads what is said", async () => {
    const film = await findFilm(page);
    const tracks = await film.locator("track").evaluateAll((all) => all.map((track) => [track.srclang, track.default]));
    assert.deepEqual(tracks.sort(), [["en", false], ["vi", true]]);
    const length = await film.evaluate(async (video) => {
      video.muted = true;
      await video.play();
      video.pause();
      return video.duration;
    });
    assert.ok(length > 5, `the film lasts ${length} s`);
    await page.locator("figure.media details summary").click();
    await lookHere(page, "lesson-film");
  });

  await story.test("finishes every lesson and passes", async () => {
    await page.goto(`/learn/${SECURITY}`);
    const lessons = await page.locator("ol.lessons a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    for (const lesson of lessons.slice(1)) {
      await page.goto(`${lesson}?step=1`);
      await finishLesson(page, known);
    }
    await look(page, "course-result", LIGHT);
    await page.goto(`/learn/${SECURITY}`);
    assert.equal(await page.locator(".notice.tone-good, .notice-good, .notice").count() > 0, true);
    await look(page, "course-passed", LIGHT);
    await page.goto("/");
    assert.equal(await page.locator("main .card", { hasText: "An toàn thông tin cơ bản" }).count(), 0, "it is no longer due");
  });
});

/** The first step of the course with a film. */
async function findFilm(page) {
  await page.goto(`/learn/${SECURITY}`);
  const lessons = await page.locator("ol.lessons a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  for (const lesson of lessons) {
    await page.goto(`${lesson}?step=1`);
    const { of } = await step(page);
    for (let at = 1; at <= of; at += 1) {
      if (at > 1) await page.goto(`${lesson}?step=${at}`);
      if (await page.locator("video").count()) return page.locator("video");
    }
  }
  throw new Error("no step of the course shows a film");
}
