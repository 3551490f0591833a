// Makes a demo province, serves it, lets the journeys through it, and stops it as a service
// manager does. `--postgres` does the same on a PostgreSQL server; names after it choose journeys.

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { run as runTests } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { BROWSER } from "./lib/chromium.mjs";
import { folder, freshOutput, run, serve } from "./lib/place.mjs";
import { schema } from "./lib/postgres.mjs";

const JOURNEYS = fileURLToPath(new URL("journeys", import.meta.url));
const PEOPLE = "2000";
const SEED = "7";

const args = process.argv.slice(2);
const onPostgres = args.includes("--postgres");
const chosen = args.filter((arg) => !arg.startsWith("--"));

const began = Date.now();
await freshOutput();
const data = await folder();
const home = onPostgres ? await schema() : undefined;
const env = programEnv(home);
let ok = false;
try {
  const making = Date.now();
  await run(["demo", "--data", data.path, "--people", PEOPLE, "--seed", SEED], env);
  console.log(`measured: demo of ${PEOPLE} people ${(Date.now() - making) / 1000} s`);
  const server = await serve(data.path, env);
  const browser = await chromium.launchServer(BROWSER);
  process.env.THAO_E2E_URL = server.url;
  process.env.THAO_E2E_BROWSER = browser.wsEndpoint();
  ok = await journeys();
  await browser.close();
  const complaints = await server.stop();
  if (complaints) {
    console.log(`the server complained:\n${complaints}`);
    ok = false;
  }
} finally {
  await home?.remove();
  await data.remove();
}
console.log(`measured: whole run ${Math.round((Date.now() - began) / 1000)} s`);
process.exitCode = ok ? 0 : 1;

/** The program refuses settings it does not know: ours stay here. */
function programEnv(home) {
  const plain = Object.entries(process.env).filter(([name]) => !name.startsWith("THAO_"));
  return { ...Object.fromEntries(plain), THAO_LANG: "vi", ...(home ? { THAO_DATABASE: home.url } : {}) };
}

/** What is measured runs alone; the others two at a time. */
async function journeys() {
  const all = (await readdir(JOURNEYS)).filter((name) => name.endsWith(".mjs")).sort();
  const wanted = all.filter((name) => chosen.length === 0 || chosen.some((part) => name.includes(part)));
  if (wanted.length === 0) throw new Error(`no journey is called ${chosen.join(" or ")}`);
  const alone = wanted.filter((name) => name.endsWith(".alone.mjs"));
  const together = wanted.filter((name) => !name.endsWith(".alone.mjs"));
  const first = await runFiles(alone, 1);
  const second = await runFiles(together, 2);
  return first && second;
}

async function runFiles(names, concurrency) {
  if (names.length === 0) return true;
  let failed = 0;
  const stream = runTests({ files: names.map((name) => join(JOURNEYS, name)), concurrency, timeout: 240_000 });
  stream.on("test:fail", () => (failed += 1));
  const printed = stream.compose(new spec());
  for await (const text of printed) process.stdout.write(text);
  return failed === 0;
}
