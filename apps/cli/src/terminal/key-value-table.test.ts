import { expect, it } from "vitest";
import { keyValueTable } from "./key-value-table";

const style = (_format: unknown, text: string) => text;
const rows = [
  ["task", "a/b mod 97"],
  ["network", "mlx, 418,944 parameters"],
] as const;

it("sets names and what they are under one another", () => {
  expect(keyValueTable(rows, { style, columns: 80 })).toBe(
    "  task     a/b mod 97\n  network  mlx, 418,944 parameters\n",
  );
});

it("continues under itself where there is little room", () => {
  expect(keyValueTable(rows, { style, columns: 24 })).toBe(
    "  task     a/b mod 97\n  network  mlx, 418,944\n           parameters\n",
  );
});
