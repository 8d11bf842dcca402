import { expect, it } from "vitest";
import * as z from "zod";
import { fieldsText, typeText } from "./type-text";

it("is the type of what a schema gives", () => {
  expect(typeText(z.int().min(1).nullable().default(3))).toBe("number | null");
  expect(typeText(z.enum(["a", "b"]))).toBe('"a" | "b"');
  expect(typeText(z.array(z.union([z.string(), z.literal(1)])))).toBe("(string | 1)[]");
  expect(typeText(z.templateLiteral(["every:", z.string()]))).toBe("`every:${string}`");
  expect(typeText(z.record(z.string(), z.boolean()))).toBe("Record<string, boolean>");
  expect(typeText(z.looseObject({}))).toBe("{\n[setting: string]: unknown;\n}");
  expect(() => typeText(z.date())).toThrow("a schema of type date");
});

it("marks fields that may be missing, and has each with its sentence", () => {
  const shape = { a: z.number().optional().describe("the first"), b: z.number().default(2) };
  expect(fieldsText(shape)).toBe("/** the first */\na?: number | undefined;\nb: number;\n");
});
