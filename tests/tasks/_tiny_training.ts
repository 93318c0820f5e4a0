/** Trains a network on eight images, under the permissions of the task that trains; see `permissions_test.ts`. */
import { startFrom, Trainer } from "../../src/training/trainer.ts";
import { giveUp } from "../../tasks/terminal/give_up.ts";
import { tinyBatch, tinyPlan, tinyWeights, withCpu } from "../training/_tiny.ts";

await giveUp(["net"]);
await withCpu(async (device) => {
  const trainer = await Trainer.open(tinyPlan("vision", 1), startFrom(tinyWeights("vision", 0)), 4, device);
  const { images, target } = tinyBatch(0);
  await trainer.advance(images, target);
  await trainer.close();
});
