/** Numbers that look random and are the same for the same seed, so that a printed seed brings a failure back. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1;
  return (below) => {
    // xorshift32
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** The seed of this run: from the environment, or new; printed either way. */
export function seedOf(what: string): number {
  const seed = Number(process.env['PLIMSOLL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`${what}: PLIMSOLL_SEED=${seed}`);
  return seed;
}
