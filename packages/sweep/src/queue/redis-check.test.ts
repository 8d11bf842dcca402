import { describe, expect, it } from "vitest";
import { parseQueueAddress } from "./address";
import { QueueError } from "./error";
import { checkInfo } from "./redis-check";

const address = parseQueueAddress("redis://queue.example.org");
const info = (version: string, policy = "noeviction", limit = 0) =>
  `# Server\r\nredis_version:${version}\r\nredis_mode:standalone\r\nmaxmemory:${limit}\r\nmaxmemory_policy:${policy}\r\n`;

describe("what a Redis says of itself", () => {
  it("passes from version 6.2, of other servers too, and where no version is told", () => {
    for (const version of ["6.2.0", "6.2.19", "7.0.15", "8.2.1", "255.255.255"]) {
      expect(() => checkInfo(address, info(version))).not.toThrow();
    }
    expect(() => checkInfo(address, "")).not.toThrow();
  });

  it("is refused of older versions, of which BullMQ would print advice", () => {
    for (const version of ["5.0.14", "6.0.16"]) {
      expect(() => checkInfo(address, info(version))).toThrow(
        new QueueError(
          `Redis at redis://queue.example.org is version ${version}; a queue needs 6.2 or later.`,
        ),
      );
    }
  });

  it("is refused if keys may be dropped, now or once there is a limit", () => {
    expect(() => checkInfo(address, info("7.0.0", "allkeys-lru", 1e9))).toThrow("noeviction");
    expect(() => checkInfo(address, info("7.0.0", "volatile-ttl", 0))).toThrow("noeviction");
  });
});
