import type { Adapter } from "../protocol.ts";
import { markdown, number, percent, withSpread } from "../table/markdown.ts";
import { fine } from "../verdict.ts";
import type { WebgpuImplementation, WebgpuResult, WebgpuWorkload } from "./result.ts";
import { type TargetRow, targetRows } from "./target.ts";

/** The result in Markdown. */
export function webgpuTable(result: WebgpuResult): string {
  const parts = [
    heading(result),
    ...result.workloads.map(countTable),
    speedTable(result),
    ...(result.mainJob === null ? [] : [mainJobTable(result.mainJob)]),
    targetTable(targetRows(result)),
  ];
  if (result.skipped.length > 0) {
    parts.push(
      `Skipped:\n${result.skipped.map((what) => `- ${what.split("\n")[0]}`).join("\n")}\n`,
    );
  }
  return parts.join("\n");
}

function heading({ date, command, machine, adapter, note, versions, settings }: WebgpuResult) {
  const on = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const times = adapter.hasTimestamps ? "" : ", which has no timestamp-query";
  return `${date.slice(0, 10)}, \`${command}\`: ${adapter.name}${times}; ${machine.cpu}, ${machine.cores} cores, ${machine.system}; ${on.join(", ")}. ${settings.steps} steps were counted. ${note}\n`;
}

/** What a step asks of the device, and how long it takes there and here. */
function countTable({ id, preset, batch, implementations }: WebgpuWorkload): string {
  const rows = implementations.flatMap((implementation) => {
    const { title, counts, adapter } = implementation;
    if (counts === null || adapter === null) return [];
    const { dispatches, submits, copies, reads, bytesUp, bytesDown, buffers } = counts;
    const { deviceMs, hostMs, wallMs, bytesHeld } = counts;
    const asked = [dispatches, submits, copies, reads, bytesUp, bytesDown, buffers];
    return [
      [
        `${title}${marks(implementation)}`,
        ...asked.map(number),
        (bytesHeld / 2 ** 20).toFixed(1),
        number(hostMs),
        deviceMs === null ? noTimes(adapter) : number(deviceMs),
        deviceMs === null || adapter.isSoftware ? "–" : percent(deviceMs / wallMs),
        number(wallMs),
      ],
    ];
  });
  return markdown(
    [
      `${id} \`${preset}\`, batch ${batch}, per step`,
      "dispatches",
      "submits",
      "copies",
      "reads",
      "bytes up",
      "bytes down",
      "buffers made",
      "MiB of buffers",
      "ms, host",
      "ms, device",
      "device's share",
      "ms, whole",
    ],
    rows,
  );
}

function noTimes({ hasTimestamps }: Adapter): string {
  return hasTimestamps ? "no passes" : "no timestamp-query";
}

/** What is to be known of an implementation whose numbers are not like the others'. */
function marks({ verdict, adapter }: WebgpuImplementation): string {
  const wrong = verdict === fine ? "" : " (wrong)";
  return adapter?.isSoftware === true ? `${wrong} (software)` : wrong;
}

function speedTable({ workloads }: WebgpuResult): string {
  const titles = [
    ...new Set(
      workloads.flatMap(({ implementations }) => implementations.map(({ title }) => title)),
    ),
  ];
  const rows = titles.map((title) => [
    title,
    ...workloads.map(({ implementations }) => {
      const found = implementations.find((each) => each.title === title);
      if (found === undefined) return "–";
      const { stepsPerSecond } = found;
      if (stepsPerSecond === null) return `not measured${marks(found)}`;
      return `${withSpread(stepsPerSecond)}${marks(found)}`;
    }),
  ]);
  const head = workloads.map(({ id, preset }) => `${id} \`${preset}\``);
  return markdown(["training steps per second", ...head], rows);
}

function mainJobTable(runs: NonNullable<WebgpuResult["mainJob"]>): string {
  const rows = runs.map(({ seed, status, tGrok, seconds, stepsPerSecond }) => [
    String(seed),
    status,
    tGrok === null ? "–" : String(tGrok),
    number(seconds),
    stepsPerSecond === null ? "–" : number(stepsPerSecond),
  ]);
  return markdown(["the main job, seed", "status", "t_grok", "seconds", "steps/s"], rows);
}

function targetTable(rows: readonly TargetRow[]): string {
  return markdown(
    ["", "target", "found", "needed", "hoped for", ""],
    rows.map(({ workload, what, value, unit, isCost, needed, hoped, verdict }) => {
      const sign = isCost ? "≤" : "≥";
      return [
        workload,
        what,
        value === undefined ? "–" : `${number(value)}${unit}`,
        needed === undefined ? "–" : `${sign} ${needed}${unit}`,
        hoped === undefined ? "–" : `${sign} ${hoped}${unit}`,
        verdict,
      ];
    }),
  );
}
