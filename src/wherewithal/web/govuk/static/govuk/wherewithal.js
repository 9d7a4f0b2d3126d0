// Every page works without this file; what follows only makes some things smoother.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// A list of what scrolls sideways: only those that really do may take a place in the tab order.
const settle = () => {
  for (const region of document.querySelectorAll(".ww-scroll")) {
    if (region.scrollWidth > region.clientWidth) region.tabIndex = 0;
    else region.removeAttribute("tabindex");
  }
};
settle();
// Styles and fonts may come after this script, and change what fits.
for (const moment of ["load", "resize"]) window.addEventListener(moment, settle);

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
