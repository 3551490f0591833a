// Where a run has its data, its program and its output; and how both are started and stopped.

import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("..", import.meta.url));
export const OUTPUT = join(HERE, "output");
const BIN = process.env.THAO_BIN ?? join(HERE, "..", "target", "debug", "thao");
/** Longer than a start takes on a slow machine. */
const START = 60_000;
/** Longer than a stop takes: open requests are finished first. */
const STOP = 30_000;

/** An empty folder for the program's data, gone when it is disposed of. */
export async function folder() {
  const path = await mkdtemp(join(tmpdir(), "thao-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

export async function freshOutput() {
  await rm(OUTPUT, { recursive: true, force: true });
  await mkdir(OUTPUT, { recursive: true });
}

/** Runs a command of the program to its end. */
export function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(BIN, args, { env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (bytes) => (said += bytes));
    child.on("error", (e) => reject(new Error(`${BIN} does not run (THAO_BIN names another): ${e.message}`)));
    child.on("close", (code) => (code === 0 ? resolve(said) : reject(new Error(`thao ${args.join(" ")}: ${code}\n${said}`))));
  });
}

/** Starts the server on a free port; `stop()` ends it as a service manager does. */
export async function serve(data, env, log = "serve.log") {
  const args = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
  const child = spawn(BIN, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  const file = createWriteStream(join(OUTPUT, log));
  let complaints = "";
  child.stderr.on("data", (bytes) => {
    file.write(bytes);
    complaints += String(bytes)
      .split("\n")
      .filter((line) => / ERROR |panicked/.test(line))
      .join("\n");
  });
  const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve(code ?? signal)));
  const url = await within(START, "the server did not start", firstAddress(child, ended));
  return {
    url,
    async stop() {
      child.kill("SIGTERM");
      const code = await within(STOP, "the server did not stop", ended);
      file.end();
      if (code !== 0) throw new Error(`the server stopped with ${code}; see output/${log}`);
      return complaints;
    },
  };
}

async function firstAddress(child, ended) {
  const lines = createInterface({ input: child.stdout });
  const said = new Promise((resolve) => {
    lines.on("line", (line) => {
      const found = /http:\/\/(?:localhost|127\.0\.0\.1):(\d+)/.exec(line);
      if (found) resolve(`http://127.0.0.1:${found[1]}`);
    });
  });
  const gone = ended.then((code) => {
    throw new Error(`the server ended with ${code} before it answered; see output/serve.log`);
  });
  return Promise.race([said, gone]);
}

async function within(most, words, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${words} within ${most / 1000} s`)), most);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
