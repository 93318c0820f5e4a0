import { orderConditions } from "./domains.ts";
import { scrambledNames } from "./scrambled_names.ts";

/** What a request says of the conditions of a set; what it does not say is read from `conditions.json`, else a rule decides. */
export interface ConditionsRequest {
  /** Folders to pool, by the name of the condition that they make: `{ faces: ["adult", "child"] }`. */
  readonly pools?: Readonly<Record<string, readonly string[]>>;
  /** The conditions that units are selected for. */
  readonly targets?: readonly string[];
  /** The conditions that only stand against them. */
  readonly controls?: readonly string[];
}

/** Who chose: the request, the file beside the folders, or the rule that {@linkcode chooseRoles} states. */
export type RoleOrigin = "request" | "conditions.json" | "rule";

/** What the conditions of a set are for. */
export interface ConditionRoles {
  /** Conditions that units are selected for; each stands against the others too. */
  readonly targets: readonly string[];
  /** Conditions that only stand against the targets. */
  readonly controls: readonly string[];
  /** Conditions that are neither, whose images are not used. */
  readonly leftOut: readonly string[];
  /** Who chose them. */
  readonly from: { readonly targets: RoleOrigin; readonly controls: RoleOrigin };
  /** By what rule the targets were chosen, in words; null where they were said. */
  readonly rule: string | null;
}

/** A list of names and who said it. */
export interface SaidNames {
  readonly names: readonly string[];
  readonly from: Exclude<RoleOrigin, "rule">;
}

/** The conditions that the field localizes, as fLoc calls them. */
const CLASSICAL = ["faces", "bodies", "places", "words"];

const CONTROL_NAME = /(^|[^\p{L}])scrambled([^\p{L}]|$)|^controls?([^\p{L}]|$)/iu;

/**
 * Chooses what units are selected for and what stands against it.
 *
 * Where neither is said, the targets are faces, bodies, places and words, as many of them as there are; where there is none of
 * them, every condition but those named scrambled or control. Every other condition is a control. Where only targets are said,
 * every other condition is a control; where only controls are said, every other condition is a target but for those named
 * scrambled or control. A condition that is said to be both is a target, which stands against the other targets anyway.
 *
 * @param conditions All conditions of the set.
 * @returns The roles, and what is wrong with what was said, each as part of a sentence.
 */
export function chooseRoles(
  conditions: readonly string[],
  said: { readonly targets?: SaidNames; readonly controls?: SaidNames },
): { roles: ConditionRoles; problems: string[] } {
  const made = scrambledNames(conditions).filter((name) => !conditions.includes(name));
  const problems = [
    ...unknownNames("targets", said.targets, conditions),
    ...unknownNames("controls", said.controls, [...conditions, ...made]),
  ];
  const { targets, rule } = chooseTargets(conditions, said);
  const controls = (said.controls?.names ?? conditions).filter((name) => !targets.includes(name));
  const kept = new Set([...targets, ...controls]);
  if (problems.length === 0 && targets.length === 0) {
    problems.push(`none of ${quoted(conditions)} is a target; name one with --targets`);
  }
  for (const name of controls.filter((name) => made.includes(name))) {
    const source = name.replace(/^scrambled /, "");
    if (!kept.has(source)) problems.push(`"${name}" is made from "${source}", which is neither a target nor a control`);
  }
  return {
    roles: {
      targets: orderConditions(targets),
      controls: orderConditions(controls),
      leftOut: conditions.filter((name) => !kept.has(name)),
      from: { targets: said.targets?.from ?? "rule", controls: said.controls?.from ?? "rule" },
      rule,
    },
    problems,
  };
}

function chooseTargets(
  conditions: readonly string[],
  { targets, controls }: { readonly targets?: SaidNames; readonly controls?: SaidNames },
): { targets: readonly string[]; rule: string | null } {
  if (targets !== undefined) return { targets: targets.names, rule: null };
  const open = conditions.filter((name) => !CONTROL_NAME.test(name));
  if (controls !== undefined) {
    return {
      targets: open.filter((name) => !controls.names.includes(name)),
      rule: "every other condition not named scrambled or control",
    };
  }
  const classical = CLASSICAL.filter((name) => conditions.includes(name));
  return classical.length > 0
    ? { targets: classical, rule: "named as fLoc’s conditions" }
    : { targets: open, rule: "every condition not named scrambled or control" };
}

function unknownNames(what: string, said: SaidNames | undefined, known: readonly string[]): string[] {
  if (said === undefined) return [];
  if (said.names.length === 0) return [`the list of ${what} is empty; expected some of ${quoted(known)}`];
  const unknown = [...new Set(said.names)].filter((name) => !known.includes(name));
  if (unknown.length === 0) return [];
  return [
    `${quoted(unknown)} among the ${what}${said.from === "request" ? "" : ` of ${said.from}`} ${
      unknown.length === 1 ? "is no condition" : "are no conditions"
    }; there are ${quoted(known)}`,
  ];
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/** The roles in sentences: what a run tells before it prepares images. */
export function describeRoles({ targets, controls, leftOut, from, rule }: ConditionRoles): string {
  const by = (origin: RoleOrigin): string => (origin === "conditions.json" ? " (from conditions.json)" : "");
  const sentences = [
    `Targets: ${targets.join(", ")}${rule === null ? by(from.targets) : ` (${rule})`}.`,
    `Controls: ${controls.length > 0 ? controls.join(", ") : "only the other targets"}${by(from.controls)}.`,
  ];
  if (leftOut.length > 0) sentences.push(`Left out, as neither: ${leftOut.join(", ")}.`);
  if (from.targets === "rule" || from.controls === "rule") {
    sentences.push("Say --targets and --controls to choose others.");
  }
  return sentences.join(" ");
}
