import { RequestError } from "../browser/mod.ts";
import { isGraph } from "../reproduce/browser.ts";

/** A network's file, and the files that were chosen with it. */
export interface ChosenNetwork {
  readonly file: File;
  /** Where a graph may find weights that lie outside it. */
  readonly beside: readonly File[];
}

/**
 * Tells the network among files that were chosen together: the one graph, or the one file.
 *
 * @throws {RequestError} where that is not one.
 */
export function networkAmong(files: readonly File[]): ChosenNetwork {
  const graphs = files.filter(({ name }) => isGraph(name));
  const [file] = graphs.length === 1 ? graphs : files;
  if (graphs.length === 1 || files.length === 1) return { file, beside: files.filter((each) => each !== file) };
  throw new RequestError(
    graphs.length === 0
      ? `Cannot use ${files.length} files at once: none is an ONNX file; expected one file of weights`
      : `Cannot use ${graphs.length} ONNX files at once; expected one, with the files of its weights`,
  );
}
