import { planPictures } from "./run_live.ts";
import type { PicturesAsked, PicturesSeen } from "./messages.ts";
import { getLocks } from "./site_files.ts";

/**
 * Looks at what conditions a choice of pictures has, by the names of the files alone.
 *
 * @throws {RequestError} where the folder cannot be used.
 */
export async function lookAtPictures(asked: PicturesAsked): Promise<PicturesSeen> {
  const { roles, notices } = await planPictures(asked, await getLocks());
  const { targets, controls, leftOut } = roles;
  return {
    conditions: [
      ...targets.map((name) => ({ name, role: "target" as const })),
      ...controls.map((name) => ({ name, role: "control" as const })),
      ...leftOut.map((name) => ({ name, role: "left out" as const })),
    ],
    notices,
  };
}
