// A manager imports the staff of a commune from a spreadsheet as offices make them, sees row by row
// what would happen and why, confirms, and imports it again, which changes nothing. The slips are
// printed; a new person activates an account with one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { device, signIn, signedIn } from "../lib/browser.mjs";
import { confirm, counts, send } from "../lib/imports.mjs";
import { look, lookAtPaper, lookHere } from "../lib/look.mjs";
import { day, title, workbook } from "../lib/workbook.mjs";

const OFFICE = "UBND phường Tân Hòa";
/** What a password is that nobody else chose. */
const CHOSEN = "bốn con trâu mây";

/** The list as it came: titles above, columns in an order of their own, all that goes wrong. */
function staff() {
  const spelled = "UBND phường Tân Hoà".normalize("NFD");
  return workbook([
    title("ỦY BAN NHÂN DÂN PHƯỜNG TÂN HÒA", 6),
    title("DANH SÁCH CÁN BỘ, CÔNG CHỨC NĂM 2026", 6),
    [null],
    ["TT", "Chức vụ", "Họ và tên", "Ngày sinh", "Số CCCD", "Đơn vị"],
    [1, "Công chức Văn phòng", "HÀ THỊ MẪU NGÂN", day(1991, 4, 7), "000191000101", OFFICE],
    [2, "Công chức Địa chính", "Lý Văn Mẫu Khoa", "15/08/1988", "000088000102", spelled],
    [3, "Công chức Tài chính", "Tạ Mẫu Thu Hằng", "3/2/1990", 190000103, OFFICE],
    [4, "Văn thư", "Vũ Mẫu Số Tròn", day(1979, 1, 1), 1.23457e11, OFFICE],
    [5, "Văn thư", "Đỗ Mẫu Tương Lai", "12/12/2031", "000191000105", OFFICE],
    [6, "Văn thư", "Hà Thị Mẫu Ngân", day(1991, 4, 7), "000191000101", OFFICE],
    [7, "Văn thư", "Mai Mẫu Lạc Chỗ", day(1990, 2, 2), "000190000107", "Sở không có thật"],
  ]);
}

test("a manager imports the staff of a commune", async (story) => {
  const page = await signedIn("sokhcn", { device: "desktop" });
  const bytes = await staff();
  let slip;

  await story.test("sees what would happen, row by row, with the reason in words", async () => {
    await page.goto("/people/imports");
    await look(page, "imports");
    await send(page, { name: "Danh sách cán bộ.xlsx", bytes, unit: OFFICE, kind: "staff" });
    await page.waitForURL(/said=people\.imports\.notice\.ready/);
    const found = await counts(page);
    assert.equal(found.all, 7);
    assert.ok(found.create >= 2, JSON.stringify(found));
    assert.ok(found.refuse >= 2, JSON.stringify(found));
    const row = (name) => page.locator("main table tbody tr", { hasText: name });
    assert.match(await row("Tương Lai").textContent(), /ngày sinh/i);
    assert.match(await row("Số Tròn").textContent(), /CCCD|định danh/i);
    await look(page, "import-dry-run");
  });

  await story.test("confirms, and exactly that is done", async () => {
    const announced = (await counts(page)).create;
    await confirm(page);
    const done = page.locator(".stat").first();
    assert.match((await done.textContent()).replace(/\s+/g, ""), new RegExp(`${announced}/${announced}`));
    await look(page, "import-done");
    await page.goto("/people?q=M%E1%BA%ABu%20Ng%C3%A2n");
    assert.equal(await page.locator("main table tbody tr").count(), 1, "one person found twice is one person");
    await page.goBack();
  });

  await story.test("prints activation slips", async () => {
    await page.click("form[action$='/slips'] button[type=submit]");
    await page.waitForLoadState();
    const slips = page.locator(".slip");
    assert.ok((await slips.count()) >= 2);
    slip = {
      login: (await slips.first().locator("b").first().textContent()).trim(),
      code: (await slips.first().locator(".code").textContent()).trim(),
    };
    assert.match(slip.code, /^\w{5} \w{5}$/);
    await lookHere(page, "slips");
    await lookAtPaper(page, "slips");
  });

  await story.test("imports the same file again: nothing changes", async () => {
    await send(page, { name: "Danh sách cán bộ.xlsx", bytes, unit: OFFICE, kind: "staff" });
    const found = await counts(page);
    assert.equal(found.create ?? 0, 0, JSON.stringify(found));
    assert.equal(found.change ?? 0, 0, JSON.stringify(found));
    assert.equal(await page.locator("form[action$='/confirmation']").count(), 0, "there is nothing to confirm");
    await lookHere(page, "import-again");
  });

  await story.test("a new person activates the account with the slip and a password of their own", async () => {
    const phone = await device();
    await phone.goto("/activate");
    await look(phone, "activate", { budget: "learner" });
    await phone.fill("[name=code]", "SAISAISAIS");
    await phone.click("main form button[type=submit]");
    await phone.locator("#errors").waitFor();
    await lookHere(phone, "activate-wrong");
    await phone.fill("[name=code]", slip.code.toLowerCase());
    await phone.click("main form button[type=submit]");
    await phone.fill("[name=password]", "123");
    await lookHere(phone, "activate-password");
    await phone.click("main form button[type=submit]");
    await phone.locator("#errors").waitFor();
    await phone.fill("[name=password]", CHOSEN);
    await phone.click("main form button[type=submit]");
    await phone.waitForURL((url) => url.pathname === "/");
    await look(phone, "home-new-person", { budget: "learner" });
    await phone.goto("/account");
    await look(phone, "account", { budget: "learner" });
    const again = await device();
    await signIn(again, slip.login, CHOSEN);
    await again.goto(`/activate?code=${encodeURIComponent(slip.code)}`);
    assert.equal(await again.locator("#errors").count(), 1, "a slip is good once");
  });

  await story.test("a forgotten password: the commune's manager prints a new slip", async () => {
    const commune = await signedIn("xaquanly", { device: "desktop" });
    await commune.goto("/people?q=M%E1%BA%ABu%20Ng%C3%A2n");
    await look(commune, "people");
    await commune.locator("main table tbody a[href^='/people/']").first().click();
    await commune.waitForURL(/\/people\/[0-9a-f-]{36}$/);
    await look(commune, "person");
    await commune.click("form[action$='/slips'] button[type=submit]");
    await commune.waitForLoadState();
    assert.match((await commune.locator(".slip .code").textContent()).trim(), /^\w{5} \w{5}$/);
    await lookHere(commune, "slip-of-one");
  });
});
