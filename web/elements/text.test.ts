import assert from "node:assert/strict";
import { test } from "node:test";
import { withSlashes } from "./dates.ts";
import { plain, size } from "./text.ts";
import { newId, uuid } from "./uuid.ts";

test("a name is found without its marks", () => {
  for (const name of ["Nguyễn  Thuỳ Đan", "NGUYỄN THUỲ ĐAN", "nguyen thuy dan"]) {
    assert.equal(plain(name.normalize("NFC")), "nguyen thuy dan");
    assert.equal(plain(name.normalize("NFD")), "nguyen thuy dan");
  }
});

test("a file's size is rounded as people say it", () => {
  assert.equal(size(0, "vi"), "0 KB");
  assert.equal(size(12, "vi"), "1 KB");
  assert.equal(size(350_400, "vi"), "350 KB");
  assert.equal(size(1_240_000, "en"), "1.2 MB");
  assert.equal(size(999_600, "vi"), "1 MB");
});

test("slashes come by themselves and never twice", () => {
  const typed = (keys: string): string => [...keys].reduce((text, key) => withSlashes(text + key), "");
  assert.equal(typed("31121990"), "31/12/1990");
  assert.equal(typed("31/12/1990"), "31/12/1990");
  assert.equal(typed("1/2/2026"), "1/2/2026");
  assert.equal(typed("1/12/2026"), "1/12/2026");
});

test("an id is a UUID of version 7 that carries its time", () => {
  const id = uuid(0x0192_3456_789a, new Uint8Array(16).fill(0xff));
  assert.equal(id, "01923456-789a-7fff-bfff-ffffffffffff");
  assert.match(newId(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(newId(), newId());
});
