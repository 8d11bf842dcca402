import { describe, expect, it } from "vitest";
import { checkQueueName, parseQueueAddress } from "./address";

describe("parseQueueAddress", () => {
  it.each([
    ["redis://localhost", "redis", "redis://localhost"],
    ["redis://me:secret@10.0.0.1:7000/3", "redis", "redis://10.0.0.1:7000/3"],
    ["rediss://:secret@host/", "redis", "rediss://host"],
    ["postgres://me:secret@host:5432/runs", "postgres", "postgres://host:5432/runs"],
    ["postgresql://host/runs", "postgres", "postgresql://host/runs"],
  ])("reads %s and shows no password", (text, kind, shown) => {
    expect(parseQueueAddress(text)).toMatchObject({ kind, shown });
  });

  it.each([
    ["redis://me:se/cr#e?t@host:7000/3", "se/cr#e?t", "redis://host:7000/3"],
    ["rediss://:p@ss:word%@host", "p@ss:word%", "rediss://host"],
    ["redis://:a%2Fb@host", "a/b", "redis://host"],
    ["redis://:sécret [x]@[::1]:7000", "sécret [x]", "redis://[::1]:7000"],
  ])("takes the password of %s as it is typed", (text, password, shown) => {
    const { url, shown: said } = parseQueueAddress(text);
    expect(decodeURIComponent(new URL(url).password)).toBe(password);
    expect(said).toBe(shown);
  });

  it("takes the password from elsewhere where the URL has none", () => {
    expect(parseQueueAddress("redis://me@host", "s/c:r@t").url).toBe(
      "redis://me:s%2Fc%3Ar%40t@host",
    );
    expect(parseQueueAddress("redis://me:mine@host", "other").url).toBe("redis://me:mine@host");
  });

  it.each([
    ["http://me:secret@host", /not http:\/\/\./],
    ["localhost:6379", /must be redis:/],
    ["secret", /must be redis:/],
    ["", /must be redis:/],
    ["redis://", /names no host/],
    ["redis://me:secret@host/runs", /database must be a number/],
  ])("refuses %j in a sentence without its password", (text, sentence) => {
    let message = "";
    try {
      parseQueueAddress(text);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(sentence);
    expect(message).not.toContain("secret");
  });
});

it("takes names that every store takes", () => {
  expect(checkQueueName("grok")).toBe("grok");
  for (const name of ["", "a:b", "a b", "-a", "a".repeat(65), "ü"]) {
    expect(() => checkQueueName(name)).toThrow(/queue's name/);
  }
});
