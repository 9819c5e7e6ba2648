import { shippedPacks, withPacks, type PackShelf } from '../../../main/engine/packs/shelf.ts';
import { assert } from '../../../shared/result.ts';
import type { AccountKind } from './sizes.ts';
import { FUTURE_MULTIPLIER, tickerOf, type UniverseM } from './universe.ts';

const CITES = 'Reference book of the measurements';

/** The packs each kind of account is under. */
export const PACKS_M: Record<AccountKind, readonly string[]> = {
  scan: ['m-scan'],
  strategy: ['us-reg-t', 'house-standard'],
  bracket: ['m-venue'],
  lending: ['securities-based-lending'],
  fixed: ['m-futures'],
};

/** Nine prices over the range by three volatilities, and four prices beyond it: 31 scenarios. */
function scenarios(): { label: string; price: string; vol: string }[] {
  const prices = ['-1', '-3/4', '-1/2', '-1/4', '0', '1/4', '1/2', '3/4', '1'];
  const near = prices.flatMap((price) => (['-1', '0', '1'] as const).map((vol) => ({ label: `price ${price}, volatility ${vol}`, price, vol })));
  const far = ['-3/2', '-5/4', '5/4', '3/2'].map((price) => ({ label: `price ${price}`, price, vol: '0' }));
  return [...near, ...far];
}

function scanPack(): unknown {
  return {
    id: 'm-scan',
    version: '2026-11-20',
    title: 'Book M: portfolio margin over 31 scenarios',
    layer: 'house',
    model: 'scan',
    extends: 'us-portfolio-margin',
    effectiveFrom: '2020-01-01',
    parameters: {},
    scan: {
      scenarioSet: { id: 'm-31', title: 'Nine prices by three volatilities, and four prices beyond', scenarios: scenarios(), cites: CITES, status: 'house' },
      portfolioTypes: { equity: { title: 'Every underlying', down: '0.16', up: '0.16', vol: '0.1', kinds: ['equity'], cites: CITES, status: 'house' } },
    },
  };
}

function venuePack(): unknown {
  const tiers = [
    { upTo: '50000', maintenance: '0.01', leverageMax: '50' },
    { upTo: '250000', maintenance: '0.015', leverageMax: '33' },
    { upTo: '1000000', maintenance: '0.02', leverageMax: '25' },
    { upTo: '5000000', maintenance: '0.05', leverageMax: '10' },
    { upTo: null, maintenance: '0.125', leverageMax: '4' },
  ];
  return {
    id: 'm-venue',
    version: '2026-11-20',
    title: 'Book M: a venue with brackets',
    layer: 'house',
    model: 'bracket',
    extends: 'venue-standard',
    effectiveFrom: '2020-01-01',
    parameters: {},
    bracket: { otherMarkets: { title: 'Every market', rate: { kind: 'tiers', by: 'notional', apply: 'amount', tiers }, cites: CITES, status: 'house' } },
  };
}

/** Amounts of every product, or of every n-th. */
export function futuresPack(id: string, { underlyings, price }: UniverseM, nth = 1): unknown {
  const products = Array.from({ length: Math.ceil(underlyings / nth) }, (_, at) => {
    const underlying = at * nth;
    const maintenance = Math.round(((price[underlying * 44] as number) * FUTURE_MULTIPLIER * 0.06) / 100);
    return [tickerOf(underlying), { title: `Future on ${tickerOf(underlying)}`, currency: 'USD', multiplier: String(FUTURE_MULTIPLIER), rates: [{ effectiveFrom: '2020-01-01', maintenance: String(maintenance), initial: String(Math.round(maintenance * 1.1)), cites: CITES, status: 'house' }] }];
  });
  return { id, version: '2026-11-20', title: 'Book M: amounts per contract', layer: 'house', model: 'fixed', extends: 'us-futures', effectiveFrom: '2020-01-01', parameters: {}, futures: Object.fromEntries(products) };
}

/** The shipped packs and those of book M. */
export function shelfM(universe: UniverseM): PackShelf {
  const shelf = withPacks(shippedPacks(), [scanPack(), venuePack(), futuresPack('m-futures', universe)]);
  assert(shelf.ok, shelf.ok ? '' : `${shelf.fault.at}: ${shelf.fault.message}`);
  return shelf.value;
}
