import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { computePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { inputsOfAccount } from '../../../main/engine/calc-pack/pack-of-account.ts';
import { preparePack } from '../../../main/engine/calc-pack/compute-pack.ts';
import { readCalcPack } from '../../../main/engine/calc-pack/read-pack.ts';
import { assert } from '../../../shared/result.ts';

// What other people's scripts rely on: every part that the published interface names can be written down, and read.

const PUBLISHED = '../shared/calc-pack.md';

/** The shape of the published example with figures of our own: one option on a stock, and neither says more than it must. */
const EXAMPLE = {
  format: 'plimsoll/calc-pack@1',
  asOf: '2026-11-20T21:00:00Z',
  baseCurrency: 'USD',
  minEngine: '1.0.0',
  fx: { EUR: '1.25' },
  instruments: {
    ABC: { kind: 'equity', currency: 'USD', price: '60' },
    'ABC C65': { kind: 'option', underlying: 'ABC', right: 'call', strike: '65', expiry: '2027-01-15', style: 'american', multiplier: '100', price: '3', impliedVol: '0.4' },
  },
  rulePacks: {},
  accounts: [{ id: 'A1', pools: [{ id: 'cross', mode: 'cross', model: 'strategy', rulePack: 'us-reg-t', cash: { USD: '5000' }, positions: [{ instrument: 'ABC C65', quantity: '-2', entryPrice: '3' }], collateral: [], debt: [] }] }],
};

/** Every optional part that the interface lists, beside the example. */
const OPTIONAL = {
  market: {
    curves: { USD: [{ t: 'P30D', rate: '0.04' }] },
    dividends: { ABC: [{ ex: '2026-12-01', amount: '0.5' }] },
    forwards: [{ underlying: 'BTC', expiresAt: '2026-11-26T08:00:00Z', price: '91000.5', rate: '0.02', confidence: '1' }],
    stats: { 'BTC-PERP': { openInterest: '1000000', skewScale: '100', adv20: '0' } },
    marks: { ABC: { value: '60', low: '59.9', high: '60.1', asOf: '2026-11-20T21:00:00Z', source: 'desk' } },
  },
  riskArrays: { FUT: { set: 'span16', sign: 'gain', values: ['0', '3330'], compositeDelta: '1' } },
  groups: [{ id: 'H1', kind: 'household', accounts: ['A1', 'A2'] }],
  accounts: [
    { ...EXAMPLE.accounts[0], regime: 'regT', newAccount: true, prior: { sma: '0', equity: '0' }, activity: [{ kind: 'trade', instrument: 'ABC C65', quantity: '-2', price: '3', amount: '600' }] },
    {
      id: 'A2',
      pools: [
        { id: 'cross', model: 'strategy', packs: ['us-reg-t', 'house-standard'], currency: 'USD', cash: { USD: '10' }, positions: [{ instrument: 'ABC', quantity: '100', subType: 'margin', settledPrice: '60', leverage: '2' }] },
        { id: 'loan', model: 'lending', rulePack: 'lending-standard', collateral: [{ instrument: 'ABC', quantity: '10' }], debt: [{ instrument: 'ABC', quantity: '1' }] },
        { id: 'venue', mode: 'venue', model: 'bracket', rulePack: 'binance-usdm', orders: [{ instrument: 'ABC', quantity: '1', price: '50' }], external: { maintenance: '5', unrealisedPnl: '-2', reserved: '1' } },
      ],
    },
  ],
};

function computed(json: unknown) {
  const read = readCalcPack(json);
  assert(read.ok, read.ok ? '' : `${read.fault.at}: ${read.fault.message}`);
  const result = computePack(read.value);
  assert(result.ok, result.ok ? '' : `${result.fault.at}: ${result.fault.message}`);
  return { pack: read.value, accounts: result.value.accounts };
}

test('an example of the published shape is computed: two calls at 300 and 20 % of 6,000 less the 500 out of the money', () => {
  const { accounts } = computed(EXAMPLE);
  expect(accounts[0]).toMatchObject({ equity: '5000', maintenance: '2000', unpriced: [] });
});

test('the published example itself is computed', (context) => {
  if (!existsSync(PUBLISHED)) return context.skip(`${PUBLISHED} is not here`);
  const [example] = readFileSync(PUBLISHED, 'utf8').match(/(?<=```json\n)\{\s*"format"[\s\S]*?(?=```)/) ?? [];
  expect(computed(JSON.parse(example ?? 'null')).accounts[0]).toMatchObject({ id: 'A1', maintenance: '1000', unpriced: [] });
});

describe('an option that does not say its currency', () => {
  const quoted = (underlying: object | null, more: object = {}) => {
    const { ABC: _, ...rest } = EXAMPLE.instruments;
    return { ...EXAMPLE, ...more, instruments: { ...rest, ...(underlying ? { ABC: underlying } : {}) } };
  };
  const currencyOf = (json: unknown): string | undefined => {
    const prepared = preparePack(computed(json).pack);
    return prepared.ok ? prepared.value.market.instruments.get('ABC C65')?.currency : undefined;
  };
  test('has its underlying’s', () => {
    expect(currencyOf(quoted({ kind: 'equity', currency: 'EUR', price: '60' }))).toBe('EUR');
    expect(computed(quoted({ kind: 'equity', currency: 'EUR', price: '60' })).accounts[0]?.maintenance).toBe('2500');
  });
  test('has the base currency where the pack does not hold its underlying', () => {
    expect(currencyOf(quoted(null, { baseCurrency: 'EUR', fx: { USD: '0.8' } }))).toBe('EUR');
  });
  test('is written out again with it', () => {
    const prepared = preparePack(computed(EXAMPLE).pack);
    assert(prepared.ok && prepared.value.accounts[0] !== undefined, 'the example is computed');
    expect(inputsOfAccount(prepared.value.accounts[0], prepared.value.market, prepared.value.shelf).instruments['ABC C65']).toMatchObject({ currency: 'USD' });
  });
});

test('every optional part of the interface can be written down and is computed', () => {
  const { accounts } = computed({ ...EXAMPLE, ...OPTIONAL });
  expect(accounts.map(({ id, pools }) => [id, ...pools.map((pool) => pool.id)])).toEqual([['A1', 'cross'], ['A2', 'cross', 'loan', 'venue']]);
});

test('a loan with a written option that is paid out in coin has figures, and no call price where none can be followed', () => {
  const written = { kind: 'option', underlying: 'ETH', right: 'call', strike: '2500', expiry: '2026-11-26', multiplier: '1', settlement: 'inverse', price: '0.01' };
  const pool = { id: 'vault', model: 'lending', rulePack: 'lending-opyn', currency: 'ETH', collateral: [{ instrument: 'ETH', quantity: '2' }], positions: [{ instrument: 'WRITTEN', quantity: '-1' }] };
  const { accounts } = computed({ ...EXAMPLE, baseCurrency: 'USD', fx: { ETH: '1800' }, instruments: { ETH: { kind: 'coin', currency: 'USD', price: '1800' }, WRITTEN: written }, accounts: [{ id: 'V1', pools: [pool] }] });
  expect(accounts[0]?.pools[0]?.positions[0]?.callPrice).toEqual({ down: null, up: null });
  expect(accounts[0]?.pools[0]?.underlyings).toBe(undefined);
});

test('a result has every key that the interface names', () => {
  const [account] = computed(EXAMPLE).accounts;
  const [pool] = account?.pools ?? [];
  expect(Object.keys(account ?? {})).toEqual(expect.arrayContaining(['id', 'status', 'equity', 'initial', 'maintenance', 'available', 'excess', 'deficit', 'healthRatio', 'leverage', 'unpriced', 'pools']));
  expect(pool).toMatchObject({ id: 'cross', stacks: { regT: { initial: '2000', dueToday: null }, exchange: { initial: '2000', maintenance: '2000' }, house: { initial: '2000', maintenance: '2000' }, risk: null } });
  expect(pool?.positions[0]).toMatchObject({ instrument: 'ABC C65', value: '-600', callPrice: { down: null, up: '18' } });
  expect(pool?.explain).toMatchObject({ label: 'Maintenance requirement', op: 'sum', amount: '2000' });
});

test('a misspelt key is refused at its place, with the nearest that is known', () => {
  const read = readCalcPack({ ...EXAMPLE, instruments: { ...EXAMPLE.instruments, 'ABC C65': { ...EXAMPLE.instruments['ABC C65'], strik: '65' } } });
  expect(read).toMatchObject({ ok: false, fault: { at: 'instruments["ABC C65"].strik', fix: 'The nearest that is: "strike".' } });
});

test('of a key that is not there it is said that it is missing, and where', () => {
  const { asOf: _, ...dayless } = EXAMPLE;
  expect(readCalcPack(dayless)).toEqual({ ok: false, fault: { code: 'bad-calc-pack', message: 'This key is missing.', at: 'asOf' } });
});
