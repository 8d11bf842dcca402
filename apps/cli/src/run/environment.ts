import { version } from "../version";

/** The versions that the command adds to the environment that the trainer records. */
export const environment = { versions: { "@grok/cli": version } };
