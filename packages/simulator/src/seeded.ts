/** A small generator (mulberry32): the same seed always gives the same models. */
export function createSeeded(seed: number) {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const integer = (below: number): number => Math.floor(fraction() * below)
  return {
    fraction,
    integer,
    chance: (probability: number): boolean => fraction() < probability,
    pick: <Value>(values: readonly Value[]): Value => values[integer(values.length)] as Value,
  }
}

export type Seeded = ReturnType<typeof createSeeded>

/** Text from a number, for ids that must look unique: lower-case hexadecimal of a given length. */
export function hexadecimal(seed: number, length: number): string {
  const seeded = createSeeded(seed)
  let text = ''
  while (text.length < length) text += seeded.integer(16).toString(16)
  return text
}
