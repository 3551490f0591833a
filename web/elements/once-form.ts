// <once-form>: a second press while the first is under way does nothing.
//
// The server would notice by the form's id anyway; this only spares the wait.

/** Longer than an answer takes; then somebody may try again. */
const PATIENCE = 20_000;

class OnceForm extends HTMLElement {
  connectedCallback(): void {
    let sentAt = 0;
    this.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (Date.now() - sentAt < PATIENCE) {
        event.preventDefault();
        return;
      }
      sentAt = Date.now();
      this.show(true);
      window.setTimeout(() => this.show(false), PATIENCE);
    });
    // Coming back by the browser's button shows the page as it was left.
    window.addEventListener("pageshow", () => {
      sentAt = 0;
      this.show(false);
    });
  }

  /** Not `disabled`: a disabled button does not send its own value. */
  private show(busy: boolean): void {
    for (const button of this.querySelectorAll("button[type=submit]")) {
      if (busy) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }
}

customElements.define("once-form", OnceForm);
