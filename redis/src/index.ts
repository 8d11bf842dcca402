export { freePort, hasRedis, RedisServer } from "./redis-server";
export { scratch } from "./scratch";
export { TcpProxy } from "./tcp-proxy";
