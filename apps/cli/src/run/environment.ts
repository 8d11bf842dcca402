import { version } from "../version";

/** What the command adds to what the trainer records of what computes. */
export const environment = { versions: { "@grok/cli": version } };
