// Dates typed on a phone's digits, which have no slash: it comes by itself.

/** The text of a date field after a key: `31` becomes `31/`, `31/12` becomes `31/12/`. */
export function withSlashes(text: string): string {
  const tidy = text.replace(/\/{2,}/g, "/");
  return /^(\d{2}|\d{1,2}\/\d{2})$/.test(tidy) ? `${tidy}/` : tidy;
}

export function slashDates(page: Document): void {
  page.addEventListener("input", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || !("date" in field.dataset)) return;
    const typed = event instanceof InputEvent && event.inputType === "insertText";
    const atEnd = field.selectionStart === field.value.length;
    if (typed && atEnd) field.value = withSlashes(field.value);
  });
}
