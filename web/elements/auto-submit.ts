// <auto-submit>: the list follows a choice at once, without the button.
//
// Only for choices made by pointer: with a keyboard one walks through the options of a select,
// and each would load a page. The focus comes back to the choice on the new page.

const KEPT = "thao.focus";

class AutoSubmit extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.focusAgain(form);
    let byPointer = false;
    this.addEventListener("pointerdown", () => (byPointer = true));
    this.addEventListener("keydown", () => (byPointer = false));
    this.addEventListener("change", (event) => {
      const control = event.target;
      const choice =
        control instanceof HTMLSelectElement ||
        (control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type));
      if (!choice || !byPointer) return;
      sessionStorage.setItem(KEPT, control.id);
      if (form.requestSubmit) form.requestSubmit();
      else form.submit();
    });
  }

  private focusAgain(form: HTMLFormElement): void {
    const id = sessionStorage.getItem(KEPT);
    if (!id) return;
    sessionStorage.removeItem(KEPT);
    const control = document.getElementById(id);
    if (control && form.contains(control)) control.focus({ preventScroll: true });
  }
}

customElements.define("auto-submit", AutoSubmit);
