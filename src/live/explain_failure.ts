import { RequestError } from "../browser/mod.ts";

const LOST =
  /device (is|was) (lost|destroyed)|GPUDevice.*lost|Device lost|external Instance reference no longer exists/i;
const MEMORY =
  /bad_alloc|out of memory|failed to allocate memory|array buffer allocation failed|memory access out of bounds|invalid typed array length|could not allocate|cannot enlarge memory|require more than \d+ bytes/i;
const OPERATOR = [
  /(?:fatal error:|operator) ?'?([\w.:-]+)'? ?(?:\([^)]*\) )?is not a registered function/i,
  /could not find an implementation for ([\w.]+)/i,
  /unrecognized operator:? ?'?([\w.]+)/i,
  /no op registered for ([\w.]+)/i,
];

/** Why a run has ended, in one plain sentence. */
export function explainFailure(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RequestError && !LOST.test(message)) return sentence(message);
  for (const pattern of OPERATOR) {
    const found = pattern.exec(message);
    if (found !== null) {
      return `The network has an operator that ONNX Runtime does not know in the browser: ${
        found[1]
      }; choose layers before it, or export the network without it.`;
    }
  }
  if (LOST.test(message)) {
    return "The graphics processor was lost while the network ran; start again, or run in WebAssembly.";
  }
  if (MEMORY.test(message)) {
    return "There is too little memory for this network in a browser tab; choose fewer layers or fewer pictures, or run it with the command line.";
  }
  return sentence(message);
}

function sentence(message: string): string {
  const line = message.replace(/\s+/g, " ").trim().slice(0, 600);
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
