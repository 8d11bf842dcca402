import { say } from "../state/notices";

/** Text to take away, with a button that copies it. */
export function Copied({ text, what }: { text: string; what: string }) {
  return (
    <div class="copied">
      <pre tabIndex={0} aria-label={`The ${what}`}>
        {text}
      </pre>
      <button
        type="button"
        class="plain"
        aria-label={`Copy the ${what}`}
        onClick={() => {
          navigator.clipboard.writeText(text).then(
            () => say("notice", `The ${what} is copied.`),
            () =>
              say("error", `The browser does not let the page copy; select the ${what} instead.`),
          );
        }}
      >
        Copy
      </button>
    </div>
  );
}
