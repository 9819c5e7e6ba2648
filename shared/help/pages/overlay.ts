import { securities, shares } from '../example.ts';
import type { HelpPage } from '../page.ts';

const overlaid = securities('-20000', [shares('XYZ', '1000', '100')], ['us-reg-t', 'house-overlay']);
const daily = (size: string): string[] => [size, `-${size}`, size, `-${size}`];
const stats = { XYZ: { adv20: '1000000' } };

export const overlayPage: HelpPage = {
  id: 'overlay',
  title: 'Requirements that move with the market',
  inShort: 'A house may raise what any model asks where an underlying moves further than its rates are set for, is much of the book, or is slow to sell.',
  words: [
    'How far a price moves now is taken from its past returns: an exponentially weighted volatility times a multiple, or a quantile of past returns rescaled to today’s volatility. That move by the move the rates are set for is a factor, never below the pack’s least and never above its most.',
    'Three measures keep requirements from rising just when money is short: a weight on returns of stressed times, a floor from a long past, and a buffer on the whole requirement that is used up while requirements rise.',
    'Concentration raises what is asked for an underlying whose share of all requirements is high; liquidity raises it where it takes longer to sell than the pack allows, at a share of the usual volume.',
    'The exchange’s and the risk-based stack stay as the model makes them, and are the floor: in a quiet market the house asks no less than they do, nor less than Regulation T on opening. An underlying without a history is asked nothing more, and that is listed.',
    'Call and liquidation prices are met on the whole of it, add-ons included. Of a loan the add-on is taken off the collateral that counts, asset by asset, down to nothing.',
    'For models in which positions add up, the factor raises all of an underlying’s requirement. For scans it raises the sum of its positions’ shares, none of them below zero, which is on the side of caution.',
  ],
  formulas: [
    { what: 'Variance after one more return', is: 'λ × variance + (1 − λ) × return × return', worked: '0.94 × 0.0001 + 0.06 × 0.02 × 0.02 = 0.000118' },
    { what: 'Requirement with its whole buffer', is: 'requirement × (1 + share)', worked: '100.00 × 1.25 = 125.00' },
  ],
  examples: [
    { says: '1,000 XYZ under the sample overlay, after days of 5 %: the move is 33 % where the rates are set for 25 %. All requirements are on one stock, and the whole buffer is asked.', pools: [overlaid], stats, history: { XYZ: { returns: daily('0.05') } }, gives: { maintenance: '47656.020491', exchangeMaintenance: '25000' }, callPrices: [{ instrument: 'XYZ', down: '38.2087876917', up: null }] },
    { says: 'After days of 1 % the least factor of 1 holds: concentration and the buffer are left.', pools: [overlaid], stats, history: { XYZ: { returns: daily('0.01') } }, gives: { maintenance: '37500', exchangeMaintenance: '25000' } },
    { says: 'A return of 2 % after a variance of 0.0001, at a λ of 0.94.', pools: [], gives: {}, asks: [{ ask: 'dynamic.ewma', params: { lambda: '0.94', variance: '0.0001', return: '0.02' }, answer: { variance: '0.000118', volatility: '0.0108627804912002' } }] },
    { says: 'A requirement of 100 with a buffer of a quarter, with nothing asked before.', pools: [], gives: {}, asks: [{ ask: 'dynamic.buffer', params: { requirement: '100', before: null, share: '0.25' }, answer: { requirement: '125' } }] },
    { says: 'It rises to 115: what was asked before is still enough, the buffer is partly used.', pools: [], gives: {}, asks: [{ ask: 'dynamic.buffer', params: { requirement: '115', before: '125', share: '0.25' }, answer: { requirement: '125' } }] },
    { says: 'It rises to 150: the buffer is gone.', pools: [], gives: {}, asks: [{ ask: 'dynamic.buffer', params: { requirement: '150', before: '125', share: '0.25' }, answer: { requirement: '150' } }] },
  ],
  citations: [{ cites: 'EU 153/2013 Art. 28(1)', certainty: 'secondary', says: 'a buffer of at least 25 %, a weight of at least 25 % on stressed observations, or nothing below a ten-year lookback' }],
  covers: {
    keys: ['overlay.*'],
    labels: ['*, volatility', '*, concentration', '*, liquidity', 'Factor of *', 'Concentration of *', 'Days to sell', 'Sold in a day', 'Now and in stress', 'Not below the long run', 'With a buffer of *', 'With the whole buffer', 'As far as the buffer lasts', 'Asked before', 'Share of * in all requirements', '* with what moves with the market', 'Weight of today', '*, by the move the rates are set for'],
  },
  seeAlso: ['requirements', 'house-add-ons', 'portfolio'],
};
