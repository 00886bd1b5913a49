/** Numbers that look random and come again with the same seed: a failure can be repeated. */
export interface Dice {
  /** From 0 to 1, 1 excluded. */
  roll(): number;
  /** True so often (0 to 1). */
  chance(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

/** mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    roll,
    chance: (share) => roll() < share,
    pick(list) {
      const one = list[Math.floor(roll() * list.length)];
      if (one === undefined) throw new Error('nothing to pick from');
      return one;
    },
  };
}
