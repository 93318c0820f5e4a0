import { Random } from "../statistics/mod.ts";
import type { CalibrationRow, Outcome, SimulationContext } from "./row.ts";

/** Which simulation of a row, and how. */
export interface SimulationRequest {
  /** Of the whole calibration. */
  readonly seed: number;
  /** From 0. */
  readonly index: number;
  readonly quick?: boolean;
  readonly trainings?: SimulationContext["trainings"];
}

/** Runs one simulation. It depends on the row, the seed and the index alone, so that order and threads do not matter. */
export function simulate(row: CalibrationRow, request: SimulationRequest): Promise<Outcome> {
  const { seed, index, quick = false, trainings } = request;
  return row.simulate({
    seed: new Random(seed, row.id).integer(2 ** 31),
    draw: new Random(seed, `${row.id} ${index}`).integer(2 ** 31),
    index,
    quick,
    ...(trainings === undefined ? {} : { trainings }),
  });
}
