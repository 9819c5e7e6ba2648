/** Whether a pool holds anything short: looked at once, since prices do not change it. */
export function shortsOf(pools: number, look: (pool: number) => boolean): (pool: number) => boolean {
  const known = new Uint8Array(pools);
  return (pool) => {
    if (known[pool] === UNKNOWN) known[pool] = look(pool) ? SHORT : LONG;
    return known[pool] === SHORT;
  };
}

const UNKNOWN = 0;
const LONG = 1;
const SHORT = 2;
