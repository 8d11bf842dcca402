import { notices, putAway } from "../state/notices";

/** What the page has to say, until it is put away. */
export function Notices() {
  return (
    <div class="notices" role="log" aria-label="Messages">
      {notices.value.map(({ id, kind, text }) => (
        <div key={id} class={`notice ${kind}`} role={kind === "error" ? "alert" : undefined}>
          <p>{text}</p>
          <button type="button" class="quiet" onClick={() => putAway(id)}>
            Dismiss
          </button>
        </div>
      ))}
    </div>
  );
}
