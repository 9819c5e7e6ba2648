import { missingFromBracket } from '../bracket/required.ts';
import type { MarginModelId } from '../input.ts';
import { missingFromDelta } from '../delta/required.ts';
import { missingFromScan } from '../scan/required.ts';
import type { RulePack, Settings } from './schema.ts';

/** What the layers of a pool must set between them before a model can run on them. */
export interface Requirements {
  parameters: readonly string[];
  settings: readonly (keyof Settings)[];
}

const DECLARATIONS = ['currency', 'optionValueIn', 'moneyQuantum', 'quantityLot', 'statusLadder'] as const;

const STRATEGY: Requirements = {
  parameters: [
    'regT.stock.long',
    'regT.stock.short',
    'regT.fullyPaid',
    'exchange.fullyPaid',
    'exchange.leverage.cap',
    'exchange.stock.long',
    'exchange.stock.short.rate',
    'exchange.stock.short.perShare',
    'exchange.stock.short.lowPrice.rate',
    'exchange.stock.short.lowPrice.perShare',
    'exchange.stock.box',
    'exchange.stock.exchangeable',
    'exchange.bond.treasury.under1Year',
    'exchange.bond.treasury.under3Years',
    'exchange.bond.treasury.under5Years',
    'exchange.bond.treasury.under10Years',
    'exchange.bond.treasury.under20Years',
    'exchange.bond.treasury.over20Years',
    'exchange.bond.treasury.zeroCoupon.principal',
    'exchange.bond.agency',
    'exchange.bond.municipal',
    'exchange.bond.investmentGrade',
    'exchange.bond.other.rate',
    'exchange.bond.other.principal',
    'exchange.bond.short.rate',
    'exchange.bond.short.principal',
    'exchange.option.long',
    'exchange.option.long.overNineMonths',
    'exchange.option.long.overTheCounter',
    'exchange.option.short.equity',
    'exchange.option.short.broad',
    'exchange.option.short.minimum',
    'exchange.option.protective.strike',
    'account.minimumEquity',
    'calls.regT.deMinimis',
    'calls.regT.dueBusinessDays',
    'calls.exchange.dueBusinessDays',
    'calls.house.dueBusinessDays',
    'calls.minimumEquity.dueBusinessDays',
    'calls.amountQuantum',
  ],
  settings: ['option.uncovered', 'option.spread', 'option.coveredCall', 'option.straddle', 'option.protective'],
};

const FIXED: Requirements = { parameters: ['future.speculatorInitial'], settings: ['future.callRestoresTo'] };

const NOTHING: Requirements = { parameters: [], settings: [] };

/** By model. Those with a section of their own check it themselves. */
const REQUIREMENTS: Record<MarginModelId, Requirements> = {
  strategy: STRATEGY,
  scan: NOTHING,
  bracket: NOTHING,
  fixed: FIXED,
  lending: NOTHING,
  delta: NOTHING,
};

/** Names of everything the layers leave unset; empty when the rules are complete. */
export function missingFrom(packs: readonly RulePack[], model: MarginModelId): string[] {
  const required = REQUIREMENTS[model];
  return [
    ...DECLARATIONS.filter((name) => packs.every((pack) => pack[name] === undefined)),
    ...required.parameters.filter((key) => packs.every(({ parameters }) => !Object.hasOwn(parameters, key))),
    ...required.settings.filter((name) => packs.every(({ settings }) => settings?.[name] === undefined)),
    ...(model === 'bracket' ? missingFromBracket(packs) : []),
    ...(model === 'delta' ? missingFromDelta(packs) : []),
    ...(model === 'scan' ? missingFromScan(packs) : []),
  ];
}
