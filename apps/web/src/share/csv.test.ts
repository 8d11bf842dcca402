import { expect, it } from "vitest";
import { csvOf } from "./csv";

it("writes every column of any record, and nothing for what is missing", () => {
  const common = { epoch: 1, train_loss: 1, train_acc: 0.5, val_loss: 2, elapsed_sec: 3 };
  const csv = csvOf([
    { step: 1, val_acc: 0.25, ...common },
    { step: 2, val_acc: 1e-7, ...common, epoch: null, 'odd,"name"': 4 },
  ]);
  expect(csv.split("\r\n")).toEqual([
    'step,val_acc,epoch,train_loss,train_acc,val_loss,elapsed_sec,"odd,""name"""',
    "1,0.25,1,1,0.5,2,3,",
    "2,1e-7,,1,0.5,2,3,4",
    "",
  ]);
});
