import type { AnalysedNetwork } from "../inference/mod.ts";
import { Random } from "../statistics/mod.ts";
import { decide, type Decisions } from "./decide.ts";
import { type ByGroup, drawImages, DRAWN_TOOLS, DRAWN_VALUES, drawNetwork } from "./drawn_network.ts";
import type { SimulationContext } from "./row.ts";
import { type Planted, trainedNetwork, trainedTools, USUAL, varied } from "./trained_network.ts";

/** Two families of trainings, `a` of the usual ones and `b`. */
export interface ComparedFamilies {
  /** In each family. */
  readonly trainings: number;
  /** Deviation over trainings of everything that is planted or drawn, as a share of it. */
  readonly spread: number;
  /** Whether trainings share a seed pair by pair, and with it 70 % of that variance. @default false */
  readonly paired?: boolean;
}

const NAMES = ["a", "b"] as const;
const SUPERVISION = { a: "vision", b: "language" } as const;
/** Of the variance over trainings, what two trainings of one seed have in common. */
const PAIRED_SHARE = 0.7;

/** Standard normals for one training, those of a pair correlated. */
function normalsOf(
  { paired = false }: ComparedFamilies,
  draw: number,
  { family, training }: { readonly family: string; readonly training: number },
): () => number {
  const own = new Random(draw, `training ${family} ${training}`);
  if (!paired) return () => own.normal();
  const shared = new Random(draw, `pair ${training}`);
  return () => Math.sqrt(PAIRED_SHARE) * shared.normal() + Math.sqrt(1 - PAIRED_SHARE) * own.normal();
}

/** A family's networks in all simulations but for what differs: the trainings of both families, by name. */
function trainingsOf({ trainings }: ComparedFamilies): { readonly family: "a" | "b"; readonly training: number }[] {
  return NAMES.flatMap((family) => Array.from({ length: trainings }, (_, training) => ({ family, training })));
}

/** Makes up, analyses and compares two families. */
export async function compareTrained(
  compared: ComparedFamilies & { readonly b?: Partial<Planted>; readonly gain?: number },
  { draw, quick }: Pick<SimulationContext, "draw" | "quick">,
): Promise<Decisions> {
  const tools = trainedTools({ draw, quick });
  const networks: AnalysedNetwork[] = [];
  for (const each of trainingsOf(compared)) {
    const { family, training } = each;
    const usual = family === "b" ? { ...USUAL, ...compared.b } : USUAL;
    networks.push(
      await trainedNetwork({
        family,
        supervision: SUPERVISION[family],
        seed: compared.paired ? training : null,
        planted: varied(usual, compared.spread, normalsOf(compared, draw, each)),
        units: new Random(draw, `units ${family} ${training}`).integer(2 ** 31),
        images: draw,
        gain: family === "b" ? compared.gain : 1,
        quick,
      }, tools),
    );
  }
  return decide(networks, NAMES, tools);
}

/** Draws the numbers of two families' networks and compares them. */
export function compareDrawn(
  compared: ComparedFamilies & { readonly b?: Partial<ByGroup> },
  draw: number,
): Decisions {
  const images = drawImages(DRAWN_TOOLS.tools, new Random(draw, "images"));
  const networks = trainingsOf(compared).map((each): AnalysedNetwork => {
    const { family, training } = each;
    const normal = normalsOf(compared, draw, each);
    const usual = family === "b" ? { ...DRAWN_VALUES, ...compared.b } : DRAWN_VALUES;
    const truth: ByGroup = {
      quantity: usual.quantity * (1 + compared.spread * normal()),
      specificity: usual.specificity * (1 + compared.spread * normal()),
      localization: usual.localization * (1 + compared.spread * normal()),
      strength: usual.strength * (1 + compared.spread * normal()),
      consistency: usual.consistency * (1 + compared.spread * normal()),
    };
    const seed = compared.paired ? training : null;
    const random = new Random(draw, `network ${family} ${training}`);
    return drawNetwork({ family, supervision: SUPERVISION[family], seed, truth }, images, random);
  });
  return decide(networks, NAMES, DRAWN_TOOLS);
}
