import { render } from "preact";
import { App } from "./app";
import { followKeyboard } from "./controls/keyboard";
import { followAddress } from "./state/address";
import { begin } from "./state/commands";
import { sayError } from "./state/notices";
import { followTheme } from "./state/theme";
import "./style/tokens.css";
import "./style/base.css";
import "./style/layout.css";
import "./style/stage.css";
import "./style/controls.css";
import "./style/chart.css";

followTheme();
followAddress();
followKeyboard();
render(<App />, document.getElementById("app") as HTMLElement);
begin().catch(sayError);
