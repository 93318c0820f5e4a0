/** Bytes that a results.json may have, as many as one text may; thirty networks under thirteen criteria take 50 MB. */
export const LARGEST_RESULTS: number = 480 * 2 ** 20;
