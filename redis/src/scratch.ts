import { existsSync } from "node:fs";
import { tmpdir } from "node:os";

/** Where tests put files for a moment: in memory where that can be, as each flush of a disk takes time. */
export const scratch = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();
