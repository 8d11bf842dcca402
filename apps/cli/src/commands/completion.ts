import { figures } from "@grok/reproduce";
import { collect, suggestion } from "@grok/train";
import { program } from "../arguments/program";
import { bashScript } from "../completion/bash";
import { fishScript } from "../completion/fish";
import { shells, syntaxOf } from "../completion/syntax";
import { zshScript } from "../completion/zsh";
import { type Status, status } from "../status";
import { UsageError } from "../usage-error";
import type { World } from "../world";

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript };

/**
 * Prints a script that completes the command in a shell.
 *
 * @throws UsageError for another shell
 */
export async function completion(shell: string, world: World): Promise<Status> {
  if (!Object.hasOwn(scripts, shell)) {
    const hint = suggestion(shell, shells) || ".";
    throw new UsageError(
      `grok completion has scripts for ${shells.join(", ")}, not for "${shell}"${hint}`,
    );
  }
  const kinds = collect();
  const root = program(world, {}, kinds, () => {});
  const commands = syntaxOf(root, { kinds, figures: figures.map(({ id }) => id) });
  world.stdout.write(scripts[shell as keyof typeof scripts](commands));
  return status.done;
}
