import { shown } from "../state/session";
import { Copied } from "./copied";
import { commandOf } from "./program";

/** The command line that trains the experiment that is shown. */
export default function CommandText() {
  const controls = shown.value?.controls ?? null;
  return controls === null ? (
    <p class="help">No flags of this version give this experiment.</p>
  ) : (
    <Copied text={commandOf({ controls })} what="command" />
  );
}
