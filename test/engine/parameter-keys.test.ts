import { describe, expect, test } from 'vitest';
import { ENGINE_QUESTIONS } from '../../main/engine/questions/table.ts';
import { INTRADAY_QUESTIONS } from '../../main/engine/questions/intraday.ts';
import { CALL_QUESTIONS } from '../../main/desk/call-questions.ts';
import { KNOWN_PARAMETERS } from '../../main/engine/packs/known-parameters.ts';
import { knownParameter, parameterTrouble } from '../../main/engine/packs/parameter-keys.ts';
import { LENDING_RATES } from '../../main/engine/lending/settings.ts';
import { settings } from '../../main/engine/packs/schema.ts';
import { shippedPacks, versionsOf, withPacks } from '../../main/engine/packs/shelf.ts';
import { contract } from '../../shared/contract.ts';
import { sourceFiles } from '../source-files.ts';

const FAMILIES = [...new Set(KNOWN_PARAMETERS.map(({ key }) => key.split('.')[0]))].join('|');
const LITERAL = new RegExp(`(['"\`])((?:${FAMILIES})\\.[A-Za-z0-9.\${}]+)\\1`, 'g');

/** Names of other things that look like keys: choices, questions, the sections of packs that a citation names. */
const OTHER_NAMES = new Set<string>([...Object.keys(settings.shape), ...Object.keys(ENGINE_QUESTIONS), ...Object.keys(INTRADAY_QUESTIONS), ...Object.keys(CALL_QUESTIONS), ...Object.keys(contract), 'scan.extreme', 'scan.${name}.${id}', 'lending.price.${level}']);
/** What the blanks of a template stand for where that is more than one word. */
const BLANKS: Record<string, readonly string[]> = { 'lending.${name}': LENDING_RATES };

/** Keys as the source of engine, calls and desk spells them, but for the list of what a model needs and the list under test. */
const spelled = sourceFiles()
  .filter(({ path }) => /^main\/(?:engine|calls|desk)\/.*\.ts$/.test(path) && !/packs\/(?:required|known-parameters)\.ts$/.test(path))
  .flatMap(({ path, text }) => [...text.matchAll(LITERAL)].map(([, , key = '']) => ({ path, key })))
  .filter(({ key }) => !OTHER_NAMES.has(key));

