/** The run that is published with the project, whatever other runs lie beside it. */
export const PUBLISHED_RUN: URL = new URL("../reports/mini/0.2.0-72d43893/", import.meta.url);
