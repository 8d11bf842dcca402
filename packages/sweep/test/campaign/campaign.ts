import { faultCampaign } from "./faults";
import { throughputCampaign } from "./throughput";

const [name, ...args] = process.argv.slice(2);
const numbers = args.map(Number);
process.exit(
  name === "faults" ? await faultCampaign(...numbers) : await throughputCampaign(...numbers),
);
