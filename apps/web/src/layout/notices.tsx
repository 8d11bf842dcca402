import { cancelPreparing, restart } from "../state/commands";
import { loadingTimeout, patienceSec } from "../state/loading-timeout";
import { attempt, notices, putAway } from "../state/notices";
import { isPreparing } from "../state/preparing";

/** What the page has to say, until it is put away. */
export function Notices() {
  return (
    <div class="notices" role="log" aria-label="Messages">
      {loadingTimeout.value !== null && (
        <div class="notice error" role="alert">
          <p>
            The page is not ready, as {loadingTimeout.value} did not answer within {patienceSec} s.
            It may still come; or try again, which loses nothing that is kept.
          </p>
          <button type="button" class="quiet" onClick={() => attempt(restart())}>
            Try again
          </button>
        </div>
      )}
      {isPreparing.value && (
        <div class="notice passing" role="status">
          <p>Making the network ready, with a first look at all of its answers…</p>
          <button type="button" class="plain" onClick={() => attempt(cancelPreparing())}>
            Cancel
          </button>
        </div>
      )}
      {notices.value.map(({ id, kind, text, action }) => (
        <div key={id} class={`notice ${kind}`} role={kind === "error" ? "alert" : undefined}>
          <p>{text}</p>
          {action !== undefined && (
            <button
              type="button"
              class="plain"
              onClick={() => {
                putAway(id);
                attempt(action.act());
              }}
            >
              {action.title}
            </button>
          )}
          <button
            type="button"
            class="quiet"
            onClick={() => {
              putAway(id);
              action?.dismiss?.();
            }}
          >
            Dismiss
          </button>
        </div>
      ))}
    </div>
  );
}