/** The keys that a literal or a template can be. */
function keysOf(literal: string): string[] {
  const filled = BLANKS[literal]?.map((word) => literal.replace(/\$\{\w+\}/, word)) ?? [literal];
  const patterns = filled.map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replace(/\$\{\w+\}/g, '[A-Za-z0-9{}]+')}$`));
  return KNOWN_PARAMETERS.filter(({ key }) => patterns.some((pattern) => pattern.test(key))).map(({ key }) => key);
}

describe('the list of parameters and the source agree', () => {
  test('every key that the source spells is in the list', () => {
    expect(spelled.length).toBeGreaterThan(80);
    const strange = spelled.filter(({ key }) => keysOf(key).length === 0 && knownParameter(key) === null);
    expect(strange.map(({ path, key }) => `${path}: ${key}`)).toEqual([]);
  });
  test('every entry that is said to be read is read, and none that is only stated', () => {
    const read = new Set(spelled.flatMap(({ key }) => keysOf(key)));
    expect(KNOWN_PARAMETERS.filter(({ use, key }) => use === 'read' && !read.has(key)).map(({ key }) => key)).toEqual([]);
    const literally = new Set(spelled.map(({ key }) => key));
    expect(KNOWN_PARAMETERS.filter(({ use, key }) => use === 'stated' && literally.has(key)).map(({ key }) => key)).toEqual([]);
  });
  test('every key of every version of every shipped pack is in it, in its unit', () => {
    const shelf = shippedPacks();
    const all = [...shelf.packs.keys()].flatMap((id) => versionsOf(shelf, id));
    expect(all.length).toBeGreaterThan(40);
    for (const { id, parameters } of all) {
      for (const [key, parameter] of Object.entries(parameters)) expect(parameterTrouble(key, parameter), `${id} ${key}`).toBe(null);
    }
  });
  test('no key stands in it twice', () => {
    const keys = KNOWN_PARAMETERS.map(({ key }) => key);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

describe('what a pack may not say', () => {
  const parameter = { value: '0.4', unit: 'ratio', label: 'Rate', cites: 'House policy', status: 'house' };
  const pack = { id: 'mine', version: '1', title: 'Mine', layer: 'house', model: 'strategy', extends: 'us-reg-t', effectiveFrom: '2026-01-01' };
  const faultOf = (more: object): unknown => {
    const shelf = withPacks(shippedPacks(), [{ ...pack, parameters: {}, ...more }]);
    return shelf.ok ? null : { at: shelf.fault.at, fix: shelf.fault.fix };
  };

  test('a misspelt parameter is refused at its place, with the nearest that there is', () => {
    expect(faultOf({ parameters: { 'house.stock.long.maintenanse': parameter } })).toEqual({ at: 'packs[0].parameters["house.stock.long.maintenanse"]', fix: 'The nearest is "house.stock.long.maintenance".' });
    expect(faultOf({ parameters: { 'house.stock.long.maintenance': parameter } })).toBe(null);
  });
  test('a haircut of one currency is taken, of what is no currency not', () => {
    expect(faultOf({ parameters: { 'house.fx.haircut.JPY': parameter } })).toBe(null);
    expect(faultOf({ parameters: { 'house.fx.haircut.jpy': parameter } })).toMatchObject({ at: 'packs[0].parameters["house.fx.haircut.jpy"]' });
    expect(knownParameter('house.fx.haircut.')).toBe(null);
  });
  test('an amount that is said to be a share, a day in parts and a multiple of nothing are refused at their field', () => {
    expect(faultOf({ parameters: { 'account.minimumEquity': parameter } })).toMatchObject({ at: 'packs[0].parameters["account.minimumEquity"].unit' });
    expect(faultOf({ parameters: { 'calls.house.dueBusinessDays': { ...parameter, unit: 'days', value: '1.5' } } })).toMatchObject({ at: 'packs[0].parameters["calls.house.dueBusinessDays"].value' });
    expect(faultOf({ parameters: { 'calls.amountQuantum': { ...parameter, unit: 'USD', value: '0' } } })).toMatchObject({ at: 'packs[0].parameters["calls.amountQuantum"].value' });
    expect(faultOf({ parameters: { 'portfolio.initialMultiple': { ...parameter, unit: 'count' } } })).toBe(null);
  });
  test.each([
    ['a section', { scann: {} }, 'packs[0].scann', 'The nearest that is: "scan".'],
    ['a choice', { settings: { 'option.spred': { value: 'largestLoss', cites: 'C', status: 'house' } } }, 'packs[0].settings["option.spred"]', 'The nearest that is: "option.spread".'],
    ['a key of a table', { addOns: { big: { label: 'L', measure: 'issuerShare', effect: 'added', counts: 'stock', rounded: '0.01', bands: [{ from: '0.3', rate: '0.1' }], cites: 'C', status: 'house' } } }, 'packs[0].addOns.big.rounded', 'The nearest that is: "roundedTo".'],
    ['a key of a rung', { statusLadder: [{ status: 'call', metric: 'excess', comparison: 'below', strict: true, value: '0', cites: 'C', certainty: 'house', status_: 1 }] }, 'packs[0].statusLadder[0].status_', 'The nearest that is: "status".'],
  ])('%s that is not known, at its place, with the nearest that is', (_, more, at, fix) => {
    expect(faultOf(more)).toEqual({ at, fix });
  });
  test.each([
    ['a rate of one instrument', { perInstrument: { GME: { rates: { 'maintenance.lang': '1' }, cites: 'C', status: 'house' } } }, 'packs[0].perInstrument.GME.rates["maintenance.lang"]'],
    ['a currency of the step of money', { moneyQuantum: { usd: '0.01' } }, 'packs[0].moneyQuantum.usd'],
  ])('%s that is not known', (_, more, at) => {
    expect(faultOf(more)).toMatchObject({ at });
  });
});
