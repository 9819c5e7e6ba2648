import { Decimal } from '../../shared/money.ts';
import { snapshot, type DemoAccount, type Source } from './account.ts';
import { clientName } from './clients.ts';
import { merged, worth } from './holdings.ts';
import { FIRST_FULL_DAY, stock } from './market.ts';
import { PLOTS } from './plots.ts';
import { randomOf, type Random } from './random.ts';
import { cashForRatio } from './steering.ts';
import { bondLadder, core, global, growth, hedged, income, longShort, seller, spreads, type Style } from './styles.ts';

/** The whole desk: accounts that something happens to, and the many that nothing happens to. */
export function demoAccounts(): DemoAccount[] {
  const taken = new Set<string>();
  return [...primeAccounts(taken), ...QUIET.flatMap((quiet) => quietAccounts(quiet, taken))];
}

function primeAccounts(taken: Set<string>): DemoAccount[] {
  return PLOTS.flatMap((plot) =>
    Array.from({ length: plot.count }, (_, nth) => {
      const random = randomOf(`${plot.name} ${nth}`);
      const base = plot.base ?? 'USD';
      const dollars = random.between(...plot.thousands) * 1000;
      const client = clientName(random, dollars > 2_500_000 ? 'fund' : 'any', taken);
      return { client, base, regime: 'margin' as const, source: 'prime' as const, ...plot.tell(random, dollars, base) };
    }),
  ).map((account, index) => ({ id: `U${4_100_000 + 17 * (index + 1)}`, ...account }));
}

/** Accounts of one source with a quiet week: one close, and room above every requirement. */
interface Quiet {
  source: Exclude<Source, 'prime'>;
  styles: readonly Style[];
  counts: readonly number[];
  thousands: readonly [number, number];
  id: (nth: number) => string;
  regime?: (nth: number) => DemoAccount['regime'];
  /** False where the source's file has no debit balance: such accounts are paid in full. */
  borrows: boolean;
}

const QUIET: readonly Quiet[] = [
  {
    source: 'advisors',
    styles: [core, income, global, spreads, hedged, longShort, seller],
    counts: [10, 14, 10, 14, 10, 8, 6],
    thousands: [40, 4200],
    id: (nth) => `U${4_200_000 + 13 * (nth + 1)}`,
    regime: (nth) => (nth % 7 === 3 ? 'portfolio' : nth % 19 === 5 ? 'cash' : 'margin'),
    borrows: true,
  },
  { source: 'statement', styles: [growth, income, spreads], counts: [1, 1, 1], thousands: [90, 700], id: (nth) => `U${4_300_000 + 29 * (nth + 1)}`, borrows: true },
  { source: 'schwab', styles: [core, income, hedged, growth], counts: [9, 9, 6, 6], thousands: [22, 900], id: (nth) => `Individual ...${String(311 + 7 * nth).padStart(3, '0')}`, borrows: true },
  { source: 'fidelity', styles: [core, bondLadder, income], counts: [14, 5, 8], thousands: [20, 650], id: (nth) => `Z${21_340_000 + 977 * (nth + 1)}`, borrows: false },
  { source: 'custody', styles: [global, core], counts: [12, 8], thousands: [150, 2600], id: (nth) => `HC-${20_017 + 3 * nth}`, borrows: false },
];

/** Positions of this size leave an account the equity that portfolio margin takes. */
const PORTFOLIO_DOLLARS_MIN = 250_000;

function quietAccounts(quiet: Quiet, taken: Set<string>): DemoAccount[] {
  const styles = quiet.styles.flatMap((style, index) => Array.from({ length: quiet.counts[index] ?? 0 }, () => style));
  return styles.map((style, nth) => {
    const id = quiet.id(nth);
    const random = randomOf(id);
    const wanted = quiet.regime?.(nth) ?? 'margin';
    const dollars = skewed(random, quiet.thousands) * 1000;
    const regime = wanted === 'portfolio' && dollars < PORTFOLIO_DOLLARS_MIN ? 'margin' : wanted;
    // A cash account holds what it has paid for, and writes nothing it cannot deliver.
    const holdings = merged((regime === 'cash' ? core : style)(random, dollars));
    const cash = quiet.borrows && regime !== 'cash' ? cashForRatio(holdings, FIRST_FULL_DAY, new Decimal(random.between(1600, 3200)).div(1000), 'USD') : new Decimal(dollars).times(random.between(2, 9)).div(100);
    const close = quiet.source === 'custody' ? snapshot(paidFor(random, holdings), {}) : snapshot(holdings, { USD: cash, ...someForeignCash(random, quiet.source) });
    return { id, client: clientName(random, 'any', taken), base: 'USD', regime, source: quiet.source, closes: new Map([[FIRST_FULL_DAY, close]]), events: [] };
  });
}

/** Small accounts are many, large ones few. */
function skewed(random: Random, [least, most]: readonly [number, number]): number {
  const part = random.between(1, 1000);
  return least + Math.round(((most - least) * part * part * part) / 1_000_000_000);
}

function paidFor(random: Random, holdings: readonly ReturnType<typeof worth>[]) {
  return merged([...holdings, worth(random, stock('TLT'), 25_000)]);
}

function someForeignCash(random: Random, source: Source): Record<string, Decimal> {
  if (source !== 'advisors' || !random.chance(35)) return {};
  const currency = random.pick(['EUR', 'GBP', 'CAD', 'CHF', 'JPY']);
  const thousands = random.between(2, 60) * (currency === 'JPY' ? 120 : 1);
  return { [currency]: new Decimal(thousands * 1000).plus(new Decimal(random.between(0, 99)).div(currency === 'JPY' ? 1 : 100)) };
}
