/** A convolution and its batch norm. */
export type Unit = readonly [convolution: string, norm: string];

/** The tensors of one block. */
export interface Block {
  readonly expand?: Unit;
  readonly depthwise: Unit;
  readonly squeeze: readonly [down: string, up: string];
  readonly project: Unit;
}

/** What differs between the two namings; stages count from 0. */
export interface Naming {
  readonly landmarks: readonly string[];
  readonly stem: { readonly unit: Unit; readonly name: string };
  readonly stage: (stage: number) => string;
  readonly block: (name: string, has: (tensor: string) => boolean) => Block;
  readonly head: (stages: number) => { readonly unit: Unit; readonly name: string };
  readonly pool: string;
}

export const TORCHVISION: Naming = {
  landmarks: ["features.1.0.block.0.0.weight", "features.0.0.weight", "features.0.1.running_mean"],
  stem: { unit: ["features.0.0", "features.0.1"], name: "features.0" },
  stage: (stage) => `features.${stage + 1}`,
  block: (name, has) => {
    const unit = (index: number): Unit => [`${name}.block.${index}.0`, `${name}.block.${index}.1`];
    const first = has(`${name}.block.3.0.weight`) ? 1 : 0;
    const squeeze = `${name}.block.${first + 1}`;
    return {
      ...(first === 1 ? { expand: unit(0) } : {}),
      depthwise: unit(first),
      squeeze: [`${squeeze}.fc1`, `${squeeze}.fc2`],
      project: unit(first + 2),
    };
  },
  head: (stages) => {
    const name = `features.${stages + 1}`;
    return { unit: [`${name}.0`, `${name}.1`], name };
  },
  pool: "avgpool",
};

export const TIMM: Naming = {
  landmarks: ["conv_stem.weight", "blocks.0.0.conv_dw.weight", "conv_head.weight"],
  stem: { unit: ["conv_stem", "bn1"], name: "bn1" },
  stage: (stage) => `blocks.${stage}`,
  block: (name, has) => {
    const squeeze = [`${name}.se.conv_reduce`, `${name}.se.conv_expand`] as const;
    const unit = (convolution: string, norm: string): Unit => [`${name}.${convolution}`, `${name}.${norm}`];
    return has(`${name}.conv_pwl.weight`)
      ? { expand: unit("conv_pw", "bn1"), depthwise: unit("conv_dw", "bn2"), squeeze, project: unit("conv_pwl", "bn3") }
      : { depthwise: unit("conv_dw", "bn1"), squeeze, project: unit("conv_pw", "bn2") };
  },
  head: () => ({ unit: ["conv_head", "bn2"], name: "bn2" }),
  pool: "global_pool",
};
