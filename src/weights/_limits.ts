/**
 * What a file of weights may hold at most. Far more than any network has, and little enough that a file which is made to
 * take all memory is refused from its counts and sizes, before anything is built of it.
 */

/** Tensors, and storages that they lie in. The largest network that is read here has fewer than 2,000. */
export const MOST_TENSORS = 20_000;

/** Characters of a tensor's name. */
export const LONGEST_NAME = 1000;

/** Axes of a tensor. */
export const MOST_AXES = 32;

/** Bytes of the part of a file that says what its tensors are: a pickle, or the directory of an archive. */
export const LARGEST_STRUCTURE = 32 * 2 ** 20;

/** Bytes of the header of a safetensors file; 20,000 tensors take about 3 MB. */
export const LARGEST_HEADER = 4 * 2 ** 20;

/** Values that a pickle may build, counting every time that one is recalled. A checkpoint with its optimizer has some 10,000. */
export const MOST_VALUES = 500_000;

/** Views may repeat what is stored, as tied weights do, but together not more often than this. */
export const MOST_REPEATS = 4;

/** Elements that a checkpoint may have beyond those that are stored, whatever is stored: broadcast constants. */
export const SPARE_ELEMENTS = 2 ** 24;
