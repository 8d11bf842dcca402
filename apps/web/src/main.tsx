import { render } from "preact";
import { App } from "./app";
import { followKeyboard } from "./controls/keyboard";
import { followSelection } from "./panels/selected-pair";
import { followDrops } from "./share/drop";
import { followAddress } from "./state/address";
import { begin, followLink } from "./state/commands";
import { wakeEngine } from "./state/engine";
import { isolate } from "./state/isolation";
import { followLeftRuns } from "./state/left-runs";
import { attempt, sayError } from "./state/notices";
import { keepOffline } from "./state/offline";
import { followLimits } from "./state/parts";
import { followQueue } from "./state/queue";
import { followShownRun } from "./state/runs";
import { followServedRuns } from "./state/served-runs";
import { followSpeed } from "./state/slow";
import { followSound } from "./state/sound";
import { followTheme } from "./state/theme";
import "./style/tokens.css";
import "./style/base.css";
import "./style/layout.css";
import "./style/stage.css";
import "./style/controls.css";
import "./style/chart.css";
import "./style/share.css";
import "./style/media.css";

// First of all, as it takes longest; a page that is not isolated may be about to load again.
if (crossOriginIsolated) wakeEngine();
followTheme();
followAddress((link) => {
  attempt(followLink(link));
});
followKeyboard();
followDrops();
followQueue();
followLimits();
followLeftRuns();
keepOffline();
followSpeed();
followSound();
followShownRun();
followSelection();
followServedRuns();
render(<App />, document.getElementById("app") as HTMLElement);
isolate()
  .then((isReloading) => (isReloading ? undefined : begin()))
  .catch(sayError);
