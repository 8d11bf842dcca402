import { render } from "preact";
import { App } from "./app";
import { begin } from "./state/commands";
import { preset } from "./state/experiment";
import { sayError } from "./state/notices";

preset.value = "mlp";
render(<App />, document.getElementById("app") as HTMLElement);
begin().catch(sayError);
