// <tick-list save="…">: every tick is saved as it is made, and again until it arrived.
//
// POST {save} with `csrf`, `form_id` (a UUID for this batch, the same at each retry), and for each
// tick `on={value}` or `off={value}`; any 2xx means stored. What has not arrived is kept on the
// device and sent when the page is opened again. Without scripts the whole list is one form.

import { plain } from "./text.ts";
import { TickQueue, type Batch } from "./tick-queue.ts";
import { newId } from "./uuid.ts";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

class TickList extends HTMLElement {
  private queue = new TickQueue();
  private busy = false;
  private refused = false;
  private wait = FIRST_WAIT;
  private timer = 0;
  private submitted = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.filter();
    const save = this.getAttribute("save");
    if (save) {
      this.queue = TickQueue.read(this.kept());
      const unsaved = this.queue.unsaved();
      for (const box of this.boxes()) box.checked = unsaved.get(box.value) ?? box.checked;
      window.addEventListener("online", () => void this.send());
      window.addEventListener("beforeunload", (event) => {
        if (this.queue.unsaved().size > 0 && !this.submitted) event.preventDefault();
      });
      form.addEventListener("submit", (event) => this.submit(event));
      if (unsaved.size > 0) void this.send();
    }
    this.addEventListener("change", (event) => {
      const box = event.target;
      if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
      this.count();
      if (!save || !box.closest(".tick")) return;
      this.queue.put(box.value, box.checked);
      this.keep();
      void this.send();
    });
    this.count();
  }

  /** The whole form carries every tick, so nothing need wait; unless there is no network. */
  private submit(event: SubmitEvent): void {
    if (navigator.onLine === false && !this.refused) {
      event.preventDefault();
      void this.send();
      return;
    }
    this.submitted = true;
    window.clearTimeout(this.timer);
    this.queue.clear();
    this.keep();
  }

  private boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>(".tick input[type=checkbox]")];
  }

  private piece(name: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`[data-part=${name}]`);
  }

  private key(): string {
    return `thao.ticks ${this.getAttribute("save")}`;
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
      if (this.queue.unsaved().size > 0) localStorage.setItem(this.key(), this.queue.write());
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

  private tell(state: "saved" | "saving" | "unsaved" | "refused"): void {
    const place = this.piece("state");
    if (!place) return;
    const n = this.queue.unsaved().size;
    const words = (this.getAttribute(state) ?? "").replace("{n}", String(n));
    // Only what changed is said again to those who listen.
    if (place.textContent !== words) place.textContent = words;
    place.hidden = false;
    place.classList.toggle("waiting", state === "unsaved");
    place.classList.toggle("refused", state === "refused");
  }

  private async send(): Promise<void> {
    if (this.busy || this.refused || this.submitted) return;
    window.clearTimeout(this.timer);
    const batch = this.queue.next(newId);
    if (!batch) return;
    this.busy = true;
    // Before it leaves: should the page close now, it must go out again under the same id.
    this.keep();
    const slow = window.setTimeout(() => this.tell("saving"), 700);
    const outcome = await this.post(batch);
    window.clearTimeout(slow);
    this.busy = false;
    if (outcome === "arrived") {
      this.queue.arrived();
      this.keep();
      this.wait = FIRST_WAIT;
      if (this.queue.unsaved().size > 0) void this.send();
      else this.tell("saved");
    } else if (outcome === "refused") {
      this.refused = true;
      this.tell("refused");
    } else {
      this.tell("unsaved");
      this.timer = window.setTimeout(() => void this.send(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
  }

  private async post(batch: Batch): Promise<"arrived" | "refused" | "lost"> {
    const body = new URLSearchParams({ form_id: batch.id });
    const csrf = this.querySelector<HTMLInputElement>("input[name=csrf]");
    if (csrf) body.append("csrf", csrf.value);
    for (const [who, on] of batch.ticks) body.append(on ? "on" : "off", who);
    try {
      const answer = await fetch(this.getAttribute("save") ?? "", {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: true,
      });
      if (answer.ok) return "arrived";
      const passing = answer.status >= 500 || answer.status === 429 || answer.status === 408;
      return passing ? "lost" : "refused";
    } catch {
      return "lost";
    }
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
