// After a form came back with errors: their list is read first, and each leads into its field.

export function leadToErrors(page: Document): void {
  const summary = page.getElementById("errors");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const field = link && page.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    field.focus();
    // The label above the field is what one needs to see.
    (field.closest(".field, .question") ?? field).scrollIntoView({ block: "start" });
  });
}
