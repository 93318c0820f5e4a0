import type { GraphOps } from "./_graph_ops.ts";

/** The widths and depths of a trunk, and the image it takes. */
export interface TrunkPlan {
  /** Rows and columns of an image; divisible by 2 to the number of stages. */
  readonly side: number;
  /** Channels of each stage; the stem has the first's. Every stage but the first halves the map. */
  readonly widths: readonly number[];
  readonly blocks: number;
}

/** The trunk that all mini networks share. */
export const MINI_TRUNK: TrunkPlan = { side: 64, widths: [16, 32, 64, 128], blocks: 2 };

/** torchvision's. */
const EPSILON = 1e-5;

/** A layer's output in the graph, and the way back through it: the gradient by its input from that by its output. */
interface Layer {
  readonly output: string;
  pull(gradient: string): string;
}

/** The trunk in training mode, with the way back through it; all strings name values of the graph. */
export interface TrunkGraph {
  /** After the global average pool, `[images, channels]`. */
  readonly features: string;
  /** The batch's mean and unbiased variance by batch norm, as `<name>.running_mean` and `<name>.running_var`. */
  readonly statistics: Readonly<Record<string, string>>;
  /** Gradients by trainable tensor, from the gradient by the features. */
  pull(gradient: string): Record<string, string>;
}

/**
 * Adds a ResNet of basic blocks (He et al. 2016, doi:10.1109/CVPR.2016.90) with batch statistics to a graph.
 *
 * @param images The value that holds them, `[batch, 3, side, side]`, normalized.
 * @param tensors The values that hold the trainable tensors, by torchvision's names.
 */
