import { fail, succeed, type Result } from '../../../shared/result.ts';
import { isIsoDate } from '../../../shared/time.ts';
import type { SpanCommodity, SpanContract, SpanParameters, SpanScenario, SpanSpread } from './parameters.ts';
import { readCommodity, readScenarios, readSpread } from './spn-commodity.ts';
import { readContract } from './spn-contract.ts';
import { around, childrenOf, textIn, walkUnits, type Surroundings, type Unit } from './walk-units.ts';
import { usualScenarios } from './usual-scenarios.ts';
import { dayOf, periodText } from './values.ts';

/** A risk parameter file that comes in pieces, so that fifty megabytes are never one text. */
export interface SpnReader {
  write: (piece: string) => void;
  close: () => Result<SpanParameters>;
}

const UNITS = new Set(['fut', 'opt', 'ccDef', 'pointDef', 'interSpreads', 'superSpreads']);
/** Scenarios of a file that defines none: the sixteen that every file had before files said so. */
const SCENARIOS_USUAL = 16;

interface Collected {
  clearingOrg: string | null;
  date: string | null;
  scenarios: SpanScenario[] | null;
  commodities: SpanCommodity[];
  contracts: SpanContract[];
  interSpreads: SpanSpread[];
  superSpreads: SpanSpread[];
  /** What each future is, by the file's own ids: options name the future they are on by them. */
  futures: Map<string, SpanContract>;
  skipped: Map<string, SpanParameters['skipped'][number]>;
}

/** Reads a `.spn` file (XML, format 4.00). Faults: broken XML, a document of another kind, no date, no contract. */
export function readSpn(name: string): SpnReader {
  const collected: Collected = { clearingOrg: null, date: null, scenarios: null, commodities: [], contracts: [], interSpreads: [], superSpreads: [], futures: new Map(), skipped: new Map() };
  const walker = walkUnits(name, UNITS, (unit, surroundings) => take(collected, unit, surroundings));
  return {
    write: walker.write,
    close: () => {
      const fault = walker.close();
      return fault ? fail(fault) : finish(name, collected);
    },
  };
}

function take(collected: Collected, unit: Unit, surroundings: Surroundings): void {
  const skip = (what: string, reason: string): void => {
    const key = `${what}\n${reason}`;
    const before = collected.skipped.get(key);
    collected.skipped.set(key, { what, reason, count: (before?.count ?? 0) + 1 });
  };
  collected.clearingOrg ??= around(surroundings, 'ec');
  collected.date ??= around(surroundings, 'date');
  switch (unit.name) {
    case 'pointDef': {
      // A commodity may have points of its own; those inside it are not units, and its arrays then have another length.
      collected.scenarios ??= readScenarios(unit);
      break;
    }
    case 'fut':
    case 'opt': {
      const contract = readContract(unit, surroundings, collected.scenarios?.length ?? SCENARIOS_USUAL, skip);
      if (!contract) break;
      if (unit.name === 'fut') collected.futures.set(`${around(surroundings, 'pfId') ?? ''} ${textIn(unit, 'cId') ?? ''}`, contract);
      const on = unit.name === 'opt' ? collected.futures.get(`${around(surroundings, 'undC.pfId') ?? ''} ${around(surroundings, 'undC.cId') ?? ''}`) : undefined;
      const product = around(surroundings, 'undPf.pfCode') ?? contract.product;
      collected.contracts.push(unit.name === 'fut' ? contract : { ...contract, underlyingProduct: on?.product ?? product, underlyingExpiry: on?.expiry ?? null });
      break;
    }
    case 'ccDef': {
      const commodity = readCommodity(unit, skip);
      if (commodity) collected.commodities.push(commodity);
      break;
    }
    default: {
      const spreads = childrenOf(unit, 'dSpread').flatMap((spread) => readSpread(spread, 'several commodities', skip) ?? []);
      collected[unit.name === 'superSpreads' ? 'superSpreads' : 'interSpreads'].push(...spreads);
      for (const _ of childrenOf(unit, 'sSpread')) skip('spread between commodities', 'spreads by scanning are not read');
    }
  }
}

function finish(name: string, { clearingOrg, date, scenarios, commodities, contracts, interSpreads, superSpreads, skipped }: Collected): Result<SpanParameters> {
  if (contracts.length === 0 && commodities.length === 0) return fail({ code: 'no-span-file', message: 'There is neither a contract nor a commodity in it, so it is no SPAN risk parameter file.', at: name });
  const businessDate = dayOf(periodText(date));
  if (businessDate === null || !isIsoDate(businessDate)) return fail({ code: 'no-date', message: 'The file does not say of which day it is.', at: name, fix: 'Download the file again; its pointInTime should hold a date.' });
  return succeed({ clearingOrg: clearingOrg ?? 'unknown', businessDate, scenarios: scenarios ?? usualScenarios(), commodities, contracts, interSpreads, superSpreads, skipped: [...skipped.values()] });
}
