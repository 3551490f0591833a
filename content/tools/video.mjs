// Makes the short films of the courses from slides: HTML in content/tools/video/, one <section> a slide with
// `data-seconds`. Needs chromium and ffmpeg. Silent; the words are on the slides, in captions and in the transcript.
//
//   node content/tools/video.mjs <slides.html> <output without ending>
//   node content/tools/video.mjs content/tools/video/ba-giay-dung-lai.html content/courses/<course>/media/ba-giay-dung-lai
//
// Writes <output>.webm (Vietnamese words) and <output>.en.webm (English words), 640 × 360, VP9.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [slides, output] = process.argv.slice(2);
if (!slides || !output) {
  console.error('Usage: node content/tools/video.mjs <slides.html> <output without ending>');
  process.exit(2);
}

const seconds = [...readFileSync(slides, 'utf8').matchAll(/data-seconds="(\d+)"/g)].map((match) => Number(match[1]));
const work = mkdtempSync(join(tmpdir(), 'slides-'));
try {
  for (const [lang, ending] of [['vi', '.webm'], ['en', '.en.webm']]) {
    const frames = seconds.map((_, index) => shoot(index, lang));
    film(frames, `${output}${ending}`);
    console.log(`${output}${ending}: ${total()} s, ${statSync(`${output}${ending}`).size} bytes`);
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}

function total() {
  return seconds.reduce((sum, each) => sum + each, 0);
}

function shoot(index, lang) {
  const frame = join(work, `${lang}-${index}.png`);
  execFileSync('chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync', '--hide-scrollbars',
    `--user-data-dir=${join(work, 'profile')}`, '--window-size=640,360', `--screenshot=${frame}`,
    `${pathToFileURL(resolve(slides))}#${index},${lang}`,
  ], { stdio: 'ignore', timeout: 60_000 });
  return frame;
}

// The last frame is named twice, as ffmpeg's concat list wants it.
function film(frames, target) {
  const list = frames.map((frame, index) => `file '${frame}'\nduration ${seconds[index]}`);
  list.push(`file '${frames.at(-1)}'`);
  const listed = join(work, 'list.txt');
  writeFileSync(listed, list.join('\n'));
  execFileSync('ffmpeg', [
    '-y', '-loglevel', 'error', '-f', 'concat', '-safe', '0', '-i', listed, '-t', String(total()),
    '-vf', 'fps=10,format=yuv420p', '-an', '-map_metadata', '-1', '-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '36',
    '-g', '40', '-row-mt', '1', '-deadline', 'good', '-cpu-used', '2', target,
  ], { timeout: 300_000 });
}
