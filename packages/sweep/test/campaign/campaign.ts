import { throughputCampaign } from "./throughput";

const [, ...args] = process.argv.slice(2);
process.exit(await throughputCampaign(...args.map(Number)));
