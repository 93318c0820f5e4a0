/** Version of the layout of the file and of how its numbers are computed. */
export const FORMAT = 1;
