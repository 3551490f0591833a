// Builds the scripts of the pages, for phones from about 2019 on: elements/app.ts → dist/app.js for
// all of them, elements/data-chart.ts (ECharts) → dist/charts.js for managers' boards.
// The Rust build puts what lies in dist into the program, hashed and compressed; the style sheet
// needs no Node at all (crates/web/build.rs joins it).
//
//   node build.mjs           builds once
//   node build.mjs --watch   builds at every change
//   node build.mjs --test    runs elements/*.test.ts

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, context } from "esbuild";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const elements = join(here, "elements");
/** One bundle for all pages; a script of one page gets a line of its own here. */
const pages = { app: join(elements, "app.ts"), charts: join(elements, "data-chart.ts") };
/** What each may weigh on the wire: a learner's page has 40 KB in all, a manager's 300 KB. */
const most = { app: 10_000, charts: 200_000 };

const options = {
  entryPoints: pages,
  outdir: join(here, "dist"),
  bundle: true,
  format: "esm",
  target: ["es2019"],
  minify: true,
  legalComments: "none",
  logLevel: "warning",
};

if (process.argv.includes("--test")) {
  process.exit(await test());
} else if (process.argv.includes("--watch")) {
  const watched = await context(options);
  await watched.watch();
} else {
  await build(options);
  for (const name of Object.keys(pages)) {
    const bytes = readFileSync(join(here, "dist", `${name}.js`));
    const wire = gzipSync(bytes, { level: 9 }).length;
    console.log(`dist/${name}.js  ${bytes.length} bytes, ${wire} on the wire (at most ${most[name]})`);
    if (wire > most[name]) throw new Error(`dist/${name}.js is too heavy`);
  }
}

/** Bundles every test for Node and runs them; gives the exit code. */
async function test() {
  const tests = readdirSync(elements).filter((name) => name.endsWith(".test.ts"));
  const folder = mkdtempSync(join(tmpdir(), "thao-web-"));
  try {
    await build({
      entryPoints: tests.map((name) => join(elements, name)),
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      format: "esm",
      platform: "node",
      logLevel: "warning",
    });
    const files = readdirSync(folder).map((name) => join(folder, name));
    return spawnSync(process.execPath, ["--test", ...files], { stdio: "inherit" }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
