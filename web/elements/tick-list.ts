// <tick-list save="…">: every tick is saved as it is made, and again until it arrived.
//
// POST {save} with `csrf`, `form_id` (a UUID for this batch, the same at each retry), and for each
// tick `on={value}` or `off={value}`; any 2xx means stored, except those named in `skipped` of its
// JSON. What has not arrived is kept on the device, apart for each account (`owner`); when the page
// is opened again it is sent only if the person says so, and never by another account. Without
// scripts the whole list is one form.

import { plain } from "./text.ts";
import { TickQueue, type Batch } from "./tick-queue.ts";
import { newId } from "./uuid.ts";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

class TickList extends HTMLElement {
  private queue = new TickQueue();
  private sending: Promise<void> | null = null;
  private refused = false;
  private wait = FIRST_WAIT;
  private timer = 0;
  private submitted = false;
  /** The form was sent while ticks were under way: it goes when they have arrived. */
  private draining = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.filter();
    const save = this.getAttribute("save");
    if (save) {
      this.queue = TickQueue.read(this.kept(), newId);
      this.queue.settle(new Map(this.boxes().map((box) => [box.value, box.checked])));
      this.keep();
      this.ask();
      this.tellOthers();
      window.addEventListener("online", () => void this.send());
      window.addEventListener("beforeunload", (event) => {
        if (this.queue.unsaved().size > 0 && !this.submitted) event.preventDefault();
      });
      // Back to a page that was left by its form: it goes on where it stood.
      window.addEventListener("pageshow", () => {
        this.submitted = false;
        if (this.queue.unsaved().size > 0) void this.send();
      });
      form.addEventListener("submit", (event) => void this.submit(event, form));
    }
    this.addEventListener("change", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
      this.count();
      if (!save || !box.closest(".tick")) return;
      this.queue.put(box.value, box.checked, Date.now());
      this.keep();
      this.ask();
      void this.send();
    });
    this.count();
  }

  /** Ticks first, then the form: what the form might lose on its way has arrived by then. */
  private async submit(event: SubmitEvent, form: HTMLFormElement): Promise<void> {
    // The whole form is what remains when single ticks are refused; they stay on the device until
    // the next page shows that they stand.
    if (this.refused || this.queue.unsaved().size === 0) {
      this.submitted = true;
      return;
    }
    event.preventDefault();
    if (this.draining) return;
    this.draining = true;
    await this.send();
    this.draining = false;
    if (!this.refused && this.queue.unsaved().size > 0) return;
    this.submitted = true;
    form.submit();
  }

  private boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>(".tick input[type=checkbox]")];
  }

  private piece(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-part=${name}]`);
  }

  private key(): string {
    return `thao.ticks ${this.getAttribute("owner") ?? ""} ${this.getAttribute("save")}`;
  }

  private kept(): string | null {
    try {
      return localStorage.getItem(this.key());
    } catch {
      return null;
    }
  }

  private keep(): void {
    try {
      if (!this.queue.isEmpty()) localStorage.setItem(this.key(), this.queue.write());
      else localStorage.removeItem(this.key());
    } catch {
      // No room or not allowed: the queue lives as long as the page, which warns before it closes.
    }
  }

  private count(): void {
    const ticked = this.boxes().filter((box) => box.checked).length;
    const words = this.piece("count");
    if (words) words.textContent = ticked.toLocaleString(document.documentElement.lang);
  }

  /** Asks about ticks an earlier page left; nothing of them is sent unasked. */
  private ask(): void {
    const place = this.piece("held");
    if (!place) return;
    const since = this.queue.since();
    place.hidden = since === null;
    const words = place.querySelector("[data-part=held-words]");
    if (since === null || !words) return;
    const when = new Intl.DateTimeFormat(document.documentElement.lang, {
      hour: "2-digit",
      minute: "2-digit",
      day: "2-digit",
      month: "2-digit",
      year: "numeric",
    });
    words.textContent = (this.getAttribute("held") ?? "")
      .replace("{n}", String(this.queue.kept().size))
      .replace("{at}", when.format(since));
    const press = (part: string, act: () => void): void => {
      const button = place.querySelector<HTMLButtonElement>(`[data-part=${part}]`);
      if (button) button.onclick = act;
    };
    press("held-send", () => this.release());
    press("held-drop", () => {
      this.queue.drop();
      this.keep();
      this.ask();
    });
  }

  private release(): void {
    const kept = this.queue.kept();
    for (const box of this.boxes()) box.checked = kept.get(box.value) ?? box.checked;
    this.queue.release();
    this.keep();
    this.ask();
    this.count();
    void this.send();
  }

  /** Says that somebody else's ticks wait on this device: only they can send them. */
  private tellOthers(): void {
    const place = this.piece("others");
    const end = ` ${this.getAttribute("save")}`;
    try {
      const keys = Object.keys(localStorage).filter((k) => k.startsWith("thao.ticks "));
      const others = keys.some((k) => k.endsWith(end) && k !== this.key());
      if (place) place.hidden = !others;
    } catch {
      // Nothing can be kept on this device, so nobody's ticks wait on it.
    }
  }

  private tell(state: "saved" | "saving" | "unsaved" | "refused" | "skipped", names = ""): void {
    const place = this.piece("state");
    if (!place) return;
    const n = this.queue.unsaved().size;
    const words = (this.getAttribute(state) ?? "")
      .replace("{n}", String(n))
      .replace("{names}", names);
    // Only what changed is said again to those who listen.
    if (place.textContent !== words) place.textContent = words;
    place.hidden = false;
    place.classList.toggle("waiting", state === "unsaved");
    place.classList.toggle("refused", state === "refused" || state === "skipped");
  }

  /** Sends until nothing waits or the network fails; who calls meanwhile waits for the same. */
  private send(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    window.clearTimeout(this.timer);
    const skipped: string[] = [];
    while (!this.refused && !this.submitted) {
      const batch = this.queue.next(newId);
      if (!batch) break;
      // Before it leaves: should the page close now, it is asked about under the same id.
      this.keep();
      const slow = window.setTimeout(() => this.tell("saving"), 700);
      const outcome = await this.post(batch);
      window.clearTimeout(slow);
      if (outcome === "refused") {
        this.refused = true;
        this.tell("refused");
      } else if (outcome === "lost") {
        this.tell("unsaved");
        this.timer = window.setTimeout(() => void this.send(), this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
        return;
      } else {
        this.queue.arrived();
        this.keep();
        this.wait = FIRST_WAIT;
        skipped.push(...this.untick(outcome));
        if (skipped.length > 0) this.tell("skipped", skipped.join(", "));
        else if (this.queue.unsaved().size === 0) this.tell("saved");
      }
    }
  }

  /** Takes back ticks of people who are no longer in the class; gives their names. */
  private untick(skipped: string[]): string[] {
    const rows = this.boxes().filter((box) => skipped.includes(box.value));
    for (const box of rows) box.checked = false;
    if (rows.length > 0) this.count();
    return rows.map((box) => box.closest(".tick")?.querySelector(".tick-name")?.textContent ?? "");
  }

  /** The ids that were left out of a batch that arrived, or why it did not. */
  private async post(batch: Batch): Promise<string[] | "refused" | "lost"> {
    const body = new URLSearchParams({ form_id: batch.id });
    const csrf = this.querySelector<HTMLInputElement>("input[name=csrf]");
    if (csrf) body.append("csrf", csrf.value);
    for (const [who, on] of batch.ticks) body.append(on ? "on" : "off", who);
    let answer: Response;
    try {
      answer = await fetch(this.getAttribute("save") ?? "", {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: true,
      });
    } catch {
      return "lost";
    }
    if (!answer.ok) {
      const passing = answer.status >= 500 || answer.status === 429 || answer.status === 408;
      return passing ? "lost" : "refused";
    }
    if (answer.status === 204) return [];
    const told = (await answer.json().catch(() => ({}))) as { skipped?: string[] };
    return told.skipped ?? [];
  }

  /** Typing a name leaves only the rows that hold it. */
  private filter(): void {
    const place = this.piece("filter");
    const input = place?.querySelector("input");
    if (!place || !input) return;
    place.hidden = false;
    const rows = [...this.querySelectorAll<HTMLElement>(".tick-rows > li")];
    const words = rows.map((row) => plain(row.textContent ?? ""));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    input.addEventListener("input", () => {
      const asked = plain(input.value);
      rows.forEach((row, i) => (row.hidden = !words[i]?.includes(asked)));
      const none = this.piece("none");
      if (none) none.hidden = rows.some((row) => !row.hidden);
    });
  }
}

customElements.define("tick-list", TickList);
