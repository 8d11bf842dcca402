// Ours in a browser.
import { type OursOnWebgpu, oursOnWebgpu } from "./ours.ts";
import { servePage } from "./page.ts";

servePage((settings: OursOnWebgpu) => oursOnWebgpu(settings, {}));
