import type { NetworkResult, Results, Supervision } from "../results/mod.ts";

/** Networks that differ in their seed alone, drawn alike in every figure. */
export interface Family {
  readonly id: string;
  readonly supervision: Supervision;
  /** Networks of the family that were run. */
  readonly networks: readonly NetworkResult[];
  /** Colour on light paper; {@linkcode DARK} has its partner on dark. */
  readonly color: string;
  readonly shape: string;
  readonly dash: readonly number[];
}

/** Colours of each supervision, after Okabe and Ito, for the first, second, … family that has it. */
const LIGHT: Readonly<Record<Supervision, readonly string[]>> = {
  vision: ["#0072b2", "#4a9fd4", "#00446b"],
  attributes: ["#9a8200", "#c9b24a", "#5f5000"],
  language: ["#d55e00", "#f09a52", "#8a3d00"],
  contrastive: ["#009e73", "#5cc4a4", "#00614a"],
  untrained: ["#7a828c", "#a3a9b1", "#565c64"],
  unstated: ["#9a5b8f", "#c48bba", "#6b3a62"],
};

/** The partner of every colour on dark paper. */
export const DARK: Readonly<Record<string, string>> = {
  "#0072b2": "#4db1ee",
  "#4a9fd4": "#9ad2f5",
  "#00446b": "#2c86c0",
  "#9a8200": "#d9c13c",
  "#c9b24a": "#eddd92",
  "#5f5000": "#a8921f",
  "#d55e00": "#f5853a",
  "#f09a52": "#fbc08d",
  "#8a3d00": "#c96a24",
  "#009e73": "#2cc89b",
  "#5cc4a4": "#93e0c8",
  "#00614a": "#1d9a76",
  "#7a828c": "#98a1ac",
  "#a3a9b1": "#c3c9d0",
  "#565c64": "#727a84",
  "#9a5b8f": "#d08fc5",
  "#c48bba": "#e4bfdd",
  "#6b3a62": "#a9669d",
};

const SHAPES: Readonly<Record<Supervision, string>> = {
  vision: "circle",
  attributes: "triangle-down",
  language: "square",
  contrastive: "triangle-up",
  untrained: "diamond",
  unstated: "cross",
};
const DASHES: readonly (readonly number[])[] = [[1, 0], [6, 3], [2, 2]];
const ORDER: readonly Supervision[] = ["vision", "attributes", "language", "contrastive", "untrained", "unstated"];

/** What each supervision is called in the report. */
export const SUPERVISION_LABELS: Readonly<Record<Supervision, string>> = {
  vision: "vision alone",
  attributes: "attributes",
  language: "language",
  contrastive: "image–text contrast",
  untrained: "untrained",
  unstated: "not stated",
};

/** The families of which at least one network was run, vision first, each with its look. */
export function runFamilies(results: Pick<Results, "networks">): Family[] {
  const byId = new Map<string, NetworkResult[]>();
  for (const network of results.networks) {
    if (network.status === "run") byId.set(network.family, [...(byId.get(network.family) ?? []), network]);
  }
  const seen = new Map<Supervision, number>();
  return [...byId].sort(([, [a]], [, [b]]) => ORDER.indexOf(a.supervision) - ORDER.indexOf(b.supervision))
    .map(([id, networks]) => {
      const { supervision } = networks[0];
      const nth = seen.get(supervision) ?? 0;
      seen.set(supervision, nth + 1);
      const colors = LIGHT[supervision];
      return {
        id,
        supervision,
        networks,
        color: colors[nth % colors.length],
        shape: SHAPES[supervision],
        dash: DASHES[nth % DASHES.length],
      };
    });
}

/** A family's name without the beginning, up to a dash, that all families share. */
export function shortName({ id }: Pick<Family, "id">, families: readonly Pick<Family, "id">[]): string {
  const beginning = /^[^-]+-/.exec(id)?.[0] ?? "";
  const shared = families.length > 1 && families.every((family) => family.id.startsWith(beginning));
  return shared && families.every((family) => family.id !== beginning) ? id.slice(beginning.length) : id;
}

/** A look for every colour that a family may have, for pages whose families are not known when they are written. */
export function everyLook(): Family[] {
  return ORDER.flatMap((supervision) =>
    LIGHT[supervision].map((color) => ({
      id: "",
      supervision,
      networks: [],
      color,
      shape: SHAPES[supervision],
      dash: DASHES[0],
    }))
  );
}
