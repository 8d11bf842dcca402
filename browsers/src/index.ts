export { bundle } from "./bundle.ts";
export { chromiumNeeded, chromiumOptions, hasChromium, startChromium } from "./chromium.ts";
