// Everything a page gains from scripts. Each works on HTML that is whole without it.

import "./auto-submit.ts";
import "./copy-text.ts";
import "./drop-file.ts";
import "./live-part.ts";
import "./once-form.ts";
import "./print-button.ts";
import "./tick-list.ts";
import { slashDates } from "./dates.ts";
import { leadToErrors } from "./errors.ts";
import { closeMenus } from "./menus.ts";

closeMenus(document);
leadToErrors(document);
slashDates(document);
