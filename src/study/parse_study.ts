import { isAbsolute, resolve } from "node:path";
import { oneLine, RequestError } from "../errors.ts";
import { isFileNetwork, stimuliOf, STUDY_DEFAULTS } from "./said.ts";
import type { LockNetwork, Study, StudyNetwork } from "./study.ts";
import { networkForm, studyFile } from "./study_schema.ts";

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** `networks[2].preprocessing` of a path. */
function placeOf(path: readonly PropertyKey[]): string {
  return path.map((key) => typeof key === "number" ? `[${key}]` : `.${String(key)}`).join("").replace(/^\./, "");
}

function sentence({ path, message }: Issue): string {
  const text = message.replace(/^Invalid input: /, "");
  return path.length === 0 ? text : `${placeOf(path)}: ${text}`;
}

/** What one network's form says, with every fault. */
function readNetwork(value: object, index: number): { network: StudyNetwork | null; issues: Issue[] } {
  const parsed = networkForm(value).safeParse(value);
  if (parsed.success) return { network: parsed.data as StudyNetwork, issues: [] };
  return {
    network: null,
    issues: parsed.error.issues.map(({ path, message }) => ({ path: ["networks", index, ...path], message })),
  };
}

/** Ids that stand twice. */
function repeated(networks: readonly (StudyNetwork | null)[]): Issue[] {
  const seen = new Set<string>();
  return networks.flatMap((network, index): Issue[] => {
    const id = network === null ? undefined : isFileNetwork(network) ? network.id : network.lock;
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    const key = isFileNetwork(network!) ? "id" : "lock";
    return [{ path: ["networks", index, key], message: `"${id}" stands twice; expected each network once` }];
  });
}

/**
 * Reads a study file. Relative paths become those of the file's folder.
 *
 * @param text JSON.
 * @param place The file's name for errors, its folder, and what the study is called where it does not say.
 * @throws {RequestError} with one sentence that names every place that is wrong.
 */
export function parseStudy(text: string, place: { file: string; folder: string; name: string }): Study {
  const refuse = (what: string, cause?: unknown): RequestError =>
    new RequestError(`Cannot use the study "${place.file}": ${oneLine(what)}`, { cause });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refuse(`it is not JSON (${(error as Error).message})`, error);
  }
  const parsed = studyFile.safeParse(value);
  const listed = (value as { networks?: unknown } | null)?.networks;
  const read = (Array.isArray(listed) ? listed : [])
    .flatMap((each, index) => typeof each === "object" && each !== null ? [readNetwork(each, index)] : []);
  const issues = [
    ...parsed.error?.issues ?? [],
    ...read.flatMap((each) => each.issues),
    ...repeated(read.map(({ network }) => network)),
  ];
  if (!parsed.success || issues.length > 0) throw refuse(issues.map(sentence).join("; "));
  const inFolder = (path: string): string => isAbsolute(path) ? path : resolve(place.folder, path);
  const placed = (images: Study["stimuli"]): Study["stimuli"] =>
    typeof images === "string" || "set" in images ? images : { ...images, path: inFolder(images.path) };
  const { $schema: _, name = place.name, title = name, stimuli, networks: _listed, ...rest } = parsed.data;
  return {
    ...STUDY_DEFAULTS,
    ...rest,
    name,
    title,
    networks: read.map(({ network }) =>
      isFileNetwork(network!) ? { ...network, weights: inFolder(network.weights) } : network as LockNetwork
    ),
    stimuli: placed(typeof stimuli === "string" ? stimuliOf(stimuli) : stimuli),
  };
}

/** A study as the text of its file, with the same content; paths are written as they are. */
export function formatStudy(study: Study): string {
  return `${JSON.stringify(study, null, 2)}\n`;
}
