import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { listPresets } from "@grok/train";
import { describe, expect, it } from "vitest";
import { commands } from "../src/arguments/commands";
import { inFreshFolder, run } from "./tiny";

const call = promisify(execFile);
inFreshFolder();

/** Words and what each shell is to offer for the last; `absent` is not to be offered. */
const cases: { typed: string[]; offered: string[]; absent?: string }[] = [
  { typed: ["tr"], offered: ["train"], absent: "resume" },
  {
    typed: [""],
    offered: ["train", "sweep", "extension", "doctor", "help"],
    absent: "sweep-export",
  },
  { typed: ["train", "--bac"], offered: ["--backend"], absent: "--p" },
  { typed: ["train", "--backend", "w"], offered: ["wasm", "webgpu"], absent: "cpu" },
  { typed: ["train", "--preset", ""], offered: listPresets().map(({ name }) => name) },
  { typed: ["train", "--no-stop"], offered: ["--no-stop-on-grok"] },
  { typed: ["train", "--lr", ""], offered: [], absent: "--backend" },
  { typed: ["train", "--metrics", "pro"], offered: ["progress"] },
  { typed: ["analyze", "--checkpoints", ""], offered: ["all", "last"] },
  { typed: ["export", "ru"], offered: ["runs"] },
  { typed: ["export", "runs", "--format", "p"], offered: ["parquet"], absent: "csv" },
  { typed: ["sweep", "e"], offered: ["export"] },
  { typed: ["sweep", "export", "--sl"], offered: ["--slurm"], absent: "--grid" },
  { typed: ["sweep", "--gr"], offered: ["--grid"], absent: "--slurm" },
  { typed: ["sweep", "my"], offered: ["my.yaml"] },
  { typed: ["reproduce", "system-2-mlp-4"], offered: ["system-2-mlp-45"] },
  { typed: ["speedrun", "add"], offered: ["addition-97"] },
  { typed: ["completion", "f"], offered: ["fish"] },
  { typed: ["help", "ver"], offered: ["verify-queue", "verify-resume"] },
];

/** Asks a shell for all cases at once; a line of its output that says `<next>` ends the hits of one. */
const askers: Record<string, (typed: string[]) => string> = {
  bash: (typed) =>
    `COMP_WORDS=(${["grok", ...typed].map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${typed.length}; _grok; printf '<hit>%s</hit>\n' "\${COMPREPLY[@]}"; echo '<next>'`,
  // Zsh completes at a terminal only.
  zsh: (typed) => `
zpty -w -n shell ${`'grok ${typed.join(" ")}'`}$'\\t'
while zpty -r shell line; do print -r -- "$line"; [[ $line == *"<next>"* ]] && break; done`,
  fish: (typed) =>
    `complete -C "grok ${typed.join(" ")}" | string replace -r '(\\t.*)?$' '</hit>' | string replace -r '^' '<hit>'; echo '<next>'`,
};

const starts: Record<string, string> = {
  bash: "source ./script",
  // Compadd says what it is given, and does it; nothing may be typed meanwhile, which ends it early.
  zsh: `zmodload zsh/zpty; local line
zpty shell zsh -f -i
zpty -w shell 'PS1= PS2= LISTMAX=100000; setopt no_auto_list no_auto_menu; autoload -Uz compinit && compinit -u -D; source ./script'
zpty -w shell 'compadd() { if [[ "$*" == *-[OAD]" "* ]]; then builtin compadd "$@"; return; fi; local -a hits; builtin compadd -A hits "$@"; print -l -- "<hit>"$^hits"</hit>"; builtin compadd "$@" }'
zpty -w shell 'ask() { zle complete-word; print "<next>"; BUFFER= }; zle -N ask; bindkey "^I" ask'
zpty -w shell 'print "<rea""dy>"'
while zpty -r shell line; do [[ $line == *"<ready>"* ]] && break; done`,
  fish: "source ./script",
};

const flags: Record<string, string[]> = {
  bash: ["--norc", "--noprofile", "-c"],
  zsh: ["-f", "-c"],
  fish: ["--no-config", "-c"],
};

describe.each(Object.keys(askers))("completions in %s", (shell) => {
  const isHere = existsSync(`/bin/${shell}`) || existsSync(`/usr/bin/${shell}`);
  it.runIf(isHere)(
    `offers commands, flags, values, files and folders${isHere ? "" : ` (needs ${shell})`}`,
    async () => {
      const { stdout, status } = await run(["completion", shell]);
      expect(status).toBe(0);
      await mkdir("runs/mlp", { recursive: true });
      await writeFile("my.yaml", "");
      await writeFile("script", stdout);
      const ask = askers[shell] as (typed: string[]) => string;
      const lines = [starts[shell], ...cases.map(({ typed }) => ask(typed))].join("\n");
      const answer = await call(shell, [...(flags[shell] as string[]), lines]);
      const answers = answer.stdout.split("<next>");
      for (const [i, { typed, offered, absent }] of cases.entries()) {
        const found = [...(answers[i] ?? "").matchAll(/<hit>(.*?)[/=]?<\/hit>/g)].map(
          ([, hit]) => hit,
        );
        expect(found, `grok ${typed.join(" ")}`).toEqual(expect.arrayContaining(offered));
        if (absent !== undefined) expect(found, `grok ${typed.join(" ")}`).not.toContain(absent);
      }
    },
    120_000,
  );
});

it("completes what follows an equals sign in bash, which takes it for a word", async () => {
  const { stdout } = await run(["completion", "bash"]);
  await writeFile("script", stdout);
  const line = `source ./script; COMP_WORDS=(grok train --op = s); COMP_CWORD=4; _grok; echo "\${COMPREPLY[@]}"; COMP_WORDS=(grok train --op =); COMP_CWORD=3; _grok; echo "\${COMPREPLY[@]}"`;
  const answer = await call("bash", ["--norc", "--noprofile", "-c", line]);
  expect(answer.stdout).toMatch(/^s5 s5conj s5aba\n\\?\+ - \\\* \/ /);
});

it("knows every command", async () => {
  const { stdout } = await run(["completion", "fish"]);
  for (const name of Object.keys(commands)) {
    expect(stdout).toContain(`__grok_is ${name.replace(/^(sweep|extension)-/, "$1 ")}'`);
  }
});

it("refuses other shells", async () => {
  expect(await run(["completion", "bahs"])).toEqual({
    status: 2,
    stdout: "",
    stderr:
      'grok: grok completion has scripts for bash, zsh, fish, not for "bahs"; did you mean bash?\n',
  });
});
