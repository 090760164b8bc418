const STEPS = [1, 2, 2.5, 5, 10]
const MOST_LINES = 4

/** Even figures from zero up to the first one that nothing exceeds. */
export function scaleFor(most: number): number[] {
  if (!(most > 0)) return [0, 1]
  const rough = most / MOST_LINES
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((factor) => factor * power >= rough) ?? 10)
  const lines = Math.ceil(most / step - 1e-9)
  return Array.from({ length: lines + 1 }, (_, line) => Number((line * step).toPrecision(12)))
}
