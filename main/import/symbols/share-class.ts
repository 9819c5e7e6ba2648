// Option roots and symbols that run the class letter into the name; nothing in the text tells BRKB from BRK B.
const RUN_TOGETHER = new Map([
  ['BRKA', 'BRK.A'],
  ['BRKB', 'BRK.B'],
  ['BFA', 'BF.A'],
  ['BFB', 'BF.B'],
]);
const CLASS_LETTER = /^([A-Z]{1,5})[ ./-]([A-Z])$/;

/** A stock symbol with its class letter behind a point, so that `BRK B`, `BRK/B` and `BRKB` are one instrument: `BRK.B`. */
export function shareClassSymbol(symbol: string): string {
  const upper = symbol.trim().toUpperCase().replaceAll(/\s+/g, ' ');
  const known = RUN_TOGETHER.get(upper);
  if (known) return known;
  const match = CLASS_LETTER.exec(upper);
  return match ? `${match[1]}.${match[2]}` : upper;
}

/** The root an option on this stock carries: `BRK.B` gives `BRKB`. */
export function optionRootOf(symbol: string): string {
  return symbol.trim().toUpperCase().replaceAll(/[ ./]/g, '');
}
