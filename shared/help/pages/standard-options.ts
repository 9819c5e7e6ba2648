import { dollars, held, priceOf, type ExampleHolding, type ExamplePool } from '../example.ts';
import type { HelpPage } from '../page.ts';

const EXPIRY = '2026-12-25';
const SPOT = priceOf('2000', 'ETH', { kind: 'coin', currency: 'USD' });

function call(strike: string, quantity: string, price: string): ExampleHolding {
  return held(`ETH ${EXPIRY} C ${strike}`, quantity, price, { kind: 'option', currency: 'USD', underlying: 'ETH', right: 'call', strike, expiry: EXPIRY, expiresAt: `${EXPIRY}T08:00:00Z`, style: 'european', multiplier: '1' });
}

const pool = (...holds: ExampleHolding[]): ExamplePool => ({ id: 'venue', mode: 'venue', model: 'scan', packs: ['derive-standard'], cash: [dollars('1000')], holds });

export const standardOptionsPage: HelpPage = {
  id: 'standard-options',
  title: 'Options at a venue, at set rates',
  inShort: 'A venue’s standard manager asks a share of spot for each short option, and for an expiry no more than its options can lose together.',
  words: [
    'A short option is asked its value and a share of the underlying’s spot price: on opening less what it is out of the money, but at least a smaller share; to keep it, one share whatever the strike. A put deep in the money is asked a share of its own value where that is more.',
    'All options of one expiry are never asked more than they can lose together at expiry, at any price. Calls short beyond the calls held can lose without limit: each of those is asked a multiple of the forward.',
    'A long option was paid for, and counts for nothing. A perpetual is asked a share of its notional value. Coins count for a part of their value.',
    'Where a price feed is not sure of itself, or the coin that everything settles in has left its peg, opening asks more.',
  ],
  formulas: [
    { what: 'Share of spot to keep a short call', is: 'rate × spot', worked: '7.5% × 2,000.00 = 150.00' },
    { what: 'A short call to keep', is: 'share of spot + value', worked: '150.00 + 50.00 = 200.00' },
    { what: 'Share of spot on opening', is: 'rate × spot − out of the money', worked: '300.00 − 200.00 = 100.00' },
    { what: 'On opening, at least', is: 'the greater of that and the smaller share', worked: 'greatest of 100.00 and 200.00 = 200.00' },
    { what: 'A spread on opening', is: 'lesser of each alone and the largest loss together', worked: 'least of 250.00 and 200.00 = 200.00' },
  ],
  examples: [
    { says: 'One call on ETH at 2,200 short, worth 50, with ETH at 2,000 and 1,000 put up.', regime: 'venue', pools: [pool(call('2200', '-1', '50'))], marks: [SPOT], gives: { equity: '950', initial: '200', maintenance: '150', available: '750', excess: '800' }, status: 'healthy' },
    { says: 'The same with a call at 2,400 bought against it, worth 20.', regime: 'venue', pools: [pool(call('2200', '-1', '50'), call('2400', '1', '20'))], marks: [SPOT], gives: { equity: '970', initial: '170', maintenance: '170', available: '800', excess: '800' } },
  ],
  citations: [{ cites: 'Derive standard manager, published parameters', certainty: 'verified' }],
  covers: {
    keys: ['standardOptions.*'],
    labels: ['Short *, on opening', 'Short *, maintenance', 'Share of spot *', 'What the expiry can lose together', '*, each short option alone', '*, alone or together', 'Calls without a call against them', 'Greatest loss at expiry', 'Least worth of the * options at expiry', '*: the feed is not sure', '*is off its peg', 'Doubt of the feed of *', 'Cash, gains, and coins at what they count for'],
    strategies: ['short option', 'long option', 'perpetual', 'coin'],
  },
  seeAlso: ['venue-grids', 'venue-brackets', 'uncovered-options'],
};