export function addTrunk(
  ops: GraphOps,
  { images, batch, tensors, plan }: {
    readonly images: string;
    readonly batch: number;
    readonly tensors: Readonly<Record<string, string>>;
    readonly plan: TrunkPlan;
  },
): TrunkGraph {
  const { widths, blocks } = plan;
  const statistics: Record<string, string> = {}, gradients: Record<string, string> = {};

  /** A convolution of a 3×3 or 1×1 kernel with a border of zeros; `side` is the input's. */
  const convolve = (input: string, name: string, side: number, stride: 1 | 2, needsInput = true): Layer => {
    const weight = tensors[`${name}.weight`], kernel = name.endsWith("downsample.0") ? 1 : 3, border = kernel >> 1;
    const shape = { kernel_shape: [kernel, kernel], pads: [border, border, border, border], strides: [stride, stride] };
    const rows = side / stride;
    return {
      output: ops.node("Conv", [input, weight], shape),
      pull(gradient) {
        // The gradient by the kernel is a convolution of the input with the output's gradient, images as channels.
        const read = kernel === 1 && stride === 2
          ? ops.slice(input, { axes: [2, 3], starts: [0, 0], ends: [side, side], steps: [2, 2] })
          : input;
        const byWeight = ops.node("Conv", [ops.transpose(read, 1, 0, 2, 3), ops.transpose(gradient, 1, 0, 2, 3)], {
          kernel_shape: [rows, rows],
          pads: [border, border, stride === 1 ? border : 0, stride === 1 ? border : 0],
          dilations: kernel === 1 ? [1, 1] : [stride, stride],
        });
        gradients[`${name}.weight`] = ops.transpose(byWeight, 1, 0, 2, 3);
        if (!needsInput) return gradient;
        if (stride === 2) {
          return ops.node("ConvTranspose", [gradient, weight], { ...shape, output_padding: [1, 1] });
        }
        const turned = ops.slice(ops.transpose(weight, 1, 0, 2, 3), {
          axes: [2, 3],
          starts: [-1, -1],
          ends: [-kernel - 1, -kernel - 1],
          steps: [-1, -1],
        });
        return ops.node("Conv", [gradient, turned], shape);
      },
    };
  };

  /** Batch norm with the batch's statistics over `side` × `side` maps. */
  const normalize = (input: string, name: string, side: number): Layer => {
    const count = batch * side * side, channels = (value: string): string => ops.reshape(value, -1, 1, 1);
    const mean = ops.mean(input, [0, 2, 3]), centred = ops.subtract(input, mean);
    const variance = ops.mean(ops.multiply(centred, centred), [0, 2, 3]);
    const inverse = ops.node("Reciprocal", [ops.node("Sqrt", [ops.add(variance, ops.number(EPSILON))])]);
    const normalized = ops.multiply(centred, inverse), gain = channels(tensors[`${name}.weight`]);
    statistics[`${name}.running_mean`] = ops.reshape(mean, -1);
    statistics[`${name}.running_var`] = ops.reshape(ops.scale(variance, count / (count - 1)), -1);
    return {
      output: ops.add(ops.multiply(normalized, gain), channels(tensors[`${name}.bias`])),
      pull(gradient) {
        const byShift = ops.sum(gradient, [0, 2, 3]), byGain = ops.sum(ops.multiply(gradient, normalized), [0, 2, 3]);
        gradients[`${name}.weight`] = byGain;
        gradients[`${name}.bias`] = byShift;
        const common = ops.add(
          ops.multiply(normalized, channels(ops.scale(byGain, 1 / count))),
          channels(ops.scale(byShift, 1 / count)),
        );
        return ops.multiply(ops.subtract(gradient, common), ops.multiply(gain, inverse));
      },
    };
  };

  const rectify = (input: string): Layer => {
    const output = ops.node("Relu", [input]);
    return { output, pull: (gradient) => ops.multiply(gradient, ops.isPositive(output)) };
  };

  const inTurn = (...layers: Layer[]): Layer => ({
    output: layers[layers.length - 1].output,
    pull: (gradient) => layers.reduceRight((pulled, layer) => layer.pull(pulled), gradient),
  });

  /** torchvision's BasicBlock; `side` is its input's. */
  const block = (input: string, name: string, side: number, stride: 1 | 2): Layer => {
    const first = convolve(input, `${name}.conv1`, side, stride), rows = side / stride;
    const firstNorm = normalize(first.output, `${name}.bn1`, rows), middle = rectify(firstNorm.output);
    const second = convolve(middle.output, `${name}.conv2`, rows, 1);
    const secondNorm = normalize(second.output, `${name}.bn2`, rows);
    const own = inTurn(first, firstNorm, middle, second, secondNorm);
    let shortcut: Layer = { output: input, pull: (gradient) => gradient };
    if (stride === 2) {
      const projected = convolve(input, `${name}.downsample.0`, side, 2);
      shortcut = inTurn(projected, normalize(projected.output, `${name}.downsample.1`, rows));
    }
    const end = rectify(ops.add(own.output, shortcut.output));
    return {
      output: end.output,
      pull(gradient) {
        const summed = end.pull(gradient);
        return ops.add(own.pull(summed), shortcut.pull(summed));
      },
    };
  };

  const stem = convolve(images, "conv1", plan.side, 2, false);
  const stemNorm = normalize(stem.output, "bn1", plan.side / 2);
  const layers = [stem, stemNorm, rectify(stemNorm.output)];
  let side = plan.side / 2;
  widths.forEach((_, stage) => {
    for (let index = 0; index < blocks; index++) {
      const stride = stage > 0 && index === 0 ? 2 : 1;
      layers.push(block(layers[layers.length - 1].output, `layer${stage + 1}.${index}`, side, stride));
      side /= stride;
    }
  });
  const all = inTurn(...layers), area = side * side;
  return {
    features: ops.reshape(ops.mean(all.output, [2, 3]), batch, -1),
    statistics,
    pull(gradient) {
      const spread = ops.node("Expand", [
        ops.reshape(ops.scale(gradient, 1 / area), batch, -1, 1, 1),
        ops.integers(batch, widths[widths.length - 1], side, side),
      ]);
      all.pull(spread);
      return gradients;
    },
  };
}
