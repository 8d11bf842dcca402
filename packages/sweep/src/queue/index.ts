export { checkQueueName, parseQueueAddress, type QueueAddress } from "./address";
export { checkQueue } from "./check-queue";
export type { Delivery, DeliveryEvent } from "./delivery";
export { QueueError } from "./error";
export { type FollowEvent, type Followed, type FollowOptions, followQueue } from "./follow-queue";
export type { QueueSettings } from "./open-store";
export type { RunProgress } from "./progress";
export { type RunOnQueueOptions, runSweepOnQueue } from "./run-on-queue";
export { type TlsFiles, tlsFilesOf } from "./tls";
export {
  type QueueWorker,
  type QueueWorkerEvent,
  type QueueWorkerOptions,
  startWorker,
} from "./worker";
