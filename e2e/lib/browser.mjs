// A person with a device: which browser, how large, in which language, with or without scripts.

import { after } from "node:test";
import { chromium } from "playwright-core";

export const URL_OF_PROGRAM = process.env.THAO_E2E_URL;
export const PASSWORD = "thao-demo";

export const DEVICES = {
  phone: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 1.5 },
  desktop: { viewport: { width: 1440, height: 900 } },
};

let connected;
after(async () => (await connected)?.close());

/** The browser all journeys share; each has contexts of its own. */
export function browser() {
  if (!URL_OF_PROGRAM) throw new Error("run the journeys by `npm test`, which makes a province for them");
  connected ??= chromium.connect(process.env.THAO_E2E_BROWSER);
  return connected;
}

/**
 * A page of somebody's own device: `{ device, lang, scripts, state, more }`.
 * A complaint of the browser (a blocked script, a failed request) fails the journey at its end.
 */
export async function device({ device = "phone", lang = "vi", scripts = true, state, more = {} } = {}) {
  const context = await (await browser()).newContext({
    ...DEVICES[device],
    baseURL: URL_OF_PROGRAM,
    locale: lang === "vi" ? "vi-VN" : "en-GB",
    timezoneId: "Asia/Ho_Chi_Minh",
    javaScriptEnabled: scripts,
    storageState: state,
    acceptDownloads: true,
    ...more,
  });
  await context.addCookies([{ name: "thao_lang", value: lang, url: URL_OF_PROGRAM }]);
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  page.complaints = [];
  page.on("pageerror", (e) => page.complaints.push(`${page.url()}: ${e.message}`));
  page.on("console", (line) => {
    // An answer that says no (403, 404, 422) is an answer; the journeys look at it themselves.
    const refused = /Failed to load resource/.test(line.text());
    if (line.type() === "error" && !refused) page.complaints.push(`${page.url()}: ${line.text()}`);
  });
  return page;
}

/** Signs in as one of the demo accounts, by the form. */
export async function signIn(page, login, password = PASSWORD) {
  await page.goto("/sign-in");
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", password);
  await page.click("main form button[type=submit]");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

/** A device on which `login` is signed in. */
export async function signedIn(login, options) {
  const page = await device(options);
  await signIn(page, login);
  return page;
}
