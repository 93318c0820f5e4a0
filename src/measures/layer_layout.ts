/**
 * Where the units of a layer stand: the channel and the position of each.
 *
 * - `[channels, rows, columns]`: as it says.
 * - `[tokens, dimensions]`: a dimension is a channel, a token a position. Where the tokens form a square grid, with or without a
 *   class token in front, the grid gives rows and columns and the class token has no position; otherwise there are no positions.
 * - `[features]`: a channel each, without positions.
 * - Any other shape: the first axis holds the channels, and there are no positions.
 */
export class LayerLayout {
  /** How many units the layer has. */
  readonly units: number;
  /** How many channels. */
  readonly channels: number;
  /** Units of each channel, class tokens included. */
  readonly unitsPerChannel: number;
  /** Rows of a channel's map; 0 where the layer has no positions. */
  readonly rows: number;
  /** Columns of a channel's map; 0 where the layer has no positions. */
  readonly columns: number;
  readonly #tokens: boolean;
  /** Tokens in front of the grid. */
  readonly #skipped: number;

  /**
   * Reads the layout off a shape.
   *
   * @param shape Shape without the batch.
   * @throws {RangeError} where it is not a list of positive whole numbers.
   */
  constructor(shape: readonly number[]) {
    if (shape.length === 0 || shape.some((size) => !Number.isInteger(size) || size < 1)) {
      throw new RangeError(`Cannot lay out a layer of shape [${shape.join(", ")}]; expected positive whole numbers`);
    }
    this.units = shape.reduce((product, size) => product * size, 1);
    this.#tokens = shape.length === 2;
    this.#skipped = 0;
    this.rows = this.columns = 0;
    if (this.#tokens) {
      this.channels = shape[1];
      const side = Math.floor(Math.sqrt(shape[0]));
      this.#skipped = shape[0] - side * side;
      if (side > 1 && this.#skipped <= 1) this.rows = this.columns = side;
    } else {
      this.channels = shape[0];
      if (shape.length === 3 && shape[1] * shape[2] > 1) [, this.rows, this.columns] = shape;
    }
    this.unitsPerChannel = this.units / this.channels;
  }

  /** Positions of a channel's map; 0 where the layer has none. */
  get positions(): number {
    return this.rows * this.columns;
  }

  /** The channel of a unit. */
  channelOf(unit: number): number {
    return this.#tokens ? unit % this.channels : Math.floor(unit / this.unitsPerChannel);
  }

  /** The position of a unit in its channel's map, row-major; −1 where it has none. */
  positionOf(unit: number): number {
    if (this.rows === 0) return -1;
    return this.#tokens ? Math.floor(unit / this.channels) - this.#skipped : unit % this.unitsPerChannel;
  }

  /** The unit of a channel at a position. */
  unitAt(channel: number, position: number): number {
    return this.#tokens
      ? (position + this.#skipped) * this.channels + channel
      : channel * this.unitsPerChannel + position;
  }
}
