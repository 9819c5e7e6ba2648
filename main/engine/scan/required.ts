import { Decimal } from '../../../shared/money.ts';
import type { RulePack } from '../packs/schema.ts';

/** Parameters of what is charged by rule beside a risk-based method: bonds, securities without loan value. */
export const BESIDE = [
  'exchange.fullyPaid',
  'exchange.stock.long',
  'exchange.stock.short.rate',
  'regT.stock.long',
  'regT.stock.short',
  'regT.fullyPaid',
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
] as const;

/** Parameters of the method that is no scan. */
const STANDARD_OPTIONS = [
  'standardOptions.initial.most',
  'standardOptions.initial.least',
  'standardOptions.call.maintenance',
  'standardOptions.put.maintenance',
  'standardOptions.put.maintenanceOfValue',
  'standardOptions.put.initialOfMaintenance',
  'standardOptions.unpaired.initial',
  'standardOptions.unpaired.maintenance',
  'standardOptions.perpetual.initial',
  'standardOptions.perpetual.maintenance',
  'standardOptions.oracle.threshold',
  'standardOptions.oracle.factor',
  'standardOptions.peg.threshold',
  'standardOptions.peg.factor',
] as const;

/** Parameters of portfolio margin by classes. */
const BY_CLASSES = ['portfolio.minimumPerUnit', 'portfolio.initialMultiple', ...BESIDE] as const;

/** What a stack of scan packs leaves unset, by name; empty when the model can run on it. */
export function missingFromScan(packs: readonly RulePack[]): string[] {
  const isSet = (name: keyof NonNullable<RulePack['scan']>): boolean => packs.some(({ scan }) => scan?.[name] !== undefined);
  const method = packs.findLast(({ scan }) => scan?.method !== undefined)?.scan?.method?.value;
  if (method === 'venueGrid') return packs.some(({ venueGrid }) => venueGrid !== undefined) ? [] : ['venueGrid'];
  if (method === 'standardOptions') return STANDARD_OPTIONS.filter((key) => packs.every(({ parameters }) => !Object.hasOwn(parameters, key)));
  const parts = method === 'commodities' ? (['order', 'weightedRisk'] as const) : method === 'classes' ? (['portfolioTypes'] as const) : [];
  return [
    ...(['method', 'scenarioSet', ...parts] as const).filter((name) => !isSet(name)).map((name) => `scan.${name}`),
    ...(method === 'classes' ? BY_CLASSES.filter((key) => packs.every(({ parameters }) => !Object.hasOwn(parameters, key))) : []),
    ...oddQuanta(packs),
  ];
}

/** Rows are counted in steps of a power of ten. */
function oddQuanta(packs: readonly RulePack[]): string[] {
  const quanta = Object.values(packs.findLast(({ moneyQuantum }) => moneyQuantum !== undefined)?.moneyQuantum ?? {});
  const isPower = (quantum: string): boolean => quantum === 'none' || new Decimal(quantum).eq(new Decimal(10).pow(-new Decimal(quantum).decimalPlaces()));
  return quanta.every(isPower) ? [] : ['a money quantum that is 1 or 0.1, 0.01, …'];
}
