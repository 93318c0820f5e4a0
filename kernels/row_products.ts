// Inner products of every two rows of a block of columns, in float64, two columns at a time.

/**
 * Adds to each pair (i, j), i < j, of an upper triangle the product of two rows.
 *
 * @param rows `[count, width]`, row-major; `count` is a multiple of 4 and `width` of 2: rows and columns that only fill up are 0.
 * @param pairs The triangle of the first `last` rows, row by row.
 */
export function addProducts(rows: usize, count: usize, width: usize, pairs: usize, last: usize): void {
  const row = width << 3;
  for (let i: usize = 0; i < count; i += 2) {
    const a = rows + i * row;
    const b = a + row;
    for (let j: usize = i; j < count; j += 4) {
      const c = rows + j * row;
      let ac = f64x2.splat(0);
      let ad = ac;
      let ae = ac;
      let af = ac;
      let bc = ac;
      let bd = ac;
      let be = ac;
      let bf = ac;
      for (let k: usize = 0; k < row; k += 16) {
        const x = v128.load(a + k);
        const y = v128.load(b + k);
        const at = c + k;
        const p = v128.load(at);
        const q = v128.load(at + row);
        const r = v128.load(at + 2 * row);
        const s = v128.load(at + 3 * row);
        ac = f64x2.add(ac, f64x2.mul(x, p));
        ad = f64x2.add(ad, f64x2.mul(x, q));
        ae = f64x2.add(ae, f64x2.mul(x, r));
        af = f64x2.add(af, f64x2.mul(x, s));
        bc = f64x2.add(bc, f64x2.mul(y, p));
        bd = f64x2.add(bd, f64x2.mul(y, q));
        be = f64x2.add(be, f64x2.mul(y, r));
        bf = f64x2.add(bf, f64x2.mul(y, s));
      }
      addTo(pairs, last, i, j, ac);
      addTo(pairs, last, i, j + 1, ad);
      addTo(pairs, last, i, j + 2, ae);
      addTo(pairs, last, i, j + 3, af);
      addTo(pairs, last, i + 1, j, bc);
      addTo(pairs, last, i + 1, j + 1, bd);
      addTo(pairs, last, i + 1, j + 2, be);
      addTo(pairs, last, i + 1, j + 3, bf);
    }
  }
}

@inline
function addTo(pairs: usize, last: usize, i: usize, j: usize, products: v128): void {
  if (j <= i || j >= last) return;
  const sum = f64x2.extract_lane(products, 0) + f64x2.extract_lane(products, 1);
  const at = pairs + ((i * last - ((i * (i + 1)) >> 1) + (j - i - 1)) << 3);
  store<f64>(at, load<f64>(at) + sum);
}
