/**
 * Sets some units of every image of a batch to other values.
 *
 * @param activation `[batch, units]`, changed in place.
 * @param input.set Indices of the units.
 * @param input.units How many units an image has.
 * @param input.replacement `[units]`.
 * @returns What takes the change back.
 */
export function replaceUnits(
  activation: Float32Array,
  { set, units, replacement }: {
    readonly set: Uint32Array;
    readonly units: number;
    readonly replacement: Float64Array | Float32Array;
  },
): () => void {
  const batch = activation.length / units, before = new Float32Array(batch * set.length);
  for (let image = 0, at = 0; image < batch; image++) {
    for (const unit of set) {
      before[at++] = activation[image * units + unit];
      activation[image * units + unit] = replacement[unit];
    }
  }
  return () => {
    for (let image = 0, at = 0; image < batch; image++) {
      for (const unit of set) activation[image * units + unit] = before[at++];
    }
  };
}
