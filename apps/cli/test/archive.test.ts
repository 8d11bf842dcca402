import { mkdir, readdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { packRun } from "@grok/train/archive";
import { beforeEach, describe, expect, it } from "vitest";
import { inFreshFolder, run, tiny } from "./tiny";

inFreshFolder();
beforeEach(async () => {
  await run([...tiny, "--steps", "6", "--eval-every", "3", "--out-dir", "runs/a"]);
});

const listing = async (folder = ".") => (await readdir(folder, { recursive: true })).sort();

/** Every file of a folder, as it is. */
async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const read = files.map(async ({ parentPath, name }) => {
    const path = `${parentPath}/${name}`;
    return [path.slice(folder.length), await readFile(path, "hex")] as const;
  });
  return Object.fromEntries((await Promise.all(read)).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

describe("grok export and grok import", () => {
  it("carry a run from one folder to another, byte for byte, and it continues there", async () => {
    expect(await run(["export", "runs/a"])).toEqual({ status: 0, stdout: "a.zip\n", stderr: "" });
    expect(await run(["import", "a.zip", "--out-dir", "b/c"])).toMatchObject({
      status: 0,
      stdout: "b/c\n",
    });
    expect(await contents("b/c")).toEqual(await contents("runs/a"));
    expect(Object.keys(await contents("b/c"))).toContain("/plots/accuracy.png");
    expect((await run(["resume", "b/c", "--steps", "9"])).status).toBe(0);
    const first = await run(["import", "a.zip"]);
    expect(first.stdout).toBe("runs/mlx-div-seed0\n");
    expect((await run(["import", "a.zip"])).stdout).toBe("runs/mlx-div-seed0-2\n");
  });

  it("replace nothing that is there", async () => {
    await mkdir("empty");
    await writeFile("a.zip", "mine");
    expect(await run(["export", "runs/a"])).toEqual({
      status: 2,
      stdout: "",
      stderr: "grok: a.zip is there already; choose another file.\n",
    });
    expect(await readFile("a.zip", "utf8")).toBe("mine");
    await run(["export", "runs/a", "b.zip"]);
    const before = await listing();
    for (const folder of ["runs/a", "empty", "a.zip"]) {
      const { status, stderr } = await run(["import", "b.zip", "--out-dir", folder]);
      expect(status).toBe(2);
      expect(stderr).toBe(`grok: ${folder} is there already; choose another folder.\n`);
    }
    expect(await listing()).toEqual(before);
  });

  it.each([
    ["no archive", async () => new TextEncoder().encode("PK"), /is no ZIP archive/],
    [
      "a name that leads out",
      async () => {
        await run(["export", "runs/a"]);
        const bytes = (await readFile("a.zip")).toString("latin1");
        return Buffer.from(bytes.replaceAll("plots/loss.png", "../../loss.png"), "latin1");
      },
      /\.\.\/\.\.\/loss\.png is no file of a run/,
    ],
    [
      "a config of something else",
      async () => packRun(new Map([["config.json", new TextEncoder().encode("{}")]])),
      /config\.json cannot be read: preset must be a name of letters, digits, - and _, and is missing/,
    ],
    [
      "a config whose preset leads out of runs",
      async () => {
        const config = await readFile("runs/a/config.json", "utf8");
        const led = config.replace('"preset": "mlx"', '"preset": "../../x"');
        return packRun(new Map([["config.json", new TextEncoder().encode(led)]]));
      },
      /preset must be a name of letters, digits, - and _, not "\.\.\/\.\.\/x"/,
    ],
    [
      "a checkpoint with a bit flipped",
      async () => {
        const checkpoint = "checkpoints/step-00000006.safetensors";
        const bytes = new Uint8Array(await readFile(`runs/a/${checkpoint}`));
        bytes[bytes.length - 1] = (bytes[bytes.length - 1] as number) ^ 1;
        const config = await readFile("runs/a/config.json");
        return packRun(
          new Map([
            ["config.json", config],
            [checkpoint, bytes],
          ]),
        );
      },
      /step-00000006\.safetensors cannot be used: .*damaged/,
    ],
  ])("leave nothing of an archive with %s", async (_, make, message) => {
    await writeFile("x.zip", await make());
    const before = await listing();
    const { status, stderr } = await run(["import", "x.zip", "--out-dir", "new/run"]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(await listing()).toEqual(before);
  });

  it.each([
    [["import", "missing.zip"], /^grok: missing\.zip cannot be read: it does not exist/],
    [["import"], /^grok: grok import needs FILE\.zip, the archive of a run\.$/m],
    [["import", "a", "b"], /^grok: grok import takes one file\.$/m],
    [["import", "a.zip", "--out-dir", ""], /^grok: --out-dir needs a value\.$/m],
    [["export", "a", "b", "c"], /^grok: grok export takes one folder and one file\.$/m],
    [["export", "nowhere"], /^grok: nowhere is no run: it has no config\.json\.$/m],
    [
      ["export", "runs/a", "no/such/a.zip"],
      /cannot be exported to .*: there is no folder no\/such\.$/m,
    ],
  ])("say what is wrong with %j", async (args, message) => {
    const { status, stderr } = await run(args);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

it("grok plot draws nothing through a link that leads out of the run", async () => {
  await mkdir("outside");
  await rename("runs/a/plots", "runs/a/old");
  await symlink("../../outside", "runs/a/plots");
  const { status, stderr } = await run(["plot", "runs/a"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^grok: runs\/a\/plots is a link, and nothing in a run's folder may lead/);
  expect(await readdir("outside")).toEqual([]);
});
