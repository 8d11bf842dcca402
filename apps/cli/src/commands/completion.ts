import { figures } from "@grok/reproduce";
import { tracks } from "@grok/sweep/speedrun";
import { collect } from "@grok/train";
import { suggestion } from "@grok/train/front-end";
import { program } from "../arguments/program";
import { bashScript } from "../completion/bash";
import { fishScript } from "../completion/fish";
import { shells, syntaxOf } from "../completion/syntax";
import { zshScript } from "../completion/zsh";
import type { ProcessEnv } from "../process-env";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/**
 * Prints a script that completes the command in a shell.
 *
 * @throws UsageError for another shell
 */
export async function completion(shell: string, processEnv: ProcessEnv): Promise<Status> {
  if (!Object.hasOwn(scripts, shell)) {
    const hint = suggestion(shell, shells) || ".";
    throw new UsageError(
      `grok completion has scripts for ${shells.join(", ")}, not for "${shell}"${hint}`,
    );
  }
  const kinds = collect();
  const root = program(processEnv, {}, kinds, () => {});
  const commands = syntaxOf(root, {
    kinds,
    figures: figures.map(({ id }) => id),
    tracks: tracks.map(({ id }) => id),
  });
  processEnv.stdout.write(scripts[shell as keyof typeof scripts](commands));
  return status.done;
}
